"""What somebody looks at comes first: it is put into place before the rest is made, so that a save is on the screen at once,
however many pages it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glance:
    """looked_at: the pages that somebody looks at now, by their files from the site's root; shown: is told which files are other
    ones, once these are in place and the rest is not."""

    looked_at: Callable[[], Collection[str]]
    shown: Callable[[tuple[str, ...]], object]
