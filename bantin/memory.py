"""What a build remembers for the next one, beside the output.

It is a help and never a truth: whatever does not fit exactly is made again, and a file that is damaged, or was written by
another version, counts as nothing.
"""

from __future__ import annotations

import io
import pickle
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from bantin.asking import ANSWER, Question, answering
from bantin.build import replace
from bantin.files import Seen

_SUM = 16
LATER = "-sau"  # in the name of the file with what has become other

Answered = tuple[Question, bytes]  # with the fingerprint of the answer


class Kept(NamedTuple):
    """What is remembered of a piece of work: a value in the store (its place and stamp, empty where there is none), and more."""

    place: tuple[int, int] | None
    stamp: str
    rest: Any = None

    def at(self, place: tuple[int, int]) -> Kept:
        """The same value in another place."""
        return Kept(place, self.stamp, self.rest)


class Made(NamedTuple):
    """A piece of work as it was done: what it asked (places in `Ledger.questions`), the files that it made, those that it
    uses, and what it found out beside them."""

    questions: array[int]
    outputs: tuple[str, ...]
    uses: tuple[str, ...]
    extra: Kept | None = None


class Index:
    """Questions by who answers (`asking.answering`), and the place of each, for as many of a list as were added."""

    def __init__(self) -> None:
        self.places: dict[Question, int] = {}
        self.by: dict[str, list[int]] = {}

    def add(self, question: Question) -> int:
        """The place of the next question."""
        place = self.places[question] = len(self.places)
        self.by.setdefault(answering(question), []).append(place)
        return place


@dataclass
class Ledger:
    """Work of one kind, done in one `world` (program, libraries, settings …): pieces by name, questions with answers, origins of
    what is used."""

    world: str = ""
    pieces: dict[str, Made] = field(default_factory=dict)
    questions: list[Answered] = field(default_factory=list)
    origins: dict[str, Any] = field(default_factory=dict)
    # In this process only:
    due: dict[str, Made] = field(default_factory=dict)  # was put off: its files are those of an earlier build
    index: Index | None = None  # of the questions


@dataclass
class Memory:
    """All of it. `seen`, `records`: of the content folder; `outputs`: files as they were left; `templates`: what
    each names, by the digest of its text."""

    world: str = ""
    seen: dict[str, Seen] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)
    texts: Ledger = field(default_factory=Ledger)
    pages: Ledger = field(default_factory=Ledger)
    outputs: dict[str, Seen] = field(default_factory=dict)
    templates: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    store: str = ""  # the file with the bodies
    frozen: dict[str, bytes] = field(default_factory=dict)  # stamps of those who answered, where all their answers hang on that


class Damaged(Exception):
    """The file is not what was written; the message is Vietnamese."""


class _Reader(pickle.Unpickler):
    """Makes values of this package and of the standard library's dates and paths, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("bantin.") or module in ("datetime", "zoneinfo", "pathlib", "markupsafe"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


class Shelf:
    """Where a memory lies: a file with all of it, and one with what has become other since that was written.

    So that little is written where little was done. program: what it was made with; another one's is nothing to us.
    """

    def __init__(self, path: Path, program: str) -> None:
        self.path, self.later = path, path.with_name(f"{path.stem}{LATER}{path.suffix}")
        self._form = f"bantin {program}\n".encode()
        self._base, self._base_sum = Memory(), b""

    def load(self) -> Memory:
        """What lies there; nothing where nothing was kept. Raises `Damaged`."""
        self._base_sum, whole = self._read(self.path, b"")
        if not whole:
            return Memory()
        _, later = self._read(self.later, self._base_sum)
        try:
            self._base = _memory(unpacked(whole))
            return _applied(self._base, unpacked(later)) if later else self._base
        except Exception as error:
            raise Damaged(f"{self.path}: {error}") from None

    def save(self, memory: Memory) -> None:
        """Keep it, whole or not at all."""
        other, count = _difference(self._base, memory)
        if self._base_sum and count < sum(map(len, _tables(memory))) / 8:
            self._write(self.later, self._base_sum, packed(other))
            return
        whole = packed(_difference(Memory(), memory)[0])
        self._base_sum = self._write(self.path, b"", whole)
        self._base = memory
        self.later.unlink(missing_ok=True)

    def forget(self) -> None:
        """Nothing lies there any more."""
        for file in (self.path, self.later):
            file.unlink(missing_ok=True)
        self._base, self._base_sum = Memory(), b""

    def _read(self, path: Path, of: bytes) -> tuple[bytes, memoryview]:
        """The sum of a file and what it holds, nothing where it is another program's, or belongs to another file than `of`."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return b"", memoryview(b"")
        except OSError as error:
            raise Damaged(f"{path}: {error.strerror}") from None
        head = self._form + of
        if not data.startswith(head):
            return b"", memoryview(b"")
        found = data[len(head) : len(head) + _SUM]
        whole = memoryview(data)[len(head) + _SUM :]
        if _sum(whole) != found:
            raise Damaged(f"{path}: nội dung không nguyên vẹn")
        return found, whole

    def _write(self, path: Path, of: bytes, whole: bytes) -> bytes:
        found = _sum(whole)
        replace(path, self._form + of + found + whole)
        return found


