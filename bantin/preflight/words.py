"""Checks of what the pages say: the text, the contents, the index of documents, the imprint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from bantin.citing import Reader
from bantin.outputs.setter import Issuing
from bantin.preflight.fonts import UNKNOWN
from bantin.preflight.glyphs import Glyph
from bantin.preflight.pdf import Link, Pdf, squeeze
from bantin.preflight.proofs import Outcome, Proofs, check
from bantin.preflight.structure import Block, Structure
from bantin.vietnamese import short_date

MARGIN = 8.0  # points
ASCENT, DESCENT = 0.75, 0.25  # of the size: letters with two marks stand higher, but far from the trim
INDEX = "Văn bản được dẫn trong số này"


@check("Văn bản trên trang")
def text(proofs: Proofs) -> Outcome:
    """All text is NFC and known; none is within 8 pt of the trim, or outside it."""
    problems, letters, nearest = [], 0, float("inf")
    for pdf in (proofs.screen, proofs.print):
        problems += [] if any(pdf.glyphs) else [f"{pdf.name}: không có chữ nào"]
        for number, page in enumerate(pdf.glyphs, 1):
            where = f"{pdf.name} trang {number}"
            letters += len(page)
            for line in _lines(page):
                written = "".join(g.text for g in line)
                if UNKNOWN in written or any(unicodedata.category(c) in ("Co", "Cn") for c in written):
                    problems.append(f"{where}: chữ không rõ trong “{written.strip()}”")
                if not unicodedata.is_normalized("NFC", written):
                    problems.append(f"{where}: chữ tổ hợp rời (không phải NFC) trong “{written.strip()}”")
                away = min((_away(g, pdf.trim(number)) for g in line if g.text.strip()), default=nearest)
                nearest = min(nearest, away)
                if away < MARGIN:
                    problems.append(f"{where}: “{written.strip()}” cách mép cắt {away:.1f} pt")
    return f"{letters} chữ, gần mép nhất {nearest:.1f} pt", problems


def _lines(page: tuple[Glyph, ...]) -> Iterator[list[Glyph]]:
    """Letters that follow each other at one height."""
    for _, line in groupby(page, key=lambda g: (round(g.y, 1), g.mark)):
        yield list(line)


def _away(glyph: Glyph, trim: tuple[float, float, float, float]) -> float:
    """How far a letter is from the nearest edge; negative outside."""
    left, bottom, right, top = trim
    xs, ys = (glyph.x, glyph.to_x), (glyph.y, glyph.to_y)
    high, low = ASCENT * glyph.size, DESCENT * glyph.size
    return min(min(xs) - left, right - max(xs), min(ys) - low - bottom, top - max(ys) - high)


@check("Mục lục")
def contents(proofs: Proofs) -> Outcome:
    """Every number that the contents print is the page that the line's link reaches, and every article has its line."""
    pdf, problems, reached = proofs.screen, [], set[str]()
    if not pdf.outline:
        return "không có", ["screen.pdf: không có dấu trang"]
    first, numbered = pdf.outline[0].page, 0
    for link in pdf.links:
        row = pdf.row(link) if link.page < first else []
        if not row or not row[-1].text.isdigit():
            continue  # a column's own line has no number: its first article says the page
        numbered += 1
        words = " ".join(w.text for w in sorted(row, key=lambda w: (-round(w.middle), w.left)))
        if int(row[-1].text) != link.goal:
            problems.append(f"trang {link.page}: “{words}” dẫn tới trang {link.goal}")
        reached |= {b.title for b in pdf.outline if b.page == link.goal and squeeze(b.title)[:40] in squeeze(words)}
    for article in proofs.said("articles"):
        title = " ".join(str(article["title"]).split())
        found = [b for b in pdf.outline if b.title == title]
        if not found or title not in reached:
            problems.append(f"“{title}”: không có trong mục lục" if found else f"“{title}”: không có dấu trang")
        problems += [f"trang {b.page}: không có tên bài “{title}”" for b in found if not _stands(pdf, b.page, title)]
    return f"{numbered} dòng có số trang", problems


def _stands(pdf: Pdf, page: int, words: str) -> bool:
    return 0 < page <= len(pdf.squeezed) and squeeze(words)[:40] in pdf.squeezed[page - 1]


