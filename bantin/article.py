"""An article, a page, an author's profile and an issue: headers become values, or diagnostics."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bantin.catalogue import Catalogue
from bantin.diagnostics import Diagnostic, nearest
from bantin.documents import split
from bantin.source import Source, check_keys
from bantin.vietnamese import parse_day, parse_moment

KEYS = (
    "Title", "Date", "Category", "Authors", "Author", "Tags", "Summary", "Resolutions", "Image", "Image_alt", "Image_caption",
    "Image_credit", "Audience", "Status", "Modified", "Bulletin", "Column", "Source", "Embargo", "Correction", "Featured", "Slug",
)  # fmt: skip
PAGE_KEYS = ("Title", "Summary", "Order", "Slug", "Status")
PROFILE_KEYS = ("Name", "Role", "Slug")
ISSUE_KEYS = ("Title", "Number", "Month", "Licence", "Licensed", "Print_run", "Printer", "Responsible", "Columns", "Date")

_ADDRESS = re.compile(r"https?://\S+")
_CORRECTION = re.compile(r"(?P<day>[\d/.-]+)\s*:\s*(?P<wrong>.+?)\s*(?:→|->|=>)\s*(?P<right>.+)")
_YES = {"yes": True, "true": True, "có": True, "no": False, "false": False, "không": False}


class Audience(StrEnum):
    """Who may read: everybody, or only the readers of the printed issue."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Status(StrEnum):
    """Pelican's states: a hidden article has a page but stands in no list; a skipped one is not read at all."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class PictureUse:
    """A picture where it is used: `file` below `content/`, with what the article says of it."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class SourceName:
    """Where facts come from: a name and an absolute address, either may be empty."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction: the day, what was wrong, what is right."""

    day: date
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its file states it. `month` is the issue (`2023-11`) or empty; `documents` as written."""

    path: str
    slug: str
    title: str
    date: datetime
    modified: datetime | None
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    lead: str
    documents: tuple[str, ...]
    picture: PictureUse | None
    audience: Audience
    status: Status
    month: str
    column: str
    sources: tuple[SourceName, ...]
    embargo: datetime | None
    corrections: tuple[Correction, ...]
    featured: bool
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of `trang/`, in the order of the menu."""

    path: str
    slug: str
    title: str
    lead: str
    order: int
    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An author or desk."""

    path: str
    slug: str
    name: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A monthly issue; `path` is empty where it was put together without a file."""

    path: str
    month: str
    title: str
    number: int
    licence: str = ""
    licensed: str = ""
    print_run: int = 0
    printer: str = ""
    responsible: str = ""
    columns: tuple[str, ...] = ()
    text: str = ""

    @property
    def label(self) -> str:
        """`Số 11, tháng 11/2023`."""
        return f"Số {self.number}, tháng {int(self.month[5:])}/{self.month[:4]}"


def read_article(source: Source, slug: str, internal: bool) -> tuple[Article | None, list[Diagnostic]]:
    """An article's file as a value. internal: it lies in `noi-bo/`, so it is internal whatever its header says."""
    problems = check_keys(source, KEYS, ("Title", "Date", "Category"))
    moment = _moment(source, "date", problems)
    article = Article(
        path=source.path,
        slug=slug,
        title=source.get("title"),
        date=moment or datetime.min,
        modified=_moment(source, "modified", problems),
        section=source.get("category"),
        authors=_names(source.get("authors") or source.get("author")),
        tags=_names(source.get("tags")),
        lead=source.get("summary"),
        documents=split(source.get("resolutions")),
        picture=_picture(source, problems),
        audience=_audience(source, internal, problems),
        status=_choice(source, "status", Status, Status.PUBLISHED, problems),
        month=_month(source, moment, problems),
        column=source.get("column"),
        sources=tuple(_source(part) for part in split(source.get("source"))),
        embargo=_moment(source, "embargo", problems),
        corrections=_corrections(source, problems),
        featured=_yes(source, "featured", problems),
        text=source.body,
    )
    return (article if moment and article.title and article.section else None), problems


def read_page(source: Source, slug: str) -> tuple[Page | None, list[Diagnostic]]:
    """A page's file as a value."""
    problems = check_keys(source, PAGE_KEYS, ("Title",))
    status = _choice(source, "status", Status, Status.PUBLISHED, problems)
    order = _whole(source, "order", 99, problems)
    title = source.get("title")
    return (Page(source.path, slug, title, source.get("summary"), order, status, source.body) if title else None), problems


def read_profile(source: Source, slug: str) -> tuple[Profile | None, list[Diagnostic]]:
    """An author's file as a value."""
    problems = check_keys(source, PROFILE_KEYS, ("Name",))
    name = source.get("name")
    return (Profile(source.path, slug, name, source.get("role"), source.body) if name else None), problems