# A memory as tuples and lists, which are packed and unpacked many times faster than values of classes of our own.


def _tables(memory: Memory) -> tuple[dict[str, Any], ...]:
    texts, pages = memory.texts, memory.pages
    return memory.seen, memory.outputs, memory.records, memory.templates, texts.pieces, pages.pieces, texts.origins, pages.origins


def _difference(base: Memory, memory: Memory) -> tuple[tuple[Any, ...], int]:
    """What of a memory is not that of another one, by identity: what nobody made anew is the same object. And how much it is."""
    changed = []
    for before, now in zip(_tables(base), _tables(memory), strict=True):
        other = {name: value for name, value in now.items() if before.get(name) is not value}
        changed.append((other, tuple(before.keys() - now.keys())))
    files = [({name: tuple(seen) for name, seen in other.items()}, gone) for other, gone in changed[:2]]
    pieces = [({name: _plain(made) for name, made in other.items()}, gone) for other, gone in changed[4:6]]
    asked = [_asked(old.questions, new.questions) for old, new in ((base.texts, memory.texts), (base.pages, memory.pages))]
    rest = (memory.world, memory.texts.world, memory.pages.world, memory.store, memory.frozen)
    count = sum(len(other) for other, _ in changed) + sum(len(places) for places, *_ in asked)
    return (rest, (*files, *changed[2:4], *pieces, *changed[6:]), asked), count


def _asked(before: list[Answered], now: list[Answered]) -> tuple[bytes, list[Question], bytes, int]:
    """Places, questions and answers that are other ones, and how many there are in all."""
    new = [n for n, one in enumerate(now) if n >= len(before) or before[n] is not one]
    return array("I", new).tobytes(), [now[n][0] for n in new], b"".join([now[n][1] for n in new]), len(now)


def _plain(made: Made) -> tuple[Any, ...]:
    return made.questions.tobytes(), made.outputs, made.uses, made.extra and tuple(made.extra)


def _made(asks: bytes, outputs: tuple[str, ...], uses: tuple[str, ...], kept: tuple[Any, ...] | None) -> Made:
    return Made(array("I", asks), outputs, uses, Kept(*kept) if kept else None)


def _memory(plain: tuple[Any, ...]) -> Memory:
    return _applied(Memory(), plain)


def _applied(base: Memory, plain: tuple[Any, ...]) -> Memory:
    """The memory that differs from another one by this."""
    (world, texts, pages, store, frozen), changed, asked = plain
    tables = []
    for before, (other, gone), form in zip(_tables(base), changed, _FORMS, strict=True):
        table = {**before, **({name: form(*value) for name, value in other.items()} if form else other)}
        for name in gone:
            del table[name]
        tables.append(table)
    seen, outputs, records, templates, *rest = tables
    ledgers = [
        Ledger(name, pieces, _answered(ledger.questions, *other), origins)
        for name, ledger, pieces, origins, other in zip(
            (texts, pages), (base.texts, base.pages), rest[:2], rest[2:], asked, strict=True
        )
    ]
    return Memory(world, seen, records, ledgers[0], ledgers[1], outputs, templates, store, frozen)


def _answered(before: list[Answered], places: bytes, asked: list[Question], answers: bytes, count: int) -> list[Answered]:
    found = [*before[:count], *([None] * (count - len(before)))]
    for n, place in enumerate(array("I", places)):
        found[place] = asked[n], answers[n * ANSWER : (n + 1) * ANSWER]
    return found  # type: ignore[return-value]


_FORMS: tuple[Callable[..., Any] | None, ...] = (Seen, Seen, None, None, _made, _made, None, None)


def packed(value: object) -> bytes:
    """A value of this package as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes | memoryview) -> Any:
    """What was packed; nothing but values of this package comes out. Raises pickle.UnpicklingError for anything else."""
    return _Reader(io.BytesIO(data)).load()


def _sum(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


class Store:
    """Values that are too many to be read at once, one after the other in a file: put at its end, had by their place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._end: BinaryIO | None = None

    def put(self, value: bytes) -> tuple[int, int]:
        """Add a value and return its place and length."""
        if not self._end:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._end = self.path.open("ab")
        at = self._end.tell()
        self._end.write(value)
        return at, len(value)

    def flush(self) -> None:
        """From here on all that was put can be had."""
        if self._end:
            self._end.close()
            self._end = None

    def get(self, place: tuple[int, int], stamp: str) -> bytes:
        """A value that was put. Raises `Damaged` where it is another one."""
        try:
            with self.path.open("rb") as file:
                file.seek(place[0])
                data = file.read(place[1])
        except OSError:
            data = b""
        if digest(data) != stamp:
            raise Damaged(f"{self.path}: nội dung không nguyên vẹn")
        return data

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self.path.stat().st_size if self.path.is_file() else 0


def digest(data: bytes) -> str:
    """Of a value, as `Store.get` compares it."""
    return blake2b(data, digest_size=12).hexdigest()