@check("Bảng tra văn bản")
def index(proofs: Proofs) -> Outcome:
    """Every page number in the index of documents names a page on which that document stands."""
    pdf, documents = proofs.screen, proofs.said("documents")
    entries = list(_index_entries(proofs))
    problems, listed, numbers, unread = [], set[str](), 0, 0
    for entry in entries:
        named = [d for d in documents if d["id"] not in listed and squeeze(_whole(entry)).startswith(squeeze(d["name"]))]
        printed = [(_number(pdf, link), link.goal) for link in pdf.links if _holds(entry, link)]
        problems += [f"{entry.text}: số trang “{n}” dẫn tới trang {goal}" for n, goal in printed if n != goal]
        pages = [n for n, _ in printed]
        if not named or not pages:
            problems.append(f"{entry.text}: " + ("không có số trang" if named else "không có trong proof.json"))
            continue
        document = max(named, key=lambda d: len(d["name"]))
        listed.add(document["id"])
        numbers += len(pages)
        if pages != sorted(set(pages)):
            problems.append(f"“{document['name']}”: số trang không theo thứ tự: {pages}")
        other = [n for n in pages if not _names(pdf, n, document)]
        if proofs.issuing is None:
            unread += len(other)
            continue
        missing = [n for n in other if not _cites(proofs.issuing, proofs.structure, n, str(document["id"]))]
        problems += [f"trang {n}: không có “{document['number']}”" for n in missing]
    problems += [f"“{d['name']}”: không có trong bảng tra" for d in documents if d["id"] not in listed]
    left = f", {unread} chưa đối chiếu (không có nội dung)" if unread else ""
    return f"{len(entries)} văn bản, {numbers} số trang{left}", problems


def _index_entries(proofs: Proofs) -> Iterator[Block]:
    """The paragraphs of the index, from its heading to the next, or to the imprint on the last page."""
    inside, last = False, len(proofs.screen.pages)
    for block in proofs.structure.blocks:
        if block.kind == "H1":
            inside = "".join(line.text for line in block.lines) == INDEX
        elif inside and block.lines and block.pages[0] < last:
            yield block


def _whole(entry: Block) -> str:
    return " ".join(line.text for line in entry.lines)


def _holds(entry: Block, link: Link) -> bool:
    """Whether a link is in a line of an entry; only its page numbers are links."""
    _, bottom, _, top = link.box
    return any(line.page == link.page and bottom - 1 < line.height < top for line in entry.lines)


def _number(pdf: Pdf, link: Link) -> int:
    """The number printed on a link; 0 where there is none."""
    left, bottom, right, top = link.box
    shown = "".join(g.text for g in pdf.glyphs[link.page - 1] if left - 1 < g.x < right and bottom - 1 < g.y < top)
    return int(shown) if shown.isdigit() else 0


def _names(pdf: Pdf, page: int, document: dict[str, Any]) -> bool:
    """Whether a page names a document: its number, or the type with the bare number (“Chỉ thị số 05”)."""
    if not 0 < page <= len(pdf.squeezed):
        return False
    kind, number = str(document["name"]).partition(" số ")[0], re.match(r"\d+", str(document["number"]))
    short = {squeeze(f"{kind} {between}{number[0]}") for between in ("", "số ")} if number else set()
    return any(words in pdf.squeezed[page - 1] for words in {squeeze(str(document["number"] or document["name"])), *short})


def _cites(issuing: Issuing, structure: Structure, page: int, document: str) -> bool:
    """Whether the text of a page names a document otherwise (“Nghị quyết Trung ương 4 khóa XII”), as the house reads it."""
    content = issuing.content
    meant = next((d for d in content.registry.documents if d.id == document), None)
    if meant is None:
        return False
    reader = Reader(content.registry, content.catalogue, None, (meant,))
    texts = (" ".join(line.text for line in b.lines if line.page == page) for b in structure.blocks if page in b.pages)
    return any(reference.document is meant for text in texts for reference in reader.read(text.replace("\u00a0", " ")))


@check("Thông tin xuất bản")
def imprint(proofs: Proofs) -> Outcome:
    """The last page says what the rules on bulletins want (the keys of `imprint` in proof.json)."""
    said, pdf = proofs.said("imprint"), proofs.screen
    last = squeeze(pdf.texts[-1]).casefold() if pdf.texts else ""
    problems, wanted = [], dict(_imprint(said))
    for what, words in wanted.items():
        if not words:
            problems.append(f"proof.json: chưa có {what}")
        elif squeeze(words).casefold() not in last:
            problems.append(f"trang {len(pdf.texts)}: không có {what} “{words}”")
    return f"{len(wanted) - len(problems)}/{len(wanted)} mục ở trang cuối", problems


def _day(written: str) -> str:
    """A day as it is printed: 2024-01-05 is 05/01/2024; words stay words."""
    try:
        return short_date(date.fromisoformat(written))
    except ValueError:
        return written


def _imprint(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What has to stand on the last page; a sample publisher says in brackets that it has no licence, and then no date."""
    licence, copies = str(said.get("licence", "")), said.get("copies")
    yield "tên bản tin", str(said.get("name", ""))
    yield "cơ quan xuất bản", str(said.get("publisher", ""))
    yield "giấy phép", licence
    if not licence.startswith("("):
        yield "ngày cấp phép", _day(str(said.get("licensed", "")))
    yield "số lượng in", f"In {int(copies):,} cuốn".replace(",", ".") if copies else ""
    yield "nơi in", str(said.get("printer", "")).removeprefix("In tại ")
    yield "người chịu trách nhiệm", str(said.get("responsible", ""))
    yield "nộp lưu chiểu", "nộp lưu chiểu"
