"""Pieces of views about what was corrected."""

from __future__ import annotations

from dataclasses import dataclass

from bantin.views.pieces import Link


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of an article: the day as it is shown and as machines read it, what stood there, what is right."""

    day: str
    iso: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article that was corrected, with its section and day; the last correction first."""

    article: Link
    section: Link
    date: str
    corrections: tuple[Correction, ...]
