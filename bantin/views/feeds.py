"""Which feeds there are, and the page that explains them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bantin.groups import ALL
from bantin.vietnamese import slug
from bantin.views.composer import Composer
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import FeedGroup, FeedLink
from bantin.views.types import FeedsPage

TITLE = "Nguồn tin"
_KINDS = {"": "Mọi bài", "CATEGORY": "Theo chuyên mục", "AUTHOR": "Theo tác giả", "TAG": "Theo thẻ", "DOCUMENT": "Theo văn bản"}


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """One feed: where it is, the page that it follows and its title.

    `kind`: "" for all articles, else Pelican's name ("CATEGORY" …); `name`: of the section, author or tag as the edition has
    it, the id of the document; `label`: the same for readers; `json`: the same feed as JSON Feed, empty where there is none.
    """

    save_as: str
    url: str
    title: str
    description: str
    kind: str
    name: str
    label: str
    json: str


def all_feeds(composer: Composer) -> Iterator[FeedSpec]:
    """The site's feed, one for each section, author and tag that the settings ask for, and each document."""
    edition, addresses = composer.edition, composer.addresses
    for setting in dict.fromkeys(("FEED_ALL_RSS", "FEED_RSS")):
        if addresses.setting(setting):
            yield feed_spec(composer, addresses.setting(setting), ALL, "")
    for kind in ("CATEGORY", "AUTHOR", "TAG"):
        for name in edition.names(kind):
            if save_as := addresses.feed(kind, slug=slug(name)):
                yield feed_spec(composer, save_as, kind, name)
    for document in edition.registry.all():
        if save_as := addresses.feed("DOCUMENT", slug=document.id):
            yield feed_spec(composer, save_as, "DOCUMENT", document.id)


def feed_spec(composer: Composer, save_as: str, kind: str, name: str) -> FeedSpec:
    """The feed of a group of articles at an address."""
    edition, publisher, json = composer.edition, composer.content.catalogue.publisher, composer.addresses.json_feed(save_as)
    if kind == ALL:
        return FeedSpec(save_as, "", publisher.name, publisher.description, kind, name, publisher.name, json)
    document = edition.registry.document(name) if kind == "DOCUMENT" else None
    if document:
        label, url = document.name, composer.document(document).url
        about = f"Các bài dẫn {document.name} {document.title}."
    else:
        label, url = name, composer.addresses.named(kind, name).url
        about = f"{name}, {edition.count(kind, name)} bài."
    return FeedSpec(save_as, url, f"{publisher.name}: {label}", about, kind, name, label, json)


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The page that explains the feeds."""
    address = composer.addresses.of("FEEDS")
    if address.save_as:
        yield PageSpec(address.save_as, "feeds", feeds_page)


def feeds_page(composer: Composer) -> Viewed:
    """What a feed is, and all of them but those of documents that no article cites yet."""
    address = composer.addresses.of("FEEDS")
    groups: dict[str, list[FeedLink]] = {}
    for spec in all_feeds(composer):
        if spec.kind != "DOCUMENT" or composer.edition.count("DOCUMENT", spec.name):
            groups.setdefault(spec.kind, []).append(FeedLink(spec.label, spec.save_as, spec.json))
    head = composer.head(TITLE, "Nguồn tin RSS và JSON Feed của trang: là gì, dùng thế nào, và danh sách tất cả.", address.url)
    found = tuple(FeedGroup(_KINDS[kind], tuple(feeds)) for kind, feeds in groups.items())
    return Viewed(FeedsPage(head, composer.trail(), TITLE, found))
