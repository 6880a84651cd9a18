"""Views: an edition becomes one declared, frozen view for each page. `all_pages` is the list of what a site is."""

from __future__ import annotations

from collections.abc import Iterator

from bantin.views import archive, articles, corrections, documents, feeds, front, search
from bantin.views.composer import Composer
from bantin.views.linked_data import described
from bantin.views.page import PageSpec, Viewed

__all__ = ["Composer", "PageSpec", "Viewed", "all_pages", "described"]


def all_pages(composer: Composer) -> Iterator[PageSpec]:
    """Every page of the site, not yet made: which template, to which file, about what."""
    for room in (front, articles, archive, corrections, documents, feeds, search):
        yield from (spec for spec in room.pages(composer) if spec.save_as)  # an empty address switches a page off
