"""The search index by Pagefind, in two parts: the year of the newest article, and in a folder all years before it.

An article of this year does not touch the part of the years before, which is then taken from the cache as it is; the browser
puts the two together. Each part is made from copies of the pages (`shadow`), so nothing can be found that has no page.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pagefind_bin import get_executable

from bantin.outputs.search import chunks, shadow

CLOSED = "luu-tru/"
FACETS, NUMBERED = "loc.json", "so-hieu.json"
RUNTIME = ("pagefind.js", "wasm.*.pagefind")  # one part brings the program for both
INDEX = ("pagefind-entry.json", "*.pf_meta", "index/*.pf_index", "fragment/*.pf_fragment")
PAGES = "trang.json"  # in the cache: the page of each record
FORM = b"3"  # of what is kept in the cache
OLD = 3600  # seconds after its last use until an index goes: builds beside each other share the cache

Copies = tuple[tuple[str, str], ...]  # (page from the site's root, stamp of its copy), sorted


def index(part: str, copies: Copies, read: Callable[[str], str], cache: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files of one part of the index, by their path in the index's folder, and the page of each of its records.

    part: its folder, "" or `CLOSED`; read: gives the copy of a page. The same copies give the same files, from `cache` when it
    has them. Raises RuntimeError with what Pagefind said where it fails.
    """
    folder = _made(copies, read, cache)
    files = {
        part + file.relative_to(folder).as_posix(): file.read_bytes()
        for pattern in (*INDEX, *(() if part else RUNTIME))
        for file in sorted(folder.glob(pattern))
    }
    return files, json.loads((folder / PAGES).read_text(encoding="utf-8"))


def _made(copies: Copies, read: Callable[[str], str], cache: Path) -> Path:
    """The folder with the index over these copies: `INDEX`, `RUNTIME` and `PAGES`."""
    tool = Path(get_executable())
    key = hashlib.sha256(
        FORM + f"{tool.stat().st_size}".encode() + b"".join(Path(m.__file__ or "").read_bytes() for m in (shadow, chunks))
    )
    for name, stamp in copies:
        key.update(f"{name}\0{stamp}\0".encode())
    folder = cache / "tim-kiem" / key.hexdigest()[:24]
    if not folder.is_dir():
        _make(tool, {name: read(name) for name, _ in copies}, folder)
    os.utime(folder)
    return folder


def _make(tool: Path, copies: Mapping[str, str], folder: Path) -> None:
    """Run Pagefind over the copies; the index appears whole or not at all, older ones go."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bantin-") as work:
        site, out = Path(work, "trang"), Path(work, "muc-luc")
        for name, copy in copies.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(copy, encoding="utf-8")
        _run(tool, site, out)
        _restore(out, copies)
        chunks.cut(out)
        for old in folder.parent.iterdir():
            if time.time() - old.stat().st_mtime > OLD:
                shutil.rmtree(old, ignore_errors=True)
        draft = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.copytree(out, draft)
        try:
            os.replace(draft, folder)
        except OSError:  # a build beside this one was first
            shutil.rmtree(draft, ignore_errors=True)


def _run(tool: Path, site: Path, out: Path) -> None:
    command = [str(tool), "--site", str(site), "--output-path", str(out), "--force-language", "vi", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not out.is_dir():
        raise RuntimeError(f"pagefind: {done.stderr.strip() or done.stdout.strip()}")


def _restore(out: Path, names: Iterable[str]) -> None:
    """Records as they were written, and which page each is of."""
    files = {"/" + name.removesuffix("index.html"): name for name in names}
    pages = {}
    for file in sorted((out / "fragment").iterdir()):
        data, url = shadow.record(file.read_bytes())
        file.write_bytes(data)
        pages[file.stem] = files[url]
    (out / PAGES).write_text(json.dumps(pages), encoding="utf-8")
