"""The catalogues of `content/danh-muc/*.toml`. Norms change, so they are data; a missing file is taken from the project's own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bantin.diagnostics import Diagnostic, Refused, nearest
from bantin.vietnamese import fold, same_words

T = TypeVar("T")
Row = Mapping[str, Any]


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

    def table(name: str, key: str, build: Callable[[Row], T], own: bool = False) -> tuple[T, ...]:
        """own: only the folder itself can say this; it may be silent."""
        if own and not (folder / name).is_file():
            files[name] = f"{folder.parent.name}/danh-muc/{name}"
            return ()
        data, text, label = _toml(folder, fallback, name, problems)
        files[name] = label
        if data is None:
            return ()
        for other in data.keys() - {key} if key else ():
            problems.append(Diagnostic(label, 1, 1, "DM01", f"bảng “{other}” không có trong danh sách", f"có phải “[[{key}]]”?"))
        rows = data.get(key, []) if key else [data]
        starts = [n for n, line in enumerate(text.split("\n"), 1) if key and line.strip().startswith(f"[[{key}]]")]
        return tuple(_rows(rows, build, label, key or name, starts, problems))

    publishers = table("co-quan-xuat-ban.toml", "", _publisher)
    catalogue = Catalogue(
        publisher=publishers[0] if publishers else Publisher("", "", ""),
        types=table("loai-van-ban.toml", "loai", lambda row: _build(DocumentType, row)),
        issuers=table("co-quan-ban-hanh.toml", "co-quan", lambda row: _build(Issuer, row)),
        terms=table("khoa.toml", "khoa", lambda row: _build(Term, row)),
        sections=table("chuyen-muc.toml", "chuyen-muc", lambda row: _build(Section, row)),
        columns=table("cot-muc.toml", "cot-muc", lambda row: _build(Column, row)),
        anniversaries=table("ngay-ky-niem.toml", "ngay", lambda row: _build(Anniversary, row)),
        abbreviations=table("chu-viet-tat.toml", "chu", lambda row: _build(Abbreviation, row)),
        receivers=table("noi-nhan.toml", "noi-nhan", lambda row: _build(Receiver, row), own=True),
        files=files,
    )
    if problems:
        raise Refused(problems)
    return catalogue


def _toml(folder: Path, fallback: Path | None, name: str, problems: list[Diagnostic]) -> tuple[dict[str, Any] | None, str, str]:
    """What a file says (None where it cannot be read), its text, and how messages call it."""
    path = next((f / name for f in (folder, fallback) if f and (f / name).is_file()), folder / name)
    label = f"{path.parent.parent.name}/danh-muc/{name}"
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text), text, label
    except FileNotFoundError:
        problems.append(Diagnostic(label, 1, 1, "DM01", "không có tệp danh mục này", "chép tệp cùng tên từ kho mẫu"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = f"tệp danh mục không đọc được: {error}"
        problems.append(Diagnostic(label, *_place(str(error)), "DM01", message, "xem lại dòng này"))
    return None, "", label


def _place(message: str) -> tuple[int, int]:
    """tomllib says `(at line 3, column 7)`; anything else is the top of the file."""
    _, _, tail = message.partition("(at line ")
    line, _, column = tail.rstrip(")").partition(", column ")
    return (int(line), int(column)) if line.isdigit() and column.isdigit() else (1, 1)


def _rows(rows: Any, build: Callable[[Row], T], label: str, key: str, starts: list[int], problems: list[Diagnostic]) -> list[T]:
    """starts: the line on which each row begins, as far as they could be told."""
    built = []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        try:
            built.append(build(row))
        except (TypeError, ValueError) as error:
            line = starts[number - 1] if number <= len(starts) else 1
            message = f"mục thứ {number} của “{key}” không đúng: {error}"
            problems.append(Diagnostic(label, line, 1, "DM01", message, "so với mẫu trong docs/danh-muc.md"))
    return built


def _build(kind: type[T], row: Row) -> T:
    """A row as its dataclass. Raises ValueError, in Vietnamese, for unknown, missing or mistyped keys."""
    if not isinstance(row, Mapping):
        raise ValueError("phải là một bảng “khóa = giá trị”")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = {"from": "since"}.get(key, key)
        if name not in known:
            asked = f"; có phải “{near}”?" if (near := nearest(key, known)) else ""
            raise ValueError(f"khóa “{key}” không có trong danh sách{asked}")
        values[name] = tuple(value) if isinstance(value, list) else value
        wanted = str(known[name].type).split(" | ")[0].split("[")[0]
        words = wanted != "tuple" or "str" not in str(known[name].type) or all(isinstance(v, str) for v in value)
        if wanted != type(values[name]).__name__ or not words:
            raise ValueError(f"“{key}” phải là kiểu {wanted}")
    missing = [n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING and n not in values]
    if missing:
        raise ValueError("thiếu " + ", ".join(missing))
    return kind(**values)


def _publisher(row: Row) -> Publisher:
    written = row.get("links", [])
    links = tuple(_build(Agency, link) for link in (written if isinstance(written, list) else [written]))
    return _build(Publisher, {**row, "links": list(links)})


def section_order(catalogue: Catalogue, names: set[str]) -> list[str]:
    """Section names: declared ones in their order, then others by name."""
    order = {s.name: s.order for s in catalogue.sections}
    return sorted(names, key=lambda name: (order.get(name, 999), fold(name)))
