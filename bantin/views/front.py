"""The front page, issues, pages of `trang/`, 404 and the page without a network; and the site that all share."""

from __future__ import annotations

from collections.abc import Iterator

from bantin.article import Article
from bantin.documents import Document
from bantin.edition import Edition
from bantin.groups import ALL
from bantin.header import Status
from bantin.issue import Issue
from bantin.views.composer import Composer
from bantin.views.facts import ISSUES, of_issue
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import ArticleCard, ColumnBlock, Link, SectionBlock, Site
from bantin.views.types import HomePage, IssuePage, IssuesPage, NotFoundPage, OfflinePage, TextPage

LATEST, IN_SECTION, DOCUMENTS = 6, 4, 6
ISSUES_TITLE, OFFLINE_TITLE = ISSUES, "Không có mạng"


def site_view(composer: Composer, root: str, theme: str, version: str, draft: bool) -> Site:
    """What the pages share whose internal addresses begin with `root`."""
    publisher, addresses, edition = composer.content.catalogue.publisher, composer.addresses, composer.edition
    setting = addresses.setting
    return Site(
        root=root, url=addresses.base, theme=theme, version=version,
        name=publisher.name, short_name=publisher.short_name or publisher.name, description=publisher.description,
        publisher=publisher.publisher, parent=publisher.parent, address=publisher.address, email=publisher.email,
        phone=publisher.phone, accent=publisher.accent, notice=publisher.notice,
        mark=composer.mark(),
        sections=tuple(Link(name, addresses.named("CATEGORY", name).url) for name in edition.names("CATEGORY")),
        pages=tuple(Link(p.title, addresses.of("PAGE", slug=p.slug).url) for p in edition.pages() if p.status is not Status.HIDDEN),
        agencies=tuple(Link(a.name, a.url) for a in publisher.links),
        home="", documents=setting("DOCUMENTS_URL"), issues=setting("ISSUES_URL"), archive=setting("ARCHIVES_URL"),
        authors=setting("AUTHORS_URL"), tags=setting("TAGS_URL"), search=setting("SEARCH_URL"), feed=setting("FEED_ALL_RSS"),
        feed_json=addresses.json_feed(setting("FEED_ALL_RSS")), feeds=setting("FEEDS_URL") if setting("FEEDS_SAVE_AS") else "",
        corrections=setting("CORRECTIONS_URL") if setting("CORRECTIONS_SAVE_AS") else "",
        offline=addresses.offline, draft=draft,
    )  # fmt: skip


def pages(composer: Composer) -> Iterator[PageSpec]:
    """All pages that are not articles, lists, archive or documents."""
    addresses = composer.addresses
    yield PageSpec(addresses.setting("INDEX_SAVE_AS"), "home", home_page)
    if addresses.of("ISSUES").save_as:
        yield PageSpec(addresses.of("ISSUES").save_as, "issues", issues_page)
    for issue in composer.edition.issues():
        yield PageSpec(composer.issue(issue).save_as, "issue", issue_page, (issue.month,))
    for page in composer.edition.pages():
        yield PageSpec(addresses.of("PAGE", slug=page.slug).save_as, "page", text_page, (page.path,))
    yield PageSpec("404.html", "404", not_found_page)
    if addresses.offline:
        yield PageSpec(addresses.of("OFFLINE").save_as, "offline", offline_page)


def text_page(composer: Composer, path: str) -> Viewed:
    """The view of a page of `trang/`."""
    page = composer.edition.page(path)
    assert page
    address = composer.addresses.of("PAGE", slug=page.slug)
    head = composer.head(page.title, page.lead or page.title, address.url)
    body = composer.bodies.body(path).at(composer.addresses.root(address.save_as))
    return Viewed(TextPage(head, composer.trail(), page.title, page.lead, body))


def not_found_page(composer: Composer) -> Viewed:
    """The page for an address that is not there."""
    head = composer.head("Không tìm thấy trang", "Địa chỉ này không có trên trang.", "404.html", indexed=False)
    return Viewed(NotFoundPage(head, "Không tìm thấy trang", composer.cards(composer.edition.articles(ALL, "", 0, LATEST))))


