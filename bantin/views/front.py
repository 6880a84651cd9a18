"""The front page, issues, pages of `trang/`, 404 and the page without a network; and the site that all share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bantin.body import Body
from bantin.documents import Document
from bantin.edition import Edition
from bantin.header import Status
from bantin.issue import Issue
from bantin.views.composer import Composer
from bantin.views.page import PageSpec, changed
from bantin.views.pieces import ColumnBlock, Link, SectionBlock, Site
from bantin.views.types import HomePage, IssuePage, IssuesPage, NotFoundPage, OfflinePage, TextPage

LATEST, IN_SECTION, DOCUMENTS = 6, 4, 6
ISSUES_TITLE, OFFLINE_TITLE = "Bản tin in", "Không có mạng"


def site_view(composer: Composer, save_as: str, theme: str, version: str, draft: bool) -> Site:
    """What the page `save_as` shares with all others."""
    publisher, addresses, edition = composer.content.catalogue.publisher, composer.addresses, composer.edition
    setting = addresses.setting
    return Site(
        root=addresses.root(save_as), url=addresses.base, theme=theme, version=version,
        name=publisher.name, short_name=publisher.short_name or publisher.name, description=publisher.description,
        publisher=publisher.publisher, parent=publisher.parent, address=publisher.address, email=publisher.email,
        phone=publisher.phone, accent=publisher.accent, notice=publisher.notice,
        mark=composer.mark(),
        sections=tuple(Link(name, addresses.named("CATEGORY", name).url) for name in edition.by_section),
        pages=tuple(Link(p.title, addresses.of("PAGE", slug=p.slug).url) for p in edition.pages if p.status is not Status.HIDDEN),
        agencies=tuple(Link(a.name, a.url) for a in publisher.links),
        home="", documents=setting("DOCUMENTS_URL"), issues=setting("ISSUES_URL"), archive=setting("ARCHIVES_URL"),
        authors=setting("AUTHORS_URL"), tags=setting("TAGS_URL"), search=setting("SEARCH_URL"), feed=setting("FEED_ALL_RSS"),
        feed_json=addresses.json_feed(setting("FEED_ALL_RSS")), feeds=setting("FEEDS_URL") if setting("FEEDS_SAVE_AS") else "",
        offline=addresses.offline, draft=draft,
    )  # fmt: skip


def pages(composer: Composer, bodies: Mapping[str, Body]) -> Iterator[PageSpec]:
    """All pages that are not articles, lists, archive or documents."""
    home = composer.addresses.setting("INDEX_SAVE_AS")
    yield PageSpec(home, "home", home_page(composer), changed(composer.edition.articles))
    yield from _issues(composer)
    for page in composer.edition.pages:
        address = composer.addresses.of("PAGE", slug=page.slug)
        head = composer.head(page.title, page.lead or page.title, address.url)
        body = bodies[page.path].at(composer.addresses.root(address.save_as))
        yield PageSpec(address.save_as, "page", TextPage(head, composer.trail(), page.title, page.lead, body))
    head = composer.head("Không tìm thấy trang", "Địa chỉ này không có trên trang.", "404.html", indexed=False)
    yield PageSpec(
        "404.html", "404", NotFoundPage(head, "Không tìm thấy trang", composer.cards(composer.edition.articles[:LATEST]))
    )
    if composer.addresses.offline:
        address = composer.addresses.of("OFFLINE")
        head = composer.head(OFFLINE_TITLE, "Trang này chưa được giữ lại để đọc khi không có mạng.", address.url, indexed=False)
        yield PageSpec(address.save_as, "offline", OfflinePage(head, OFFLINE_TITLE))


def home_page(composer: Composer) -> HomePage:
    """The view of the front page."""
    edition, publisher = composer.edition, composer.content.catalogue.publisher
    featured = edition.featured
    rest = tuple(a for a in edition.articles if a is not featured)
    documents_title, documents = new_documents(edition)
    return HomePage(
        head=composer.head(publisher.name, publisher.description, ""),
        featured=composer.card(featured) if featured else None,
        latest=composer.cards(rest[:LATEST]),
        sections=tuple(
            SectionBlock(Link(name, composer.addresses.named("CATEGORY", name).url), composer.cards(shown[:IN_SECTION]))
            for name, articles in edition.by_section.items()
            if (shown := tuple(a for a in articles if a is not featured))
        ),
        documents=composer.references(documents[:DOCUMENTS]),
        documents_title=documents_title,
        issue=composer.issue_card(edition.issues[0]) if edition.issues else None,
    )


def new_documents(edition: Edition) -> tuple[str, tuple[Document, ...]]:
    """Documents issued in the month of the newest article, with their title; where there are none, all, newest first."""
    documents = edition.registry.documents
    if edition.articles:
        month = edition.articles[0].date.date().replace(day=1)
        found = tuple(d for d in documents if d.issued and d.issued.replace(day=1) == month)
        if found:
            return f"Văn bản mới trong tháng {month.month}/{month.year}", found
    return "Văn bản mới", documents


def _issues(composer: Composer) -> Iterator[PageSpec]:
    issues, first = composer.edition.issues, composer.addresses.of("ISSUES")
    if first.save_as:
        head = composer.head(ISSUES_TITLE, "Các số bản tin in hằng tháng.", first.url)
        cards = tuple(composer.issue_card(issue) for issue in issues)
        last = changed(a for issue in issues for a in composer.edition.in_issue(issue))
        yield PageSpec(first.save_as, "issues", IssuesPage(head, composer.trail(), ISSUES_TITLE, cards), last)
    around = [None, *issues, None]
    for number, issue in enumerate(issues):
        view = _issue(composer, issue, around[number], around[number + 2])
        yield PageSpec(composer.issue(issue).save_as, "issue", view, changed(composer.edition.in_issue(issue)))


def _issue(composer: Composer, issue: Issue, newer: Issue | None, older: Issue | None) -> IssuePage:
    edition, address = composer.edition, composer.issue(issue)
    columns = _columns(edition, issue)
    documents = {d: None for a in edition.in_issue(issue) for d in edition.documents_of[a.path]}

    def link(other: Issue | None) -> Link | None:
        return Link(other.label, composer.issue(other).url) if other else None

    return IssuePage(
        head=composer.head(f"{issue.title}, {issue.label}", f"Mục lục {issue.title}, {issue.label.lower()}.", address.url),
        breadcrumbs=composer.trail(Link(ISSUES_TITLE, composer.addresses.setting("ISSUES_URL"))),
        issue=composer.issue_card(issue),
        foreword=composer.text(issue.path, issue.text, composer.addresses.root(address.save_as)),
        columns=tuple(ColumnBlock(name, composer.cards(articles)) for name, articles in columns),
        documents=composer.references(tuple(sorted(documents, key=lambda d: d.order, reverse=True))),
        newer=link(newer),
        older=link(older),
    )


def _columns(edition: Edition, issue: Issue) -> list[tuple[str, tuple]]:
    articles = edition.in_issue(issue)
    names = dict.fromkeys([*issue.columns, *(a.column or a.section for a in articles)])
    grouped = [(name, tuple(a for a in articles if (a.column or a.section) == name)) for name in names]
    return [(name, found) for name, found in grouped if found]
