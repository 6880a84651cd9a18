"""What a template sees: one declared, frozen view for each kind of page, and nothing else.

Every template is rendered with exactly two names: ``site`` (a `Site`) and ``view`` (one of the classes
that end in ``Page``). Addresses (``url``, ``src``, ``feed``) are paths from the root of the site without a
leading slash, except where a field says "absolute"; a template writes ``{{ site.root }}{{ a.url }}``.
Texts are plain and are escaped by Jinja; fields typed `Markup` hold HTML that was sanitised.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A named address; `url` is absolute where the target is another site."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time in Asia/Ho_Chi_Minh: ISO 8601 with offset; `28/11/2023`; `Thứ ba, 28/11/2023 07:30`."""

    iso: str
    day: str
    long: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of a picture: `src` path, width in pixels."""

    src: str
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: `webp` by rising width; `src` is the fallback of the size `width` x `height` pixels."""

    src: str
    width: int
    height: int
    webp: tuple[Rendition, ...]
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """What every page shares. `root` ends with a slash (`/` or `../../`); `url` is absolute, without a final slash."""

    root: str
    url: str
    theme: str  # folder of the theme's static files, without slashes at its ends
    version: str  # changes with any static file of the theme: for `?v=`
    name: str
    short_name: str
    description: str
    publisher: str
    parent: str
    address: str
    email: str
    phone: str
    accent: str  # CSS colour
    mark: Picture | None
    notice: str  # a line for every page's foot ("Bản mẫu …"), or empty
    sections: tuple[Link, ...]
    pages: tuple[Link, ...]
    agencies: tuple[Link, ...]  # absolute
    home: str
    documents: str
    issues: str
    archive: str
    authors: str
    tags: str
    search: str
    feed: str
    draft: bool  # a preview that shows drafts


@dataclass(frozen=True, slots=True)
class Head:
    """For <head>: title without the site's name, description, canonical path, feeds beside the site's own."""

    title: str
    description: str
    url: str
    feeds: tuple[Link, ...] = ()
    picture: Picture | None = None
    indexed: bool = True  # False: `noindex`


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list."""

    title: str
    url: str
    date: Moment
    section: Link
    lead: str
    picture: Picture | None
    authors: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document where it is mentioned: `name` is "Nghị quyết số 35-NQ/TW"; `date` as printed or empty."""

    name: str
    number: str
    title: str
    url: str
    kind: str
    issuer: str
    term: str
    date: str
    year: str
    state: str  # "con-hieu-luc" | "het-hieu-luc" | "" (not known)
    replaced_by: tuple[Link, ...]
    cited: int  # public articles that cite it


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an article's contents: `level` 2 or 3, `id` of the heading."""

    title: str
    id: str
    level: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of an article: the day, what stood there, what is right."""

    day: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where an article's facts come from; `url` absolute or empty."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article. `newer`/`older` are its neighbours in time; `related` by shared documents, then tags."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    url: str
    date: Moment
    modified: Moment | None
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
    status: str  # "published" | "draft"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a long list is: page `number` of `total`, addresses of the neighbours and of every page."""

    number: int
    total: int
    newer: str
    older: str
    all: tuple[Link, ...]


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
class Counted:
    """A name with the number of articles behind it."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All sections, tags or authors, with counts. `kind` as in `ListPage`."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    kind: str
    title: str
    entries: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month's calendar; `url` and `count` where articles appeared, else empty and 0; `day` 0 is padding."""

    day: int
    url: str
    count: int


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
class Option:
    """One value by which the list of documents narrows; `value` stands in the row's `data-` attribute."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list: `name` is "loai" | "co-quan" | "khoa" | "nam"."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the list with the values of its facets; `text` is folded for the quick filter."""

    document: DocumentRef
    loai: str
    co_quan: str
    khoa: str
    nam: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """The list of documents, newest first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    facets: tuple[Facet, ...]
    rows: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """Documents that stand in one relation to this one: `label` is "Thay thế", "Được thay thế bởi" …"""

    label: str
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document; empty strings where the registry does not know. `link` and `attachment.url`: absolute, path."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    document: DocumentRef
    effective: str
    expires: str
    signer: str
    link: str
    attachment: Link | None
    source: str
    note: str
    body: Markup
    relations: tuple[Relation, ...]
    articles: tuple[ArticleCard, ...]
    feed: str


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue in a list: `label` is "Số 11, tháng 11/2023"; `count` of its public articles."""

    title: str
    label: str
    url: str
    month: str
    count: int


@dataclass(frozen=True, slots=True)
class IssuesPage:
    """All issues, newest first."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    issues: tuple[IssueCard, ...]


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """A standing column of an issue with its public articles."""

    name: str
    articles: tuple[ArticleCard, ...]


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
class SectionBlock:
    """A section on the home page with its newest articles."""

    section: Link
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page: `featured` first, then `latest`, then by section; `documents` are the newest ones."""

    head: Head
    featured: ArticleCard | None
    latest: tuple[ArticleCard, ...]
    sections: tuple[SectionBlock, ...]
    documents: tuple[DocumentRef, ...]
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
    """The search page; `index` is the folder of the search index, `sections` stand there when scripts are off."""

    head: Head
    breadcrumbs: tuple[Link, ...]
    title: str
    index: str
    sections: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page for an address that is not there."""

    head: Head
    title: str
    latest: tuple[ArticleCard, ...]
