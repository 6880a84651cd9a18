"""What a build remembers, and where it lies; and the site's files as they were left."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bantin import standing
from bantin.asking import asked
from bantin.build import Stage
from bantin.files import Seen, look, seen
from bantin.memory import Damaged, Kept, Ledger, Made, Memory, Shelf, Store, digest
from bantin.same import Same
from bantin.standing import MEMORY, STORE
from bantin.world import program

COMPILED = "khuon"
SLACK = 1 << 20  # bytes of values that nobody needs, above as many again as are needed, from which the store is written anew


@dataclass
class Recall:
    """The memory of earlier builds, in a folder of its own. note: what was wrong with it, for the editor."""

    folder: Path
    memory: Memory = field(default_factory=Memory)
    note: str = ""
    same: Same = field(default_factory=Same)  # what earlier builds of this process made
    shelf: Shelf | None = None

    def __post_init__(self) -> None:
        self.shelf = self.shelf or Shelf(self.folder / MEMORY, program())
        self.store = Store(self.folder / (self.memory.store or f"{STORE}-1"))

    @classmethod
    def of(cls, folder: Path, ignored: bool = False) -> Recall:
        """What lies in that folder. ignored: nothing is taken from it."""
        if ignored:
            return cls.without(folder)
        shelf = Shelf(folder / MEMORY, program())
        try:
            return cls(folder, shelf.load(), shelf=shelf)
        except Damaged as damaged:
            return cls.without(folder, str(damaged))

    @classmethod
    def without(cls, folder: Path, note: str = "") -> Recall:
        """A memory of nothing, in the place of the one in that folder."""
        Shelf(folder / MEMORY, program()).forget()
        for file in folder.glob(f"{STORE}-*"):
            file.unlink(missing_ok=True)
        return cls(folder, note=note)

    def forget_new(self) -> None:
        """Nothing of this build is kept; a store that no memory names goes."""
        self.store.flush()
        if not (self.folder / MEMORY).is_file():
            self.store.path.unlink(missing_ok=True)

    def ledger(self, kind: str, world: str) -> Ledger:
        """What is known of the work of one kind in that world."""
        found: Ledger = getattr(self.memory, kind)
        return found if found.world == world else Ledger()

    def still(self, frozen: Callable[[Mapping[str, bytes], bool], Mapping[str, bytes]]) -> frozenset[str]:
        """The names of who are as they were when they answered: they would answer the same. frozen: the stamps of those of whom that
        may be said, told those of the last build."""
        before = self.memory.frozen
        return frozenset(name for name, stamp in frozen(before, True).items() if before.get(name) == stamp)

    def read(self, world: str, seen: Mapping[str, Seen], records: Mapping[str, Any]) -> None:
        """The content as it was read just now, whatever becomes of the build. world: in which it was read."""
        self.memory = replace(self.memory, world=world, seen=dict(seen), records=dict(records))

    def lost(self, names: Collection[str]) -> None:
        """These files do not lie in the output any more as a build left them."""
        outputs = {name: left for name, left in self.memory.outputs.items() if name not in names}
        self.memory = replace(self.memory, outputs=outputs)

    def hold(self, memory: Memory) -> None:
        """Remember this for the next build of this process alone."""
        self.store.flush()
        memory.store = self.store.path.name
        self.memory = memory

    def keep(self, memory: Memory) -> None:
        """Remember this for the next build."""
        self.hold(memory)
        live = sum(length for _, length in _places(memory))
        if self.store.size > 2 * live + SLACK:
            self._compact(memory)
        assert self.shelf
        self.shelf.save(memory)
        for old in self.folder.glob(f"{STORE}-*"):
            if old.name != memory.store:
                old.unlink()

    def _compact(self, memory: Memory) -> None:
        fresh = Store(self.folder / f"{STORE}-{int(self.store.path.name.rpartition('-')[2]) + 1}")
        fresh.path.unlink(missing_ok=True)
        for ledger in (memory.texts, memory.pages):
            for name, made in ledger.pieces.items():
                if made.extra and made.extra.place:
                    place = fresh.put(self.store.get(made.extra.place, made.extra.stamp))
                    ledger.pieces[name] = Made(made.questions, made.outputs, made.uses, made.extra.at(place))
        fresh.flush()
        self.store, memory.store = fresh, fresh.path.name


def keeper(store: Store) -> Callable[[tuple[bytes | None, Any]], Kept]:
    """Puts the first part of what a piece of work found out into the store."""

    def keep(found: tuple[bytes | None, Any]) -> Kept:
        value, rest = found
        return Kept(store.put(value), digest(value), rest) if value is not None else Kept(None, "", rest)

    return keep


def _places(memory: Memory) -> list[tuple[int, int]]:
    made = (*memory.texts.pieces.values(), *memory.pages.pieces.values())
    return [m.extra.place for m in made if m.extra and m.extra.place]


class Outputs:
    """The files of the site: those made now lie in the stage, those that stand in the output.

    left: as the last build left them; compare: by what they hold; trusted: nobody looks whether they still are so.
    """

    def __init__(self, stage: Stage, left: Mapping[str, Seen], compare: bool, trusted: bool = False) -> None:
        self._stage, self._left, self._compare, self._trusted = stage, left, compare, trusted
        self._now = time.time_ns()
        self._looked: dict[str, Seen | None] = {}
        self._digests: dict[str, str] = {}

    def intact(self, name: str) -> bool:
        """Whether a file lies in the output as the last build left it."""
        return self._look(name) is not None

    def _look(self, name: str) -> Seen | None:
        if self._trusted:
            return self._left.get(name)
        if name not in self._looked:
            left = self._left.get(name)
            self._looked[name] = None
            if left:
                path = f"{self._stage.output}/{name}"
                try:
                    found = look(path, os.lstat(path), left, self._now, self._compare)
                except OSError:
                    return None
                self._looked[name] = found if found.digest == left.digest else None
        return self._looked[name]

    def write(self, name: str, data: bytes) -> str:
        """Make a file, in this process or in a worker; what is returned is for `put`."""
        self._stage.put(name, data)
        return digest(data)

    def put(self, name: str, written: str) -> None:
        """Take notice of a file that was made."""
        self._digests[name] = written

    def show(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Put files into place before the rest; the names of those that were other ones. No longer as they were left, they count as
        still to be made."""
        standing.forget(self._stage.home)
        fresh = self._stage.show(files)
        self._left = {name: left for name, left in self._left.items() if name not in fresh}
        return fresh

    def fresh(self, name: str) -> bool:
        """Whether a file was made now."""
        return name in self._digests

    @asked
    def stamp(self, name: str) -> str:
        """Changes with the bytes of a file of the site; empty where there is none."""
        if name in self._digests:
            return self._digests[name]
        left = self._look(name)
        return left.digest if left else ""

    def read(self, name: str) -> bytes:
        """A file of the site."""
        self.stamp(name)
        folder = self._stage.root if name in self._digests else self._stage.output
        return (folder / name).read_bytes()

    def seen(self, standing: set[str]) -> dict[str, Seen]:
        """All files as they lie now, after the stage was moved into place. standing: those that were not made anew."""
        now = time.time_ns()
        found = {name: left for name in standing if (left := self._look(name))}
        for name, made in self._digests.items():
            found[name] = seen(os.stat(self._stage.output / name), made, now)
        return found


class Listing:
    """All pages of the site, by what was found out while they were made."""

    def __init__(self, pieces: Mapping[str, Made]) -> None:
        self._pieces = {name: made.extra for name, made in pieces.items() if made.extra}

    @asked
    def entries(self) -> tuple[str, ...]:
        """Entries of the sitemap, in the order of the pages."""
        return tuple(kept.rest[0] for kept in self._pieces.values())
