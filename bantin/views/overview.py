"""Pages about all documents together: the abbreviations of their numbers, and how many articles speak of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bantin.catalogue import DocumentType, Issuer
from bantin.vietnamese import fold, short_date
from bantin.views.composer import Composer
from bantin.views.document_pieces import Abbreviation, AbbreviationTable, Meaning
from bantin.views.page import PageSpec
from bantin.views.pieces import Link
from bantin.views.types import AbbreviationsPage, CoveragePage

ABBREVIATIONS, COVERAGE = "Chữ viết tắt", "Văn bản theo số bài"


def pages(composer: Composer, above: Link) -> Iterator[PageSpec]:
    """The two pages. above: the list of documents."""
    catalogue, registry = composer.content.catalogue, composer.edition.registry
    address = composer.addresses.of("ABBREVIATIONS")
    tables = (
        AbbreviationTable("Loại văn bản", abbreviations(catalogue.types)),
        AbbreviationTable("Cơ quan ban hành", abbreviations(catalogue.issuers)),
    )
    head = composer.head(ABBREVIATIONS, "Chữ viết tắt trong số và ký hiệu văn bản: loại văn bản, cơ quan ban hành.", address.url)
    view = AbbreviationsPage(head, composer.trail(above), ABBREVIATIONS, tables)
    yield PageSpec(address.save_as, "abbreviations", view)
    address = composer.addresses.of("COVERAGE")
    shown = composer.references(registry.documents)
    cited = tuple(sorted((d for d in shown if d.cited), key=lambda d: -d.cited))  # of one number the newest first
    rest = tuple(d for d in shown if not d.cited)
    head = composer.head(COVERAGE, "Mỗi văn bản có bao nhiêu bài nói tới, và những văn bản chưa có bài nào.", address.url)
    yield PageSpec(address.save_as, "coverage", CoveragePage(head, composer.trail(above), COVERAGE, cited, rest))


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
