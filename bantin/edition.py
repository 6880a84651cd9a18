"""Everything that is published, frozen: orders, groups, neighbours, backlinks, related articles and issues.

An edition is put together from what the gate let through, so no page, feed or list can show anything else. It is had by
asking (`asking.py`): what a page asked is what it depends on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property

from bantin.article import Article
from bantin.asking import asked, asked_of, fingerprint, stamps_of_shares
from bantin.audience import Public
from bantin.catalogue import Catalogue, section_order
from bantin.content import Content
from bantin.documents import Document
from bantin.groups import KINDS, PERIODS, Groups
from bantin.header import Status
from bantin.issue import Issue
from bantin.page import Page, Profile
from bantin.registry import Registry
from bantin.related import most_related
from bantin.vietnamese import fold, slug

RELATED = 4

Meant = Callable[[Article], tuple[Document, ...]]


class Edition:
    """The public edition. Listed articles come newest first; hidden ones have a page but stand in no list."""

    def __init__(
        self,
        content: Content,
        listed: Iterable[Article],
        hidden: Iterable[Article],
        pages: Iterable[Page],
        profiles: Mapping[str, Profile],
        meant: Meant,
        last: Edition | None = None,
    ) -> None:
        self.catalogue: Catalogue = content.catalogue
        self.registry: Registry = content.registry
        self._content = content
        self._listed = tuple(sorted(listed, key=newest_first))
        self._hidden = tuple(sorted(hidden, key=newest_first))
        self._pages = tuple(sorted(pages, key=lambda p: (p.order, p.slug)))
        self._profiles = dict(profiles)
        self._place = {a.path: n for n, a in enumerate(self._listed)}
        self._orders: dict[tuple[str, str], tuple[str, ...]] = {}
        self._known = {a.path: a for a in (*self._listed, *self._hidden)}
        self._groups = Groups(self._listed, self._documents_in)
        self._touched = Groups((a for a in self._listed if a.changed), self._documents_in)  # modified or corrected
        self._named = cache(self._in_order)
        self._meant = meant
        printed = last.printed if last else fingerprint
        self._prints = {article.path: printed(article) for article in (*self._listed, *self._hidden)}

    def printed(self, article: Article) -> bytes:
        """The fingerprint of an article, reckoned once for the same one."""
        return self._prints[article.path] if self._known.get(article.path) is article else fingerprint(article)

    @cached_property
    def stamp(self) -> bytes:
        """Changes with all that it answers from, but the catalogues."""
        profiles = tuple(self._profiles.values())
        articles = tuple(self._prints.values()), len(self._listed)
        return fingerprint((self.registry.stamp, *articles, self._pages, profiles, self._content.issues))

    @cached_property
    def shares(self) -> dict[str, bytes]:
        """The same, for what is asked about one article, about one group, or about the groups of one kind."""
        prints = {path: found.hex() for path, found in self._prints.items()}
        listed = [prints[article.path] for article in self._listed]
        line = zip(self._listed, listed, ("", *listed), (*listed[1:], ""), strict=False)
        stamps: list[tuple[tuple[str, ...], str]] = [((article.path,), " ".join(around)) for article, *around in line]
        stamps += (((article.path,), prints[article.path]) for article in self._hidden)
        for kind in KINDS:
            groups = self._named(kind)
            stamps.append(((kind,), repr([(name, len(found)) for name, found in groups.items()])))
            stamps += (((kind, name), "".join([prints[a.path] for a in found])) for name, found in groups.items())
        return stamps_of_shares(type(self).__name__, stamps, self.registry.stamp)

    # Articles

    @asked
    def paths(self) -> tuple[str, ...]:
        """The paths of all articles that have a page, listed ones first, newest first."""
        return tuple(self._known)

    @asked_of(1)
    def article(self, path: str) -> Article | None:
        """The article of a file, where it has a page."""
        return self._known.get(path)

    @asked_of(1)
    def listed(self, path: str) -> bool:
        """Whether an article stands in lists."""
        return path in self._place

    @asked_of(1)
    def neighbours(self, path: str) -> tuple[Article | None, Article | None]:
        """The (newer, older) article of a listed one."""
        at = self._place.get(path)
        if at is None:
            return None, None
        newer = self._listed[at - 1] if at else None
        return newer, self._listed[at + 1] if at + 1 < len(self._listed) else None

    @asked_of(1)
    def documents_of(self, path: str) -> tuple[Document, ...]:
        """The documents of an article's header, as they are meant on its day."""
        return self._meant(self._known[path]) if path in self._known else ()

    def _documents_in(self, article: Article) -> list[str]:
        return [document.id for document in self._meant(article)]

    @asked
    def featured(self) -> Article | None:
        """The newest article that is marked as featured, else the newest one."""
        return next((a for a in self._listed if a.featured), self._listed[0] if self._listed else None)

    def related(self, article: Article, limit: int = RELATED) -> tuple[Article, ...]:
        """Articles that share documents first, then tags; the newer one where that is equal."""
        documents, tags = Counter[str](), Counter[str]()
        for document in self.documents_of(article.path):
            documents.update(self.order("DOCUMENT", document.id))
        for tag in article.tags:
            tags.update(self.order("TAG", tag))
        for shared in (documents, tags):
            shared.pop(article.path, None)
        best = most_related(documents, tags, self._place, limit)
        return tuple(a for path in best if (a := self.article(path)))

    # Groups

    def _in_order(self, kind: str) -> dict[str, tuple[Article, ...]]:
        """The groups of a kind, in the order in which they are shown."""
        by = self._groups.of(kind)
        names = list(by)
        if kind == "CATEGORY":
            names = section_order(self.catalogue, set(by))
        elif kind in ("TAG", "AUTHOR"):
            names.sort(key=lambda name: (fold(name), name))
        return {name: by[name] for name in names}

    def _group_of(self, kind: str, name: str) -> tuple[Article, ...]:
        return self._named(kind).get(name, ())

    @asked_of(1)
    def names(self, kind: str) -> tuple[str, ...]:
        """The names of all groups of a kind: sections in the catalogue's order, tags and authors by the alphabet, periods newest first."""
        return tuple(self._named(kind))

    @asked_of(1)
    def counts(self, kind: str, start: str = "") -> tuple[tuple[str, int], ...]:
        """(name, number of articles) of all groups of a kind whose name starts so."""
        return tuple((name, len(found)) for name, found in self._named(kind).items() if name.startswith(start))

    @asked_of(2)
    def count(self, kind: str, name: str = "") -> int:
        """How many articles a group has."""
        return len(self._group_of(kind, name))

    @asked_of(2)
    def order(self, kind: str, name: str = "") -> tuple[str, ...]:
        """The paths of a group's articles, newest first."""
        found = self._orders.get((kind, name))
        if found is None:
            found = self._orders[kind, name] = tuple(a.path for a in self._group_of(kind, name))
        return found

    @asked_of(2)
    def articles(self, kind: str, name: str = "", start: int = 0, stop: int | None = None) -> tuple[Article, ...]:
        """A group's articles, newest first, from one place to another."""
        return self._group_of(kind, name)[start:stop]

    @asked_of(2)
    def announced(self, kind: str, name: str, count: int | None) -> tuple[Article, ...]:
        """So many of a group's articles, what was last published or corrected first: who read what was wrong has to hear of it."""
        group = self._group_of(kind, name)
        touched = self._touched.of(kind).get(name, ())
        newest = {a.path: a for a in (*group[:count], *(a for a in touched if a.corrections))}
        return tuple(sorted(newest.values(), key=lambda a: (-(a.corrected or a.date).timestamp(), a.path))[:count])

    @asked
    def corrected(self) -> tuple[Article, ...]:
        """All articles that were corrected, the last one first."""
        found = (a for a in self._listed if a.corrections)
        return tuple(sorted(found, key=lambda a: (-a.corrections[-1].day.toordinal(), *newest_first(a))))

    @asked_of(2)
    def changed(self, kind: str, name: str = "") -> datetime | None:
        """When the newest article of a group was published or last modified."""
        return changed((*self._group_of(kind, name)[:1], *self._touched.of(kind).get(name, ())))

    @asked_of(1)
    def around(self, kind: str, name: str) -> tuple[str, str]:
        """The names of the (newer, older) group of a period or issue, empty where there is none."""
        names = self._line[kind]
        at = names.index(name)
        return names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else ""

    @cached_property
    def _line(self) -> dict[str, list[str]]:
        return {kind: sorted(self._named(kind), reverse=True) for kind in (*PERIODS, "ISSUE")}

    # What is not an article

    @asked
    def pages(self) -> tuple[Page, ...]:
        """The pages of `trang/`, in the order of the menu."""
        return self._pages

    @asked
    def page(self, path: str) -> Page | None:
        """The page of a file."""
        return next((p for p in self._pages if p.path == path), None)

    @asked
    def profile(self, name: str) -> Profile | None:
        """The profile of an author by the address part of the name, where a published article has that author."""
        return self._profiles.get(name)

    @asked
    def issues(self) -> tuple[Issue, ...]:
        """Issues that have public articles, newest first; a month without a file gets one put together."""
        return tuple(self._issues.values())

    @asked
    def issue(self, month: str) -> Issue | None:
        """The issue of a month."""
        return self._issues.get(month)

    @cached_property
    def _issues(self) -> dict[str, Issue]:
        return {month: issue_of(self._content, month) for month in self._line["ISSUE"]}

    def in_issue(self, month: str) -> tuple[Article, ...]:
        """The issue's public articles, oldest first."""
        return self.articles("ISSUE", month)[::-1]

    @asked
    def profiles(self) -> tuple[tuple[str, str], ...]:
        """(path, name) of each profile."""
        return tuple((p.path, p.name) for p in self._profiles.values())


