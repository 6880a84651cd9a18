"""Odd spellings, lists, names and parts: how people really cite, in sentences of our own."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from datetime import date
from functools import cache

import pytest
from conftest import CATALOGUES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from bantin.catalogue import Catalogue, load
from bantin.citations import find, find_named, find_partial
from bantin.citations.clean import clean
from bantin.content import read_content
from bantin.registry import Registry


@cache
def known() -> Catalogue:
    """The project's catalogues, for the laws (which take no fixture)."""
    return load(CATALOGUES)


Row = tuple[str, str, str, str | None, str | None, str | None]  # surface, canonical, kind, date, issuer, term

WILD: list[tuple[str, list[Row]]] = [
    (
        "Nghi quyet so 41-NQ/TW ngay 02/3/2019 cua Bo Chinh tri khoa XII",
        [("Nghi quyet so 41-NQ/TW", "41-NQ/TW", "NQ", "2019-03-02", "Bo Chinh tri", "XII")],
    ),
    (
        "NGHỊ QUYẾT SỐ 41-NQ/TW NGÀY 02/3/2019 CỦA BỘ CHÍNH TRỊ",
        [("NGHỊ QUYẾT SỐ 41-NQ/TW", "41-NQ/TW", "NQ", "2019-03-02", "BỘ CHÍNH TRỊ", None)],
    ),
    ("học trongNghị quyết 41-NQ/TWcủa tỉnh", [("Nghị quyết 41-NQ/TW", "41-NQ/TW", "NQ", None, None, None)]),
    ("Kết luận số17-KL/TW củaBan Bí thưvề đê điều", [("Kết luận số17-KL/TW", "17-KL/TW", "KL", None, "Ban Bí thư", None)]),
    ("Nghị quyết 41/NQ-TW", [("Nghị quyết 41/NQ-TW", "41-NQ/TW", "NQ", None, None, None)]),
    ("Nghị quyết 41/NQ/TU", [("Nghị quyết 41/NQ/TU", "41-NQ/TU", "NQ", None, None, None)]),
    ("Nghị quyết 41-NQ-TW", [("Nghị quyết 41-NQ-TW", "41-NQ/TW", "NQ", None, None, None)]),
    ("Quyết định 8-QD/TW", [("Quyết định 8-QD/TW", "8-QĐ/TW", "QĐ", None, None, None)]),
    ("Nghị định 61/2018/ND-CP", [("Nghị định 61/2018/ND-CP", "61/2018/NĐ-CP", "NĐ", None, None, None)]),
    ("Nghị định 61/2018/NĐCP", [("Nghị định 61/2018/NĐCP", "61/2018/NĐ-CP", "NĐ", None, None, None)]),
    (
        "Quyết định 7/QĐ- TTg, Thông tư 9/2017/TT - BNV",
        [
            ("Quyết định 7/QĐ- TTg", "7/QĐ-TTg", "QĐ", None, None, None),
            ("Thông tư 9/2017/TT - BNV", "9/2017/TT-BNV", "TT", None, None, None),
        ],
    ),
    ("Quyết định số 7/TTg-QĐ", [("Quyết định số 7/TTg-QĐ", "7/TTg-QĐ", "QĐ", None, None, None)]),
    (
        "Văn bản số 7/SGDĐT-GDTrH của Sở Giáo dục và Đào tạo TP. HCM",
        [("Văn bản số 7/SGDĐT-GDTrH", "7/SGDĐT-GDTrH", "CV", None, "Sở Giáo dục và Đào tạo TP. HCM", None)],
    ),
    (
        "bà Phó Chủ tịch UBND tỉnh vừa ký Quyết định số 7/QĐ-UBND",
        [("Quyết định số 7/QĐ-UBND", "7/QĐ-UBND", "QĐ", None, "UBND tỉnh", None)],
    ),
    ("Công văn số 77/UBND-VX", [("Công văn số 77/UBND-VX", "77/UBND-VX", "CV", None, None, None)]),
    (
        "Bộ luật Hàng hải số 3/2019/QH14",
        [("Bộ luật Hàng hải số 3/2019/QH14", "3/2019/QH14", "BLuật", None, None, None)],
    ),
    ("Sắc lệnh số 33/SL ngày 20/01/1950", [("Sắc lệnh số 33/SL", "33/SL", "SLệnh", "1950-01-20", None, None)]),
    (
        "Thông báo kết luận số 6-TB/TU của Thường trực Tỉnh ủy",
        [("Thông báo kết luận số 6-TB/TU", "6-TB/TU", "TB", None, "Thường trực Tỉnh ủy", None)],
    ),
    (
        "Chương trình hành động số 6-CTr/TU của Tỉnh ủy Nghệ An",
        [("Chương trình hành động số 6-CTr/TU", "6-CTr/TU", "CTr", None, "Tỉnh ủy Nghệ An", None)],
    ),
    ("NQ số 41-NQ/TW", [("NQ số 41-NQ/TW", "41-NQ/TW", "NQ", None, None, None)]),
    (
        "Nghị quyết số 18, 19-NQ/TW",
        [("Nghị quyết số 18", "18-NQ/TW", "NQ", None, None, None), ("19-NQ/TW", "19-NQ/TW", "NQ", None, None, None)],
    ),
    (
        "Chỉ thị 3, 4 và 5-CT/TU",
        [
            ("Chỉ thị 3", "3-CT/TU", "CT", None, None, None),
            ("4", "4-CT/TU", "CT", None, None, None),
            ("5-CT/TU", "5-CT/TU", "CT", None, None, None),
        ],
    ),
    (
        "Quyết định 3/QĐ-TTg ngày 01/02/2020 và Quyết định 4/QĐ-TTg ngày 05/6/2020 của Thủ tướng Chính phủ",
        [
            ("Quyết định 3/QĐ-TTg", "3/QĐ-TTg", "QĐ", "2020-02-01", "Thủ tướng Chính phủ", None),
            ("Quyết định 4/QĐ-TTg", "4/QĐ-TTg", "QĐ", "2020-06-05", "Thủ tướng Chính phủ", None),
        ],
    ),
    (
        "Kết luận 3-KL/TW và Quyết định 4/QĐ-UBND của UBND tỉnh Lào Cai",
        [
            ("Kết luận 3-KL/TW", "3-KL/TW", "KL", None, None, None),
            ("Quyết định 4/QĐ-UBND", "4/QĐ-UBND", "QĐ", None, "UBND tỉnh Lào Cai", None),
        ],
    ),
    (
        "Ngày 06/5/2021, Ban Dân vận Tỉnh ủy đã có Hướng dẫn số 9-HD/BDVTU về hòm thư",
        [("Hướng dẫn số 9-HD/BDVTU", "9-HD/BDVTU", "HD", "2021-05-06", "Ban Dân vận Tỉnh ủy", None)],
    ),
    (
        "Kế hoạch 7-KH/TU của Tỉnh ủy Bà Rịa - Vũng Tàu, ngày 06/5/2021",
        [("Kế hoạch 7-KH/TU", "7-KH/TU", "KH", "2021-05-06", "Tỉnh ủy Bà Rịa - Vũng Tàu", None)],
    ),
]


