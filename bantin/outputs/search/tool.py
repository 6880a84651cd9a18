"""Pagefind's command line: pages in, the files of an index out, and what is written in them."""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2
from pagefind_bin import get_executable

from bantin.outputs.search import shadow

LANGUAGE = "vi"
RUNTIME = ("pagefind.js", "wasm.*.pagefind")
_NOTHING = '<!DOCTYPE html><html lang="vi"><head><title></title></head><body><p data-pagefind-body>0</p></body></html>'


@dataclass(frozen=True, slots=True)
class Found:
    """What Pagefind made of some pages.

    entry: its first file; pages: (name of the record, count of words) by number; words: [word, pages, variants], where a variant
    is [form, pages], pages are [number after the one before, places, places in fields], and a field is -1 - its place in
    `fields`; records: their bytes by name; runtime: the program for browsers, by file name.
    """

    entry: dict[str, Any]
    pages: list[list[Any]]
    words: list[list[Any]]
    fields: list[str]
    records: dict[str, bytes]
    runtime: dict[str, bytes]


def run(copies: Mapping[str, str]) -> Found:
    """The index over these copies, by the page's file from the site's root. Raises RuntimeError with what Pagefind said where it fails."""
    with tempfile.TemporaryDirectory(prefix="bantin-") as work:
        site, out = Path(work, "trang"), Path(work, "muc-luc")
        for name, copy in copies.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(copy, encoding="utf-8")
        _run(site, out)
        return _read(out)


def runtime() -> Found:
    """The program for browsers, and an entry, with an index over next to nothing."""
    return run({"index.html": _NOTHING})


def _run(site: Path, out: Path) -> None:
    command = [get_executable(), "--site", str(site), "--output-path", str(out), "--force-language", LANGUAGE, "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not out.is_dir():
        raise RuntimeError(f"pagefind: {done.stderr.strip() or done.stdout.strip()}")


def _read(out: Path) -> Found:
    entry = json.loads((out / "pagefind-entry.json").read_text(encoding="utf-8"))
    about = entry["languages"][LANGUAGE]
    _, pages, files, filters, sorts, fields = _listed(out / f"pagefind.{about['hash']}.pf_meta", 6)
    if filters or sorts:
        raise RuntimeError("pagefind: another form of index: filters")
    words = [word for _, _, name in files for word in _listed(out / "index" / f"{name}.pf_index", 1)[0]]
    records = {name: (out / "fragment" / f"{name}.pf_fragment").read_bytes() for name, _ in pages}
    found = {file.name: file.read_bytes() for pattern in RUNTIME for file in sorted(out.glob(pattern))}
    return Found(entry, pages, words, fields, records, found)


def _listed(file: Path, count: int) -> list[Any]:
    """The list of so many things that a file holds."""
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(shadow.MAGIC):
        raise RuntimeError(f"pagefind: another form of index: {data[:12]!r}")
    found = cbor2.loads(data.removeprefix(shadow.MAGIC))
    if not isinstance(found, list) or len(found) != count:
        raise RuntimeError(f"pagefind: another form of index: {file.name}")
    return found