def changed(articles: Iterable[Article]) -> datetime | None:
    """When the newest of these articles was published, or last modified or corrected."""
    return max((max(a.date, a.changed or a.date) for a in articles), default=None)


def public_edition(
    content: Content, admitted: Iterable[Public], drafts: bool = False, meant: Meant | None = None, last: Edition | None = None
) -> Edition:
    """The edition of what the gate let through. drafts: of pages, too; meant: where it is known already (`meant_in`); last: one of
    which articles may be known."""
    admitted = tuple(admitted)
    shown = (Status.PUBLISHED, Status.HIDDEN, *((Status.DRAFT,) if drafts else ()))
    names = {slug(name) for p in admitted for name in p.article.authors}
    return Edition(
        content,
        listed=(p.article for p in admitted if p.listed),
        hidden=(p.article for p in admitted if not p.listed),
        pages=(p for p in content.pages if p.status in shown),
        # An author known only from internal pieces leaves no trace.
        profiles={slug(p.name): p for p in content.profiles if slug(p.name) in names},
        meant=meant or meant_in(content.registry),
        last=last,
    )


def newest_first(article: Article) -> tuple[float, str]:
    """Sorts articles newest first, then by path."""
    return (-article.date.timestamp(), article.path)


def meant_in(registry: Registry) -> Meant:
    """Tells which documents of a registry an article's header means, as `cited`; it looks once for each article."""
    return cache(lambda article: cited(article, registry) if article.documents else ())


def cited(article: Article, registry: Registry) -> tuple[Document, ...]:
    """The documents of an article's header, resolved on its date; each once, in its order."""
    return registry.entries(article.documents, article.date.date())


def issue_of(content: Content, month: str) -> Issue:
    """The issue of a month: its file, or one from the catalogues (`path` is empty then)."""
    for issue in content.issues:
        if issue.month == month:
            return issue
    columns = tuple(c.name for c in sorted(content.catalogue.columns, key=lambda c: c.order))
    return Issue("", month, content.catalogue.publisher.name, int(month[5:]), columns=columns)
