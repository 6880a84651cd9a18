"""Views: an edition becomes one declared, frozen view for each page. `all_pages` is the list of what a site is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bantin.body import Body
from bantin.views import archive, articles, documents, feeds, front, search
from bantin.views.composer import Composer
from bantin.views.linked_data import described
from bantin.views.page import PageSpec

__all__ = ["Composer", "PageSpec", "all_pages"]


def all_pages(composer: Composer, bodies: Mapping[str, Body]) -> Iterator[PageSpec]:
    """Every page of the site: what to render, with which template, to which file."""
    for spec in _pages(composer, bodies):
        yield described(composer, spec)


def _pages(composer: Composer, bodies: Mapping[str, Body]) -> Iterator[PageSpec]:
    yield from front.pages(composer, bodies)
    yield from articles.pages(composer, bodies)
    yield from archive.pages(composer)
    yield from documents.pages(composer)
    yield from feeds.pages(composer)
    yield from search.pages(composer)
