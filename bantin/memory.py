"""What a build remembers for the next one, in one file beside the output.

It is a help and never a truth: whatever does not fit exactly is made again, and a file that is damaged, or was written by
another version, counts as nothing.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

from bantin.asking import Question
from bantin.build import replace
from bantin.files import Seen

_SUM = 16


@dataclass(frozen=True, slots=True)
class Made:
    """A piece of work as it was done: what it asked (places in `Ledger.questions`), the files that it made, those that it
    uses, and what it found out beside them."""

    questions: tuple[int, ...]
    outputs: tuple[str, ...]
    uses: tuple[str, ...]
    extra: Any = None


@dataclass
class Ledger:
    """Work of one kind, done in one `world` (program, libraries, settings …): pieces by name, questions with answers, origins of
    what is used."""

    world: str = ""
    pieces: dict[str, Made] = field(default_factory=dict)
    questions: list[tuple[Question, bytes]] = field(default_factory=list)
    origins: dict[str, Any] = field(default_factory=dict)


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


class Damaged(Exception):
    """The file is not what was written; the message is Vietnamese."""


class _Reader(pickle.Unpickler):
    """Makes values of this package and of the standard library's dates and paths, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("bantin.") or module in ("datetime", "zoneinfo", "pathlib", "markupsafe"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def load(path: Path, program: str) -> Memory:
    """What was kept there by the same program; nothing where nothing was. Raises `Damaged`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Memory()
    except OSError as error:
        raise Damaged(f"{path}: {error.strerror}") from None
    form = _form(program)
    if not data.startswith(form):
        return Memory()
    whole = memoryview(data)[len(form) + _SUM :]
    if _sum(whole) != data[len(form) : len(form) + _SUM]:
        raise Damaged(f"{path}: nội dung không nguyên vẹn")
    try:
        found = unpacked(whole)
    except Exception as error:
        raise Damaged(f"{path}: {error}") from None
    if not isinstance(found, Memory):
        raise Damaged(f"{path}: không phải bộ nhớ của lần dựng trước")
    return found


def save(path: Path, program: str, memory: Memory) -> None:
    """Keep it, whole or not at all."""
    whole = packed(memory)
    replace(path, _form(program) + _sum(whole) + whole)


def packed(value: object) -> bytes:
    """A value of this package as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes | memoryview) -> Any:
    """What was packed; nothing but values of this package comes out. Raises pickle.UnpicklingError for anything else."""
    return _Reader(io.BytesIO(data)).load()


def _form(program: str) -> bytes:
    return f"bantin {program}\n".encode()


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
