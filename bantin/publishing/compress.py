"""`x.gz` and `x.br` beside `x`, once and better than a server would in haste; those of the release before are taken again."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import brotli

from bantin.parallel import spread
from bantin.progress import Track
from bantin.publishing.record import COPIES, Files, Record, digest
from bantin.publishing.releases import Unfit, share

# Text, and what packs like it; pictures, fonts and the search index are packed already.
ENDINGS = (".html", ".css", ".js", ".json", ".xml", ".txt", ".csv", ".svg", ".webmanifest")
LEAST = 1024  # bytes; below it the headers weigh more
_PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, compresslevel=9, mtime=0),
    # The best (11) takes thirty times as long as this and makes a page a thirteenth smaller: 20 minutes for 10,000 articles.
    ".br": partial(brotli.compress, quality=7, mode=brotli.MODE_TEXT),
}


def precompress(folder: Path, files: Files, before: Path, old: Record | None, track: Track) -> dict[str, tuple[str, int]]:
    """Make the copies of a release that are smaller than their files; gives them as `Record.files` has them.

    before, old: the release that is served, and its record. Raises `Unfit` where a file of the site stands in a copy's place.
    """
    wanted = [name for name, (_, size) in files.items() if name.endswith(ENDINGS) and size >= LEAST]
    taken = [name + ending for name in wanted for ending in COPIES if name + ending in files]
    if taken:
        raise Unfit("máy chủ sẽ gửi tệp này thay cho tệp cùng tên không có đuôi; hãy đổi tên: " + ", ".join(taken))
    known = {about[0]: name for name, about in old.files.items()} if old else {}
    copies: dict[str, tuple[str, int]] = {}
    rest = []
    for name in wanted:
        found = _copies(before, known.get(files[name][0], ""), old)
        if found is None:
            rest.append(name)
            continue
        for ending, (source, about) in found.items():
            share(source, folder / (name + ending))
            copies[name + ending] = about
    rest.sort(key=lambda name: -files[name][1])  # the longest first: no worker waits for one
    for _, packed in track(spread(lambda name: _pack(folder / name), rest), "Nén", len(rest)):
        copies |= {file.relative_to(folder).as_posix(): digest(file) for file in packed}
    return copies


def _copies(before: Path, name: str, old: Record | None) -> dict[str, tuple[Path, tuple[str, int]]] | None:
    """By ending the copies that a file has in the release before; None where they are not at hand as the record has them."""
    if not (name and old):
        return None
    found = {e: (before / (name + e), old.files[name + e]) for e in COPIES if name + e in old.files}
    try:
        return found if all(digest(path) == about for path, about in found.values()) else None
    except OSError:
        return None


def _pack(file: Path) -> list[Path]:
    """Copies of one file, with its times: a server tells by them what changed."""
    data, stat, found = file.read_bytes(), file.stat(), []
    for ending, pack in _PACK.items():
        packed = pack(data)
        if len(packed) < len(data):
            copy = file.with_name(file.name + ending)
            copy.write_bytes(packed)
            os.utime(copy, ns=(stat.st_atime_ns, stat.st_mtime_ns))
            found.append(copy)
    return found


def unpacked(name: str, data: bytes) -> bytes:
    """What a copy of that name holds. Raises OSError, EOFError, zlib.error or brotli.error where it is none."""
    return gzip.decompress(data) if name.endswith(".gz") else brotli.decompress(data)
