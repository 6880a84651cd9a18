"""Feeds: RSS 2.0 by feedgen, full text, the same bytes for the same content."""

from __future__ import annotations

import mimetypes
from datetime import datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from bantin.article import Article
from bantin.body import Body
from bantin.edition import changed
from bantin.vietnamese import ZONE, short_date, without_controls
from bantin.views.composer import Composer
from bantin.views.feeds import FeedSpec, all_feeds

__all__ = ["FeedSpec", "all_feeds", "content", "feed", "feed_bytes", "guid"]

EPOCH = datetime(2000, 1, 1, tzinfo=ZONE)  # of a feed without articles: never the clock
_ATOM = "{http://www.w3.org/2005/Atom}"


class _Hub(BaseExtension):
    """The hub that tells subscribers of news (WebSub); feedgen writes no link of that kind into RSS."""

    address = ""

    def extend_rss(self, feed: Any) -> Any:
        """Add the link beside the feed's own."""
        if self.address:
            own = feed.find(f"channel/{_ATOM}link")
            own.addnext(etree.Element(f"{_ATOM}link", rel="hub", href=self.address))
        return feed


class _Change(BaseEntryExtension):
    """When an item was last modified or corrected (RFC 4287, 4.2.15): RSS 2.0 has only the day of its publication."""

    moment: datetime | None = None

    def extend_rss(self, entry: Any) -> Any:
        """Add it to an item."""
        if self.moment:
            etree.SubElement(entry, f"{_ATOM}updated").text = self.moment.isoformat()
        return entry


def feed(composer: Composer, spec: FeedSpec, limit: int | None, hub: str = "") -> FeedGenerator:
    """A feed as feedgen holds it; limit: newest articles, None for all; hub: address of a WebSub hub, or empty."""
    addresses = composer.addresses
    channel = FeedGenerator()
    channel.load_extension("dc", rss=True)
    channel.register_extension("hub", _Hub, atom=False)
    channel.register_extension("change", BaseExtension, _Change, atom=False)
    channel.hub.address = hub
    channel.title(_text(spec.title))
    channel.description(_text(spec.description) or _text(spec.title))
    channel.language("vi")
    channel.generator("Bản tin")
    channel.docs("https://www.rssboard.org/rss-specification")
    channel.link(href=addresses.absolute(spec.save_as), rel="self", type="application/rss+xml")
    channel.link(href=addresses.absolute(spec.url), rel="alternate")  # RSS takes the link that was added last
    shown = composer.edition.announced(spec.kind, spec.name, limit)
    channel.lastBuildDate(changed(shown) or EPOCH)
    for article in shown:
        _entry(composer, channel, article, composer.bodies.body(article.path))
    return channel


def feed_bytes(channel: FeedGenerator) -> bytes:
    """RSS 2.0 as UTF-8."""
    return channel.rss_str(pretty=True) + b"\n"


def guid(composer: Composer, article: Article) -> str:
    """A tag URI (RFC 4151) of the file: a change of title, date or site leaves it as it is."""
    publisher = composer.content.catalogue.publisher
    return f"tag:{publisher.tag_domain},{publisher.tag_year}:{article.path.removesuffix('.md')}"


def content(composer: Composer, article: Article, body: Body) -> str:
    """The whole article as HTML with absolute addresses: lead, picture, text."""
    absolute = composer.addresses.absolute
    lead = f"<p><strong>{_escaped(article.lead)}</strong></p>" if article.lead else ""
    picture = ""
    if article.picture:
        shown = composer.picture(article.picture)
        caption = f"<figcaption>{_escaped(shown.caption)}</figcaption>" if shown.caption else ""
        picture = f'<figure><img src="{absolute(shown.src)}" alt="{_escaped(shown.alt)}" width="{shown.width}" height="{shown.height}">{caption}</figure>'
    return _text(lead + picture + str(body.at(absolute(""))) + _corrected(article))  # Markup would escape what is added to it


def _corrected(article: Article) -> str:
    told = (
        f"<li>{short_date(c.day)}: trước đây bài viết “{_escaped(c.wrong)}”, nay sửa là “{_escaped(c.right)}”.</li>"
        for c in article.corrections
    )
    return f"<h2>Thông tin cải chính</h2><ul>{''.join(told)}</ul>" if article.corrections else ""


def _entry(composer: Composer, channel: FeedGenerator, article: Article, body: Body) -> None:
    addresses = composer.addresses
    entry = channel.add_entry(order="append")
    entry.guid(guid(composer, article), permalink=False)
    entry.title(_text(article.title))
    entry.link(href=addresses.absolute(composer.article(article).url))
    entry.pubDate(article.date)
    entry.change.moment = article.changed
    if article.authors:
        entry.dc.dc_creator([_text(name) for name in article.authors])
    for name in (article.section, *article.tags):
        entry.category(term=_text(name))
    if article.picture:
        shown = composer.picture(article.picture)
        kind = mimetypes.guess_type(shown.src)[0] or "image/jpeg"
        made = composer.made(article.picture.file).fallback
        entry.enclosure(addresses.absolute(shown.src), str(made.path.stat().st_size), kind)
    entry.content(content(composer, article, body), type="CDATA")
    if article.lead:
        entry.description(_text(article.lead), isSummary=True)


def _text(text: str) -> str:
    return without_controls(str(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
