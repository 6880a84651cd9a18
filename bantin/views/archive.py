"""The archive of all articles: by year, month (with a calendar) and day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from bantin.groups import ALL, PERIODS, first_day
from bantin.views.composer import Composer
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import CalendarDay, Counted, Link
from bantin.views.types import ArchivePage

_FORMS = {"YEAR": "Năm {0:%Y}", "MONTH": "Tháng {0.month}/{0:%Y}", "DAY": "Ngày {0:%d/%m/%Y}"}
_LEVELS = {"YEAR": "nam", "MONTH": "thang", "DAY": "ngay"}
_BELOW = {"YEAR": "MONTH", "MONTH": "DAY"}


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The archive's first page, then years, months and days. A level that the settings switch off is left out."""
    first = composer.addresses.of("ARCHIVES")
    if first.save_as:
        yield PageSpec(first.save_as, "archive", archive_page)
    for kind in PERIODS:
        if _shown(composer, kind):
            for name in composer.edition.names(kind):
                yield PageSpec(composer.addresses.period(kind, first_day(name)).save_as, "archive", period_page, (kind, name))


def _shown(composer: Composer, kind: str) -> bool:
    return bool(composer.addresses.setting(f"{kind}_ARCHIVE_SAVE_AS"))


def archive_page(composer: Composer) -> Viewed:
    """The first page of the archive: all years."""
    head = composer.head("Lưu trữ", "Tất cả các bài theo năm, tháng, ngày.", composer.addresses.of("ARCHIVES").url)
    years, count = _counted(composer, "YEAR", ""), composer.edition.count(ALL)
    view = ArchivePage(head, composer.trail(), "tat-ca", "Lưu trữ", years, (), (), count, None, None)
    return Viewed(view, composer.edition.changed(ALL))


def _counted(composer: Composer, kind: str, start: str) -> tuple[Counted, ...]:
    """The periods of a kind within the one whose name is `start`."""
    counts = composer.edition.counts(kind, start) if _shown(composer, kind) else ()
    return tuple(
        Counted(_title(kind, name), composer.addresses.period(kind, first_day(name)).url, count) for name, count in counts
    )


def _title(kind: str, name: str) -> str:
    return _FORMS[kind].format(first_day(name))


def _link(composer: Composer, kind: str, name: str) -> Link | None:
    return Link(_title(kind, name), composer.addresses.period(kind, first_day(name)).url) if name else None


def period_page(composer: Composer, kind: str, name: str) -> Viewed:
    """A year, month or day."""
    edition, day = composer.edition, first_day(name)
    address, title, count = composer.addresses.period(kind, day), _title(kind, name), edition.count(kind, name)
    above = [Link("Lưu trữ", composer.addresses.setting("ARCHIVES_URL"))]
    for level in ("YEAR", "MONTH"):
        if level != kind and (kind == "DAY" or level == "YEAR") and _shown(composer, level):
            above.append(Link(_FORMS[level].format(day), composer.addresses.period(level, day).url))
    newer, older = edition.around(kind, name)
    view = ArchivePage(
        head=composer.head(title, f"{count} bài đăng trong {title.lower()}.", address.url),
        breadcrumbs=composer.trail(*above),
        level=_LEVELS[kind],
        title=title,
        periods=_counted(composer, _BELOW[kind], f"{name}-") if kind in _BELOW else (),
        weeks=_weeks(composer, name) if kind == "MONTH" else (),
        articles=composer.cards(edition.articles(kind, name)) if kind != "YEAR" else (),
        count=count,
        newer=_link(composer, kind, newer),
        older=_link(composer, kind, older),
    )
    return Viewed(view, edition.changed(kind, name))


def _weeks(composer: Composer, month: str) -> tuple[tuple[CalendarDay, ...], ...]:
    """A month's calendar. month: `2023-11`."""
    first = first_day(month)
    counts = {int(name[8:]): count for name, count in composer.edition.counts("DAY", f"{month}-")}

    def cell(number: int) -> CalendarDay:
        if not counts.get(number) or not _shown(composer, "DAY"):
            return CalendarDay(number, "", counts.get(number, 0))
        return CalendarDay(number, composer.addresses.period("DAY", first.replace(day=max(number, 1))).url, counts[number])

    weeks = calendar.Calendar().monthdayscalendar(first.year, first.month)
    return tuple(tuple(cell(number) for number in week) for week in weeks)