@pytest.mark.parametrize(("text", "rows"), WILD, ids=[w[0] for w in WILD])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_wild_forms(text: str, rows: list[Row], form: str) -> None:
    given_text = unicodedata.normalize(form, text)
    found = list(find(given_text, known()))
    assert all(given_text[m.start : m.end] == m.surface for m in found)
    seen = [
        (unicodedata.normalize("NFC", m.surface), m.canonical, m.kind, str(m.date) if m.date else None, m.issuer, m.term)
        for m in found
    ]
    assert seen == rows


@pytest.mark.parametrize("end", [".", ",", ";", ":", ")", "!", "?", "”", "…", ". Sau", ".\n", "-", " - ", "/.", "./."])
@pytest.mark.parametrize(
    "number", ["13-ĐA/TU", "5-CT/TW", "3-KH/HU", "9-NQ/ĐU", "7-HD/BTGTU", "8/QĐ-TTg", "6/2018/NĐ-CP", "4/2019/QH14"]
)
def test_what_ends_a_sentence_is_no_part_of_a_symbol(number: str, end: str) -> None:
    (found,) = find(f"Cả tỉnh học {number}{end}", known())
    assert (found.surface, found.canonical) == (number, number)


NAMED = [
    ("học Nghị quyết Trung ương 4 khóa XII.", "Nghị quyết Trung ương 4 khóa XII", ("plenum", 4, "XII")),
    ("Nghị quyết T.Ư 4, khóa XI và", "Nghị quyết T.Ư 4, khóa XI", ("plenum", 4, "XI")),
    (
        "Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa 13 với",
        "Nghị quyết Hội nghị lần thứ tám Ban Chấp hành Trung ương Đảng khóa 13",
        ("plenum", 8, "XIII"),
    ),
    ("đưa Nghị quyết Đại hội XIII của Đảng vào", "Nghị quyết Đại hội XIII của Đảng", ("congress", 0, "XIII")),
    (
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV, nhiệm kỳ",
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV",
        ("local", 0, "XIV"),
    ),
    ("theo Luật Trồng trọt năm 2018 thì", "Luật Trồng trọt năm 2018", ("law", 0, "")),
]


