"""Roman numerals as they are said."""

from __future__ import annotations

import re

from bantin.speech.numerals import cardinal
from bantin.vietnamese import from_roman

ROMAN_BEFORE = (
    "đại hội", "khóa", "khoá", "thế kỷ", "quý", "chương", "lần thứ", "thứ", "phần", "mục", "tập", "hạng", "loại", "cấp", "bậc", "nhóm",
    "vùng", "quân khu", "khu", "liên khu", "phụ lục", "quân đoàn", "học kỳ", "kỳ", "quốc tế", "hội nghị", "giai đoạn", "quyển", "bảng", "bước",
)  # fmt: skip
_ROMAN_AFTER = re.compile(
    rf"(?P<word>(?<!\w)(?:{'|'.join(ROMAN_BEFORE)}) )(?P<numeral>[IVX]{{1,7}})(?!\w|\.[A-ZĐ])", re.IGNORECASE
)
_ROMAN_LIST = re.compile(
    rf"(?P<lead>(?<!\w)(?i:{'|'.join(ROMAN_BEFORE)}) [IVX]{{1,7}}(?:(?:, | và | - |-| đến )[IVX]{{1,7}})*)(?P<joint>, | và | - |-| đến )"
    r"(?P<numeral>[IVX]{1,7})(?!\w)"
)
_ROMAN_ALONE = re.compile(r"(?<![\w.&-])[IVX]{2,7}(?!\w|[.&]\w|-[A-ZĐ])")


def romans(text: str) -> str:
    """Roman numerals up to XXXIX: `khóa XIII`, `thế kỷ XX`, `quý I`, `lần thứ IV` → `lần thứ tư`; `I` alone is a letter."""
    while (longer := _ROMAN_LIST.sub(_roman_listed, text)) != text:
        text = longer
    text = _ROMAN_AFTER.sub(_roman_after, text)
    return _ROMAN_ALONE.sub(lambda m: cardinal(from_roman(m[0])) if from_roman(m[0]) else m[0], text)


def _roman_listed(match: re.Match[str]) -> str:
    number = from_roman(match["numeral"])
    joint = " đến " if "-" in match["joint"] else match["joint"]
    return f"{match['lead']}{joint}{cardinal(number)}" if number else match[0]


def _roman_after(match: re.Match[str]) -> str:
    number = from_roman(match["numeral"]) if match["numeral"].isupper() else 0
    if not number:
        return match[0]
    word = match["word"].casefold()
    fourth = number == 4 and word.startswith("quý")
    first = number == 1 and word.startswith("hạng")
    said = {1: "nhất", 4: "tư"}[number] if fourth or first or ("thứ" in word and number in (1, 4)) else cardinal(number)
    return match["word"] + said
