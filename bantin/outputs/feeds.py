"""Feeds: RSS 2.0 by feedgen, full text, the same bytes for the same content."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from feedgen.feed import FeedGenerator

from bantin.article import Article
from bantin.body import Body
from bantin.vietnamese import ZONE, slug, without_controls
from bantin.views.composer import Composer

EPOCH = datetime(2000, 1, 1, tzinfo=ZONE)  # of a feed without articles: never the clock


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed: where it is, the page that it follows, its title and articles, newest first."""

    save_as: str
    url: str
    title: str
    description: str
    articles: tuple[Article, ...]


def all_feeds(composer: Composer) -> Iterator[FeedSpec]:
    """The site's feed, one for each section, author and tag that the settings ask for, and each cited document."""
    edition, addresses, publisher = composer.edition, composer.addresses, composer.content.catalogue.publisher
    for setting in dict.fromkeys(("FEED_ALL_RSS", "FEED_RSS")):
        if addresses.setting(setting):
            yield FeedSpec(addresses.setting(setting), "", publisher.name, publisher.description, edition.articles)
    for kind, groups in (("CATEGORY", edition.by_section), ("AUTHOR", edition.by_author), ("TAG", edition.by_tag)):
        for name, articles in groups.items():
            save_as = addresses.feed(kind, slug=slug(name))
            if save_as:
                yield FeedSpec(
                    save_as,
                    addresses.named(kind, name).url,
                    f"{publisher.name}: {name}",
                    f"{name}, {len(articles)} bài.",
                    articles,
                )
    for document in edition.registry.documents:
        save_as = addresses.feed("DOCUMENT", slug=document.id)
        if save_as:
            title, about = f"{publisher.name}: {document.name}", f"Các bài dẫn {document.name} {document.title}."
            yield FeedSpec(save_as, composer.document(document).url, title, about, edition.cited_in.get(document.id, ()))


def feed(composer: Composer, spec: FeedSpec, bodies: Mapping[str, Body], limit: int | None) -> FeedGenerator:
    """A feed as feedgen holds it; limit: newest articles, None for all."""
    addresses = composer.addresses
    channel = FeedGenerator()
    channel.load_extension("dc", rss=True)
    channel.title(_text(spec.title))
    channel.description(_text(spec.description) or _text(spec.title))
    channel.language("vi")
    channel.generator("Bản tin")
    channel.docs("https://www.rssboard.org/rss-specification")
    channel.link(href=addresses.absolute(spec.save_as), rel="self")
    channel.link(href=addresses.absolute(spec.url), rel="alternate")  # RSS takes the link that was added last
    shown = spec.articles[:limit]
    channel.lastBuildDate(max((_changed(a) for a in shown), default=EPOCH))
    for article in shown:
        _entry(composer, channel, article, bodies[article.path])
    return channel


def feed_bytes(channel: FeedGenerator) -> bytes:
    """RSS 2.0 as UTF-8."""
    return channel.rss_str(pretty=True) + b"\n"


def guid(composer: Composer, article: Article) -> str:
    """A tag URI (RFC 4151) of the file: a change of title, date or site leaves it as it is."""
    publisher = composer.content.catalogue.publisher
    return f"tag:{publisher.tag_domain},{publisher.tag_year}:{article.path.removesuffix('.md')}"


def _entry(composer: Composer, channel: FeedGenerator, article: Article, body: Body) -> None:
    addresses = composer.addresses
    entry = channel.add_entry(order="append")
    entry.guid(guid(composer, article), permalink=False)
    entry.title(_text(article.title))
    entry.link(href=addresses.absolute(composer.article(article).url))
    entry.pubDate(article.date)
    if article.authors:
        entry.dc.dc_creator([_text(name) for name in article.authors])
    for name in (article.section, *article.tags):
        entry.category(term=_text(name))
    lead = f"<p><strong>{_escaped(article.lead)}</strong></p>" if article.lead else ""
    picture = ""
    if article.picture:
        shown = composer.picture(article.picture)
        source = addresses.absolute(shown.src)
        kind = mimetypes.guess_type(shown.src)[0] or "image/jpeg"
        made = composer.pictures[article.picture.file].fallback
        entry.enclosure(source, str(made.path.stat().st_size), kind)
        caption = f"<figcaption>{_escaped(shown.caption)}</figcaption>" if shown.caption else ""
        picture = f'<figure><img src="{source}" alt="{_escaped(shown.alt)}" width="{shown.width}" height="{shown.height}">{caption}</figure>'
    entry.content(_text(lead + picture + body.at(addresses.absolute(""))), type="CDATA")
    if article.lead:
        entry.description(_text(article.lead), isSummary=True)


def _changed(article: Article) -> datetime:
    return max(article.date, article.modified or article.date)


def _text(text: str) -> str:
    return without_controls(str(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
