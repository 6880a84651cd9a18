"""Which addresses the site has."""

from __future__ import annotations

from bantin.addresses import Addresses
from bantin.edition import Edition
from bantin.groups import PERIODS, TAXONOMIES, first_day
from bantin.vietnamese import slug

LISTS = (
    "CATEGORIES",
    "TAGS",
    "AUTHORS",
    "ARCHIVES",
    "DOCUMENTS",
    "ABBREVIATIONS",
    "COVERAGE",
    "ISSUES",
    "CORRECTIONS",
    "SEARCH",
    "FEEDS",
)


def page_count(addresses: Addresses, kind: str, count: int) -> int:
    """How many pages a list of `count` articles takes (`CATEGORY`, `TAG`, `AUTHOR`)."""
    return -(-count // (addresses.per_page(kind) or count))


def of_files(addresses: Addresses, edition: Edition) -> dict[str, str]:
    """The addresses of files of the content folder that are no articles, by path."""
    found = {p.path: addresses.of("PAGE", slug=p.slug).url for p in edition.pages()}
    found |= {d.path: addresses.of("DOCUMENT", slug=d.id).url for d in edition.registry.all()}
    found |= {i.path: addresses.of("ISSUE", slug=i.month).url for i in edition.issues() if i.path}
    return found | {path: addresses.named("AUTHOR", name).url for path, name in edition.profiles()}


def all_addresses(addresses: Addresses, edition: Edition) -> frozenset[str]:
    """Every address of the site."""
    known = set(of_files(addresses, edition).values())
    for path in edition.paths():
        if article := edition.article(path):
            known.add(addresses.of("ARTICLE", slug=article.slug, date=article.date).url)
    known |= {addresses.of("ISSUE", slug=i.month).url for i in edition.issues()}
    for kind in TAXONOMIES:
        for name, count in edition.counts(kind):
            first = addresses.named(kind, name)
            known |= {addresses.page(first, n).url for n in range(1, page_count(addresses, kind, count) + 1)}
            known.add(addresses.feed(kind, slug=slug(name)))
    known |= {addresses.feed("DOCUMENT", slug=d.id) for d in edition.registry.all()}
    for kind in PERIODS:
        known |= {addresses.period(kind, first_day(name)).url for name in edition.names(kind)}
    known |= {addresses.setting(f"{name}_URL") for name in LISTS} | {addresses.setting("FEED_ALL_RSS")}
    known |= {addresses.setting(name) for name in ("DOCUMENTS_CSV", "DOCUMENTS_JSON")}
    return frozenset(known | {""})
