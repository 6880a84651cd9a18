"""The last gate: every published byte is searched for what is internal. One finding stops the publication.

What is internal is told from the raw files alone (`raw`), by what they say (`needles`); what is published, by taking every
file apart (`haystack`). Nothing here asks what the build let through.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from bantin.addresses import Addresses
from bantin.files import replace
from bantin.parallel import spread
from bantin.progress import Track, silent
from bantin.publishing import haystack, pictures, raw
from bantin.publishing.compress import unpacked
from bantin.publishing.needles import WORD, Needles, needles
from bantin.publishing.record import COPIES
from bantin.publishing.releases import files_of
from bantin.publishing.words import windows, words
from bantin.world import PACKAGE, program

MOST = 5  # findings that are told of one raw file
_PROGRAM = (".js", ".css", ".pagefind", ".woff2")  # bring words of their own: one alone says nothing there
CLOSED = "không soát được"

Hit = tuple[str, str, str]  # raw file, kind, words


@dataclass(frozen=True, order=True)
class Leak:
    """path: of the raw file, empty where a published file cannot be searched; file: published; kind, said: what was found in it."""

    path: str
    file: str
    kind: str
    said: str

    def __str__(self) -> str:
        if not self.path:
            return f"{self.file}: {CLOSED} ({self.said})"
        return f"{self.file}: lộ {self.kind} của {self.path}: “{self.said}”"


def leaks(
    content: Path,
    settings: Mapping[str, Any],
    release: Path,
    base: str,
    now: datetime,
    track: Track = silent,
    kept: Path | None = None,
) -> list[Leak]:
    """Everything internal that the files of a release say. settings: Pelican's; base: the site's address; now: aware. Raises OSError.

    kept: a file that tells of which files an earlier audit said that they say nothing; while the program and all that is looked
    for are the same, they are not searched again.
    """
    found = raw.read(content, now, settings.get("IGNORE_FILES", ()))
    known = needles(found, Addresses(settings, base), (Path(settings["THEME"]), PACKAGE))
    stamp = f"{program()} {known.stamp}"
    marks = {name: _mark(name, (release / name).read_bytes()) for name in files_of(release)}
    clean = _clean(kept, stamp) if kept else set()
    names = [name for name, mark in marks.items() if mark not in clean]
    done = track(spread(partial(search, known, release), names), "Soát lộ lọt", len(names))
    leaked = {leak for _, some in done for leak in some}
    if kept:
        dirty = {leak.file for leak in leaked}
        replace(kept, json.dumps({stamp: sorted(mark for name, mark in marks.items() if name not in dirty)}).encode())
    return sorted(leaked)


def _mark(name: str, data: bytes) -> str:
    """Of a file: its bytes and its name, which says something, too."""
    return hashlib.sha256(name.encode("utf-8", "surrogateescape") + b"\0" + data).hexdigest()[:32]


def _clean(kept: Path, stamp: str) -> set[str]:
    try:
        return set(json.loads(kept.read_bytes())[stamp])
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def told(leaked: Iterable[Leak]) -> str:
    """All findings by raw file, not more of one than somebody reads."""
    by_path: dict[str, list[Leak]] = defaultdict(list)
    for leak in leaked:
        by_path[leak.path].append(leak)
    lines = []
    for some in by_path.values():
        lines += [str(leak) for leak in some[:MOST]]
        lines += [f"  … và {len(some) - MOST} chỗ nữa của tệp này"] if len(some) > MOST else []
    return "\n".join(lines)


def search(known: Needles, release: Path, name: str) -> list[Leak]:
    """What one published file says; each secret once."""
    data, found = (release / name).read_bytes(), dict[tuple[str, str], Leak]()
    if name.endswith(COPIES) and (release / name[:-3]).is_file() and unpacked(name, data) == (release / name[:-3]).read_bytes():
        return []  # that file is searched
    alone = not name.removesuffix(".gz").removesuffix(".br").endswith(_PROGRAM)
    for part in haystack.parts(name, data):
        if isinstance(part, haystack.Closed):
            found["", part.why] = Leak("", name, CLOSED, part.why)
            continue
        hits = _in_bytes(known, part) if isinstance(part, bytes) else _in_text(known, part)
        for path, kind, said in hits:
            if kind != WORD or alone:
                found.setdefault((path, kind), Leak(path, name, kind, said))
    return list(found.values())


def _in_text(known: Needles, part: str) -> list[Hit]:
    found: list[Hit] = []
    mark = hash((isinstance(part, haystack.Marked), part))
    if mark in known.clean:  # attributes, titles and whole articles come again and again
        return found
    for text in haystack.inside(part) if isinstance(part, haystack.Marked) else ():
        found += _in_text(known, text)
    if not isinstance(part, haystack.Marked):
        found += _in_words(known, words(part))
    if not found:
        known.clean.add(mark)
    return found


def _in_words(known: Needles, text: list[str]) -> Iterator[Hit]:
    for size, table in known.phrases.items():
        hits = table.keys() & windows(text, size) if len(text) >= size else ()
        numbers = list(windows(text, size)) if hits else []
        for hit in hits:
            at = numbers.index(hit)
            yield (*table[hit], " ".join(text[at : at + size]))


def _in_bytes(known: Needles, data: bytes) -> Iterator[Hit]:
    path = known.files.get(hashlib.sha256(data).digest())
    if path:
        yield path, "tệp", Path(path).name
    shape = pictures.shape(data) if known.looks and pictures.is_picture(data) else 0
    near = [(look, path) for look, path in known.looks if shape and look.shaped(shape)]
    shown = pictures.look(data) if near else None
    for look, path in near:
        if shown and look.like(shown):
            yield path, "hình", Path(path).name
