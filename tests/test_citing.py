"""What citations mean in running text, and the warnings about how an article cites."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import CATALOGUES, Write, article, build, source_of
from hypothesis import given
from hypothesis import strategies as st

from bantin.catalogue import load
from bantin.checks import check_documents
from bantin.citations import find
from bantin.citing import Reader, cited
from bantin.content import read_content
from bantin.diagnostics import CODES, RUNNING_TEXT, Severity
from bantin.documents import read_document
from bantin.registry import Registry
from bantin.text_checks import masked

CATALOGUE = load(CATALOGUES)


def header(number: str, kind: str, issuer: str, day: str, more: str = "") -> str:
    """A document's header."""
    return f"Title: về việc thử\nNumber: {number}\nKind: {kind}\nIssuer: {issuer}\nIssued: {day}\n{more}"


FILES = {
    "26-nq-x": header("26-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", "2008-08-05"),
    "26-nq-xii": header(
        "26-NQ/TW", "Nghị quyết", "Ban Chấp hành Trung ương", "2018-05-19", "Known_as: Nghị quyết Trung ương 7 khóa XII"
    ),
    "5-ct": header("05-CT/TW", "Chỉ thị", "Bộ Chính trị", "2016-05-15"),
    "1-kl": header("01-KL/TW", "Kết luận", "Bộ Chính trị", "2021-05-18", "Implements: 05-CT/TW"),
    "47-qd": header("47-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "2011-11-01"),
    "37-qd": header("37-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "2021-10-25", "Replaces: 47-QĐ/TW"),
    "57-nq": header("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22"),
    "12-kh": header("12-KH/TU", "Kế hoạch", "Tỉnh ủy Hòa Bình", "2022-03-04"),
}
DOCUMENTS = [read_document(source_of(text, f"van-ban/{name}.md"), name, CATALOGUE)[0] for name, text in FILES.items()]
REGISTRY = Registry([d for d in DOCUMENTS if d], CATALOGUE)
DAY = date(2025, 6, 1)


def meant(text: str, on: date | None = DAY, context: tuple[str, ...] = ()) -> list[str]:
    """Ids of the documents of each reference in order, `?` where it means none, with `~` before nested ones."""
    reader = Reader(REGISTRY, CATALOGUE, on, [REGISTRY.document(name) for name in context])
    return [("~" if r.nested else "") + (r.document.id if r.document else "?") for r in reader.read(text)]


MEANINGS = [
    ("Nghị quyết 57-NQ/TW", DAY, (), ["57-nq"]),
    ("Nghị quyết 57-NQ/TW", date(2024, 1, 1), (), ["?"]),
    ("Nghị quyết 26-NQ/TW", DAY, (), ["?"]),
    ("Nghị quyết 26-NQ/TW (khóa X)", DAY, (), ["26-nq-x"]),
    ("Nghị quyết 26-NQ/TW năm 2018", DAY, (), ["26-nq-xii"]),
    ("Nghị quyết 26-NQ/TW", date(2010, 1, 1), (), ["26-nq-x"]),
    ("Nghị quyết 26-NQ/TW", DAY, ("26-nq-x",), ["26-nq-x"]),
    ("Nghị quyết 26-NQ/TW, ngày 19/5/2018. Nghị quyết 26-NQ/TW và Nghị quyết 26", DAY, (), ["26-nq-xii"] * 3),
    ("Nghị quyết 26-NQ/TW", DAY, ("26-nq-x", "26-nq-xii"), ["?"]),
    ("Nghị quyết 26 và Chỉ thị 05", DAY, (), ["?", "?"]),
    ("Chỉ thị 05", DAY, ("5-ct",), ["5-ct"]),
    ("Nghị quyết 05-CT/TW", DAY, (), ["?"]),
    ("Nghị quyết Trung ương 7 khóa XII", DAY, (), ["26-nq-xii"]),
    ("Nghị quyết Hội nghị lần thứ bảy Ban Chấp hành Trung ương Đảng (khóa XII)", DAY, (), ["26-nq-xii"]),
    ("Nghị quyết Trung ương 7 khóa XI", DAY, (), ["?"]),
    ("Kế hoạch 12-KH/TU", DAY, (), ["?"]),
    ("Kế hoạch 12-KH/TU của Tỉnh ủy Hòa Bình", DAY, (), ["12-kh"]),
    ("Kế hoạch 12-KH/TU ngày 04/3/2022", DAY, (), ["12-kh"]),
    ("Kế hoạch 12-KH/TU của Tỉnh ủy Lào Cai", DAY, (), ["?"]),
    ("Kế hoạch 12-KH/TU", DAY, ("12-kh",), ["12-kh"]),
    (
        "Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị về tiếp tục thực hiện Chỉ thị số 05-CT/TW, ngày 15/5/2016",
        DAY,
        (),
        ["1-kl", "~5-ct"],
    ),
    ("Kết luận 01-KL/TW và Chỉ thị 05-CT/TW", DAY, (), ["1-kl", "5-ct"]),
    ("Kết luận 01-KL/TW. Về việc thực hiện Chỉ thị 05-CT/TW", DAY, (), ["1-kl", "5-ct"]),
]


@pytest.mark.parametrize(("text", "on", "context", "ids"), MEANINGS, ids=[f"{m[0]} {m[1]} {m[2]}" for m in MEANINGS])
def test_meanings(text: str, on: date, context: tuple[str, ...], ids: list[str]) -> None:
    assert meant(text, on, context) == ids


def test_nested_ones_are_no_citations() -> None:
    references = Reader(REGISTRY, CATALOGUE, DAY).read("Kết luận 01-KL/TW về việc thực hiện Chỉ thị 05-CT/TW")
    assert [d.id for _, d in cited(references)] == ["1-kl"]


@given(st.permutations(sorted(FILES)))
def test_law_meaning_does_not_depend_on_the_order_of_files(order: list[str]) -> None:
    other = Registry([REGISTRY.document(name) for name in order], CATALOGUE)
    for text, on, _, _ in MEANINGS:
        one = [r.document for r in Reader(REGISTRY, CATALOGUE, on).read(text)]
        assert [r.document for r in Reader(other, CATALOGUE, on).read(text)] == one


def test_law_every_document_is_found_by_its_own_citation() -> None:
    for document in REGISTRY.documents:
        (mention, *_) = find(document.citation, CATALOGUE)
        assert REGISTRY.resolve(mention).document is document


# Text of an article, its Resolutions, and (code, line, column, part of the hint) of each warning.
FULL = "Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị"
WARNINGS: list[tuple[str, str, list[tuple[str, int, int, str]]]] = [
    (f"{FULL} nói rõ. Nghị quyết 57-NQ/TW", "57-NQ/TW", []),
    ("Theo Nghị quyết 75-NQ/TW, ngày 22/12/2024", "", [("TD01", 9, 6, "có phải 57-NQ/TW?")]),
    ("Theo Nghị quyết 75-NQ/TW, ngày 01/02/2020", "", []),
    ("Xem `75-NQ/TW`, [Nghị quyết 75-NQ/TW](https://a.example/75-NQ/TW)", "", []),
    ("Học\n\nNghị quyết 26-NQ/TW của Trung ương", "", [("TD02", 11, 1, "khóa X)”; “Nghị quyết số 26-NQ/TW, ngày 19/5/2018")]),
    (
        "Quy định số 47-QĐ/TW, ngày 01/11/2011",
        "47-QĐ/TW",
        [("TD03", 9, 1, "“Quy định số 37-QĐ/TW, ngày 25/10/2021")],
    ),
    ("Quy định số 47-QĐ/TW, ngày 01/11/2011 nay là Quy định số 37-QĐ/TW, ngày 25/10/2021", "47-QĐ/TW; 37-QĐ/TW", []),
    ("Nghị quyết số 57-NQ/TW, ngày 25/12/2024", "57-NQ/TW", [("TD04", 9, 1, "ngày 22/12/2024")]),
    ("Theo Quyết định 37-QĐ/TW, ngày 25/10/2021", "", [("TD05", 9, 6, "viết “Quy định số 37-QĐ/TW”")]),
    ("Theo Nghị quyết 57-NQ của Bộ Chính trị", "", [("TD06", 9, 6, "viết đủ như 57-NQ/TW")]),
    ("Theo Nghị quyết số 57 NQTW và", "", [("TD06", 9, 6, "viết 57-NQ/TW")]),
    ("định 5-NQ và quyết 7-CT", "", []),
    ("Không nói gì.", "57-NQ/TW", [("TD07", 6, 14, "bỏ khỏi dòng Resolutions")]),
    ("Nhắc tới Nghị quyết 57 là đủ.", "57-NQ/TW", []),
    (f"Đọc **{FULL}**", "", [("TD08", 9, 7, "thêm “57-NQ/TW ngày 22/12/2024”")]),
    (f"{FULL}.\n\nVà {FULL}, như trên.", "57-NQ/TW", [("TD10", 11, 4, "viết gọn “Nghị quyết 57-NQ/TW”")]),
    (
        "## Về 57-NQ/TW\n\nĐọc Nghị quyết 57-NQ/TW.",
        "57-NQ/TW",
        [("TD09", 11, 5, "viết “Nghị quyết số 57-NQ/TW, ngày 22/12/2024")],
    ),
]


@pytest.mark.parametrize(("text", "listed", "expected"), WARNINGS, ids=[w[0] for w in WARNINGS])
def test_warnings(write: Write, text: str, listed: str, expected: list[tuple[str, int, int, str]]) -> None:
    head = "Title: Một\nDate: 2025-06-01 07:30\nCategory: Tin\nAuthors: BTG\nTags: a\n"
    head += f"Resolutions: {listed}\nSummary: s\n\n" if listed else "Summary: s\nSource: x\n\n"
    files = {f"van-ban/{name}.md": f"{text}\n\nChữ.\n" for name, text in FILES.items()}
    content = read_content(write({"bai-viet/a.md": head + text + "\n", **files}))
    assert not content.problems
    (one,) = content.articles
    found = list(check_documents(content, one, content.sources[one.path]))
    assert [(d.code, d.line, d.column) for d in found] == [row[:3] for row in expected]
    assert all(hint in d.hint for d, (*_, hint) in zip(found, expected, strict=True))
    assert all(d.severity is Severity.WARNING and d.code in RUNNING_TEXT for d in found)


def test_every_code_of_running_text_is_shown_above() -> None:
    assert {row[0] for _, _, rows in WARNINGS for row in rows} == RUNNING_TEXT == {c for c in CODES if c.startswith("TD")}


@given(st.text(alphabet="a`[](){}<>\n !:/ 5-NQTW", max_size=80))
def test_law_masking_keeps_places(text: str) -> None:
    blank = masked(text)
    assert len(blank) == len(text)
    assert [i for i, c in enumerate(blank) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]
    assert all(b in (c, " ") for b, c in zip(blank, text, strict=True))


def test_strict_builds_go_on_with_warnings_in_running_text(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write({"bai-viet/a.md": article(text="Theo Nghị quyết 57-NQ của Bộ Chính trị.\n")})
    build(content, content.parent / "out", settings="publishconf.py")
    assert (content.parent / "out" / "index.html").is_file()
    assert "TD06" in capsys.readouterr().err