@pytest.mark.parametrize(("text", "surface", "what"), NAMED, ids=[n[1] for n in NAMED])
def test_named(text: str, surface: str, what: tuple[str, int, str]) -> None:
    (found,) = find_named(text)
    assert text[found.start : found.end] == found.surface == surface
    assert (found.kind, found.number, found.term) == what


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Chi bộ bàn Chỉ thị 05 và việc làng.", ["Chỉ thị 05"]),
        ("theo Thông tư 46/2016, trừ Quyết định số 4674.", ["Thông tư 46/2016", "Quyết định số 4674"]),
        ("kết luận 3 nội dung, nghị quyết 10 năm, quyết định 12 người, Nghị quyết 3", []),
        ("Nghị quyết số 18, 19-NQ/TW và Chỉ thị 05-CT/TW", []),
    ],
)
def test_partial(text: str, surfaces: list[str]) -> None:
    assert [p.surface for p in find_partial(text, known())] == surfaces


@given(st.text(alphabet="ạa\u0323\u0301\u200b \u00a0\n–-1/NQ\u0302đ", max_size=60))
def test_law_clean_text_leads_back(text: str) -> None:
    one = clean(text)
    end = 0
    for index, character in enumerate(one.text):
        start, stop = one.span(index, index + 1)
        assert end <= start < stop <= len(text)
        if character not in " -":
            assert unicodedata.normalize("NFC", text[start:stop]).replace("\u200b", "") in (character, text[start:stop])
        end = stop


def test_command_line() -> None:
    text = unicodedata.normalize("NFD", "Nghị quyết số 41-NQ/TW, ngày 02/3/2019 và Chỉ thị 05 sau Đại hội.")
    given_line = json.dumps({"id": "a", "text": text}) + "\n\n" + json.dumps({"id": "b", "text": ""}) + "\n"
    done = subprocess.run(
        [sys.executable, "-m", "bantin.citations"],
        cwd=ROOT,
        input=given_line,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    first, second = map(json.loads, done.stdout.splitlines())
    assert second == {"id": "b", "citations": [], "named": [], "partial": []}
    (citation,) = first["citations"]
    assert text[citation["start"] : citation["end"]] == citation["surface"]
    assert (citation["canonical"], citation["kind"], citation["date"]) == ("41-NQ/TW", "NQ", str(date(2019, 3, 2)))
    assert [unicodedata.normalize("NFC", p["surface"]) for p in first["partial"]] == ["Chỉ thị 05"]


@cache
def registry() -> Registry:
    """The registry of the repository's own content."""
    return read_content(ROOT / "content").registry


@given(
    st.integers(0, 10_000),
    st.sampled_from([" ", "\u00a0", "\u202f", "\n", " \u200b", "  "]),
    st.sampled_from("-‐‑‒–—"),
    st.sampled_from(["", " ", "\u00a0"]),
    st.sampled_from(["NFC", "NFD"]),
    st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyắềọũ ,", max_size=20),
)
def test_law_every_real_document_reads_back_as_itself(
    place: int, space: str, dash: str, gap: str, form: str, around: str
) -> None:
    document = registry().documents[place % len(registry().documents)]
    number = document.number.replace("-", f"{gap}{dash}{gap}")
    citation = document.citation.replace(document.number, number).replace(" ", space)
    text = unicodedata.normalize(form, f"{around}. {citation}; {around}")
    first = next(find(text, known()))
    assert first.canonical == document.number
    assert text[first.start : first.end] == first.surface
    assert registry().resolve(first).document is document
