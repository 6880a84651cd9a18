"""Checks of the files as files: sound, whole sheets, boxes, fonts, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bantin.preflight.content import INLINE_IMAGE
from bantin.preflight.pdf import MM
from bantin.preflight.proofs import Outcome, Proofs, check
from bantin.preflight.tools import called, one_line, said

SHEET = 4  # pages on a folded sheet
TRIM = (145.0, 205.0)
BLEED = 3.0
CLOSE = 0.05  # mm
LEAST_PPI, MOST_PPI = 300, 600
# Operators that leave something on the page (PDF 32000-1, table 51).
PAINTING = {"S", "s", "f", "F", "f*", "B", "B*", "", "b*", "sh", "Do", INLINE_IMAGE, "Tj", "TJ", "'", '"'}


@check("Tệp PDF không hỏng (qpdf)")
def soundness(proofs: Proofs) -> Outcome:
    """`qpdf --check` leaves with 0 for each of the three files."""
    problems = []
    for pdf in proofs.pdfs:
        if not pdf.path.is_file():
            problems.append(f"thiếu tệp {pdf.name}")
            continue
        done = called("qpdf", "--check", pdf.path)
        if done.returncode:
            problems.append(f"{pdf.name}: {one_line(done.stderr or done.stdout)}")
    return f"{len(proofs.pdfs) - len(problems)}/{len(proofs.pdfs)} tệp", problems


@check("Số trang")
def page_count(proofs: Proofs) -> Outcome:
    """Whole sheets; no blank page but those that proof.json plans, before the last page; the same in every file."""
    pages, planned = len(proofs.screen.pages), int(proofs.said("blanks"))
    problems = [] if pages % SHEET == 0 else [f"screen.pdf: {pages} trang, không phải bội số của {SHEET}"]
    wanted = list(range(pages - planned, pages))
    for pdf in (proofs.screen, proofs.print):
        blank = [n for n in range(1, len(pdf.pages) + 1) if not any(operator in PAINTING for _, operator in pdf.content(n))]
        if blank != wanted:
            problems.append(f"{pdf.name}: trang trắng {_listed(blank)}, theo proof.json là {_listed(wanted)}")
    for pdf, count in ((proofs.print, pages), (proofs.booklet, pages // 2)):
        if len(pdf.pages) != count:
            problems.append(f"{pdf.name}: {len(pdf.pages)} trang, phải là {count}")
    for key, count in (("pages", pages), ("sheets", pages // SHEET)):
        if proofs.said(key) != count:
            problems.append(f"proof.json: “{key}” là {proofs.said(key)}, tệp có {count}")
    return f"{pages} trang, {planned} trang trắng", problems


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers)) or "không có"


@check("Khung cắt, khung tràn (mm)")
def boxes(proofs: Proofs) -> Outcome:
    """Every page is trimmed to 145 × 205 mm; the print file bleeds 3 mm on each side, and no paper is outside that."""
    problems = []
    for pdf, bleed in ((proofs.screen, 0.0), (proofs.print, BLEED)):
        for number, page in enumerate(pdf.pages, 1):
            trim, outer, media = (_millimetres(box) for box in (page.trimbox, page.bleedbox, page.mediabox))
            size = trim[2] - trim[0], trim[3] - trim[1]
            if not _near(size, TRIM):
                problems.append(f"{pdf.name} trang {number}: khung cắt {size[0]:.2f} × {size[1]:.2f}")
            sides = (trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])
            if not _near(sides, (bleed,) * 4):
                problems.append(f"{pdf.name} trang {number}: tràn {' / '.join(f'{s:.2f}' for s in sides)}, phải là {bleed:g}")
            if not _near(media, outer):
                problems.append(f"{pdf.name} trang {number}: khổ giấy {media[2] - media[0]:.2f} × {media[3] - media[1]:.2f}")
            if page.get("/Rotate", 0) or page.get("/UserUnit", 1) != 1:
                problems.append(f"{pdf.name} trang {number}: trang bị xoay hoặc đổi đơn vị")
    return f"{TRIM[0]:g} × {TRIM[1]:g}, tràn {BLEED:g}", problems


def _millimetres(box: Any) -> tuple[float, ...]:
    return tuple(float(x) / MM for x in box)


def _near(values: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return all(abs(a - b) <= CLOSE for a, b in zip(values, wanted, strict=True))


@check("Phông chữ nhúng (pdffonts)")
def fonts(proofs: Proofs) -> Outcome:
    """Every font is embedded, a subset, and says its letters; none is of Type 3."""
    problems, names = [], set()
    for pdf in proofs.pdfs:
        rows = list(_columns(said("pdffonts", pdf.path)))
        problems += [] if rows else [f"{pdf.name}: không có phông nào"]
        for row in rows:
            names.add(row["name"].partition("+")[2] or row["name"])
            lacks = [
                word
                for key, word in (("emb", "không nhúng"), ("sub", "không rút gọn"), ("uni", "không có ToUnicode"))
                if row[key] != "yes"
            ]
            lacks += ["loại Type 3"] if row["type"] == "Type 3" else []
            problems += [f"{pdf.name}: phông {row['name']}: {', '.join(lacks)}"] if lacks else []
    return f"{len(names)} phông", problems


def _columns(text: str) -> Iterator[dict[str, str]]:
    """poppler's table: the line of dashes says where its columns are; a long name runs over into the next."""
    head, rule, *rows = text.splitlines()
    spans = [match.span() for match in re.finditer("-+", rule)]
    for row in rows:
        over = max(0, len(row.split(" ")[0]) - spans[0][1])
        edges = [(0, spans[0][1] + over)] + [(a + over, b + over) for a, b in spans[1:]]
        yield {head[a:b].strip(): row[c:d].strip() for (a, b), (c, d) in zip(spans, edges, strict=True)}


@check("Độ phân giải hình (ppi)")
def pictures(proofs: Proofs) -> Outcome:
    """Every picture has 300 to 600 points to the inch where it stands, across and down."""
    problems, seen = [], []
    for pdf in proofs.pdfs:
        for line in said("pdfimages", "-list", pdf.path).splitlines()[2:]:
            cells = line.split()
            page, width, height, across, down = cells[0], cells[3], cells[4], int(cells[-4]), int(cells[-3])
            seen += [across, down]
            if not all(LEAST_PPI <= ppi <= MOST_PPI for ppi in (across, down)):
                problems.append(f"{pdf.name} trang {page}: hình {width} × {height} điểm có {across} × {down} ppi")
    return f"{len(seen) // 2} hình, {min(seen)}–{max(seen)} ppi" if seen else "không có hình", problems
