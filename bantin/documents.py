"""The registry of documents: one file each, identified by issuer, type, number and term (the year, for state acts)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bantin.catalogue import Catalogue, DocumentType, Issuer
from bantin.citations import Mention, parse
from bantin.diagnostics import Diagnostic, nearest
from bantin.header import SourceName, source_names
from bantin.source import Source, check_keys
from bantin.vietnamese import from_roman, parse_day, short_date

KEYS = (
    "Title", "Number", "Kind", "Issuer", "Term", "Issued", "Effective", "Expires", "Replaces", "Implements",
    "Amends", "Signer", "Attachment", "Link", "Source", "Note", "Known_as", "Slug",
)  # fmt: skip
_LINK = re.compile(r"https?://[^\s\"'<>\\/]+[^\s\"'<>\\]*")
RELATIONS = ("replaces", "implements", "amends")


@dataclass(frozen=True)
class Document:
    """A document as its file states it; None or empty where unknown. `id` is the file's stem, and its address."""

    id: str
    path: str
    title: str
    number: str
    type: DocumentType
    issuer: Issuer
    place: str  # the province or district of the issuer, empty for central bodies
    term: str
    issued: date | None
    mention: Mention
    effective: date | None = None
    expires: date | None = None
    signer: str = ""
    attachment: str = ""
    link: str = ""
    sources: tuple[SourceName, ...] = ()
    note: str = ""
    known_as: str = ""  # names by which it is cited without a number, separated by `;`
    text: str = ""
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # as written, not yet resolved
    stamp: str = field(default="", compare=False)  # of the file

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def name(self) -> str:
        """`Nghị quyết số 35-NQ/TW`."""
        return f"{self.type.name} số {self.number}"

    @property
    def issuer_name(self) -> str:
        """`Ban Thường vụ Tỉnh ủy Hòa Bình`."""
        return f"{self.issuer.name} {self.place}".strip()

    @property
    def citation(self) -> str:
        """The text that identifies it in a header: `Nghị quyết số 26-NQ/TW, ngày 05/8/2008 của … (khóa X)`."""
        day = f", ngày {short_date(self.issued)}" if self.issued else ""
        term = f" (khóa {self.term})" if self.term else ""
        return f"{self.name}{day} của {self.issuer_name}{term}"

    @property
    def order(self) -> tuple[date, str]:
        """Sorts documents by date, unknown dates first, then by id."""
        return (self.issued or date.min, self.id)


def read_document(source: Source, slug: str, catalogue: Catalogue) -> tuple[Document | None, list[Diagnostic]]:
    """A document's file as a value, or what is wrong with it."""
    problems = check_keys(source, KEYS, ("Title", "Number", "Kind", "Issuer"))
    kind = _type(source, catalogue, problems)
    issuer = _issuer(source, catalogue, problems)
    mention = _number(source, catalogue, problems)
    days = {key: _day(source, key, problems) for key in ("issued", "effective", "expires")}
    relations = {key: split(source.get(key)) for key in RELATIONS if source.get(key)}
    link = source.field("link")
    if link and not _LINK.fullmatch(link.value):
        hint = "viết đủ https://…; nhiều nguồn thì ghi ở Source"
        problems.append(source.at(link, "LK03", f"địa chỉ “{link.value[:80]}” không được phép", hint))
    if not (kind and issuer and mention and source.get("title")):
        return None, problems
    term = _term(source, problems)
    if not term and days["issued"] and issuer[0].level == "trung-uong" and issuer[0].regime == "dang":
        found = catalogue.term_on(days["issued"])
        term = found.term if found else ""
    return Document(
        id=slug, path=source.path, title=source.get("title"), number=mention.canonical, type=kind, issuer=issuer[0],
        place=issuer[1], term=term, issued=days["issued"], mention=mention, effective=days["effective"],
        expires=days["expires"], signer=source.get("signer"), attachment=source.get("attachment"),
        link=source.get("link"), sources=source_names(source.get("source")), note=source.get("note"), known_as=source.get("known_as"), text=source.body,
        relations=relations, stamp=source.stamp,
    ), problems  # fmt: skip


def _term(source: Source, problems: list[Diagnostic]) -> str:
    field = source.field("term")
    if field and not from_roman(field.value):
        problems.append(source.at(field, "DB04", f"“{field.value}” không phải một khóa", "viết bằng số La Mã, ví dụ XIII"))
    return field.value.upper() if field else ""


def split(value: str) -> tuple[str, ...]:
    """Entries of a header that lists documents: separated by `;`."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


def _type(source: Source, catalogue: Catalogue, problems: list[Diagnostic]) -> DocumentType | None:
    field = source.field("kind")
    found = catalogue.type_named(field.value) if field else None
    if field and not found:
        near = nearest(field.value, [t.name for t in catalogue.types])
        problems.append(
            source.at(
                field,
                "DB04",
                f"loại văn bản “{field.value}” không có trong danh mục",
                f"có phải “{near}”?" if near else "xem danh-muc/loai-van-ban.toml",
            )
        )
    return found


def _issuer(source: Source, catalogue: Catalogue, problems: list[Diagnostic]) -> tuple[Issuer, str] | None:
    field = source.field("issuer")
    found = catalogue.issuer_named(field.value) if field else None
    if found and found[1] and found[0].level == "trung-uong":
        found = None  # "Bộ Chính trị khóa XII": only local bodies have a place after their name
    if field and not found:
        near = nearest(field.value, [i.name for i in catalogue.issuers])
        problems.append(
            source.at(
                field,
                "DB04",
                f"cơ quan ban hành “{field.value}” không có trong danh mục",
                f"có phải “{near}”?" if near else "xem danh-muc/co-quan-ban-hanh.toml",
            )
        )
    return found


def _number(source: Source, catalogue: Catalogue, problems: list[Diagnostic]) -> Mention | None:
    field = source.field("number")
    mention = parse(field.value, catalogue) if field else None
    if field and not mention:
        hint = "viết như 35-NQ/TW hoặc 42/2022/NĐ-CP; ký hiệu phải có trong danh-muc/"
        problems.append(source.at(field, "VB03", f"không đọc được số hiệu “{field.value}”", hint))
    return mention


def _day(source: Source, key: str, problems: list[Diagnostic]) -> date | None:
    field = source.field(key)
    day = parse_day(field.value) if field else None
    if field and not day:
        problems.append(source.at(field, "DB03", f"“{field.value}” không phải một ngày", "viết như 2018-10-22 hoặc 22/10/2018"))
    return day
