"""Whether everything stands as the last build left it: told by the marks of files alone, before anything is loaded that takes long.

It is a shortcut to the answer "nothing to do" and to no other: whatever does not fit exactly leaves the question to the build.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bantin.files import TICK, UNREAD, Mark, Seen, Skip, home_of, ignoring, look, mark, replace, seen, walk
from bantin.vietnamese import ZONE
from bantin.world import joined, program, settings_digest

NAME = "dau.json"
FOREVER = datetime.max.replace(tzinfo=ZONE)
MEMORY, STORE, MANIFEST = "nho.bin", "than", "danh-sach.json"  # what builds remember, beside it


Marks = dict[str, Mark | None]  # by path; None where it only counts that the file is there


@dataclass(frozen=True)
class Counts:
    """What a site has: pages in all, feeds, documents and issues among them, articles."""

    pages: int = 0
    feeds: int = 0
    documents: int = 0
    issues: int = 0
    articles: int = 0


@dataclass(frozen=True)
class Report:
    """What a build did. total: files that the site has; fresh, gone: names of those that were written and removed;
    warnings: for editors, as they were printed; base: the site's address."""

    counts: Counts = Counts()
    total: int = 0
    fresh: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    warnings: str = ""
    base: str = ""

    @classmethod
    def again(cls, said: Mapping[str, Any]) -> Report:
        """Of a build that has nothing to do, after one that said this."""
        return cls(Counts(*said["counts"]), said["total"], (), (), said["warnings"], said["base"])

    def said(self) -> dict[str, Any]:
        """What holds again for a build that has nothing to do."""
        return {"counts": astuple(self.counts), "total": self.total, "warnings": self.warnings, "base": self.base}


@dataclass(frozen=True)
class Standing:
    """What a build found and left.

    world: what it was done with; since, until: between which moments (seconds of the epoch) it would do the same again;
    folders: files that it read, by folder; outputs: files that it left; said: what it told its caller, who is told it again.
    """

    world: str
    since: float
    until: float
    folders: Mapping[str, Marks]
    outputs: Marks
    said: Mapping[str, Any]

    def holds(self, world: str, now: datetime, output: Path, skips: Mapping[str, Skip], sweep: bool) -> bool:
        """Whether a build would change nothing. skips: what is no part of a folder, by folder; sweep: foreign files have to go."""
        if self.world != world or not self.since <= now.timestamp() < self.until:
            return False
        try:
            return all(_same(Path(root), skips[root], files) for root, files in self.folders.items()) and self._left(
                output, sweep
            )
        except OSError:
            return False

    def _left(self, output: Path, sweep: bool) -> bool:
        if sweep and {path for path, _ in walk(output, lambda _: False)} != set(self.outputs):
            return False
        base, lstat = f"{output}/", os.lstat
        return all(mark(lstat(base + name)) == tuple(left or ()) for name, left in self.outputs.items())


def _same(root: Path, skip: Skip, known: Marks) -> bool:
    """The same files, none other, each with its mark."""
    count = 0
    for path, entry in walk(root, skip):
        was = known.get(path, ())
        if was is not None and mark(entry.stat(follow_symlinks=False)) != tuple(was):
            return False
        count += 1
    return count == len(known)


def stands(settings: Mapping[str, Any], output: Path, now: datetime, sweep: bool = False) -> Mapping[str, Any] | None:
    """What the last build said, where one with these settings of Pelican's would change nothing in that folder; else None.

    sweep: foreign files in it have to go.
    """
    found = load(home_of(output)) if str(settings.get("CHECK_MODIFIED_METHOD", "mtime")) == "mtime" else None
    skips = {**folders_of(settings), str(home_of(output)): _no_memory}
    return found.said if found and found.holds(world_of(settings, output), now, output, skips, sweep) else None


def world_of(settings: Mapping[str, Any], output: Path) -> str:
    """What a build is done with besides what it reads; messages name files from the working folder."""
    return joined([program(), settings_digest(settings), os.getcwd(), str(output), *folders_of(settings)])


