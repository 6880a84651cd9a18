"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): the items of an RSS feed once more, for programs that read JSON."""

from __future__ import annotations

import json
from typing import Any

from bantin.article import Article
from bantin.body import Body
from bantin.outputs.feeds import FeedSpec, content, guid
from bantin.vietnamese import without_controls
from bantin.views.composer import Composer
from bantin.views.json_ld import known

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(composer: Composer, spec: FeedSpec, limit: int | None, hub: str = "") -> bytes:
    """A feed as UTF-8: the same items, identities and order as its RSS. limit, hub: as `feeds.feed` takes them."""
    absolute = composer.addresses.absolute
    publisher = composer.content.catalogue.publisher
    whole = known({
        "version": VERSION,
        "title": spec.title,
        "home_page_url": absolute(spec.url),
        "feed_url": absolute(spec.json),
        "description": spec.description,
        "language": "vi",
        "authors": [{"name": publisher.publisher, "url": absolute("")}],
        "hubs": [{"type": "WebSub", "url": hub}] if hub else [],
    })  # fmt: skip
    whole["items"] = [
        _item(composer, article, composer.bodies.body(article.path))
        for article in composer.edition.announced(spec.kind, spec.name, limit)
    ]
    return (without_controls(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n").encode("utf-8")


def _item(composer: Composer, article: Article, body: Body) -> dict[str, Any]:
    absolute = composer.addresses.absolute
    return known({
        "id": guid(composer, article),
        "url": absolute(composer.article(article).url),
        "title": article.title,
        "content_html": content(composer, article, body),
        "summary": article.lead,
        "image": absolute(composer.picture(article.picture).src) if article.picture else "",
        "date_published": article.date.isoformat(),
        "date_modified": article.changed.isoformat() if article.changed else "",
        "authors": [{"name": a.title, "url": absolute(a.url)} for a in composer.authors(article)],
        "tags": list(dict.fromkeys([article.section, *article.tags])),
        "language": "vi",
    })  # fmt: skip
