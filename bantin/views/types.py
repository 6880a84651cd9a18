"""What a template sees: one declared, frozen view for each kind of page, and nothing else.

Every template is rendered with exactly two names: `site` (a `Site`) and `view` (one of these classes).
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bantin.views.correction_pieces import Corrected, Correction
from bantin.views.document_pieces import AbbreviationTable, Chain, Event
from bantin.views.pieces import (
    ArticleCard,
    CalendarDay,
    CitedDocument,
    ColumnBlock,
    Counted,
    DocumentRef,
    DocumentRow,
    Entry,
    Facet,
    FeedGroup,
    Head,
    IssueCard,
    Link,
    Moment,
    Pages,
    Picture,
    Relation,
    SectionBlock,
    SourceLine,
)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article. `newer`/`older` are its neighbours in time; `related` by shared documents, then tags."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    url: str
    date: Moment
    modified: Moment | None  # as its header says
    changed: Moment | None  # modified or corrected
    section: Link
    authors: tuple[Link, ...]
    tags: tuple[Link, ...]
    lead: str
    picture: Picture | None
    body: Markup
    contents: tuple[Entry, ...]
    minutes: int
    documents: tuple[DocumentRef, ...]
    sources: tuple[SourceLine, ...]
    corrections: tuple[Correction, ...]
    issue: Link | None
    newer: Link | None
    older: Link | None
    related: tuple[ArticleCard, ...]
    citation: str  # how another text names this article
    shares: tuple[Link, ...]  # ways to pass it on: plain links, absolute
    status: str  # "published" | "draft"


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """All corrections by article, the last one first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    articles: tuple[Corrected, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Articles of a section, tag or author, newest first. `kind`: "chuyen-muc" | "the" | "tac-gia"."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: str
    title: str
    description: str
    role: str  # of an author
    profile: Markup  # of an author
    count: int
    articles: tuple[ArticleCard, ...]
    pages: Pages
    feed: str


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All sections, tags or authors, with counts. `kind` as in `ListPage`."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: str
    title: str
    entries: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Articles of all time, a year, a month or a day. `level`: "tat-ca" | "nam" | "thang" | "ngay".

    `periods` are the years, months or days below; `weeks` is a month's calendar (Monday first), else empty.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    level: str
    title: str
    periods: tuple[Counted, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    articles: tuple[ArticleCard, ...]
    count: int
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The list of documents, newest first. `more`: pages about all of them; `exports`: files with all of them."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    facets: tuple[Facet, ...]
    rows: tuple[DocumentRow, ...]
    more: tuple[Link, ...]
    exports: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document; empty strings where the registry does not know. `link` and `attachment.url`: absolute, path.

    `data` is its JSON-LD, a script element; `chain` is None where the document stands alone; `events` oldest first.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    document: DocumentRef
    effective: str
    expires: str
    signer: str
    link: str
    attachment: Link | None
    sources: tuple[SourceLine, ...]
    note: str
    body: Markup
    data: Markup
    chain: Chain | None
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    articles: tuple[ArticleCard, ...]
    feed: str


@dataclass(frozen=True, slots=True)
class AbbreviationsPage:
    """What the symbols in the numbers of documents stand for."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    tables: tuple[AbbreviationTable, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Documents by the number of articles that speak of them, most first; `rest` are those with none, newest first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    cited: tuple[CitedDocument, ...]
    rest: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class IssuesPage:
    """All issues, newest first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    issues: tuple[IssueCard, ...]


@dataclass(frozen=True, slots=True)
class IssuePage:
    """The public contents of one issue: public articles only."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    issue: IssueCard
    foreword: Markup
    columns: tuple[ColumnBlock, ...]
    documents: tuple[DocumentRef, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page: `featured` first, then `latest`, then by section.

    `documents` are those of the newest article's month, or where there are none the newest of all; `documents_title`
    says which.
    """

    head: Head
    featured: ArticleCard | None
    latest: tuple[ArticleCard, ...]
    sections: tuple[SectionBlock, ...]
    documents: tuple[DocumentRef, ...]
    documents_title: str
    issue: IssueCard | None


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page of `content/trang/`."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    lead: str
    body: Markup


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page; `index` is the folder of the search index, `sections` stand there when scripts are off.

    `kinds`: folded words for types of documents, separated by `|`; a query that holds one asks for documents.
    """

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    index: str
    kinds: str
    sections: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """What a feed is, and all feeds by kind."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    groups: tuple[FeedGroup, ...]


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """What the service worker shows in place of a page that it does not have; its script lists those that it has."""

    head: Head
    title: str


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page for an address that is not there."""

    head: Head
    title: str
    latest: tuple[ArticleCard, ...]
