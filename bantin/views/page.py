"""A page to be made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bantin.article import Article
from bantin.views.pieces import Head


class View(Protocol):
    """What a template sees: one of the classes of `views/types.py`."""

    @property
    def head(self) -> Head:
        """What stands in <head>."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page: `save_as` from the site's root, the theme's template without its ending, and its view.

    For the sitemap: `changed` is the latest date that the content of the page states, None where it states none;
    `pictures` are paths of pictures that belong to it.
    """

    save_as: str
    template: str
    view: View
    changed: datetime | None = None
    pictures: tuple[str, ...] = ()


def changed(articles: Iterable[Article]) -> datetime | None:
    """When the newest of these articles was published or last modified."""
    return max((max(a.date, a.modified or a.date) for a in articles), default=None)
