"""The catalogues of `content/danh-muc/*.toml`. Norms change, so they are data; a missing file is taken from the project's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from bantin.diagnostics import Diagnostic, Refused
from bantin.tables import Row, build, read, rows_of
from bantin.vietnamese import fold, same_words

T = TypeVar("T")


@dataclass(frozen=True)
class DocumentType:
    """A type of document: `name` in prose, `kind` unique, `symbols` as they stand in numbers (canonical first)."""

    name: str
    kind: str
    symbols: tuple[str, ...] = ()
    regimes: tuple[str, ...] = ("dang",)
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Issuer:
    """Who issues documents: `symbols` in numbers, `rank` of authority (small is high), `level` from central to local."""

    id: str
    name: str
    symbols: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    regime: str = "dang"
    level: str = "trung-uong"
    rank: int = 99
    since: date | None = None
    until: date | None = None
    replaced_by: str = ""


@dataclass(frozen=True)
class Term:
    """A term of the Central Committee, from its congress to the day before the next one."""

    term: str
    number: int
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Section:
    """A section of the site."""

    name: str
    description: str = ""
    order: int = 99


@dataclass(frozen=True)
class Column:
    """A standing column of the printed issue. meeting: the meeting sheet is made of it."""

    name: str
    order: int = 99
    meeting: bool = False


@dataclass(frozen=True)
class Anniversary:
    """A day to remember; `year` of the event."""

    day: int
    month: int
    year: int
    name: str
    source: str = ""


@dataclass(frozen=True)
class Abbreviation:
    """An abbreviation as it is written, and what is said for it."""

    short: str
    long: str


@dataclass(frozen=True)
class Receiver:
    """Who gets how many copies of an issue, and from when to when."""

    name: str
    copies: int
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Agency:
    """A related agency that every page links to."""

    name: str
    url: str


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the one file that another department edits. Meaning of each key: docs/danh-muc.md."""

    name: str
    publisher: str
    website: str
    short_name: str = ""
    description: str = ""
    parent: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    tag_domain: str = "bantin.example"
    tag_year: int = 2026
    accent: str = "#a3161a"
    spot_colour: str = ""
    mark: str = ""
    notice: str = ""
    kind: str = "ban-tin"
    distribution: str = ""
    deposit: str = ""
    period: str = ""
    licence: str = ""
    licensed: str = ""
    printer: str = ""
    responsible: str = ""
    print_run: int = 0
    paper: float = 0.1
    links: tuple[Agency, ...] = ()


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All of it, with the look-ups that the rest of the house needs."""

    publisher: Publisher
    types: tuple[DocumentType, ...]
    issuers: tuple[Issuer, ...]
    terms: tuple[Term, ...]
    sections: tuple[Section, ...] = ()
    columns: tuple[Column, ...] = ()
    anniversaries: tuple[Anniversary, ...] = ()
    receivers: tuple[Receiver, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _types_by_name(self) -> dict[str, DocumentType]:
        bare = {fold(t.name): t for t in reversed(self.types)}  # "Nghi quyet"
        return bare | {same_words(t.name): t for t in reversed(self.types)}

    @cached_property
    def _issuers_by_name(self) -> dict[str, Issuer]:
        named = {same_words(alias): issuer for issuer in reversed(self.issuers) for alias in issuer.aliases}
        named |= {same_words(issuer.name): issuer for issuer in reversed(self.issuers)}
        return {fold(issuer.name): issuer for issuer in reversed(self.issuers)} | named

    def type_named(self, name: str) -> DocumentType | None:
        """The type of that name, whatever its letter case and place of the tone."""
        return self._types_by_name.get(same_words(name))

    def issuer_named(self, name: str) -> tuple[Issuer, str] | None:
        """The issuer of that wording and what is left after it: `Ban Thường vụ Tỉnh ủy Hòa Bình` → (…, `Hòa Bình`)."""
        words = name.split()
        for end in range(len(words), 0, -1):
            issuer = self._issuers_by_name.get(same_words(" ".join(words[:end])))
            if issuer:
                return issuer, " ".join(words[end:])
        return None

    def receivers_in(self, month: str) -> list[Receiver]:
        """Who receives the issue of a month (`2023-11`), in the file's order."""
        first = date.fromisoformat(f"{month}-01")
        return [r for r in self.receivers if (r.since is None or r.since <= first) and (r.until is None or first <= r.until)]

    def term_on(self, day: date) -> Term | None:
        """The Central Committee's term in which that day lies."""
        found = (t for t in self.terms if t.since <= day and (t.until is None or day <= t.until))
        return max(found, key=lambda t: t.since, default=None)


