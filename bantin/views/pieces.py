"""The pieces that views are made of: links, dates, pictures, cards, references.

Addresses (`url`, `src`, `feed`) are paths from the root of the site without a leading slash, except where a field says
"absolute"; a template writes `{{ site.root }}{{ a.url }}`. Texts are plain and are escaped by Jinja; fields typed
`Markup` hold HTML that was sanitised.
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
class FeedLink:
    """A feed: `rss` and `json` are the same items in two formats; `json` may be empty."""

    title: str
    rss: str
    json: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds of one kind: `title` is "Theo chuyên mục" …"""

    title: str
    feeds: tuple[FeedLink, ...]


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
class PictureSource:
    """A picture in one format for browsers that read it: `type` is "image/avif" …; sizes by rising width."""

    type: str
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its sizes: `sources` smallest format first, `renditions` in the format that everything reads.

    `src` is one of these, of the size `width` x `height`. `blur`: classes that paint a stand-in while it loads.
    """

    src: str
    width: int
    height: int
    alt: str
    sources: tuple[PictureSource, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    blur: str = ""
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
    feed_json: str
    feeds: str  # the page that explains them
    corrections: str
    offline: bool  # a service worker keeps what was read
    draft: bool  # a preview that shows drafts


@dataclass(frozen=True, slots=True)
class Head:
    """For <head>: title without the site's name, description, canonical path, feeds beside the site's own.

    `data` is JSON-LD, script elements that no browser runs.
    """

    title: str
    description: str
    url: str
    feeds: tuple[FeedLink, ...] = ()
    picture: Picture | None = None
    indexed: bool = True  # False: `noindex`
    data: Markup = Markup("")


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list."""

    title: str
    url: str
    date: Moment
    section: Link
    lead: str
    picture: Picture | None


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
    state: str  # "het-hieu-luc" where replaced or expired, else ""
    replaced_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an article's contents: `level` 2 or 3, `id` of the heading."""

    title: str
    id: str
    level: int


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where an article's facts come from; `url` absolute or empty."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a long list is: page `number` of `total`, addresses of the neighbours and of every page."""

    number: int
    total: int
    newer: str
    older: str
    all: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with the number of articles behind it."""

    title: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month's calendar; `url` and `count` where articles appeared, else empty and 0; `day` 0 is padding."""

    day: int
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class Option:
    """One value by which the list of documents narrows; `value` stands in the row's `data-` attribute."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list: `name` is "loai" | "co-quan" | "khoa" | "nam" | "hieu-luc"."""

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
    hieu_luc: str  # "het": replaced or expired; "con": nothing says so
    text: str
    cited: int  # public articles that cite it


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document with the number of public articles that cite it."""

    document: DocumentRef
    count: int


@dataclass(frozen=True, slots=True)
class Relation:
    """Documents that stand in one relation to this one: `label` is "Thay thế", "Được thay thế bởi" …"""

    label: str
    documents: tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class IssueCard:
    """An issue in a list: `label` is "Số 11, tháng 11/2023"; `count` of its public articles."""

    title: str
    label: str
    url: str
    month: str
    count: int


@dataclass(frozen=True, slots=True)
class ColumnBlock:
    """A standing column of an issue with its public articles."""

    name: str
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section on the home page with its newest articles."""

    section: Link
    articles: tuple[ArticleCard, ...]
