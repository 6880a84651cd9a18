"""What each page is filtered by in a search."""

from __future__ import annotations

from bantin.article import Article
from bantin.issue import Issue
from bantin.vietnamese import slug
from bantin.views.page import Facts
from bantin.views.pieces import DocumentRef

DOCUMENTS, ISSUES = "Văn bản", "Bản tin in"  # what stands in the place of a section for pages that are no articles


def of_article(article: Article, cited: tuple[DocumentRef, ...]) -> Facts:
    """cited: the documents of its header."""
    return Facts(article.section, str(article.date.year), article.authors, tuple(number_of(d) for d in cited))


def of_document(shown: DocumentRef) -> Facts:
    """A document is found by itself."""
    return Facts(DOCUMENTS, shown.year, (), (number_of(shown),), shown.url)


def of_issue(issue: Issue, url: str) -> Facts:
    """url: of its page."""
    return Facts(ISSUES, issue.month[:4], key=url)


def number_of(shown: DocumentRef) -> tuple[str, str]:
    """(id, `35-NQ/TW, 2018`): the same number comes back in every term."""
    ident = slug(shown.url.rstrip("/").rpartition("/")[2])
    return ident, shown.number if not shown.year or shown.year in shown.number else f"{shown.number}, {shown.year}"
