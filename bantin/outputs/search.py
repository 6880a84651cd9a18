"""The search index by Pagefind, made from copies of the pages in which `đ` can be folded.

Pagefind folds the tones of Vietnamese but not đ, so the copies have `d` + U+0335 in its place, and theme/static/js/search.js
does the same with what a reader types and undoes it in what is shown.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pagefind_bin import get_executable

MARKED = b"data-pagefind-body"
FILTER = re.compile(r' data-pagefind-filter="[^"]*"')  # Pagefind writes filters in another order in every run
OLD = 3600  # seconds after its last use until an index goes: builds beside each other share the cache


def index(pages: Iterable[tuple[str, bytes]], cache: Path) -> Iterator[tuple[str, Path]]:
    """The files of the index over those pages that are marked for it: (name in the index's folder, file).

    pages: (path from the site's root, HTML). The same pages give the same index, from `cache` when it has it.
    Raises RuntimeError with what Pagefind said where it fails.
    """
    wanted = [(name, html) for name, html in sorted(pages) if name.endswith(".html") and MARKED in html]
    if not wanted:
        return
    tool = Path(get_executable())
    key = hashlib.sha256(f"{tool.stat().st_size}".encode())
    for name, html in wanted:
        key.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(html).digest())
    folder = cache / "tim-kiem" / key.hexdigest()[:24]
    if not folder.is_dir():
        _make(tool, wanted, folder)
    os.utime(folder)
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.relative_to(folder).as_posix(), file


def stroked(text: str) -> str:
    """`đ` as `d` with a combining stroke, which Pagefind folds as it folds tones."""
    return text.replace("đ", "d\u0335").replace("Đ", "D\u0335")


def _make(tool: Path, pages: Iterable[tuple[str, bytes]], folder: Path) -> None:
    """Run Pagefind over shadow copies; the index appears whole or not at all, older ones go."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bantin-") as work:
        shadow, out = Path(work, "trang"), Path(work, "muc-luc")
        for name, html in pages:
            copy = shadow / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(stroked(FILTER.sub("", html.decode("utf-8"))), encoding="utf-8")
        command = [str(tool), "--site", str(shadow), "--output-path", str(out), "--force-language", "vi", "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode or not out.is_dir():
            raise RuntimeError(f"pagefind: {done.stderr.strip() or done.stdout.strip()}")
        # Its own interface is not used.
        for name in ("pagefind-ui.css", "pagefind-ui.js", "pagefind-modular-ui.css", "pagefind-modular-ui.js", "pagefind-highlight.js",
                     "pagefind-component-ui.css", "pagefind-component-ui.js"):  # fmt: skip
            (out / name).unlink(missing_ok=True)
        for old in folder.parent.iterdir():
            if time.time() - old.stat().st_mtime > OLD:
                shutil.rmtree(old, ignore_errors=True)
        draft = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.copytree(out, draft)
        try:
            os.replace(draft, folder)
        except OSError:  # a build beside this one was first
            shutil.rmtree(draft, ignore_errors=True)
