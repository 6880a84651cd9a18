"""Pages: a template and its view become HTML. Templates see `site` and `view`, one filter of ours, and nothing else."""

from __future__ import annotations

from jinja2 import Environment

from bantin.outputs.unbroken import unbroken
from bantin.views.page import PageSpec
from bantin.views.pieces import Site

TEMPLATES = {
    "home": "HomePage", "article": "ArticlePage", "list": "ListPage", "directory": "IndexPage", "archive": "ArchivePage",
    "documents": "DocumentsPage", "document": "DocumentPage", "issues": "IssuesPage", "issue": "IssuePage", "page": "TextPage",
    "abbreviations": "AbbreviationsPage", "coverage": "CoveragePage", "search": "SearchPage", "feeds": "FeedsPage",
    "offline": "OfflinePage", "404": "NotFoundPage",
}  # fmt: skip


def render(environment: Environment, page: PageSpec, site: Site) -> str:
    """The HTML of a page. Raises jinja2 errors where a template asks for what the view does not declare."""
    environment.filters["unbroken"] = unbroken
    return environment.get_template(f"{page.template}.html").render(site=site, view=page.view)
