"""Vietnamese text: folding, addresses, dates and numerals as a Party bulletin writes them."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

# Viet Nam has kept UTC+7 without summer time since 1975; a fixed offset needs no zone database on Windows.
ZONE = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

EPOCH = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Legitimate spellings of the tone's place that NFC does not unify: `uỷ` and `ủy`.
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")


def now() -> datetime:
    """The moment at which things are made: that of the clock, or the one that `SOURCE_DATE_EPOCH` (seconds) says."""
    said = os.environ.get(EPOCH, "")
    if not said:
        return datetime.now(ZONE)
    try:
        return datetime.fromtimestamp(int(said), ZONE)
    except (ValueError, OverflowError, OSError):
        raise SystemExit(f"lỗi: {EPOCH} phải là số giây từ 01/01/1970, không phải “{said}”") from None


def fold(text: str) -> str:
    """Lower case without diacritics, `đ` as `d`, white space single: the form in which things are compared."""
    stripped = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in stripped if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def same_words(text: str) -> str:
    """Case and the place of the tone folded, all other diacritics kept: `Uỷ ban` equals `Ủy ban`, not `Ư ban`."""
    tones = sorted(
        c for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c) and c in "\u0300\u0301\u0303\u0309\u0323"
    )
    bare = unicodedata.normalize("NFD", text).translate(_TONES).casefold()
    return " ".join(unicodedata.normalize("NFC", bare).split()) + "".join(tones)


@lru_cache(65536)  # the names of a site come again and again
def slug(text: str) -> str:
    """An address of a-z, 0-9 and hyphens; may be empty. `Học tập và làm theo Bác` → `hoc-tap-va-lam-theo-bac`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def without_controls(text: str) -> str:
    """Text that XML allows: control characters, lone surrogates and non-characters are dropped."""
    return _CONTROLS.sub("", text)


def control_at(text: str) -> int:
    """Index of the first character that no text may hold, or -1."""
    found = _CONTROLS.search(text)
    return found.start() if found else -1


def short_date(day: date) -> str:
    """`22/10/2018`, `05/8/2008`: day below 10 and months 1 and 2 take a zero (Party style)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def long_date(moment: datetime) -> str:
    """`Thứ ba, 28/11/2023 07:30`, the date line of an article."""
    return f"{WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y %H:%M}"


def roman(number: int) -> str:
    """1 to 39 as a Roman numeral, for terms."""
    out = ""
    for value, numeral in _ROMAN:
        while number >= value:
            out, number = out + numeral, number - value
    return out


def from_roman(numeral: str) -> int:
    """The number that a Roman numeral up to 39 stands for, or 0 where it is none."""
    return next((n for n in range(1, 40) if roman(n) == numeral.upper()), 0)


def parse_day(text: str) -> date | None:
    """A day written `2018-10-22`, `22/10/2018`, `22-10-2018` or `22.10.2018`; None where it is no real day."""
    iso = re.fullmatch(r"([12]\d{3})-(\d{1,2})-(\d{1,2})", text.strip())  # the year 0203 is a misprint
    local = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.]([12]\d{3})", text.strip())
    parts = iso.groups() if iso else local.groups()[::-1] if local else None
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """A day with or without `HH:MM[:SS]` (midnight without), in Vietnamese time; an offset is converted."""
    text = text.strip()
    day, _, clock = text.replace("T", " ", 1).partition(" ")
    found = parse_day(day)
    if not found:
        return None
    parts = re.fullmatch(r"(\d{1,2})[:h](\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?", clock.strip() or "00:00")
    if not parts:
        return None
    hour, minute, second, offset = parts.groups()
    try:
        moment = datetime(found.year, found.month, found.day, int(hour), int(minute), int(second or 0))
        return moment.replace(tzinfo=_offset(offset)).astimezone(ZONE)
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> timezone:
    if text is None:
        return ZONE
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