def folders_of(settings: Mapping[str, Any]) -> dict[str, Skip]:
    """The folders that a site is made from, and what is no part of them."""
    theme = [settings["THEME"], *settings.get("THEME_TEMPLATES_OVERRIDES", ())]
    catalogues = settings.get("BANTIN_CATALOGUES")
    ignored = ignoring(settings.get("IGNORE_FILES", ()))
    found = {settings["PATH"]: ignored, **dict.fromkeys(theme, _nothing), **({catalogues: _nothing} if catalogues else {})}
    return {str(Path(folder).resolve()): skip for folder, skip in found.items()}


def _no_memory(name: str) -> bool:
    """What lies beside an output and is not what a build remembers: of that, damage has to be told."""
    return not name.startswith((MEMORY.partition(".")[0], f"{STORE}-", MANIFEST))


def _nothing(_name: str) -> bool:
    return False


def around(settings: Mapping[str, Any]) -> dict[str, Marks | None]:
    """The marks of all folders but the content, before anything of them is read; a change from now on is bound to show.

    None for one where it may not show, or that has a link, of which nobody knows when it leads to something else. Raises OSError.
    """
    content = str(Path(settings["PATH"]).resolve())
    return {folder: _marks_below(Path(folder), skip) for folder, skip in folders_of(settings).items() if folder != content}


def _marks_below(root: Path, skip: Skip) -> Marks | None:
    now = time.time_ns()
    marks: Marks = {}
    for path, entry in walk(root, skip):
        file = seen(entry.stat(follow_symlinks=False), "", now)
        if entry.is_symlink() or not file.sure:
            return None
        marks[path] = file.mark
    return marks


def below(output: Path, folder: Path) -> dict[str, Seen]:
    """The files of a folder of the output as they lie there now. Raises OSError."""
    now = time.time_ns()
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): look(path, path.stat(), None, now) for path in found}


def certain(root: Path, files: Mapping[str, Seen]) -> Marks | None:
    """The marks of files that were read, by which a change is bound to show; None where one is not as it was seen.

    What was written a moment ago is looked at again when the clock has gone on.
    """
    marks: Marks = {}
    newest = max((max(file.mark[1:3]) for file in files.values() if not file.sure), default=0)
    time.sleep(max(0, min(newest + TICK - time.time_ns(), TICK)) / 1e9)
    for path, file in files.items():
        found = file if file.sure or file.digest == UNREAD else _again(root / path, file)
        if found.digest != UNREAD and not found.sure:
            return None
        marks[path] = found.mark if found.digest != UNREAD else None
    return marks


def _again(path: Path, file: Seen) -> Seen:
    """A file as it lies now; not `sure` where it is another one, too."""
    try:
        found = look(path, os.lstat(path), None, time.time_ns())
    except OSError:
        return file
    return found if found.digest == file.digest else file


def load(home: Path) -> Standing | None:
    """What the last build kept there; None where there is nothing, or it is damaged."""
    try:
        digest, _, text = (home / NAME).read_bytes().partition(b"\n")
        return Standing(**json.loads(text)) if _sum(text) == digest else None
    except (OSError, ValueError, TypeError):
        return None


def keep(
    settings: Mapping[str, Any],
    output: Path,
    times: tuple[datetime, datetime],
    folders: Mapping[str, Marks | None],
    outputs: Mapping[str, Seen],
    said: Mapping[str, Any],
) -> None:
    """Keep what a build found and left, where a change of it is bound to show; else nothing stands.

    times: since when and until when it would do the same again.
    """
    home = home_of(output)
    known = {folder: marks for folder, marks in folders.items() if marks is not None}
    home.mkdir(parents=True, exist_ok=True)
    left = certain(output, outputs)
    if left is None or len(known) < len(folders):
        return
    known[str(home)] = {entry.name: mark(entry.stat()) for entry in os.scandir(home) if not _no_memory(entry.name)}
    since, until = (moment.timestamp() for moment in times)
    found = Standing(world_of(settings, output), since, until, known, left, said)
    text = json.dumps(vars(found), separators=(",", ":")).encode()
    replace(home / NAME, _sum(text) + b"\n" + text)


def forget(home: Path) -> None:
    """From here on nothing stands."""
    (home / NAME).unlink(missing_ok=True)


def _sum(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).hexdigest().encode()
