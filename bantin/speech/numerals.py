"""Numbers as Vietnamese says them: `mốt`, `tư`, `lăm`, `linh`, and no empty place left out (`một nghìn không trăm linh một`).

The package num2words (0.5.14) is not used: its Vietnamese drops places (2018 is "hai nghìn lẻ mười tám"), says "bốn" after
"mươi", and rounds decimals to two places (12,5 is "mười hai phẩy năm mươi").
"""

from __future__ import annotations

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # hai mươi mốt, hai mươi tư, hai mươi lăm
_GROUPS = ((10**6, "triệu"), (10**3, "nghìn"), (1, ""))
BILLION = 10**9
LONGEST = 18  # digits; a longer one is said digit by digit

# Every word that a number is made of.
WORDS = frozenset((*UNITS, *_AFTER_TENS.values(), "mười", "mươi", "trăm", "linh", "nghìn", "triệu", "tỷ", "phẩy"))


def cardinal(number: int) -> str:
    """A whole number in words. number: 0 or more."""
    return " ".join(_whole(number)) or UNITS[0]


def digits(written: str) -> str:
    """Each digit by itself, as in a telephone number: `05` → `không năm`."""
    return " ".join(UNITS[int(digit)] for digit in written)


def whole(written: str) -> str:
    """Digits as a number; `05` is five."""
    return cardinal(int(written)) if len(written) <= LONGEST else digits(written)


def document_number(written: str) -> str:
    """The number of a document, whose zero is said: `05` → `không năm`, `218` → `hai trăm mười tám`."""
    return digits(written) if written.startswith("0") else whole(written)


def decimal(left: str, right: str) -> str:
    """`12`, `5` → `mười hai phẩy năm`. Zeros in front and places beyond two are said one by one."""
    bare = right.lstrip("0")
    zeros = digits(right[: len(right) - len(bare)])
    tail = whole(bare) if 0 < len(bare) <= 2 else digits(bare)
    return " ".join(filter(None, (whole(left), "phẩy", zeros, tail)))


def ordinal(number: int) -> str:
    """What follows `thứ`: `nhất`, `hai`, `tư`."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number)


def _whole(number: int) -> list[str]:
    """The words of a number; none for 0."""
    high, low = divmod(number, BILLION)
    words = [*_whole(high), "tỷ"] if high else []
    for size, name in _GROUPS:
        group = low // size % 1000
        if group:
            words += [*_hundreds(group, padded=bool(words)), *([name] if name else [])]
    return words


def _hundreds(number: int, padded: bool) -> list[str]:
    """1 to 999. padded: something stands before it, so empty hundreds are said: `không trăm linh một`."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [UNITS[hundreds], "trăm"] if hundreds or padded else []
    if tens > 1:
        return [*words, UNITS[tens], "mươi", *([_AFTER_TENS.get(units, UNITS[units])] if units else [])]
    if tens:
        return [*words, "mười", *(["lăm" if units == 5 else UNITS[units]] if units else [])]
    return [*words, *(["linh"] if words and units else []), *([UNITS[units]] if units else [])]
