"""An article: its header becomes values, or diagnostics."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bantin.alike import shares
from bantin.diagnostics import Diagnostic
from bantin.documents import split
from bantin.header import SourceName, Status, choice, is_month, moment, names, source_names, yes
from bantin.source import Source, check_keys
from bantin.vietnamese import ZONE, parse_day

KEYS = (
    "Title", "Date", "Category", "Authors", "Author", "Tags", "Summary", "Resolutions", "Image", "Image_alt", "Image_caption",
    "Image_credit", "Audience", "Status", "Modified", "Bulletin", "Column", "Source", "Embargo", "Correction", "Featured", "Slug",
)  # fmt: skip

_CORRECTION = re.compile(r"(?P<day>[\d/.-]+)\s*:\s*(?P<wrong>.+?)\s*(?:→|->|=>)\s*(?P<right>.+)")


class Audience(StrEnum):
    """Who may read: everybody, or only the readers of the printed issue."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class PictureUse:
    """A picture where it is used: `file` below `content/`, with what the article says of it."""

    file: str
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Correction:
    """A correction: the day, what was wrong, what is right."""

    day: date
    wrong: str
    right: str


@shares("section", "authors", "tags", "documents", "month", "column")
@dataclass(frozen=True)
class Article:
    """The header of an article. `month` is the issue (`2023-11`) or empty; `documents` as written."""

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
    corrections: tuple[Correction, ...]  # the first one first
    featured: bool
    stamp: str = field(default="", compare=False)  # of the header

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def corrected(self) -> datetime | None:
        """When it was last corrected, never before its own date; a correction has a day and no hour."""
        return max(self.date, datetime.combine(self.corrections[-1].day, time(), ZONE)) if self.corrections else None

    @property
    def changed(self) -> datetime | None:
        """When it was last modified or corrected."""
        return max((moment for moment in (self.modified, self.corrected) if moment), default=None)


def read_article(source: Source, slug: str, internal: bool) -> tuple[Article | None, list[Diagnostic]]:
    """An article's file as a value. internal: it lies in `noi-bo/`, so it is internal whatever its header says."""
    problems = check_keys(source, KEYS, ("Title", "Date", "Category"))
    date = moment(source, "date", problems)
    article = Article(
        path=source.path,
        slug=slug,
        title=source.get("title"),
        date=date or datetime.min,
        modified=moment(source, "modified", problems),
        section=source.get("category"),
        authors=names(source.get("authors") or source.get("author")),
        tags=names(source.get("tags")),
        lead=source.get("summary"),
        documents=split(source.get("resolutions")),
        picture=_picture(source, problems),
        audience=_audience(source, internal, problems),
        status=choice(source, "status", Status, Status.PUBLISHED, Status.DRAFT, problems),
        month=_month(source, date, problems),
        column=source.get("column"),
        sources=source_names(source.get("source")),
        embargo=moment(source, "embargo", problems),
        corrections=_corrections(source, problems),
        featured=yes(source, "featured", problems),
        stamp=source.head,
    )
    return (article if date and article.title and article.section else None), problems


def _audience(source: Source, internal: bool, problems: list[Diagnostic]) -> Audience:
    """Unknown means internal: the safe side, besides being an error."""
    field = source.field("audience")
    found = choice(source, "audience", Audience, Audience.PUBLIC, Audience.INTERNAL, problems)
    if internal and field and found is Audience.PUBLIC:
        problems.append(
            source.at(field, "DB08", "bài trong noi-bo/ không thể công khai", "chuyển tệp sang bai-viet/ hoặc bỏ dòng Audience")
        )
    return Audience.INTERNAL if internal else found


def _month(source: Source, date: datetime | None, problems: list[Diagnostic]) -> str:
    field = source.field("bulletin")
    if not field:
        return f"{date:%Y-%m}" if date else ""
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
        problems.append(
            source.at(field, "HA02", f"ảnh “{field.value}” thiếu mô tả", "thêm dòng “Image_alt: …” nói ảnh cho thấy gì")
        )
    return PictureUse(picture_path(field.value), alt, source.get("image_caption"), source.get("image_credit"))


def picture_path(written: str) -> str:
    """Where a picture lies below `content/`: names without a folder are in `anh/`."""
    bare = re.sub(r"^[{|](?:static|attach|filename)[|}]", "", written).removeprefix("/")
    return bare if "/" in bare else f"anh/{bare}"


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
    return tuple(sorted(found, key=lambda correction: correction.day))
