"""Who waits for a build: what somebody looks at is put into place before the rest is made, so that a save is on the screen at once,
however many pages it changes; and a build is given up where somebody saved again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass


def on() -> None:
    """Nothing stops a build for which nobody waits."""


@dataclass(frozen=True, slots=True)
class Glance:
    """looked_at: the pages that somebody looks at now, by their files from the site's root; shown: is told which files are other
    ones, once these are in place and the rest is not; go_on: called many times a second, raises where the build is to be given up.
    """

    looked_at: Callable[[], Collection[str]] = tuple
    shown: Callable[[tuple[str, ...]], object] = lambda _: None
    go_on: Callable[[], object] = on


NOBODY = Glance()
