"""The search page, and what its scripts are told beside the index: what each page is found by, and what has a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.article import Article
from bantin.documents import Document, split
from bantin.issue import Issue
from bantin.vietnamese import fold, slug
from bantin.views.composer import Composer
from bantin.views.page import PageSpec
from bantin.views.pieces import Counted, DocumentRef
from bantin.views.types import SearchPage

TITLE = "Tìm kiếm"
DOCUMENTS, ISSUES = "Văn bản", "Bản tin in"  # what stands in the place of a section for pages that are no articles


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page is filtered by. `documents`: (id, number) of those that it cites, or that it is about.

    `key` is the address of a document or issue, by which it is known among `Numbered`; empty for articles.
    """

    section: str
    year: str
    authors: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    key: str = ""


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


@dataclass(frozen=True, slots=True)
class Found:
    """What the index is completed by. `facts` by file from the site's root; pages before `year` are its closed part."""

    facts: dict[str, Facts]
    numbered: tuple[Numbered, ...]
    year: int


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The search page."""
    address, edition = composer.addresses.of("SEARCH"), composer.edition
    head = composer.head(TITLE, "Tìm trong bài viết, văn bản và các số bản tin.", address.url, indexed=False)
    sections = tuple(
        Counted(name, composer.addresses.named("CATEGORY", name).url, len(articles))
        for name, articles in edition.by_section.items()
    )
    index = composer.addresses.setting("SEARCH_INDEX")
    view = SearchPage(head, composer.trail(), TITLE, index, "|".join(_kinds(composer)), sections)
    yield PageSpec(address.save_as, "search", view)


def _kinds(composer: Composer) -> list[str]:
    """Folded words that say which type of document is asked for: `nghi quyet`, `nq`."""
    types = composer.content.catalogue.types
    return sorted({fold(word) for t in types for word in (t.name, *t.symbols)} | {"ban tin", "van ban"})


def searchable(composer: Composer) -> Found:
    """All that is published, by what it is found by. The year of the newest article is the open one: no clock is asked."""
    edition, registry = composer.edition, composer.edition.registry
    facts = {composer.article(a).save_as: _article(composer, a) for a in edition.articles}
    facts |= {composer.document(d).save_as: _document(composer, d) for d in registry.documents}
    facts |= {composer.issue(i).save_as: _issue(composer, i) for i in edition.issues}
    numbered = (*(_numbered(composer, d) for d in registry.documents), *(_numbered_issue(composer, i) for i in edition.issues))
    return Found(facts, numbered, edition.articles[0].date.year if edition.articles else 0)


def _article(composer: Composer, article: Article) -> Facts:
    cited = composer.references(composer.edition.documents_of[article.path])
    documents = tuple(_number(d) for d in cited)
    return Facts(article.section, str(article.date.year), article.authors, documents)


def _document(composer: Composer, document: Document) -> Facts:
    shown = composer.reference(document)
    return Facts(DOCUMENTS, shown.year, (), (_number(shown),), shown.url)


def _issue(composer: Composer, issue: Issue) -> Facts:
    return Facts(ISSUES, issue.month[:4], key=composer.issue(issue).url)


def _number(shown: DocumentRef) -> tuple[str, str]:
    """(id, `35-NQ/TW, 2018`): the same number comes back in every term."""
    ident = slug(shown.url.rstrip("/").rpartition("/")[2])
    return ident, shown.number if not shown.year or shown.year in shown.number else f"{shown.number}, {shown.year}"


def _numbered(composer: Composer, document: Document) -> Numbered:
    shown = composer.reference(document)
    state = "Đã được thay thế" if shown.replaced_by else "Hết hiệu lực" if shown.state else ""
    return Numbered(
        shown.url, shown.name, shown.title, shown.issuer, shown.date or shown.year, shown.term, state,
        (_number(shown),), split(document.known_as),
    )  # fmt: skip


def _numbered_issue(composer: Composer, issue: Issue) -> Numbered:
    card = composer.issue_card(issue)
    return Numbered(card.url, f"{ISSUES}: {card.label[:1].lower()}{card.label[1:]}", card.title, date=issue.month[:4])
