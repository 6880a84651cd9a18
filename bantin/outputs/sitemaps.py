"""Sitemaps (https://www.sitemaps.org/protocol.html) with pictures, one of the last two days' articles, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from xml.sax.saxutils import escape

from bantin.article import Article
from bantin.vietnamese import without_controls
from bantin.views.composer import Composer
from bantin.views.page import Viewed

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 2**20 - 1000  # of one file, by the protocol; a little is left for its frame
MOST_PICTURES = 1000  # of one page
FRESH, MOST_NEWS = timedelta(days=2), 1000  # what a news sitemap may hold


def files(
    composer: Composer, entries: Iterable[str], fresh: Iterable[Article], preview: bool = False
) -> Iterator[tuple[str, bytes]]:
    """(path from the site's root, bytes) of each that the settings do not switch off.

    entries: of all pages, empty for those that are not indexed. fresh: articles of the last two days. preview: drafts are shown, so no machine is invited.
    """
    setting = composer.addresses.setting
    if setting("SITEMAP") and not preview:
        yield from sitemap(composer, setting("SITEMAP"), [entry for entry in entries if entry])
    if setting("NEWS_SITEMAP") and not preview:
        yield setting("NEWS_SITEMAP"), news_sitemap(composer, fresh)
    if setting("ROBOTS"):
        maps = [composer.addresses.absolute(setting(name)) for name in ("SITEMAP", "NEWS_SITEMAP") if setting(name)]
        yield setting("ROBOTS"), robots([] if preview else maps, preview)


def robots(sitemaps: Iterable[str], closed: bool) -> bytes:
    """What crawlers are told: everything is open, or nothing; and where the sitemaps are."""
    lines = ["User-agent: *", "Disallow: /" if closed else "Disallow:", *(f"Sitemap: {address}" for address in sitemaps)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def sitemap(
    composer: Composer, name: str, entries: list[str], most: int = MOST_ADDRESSES, most_bytes: int = MOST_BYTES
) -> list[tuple[str, bytes]]:
    """The sitemap of all indexed pages; where one file may not hold them, an index and its parts (`sitemap-1.xml` …)."""
    whole = parts(entries, most, most_bytes)
    names = {"": SITEMAP, "image": IMAGE}
    if len(whole) == 1:
        return [(name, _document("urlset", names, whole[0]))]
    stem, dot, extension = name.rpartition(".")
    made = [(f"{stem}-{n}{dot}{extension}", _document("urlset", names, part)) for n, part in enumerate(whole, 1)]
    listed = [_element("sitemap", _text("loc", composer.addresses.absolute(part_name))) for part_name, _ in made]
    return [(name, _document("sitemapindex", {"": SITEMAP}, listed)), *made]


def parts(entries: list[str], most: int, most_bytes: int) -> list[list[str]]:
    """Entries in as few groups as may be: none with more than `most`, none longer than `most_bytes`; at least one group."""
    groups: list[list[str]] = [[]]
    size = 0
    for entry in entries:
        length = len(entry.encode("utf-8"))
        if groups[-1] and (len(groups[-1]) == most or size + length > most_bytes):
            groups.append([])
            size = 0
        groups[-1].append(entry)
        size += length
    return groups


def entry(composer: Composer, made: Viewed) -> str:
    """The entry of a page as XML; empty where it is not indexed."""
    head, absolute = made.view.head, composer.addresses.absolute
    if not head.indexed:
        return ""
    pictures = (_element("image:image", _text("image:loc", absolute(src))) for src in made.pictures[:MOST_PICTURES])
    changed = _text("lastmod", made.changed.isoformat()) if made.changed else ""
    return _element("url", _text("loc", absolute(head.url)), changed, *pictures)


def news_sitemap(composer: Composer, articles: Iterable[Article]) -> bytes:
    """The news sitemap of these articles (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
    publication = _element(
        "news:publication", _text("news:name", composer.content.catalogue.publisher.name), _text("news:language", "vi")
    )
    entries = [
        _element(
            "url",
            _text("loc", composer.addresses.absolute(composer.article(article).url)),
            _element(
                "news:news",
                publication,
                _text("news:publication_date", article.date.isoformat()),
                _text("news:title", article.title),
            ),
        )
        for article in articles
    ]
    return _document("urlset", {"": SITEMAP, "news": NEWS}, entries)


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(without_controls(text))}</{name}>"


def _element(name: str, *children: str) -> str:
    return f"<{name}>{''.join(children)}</{name}>"


def _document(name: str, namespaces: Mapping[str, str], entries: Iterable[str]) -> bytes:
    spaces = "".join(f' xmlns{":" if prefix else ""}{prefix}="{address}"' for prefix, address in namespaces.items())
    lines = ('<?xml version="1.0" encoding="UTF-8"?>', f"<{name}{spaces}>", *entries, f"</{name}>")
    return "".join(f"{line}\n" for line in lines).encode("utf-8")
