"""The search page, and what its scripts are told beside the index: what has a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.documents import Document, split
from bantin.groups import ALL
from bantin.issue import Issue
from bantin.vietnamese import fold
from bantin.views.composer import Composer
from bantin.views.facts import ISSUES, number_of
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import Counted
from bantin.views.types import SearchPage

TITLE = "Tìm kiếm"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document or issue that is asked for by its number. `date` is a day, a year or empty; `aliases` name it without one."""

    key: str
    name: str
    title: str = ""
    issuer: str = ""
    date: str = ""
    term: str = ""
    state: str = ""
    documents: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The search page."""
    yield PageSpec(composer.addresses.of("SEARCH").save_as, "search", search_page)


def search_page(composer: Composer) -> Viewed:
    """The view of the search page."""
    head = composer.head(
        TITLE, "Tìm trong bài viết, văn bản và các số bản tin.", composer.addresses.of("SEARCH").url, indexed=False
    )
    sections = tuple(
        Counted(name, composer.addresses.named("CATEGORY", name).url, count)
        for name, count in composer.edition.counts("CATEGORY")
    )
    index = composer.addresses.setting("SEARCH_INDEX")
    return Viewed(SearchPage(head, composer.trail(), TITLE, index, "|".join(_kinds(composer)), sections))


def _kinds(composer: Composer) -> list[str]:
    """Folded words that say which type of document is asked for: `nghi quyet`, `nq`."""
    types = composer.content.catalogue.types
    return sorted({fold(word) for t in types for word in (t.name, *t.symbols)} | {"ban tin", "van ban"})


def numbered(composer: Composer) -> tuple[Numbered, ...]:
    """All documents and issues."""
    documents, issues = composer.edition.registry.all(), composer.edition.issues()
    return (*(_document(composer, d) for d in documents), *(_issue(composer, i) for i in issues))


def open_year(composer: Composer) -> int:
    """The year of the newest article, whose pages may still change often: no clock is asked."""
    newest = composer.edition.articles(ALL, "", 0, 1)
    return newest[0].date.year if newest else 0


def _document(composer: Composer, document: Document) -> Numbered:
    shown = composer.reference(document)
    state = "Đã được thay thế" if shown.replaced_by else "Hết hiệu lực" if shown.state else ""
    return Numbered(
        shown.url, shown.name, shown.title, shown.issuer, shown.date or shown.year, shown.term, state,
        (number_of(shown),), split(document.known_as),
    )  # fmt: skip


def _issue(composer: Composer, issue: Issue) -> Numbered:
    card = composer.issue_card(issue)
    return Numbered(card.url, f"{ISSUES}: {card.label[:1].lower()}{card.label[1:]}", card.title, date=issue.month[:4])
