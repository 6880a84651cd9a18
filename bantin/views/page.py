"""A page to be made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: `save_as` from the site's root, the theme's template without its ending, and its view."""

    save_as: str
    template: str
    view: object
