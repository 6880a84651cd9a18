"""What a line of print must not tear apart, and what it may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.outputs.nodes import Node
from bantin.outputs.ties import FAMILIES, TIE, tie, tied

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


def test_tables_and_code_stay_loose() -> None:
    def nodes() -> list[Node]:
        return [
            {"tag": tag, "children": [{"tag": "em", "children": ["ngày 22/10"]}]} for tag in ("p", "li", "table", "pre", "code")
        ]

    found = [node["children"][0]["children"][0] for node in tie(nodes()) if isinstance(node, dict)]
    assert found == [f"ngày{TIE}22/10/2018"] * 2 + ["ngày 22/10"] * 3
    assert nodes() == nodes()
