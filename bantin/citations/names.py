"""Documents cited without a full number: by name ("Nghị quyết Trung ương 4 khóa XII") and in part ("Chỉ thị 05")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bantin.catalogue import Catalogue
from bantin.citations import grammar
from bantin.citations.around import TERM, term_of
from bantin.citations.clean import clean
from bantin.citations.mentions import find
from bantin.vietnamese import fold

ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,2}})(?: (?:một|hai|ba|bốn|năm|sáu)(?!\w))?"
_CENTRAL = r"(?:Trung ương|TW|T\.? ?Ư|TƯ)"
_TERM = r",? ?\(?kh(?:óa|oá) (?:[IVX]{1,5}|\d{1,2})(?!\w)\)?"
_PLENUM = (
    rf"(?:của )?(?:Hội nghị )?(?:(?:lần thứ {_ORDINAL},? )?(?:Ban Chấp hành |BCH ){_CENTRAL}(?: Đảng)?(?: Cộng sản Việt Nam)?(?: lần thứ {_ORDINAL})?"
    rf"|(?:lần thứ {_ORDINAL} )?{_CENTRAL}(?: Đảng)?(?: (?:lần thứ )?(?:{_ORDINAL}))(?!\w))"
)
_CONGRESS = (
    r"(?:của )?Đại hội(?: đại biểu)?(?: toàn quốc)?(?: lần thứ (?:[IVX]+|\d+))? ?(?:(?:của )?(?:Đảng bộ|Đảng|Đoàn|tỉnh|thành phố|huyện|xã|phường|Khối|cấp|các|\w+ ?ủy)[^.,;:()\d]{0,40}? )?"
    r"(?:(?:lần thứ |khóa )?(?:[IVX]+|\d{1,2})(?!\w))(?: của Đảng)?"
)
NAMED = re.compile(
    rf"(?<!\w)Nghị quyết (?:số )?(?:(?P<plenum>{_PLENUM}(?P<term>{_TERM})?)|(?P<congress>{_CONGRESS}))", re.IGNORECASE
)
LAW = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh) [^.,;:()\d\[\]“”\"]{3,60}?(?: năm)? (?P<year>(?:19|20)\d\d)(?![\w/-])")
# Words after a bare number that make it a count: "kế hoạch 5 năm".
_COUNTED = r"(?! ?(?:năm|ngày|tháng|tuần|người|điều|nội dung|nhóm|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|điểm|triệu|tỷ|nghìn|phần|bước|trang|cấp|%|\.\d|,\d|[/-] ?[A-ZĐ]))"
PARTIAL_TYPES = (
    "Nghị quyết",
    "Quyết định",
    "Chỉ thị",
    "Kết luận",
    "Quy định",
    "Hướng dẫn",
    "Nghị định",
    "Thông tư",
    "Thông tư liên tịch",
    "Công văn",
    "Thông tri",
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document cited by name. kind: "plenum" (number of the plenum, term), "congress" (term) or "law" (year)."""

    start: int
    end: int
    surface: str
    kind: str
    number: int = 0
    term: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What two wordings of one name share: plenum and term, congress and term, or the law's own words."""
        words = fold(self.surface) if self.kind in ("law", "local") else ""
        return (self.kind, str(self.number), self.term, words)


@dataclass(frozen=True, slots=True)
class Partial:
    """A type and a number without a symbol; year where one is said ("Thông tư 46/2016")."""

    start: int
    end: int
    surface: str
    type: str
    number: str
    year: int | None = None


def find_named(text: str) -> Iterator[Named]:
    """Citations by name, left to right, with offsets of the text as given."""
    one = clean(text)
    found = [_named(match) for match in NAMED.finditer(one.text)]
    found += [Named(m.start(), m.end(), "", "law", 0, "") for m in LAW.finditer(one.text)]
    for name in sorted(found, key=lambda n: n.start):
        start, end = one.span(name.start, name.end)
        yield Named(start, end, text[start:end], name.kind, name.number, name.term)


def _named(match: re.Match[str]) -> Named:
    text = match.group()
    if match["congress"]:
        numerals = re.findall(r"(?<!\w)([IVX]+|\d{1,2})(?!\w)", match["congress"])
        central = not re.search(r"đảng bộ|tỉnh|huyện|xã|phường|khối", match["congress"], re.IGNORECASE)
        return Named(match.start(), match.end(), "", "congress" if central else "local", 0, term_of(numerals[-1]))
    term = TERM.match(match["term"]) if match["term"] else None
    ordinal = re.search(
        rf"lần thứ ({_ORDINAL})|(?<!\w)(\d{{1,2}}|{'|'.join(ORDINALS)})(?!\w)(?! khóa)",
        text.removesuffix(match["term"] or "")[len("Nghị quyết ") :],
        re.IGNORECASE,
    )
    return Named(
        match.start(),
        match.end(),
        "",
        "plenum",
        _ordinal(ordinal[1] or ordinal[2]) if ordinal else 0,
        term_of(term["term"]) if term else "",
    )


def _ordinal(words: str) -> int:
    first, _, second = words.casefold().partition(" ")
    number = int(first) if first.isdigit() else ORDINALS.get(first, 0)
    return number + ORDINALS.get("nhất" if second == "một" else second, 0) if second else number


@lru_cache(maxsize=8)
def _partial_pattern(types: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<type>(?i:{grammar.any_of(types)})) (?:(?P<so>(?i:số)) ?:? ?)?(?P<number>\d{{1,4}}(?:-\d{{1,4}})?)(?:/(?P<year>(?:19|20)\d\d))?(?![\w/]|[.,]\d|-\w| ?- ?[A-ZĐ]+ ?/| ?/){_COUNTED}"
    )


def find_partial(text: str, catalogue: Catalogue) -> Iterator[Partial]:
    """Types with a bare number, left to right, with offsets of the text as given."""
    one = clean(text)
    known = tuple(t.name for t in catalogue.types if t.name in PARTIAL_TYPES)
    matches = list(_partial_pattern(known).finditer(one.text))
    whole = [(m.start, m.end) for m in find(text, catalogue)] if matches else []
    for match in matches:
        number = match["number"]
        if not match["so"] and len(number) < 2 and not match["year"]:
            continue
        start, end = one.span(match.start(), match.end())
        if any(start < other_end and other_start < end for other_start, other_end in whole):
            continue  # part of a full one: "Nghị quyết số 25, 26-NQ/TW"
        named = catalogue.type_named(match["type"])
        yield Partial(
            start,
            end,
            text[start:end],
            named.name if named else match["type"],
            number,
            int(match["year"]) if match["year"] else None,
        )
