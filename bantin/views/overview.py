"""Pages about all documents together: the abbreviations of their numbers, and how many articles speak of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bantin.catalogue import DocumentType, Issuer
from bantin.vietnamese import fold, short_date
from bantin.views.composer import Composer
from bantin.views.document_pieces import Abbreviation, AbbreviationTable, Meaning
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import CitedDocument, Link
from bantin.views.types import AbbreviationsPage, CoveragePage

DOCUMENTS, ABBREVIATIONS, COVERAGE = "Văn bản", "Chữ viết tắt", "Văn bản theo số bài"


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The two pages."""
    yield PageSpec(composer.addresses.of("ABBREVIATIONS").save_as, "abbreviations", abbreviations_page)
    yield PageSpec(composer.addresses.of("COVERAGE").save_as, "coverage", coverage_page)


def _above(composer: Composer) -> tuple[Link, ...]:
    return composer.trail(Link(DOCUMENTS, composer.addresses.of("DOCUMENTS").url))


def abbreviations_page(composer: Composer) -> Viewed:
    """What the symbols in numbers stand for."""
    catalogue, url = composer.content.catalogue, composer.addresses.of("ABBREVIATIONS").url
    tables = (
        AbbreviationTable("Loại văn bản", abbreviations(catalogue.types)),
        AbbreviationTable("Cơ quan ban hành", abbreviations(catalogue.issuers)),
    )
    head = composer.head(ABBREVIATIONS, "Chữ viết tắt trong số và ký hiệu văn bản: loại văn bản, cơ quan ban hành.", url)
    return Viewed(AbbreviationsPage(head, _above(composer), ABBREVIATIONS, tables))


def coverage_page(composer: Composer) -> Viewed:
    """How many articles speak of each document."""
    counts, url = dict(composer.edition.counts("DOCUMENT")), composer.addresses.of("COVERAGE").url
    documents = composer.edition.registry.all()
    cited = (CitedDocument(composer.reference(d), counts[d.id]) for d in documents if d.id in counts)
    most = tuple(sorted(cited, key=lambda found: -found.count))  # of one number the newest first
    rest = composer.references(tuple(d for d in documents if d.id not in counts))
    head = composer.head(COVERAGE, "Mỗi văn bản có bao nhiêu bài nói tới, và những văn bản chưa có bài nào.", url)
    return Viewed(CoveragePage(head, _above(composer), COVERAGE, most, rest))


def abbreviations(entries: Iterable[DocumentType | Issuer]) -> tuple[Abbreviation, ...]:
    """Every symbol with all that it stands for, in alphabetical order."""
    found: dict[str, list[Meaning]] = {}
    for entry in entries:
        for symbol in entry.symbols:
            usual = f"thường viết {entry.symbols[0]}" if symbol != entry.symbols[0] else ""
            note = ", ".join(filter(None, (validity(entry.since, entry.until), usual)))
            found.setdefault(symbol, []).append(Meaning(entry.name, note))
    return tuple(Abbreviation(symbol, tuple(found[symbol])) for symbol in sorted(found, key=lambda s: (fold(s), s)))


def validity(since: date | None, until: date | None) -> str:
    """`từ 03/02/2025`, `đến 02/02/2025`, `từ … đến …`, or nothing."""
    parts = (f"từ {short_date(since)}" if since else "", f"đến {short_date(until)}" if until else "")
    return " ".join(filter(None, parts))
