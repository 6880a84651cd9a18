"""Texts that many values have, such as a section or a year, as one object: in memory once, whoever read the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from sys import intern
from typing import Any, TypeVar

C = TypeVar("C", bound=type)


def alike(value: Any) -> Any:
    """An equal value whose texts, be it in tuples, are those of all values like it."""
    if type(value) is str:
        return intern(value)
    return tuple(map(alike, value)) if type(value) is tuple else value


def shares(*names: str) -> Callable[[C], C]:
    """A dataclass without slots some of whose fields say the same in many values.

    A value that comes from another process or an earlier build brings texts of its own, unless they are put in order here.
    """

    def decorate(kind: C) -> C:
        def restore(self: object, state: Mapping[str, Any]) -> None:
            for name, value in state.items():  # one by one, so that the value has no dictionary of its own
                object.__setattr__(self, name, alike(value) if name in names else value)

        kind.__setstate__ = restore  # type: ignore[attr-defined]
        return kind

    return decorate