def offline_page(composer: Composer) -> Viewed:
    """The page without a network."""
    url = composer.addresses.of("OFFLINE").url
    head = composer.head(OFFLINE_TITLE, "Trang này chưa được giữ lại để đọc khi không có mạng.", url, indexed=False)
    return Viewed(OfflinePage(head, OFFLINE_TITLE))


def home_page(composer: Composer) -> Viewed:
    """The view of the front page."""
    edition, publisher = composer.edition, composer.content.catalogue.publisher
    featured = edition.featured()
    documents_title, documents = new_documents(edition)
    issues = edition.issues()

    def newest(kind: str, name: str, count: int) -> tuple[ArticleCard, ...]:
        found = (a for a in edition.articles(kind, name, 0, count + 1) if a is not featured)
        return composer.cards(tuple(found)[:count])

    sections = ((name, newest("CATEGORY", name, IN_SECTION)) for name in edition.names("CATEGORY"))
    view = HomePage(
        head=composer.head(publisher.name, publisher.description, ""),
        featured=composer.card(featured) if featured else None,
        latest=newest(ALL, "", LATEST),
        sections=tuple(
            SectionBlock(Link(name, composer.addresses.named("CATEGORY", name).url), shown) for name, shown in sections if shown
        ),
        documents=composer.references(documents[:DOCUMENTS]),
        documents_title=documents_title,
        issue=composer.issue_card(issues[0]) if issues else None,
    )
    return Viewed(view, edition.changed(ALL))


def new_documents(edition: Edition) -> tuple[str, tuple[Document, ...]]:
    """Documents issued in the month of the newest article, with their title; where there are none, all, newest first."""
    documents = edition.registry.documents
    if newest := edition.articles(ALL, "", 0, 1):
        month = newest[0].date.date().replace(day=1)
        found = tuple(d for d in documents if d.issued and d.issued.replace(day=1) == month)
        if found:
            return f"Văn bản mới trong tháng {month.month}/{month.year}", found
    return "Văn bản mới", documents


def issues_page(composer: Composer) -> Viewed:
    """The view of the list of issues."""
    edition = composer.edition
    issues = edition.issues()
    head = composer.head(ISSUES_TITLE, "Các số bản tin in hằng tháng.", composer.addresses.of("ISSUES").url)
    last = max((found for issue in issues if (found := edition.changed("ISSUE", issue.month))), default=None)
    return Viewed(IssuesPage(head, composer.trail(), ISSUES_TITLE, tuple(composer.issue_card(issue) for issue in issues)), last)


def issue_page(composer: Composer, month: str) -> Viewed:
    """The view of an issue's public contents."""
    edition = composer.edition
    issue, articles = edition.issue(month), edition.in_issue(month)
    assert issue
    address = composer.issue(issue)
    documents = {d: None for a in articles for d in edition.documents_of(a.path)}

    def link(other: Issue | None) -> Link | None:
        return Link(other.label, composer.issue(other).url) if other else None

    newer, older = (edition.issue(name) for name in edition.around("ISSUE", month))
    view = IssuePage(
        head=composer.head(f"{issue.title}, {issue.label}", f"Mục lục {issue.title}, {issue.label.lower()}.", address.url),
        breadcrumbs=composer.trail(Link(ISSUES_TITLE, composer.addresses.setting("ISSUES_URL"))),
        issue=composer.issue_card(issue),
        foreword=composer.text(issue.path, issue.text, composer.addresses.root(address.save_as)),
        columns=tuple(ColumnBlock(name, composer.cards(found)) for name, found in _columns(issue, articles)),
        documents=composer.references(tuple(sorted(documents, key=lambda d: d.order, reverse=True))),
        newer=link(newer),
        older=link(older),
    )
    return Viewed(view, edition.changed("ISSUE", month), facts=of_issue(issue, address.url))


def _columns(issue: Issue, articles: tuple[Article, ...]) -> list[tuple[str, tuple[Article, ...]]]:
    names = dict.fromkeys([*issue.columns, *(a.column or a.section for a in articles)])
    grouped = [(name, tuple(a for a in articles if (a.column or a.section) == name)) for name in names]
    return [(name, found) for name, found in grouped if found]
