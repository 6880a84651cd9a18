"""The dated events of a document, oldest first. What has no date stands in the facts and relations, not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bantin.documents import Document
from bantin.vietnamese import short_date
from bantin.views.composer import Composer
from bantin.views.document_pieces import Event
from bantin.views.pieces import Link

_BY = (
    ("amends_by", "Được sửa đổi, bổ sung bởi"),
    ("implements_by", "Được thực hiện bởi"),
    ("replaces_by", "Được thay thế bởi"),
)


def timeline(composer: Composer, document: Document) -> tuple[Event, ...]:
    """Issued, in force, amended, implemented, replaced, expired, and reported on in articles; of one day in this order."""
    return tuple(sorted(_events(composer, document), key=lambda event: event.iso))


def _events(composer: Composer, document: Document) -> Iterator[Event]:
    yield from _event(document.issued, "Ban hành")
    yield from _event(document.effective, "Có hiệu lực")
    for relation, label in _BY:
        for other in composer.edition.registry.related(document, relation):
            for event in _event(other.issued, label):
                yield Event(event.iso, event.day, label, document=composer.reference(other))
    yield from _event(document.expires, "Hết hiệu lực")
    for article in reversed(composer.edition.articles("DOCUMENT", document.id)):
        for event in _event(article.date.date(), "Được nói tới trong bài"):
            yield Event(event.iso, event.day, event.label, article=Link(article.title, composer.article(article).url))


def _event(day: date | None, label: str) -> Iterator[Event]:
    if day:
        yield Event(day.isoformat(), short_date(day), label)
