"""Everything that is published, frozen: orders, neighbours, backlinks, related articles and issues.

An edition is put together from what the gate let through, so no page, feed or list can show anything else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bantin.article import Article
from bantin.audience import Printed, Public
from bantin.catalogue import Catalogue, section_order
from bantin.content import Content
from bantin.documents import Document
from bantin.header import Status
from bantin.issue import Issue
from bantin.page import Page, Profile
from bantin.registry import Registry
from bantin.vietnamese import fold, slug


@dataclass(frozen=True)
class Edition:
    """The public edition. `articles` are listed, newest first; `hidden` have a page but stand in no list."""

    catalogue: Catalogue
    registry: Registry
    articles: tuple[Article, ...]
    hidden: tuple[Article, ...]
    pages: tuple[Page, ...]
    profiles: Mapping[str, Profile]
    issues: tuple[Issue, ...]
    documents_of: Mapping[str, tuple[Document, ...]]  # by the article's path

    @cached_property
    def by_section(self) -> dict[str, tuple[Article, ...]]:
        """Articles by section, sections in the catalogue's order."""
        groups = _group(self.articles, lambda a: [a.section])
        return {name: groups[name] for name in section_order(self.catalogue, set(groups))}

    @cached_property
    def by_tag(self) -> dict[str, tuple[Article, ...]]:
        """Articles by tag, tags in alphabetical order."""
        groups = _group(self.articles, lambda a: a.tags)
        return {name: groups[name] for name in sorted(groups, key=lambda name: (fold(name), name))}

    @cached_property
    def by_author(self) -> dict[str, tuple[Article, ...]]:
        """Articles by author, authors in alphabetical order."""
        groups = _group(self.articles, lambda a: a.authors)
        return {name: groups[name] for name in sorted(groups, key=lambda name: (fold(name), name))}

    @cached_property
    def cited_in(self) -> dict[str, tuple[Article, ...]]:
        """Articles by the id of a document that they cite, newest first."""
        return _group(self.articles, lambda a: [d.id for d in self.documents_of[a.path]])

    @cached_property
    def neighbours(self) -> dict[str, tuple[Article | None, Article | None]]:
        """(newer, older) of each listed article, by path."""
        line = [None, *self.articles, None]
        return {a.path: (line[n], line[n + 2]) for n, a in enumerate(self.articles)}

    @cached_property
    def featured(self) -> Article | None:
        """The newest article that is marked as featured, else the newest one."""
        return next((a for a in self.articles if a.featured), self.articles[0] if self.articles else None)

    def related(self, article: Article, limit: int = 4) -> tuple[Article, ...]:
        """Articles that share documents first, then tags; the newer one where that is equal."""
        documents, tags = Counter[str](), Counter[str]()
        for document in self.documents_of.get(article.path, ()):
            documents.update(a.path for a in self.cited_in.get(document.id, ()))
        for tag in article.tags:
            tags.update(a.path for a in self.by_tag.get(tag, ()))
        found = (documents.keys() | tags.keys()) - {article.path}
        best = sorted(found, key=lambda path: (-documents[path], -tags[path], self._place[path]))
        return tuple(self.articles[self._place[path]] for path in best[:limit])

    @cached_property
    def _place(self) -> dict[str, int]:
        return {a.path: n for n, a in enumerate(self.articles)}

    def in_issue(self, issue: Issue) -> tuple[Article, ...]:
        """The issue's public articles, oldest first."""
        return self._by_month.get(issue.month, ())

    @cached_property
    def _by_month(self) -> dict[str, tuple[Article, ...]]:
        return _group(reversed(self.articles), lambda a: [a.month] if a.month else [])

    @cached_property
    def issue_of_month(self) -> dict[str, Issue]:
        """Issues by month."""
        return {issue.month: issue for issue in self.issues}


def public_edition(content: Content, admitted: Iterable[Public], drafts: bool = False) -> Edition:
    """The edition of what the gate let through. drafts: of pages, too."""
    admitted = tuple(admitted)
    listed = tuple(sorted((p.article for p in admitted if p.listed), key=newest_first))
    hidden = tuple(sorted((p.article for p in admitted if not p.listed), key=newest_first))
    shown = (Status.PUBLISHED, Status.HIDDEN, *((Status.DRAFT,) if drafts else ()))
    names = {slug(name) for article in (*listed, *hidden) for name in article.authors}
    return Edition(
        catalogue=content.catalogue,
        registry=content.registry,
        articles=listed,
        hidden=hidden,
        pages=tuple(sorted((p for p in content.pages if p.status in shown), key=lambda p: (p.order, p.slug))),
        # An author known only from internal pieces leaves no trace.
        profiles={slug(p.name): p for p in content.profiles if slug(p.name) in names},
        issues=public_issues(content, listed),
        documents_of={a.path: cited(a, content) for a in (*listed, *hidden)},
    )


def newest_first(article: Article) -> tuple[float, str]:
    """Sorts articles newest first, then by path."""
    return (-article.date.timestamp(), article.path)


def cited(article: Article, content: Content) -> tuple[Document, ...]:
    """The documents of an article's header, resolved on its date; each once, in its order."""
    return content.registry.entries(article.documents, article.date.date())


def public_issues(content: Content, articles: Iterable[Article]) -> tuple[Issue, ...]:
    """Issues that have public articles, newest first; a month without a file gets one put together."""
    months = {a.month for a in articles if a.month}
    return tuple(issue_of(content, month) for month in sorted(months, reverse=True))


def issue_of(content: Content, month: str) -> Issue:
    """The issue of a month: its file, or one from the catalogues (`path` is empty then)."""
    for issue in content.issues:
        if issue.month == month:
            return issue
    columns = tuple(c.name for c in sorted(content.catalogue.columns, key=lambda c: c.order))
    return Issue("", month, content.catalogue.publisher.name, int(month[5:]), columns=columns)


@dataclass(frozen=True)
class PrintedIssue:
    """One issue as it is printed: its columns in order with their articles, public and internal."""

    issue: Issue
    columns: tuple[tuple[str, tuple[Article, ...]], ...]
    documents_of: Mapping[str, tuple[Document, ...]]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in the order of print."""
        return tuple(a for _, articles in self.columns for a in articles)


def printed_issue(content: Content, admitted: Iterable[Printed], month: str) -> PrintedIssue:
    """The printed issue of a month. Articles of a column that the issue does not name come after, by section."""
    issue = issue_of(content, month)
    articles = sorted((p.article for p in admitted if p.article.month == month), key=lambda a: (a.date, a.path))
    groups = _group(articles, lambda a: [a.column or a.section])
    rest = sorted(groups.keys() - set(issue.columns), key=fold)
    columns = tuple((name, groups[name]) for name in (*issue.columns, *rest) if name in groups)
    return PrintedIssue(issue, columns, {a.path: cited(a, content) for a in articles})


def printed_months(admitted: Iterable[Printed]) -> tuple[str, ...]:
    """Months that have something to print, newest first."""
    return tuple(sorted({p.article.month for p in admitted if p.article.month}, reverse=True))


def _group(articles: Iterable[Article], keys: Callable[[Article], Iterable[str]]) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for key in keys(article):
            groups[key].append(article)
    return {key: tuple(found) for key, found in groups.items()}
