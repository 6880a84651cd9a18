"""One issue as it is printed, frozen: put together from what the gate lets through to print, public and internal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bantin.article import Article
from bantin.audience import Printed
from bantin.content import Content
from bantin.documents import Document
from bantin.edition import cited, issue_of
from bantin.groups import grouped
from bantin.issue import Issue
from bantin.vietnamese import fold


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
    groups = grouped(articles, ([a.column or a.section] for a in articles))
    rest = sorted(groups.keys() - set(issue.columns), key=fold)
    columns = tuple((name, groups[name]) for name in (*issue.columns, *rest) if name in groups)
    return PrintedIssue(issue, columns, {a.path: cited(a, content.registry) for a in articles})


def printed_months(admitted: Iterable[Printed]) -> tuple[str, ...]:
    """Months that have something to print, newest first."""
    return tuple(sorted({p.article.month for p in admitted if p.article.month}, reverse=True))
