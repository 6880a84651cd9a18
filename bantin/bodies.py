"""The bodies of what is published, by path: made once, and read again from where they were kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bantin.asking import asked_of, stamps_of_shares
from bantin.body import Body


def _none(path: str) -> Body:
    raise KeyError(path)


@dataclass(eq=False)
class Bodies:
    """stamps: change with the HTML of a body; load: gives a body by its path."""

    stamps: Mapping[str, str] = field(default_factory=dict)
    load: Callable[[str], Body] = _none

    @property
    def shares(self) -> dict[str, bytes]:
        """Stamps of its shares (`asking.answering`)."""
        return stamps_of_shares(type(self).__name__, (((path,), stamp) for path, stamp in self.stamps.items()))

    @asked_of(1)
    def stamp(self, path: str) -> str:
        """Changes with the HTML of a body; empty where there is none."""
        return self.stamps.get(path, "")

    def body(self, path: str) -> Body:
        """The body of a file. Raises KeyError where it has none."""
        self.stamp(path)
        return self.load(path)
