"""The archive of all articles: by year, month (with a calendar) and day."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from bantin.addresses import Address
from bantin.article import Article
from bantin.views.composer import Composer
from bantin.views.page import PageSpec, changed
from bantin.views.pieces import CalendarDay, Counted, Link
from bantin.views.types import ArchivePage

_FORMS = {"YEAR": "Năm {0:%Y}", "MONTH": "Tháng {0.month}/{0:%Y}", "DAY": "Ngày {0:%d/%m/%Y}"}
_LEVELS = {"YEAR": "nam", "MONTH": "thang", "DAY": "ngay"}
_KEYS = {"YEAR": "%Y", "MONTH": "%Y-%m", "DAY": "%Y-%m-%d"}
_BELOW = {"": "YEAR", "YEAR": "MONTH", "MONTH": "DAY"}

Period = tuple[Address, date, tuple[Article, ...]]


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The archive's first page, then years, months and days. A level that the settings switch off is left out."""
    articles = composer.edition.articles
    first = composer.addresses.of("ARCHIVES")
    if first.save_as:
        years = _counted(composer, "YEAR", articles)
        head = composer.head("Lưu trữ", "Tất cả các bài theo năm, tháng, ngày.", first.url)
        yield PageSpec(
            first.save_as,
            "archive",
            ArchivePage(head, composer.trail(), "tat-ca", "Lưu trữ", years, (), (), len(articles), None, None),
            changed(articles),
        )
    for kind in ("YEAR", "MONTH", "DAY"):
        if composer.addresses.setting(f"{kind}_ARCHIVE_SAVE_AS"):
            periods = _periods(composer, kind, articles)
            for number, period in enumerate(periods):
                newer = periods[number - 1] if number else None
                older = periods[number + 1] if number + 1 < len(periods) else None
                view = _period_page(composer, kind, period, newer, older)
                yield PageSpec(period[0].save_as, "archive", view, changed(period[2]))


def _periods(composer: Composer, kind: str, articles: Iterable[Article]) -> list[Period]:
    """Articles by period, newest first."""
    found = []
    for _, group in groupby(articles, key=lambda a: a.date.strftime(_KEYS[kind])):
        members = tuple(group)
        day = members[0].date.date()
        found.append((composer.addresses.period(kind, day), day, members))
    return found


def _counted(composer: Composer, kind: str, articles: Iterable[Article]) -> tuple[Counted, ...]:
    periods = _periods(composer, kind, articles) if composer.addresses.setting(f"{kind}_ARCHIVE_SAVE_AS") else []
    return tuple(Counted(_FORMS[kind].format(day), address.url, len(members)) for address, day, members in periods)


def _period_page(composer: Composer, kind: str, period: Period, newer: Period | None, older: Period | None) -> ArchivePage:
    address, day, articles = period
    title = _FORMS[kind].format(day)
    above = [Link("Lưu trữ", composer.addresses.setting("ARCHIVES_URL"))]
    for level in ("YEAR", "MONTH"):
        if level != kind and (kind == "DAY" or level == "YEAR") and composer.addresses.setting(f"{level}_ARCHIVE_SAVE_AS"):
            above.append(Link(_FORMS[level].format(day), composer.addresses.period(level, day).url))
    return ArchivePage(
        head=composer.head(title, f"{len(articles)} bài đăng trong {title.lower()}.", address.url),
        breadcrumbs=composer.trail(*above),
        level=_LEVELS[kind],
        title=title,
        periods=_counted(composer, _BELOW[kind], articles) if kind in _BELOW else (),
        weeks=_weeks(composer, day, articles) if kind == "MONTH" else (),
        articles=composer.cards(articles) if kind != "YEAR" else (),
        count=len(articles),
        newer=Link(_FORMS[kind].format(newer[1]), newer[0].url) if newer else None,
        older=Link(_FORMS[kind].format(older[1]), older[0].url) if older else None,
    )


def _weeks(composer: Composer, day: date, articles: tuple[Article, ...]) -> tuple[tuple[CalendarDay, ...], ...]:
    counts: dict[int, int] = {}
    for article in articles:
        counts[article.date.day] = counts.get(article.date.day, 0) + 1

    def cell(number: int) -> CalendarDay:
        if not counts.get(number) or not composer.addresses.setting("DAY_ARCHIVE_SAVE_AS"):
            return CalendarDay(number, "", counts.get(number, 0))
        return CalendarDay(number, composer.addresses.period("DAY", day.replace(day=number)).url, counts[number])

    weeks = calendar.Calendar().monthdayscalendar(day.year, day.month)
    return tuple(tuple(cell(number) for number in week) for week in weeks)
