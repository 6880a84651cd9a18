"""The corpus as a site for Hugo: headers as Hugo's front matter, documents and periods as terms. Bodies stay as they are.

What Hugo has no word for stands in the front matter, as a department that moves to Hugo would write it there: the file names of
the cited documents, the year, month and day of an article. Citations in a text are not linked: Hugo does not know them.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NO_FEEDS = {"cascade": {"outputs": ["html"]}}
LISTS: dict[str, dict[str, Any]] = {
    "chuyen-muc": {"title": "Chuyên mục"},
    "tac-gia": {"title": "Tác giả"},
    "the": {"title": "Thẻ", **NO_FEEDS},
    "van-ban": {"title": "Văn bản"},
    "ban-tin": {"title": "Bản tin in", **NO_FEEDS},
    "nam": {"title": "Lưu trữ", "url": "/luu-tru/", **NO_FEEDS},
    "thang": {"build": {"render": "never"}, **NO_FEEDS},
    "ngay": {"build": {"render": "never"}, **NO_FEEDS},
}
PERIODS = {"nam": ("%Y", "Năm %Y"), "thang": ("%Y-%m", "Tháng %-m/%Y"), "ngay": ("%Y-%m-%d", "Ngày %d/%m/%Y")}


def lay(corpus: Path, site: Path) -> None:
    """Write a whole site: configuration, templates, what is static, pictures, and all content of a corpus."""
    shutil.copytree(ROOT / "bench" / "hugo", site)
    shutil.copytree(ROOT / "theme" / "static", site / "static" / "theme")
    shutil.copytree(corpus / "anh", site / "assets" / "anh")
    for name, front in LISTS.items():
        _write(site / "content" / name / "_index.md", front)
    for file in sorted(corpus.glob("van-ban/*.md")):
        take(corpus, site, file.relative_to(corpus))
    days = {take(corpus, site, file.relative_to(corpus)) for file in sorted(corpus.glob("bai-viet/*/*.md"))}
    for kind in PERIODS:
        _periods(site, kind, sorted(day for day in days if day))


def take(corpus: Path, site: Path, file: Path) -> date | None:
    """Write one article or document of a corpus into the site; the day of an article. file: relative to the corpus."""
    header, body = _read(corpus / file)
    if file.parts[0] == "van-ban":
        _write(site / "content" / "van-ban" / file.stem / "_index.md", _document(header), body)
        return None
    numbers = [number for number in header.get("Resolutions", "").split("; ") if number]
    _write(site / "content" / file, _article(header, numbers), body)
    return date.fromisoformat(header["Date"][:10])


def _read(file: Path) -> tuple[dict[str, str], str]:
    head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def _article(header: dict[str, str], numbers: list[str]) -> dict[str, Any]:
    day = header["Date"][:10]
    front = {
        "title": header["Title"],
        "date": f"{day}T{header['Date'][11:]}:00+07:00",
        "description": header["Summary"],
        "chuyen-muc": [header["Category"]],
        "muc": header["Category"],
        "tac-gia": [header["Authors"]],
        "the": header["Tags"].split(", "),
        "van-ban": [f"{int(number.split('-')[0]):04}-nq-tw" for number in numbers],
        "ban-tin": [day[:7]],
        "nam": [day[:4]],
        "thang": [day[:7]],
        "ngay": [day],
    }
    return front | {key.lower(): value for key, value in header.items() if key.startswith("Image")}


def _document(header: dict[str, str]) -> dict[str, str]:
    return {
        "title": header["Title"],
        "name": f"{header['Kind']} số {header['Number']}",
        "number": header["Number"],
        "kind": header["Kind"],
        "issuer": header["Issuer"],
        "term": "XII",  # in which all of them were issued
        "date": f"{header['Issued']}T00:00:00+07:00",
    }


def _periods(site: Path, kind: str, days: list[date]) -> None:
    """The terms of all years, months or days that have articles, each with its neighbours and what it is a part of."""
    form, title = PERIODS[kind]
    keys = {day.strftime(form): day for day in days}
    names = list(keys)
    for place, (key, day) in enumerate(keys.items()):
        above = [f"/{other}/{day.strftime(PERIODS[other][0])}" for other in PERIODS if len(PERIODS[other][0]) < len(form)]
        around = {"newer": names[place + 1 : place + 2], "older": names[max(0, place - 1) : place]}
        front = {"title": day.strftime(title), "url": f"/luu-tru/{key.replace('-', '/')}/", "period": key, "above": above}
        front |= {where: f"/{kind}/{found[0]}" for where, found in around.items() if found}
        _write(site / "content" / kind / key / "_index.md", front)
        if kind == "thang":
            _write(site / "content" / "ban-tin" / key / "_index.md", {"title": f"Số {day.month}, tháng {day.month}/{day.year}"})


def _write(file: Path, front: dict[str, Any], body: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{json.dumps(front, ensure_ascii=False, indent=1)}\n\n{body}", encoding="utf-8")
