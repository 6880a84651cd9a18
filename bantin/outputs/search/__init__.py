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
from collections.abc import Iterable, Iterator
from pathlib import Path

from pagefind_bin import get_executable

from bantin.outputs.search import lists, shadow
from bantin.views.search import Found

CLOSED = "luu-tru/"
FACETS, NUMBERED = "loc.json", "so-hieu.json"
RUNTIME = ("pagefind.js", "wasm.*.pagefind")  # one part brings the program for both
INDEX = ("pagefind-entry.json", "*.pf_meta", "index/*.pf_index", "fragment/*.pf_fragment")
PAGES = "trang.json"  # in the cache: the page of each record
FORM = b"2"  # of what is kept in the cache
OLD = 3600  # seconds after its last use until an index goes: builds beside each other share the cache

Copies = list[tuple[str, str]]


def index(pages: Iterable[tuple[str, bytes]], found: Found, cache: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the index over those pages that are marked for it: (name in the index's folder, content).

    pages: (path from the site's root, HTML). The same pages give the same files, from `cache` when it has them.
    Raises RuntimeError with what Pagefind said where it fails.
    """
    parts = _parts(pages, found)
    for part, copies in parts.items():
        folder = _made(copies, cache)
        ids = json.loads((folder / PAGES).read_text(encoding="utf-8"))
        others = [] if part else [other for other in parts if other]
        yield part + FACETS, lists.facets(ids, found.facts, others).encode()
        for pattern in (*INDEX, *(() if part else RUNTIME)):
            for file in sorted(folder.glob(pattern)):
                yield part + file.relative_to(folder).as_posix(), file.read_bytes()
    if parts:
        yield NUMBERED, lists.numbered(found.numbered).encode()


def _parts(pages: Iterable[tuple[str, bytes]], found: Found) -> dict[str, Copies]:
    """Copies by the folder of their index, "" first; what has no facts is a page for all times and goes with this year."""
    parts: dict[str, Copies] = {"": [], CLOSED: []}
    for name, html in sorted(pages):
        copy = shadow.shadow(html) if name.endswith(".html") else None
        if copy is not None:
            facts = found.facts.get(name)
            closed = facts is not None and int(facts.year or 0) < found.year
            parts[CLOSED if closed else ""].append((name, copy))
    if not parts[""]:
        parts = {"": parts[CLOSED]}
    return {part: copies for part, copies in parts.items() if copies}


def _made(copies: Copies, cache: Path) -> Path:
    """The folder with the index over these copies: `INDEX`, `RUNTIME` and `PAGES`."""
    tool = Path(get_executable())
    key = hashlib.sha256(FORM + f"{tool.stat().st_size}".encode() + Path(shadow.__file__).read_bytes())
    for name, copy in copies:
        key.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(copy.encode()).digest())
    folder = cache / "tim-kiem" / key.hexdigest()[:24]
    if not folder.is_dir():
        _make(tool, copies, folder)
    os.utime(folder)
    return folder


def _make(tool: Path, copies: Copies, folder: Path) -> None:
    """Run Pagefind over the copies; the index appears whole or not at all, older ones go."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bantin-") as work:
        site, out = Path(work, "trang"), Path(work, "muc-luc")
        for name, copy in copies:
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(copy, encoding="utf-8")
        _run(tool, site, out)
        _restore(out, [name for name, _ in copies])
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


def _restore(out: Path, names: list[str]) -> None:
    """Records as they were written, and which page each is of."""
    files = {"/" + name.removesuffix("index.html"): name for name in names}
    pages = {}
    for file in sorted((out / "fragment").iterdir()):
        data, url = shadow.record(file.read_bytes())
        file.write_bytes(data)
        pages[file.stem] = files[url]
    (out / PAGES).write_text(json.dumps(pages), encoding="utf-8")