def load(folder: Path, fallback: Path | None = None) -> Catalogue:
    """Read the catalogues of `folder`. Raises `Refused` where one is missing or malformed."""
    problems: list[Diagnostic] = []
    files: dict[str, str] = {}

    def table(name: str, key: str, make: Callable[[Row], T], own: bool = False) -> tuple[T, ...]:
        """own: only the folder itself can say this; it may be silent."""
        if own and not (folder / name).is_file():
            files[name] = f"{folder.parent.name}/danh-muc/{name}"
            return ()
        data, text, label = read(folder, fallback, name, problems)
        files[name] = label
        if data is None:
            return ()
        for other in data.keys() - {key} if key else ():
            problems.append(Diagnostic(label, 1, 1, "DM01", f"bảng “{other}” không có trong danh sách", f"có phải “[[{key}]]”?"))
        rows = data.get(key, []) if key else [data]
        starts = [n for n, line in enumerate(text.split("\n"), 1) if key and line.strip().startswith(f"[[{key}]]")]
        return tuple(rows_of(rows, make, label, key or name, starts, problems))

    publishers = table("co-quan-xuat-ban.toml", "", _publisher)
    catalogue = Catalogue(
        publisher=publishers[0] if publishers else Publisher("", "", ""),
        types=table("loai-van-ban.toml", "loai", lambda row: build(DocumentType, row)),
        issuers=table("co-quan-ban-hanh.toml", "co-quan", lambda row: build(Issuer, row)),
        terms=table("khoa.toml", "khoa", lambda row: build(Term, row)),
        sections=table("chuyen-muc.toml", "chuyen-muc", lambda row: build(Section, row)),
        columns=table("cot-muc.toml", "cot-muc", lambda row: build(Column, row)),
        anniversaries=table("ngay-ky-niem.toml", "ngay", _anniversary),
        abbreviations=table("chu-viet-tat.toml", "chu", lambda row: build(Abbreviation, row)),
        receivers=table("noi-nhan.toml", "noi-nhan", lambda row: build(Receiver, row), own=True),
        files=files,
    )
    if problems:
        raise Refused(problems)
    return catalogue


# What goes into addresses, styles and identities of pages as it is written.
_SHAPES = {
    "website": (re.compile(r"https?://[^\s\"'<>\\]+"), "một địa chỉ https://…"),
    "url": (re.compile(r"https?://[^\s\"'<>\\]+"), "một địa chỉ https://…"),
    "accent": (re.compile(r"#[0-9a-fA-F]{6}"), "một màu dạng #rrggbb"),
    "email": (re.compile(r"[^\s@\"'<>\\]+@[^\s@\"'<>\\]+|"), "một địa chỉ thư"),
    "phone": (re.compile(r"[0-9+(). \-]*"), "một số điện thoại"),
    "tag_domain": (re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*"), "một tên miền"),
    "mark": (re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*|"), "tên một tệp trong anh/"),
}


def _shaped(found: T) -> T:
    """The same. Raises ValueError where a value is not of its shape."""
    for name, (shape, what) in _SHAPES.items():
        value = getattr(found, name, "")
        if hasattr(found, name) and not shape.fullmatch(value):
            raise ValueError(f"“{name}” phải là {what}, không phải “{value}”")
    return found


def _publisher(row: Row) -> Publisher:
    written = row.get("links", [])
    links = tuple(_shaped(build(Agency, link)) for link in (written if isinstance(written, list) else [written]))
    return _shaped(build(Publisher, {**row, "links": list(links)}))


def _anniversary(row: Row) -> Anniversary:
    found = build(Anniversary, row)
    date(2024, found.month, found.day)  # a leap year has every day
    if not 1 <= found.year <= 9999:
        raise ValueError("“year” phải là một năm")
    return found


def section_order(catalogue: Catalogue, names: set[str]) -> list[str]:
    """Section names: declared ones in their order, then others by name."""
    order = {s.name: s.order for s in catalogue.sections}
    return sorted(names, key=lambda name: (order.get(name, 999), fold(name)))
