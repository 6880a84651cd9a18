"""Sitemaps (https://www.sitemaps.org/protocol.html) with pictures, one of the last two days' articles, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lxml import etree

from bantin.article import Article
from bantin.vietnamese import without_controls
from bantin.views.composer import Composer
from bantin.views.page import PageSpec

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 2**20 - 1000  # of one file, by the protocol; a little is left for its frame
MOST_PICTURES = 1000  # of one page
FRESH, MOST_NEWS = timedelta(days=2), 1000  # what a news sitemap may hold


def files(composer: Composer, specs: Iterable[PageSpec], now: datetime, preview: bool = False) -> Iterator[tuple[str, bytes]]:
    """(path from the site's root, bytes) of each that the settings do not switch off.

    specs: all pages; those that are not indexed are left out. now: aware. preview: drafts are shown, so no machine is invited.
    """
    setting = composer.addresses.setting
    found: list[tuple[str, bytes]] = []
    if setting("SITEMAP") and not preview:
        found += sitemap(composer, setting("SITEMAP"), specs)
    if setting("NEWS_SITEMAP") and not preview:
        fresh = [a for a in composer.edition.articles if now - FRESH <= a.date <= now]
        found.append((setting("NEWS_SITEMAP"), news_sitemap(composer, fresh[:MOST_NEWS])))
    yield from found
    if setting("ROBOTS"):
        maps = [composer.addresses.absolute(setting(name)) for name in ("SITEMAP", "NEWS_SITEMAP") if setting(name)]
        yield setting("ROBOTS"), robots([] if preview else maps, preview)


def robots(sitemaps: Iterable[str], closed: bool) -> bytes:
    """What crawlers are told: everything is open, or nothing; and where the sitemaps are."""
    lines = ["User-agent: *", "Disallow: /" if closed else "Disallow:", *(f"Sitemap: {address}" for address in sitemaps)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def sitemap(
    composer: Composer, name: str, specs: Iterable[PageSpec], most: int = MOST_ADDRESSES, most_bytes: int = MOST_BYTES
) -> list[tuple[str, bytes]]:
    """The sitemap of all indexed pages; where one file may not hold them, an index and its parts (`sitemap-1.xml` …)."""
    whole = parts([_page(composer, spec) for spec in specs if spec.view.head.indexed], most, most_bytes)
    names = {None: SITEMAP, "image": IMAGE}
    if len(whole) == 1:
        return [(name, _document("urlset", names, whole[0]))]
    stem, dot, extension = name.rpartition(".")
    made = [(f"{stem}-{n}{dot}{extension}", _document("urlset", names, part)) for n, part in enumerate(whole, 1)]
    listed = []
    for part_name, _ in made:
        listed.append(entry := etree.Element(f"{{{SITEMAP}}}sitemap"))
        _text(entry, SITEMAP, "loc", composer.addresses.absolute(part_name))
    return [(name, _document("sitemapindex", {None: SITEMAP}, listed)), *made]


def parts(entries: list[Any], most: int, most_bytes: int) -> list[list[Any]]:
    """Entries in as few groups as may be: none with more than `most`, none longer than `most_bytes`; at least one group."""
    groups: list[list[Any]] = [[]]
    size = 0
    for entry in entries:
        length = len(etree.tostring(entry, encoding="UTF-8"))
        if groups[-1] and (len(groups[-1]) == most or size + length > most_bytes):
            groups.append([])
            size = 0
        groups[-1].append(entry)
        size += length
    return groups


def _page(composer: Composer, spec: PageSpec) -> Any:
    entry = etree.Element(f"{{{SITEMAP}}}url")
    _text(entry, SITEMAP, "loc", composer.addresses.absolute(spec.view.head.url))
    if spec.changed:
        _text(entry, SITEMAP, "lastmod", spec.changed.isoformat())
    for src in spec.pictures[:MOST_PICTURES]:
        picture = etree.SubElement(entry, f"{{{IMAGE}}}image")
        _text(picture, IMAGE, "loc", composer.addresses.absolute(src))
    return entry


def news_sitemap(composer: Composer, articles: Iterable[Article]) -> bytes:
    """The news sitemap of these articles (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
    entries = []
    for article in articles:
        entries.append(entry := etree.Element(f"{{{SITEMAP}}}url"))
        _text(entry, SITEMAP, "loc", composer.addresses.absolute(composer.article(article).url))
        news = etree.SubElement(entry, f"{{{NEWS}}}news")
        publication = etree.SubElement(news, f"{{{NEWS}}}publication")
        _text(publication, NEWS, "name", composer.content.catalogue.publisher.name)
        _text(publication, NEWS, "language", "vi")
        _text(news, NEWS, "publication_date", article.date.isoformat())
        _text(news, NEWS, "title", article.title)
    return _document("urlset", {None: SITEMAP, "news": NEWS}, entries)


def _text(parent: Any, namespace: str, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{name}").text = without_controls(text)


def _document(name: str, namespaces: dict[str | None, str], entries: Iterable[Any]) -> bytes:
    root = etree.Element(f"{{{SITEMAP}}}{name}", nsmap=namespaces)
    root.extend(entries)
    etree.cleanup_namespaces(root, keep_ns_prefixes=[prefix for prefix in namespaces if prefix])
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))