def read_issue(source: Source, catalogue: Catalogue) -> tuple[Issue | None, list[Diagnostic]]:
    """An issue's file as a value."""
    problems = check_keys(source, ISSUE_KEYS, ("Title", "Number", "Month"))
    month, number = source.field("month"), _whole(source, "number", 0, problems)
    if month and not is_month(month.value):
        problems.append(source.at(month, "DB03", f"“{month.value}” không phải một tháng", "viết như 2023-11"))
    columns = split(source.get("columns")) or tuple(c.name for c in sorted(catalogue.columns, key=lambda c: c.order))
    known = {c.name for c in catalogue.columns}
    for name in columns:
        if name not in known:
            near = nearest(name, known)
            hint = f"có phải “{near}”?" if near else "xem danh-muc/cot-muc.toml"
            problems.append(source.at(source.field("columns"), "BT02", f"chuyên mục “{name}” không có trong danh mục", hint))
    issue = Issue(
        source.path, source.get("month"), source.get("title"), number, source.get("licence"), source.get("licensed"),
        _whole(source, "print_run", 0, problems), source.get("printer"), source.get("responsible"), columns, source.body,
    )  # fmt: skip
    return (issue if issue.title and number and is_month(issue.month) else None), problems


def is_month(text: str) -> bool:
    """`2023-11` is a month; `2023-13` is not."""
    return bool(re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text))


def _names(value: str) -> tuple[str, ...]:
    """Pelican's rule for lists: by `;` where there is one, else by `,`; each once."""
    parts = value.split(";") if ";" in value else value.split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _moment(source: Source, key: str, problems: list[Diagnostic]) -> datetime | None:
    field = source.field(key)
    moment = parse_moment(field.value) if field else None
    if field and not moment:
        problems.append(source.at(field, "DB03", f"“{field.value}” không phải ngày giờ", "viết như 2023-11-28 07:30"))
    return moment


def _whole(source: Source, key: str, default: int, problems: list[Diagnostic]) -> int:
    field = source.field(key)
    if not field:
        return default
    digits = field.value.replace(".", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 8:
        return int(digits)
    problems.append(source.at(field, "DB10", f"“{field.value}” không phải một số nguyên", "viết bằng chữ số, ví dụ 4916"))
    return default


def _yes(source: Source, key: str, problems: list[Diagnostic]) -> bool:
    field = source.field(key)
    if field and field.value.casefold() not in _YES:
        problems.append(source.at(field, "DB04", f"“{field.value}” không phải yes hay no", "viết yes hoặc no"))
    return bool(field) and _YES.get(field.value.casefold(), False)  # type: ignore[union-attr]


def _choice(source: Source, key: str, kind: type[Status], default: Status, problems: list[Diagnostic]) -> Status:
    field = source.field(key)
    if not field:
        return default
    try:
        return kind(field.value.casefold())
    except ValueError:
        problems.append(source.at(field, "DB04", f"“{field.value}” không phải một trạng thái", "viết " + " hoặc ".join(kind)))
        return Status.DRAFT


def _audience(source: Source, internal: bool, problems: list[Diagnostic]) -> Audience:
    """Unknown means internal: the safe side, besides being an error."""
    field = source.field("audience")
    value = field.value.casefold() if field else ""
    if field and value not in set(Audience):
        problems.append(source.at(field, "DB04", f"đối tượng “{field.value}” không có trong danh sách", "viết public hoặc internal"))
        return Audience.INTERNAL
    if internal and value == Audience.PUBLIC:
        problems.append(source.at(field, "DB08", "bài trong noi-bo/ không thể công khai", "chuyển tệp sang bai-viet/ hoặc bỏ dòng Audience"))
    return Audience.INTERNAL if internal or value == Audience.INTERNAL else Audience.PUBLIC


def _month(source: Source, moment: datetime | None, problems: list[Diagnostic]) -> str:
    field = source.field("bulletin")
    if not field:
        return f"{moment:%Y-%m}" if moment else ""
    if field.value.casefold() == "none":
        return ""
    if not is_month(field.value):
        problems.append(source.at(field, "DB03", f"“{field.value}” không phải một tháng", "viết như 2023-11, hoặc none"))
        return ""
    return field.value


def _picture(source: Source, problems: list[Diagnostic]) -> PictureUse | None:
    field = source.field("image")
    if not field:
        return None
    alt = source.get("image_alt")
    if not alt:
        problems.append(source.at(field, "HA02", f"ảnh “{field.value}” thiếu mô tả", "thêm dòng “Image_alt: …” nói ảnh cho thấy gì"))
    return PictureUse(picture_path(field.value), alt, source.get("image_caption"), source.get("image_credit"))


def picture_path(written: str) -> str:
    """Where a picture lies below `content/`: names without a folder are in `anh/`."""
    bare = re.sub(r"^[{|](?:static|attach|filename)[|}]", "", written).removeprefix("/")
    return bare if "/" in bare else f"anh/{bare}"


def _source(text: str) -> SourceName:
    found = _ADDRESS.search(text)
    url = found.group() if found else ""
    return SourceName(text.replace(url, "").strip(" ,") if url else text, url)


def _corrections(source: Source, problems: list[Diagnostic]) -> tuple[Correction, ...]:
    field = source.field("correction")
    found = []
    for part in split(field.value) if field else ():
        match = _CORRECTION.fullmatch(part)
        day = parse_day(match["day"]) if match else None
        if match and day:
            found.append(Correction(day, match["wrong"], match["right"]))
        else:
            problems.append(source.at(field, "DB09", f"đính chính “{part}” không đúng dạng", "viết như “2023-12-02: sai → đúng”"))
    return tuple(found)


