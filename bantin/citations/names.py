"""Documents cited without a full number: by name ("Nghị quyết Trung ương 4 khóa XII") and in part ("Chỉ thị 05")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bantin.catalogue import Catalogue
from bantin.citations import grammar
from bantin.citations.around import TERM, term_of
from bantin.citations.clean import Clean, clean
from bantin.citations.mentions import Mention, find_in
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
# Where the two may stand: what begins with a rare letter is looked for ten times as fast as what may be anything.
_RESOLUTION = re.compile(r"[ếẾ](?<=[Nn][Gg][Hh][ịỊ] [Qq][Uu][Yy].)[Tt] ")
_LAWS = re.compile(r"Bộ luật |Luật |Pháp lệnh ")
LAW = re.compile(r"(?<!\w)(?:Bộ luật|Luật|Pháp lệnh) [^.,;:()\d\[\]“”\"]{3,60}?(?: năm)? (?P<year>(?:19|20)\d\d)(?![\w/-])")
# Words after a bare number that make it a count: "kế hoạch 5 năm".
_COUNTED = r"(?! ?(?:năm|ngày|tháng|tuần|người|điều|nội dung|nhóm|nhiệm vụ|giải pháp|mục tiêu|chỉ tiêu|điểm|triệu|tỷ|nghìn|phần|bước|trang|cấp|%|\.\d|,\d|[/-] ?[A-ZĐ]))"
_BEFORE = frozenset(" :ốỐ")  # what a bare number may follow
FAR = 120  # characters in which a type stands before its number, blank lines in it and all
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
    return named_in(clean(text), text)


def named_in(one: Clean, text: str) -> Iterator[Named]:
    """As `find_named`, in a text that is in one form already."""
    resolutions = [match.end() - len("Nghị quyết ") for match in _RESOLUTION.finditer(one.text)]
    found = [_named(match) for match in _matches(NAMED, resolutions, one.text)]
    if one.numbers and ("uật " in one.text or "Pháp lệnh " in one.text):
        laws = [match.start() for match in _LAWS.finditer(one.text)]
        found += [Named(m.start(), m.end(), "", "law", 0, "") for m in _matches(LAW, laws, one.text)]
    for name in sorted(found, key=lambda n: n.start):
        start, end = one.span(name.start, name.end)
        yield Named(start, end, text[start:end], name.kind, name.number, name.term)


def _matches(pattern: re.Pattern[str], places: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives, where every match begins at one of these places."""
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            end = match.end()
            yield match


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


@dataclass(frozen=True, slots=True)
class _Types:
    """How types are looked for before a bare number: whole: with the number; before: up to it; ends: their last words, folded."""

    whole: re.Pattern[str]
    before: re.Pattern[str]
    ends: tuple[str, ...]


@lru_cache(maxsize=8)
def _types(catalogue: Catalogue) -> _Types:
    names = [t.name for t in catalogue.types if t.name in PARTIAL_TYPES]
    head = rf"(?<!\w)(?P<type>(?i:{grammar.any_of(names)})) (?:(?P<so>(?i:số)) ?:? ?)?"
    number = r"(?P<number>\d{1,4}(?:-\d{1,4})?)(?:/(?P<year>(?:19|20)\d\d))?(?![\w/]|[.,]\d|-\w| ?- ?[A-ZĐ]+ ?/| ?/)"
    ends = tuple({name.split()[-1].casefold() for name in names})
    return _Types(re.compile(head + number + _COUNTED), re.compile(f"{head}$"), ends)


def find_partial(text: str, catalogue: Catalogue) -> Iterator[Partial]:
    """Types with a bare number, left to right, with offsets of the text as given."""
    one = clean(text)
    return partial_in(one, text, catalogue, find_in(one, text, catalogue))


def partial_in(one: Clean, text: str, catalogue: Catalogue, mentions: Iterable[Mention]) -> Iterator[Partial]:
    """As `find_partial`, in a text that is in one form already; mentions: what `find_in` gives of it."""
    matches = list(_partial(one, _types(catalogue)))
    whole = [(m.start, m.end) for m in mentions] if matches else []
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


def _partial(one: Clean, types: _Types) -> Iterator[re.Match[str]]:
    """What `types.whole.finditer` gives, by the numbers of the text: they are few."""
    end = 0
    for at in one.numbers:
        if one.text[at - 1 : at] not in _BEFORE:
            continue
        near = one.text[max(end, at - 16) : at].casefold().rstrip(" :").removesuffix("số").rstrip(" ")
        if near.endswith(types.ends):
            head = types.before.search(one.text, max(end, at - FAR), at)
            match = types.whole.match(one.text, head.start()) if head else None
            if match:
                end = match.end()
                yield match


def find_all(text: str, catalogue: Catalogue) -> tuple[list[Mention], list[Named], list[Partial]]:
    """What `find`, `find_named` and `find_partial` give, in one go."""
    one = clean(text)
    mentions = list(find_in(one, text, catalogue)) if one.numbers else []
    partial = list(partial_in(one, text, catalogue, mentions)) if one.numbers else []
    return mentions, list(named_in(one, text)), partial
