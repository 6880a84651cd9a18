"""Writing, last and whole: everything is made in a folder beside the output, and only then moved into place.

A file whose bytes are already there is not touched, so a second build with nothing changed writes nothing.
What an earlier build made and this one does not is removed.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bantin.files import home_of, replace
from bantin.standing import MANIFEST

LOCK = "khoa"


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did: files in all; names of those written because they were new or other, and removed because they are gone."""

    total: int
    fresh: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def written(self) -> int:
        """How many were written."""
        return len(self.fresh)

    @property
    def removed(self) -> int:
        """How many were removed."""
        return len(self.gone)


class Busy(Exception):
    """Another build writes into the same output; the message is Vietnamese."""

    exitcode = 75  # EX_TEMPFAIL: the same again later may do

    def __init__(self, output: Path) -> None:
        super().__init__(f"một lần dựng khác đang ghi vào {output}/; đợi nó xong rồi dựng lại")


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Waits until nobody else does what this file is the lock of."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(file):
        yield


@contextmanager
def alone(output: Path, wait: float = 60) -> Iterator[None]:
    """No other build writes into that output meanwhile. wait: seconds for the other one to end. Raises `Busy`."""
    home = home_of(output)
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / LOCK)
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            print(f"{Busy(output)} (đang đợi)", file=sys.stderr)
            lock.acquire(timeout=wait)
    except Timeout:
        raise Busy(output) from None
    try:
        yield
    finally:
        lock.release()


class Stage:
    """A folder beside `output` in which a build is made; `commit` moves what differs into place.

    Beside, so that a move is a rename on one disk. The list of what was made lies there too, never in the output.
    """

    def __init__(self, output: Path) -> None:
        self.output = output
        self.home = home_of(output)
        self.root = self.home / "moi"
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        self._folders = {self.root}

    def put(self, name: str, data: bytes | str) -> Path:
        """Make one file, `name` from the site's root. Raises ValueError for a name that leaves it, or is taken."""
        target = self.root / name
        if not name or "\\" in name or os.path.normpath(name).replace(os.sep, "/") != name or not _below(name):
            raise ValueError(f"not below the output: {name!r}")
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        try:
            with target.open("xb") as file:
                file.write(data.encode("utf-8") if isinstance(data, str) else data)
        except FileExistsError:
            raise ValueError(f"made twice: {name!r}") from None
        return target

    def copy(self, name: str, source: Path) -> None:
        """Make one file from another."""
        self.put(name, source.read_bytes())

    def show(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Put files into place now, before the rest; the names of those that were other ones. `commit` takes them for unchanged
        where they are made again.

        In a folder of which nobody knows what lies there, nothing: `commit` has to say so first.
        """
        fresh = tuple(name for name, data in files.items() if not _holds(self.output / name, data))
        if not all(os.path.lexists(self.output / name) for name in fresh):
            listed = self._listed()
            if listed is None and self.output.is_dir() and any(self.output.iterdir()):
                return ()
            self._list({*(listed or ()), *fresh})
        for name in fresh:
            _place(self.put(name, files[name]), self.output / name)
        return fresh

    def names(self) -> list[str]:
        """Everything made so far, sorted."""
        return sorted(p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file())

    def commit(
        self, sweep: bool = False, retain: Iterable[str] = (), standing: Iterable[str] = (), left: Iterable[str] = ()
    ) -> Written:
        """Move what differs into place and remove what is gone.

        standing: files that stay as they are; sweep: remove whatever else lies in the output; left: what an earlier build is
        known to have left, where the list is gone or damaged.

        The list of files grows before the first move and shrinks after the last removal: a killed build leaves
        nothing that the next one does not know of.
        """
        names = self.names()
        made = {*names, *standing}
        listed = self._listed()
        before = set(left) if listed is None else listed
        if not before and self.output.is_dir() and any(self.output.iterdir()) and not sweep:
            print(f"ghi chú: không biết lần dựng trước đã ghi những tệp nào vào {self.output}/; tệp thừa có thể còn ở đó "
                  "(pelican -d dọn sạch rồi mới ghi)", file=sys.stderr)  # fmt: skip
        keep = set(retain) | {MANIFEST}
        present = (
            {p.relative_to(self.output).as_posix() for p in self.output.rglob("*") if p.is_file() or p.is_symlink()}
            if sweep
            else set()
        )
        gone = sorted((before | present) - made)
        gone = [name for name in gone if name.split("/")[0] not in keep]
        fresh = [name for name in names if not _same(self.root / name, self.output / name)]
        if listed != made:
            self._list(before | made)
        for name in self._whole(fresh):
            _place(self.root / name, self.output / name)
        removed = tuple(name for name in gone if _remove(self.output, name))
        if listed != made:
            self._list(made)
        shutil.rmtree(self.root)
        return Written(len(made), tuple(fresh), removed)

    def _whole(self, names: Iterable[str]) -> dict[str, None]:
        """What has to be moved for these files: a folder as one where the output has none of its name."""
        new: dict[str, bool] = {}
        moves: dict[str, None] = {}
        for name in names:
            top = name.partition("/")[0]
            if top not in new:
                new[top] = not os.path.lexists(self.output / top)
            moves[top if new[top] else name] = None
        return moves

    def discard(self) -> None:
        """Leave the output as it was."""
        shutil.rmtree(self.root, ignore_errors=True)
        if self.home.is_dir() and not any(self.home.iterdir()):
            self.home.rmdir()

    def _listed(self) -> set[str] | None:
        """What an earlier build made, or was about to; None where that is not known."""
        try:
            kept = json.loads((self.home / MANIFEST).read_text(encoding="utf-8"))
            listed = kept["files"]
            return {name for name in listed if _below(name)} if kept["sum"] == _sum(listed) else None
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _list(self, names: set[str]) -> None:
        listed = sorted(names)
        kept = {"sum": _sum(listed), "files": listed}
        replace(self.home / MANIFEST, json.dumps(kept, ensure_ascii=False).encode())


def _sum(listed: Any) -> str:
    return blake2b(json.dumps(listed).encode(), digest_size=16).hexdigest()


def put_if_new(path: Path, data: bytes) -> bool:
    """Write a file unless these bytes are already there; whether it was written."""
    if _holds(path, data):
        return False
    replace(path, data)
    return True


def _below(name: str) -> bool:
    """A relative path that does not climb, on any system."""
    return not (name.startswith(("/", "..")) or ":" in name.partition("/")[0] or "/../" in f"{name}/")


def _same(new: Path, old: Path) -> bool:
    return not old.is_symlink() and old.is_file() and new.stat().st_size == old.stat().st_size and _holds(old, new.read_bytes())


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _place(new: Path, old: Path) -> None:
    """A folder where a file has to be, or a file where a folder has to be, gives way."""
    for parent in reversed(old.parents):
        if parent.is_file() or parent.is_symlink() and not parent.exists():
            parent.unlink()
    old.parent.mkdir(parents=True, exist_ok=True)
    if old.is_dir() and not old.is_symlink():
        shutil.rmtree(old)
    os.replace(new, old)


def _remove(output: Path, name: str) -> bool:
    path = output / name
    if not (path.is_file() or path.is_symlink()):
        return False
    path.unlink()
    for parent in path.parents:
        if parent == output or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
