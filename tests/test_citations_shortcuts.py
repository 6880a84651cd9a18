"""Shortcuts of the citations' reading change nothing: each gives what the pattern alone gives when it looks everywhere."""

from __future__ import annotations

import re

import pytest
from conftest import CATALOGUES
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.catalogue import load
from bantin.citations import clean as cleaning
from bantin.citations import find, find_all, find_named, find_partial, grammar, names
from bantin.text_checks import masked

CATALOGUE = load(CATALOGUES)
PIECES = (
    "Nghị quyết số ", "nghị quyết ", "NGHỊ QUYẾT ", "35-NQ/TW", " ngày 22/10/2018", " của Bộ Chính trị", "42/2022/NĐ-CP", "Luật Đất đai năm 2024",
    "Pháp lệnh Dân số 2003", "Bộ luật Hình sự 2015", "luật ", "Luật ", "Chỉ thị 05", "Thông tư liên tịch số 12", "số ", "Số: ", "SỐ", "Trung ương 4 khóa XII",
    "Nghị quyết Đại hội XIII", "lần thứ XIII của Đảng", "25, 26-NQ/TW", "05 và 12-CT/TW", "05-CTTW", "57 NQTW", "Kết luận 01", "quyết định 5 năm", "KẾT LUẬN số 7/2019",
    "`", "``", "```", "~~~", "    ", "\t", "[a](b 35-NQ/TW)", "![x](y)", "[r]: x", "[", "](", "<b>", "<", ">", "https://a.vn/35 ", "http:", "**", "\n", "\n\n", "\n\n\n", " ",
    "  ", "\u00a0", "\u2003", "\x1c", "\x85", "\u200b", "\u00ad", "\u0301", "\u0323", "e\u0323\u0302", "–", "-", "/", "1", "35", "2018", "１２", "٣", "Đ", "đ", ".", ",", ":", "(", ")", "”", "TW", "x",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


@settings(max_examples=150)
@given(TEXTS)
def test_law_numbers_stand_where_digits_begin(text: str) -> None:
    one, pattern, end, found = cleaning.clean(text), grammar.of(CATALOGUE).number, 0, []
    for at in one.numbers:
        if at >= end and (match := pattern.match(one.text, at)):
            end = match.end()
            found.append(match.span())
    assert found == [match.span() for match in pattern.finditer(one.text)]


@settings(max_examples=150)
@given(TEXTS)
def test_law_names_stand_where_their_first_words_do(text: str) -> None:
    one = cleaning.clean(text)
    spans = [(m.start(), m.end()) for pattern in (names.NAMED, names.LAW) for m in pattern.finditer(one.text)]
    assert sorted((n.start, n.end) for n in find_named(text)) == sorted(one.span(*span) for span in spans)


@settings(max_examples=150)
@given(TEXTS)
def test_law_bare_numbers_stand_where_digits_begin(text: str) -> None:
    one, types = cleaning.clean(text), names._types(CATALOGUE)
    assert [m.span() for m in names._partial(one, types)] == [m.span() for m in types.whole.finditer(one.text)]


@settings(max_examples=150)
@given(TEXTS)
def test_law_all_at_once_is_one_by_one(text: str) -> None:
    assert find_all(text, CATALOGUE) == (
        list(find(text, CATALOGUE)),
        list(find_named(text)),
        list(find_partial(text, CATALOGUE)),
    )


@settings(max_examples=150)
@given(TEXTS)
def test_law_a_text_without_anything_special_is_cleaned_the_same(text: str) -> None:
    one, long = cleaning.clean(text), cleaning.clean(text + ".\u200b")  # the last character makes it go the long way
    assert (one.text + ".", one.shifts, one.widths) == (long.text, long.shifts[:-1], long.widths)


EVERYTHING = re.compile(
    r"^(```|~~~).*?^\1[^\n]*$|^(?: {4}|\t)[^\n]*$|`[^`\n]+`|!?\[[^\]\n]*\]\([^)\n]*\)|^\[[^\]\n]+\]:[^\n]*|<[^>\n]+>|https?://\S+",
    re.MULTILINE | re.DOTALL,
)


@settings(max_examples=150)
@given(TEXTS)
def test_law_what_is_no_running_text_is_blank_and_nothing_else(body: str) -> None:
    assert masked(body) == EVERYTHING.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), body)


@pytest.mark.parametrize("head", ["", "t", "định", "ết", "NQ"])
def test_a_text_may_begin_in_the_middle_of_a_type(head: str) -> None:
    assert grammar.type_before(head, len(head), grammar.of(CATALOGUE)) in ("", "NQ")
