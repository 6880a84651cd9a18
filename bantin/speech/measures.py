"""Percentages, units, ordinals, ranges, telephone numbers and plain numbers as they are said."""

from __future__ import annotations

import re

from bantin.speech.numerals import LONGEST, cardinal, decimal, digits, document_number, ordinal, whole

UNITS = {
    "km²": "ki lô mét vuông", "km2": "ki lô mét vuông", "km": "ki lô mét", "m²": "mét vuông", "m2": "mét vuông", "m³": "mét khối",
    "m3": "mét khối", "m": "mét", "dm": "đề xi mét", "cm": "xăng ti mét", "mm": "mi li mét", "ha": "héc ta", "kg": "ki lô gam", "g": "gam", "mg": "mi li gam",
    "lít": "lít", "l": "lít", "ml": "mi li lít", "kW": "ki lô oát", "kWh": "ki lô oát giờ", "MW": "mê ga oát", "MWp": "mê ga oát", "kV": "ki lô vôn",
    "°C": "độ xê", "ºC": "độ xê", "°": "độ", "VNĐ": "đồng", "VND": "đồng", "đ": "đồng", "₫": "đồng", "USD": "đô la Mỹ", "$": "đô la",
    "EUR": "ơ rô", "€": "ơ rô", "GB": "ghi ga bai", "MB": "mê ga bai", "s": "giây", "h": "giờ",
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=lambda u: (-len(u), u)))
_MEASURED = re.compile(rf"(?<=\d) ?(?P<unit>{_UNIT})(?![\w²³])")
_PER_UNIT = re.compile(rf"(?<=\w) ?/ ?(?P<unit>{_UNIT})(?![\w²³])")
_BELOW_ZERO = re.compile(r"(?<![\w)%])(?<!\d )-(?=\d+(?:,\d+)? ?(?:[°º%]|phần trăm))")
_TIMES = re.compile(r"(?<=\d) ?x ?(?=\d)")
_PREFIXED = re.compile(r"(?P<sign>[$€₫])(?P<number>\d[\d.,]*\d|\d)")
_PERCENT = re.compile(r" ?([%‰])")
_RANGE = re.compile(r"(?<![\w/.,-])(?P<from>\d[\d.,]*)(?P<sign> ?[%‰])? ?- ?(?P<to>\d[\d.,]*)(?=(?P<after> ?[%‰])?)(?![\w/]|-\d)")
_ORDINAL = re.compile(r"(?P<said>\b[Tt]hứ )(?P<number>\d{1,3})(?![\d/%]|[.,]\d)")
_PHONE = re.compile(r"(?<![\w.,/])(?:\(0\d{2,3}\)|\+84|0|1[89]00)(?:[ .-]?\d){3,10}(?![\w/]|[.,]\d)")
_SO = re.compile(r"(?P<said>\b(?:[Ss]ố|[Nn]hà|[Pp]hòng) )(?P<number>0\d{1,3})(?![\d/]|[.,]\d)")
_THOUSANDS = r"\d{1,3}(?:\.\d{3})+(?!\d)"
_NUMBER = re.compile(rf"(?<![\d])(?P<left>{_THOUSANDS}|\d+)(?:(?P<mark>[,.])(?P<right>\d+)(?![.,]?\d))?")
_LIST = re.compile(r"\d+(?:,\d+){2,}")  # 57,59,66 are three numbers
# 1,000,000 as in English; two commas at least, or it is a decimal.
_ENGLISH = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}(?![\d,])")


def ranges(text: str) -> str:
    """`70-80%`, `97–98%`, `300 - 400` → `… đến …`; `2-1` is none."""
    return _RANGE.sub(_range, text)


def percentages(text: str) -> str:
    """`12,5%` → `12,5 phần trăm`."""
    return _PERCENT.sub(lambda m: " phần trăm" if m[1] == "%" else " phần nghìn", text)


def units(text: str) -> str:
    """`5 km2`, `60 km/h`, `6 tấn/ha`, `50.000đ`, `-2°C`, `50x70`; a unit counts only after a number or a stroke."""
    text = _PREFIXED.sub(lambda m: f"{m['number']} {UNITS[m['sign']]}", _BELOW_ZERO.sub("âm ", _TIMES.sub(" nhân ", text)))
    text = _MEASURED.sub(lambda m: f" {UNITS[m['unit']]}", text)
    return _PER_UNIT.sub(lambda m: f" trên {UNITS[m['unit']]}", text)


def ordinals(text: str) -> str:
    """`thứ 1` → `thứ nhất`, `lần thứ 4` → `lần thứ tư`."""
    return _ORDINAL.sub(lambda m: m["said"] + ordinal(int(m["number"])), text)


def telephones(text: str) -> str:
    """`0912 345 678`, `1900 1234`: digit by digit."""
    return _PHONE.sub(lambda m: digits(re.sub(r"\D", "", m[0])) if len(re.sub(r"\D", "", m[0])) >= 8 else m[0], text)


def numbers(text: str) -> str:
    """What is left: `4.916`, `3,14`, `4.0` → `bốn chấm không`, `05 lớp` → `năm lớp`, `số 05` → `số không năm`."""
    text = _ENGLISH.sub(lambda m: m[0].replace(",", ""), text)
    text = _LIST.sub(lambda m: m[0].replace(",", ", "), text)
    text = _SO.sub(lambda m: m["said"] + document_number(m["number"]), text)
    return _NUMBER.sub(_number, text)


def _range(match: re.Match[str]) -> str:
    low, high = _value(match["from"]), _value(match["to"])
    if low >= high:
        return match[0]
    # "70%-80%" says it twice, "70-80%" once.
    return f"{match['from']}{match['sign'] or ''} đến {match['to']}"


def _value(written: str) -> float:
    bare = written.rstrip(".,")
    return float(bare.replace(".", "").replace(",", ".", 1).replace(",", "")) if bare.strip(".,") else 0.0


def _number(match: re.Match[str]) -> str:
    """With blanks where letters are next to it: `F0`, `H5N1`."""
    left, right = match["left"].replace(".", ""), match["right"] or ""
    if not right:
        said = digits(left) if left.startswith("00") or len(left) > LONGEST else cardinal(int(left))
    elif match["mark"] == ",":
        said = decimal(left, right)
    else:
        said = f"{whole(left)} chấm {document_number(right)}"
    before = " " if match.string[match.start() - 1 : match.start()].isalpha() else ""
    after = " " if match.string[match.end() : match.end() + 1].isalpha() else ""
    return f"{before}{said}{after}"
