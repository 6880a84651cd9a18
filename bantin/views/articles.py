"""Pages of articles, and their lists by section, tag and author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from bantin.article import Article
from bantin.body import ROOT, Body
from bantin.edition import changed
from bantin.groups import ALL
from bantin.vietnamese import short_date, slug
from bantin.views.composer import Composer
from bantin.views.corrections import corrections_of
from bantin.views.facts import of_article
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import Counted, Entry, Link, Pages
from bantin.views.places import page_count
from bantin.views.types import ArticlePage, IndexPage, ListPage

WORDS_A_MINUTE = 200
_PICTURE = re.compile(rf'<img\b[^>]*?\bsrc="{ROOT}([^"]+)"')


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way in which articles are grouped: Pelican's name for its settings, ours for the view."""

    setting: str
    index: str
    name: str
    title: str


SECTION = _Kind("CATEGORY", "CATEGORIES", "chuyen-muc", "Chuyên mục")
TAG = _Kind("TAG", "TAGS", "the", "Thẻ")
AUTHOR = _Kind("AUTHOR", "AUTHORS", "tac-gia", "Tác giả")
KINDS = {kind.setting: kind for kind in (SECTION, TAG, AUTHOR)}


def pages(composer: Composer) -> Iterator[PageSpec]:
    """All articles, then the lists."""
    for path in composer.edition.paths():
        if article := composer.edition.article(path):
            yield PageSpec(composer.article(article).save_as, "article", article_page, (path,))
    for kind in KINDS.values():
        address = composer.addresses.of(kind.index)
        if address.save_as:
            yield PageSpec(address.save_as, "directory", directory_page, (kind.setting,))
        for name, count in composer.edition.counts(kind.setting):
            first = composer.addresses.named(kind.setting, name)
            if first.save_as:
                for number in range(1, page_count(composer.addresses, kind.setting, count) + 1):
                    save_as = composer.addresses.page(first, number).save_as
                    yield PageSpec(save_as, "list", list_page, (kind.setting, name, number))


def article_page(composer: Composer, path: str) -> Viewed:
    """The view of one article."""
    edition = composer.edition
    article, body = edition.article(path), composer.bodies.body(path)
    assert article
    address = composer.article(article)
    newer, older = edition.neighbours(path)
    issue = edition.issue(article.month)
    section = composer.section(article)
    picture = composer.picture(article.picture) if article.picture else None
    view = ArticlePage(
        head=composer.head(
            article.title, article.lead, address.url, picture=composer.article_share(article), indexed=edition.listed(path)
        ),
        breadcrumbs=composer.trail(section),
        title=article.title,
        url=address.url,
        date=composer.moment(article.date),
        modified=composer.moment(article.modified) if article.modified else None,
        changed=composer.moment(article.changed) if article.changed else None,
        section=section,
        authors=composer.authors(article),
        tags=composer.tags(article),
        lead=article.lead,
        picture=picture,
        body=body.at(composer.addresses.root(address.save_as)),
        contents=tuple(Entry(h.title, h.id, h.level) for h in body.contents),
        minutes=max(1, round(body.words / WORDS_A_MINUTE)),
        documents=composer.references(edition.documents_of(path)),
        sources=composer.sources(article.sources),
        corrections=corrections_of(article),
        issue=Link(f"{issue.title}, {issue.label}", composer.issue(issue).url) if issue else None,
        newer=composer.linked(newer),
        older=composer.linked(older),
        related=composer.cards(edition.related(article)),
        citation=citation(composer, article),
        shares=shares(article.title, composer.addresses.absolute(address.url)),
        status=str(article.status),
    )
    facts = of_article(article, view.documents) if edition.listed(path) else None
    return Viewed(view, changed([article]), _pictures(view, body), facts)


def citation(composer: Composer, article: Article) -> str:
    """`Tác giả, “Tên bài”, Bản tin, 28/11/2023, https://…`."""
    where = composer.addresses.absolute(composer.article(article).url)
    who = ", ".join(article.authors) or composer.content.catalogue.publisher.publisher
    return f"{who}, “{article.title}”, {composer.content.catalogue.publisher.name}, {short_date(article.date)}, {where}"


def shares(title: str, url: str) -> tuple[Link, ...]:
    """Links that pass an address on. They are links and no more: nobody is asked anything until a reader follows one."""
    said, where = quote(title, safe=""), quote(url, safe="")
    return (
        Link("Thư điện tử", f"mailto:?subject={said}&body={where}"),
        Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={where}"),
        Link("Telegram", f"https://t.me/share/url?url={where}&text={said}"),
    )


def _pictures(view: ArticlePage, body: Body) -> tuple[str, ...]:
    """Paths of an article's pictures, the head's first."""
    head = [view.picture.src] if view.picture else []
    return tuple(dict.fromkeys([*head, *_PICTURE.findall(body.html)]))


def directory_page(composer: Composer, setting: str) -> Viewed:
    """All sections, tags or authors. setting: Pelican's name of the kind."""
    kind, address = KINDS[setting], composer.addresses.of(KINDS[setting].index)
    counts = composer.edition.counts(setting)
    entries = tuple(Counted(name, composer.addresses.named(setting, name).url, count) for name, count in counts)
    head = composer.head(kind.title, f"{kind.title} của {composer.content.catalogue.publisher.name}.", address.url)
    return Viewed(IndexPage(head, composer.trail(), kind.name, kind.title, entries), composer.edition.changed(ALL))


def list_page(composer: Composer, setting: str, name: str, number: int) -> Viewed:
    """Page `number` of the articles of a section, tag or author."""
    kind, count, first = KINDS[setting], composer.edition.count(setting, name), composer.addresses.named(setting, name)
    per_page = composer.addresses.per_page(setting) or count
    total = page_count(composer.addresses, setting, count)
    feed = composer.addresses.feed(setting, slug=slug(name))
    all_pages = tuple(Link(str(n), composer.addresses.page(first, n).url) for n in range(1, total + 1))
    address = composer.addresses.page(first, number)
    title = name if number == 1 else f"{name} (trang {number})"
    description, role, profile = _about(composer, kind, name, address.save_as)
    shown = composer.edition.articles(setting, name, (number - 1) * per_page, number * per_page)
    around = Pages(
        number,
        total,
        all_pages[number - 2].url if number > 1 else "",
        all_pages[number].url if number < total else "",
        all_pages,
    )
    summary = description or f"{kind.title}: {name}, {count} bài."
    view = ListPage(
        head=composer.head(title, summary, address.url, feed),
        breadcrumbs=composer.trail(*_above(composer, kind)),
        kind=kind.name, title=name, description=description, role=role, profile=profile,
        count=count, articles=composer.cards(shown), pages=around, feed=feed,
    )  # fmt: skip
    return Viewed(view, composer.edition.changed(setting, name))


def _above(composer: Composer, kind: _Kind) -> tuple[Link, ...]:
    address = composer.addresses.of(kind.index)
    return (Link(kind.title, address.url),) if address.save_as else ()


def _about(composer: Composer, kind: _Kind, name: str, save_as: str) -> tuple[str, str, Markup]:
    """Description, role and profile of a section or author."""
    if kind is SECTION:
        section = next((s for s in composer.content.catalogue.sections if s.name == name), None)
        return (section.description if section else ""), "", Markup("")
    profile = composer.profile(name) if kind is AUTHOR else None
    if not profile:
        return "", "", Markup("")
    return "", profile.role, composer.text(profile.path, profile.text, composer.addresses.root(save_as))
