"""Articles in groups: by section, tag, author, document, issue, year, month and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

from bantin.article import Article

# Ways in which articles are grouped, by Pelican's names, and what names a group: a section, tag or author by its name, a
# document by its id, an issue by its month, a period by its first letters of an ISO date. "" holds all articles.
ALL = ""
TAXONOMIES = ("CATEGORY", "TAG", "AUTHOR")
PERIODS = {"YEAR": 4, "MONTH": 7, "DAY": 10}

Keys = Callable[[Article], Iterable[str]]
_KEYS: dict[str, Keys] = {
    ALL: lambda a: [""],
    "CATEGORY": lambda a: [a.section],
    "TAG": lambda a: a.tags,
    "AUTHOR": lambda a: a.authors,
    "ISSUE": lambda a: [a.month] if a.month else [],
}

KINDS = (*_KEYS, *PERIODS, "DOCUMENT")


class Groups:
    """Articles by kind and name, in their order. A kind is put together when it is asked for first.

    documents: the ids of the documents that an article cites.
    """

    def __init__(self, articles: Iterable[Article], documents: Keys) -> None:
        self._articles = tuple(articles)
        self._keys = {**_KEYS, "DOCUMENT": documents}
        self._by: dict[str, Mapping[str, tuple[Article, ...]]] = {}

    @cached_property
    def _days(self) -> list[str]:
        return [article.date.isoformat()[:10] for article in self._articles]

    def of(self, kind: str) -> Mapping[str, tuple[Article, ...]]:
        """The groups of a kind by their names, in the order of their first articles."""
        if kind not in self._by:
            length = PERIODS.get(kind)
            keys = [(day[:length],) for day in self._days] if length else map(self._keys[kind], self._articles)
            self._by[kind] = grouped(self._articles, keys)
        return self._by[kind]


def grouped(articles: Iterable[Article], keys: Iterable[Iterable[str]]) -> dict[str, tuple[Article, ...]]:
    """Articles by each of their keys, in their order. keys: of each article."""
    groups: dict[str, list[Article]] = defaultdict(list)
    for article, names in zip(articles, keys, strict=True):
        for name in names:
            groups[name].append(article)
    return {name: tuple(found) for name, found in groups.items()}


def first_day(period: str) -> date:
    """The first day of a period: `2023`, `2023-11` or `2023-11-28`."""
    return date.fromisoformat(f"{period}-01-01"[:10])
