"""The registry of documents for other programs, as CSV and JSON. Every field is explained in docs/xuat-danh-muc.md.

A field may be added within a version; renaming one, removing one or giving it another meaning makes a new version.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date

from bantin.documents import Document
from bantin.views.composer import Composer
from bantin.views.documents import attachment

VERSION = 1
_RELATIONS = {
    "replaces": "replaces", "replaced_by": "replaces_by", "implements": "implements", "implemented_by": "implements_by",
    "amends": "amends", "amended_by": "amends_by",
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so is a formula to a spreadsheet


@dataclass(frozen=True, slots=True)
class Record:
    """A document as it is exported: dates are ISO 8601, unknown ones empty; relations are ids; addresses are absolute."""

    id: str
    number: str
    type: str
    type_id: str
    title: str
    known_as: str
    issuer: str
    issuer_id: str
    level: str
    place: str
    term: str
    issued: str
    effective: str
    expires: str
    signer: str
    state: str  # "het": replaced or expired; "con": nothing says so
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    implements: tuple[str, ...]
    implemented_by: tuple[str, ...]
    amends: tuple[str, ...]
    amended_by: tuple[str, ...]
    articles: int
    url: str
    link: str
    attachment: str
    sources: tuple[str, ...]
    note: str
    text: str  # Markdown


def files(composer: Composer) -> Iterator[tuple[str, bytes]]:
    """(path from the site's root, bytes) of each export that the settings do not switch off."""
    addresses = composer.addresses
    records = [record(composer, document) for document in composer.edition.registry.all()]
    home = addresses.absolute(addresses.setting("DOCUMENTS_URL"))
    made = {"DOCUMENTS_CSV": as_csv(records), "DOCUMENTS_JSON": as_json(records, home)}
    yield from ((name, data) for setting, data in made.items() if (name := addresses.setting(setting)))


def record(composer: Composer, document: Document) -> Record:
    """A document of the registry with its relations resolved."""
    registry, addresses = composer.edition.registry, composer.addresses
    shown, file = composer.reference(document), attachment(composer, document)
    related = {name: tuple(d.id for d in registry.related(document, relation)) for name, relation in _RELATIONS.items()}
    return Record(
        id=document.id, number=document.number, type=document.type.name, type_id=document.type.kind, title=document.title,
        known_as=document.known_as, issuer=document.issuer_name, issuer_id=document.issuer.id, level=document.issuer.level,
        place=document.place, term=document.term, issued=_day(document.issued), effective=_day(document.effective),
        expires=_day(document.expires), signer=document.signer, state="het" if shown.state else "con", **related,
        articles=composer.edition.count("DOCUMENT", document.id), url=addresses.absolute(shown.url), link=document.link,
        attachment=addresses.absolute(file.url) if file else "",
        sources=tuple(", ".join(dict.fromkeys(filter(None, (s.name, s.url)))) for s in document.sources),
        note=document.note, text=document.text.strip(),
    )  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def as_json(records: Iterable[Record], home: str) -> bytes:
    """All records with the version of the schema. home: the absolute address of the list of documents."""
    whole = {"version": VERSION, "url": home, "documents": [asdict(r) for r in records]}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_csv(records: Iterable[Record]) -> bytes:
    """RFC 4180 with a header line, UTF-8 with a mark at its beginning so that Excel reads it as such."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = [f.name for f in fields(Record)]
    writer.writerow(names)
    writer.writerows([cell(getattr(r, name)) for name in names] for r in records)
    return out.getvalue().encode("utf-8-sig")


def cell(value: str | int | tuple[str, ...]) -> str:
    """A value in one cell: several are separated by `; `, and none is a formula: that gets an apostrophe before it."""
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
