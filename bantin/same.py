"""What is made of the very same things is the same thing: in one process it is made once, however often it builds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Same:
    """The last thing that was made under each name, with what it was made of. All of it is frozen."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[tuple[object, ...], Any]] = {}

    def last(self, name: str) -> Any:
        """The thing of that name, whatever it was made of; None where there is none yet."""
        known = self._made.get(name)
        return known[1] if known else None

    def made(self, name: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """The thing of that name, made now unless it was made of the same: texts that are equal, and else the same objects."""
        known = self._made.get(name)
        if known and len(known[0]) == len(of) and all(map(_same, known[0], of)):
            found: T = known[1]
            return found
        made = make()
        self._made[name] = of, made
        return made


def _same(one: object, other: object) -> bool:
    return one is other or type(one) is str and one == other
