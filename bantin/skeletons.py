"""New files with their header filled in, for editors who start from nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bantin import vietnamese
from bantin.header import is_month
from bantin.vietnamese import slug


class BadRequest(Exception):
    """The file cannot be made; the message is Vietnamese."""


def _article(title: str, now: datetime) -> tuple[str, str]:
    header = f"Title: {title}\nDate: {now:%Y-%m-%d %H:%M}\nCategory: \nAuthors: Ban Biên tập\nTags: \nSummary: \nResolutions: \nSource: \nStatus: draft\n"
    return f"{now:%Y}/{slug(title)}.md", header


def _document(number: str, now: datetime) -> tuple[str, str]:
    return f"{slug(number)}-{now:%Y}.md", f"Title: về …\nNumber: {number}\nKind: \nIssuer: \nTerm: \nIssued: \nSource: \n"


def _issue(month: str, _now: datetime) -> tuple[str, str]:
    if not is_month(month):
        raise BadRequest(f"“{month}” không phải một tháng; viết như 2023-11")
    header = f"Title: Thông báo nội bộ\nNumber: {int(month[5:])}\nMonth: {month}\nLicence: \nLicensed: \nPrint_run: \nPrinter: \nResponsible: \n"
    return f"{month}.md", header


KINDS: dict[str, Callable[[str, datetime], tuple[str, str]]] = {
    "bai-viet": _article,
    "noi-bo": _article,
    "van-ban": _document,
    "ban-tin": _issue,
}


def create(content: Path, kind: str, title: str, now: datetime | None = None) -> Path:
    """Make `content/KIND/…` with a header; the path. Raises `BadRequest`, also where the file is there already."""
    if kind not in KINDS:
        raise BadRequest(f"không có loại “{kind}”; chọn một trong: {', '.join(KINDS)}")
    title = " ".join(title.split())  # a line break would end the key
    if not slug(title):
        raise BadRequest("tiêu đề phải có chữ hoặc số")
    name, header = KINDS[kind](title, now or vietnamese.now())
    path = content / kind / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(f"{header}\n")
    except FileExistsError:
        raise BadRequest(f"đã có tệp {path}") from None
    return path
