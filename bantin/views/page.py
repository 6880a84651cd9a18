"""A page to be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bantin.alike import shares
from bantin.views.pieces import Head

if TYPE_CHECKING:
    from bantin.views.composer import Composer


class View(Protocol):
    """What a template sees: one of the classes of `views/types.py`."""

    @property
    def head(self) -> Head:
        """What stands in <head>."""


@shares("section", "year", "authors", "documents")
@dataclass(frozen=True)
class Facts:
    """What a page is filtered by in a search. `documents`: (id, number) of those that it cites, or that it is about.

    `key` is the address of a document or issue, by which it is known among `Numbered`; empty for articles.
    """

    section: str
    year: str
    authors: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Viewed:
    """The view of a page, and what lists of pages say of it.

    `changed` is the latest date that its content states, None where it states none; `pictures` are paths of pictures that
    belong to it; `facts` are for the search, None for pages that are found by their words alone.
    """

    view: View
    changed: datetime | None = None
    pictures: tuple[str, ...] = ()
    facts: Facts | None = None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: `save_as` from the site's root, the theme's template without its ending, and the function that makes its view.

    The function is given the composer and `about`: names, never values, so that it has to ask for all that it shows.
    """

    save_as: str
    template: str
    make: Callable[..., Viewed]
    about: tuple[str | int, ...] = ()

    def viewed(self, composer: Composer) -> Viewed:
        """The view, made now."""
        return self.make(composer, *self.about)
