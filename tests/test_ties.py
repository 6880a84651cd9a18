"""What a line of print must not tear apart, and what it may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.outputs.nodes import Node
from bantin.outputs.ties import FAMILIES, TIE, loose, tie, tied

WHOLE = [
    "ngày 22", "Ngày 03 tháng 02 năm 1930", "ngày 19/5", "mùng 10 tháng 3", "tháng 11/2023", "tháng 5 năm 2025", "năm 2025", "quý IV",
    "khóa XIII", "khoá 10", "Đại hội XIII", "thứ VIII", "thế kỷ XX", "số 35", "Điều 4", "khoản 2", "trang 15", "12 %", "25 triệu", "45 km", "1.424 điểm cầu", "52.500 đại biểu",
    "Hồ Chí Minh", "Nguyễn Phú Trọng", "Võ Thị Sáu", "Lê Lợi", "Đặng Thùy Trâm", "Ông Ích Khiêm",
]  # fmt: skip
LOOSE = [
    "ngày càng", "năm học", "số lượng", "điều kiện", "Hồ ở đây", "hồ Ba Bể", "công tác Đảng", "trang trại", "khóa học", "thứ hai",
    "Ban Chấp hành Trung ương", "Nguyễn và Trần", "một số người", "lê lợi", "ngày 22/10/2018", "số 35-NQ/TW", "2025 Đảng", "10 - 12",
]  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_stays_on_a_line(text: str) -> None:
    assert tied(f"Theo {text}, rồi") == f"Theo {text.replace(' ', TIE)}, rồi"


@pytest.mark.parametrize("text", LOOSE)
def test_may_break(text: str) -> None:
    assert tied(f"Theo {text} rồi") == f"Theo {text} rồi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị (khóa XII)", "Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị (khóa~XII)"),
        ("đồng chí Phạm Văn Đồng, Lê Duẩn và Trường Chinh", "đồng chí Phạm~Văn~Đồng, Lê~Duẩn và Trường Chinh"),
        ("Tháng 5, ngày 19/5/1890 tại Nam Đàn", "Tháng~5, ngày 19/5/1890 tại Nam Đàn"),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: str) -> None:
    assert tied(text).replace(TIE, "~") == expected


@given(
    st.lists(st.sampled_from([*WHOLE, *LOOSE, *FAMILIES[:9], "tháng", "12", "năm", "2025", ",", "."]), max_size=12).map(" ".join)
)
def test_law_words_stay(text: str) -> None:
    assert tied(text).replace(TIE, " ") == text


def paragraph(tag: str, text: str) -> Node:
    return {"tag": tag, "children": [{"tag": "em", "children": [text]}]}


def texts(nodes: list[Node]) -> list[str]:
    """The strings of nodes in order; a number in brackets with what it cites."""
    found: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node["tag"] == "number":
            found.append(f"[{node['children'][0]}{'=' if node['document'] else ''}{node['document']}]")
        else:
            found += texts(node["children"])
    return found


def test_tables_and_code_stay_loose() -> None:
    tags = ("p", "li", "table", "pre", "code")
    assert texts(tie([paragraph(tag, "ngày 22/10") for tag in tags])) == [f"ngày{TIE}22/10"] * 2 + ["ngày 22/10"] * 3
    numbers = texts(tie([paragraph(tag, "theo 35-NQ/TW ấy") for tag in tags]))
    assert numbers == ["theo ", "[35-NQ/TW]", " ấy"] * 3 + ["theo 35-NQ/TW ấy"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("số 35-NQ/TW, 42/2022/NĐ-CP", ["số ", "[35-NQ/TW]", ", ", "[42/2022/NĐ-CP]"]),
        ("1287/QĐ-TTg; 126/2025/QH15", ["[1287/QĐ-TTg]", "; ", "[126/2025/QH15]"]),
        ("35 - NQ/TW và 94- KH/BTGDVTW", ["[35 - NQ/TW]", " và ", "[94- KH/BTGDVTW]"]),
        ("05-CT/TW", ["[05-CT/TW]"]),
        ("2021-2025, 24/7, 1944 – Ngày, 22/10/2018, 3-2-1930", ["2021-2025, 24/7, 1944 – Ngày, 22/10/2018, 3-2-1930"]),
        ("", []),
    ],
)
def test_numbers_of_documents_are_nodes(text: str, expected: list[str]) -> None:
    assert texts(tie([text])) == expected


def test_a_number_inside_a_citation_knows_its_document() -> None:
    cite: Node = {"tag": "cite", "document": "vb-1", "children": ["Nghị quyết số 35-NQ/TW"]}
    named: Node = {"tag": "cite", "document": "vb-2", "children": ["Nghị quyết Đại hội XIII"]}
    found = tie([cite, named, " 36-NQ/TW"])
    assert texts(found) == ["Nghị quyết số ", "[35-NQ/TW=vb-1]", f"Nghị quyết Đại{TIE}hội{TIE}XIII", " ", "[36-NQ/TW]"]
    assert [node["numbered"] for node in found if isinstance(node, dict) and node["tag"] == "cite"] == [True, False]


@given(
    st.lists(
        st.sampled_from(
            ["35-NQ/TW", "ngày 3", "đảng", " ", "-", "/", "126/2025/QH15", "dài" * 12, "https://a.example/" + "b" * 40]
        ),
        max_size=9,
    ).map("".join)
)
def test_law_no_letter_is_lost(text: str) -> None:
    nodes = tie([text])
    joined = "".join(node if isinstance(node, str) else node["children"][0] for node in nodes)
    assert joined.replace(TIE, " ").replace("\u200b", "") == text


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("a" * 24, 24),
        ("a" * 23, 1),
        ("nghiêng" * 5, 35),
        ("dài" * 5 + "-" + "dài" * 5, 1),
        ("https://bantin.example/" + "a" * 30, 1),
        ("www.bantin.example" * 2, 1),
    ],
)
def test_only_a_word_that_fits_nowhere_breaks_anywhere(word: str, parts: int) -> None:
    assert len(loose(f"x {word} y").split("\u200b")) == parts
