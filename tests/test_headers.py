"""Headers of articles, pages, profiles and issues: one table of what is wrong, one of what is right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import source_of

from bantin.article import Article, Audience, Correction, PictureUse, picture_path, read_article
from bantin.catalogue import Catalogue
from bantin.diagnostics import CODES, Diagnostic
from bantin.header import SourceName, Status, is_month, names
from bantin.issue import Issue, read_issue
from bantin.page import Page, Profile, read_page, read_profile

WHOLE = {
    "bai-viet": "Title: Mở lớp bồi dưỡng\nDate: 2024-05-06 07:30\nCategory: Từ cơ sở",
    "noi-bo": "Title: Gợi ý sinh hoạt\nDate: 2024-05-06 07:30\nCategory: Sinh hoạt chi bộ",
    "trang": "Title: Liên hệ",
    "tac-gia": "Name: Tổ biên tập",
    "ban-tin": "Title: Thông tin nội bộ\nNumber: 5\nMonth: 2024-05",
}

Read = tuple[Any, list[Diagnostic]]


def read(folder: str, header: str, catalogue: Catalogue) -> Read:
    """What the reader of a folder makes of a header."""
    source = source_of(f"{header}\n\nThân bài.", f"{folder}/a.md")
    if folder in ("bai-viet", "noi-bo"):
        return read_article(source, "a", internal=folder == "noi-bo")
    if folder == "ban-tin":
        return read_issue(source, catalogue)
    return read_page(source, "a") if folder == "trang" else read_profile(source, "a")


def with_line(folder: str, line: str) -> str:
    """The whole header of a folder with this line in the place of the one with its key, or after it."""
    key = line.split(":")[0]
    lines = WHOLE[folder].split("\n")
    at = next((n for n, old in enumerate(lines) if old.split(":")[0] == key), None)
    return "\n".join([*lines, line] if at is None else [*lines[:at], line, *lines[at + 1 :]])


WRONG = [
    ("bai-viet", "Date: mai", "DB03", 2, 7, "2023-11-28 07:30"),
    ("bai-viet", "Date: 31/04/2024", "DB03", 2, 7, "2023-11-28"),
    ("bai-viet", "Date: 2024-05-06 25:00", "DB03", 2, 7, "07:30"),
    ("bai-viet", "Date: 0204-05-06", "DB03", 2, 7, "2023"),
    ("bai-viet", "Modified:   hôm kia", "DB03", 4, 13, "07:30"),
    ("bai-viet", "Embargo: 6/2024", "DB03", 4, 10, "07:30"),
    ("bai-viet", "Bulletin: 2024-13", "DB03", 4, 11, "none"),
    ("bai-viet", "Bulletin: 05/2024", "DB03", 4, 11, "2023-11"),
    ("bai-viet", "Title:", "DB02", 1, 1, "Title: …"),
    ("bai-viet", "Date:", "DB02", 1, 1, "Date: …"),
    ("bai-viet", "Category:", "DB02", 1, 1, "Category: …"),
    ("bai-viet", "Sumary: a", "DB01", 4, 1, "“Summary”"),
    ("bai-viet", "Image alt text: a", "DB01", 4, 1, "“Image_alt”"),
    ("bai-viet", "Ngày: a", "DB01", 4, 1, "Title, Date, Category"),
    ("bai-viet", "Audience: everyone", "DB04", 4, 11, "public hoặc internal"),
    ("bai-viet", "Audience: nội bộ", "DB04", 4, 11, "public hoặc internal"),
    ("bai-viet", "Status: xong", "DB04", 4, 9, "published hoặc draft hoặc hidden hoặc skip"),
    ("bai-viet", "Featured: nhất", "DB04", 4, 11, "yes hoặc no"),
    ("bai-viet", "Correction: 2024-05-07 sai thành đúng", "DB09", 4, 13, "2023-12-02: sai → đúng"),
    ("bai-viet", "Correction: 2024-02-30: 12 → 21", "DB09", 4, 13, "→"),
    ("bai-viet", "Correction: 12 → 21", "DB09", 4, 13, "2023-12-02"),
    ("bai-viet", "Image: cot-moc.png", "HA02", 4, 8, "Image_alt: …"),
    ("noi-bo", "Audience: public", "DB08", 4, 11, "bai-viet/"),
    ("noi-bo", "Audience: Public", "DB08", 4, 11, "bai-viet/"),
    ("noi-bo", "Audience: mọi người", "DB04", 4, 11, "public hoặc internal"),
    ("noi-bo", "Title:", "DB02", 1, 1, "Title: …"),
    ("trang", "Title:", "DB02", 1, 1, "Title: …"),
    ("trang", "Order: đầu", "DB10", 2, 8, "4916"),
    ("trang", "Order: -1", "DB10", 2, 8, "4916"),
    ("trang", "Order: 1.5", "DB10", 2, 8, "4916"),
    ("trang", "Status: ẩn", "DB04", 2, 9, "hidden"),
    ("trang", "Sumary: a", "DB01", 2, 1, "“Summary”"),
    ("tac-gia", "Name:", "DB02", 1, 1, "Name: …"),
    ("tac-gia", "Rôle: a", "DB01", 2, 1, "“Role”"),
    ("ban-tin", "Title:", "DB02", 1, 1, "Title: …"),
    ("ban-tin", "Month:", "DB02", 1, 1, "Month: …"),
    ("ban-tin", "Number:", "DB02", 1, 1, "Number: …"),
    ("ban-tin", "Month: 5/2024", "DB03", 3, 8, "2023-11"),
    ("ban-tin", "Month: 2024-00", "DB03", 3, 8, "2023-11"),
    ("ban-tin", "Number: năm", "DB10", 2, 9, "4916"),
    ("ban-tin", "Number: 0", "DB10", 2, 9, "4916"),
    ("ban-tin", "Print_run: 12,5", "DB10", 4, 12, "4916"),
    ("ban-tin", "Print_run: 123456789", "DB10", 4, 12, "4916"),
    ("ban-tin", "Print_run: 49.16", "DB10", 4, 12, "4916"),
    ("ban-tin", "Printr: a", "DB01", 4, 1, "“Printer”"),
    ("ban-tin", "Columns: Từ cơ sơ", "BT02", 4, 10, "“Từ cơ sở”"),
    ("ban-tin", "Columns: Từ cơ sở; zzz", "BT02", 4, 10, "cot-muc.toml"),
]


@pytest.mark.parametrize(("folder", "line", "code", "row", "column", "hint"), WRONG, ids=[f"{w[0]} {w[1]}" for w in WRONG])
def test_one_wrong_line_is_one_finding(
    folder: str, line: str, code: str, row: int, column: int, hint: str, catalogue: Catalogue
) -> None:
    _, problems = read(folder, with_line(folder, line), catalogue)
    assert [(p.path, p.line, p.column, p.code) for p in problems] == [(f"content/{folder}/a.md", row, column, code)]
    assert hint in problems[0].hint
    assert code in CODES and problems[0].message


@pytest.mark.parametrize("folder", WHOLE)
def test_a_whole_header_has_nothing_wrong(folder: str, catalogue: Catalogue) -> None:
    value, problems = read(folder, WHOLE[folder], catalogue)
    assert value and not problems


@pytest.mark.parametrize("folder", WHOLE)
def test_an_empty_file_has_findings_and_no_value(folder: str, catalogue: Catalogue) -> None:
    value, problems = read(folder, {"ban-tin": "Printer: a", "tac-gia": "Role: a"}.get(folder, "Slug: a"), catalogue)
    assert value is None
    assert {p.code for p in problems} == {"DB02"}


def test_all_that_is_wrong_is_said_at_once(catalogue: Catalogue) -> None:
    header = "Title: a\nDate: mai\nCategory:\nAudience: ai\nFeatured: x\nCorrection: 1; 2\nlạ: b"
    _, problems = read("bai-viet", header, catalogue)
    found = sorted((p.line, p.column, p.code) for p in problems)
    assert found == [
        (1, 1, "DB02"),
        (2, 7, "DB03"),
        (4, 11, "DB04"),
        (5, 11, "DB04"),
        (6, 13, "DB09"),
        (6, 13, "DB09"),
        (7, 1, "DB01"),
    ]


GOOD: list[tuple[str, str, str, object]] = [
    ("bai-viet", "Title: Chủ đề: tám việc", "title", "Chủ đề: tám việc"),
    ("bai-viet", "Author: BTG", "authors", ("BTG",)),
    ("bai-viet", "Authors: BTG; Tổ biên tập, xã; BTG", "authors", ("BTG", "Tổ biên tập, xã")),
    ("bai-viet", "Tags: một, hai ,, một", "tags", ("một", "hai")),
    ("bai-viet", "Resolutions: 9-NQ/TW;; 10-CT/TW ;", "documents", ("9-NQ/TW", "10-CT/TW")),
    ("bai-viet", "Audience: INTERNAL", "audience", Audience.INTERNAL),
    ("bai-viet", "Audience: public", "audience", Audience.PUBLIC),
    ("bai-viet", "Status: Draft", "status", Status.DRAFT),
    ("bai-viet", "Status: hidden", "status", Status.HIDDEN),
    ("bai-viet", "Status: skip", "status", Status.SKIP),
    ("bai-viet", "Summary: x", "status", Status.PUBLISHED),
    ("bai-viet", "Summary: x", "month", "2024-05"),
    ("bai-viet", "Bulletin: 2024-06", "month", "2024-06"),
    ("bai-viet", "Bulletin: None", "month", ""),
    ("bai-viet", "Featured: Có", "featured", True),
    ("bai-viet", "Featured: yes", "featured", True),
    ("bai-viet", "Featured: không", "featured", False),
    ("bai-viet", "Source: Báo tỉnh, https://bao.example/a, trang 2", "sources", (SourceName("Báo tỉnh, trang 2", "https://bao.example/a"),)),
    ("bai-viet", "Source: Đài; http://dai.example", "sources", (SourceName("Đài", ""), SourceName("dai.example", "http://dai.example"))),
    ("bai-viet", "Correction: 07/5/2024: 12 lớp -> 21 lớp; 2024-05-08: a => b", "corrections",
     (Correction(date(2024, 5, 7), "12 lớp", "21 lớp"), Correction(date(2024, 5, 8), "a", "b"))),
    ("noi-bo", "Summary: x", "audience", Audience.INTERNAL),
    ("noi-bo", "Audience: internal", "audience", Audience.INTERNAL),
    ("trang", "Order: 3", "order", 3),
    ("trang", "Summary: x", "order", 99),
    ("tac-gia", "Role: viết tin", "role", "viết tin"),
    ("ban-tin", "Print_run: 1.250", "print_run", 1250),
    ("ban-tin", "Print_run: 900", "print_run", 900),
    ("ban-tin", "Number: 12", "label", "Số 12, tháng 5/2024"),
    ("ban-tin", "Columns: Từ cơ sở; Xây dựng Đảng", "columns", ("Từ cơ sở", "Xây dựng Đảng")),
]  # fmt: skip


@pytest.mark.parametrize(("folder", "line", "name", "expected"), GOOD, ids=[f"{g[0]} {g[1]}" for g in GOOD])
def test_good_values(folder: str, line: str, name: str, expected: object, catalogue: Catalogue) -> None:
    value, problems = read(folder, with_line(folder, line), catalogue)
    assert not problems
    assert isinstance(value, Article | Page | Profile | Issue)
    assert getattr(value, name) == expected


@pytest.mark.parametrize("line", ["Audience: everyone", "Audience: công khai", "Audience: publlic", "Audience: yes"])
def test_an_unknown_audience_is_internal(line: str, catalogue: Catalogue) -> None:
    value, _ = read("bai-viet", with_line("bai-viet", line), catalogue)
    assert value.audience is Audience.INTERNAL


def test_an_unknown_status_is_a_draft(catalogue: Catalogue) -> None:
    value, _ = read("bai-viet", with_line("bai-viet", "Status: đăng"), catalogue)
    assert value.status is Status.DRAFT


def test_a_picture_of_the_header(catalogue: Catalogue) -> None:
    header = WHOLE["bai-viet"] + "\nImage: cot.png\nImage_alt: Cột mốc\nImage_caption: Bên suối\nImage_credit: BTG"
    value, problems = read("bai-viet", header, catalogue)
    assert (value.picture, problems) == (PictureUse("anh/cot.png", "Cột mốc", "Bên suối", "BTG"), [])


@pytest.mark.parametrize(
    "written", ["cot.png", "anh/cot.png", "/anh/cot.png", "{static}/anh/cot.png", "{attach}cot.png", "|filename|cot.png"]
)
def test_a_picture_is_found_however_it_is_written(written: str) -> None:
    assert picture_path(written) == "anh/cot.png"


def test_an_issue_without_columns_has_all_of_the_catalogue(catalogue: Catalogue) -> None:
    value, _ = read("ban-tin", WHOLE["ban-tin"], catalogue)
    assert value.columns == tuple(c.name for c in sorted(catalogue.columns, key=lambda c: c.order))
    assert len(value.columns) > 1


@pytest.mark.parametrize(
    ("text", "good"), [("2024-05", True), ("2024-12", True), ("2024-13", False), ("2024-5", False), ("0204-05", False)]
)
def test_months(text: str, good: bool) -> None:
    assert is_month(text) is good


@pytest.mark.parametrize(
    ("value", "expected"),
    [("a, b", ("a", "b")), ("a, b; c", ("a, b", "c")), ("a, b;", ("a, b",)), (" a  a ", ("a a",)), ("", ())],
)
def test_names(value: str, expected: tuple[str, ...]) -> None:
    assert names(value) == expected
