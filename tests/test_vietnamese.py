"""Vietnamese text: folding, addresses, dates and numerals."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.vietnamese import (
    ZONE,
    control_at,
    fold,
    from_roman,
    long_date,
    parse_day,
    parse_moment,
    roman,
    same_words,
    short_date,
    slug,
    without_controls,
)

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
WORDS = st.text(alphabet=LETTERS + LETTERS.upper() + " ", max_size=60)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường về Đắk Lắk", "duong ve dak lak"),
        ("  Uỷ   ban\u00a0xã\n", "uy ban xa"),
        ("ƯỚC NGUYỆN", "uoc nguyen"),
        (unicodedata.normalize("NFD", "Khoá Đoàn"), "khoa doan"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Điều động cán bộ đợt 2", "dieu-dong-can-bo-dot-2"),
        ("35-NQ/TW", "35-nq-tw"),
        ("“Dân vận” – khéo!", "dan-van-kheo"),
        ("---", ""),
        ("漢字", ""),
        ("a__b..c", "a-b-c"),
    ],
)
def test_slug(text: str, address: str) -> None:
    assert slug(text) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ủy ban", "uỷ ban", True),
        ("Khóa", "KHOÁ", True),
        ("Hòa Bình", "Hoà  Bình", True),
        ("Ủy ban", "Ư ban", False),
        ("Quyết định", "Quy định", False),
        ("Thông tư", "Thông tu", False),
        ("đa", "da", False),
        ("má", "mà", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert (same_words(one) == same_words(other)) is same


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2018, 10, 22), "22/10/2018"),
        (date(2008, 8, 5), "05/8/2008"),
        (date(2024, 1, 9), "09/01/2024"),
        (date(2024, 2, 29), "29/02/2024"),
        (date(2024, 3, 1), "01/3/2024"),
        (date(2024, 12, 31), "31/12/2024"),
    ],
)
def test_short_date(day: date, text: str) -> None:
    assert short_date(day) == text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2024, 5, 6, 7, 5), "Thứ hai, 06/05/2024 07:05"),
        (datetime(2024, 5, 11, 0, 0), "Thứ bảy, 11/05/2024 00:00"),
        (datetime(2024, 5, 12, 23, 59), "Chủ nhật, 12/05/2024 23:59"),
    ],
)
def test_long_date(moment: datetime, text: str) -> None:
    assert long_date(moment) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-06", date(2024, 5, 6)),
        (" 2024-5-6 ", date(2024, 5, 6)),
        ("6/5/2024", date(2024, 5, 6)),
        ("06-05-2024", date(2024, 5, 6)),
        ("06.05.2024", date(2024, 5, 6)),
        ("31/12/1999", date(1999, 12, 31)),
        ("29/02/2023", None),
        ("31-04-2024", None),
        ("13/13/2024", None),
        ("2024-00-10", None),
        ("0204-05-06", None),
        ("06/05/24", None),
        ("2024/05/06", None),
        ("06/05", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_parse_day(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-06", "2024-05-06T00:00:00+07:00"),
        ("2024-05-06 7:30", "2024-05-06T07:30:00+07:00"),
        ("06/05/2024 07:30", "2024-05-06T07:30:00+07:00"),
        ("06/5/2024 07h30", "2024-05-06T07:30:00+07:00"),
        ("2024-05-06T07:30:15", "2024-05-06T07:30:15+07:00"),
        ("2024-05-06T07:30:15.250Z", "2024-05-06T14:30:15+07:00"),
        ("2024-05-06 20:00 Z", "2024-05-07T03:00:00+07:00"),
        ("2024-05-06T00:30:00-0500", "2024-05-06T12:30:00+07:00"),
        ("2024-05-06T07:30+07:00", "2024-05-06T07:30:00+07:00"),
        ("2024-05-06 23:30+05:30", "2024-05-07T01:00:00+07:00"),
        ("2024-05-06 24:00", None),
        ("2024-05-06 07:60", None),
        ("2024-05-06 7", None),
        ("2024-05-06 sáng", None),
        ("2024-05-06 07:30+99:00", None),
        ("1000-01-01 00:00+14:00", "0999-12-31T17:00:00+07:00"),
        ("2999-02-30 07:30", None),
        ("07:30 06/05/2024", None),
        ("", None),
    ],
)
def test_parse_moment(text: str, iso: str | None) -> None:
    found = parse_moment(text)
    assert (found and found.isoformat()) == iso


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (19, "XIX"), (38, "XXXVIII"), (39, "XXXIX")]
)
def test_roman(number: int, numeral: str) -> None:
    assert (roman(number), from_roman(numeral), from_roman(numeral.lower())) == (numeral, number, number)


@pytest.mark.parametrize("numeral", ["", "IIII", "XL", "IC", "VX", "12", "khóa X"])
def test_no_roman_numeral(numeral: str) -> None:
    assert from_roman(numeral) == 0


def test_controls() -> None:
    text = "a\x00b\tc\nd\x1be\x85f\ud800g\uffff"
    assert without_controls(text) == "ab\tc\ndefg"
    assert (control_at(text), control_at("chữ\n\t")) == (1, -1)


@given(st.text(max_size=80))
def test_law_an_address_is_ascii_and_its_own_address(text: str) -> None:
    address = slug(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", address)
    assert slug(address) == address


@given(WORDS)
def test_law_every_vietnamese_letter_folds_to_a_latin_one(text: str) -> None:
    assert fold(text).replace(" ", "").isascii()
    assert fold(fold(text)) == fold(text) == fold(unicodedata.normalize("NFD", text)) == fold(text.upper())


@given(WORDS)
def test_law_same_words_ignores_form_and_case(text: str) -> None:
    assert same_words(text) == same_words(unicodedata.normalize("NFD", text)) == same_words(f" {text.upper()} ")


@given(DAYS)
def test_law_a_written_day_reads_back(day: date) -> None:
    assert parse_day(short_date(day)) == parse_day(day.isoformat()) == parse_day(f"{day:%d-%m-%Y}") == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_law_a_written_moment_reads_back_in_vietnamese_time(moment: datetime, minutes: int) -> None:
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    found = parse_moment(aware.isoformat())
    assert found == aware and found.tzinfo is ZONE


@given(st.integers(1, 39))
def test_law_numerals_read_back(number: int) -> None:
    assert from_roman(roman(number)) == number


@given(st.text(max_size=40))
def test_law_dates_raise_nothing(text: str) -> None:
    found = parse_moment(text)
    assert found is None or found.tzinfo is ZONE
    assert parse_day(text) is None or re.search(r"\d", text)


@given(st.text(max_size=60))
def test_law_text_without_controls_is_fit_for_xml(text: str) -> None:
    clean = without_controls(text)
    assert control_at(clean) == -1 and without_controls(clean) == clean
