"""What search engines are told of a page, as schema.org in JSON-LD.

Everything comes from the view, so no page says more to a machine than to a reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bantin.page import ProfileKind
from bantin.views.composer import Composer
from bantin.views.correction_pieces import Correction
from bantin.views.json_ld import known, named_document, script, whole
from bantin.views.page import PageSpec, Viewed
from bantin.views.pictures import LOGO, LOGO_SIDE
from bantin.views.pieces import Link
from bantin.views.types import ArticlePage, HomePage, IssuePage

Data = dict[str, Any]
_KINDS = {ProfileKind.PERSON: "Person", ProfileKind.ORGANIZATION: "Organization"}


def described(composer: Composer, spec: PageSpec) -> Viewed:
    """The view of a page with its JSON-LD in <head>; pages that are not indexed have none."""
    made = spec.viewed(composer)
    view: Any = made.view
    if not view.head.indexed:
        return made
    data = Markup("\n").join(script(whole(thing)) for thing in _things(composer, made, view))
    return replace(made, view=replace(view, head=replace(view.head, data=data)))


def _things(composer: Composer, made: Viewed, view: Any) -> Iterator[Data]:
    if isinstance(view, HomePage):
        yield organization(composer)
        yield website(composer)
    if isinstance(view, ArticlePage):
        yield news_article(composer, view, made.pictures)
    if isinstance(view, IssuePage):
        yield publication_issue(composer, view)
    if getattr(view, "breadcrumbs", ()):
        yield breadcrumb_list(composer, view.breadcrumbs, Link(view.head.title, view.head.url))


def _publisher_id(composer: Composer) -> str:
    return composer.addresses.absolute("#co-quan")


def _publisher(composer: Composer) -> Data:
    """Who publishes, as other things name it."""
    absolute = composer.addresses.absolute
    return {
        "@type": "Organization",
        "@id": _publisher_id(composer),
        "name": composer.content.catalogue.publisher.publisher,
        "url": absolute(""),
        "logo": {"@type": "ImageObject", "url": absolute(LOGO), "width": LOGO_SIDE, "height": LOGO_SIDE},
    }


def organization(composer: Composer) -> Data:
    """Who publishes, with all that the foot of a page says of it."""
    publisher = composer.content.catalogue.publisher
    return known({
        **_publisher(composer),
        "address": publisher.address,
        "email": publisher.email,
        "telephone": publisher.phone,
        "parentOrganization": {"@type": "Organization", "name": publisher.parent} if publisher.parent else None,
    })  # fmt: skip


def website(composer: Composer) -> Data:
    """The site and its search box."""
    publisher, addresses = composer.content.catalogue.publisher, composer.addresses
    asked = addresses.absolute(addresses.setting("SEARCH_URL")) + "?q={search_term_string}"
    return known({
        "@type": "WebSite",
        "@id": addresses.absolute("#trang"),
        "name": publisher.name,
        "alternateName": publisher.short_name,
        "description": publisher.description,
        "url": addresses.absolute(""),
        "inLanguage": "vi",
        "publisher": {"@id": _publisher_id(composer)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": asked},
            "query-input": "required name=search_term_string",
        },
    })  # fmt: skip


def news_article(composer: Composer, view: ArticlePage, pictures: tuple[str, ...]) -> Data:
    """An article. pictures: paths of its pictures, the head's first; where there are none the one in <head> stands for them."""
    absolute = composer.addresses.absolute
    url = absolute(view.url)
    shared = (view.head.picture.src,) if view.head.picture else ()
    return known({
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": view.title,
        "description": view.lead,
        "image": [absolute(src) for src in pictures or shared],
        "datePublished": view.date.iso,
        "dateModified": (view.changed or view.date).iso,
        "correction": [_correction(correction) for correction in view.corrections],
        "author": [_author(composer, author) for author in view.authors],
        "publisher": _publisher(composer),
        "articleSection": view.section.title,
        "keywords": [tag.title for tag in view.tags],
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "citation": [named_document(absolute(d.url), d.number, d.name) for d in view.documents],
        "isPartOf": _issue(composer, view.issue) if view.issue else None,
    })  # fmt: skip


def _correction(correction: Correction) -> Data:
    return {
        "@type": "CorrectionComment",
        "text": f"Trước đây bài viết “{correction.wrong}”, nay sửa là “{correction.right}”.",
        "datePublished": correction.iso,
    }


def _author(composer: Composer, author: Link) -> Data:
    """A person, or a desk where the author's profile says so."""
    profile = composer.profile(author.title)
    kind = profile.kind if profile else ProfileKind.PERSON
    return {"@type": _KINDS[kind], "name": author.title, "url": composer.addresses.absolute(author.url)}


def _issue(composer: Composer, issue: Link) -> Data:
    url = composer.addresses.absolute(issue.url)
    return {"@type": "PublicationIssue", "@id": url, "url": url, "name": issue.title}


def publication_issue(composer: Composer, view: IssuePage) -> Data:
    """An issue with its public articles; the periodical is the printed bulletin."""
    absolute, card = composer.addresses.absolute, view.issue
    issue = composer.edition.issue(card.month)
    assert issue
    articles = [a for column in view.columns for a in column.articles]
    return {
        **_issue(composer, Link(f"{card.title}, {card.label}", card.url)),
        "issueNumber": str(issue.number),
        "datePublished": card.month,
        "inLanguage": "vi",
        "publisher": _publisher(composer),
        "isPartOf": {"@type": "Periodical", "name": card.title},
        "hasPart": [
            {"@type": "NewsArticle", "@id": absolute(a.url), "url": absolute(a.url), "headline": a.title} for a in articles
        ],
    }


def breadcrumb_list(composer: Composer, above: tuple[Link, ...], here: Link) -> Data:
    """The way from the front page to this one, which is its last item."""
    way = [link for link in above if link.url != here.url] + [here]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": link.title, "item": composer.addresses.absolute(link.url)}
            for n, link in enumerate(way, 1)
        ],
    }
