"""Values of a header's fields, with a diagnostic where one is not what it should be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bantin.diagnostics import Diagnostic
from bantin.source import Source
from bantin.vietnamese import parse_moment

E = TypeVar("E", bound=StrEnum)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\/][^\s\"'<>\\]*(?<![.,:])")
_YES = {"yes": True, "true": True, "có": True, "no": False, "false": False, "không": False}


class Status(StrEnum):
    """Pelican's states: a hidden article has a page but stands in no list; a skipped one is not read at all."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    SKIP = "skip"


@dataclass(frozen=True)
class SourceName:
    """Where facts come from: a name (the host of the address where none is given) and an absolute address or nothing."""

    name: str
    url: str


def source_names(value: str) -> tuple[SourceName, ...]:
    """`Tên báo, https://…`, several separated by `;`."""
    found = []
    for part in filter(None, (p.strip() for p in value.split(";"))):
        address = _ADDRESS.search(part)
        url = address.group() if address else ""
        name = ", ".join(filter(None, (side.strip(" ,") for side in part.split(url, 1)))) if url else part
        found.append(SourceName(name or url.split("/")[2], url))
    return tuple(found)


def names(value: str) -> tuple[str, ...]:
    """Pelican's rule for lists: by `;` where there is one, else by `,`; each once."""
    parts = value.split(";") if ";" in value else value.split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def moment(source: Source, key: str, problems: list[Diagnostic]) -> datetime | None:
    """A point in time, aware; None where missing or wrong."""
    field = source.field(key)
    found = parse_moment(field.value) if field else None
    if field and not found:
        problems.append(source.at(field, "DB03", f"“{field.value}” không phải ngày giờ", "viết như 2023-11-28 07:30"))
    return found


def whole(source: Source, key: str, default: int, problems: list[Diagnostic], least: int = 0) -> int:
    """A whole number, thousands with or without a dot."""
    field = source.field(key)
    if not field:
        return default
    digits = field.value.replace(".", "")
    if re.fullmatch(r"[0-9]{1,7}|[0-9]{1,3}(\.[0-9]{3})+", field.value) and len(digits) < 8 and int(digits) >= least:
        return int(digits)
    problems.append(source.at(field, "DB10", f"“{field.value}” không phải một số nguyên", "viết bằng chữ số, ví dụ 4916"))
    return default


def yes(source: Source, key: str, problems: list[Diagnostic]) -> bool:
    """Yes or no; no where missing."""
    field = source.field(key)
    if not field:
        return False
    if field.value.casefold() not in _YES:
        problems.append(source.at(field, "DB04", f"“{field.value}” không phải yes hay no", "viết yes hoặc no"))
    return _YES.get(field.value.casefold(), False)


def choice(source: Source, key: str, kind: type[E], missing: E, wrong: E, problems: list[Diagnostic]) -> E:
    """One of a few words: `missing` where the field is not there, `wrong` (the safe side) where it is none of them."""
    field = source.field(key)
    if not field:
        return missing
    try:
        return kind(field.value.casefold())
    except ValueError:
        words = " hoặc ".join(kind)
        problems.append(source.at(field, "DB04", f"“{field.value}” không có trong danh sách", f"viết {words}"))
        return wrong


def is_month(text: str) -> bool:
    """`2023-11` is a month; `2023-13` is not."""
    return bool(re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text))
