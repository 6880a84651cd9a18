"""Breath: a paragraph in lines. Nothing is lost, no line is too long, none is one word, no number is cut."""

from __future__ import annotations

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from bantin.body import Parser
from bantin.content import read_content
from bantin.speech.blocks import paragraphs
from bantin.speech.breath import LONGEST, duration, lines, minutes, syllables
from bantin.speech.lexicon import Lexicon
from bantin.speech.numerals import cardinal
from bantin.speech.rules import spoken

WORD = st.sampled_from(
    "Đảng bộ tỉnh và của trong để họp, nghị quyết. nêu: rõ; năm hai mươi ngày tháng không Hồ Chí Minh Có. đến".split()
)


@given(st.lists(WORD, max_size=90))
def test_the_lines_are_the_same_words_and_short_enough(words: list[str]) -> None:
    found = lines(" ".join(words))
    assert " ".join(found).split() == words
    assert all(1 < syllables(line) <= LONGEST for line in found) or len(words) == 1


@given(st.integers(0, 30), st.integers(0, 10**6), st.integers(0, 30))
def test_a_number_is_not_cut(before: int, number: int, after: int) -> None:
    text = " ".join(["họp"] * before + [cardinal(number)] + ["nghe"] * after)
    assert any(cardinal(number) in line for line in lines(text))


def test_all_of_the_content() -> None:
    content = read_content(ROOT / "content")
    lexicon, parser, seen = Lexicon(content.catalogue, content.registry.documents), Parser(), 0
    for article in content.articles:
        for text in paragraphs(parser.tree(content.text(article.path))):
            said = spoken(text, lexicon)
            found = lines(said)
            assert " ".join(found) == said
            assert all(1 < syllables(line) <= LONGEST for line in found), found
            seen += len(found)
    assert seen > 1000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Họp.", ["Họp."]),
        ("Chi bộ họp. Mọi người bàn.", ["Chi bộ họp.", "Mọi người bàn."]),
        ("Có. Chi bộ họp thường lệ.", ["Có. Chi bộ họp thường lệ."]),  # no line of one word
        (
            "Hội nghị quán triệt nghị quyết mới của Trung ương, sau đó các chi bộ thảo luận và chọn việc cần làm ngay trong tháng.",
            ["Hội nghị quán triệt nghị quyết mới của Trung ương,", "sau đó các chi bộ thảo luận và chọn việc cần làm ngay trong tháng."],
        ),
        (
            "Các đại biểu nghe báo cáo viên trình bày nội dung cơ bản nhất và nêu nhiều câu hỏi sát thực tế ở cơ sở mình",
            ["Các đại biểu nghe báo cáo viên trình bày nội dung cơ bản nhất", "và nêu nhiều câu hỏi sát thực tế ở cơ sở mình"],
        ),
        (
            "Điểm cầu: hai nghìn một trăm tám mươi lăm; Đại biểu: hơn bảy mươi tư nghìn bảy trăm năm mươi người dự học",
            ["Điểm cầu: hai nghìn một trăm tám mươi lăm;", "Đại biểu: hơn bảy mươi tư nghìn bảy trăm năm mươi người dự học"],
        ),
    ],
)  # fmt: skip
def test_where_breath_is_drawn(text: str, found: list[str]) -> None:
    assert lines(text) == found


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "khoảng 10 giây"), (50, "khoảng 20 giây"), (150, "khoảng 1 phút"), (500, "khoảng 3 phút 20 giây"), (149, "khoảng 1 phút"),
        (150 * 60, "khoảng 1 giờ"), (150 * 65 + 50, "khoảng 1 giờ 5 phút"),
    ],
)  # fmt: skip
def test_running_time(count: int, shown: str) -> None:
    assert duration(count) == shown
    assert minutes(count) == count / 150
