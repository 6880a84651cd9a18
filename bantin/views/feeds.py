"""Which feeds there are, and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.article import Article
from bantin.vietnamese import slug
from bantin.views.composer import Composer
from bantin.views.page import PageSpec
from bantin.views.pieces import FeedGroup, FeedLink
from bantin.views.types import FeedsPage

TITLE = "Nguồn tin"
_KINDS = {"": "Mọi bài", "CATEGORY": "Theo chuyên mục", "AUTHOR": "Theo tác giả", "TAG": "Theo thẻ", "DOCUMENT": "Theo văn bản"}


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed: where it is, the page that it follows, its title and articles, newest first.

    `kind`: "" for all articles, else Pelican's name ("CATEGORY" …); `name`: of the section, author, tag or document;
    `json`: the same feed as JSON Feed, empty where there is none.
    """

    save_as: str
    url: str
    title: str
    description: str
    articles: tuple[Article, ...]
    kind: str
    name: str
    json: str


def all_feeds(composer: Composer) -> Iterator[FeedSpec]:
    """The site's feed, one for each section, author and tag that the settings ask for, and each cited document."""
    edition, addresses, publisher = composer.edition, composer.addresses, composer.content.catalogue.publisher

    def spec(save_as: str, url: str, about: str, articles: tuple[Article, ...], kind: str, name: str) -> FeedSpec:
        title = f"{publisher.name}: {name}" if kind else name
        return FeedSpec(save_as, url, title, about, articles, kind, name, addresses.json_feed(save_as))

    for setting in dict.fromkeys(("FEED_ALL_RSS", "FEED_RSS")):
        if addresses.setting(setting):
            yield spec(addresses.setting(setting), "", publisher.description, edition.articles, "", publisher.name)
    for kind, groups in (("CATEGORY", edition.by_section), ("AUTHOR", edition.by_author), ("TAG", edition.by_tag)):
        for name, articles in groups.items():
            save_as = addresses.feed(kind, slug=slug(name))
            if save_as:
                yield spec(save_as, addresses.named(kind, name).url, f"{name}, {len(articles)} bài.", articles, kind, name)
    for document in edition.registry.documents:
        save_as = addresses.feed("DOCUMENT", slug=document.id)
        if save_as:
            about, cited = f"Các bài dẫn {document.name} {document.title}.", edition.cited_in.get(document.id, ())
            yield spec(save_as, composer.document(document).url, about, cited, "DOCUMENT", document.name)


def pages(composer: Composer) -> Iterator[PageSpec]:
    """What a feed is, and all of them but those of documents that no article cites yet."""
    address = composer.addresses.of("FEEDS")
    if not address.save_as:
        return
    groups: dict[str, list[FeedLink]] = {}
    for spec in all_feeds(composer):
        if spec.articles or spec.kind != "DOCUMENT":
            groups.setdefault(spec.kind, []).append(FeedLink(spec.name, spec.save_as, spec.json))
    head = composer.head(TITLE, "Nguồn tin RSS và JSON Feed của trang: là gì, dùng thế nào, và danh sách tất cả.", address.url)
    found = tuple(FeedGroup(_KINDS[kind], tuple(feeds)) for kind, feeds in groups.items())
    yield PageSpec(address.save_as, "feeds", FeedsPage(head, composer.trail(), TITLE, found))
