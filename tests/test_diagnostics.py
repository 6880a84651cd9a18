"""Findings as text and JSON, and every code: used in the house, explained in the documentation."""

from __future__ import annotations

import json
import re

import pytest
from conftest import ROOT

from bantin.diagnostics import CODES, Diagnostic, Refused, Severity, as_json, as_text, errors, nearest, summary

ERROR = Diagnostic("content/bai-viet/a.md", 3, 7, "DB03", "“mai” không phải ngày giờ", "viết như 2024-05-06 07:30")
NOTE = Diagnostic("content/bai-viet/a.md", 2, 1, "VB05", "ngày khác", severity=Severity.WARNING)
FAR = Diagnostic("content/bai-viet/a.md", 10, 1, "DB01", "khóa lạ")

SOURCES = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in sorted((ROOT / "bantin").rglob("*.py"))}
EXPLAINED = ROOT / "docs" / "ma-loi.md"


def test_text() -> None:
    assert as_text([FAR, ERROR, NOTE, ERROR]) == (
        "content/bai-viet/a.md:2:1: VB05 (cảnh báo) ngày khác\n"
        "content/bai-viet/a.md:3:7: DB03 “mai” không phải ngày giờ\n"
        "    → viết như 2024-05-06 07:30\n"
        "content/bai-viet/a.md:10:1: DB01 khóa lạ"
    )
    assert as_text([]) == ""


def test_json() -> None:
    assert json.loads(as_json([FAR, ERROR, ERROR])) == [
        {
            "path": "content/bai-viet/a.md",
            "line": 3,
            "column": 7,
            "code": "DB03",
            "message": "“mai” không phải ngày giờ",
            "hint": "viết như 2024-05-06 07:30",
            "severity": "lỗi",
        },
        {
            "path": "content/bai-viet/a.md",
            "line": 10,
            "column": 1,
            "code": "DB01",
            "message": "khóa lạ",
            "hint": "",
            "severity": "lỗi",
        },
    ]
    assert "“mai”" in as_json([ERROR]), "no \\u escapes: people read it too"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([ERROR, NOTE, FAR], "2 lỗi, 1 cảnh báo; chưa ghi gì ra kết quả."),
        ([NOTE], "0 lỗi, 1 cảnh báo; vẫn làm tiếp được."),
        ([], "0 lỗi, 0 cảnh báo; vẫn làm tiếp được."),
    ],
)
def test_summary(found: list[Diagnostic], line: str) -> None:
    assert summary(found) == line
    assert len(errors(found)) == int(line[0])


def test_refused_has_all_of_it_once_and_in_order() -> None:
    refused = Refused([FAR, ERROR, NOTE, ERROR])
    assert refused.diagnostics == [NOTE, ERROR, FAR]
    assert (refused.exitcode, str(refused)) == (1, "2 lỗi, 1 cảnh báo; chưa ghi gì ra kết quả.")


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("titel", ["Title", "Date"], "Title"),
        ("SUMARY", ["Title", "Summary"], "Summary"),
        ("Xây dựng đảng", ["Xây dựng Đảng", "Từ cơ sở"], "Xây dựng Đảng"),
        ("hoàn toàn khác", ["Title", "Date"], ""),
        ("", ["Title"], ""),
        ("Title", [], ""),
    ],
)
def test_nearest(word: str, known: list[str], found: str) -> None:
    assert nearest(word, known) == found


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_used_and_explained(code: str) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d\d", code)
    users = [name for name, text in SOURCES.items() if f'"{code}"' in text and name != "bantin/diagnostics.py"]
    assert users, f"{code} is declared and never given"
    headings = re.findall(rf"^## {code}\b.*$", EXPLAINED.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(headings) == 1, f"docs/ma-loi.md has {len(headings)} headings “## {code}”"


def test_no_code_without_a_declaration() -> None:
    given = {code for text in SOURCES.values() for code in re.findall(r'"([A-Z]{2}\d\d)"', text)}
    assert given - CODES.keys() == set()
    explained = set(re.findall(r"^## ([A-Z]{2}\d\d)\b", EXPLAINED.read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == CODES.keys()
