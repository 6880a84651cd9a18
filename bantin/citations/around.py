"""What stands around a number: date, issuer and term, after it or before it. Works on text in one form (`clean`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bantin.catalogue import Catalogue
from bantin.vietnamese import fold, from_roman, roman

DAY = r"(?P<day>\d{1,2}) ?(?:[-/.]| th[áa]ng ) ?(?P<month>\d{1,2}) ?(?:[-/.]| n[ăa]m ) ?(?P<year>(?:19|20)\d\d)(?!\d)"
# "ngày 22/10/2018", "ban hành ngày …", and "(22/10/2018)" alone in brackets.
DATE = re.compile(
    rf"(?:[*_”\" ]|</?\w+>)*,? ?(?:\(?(?:được |đã )?(?:ký |ban hành )*(?:vào )?ng[àa]y ?{DAY}\)?|\( ?{DAY.replace('P<day>', 'P<d2>').replace('P<month>', 'P<m2>').replace('P<year>', 'P<y2>')} ?\))",
    re.IGNORECASE,
)
YEAR = re.compile(r",? (?:ban hành )?năm (?P<year>(?:19|20)\d\d)(?![\w/-])", re.IGNORECASE)
TERM = re.compile(r"(?:[*_”\" ]|</?\w+>)*,? ?[(\[]? ?kh(?:óa|oá|oa) ?(?P<term>[IVX]{1,7}|\d{1,2})(?!\w) ?[)\]]?", re.IGNORECASE)
BY = re.compile(r"(?:[*_”\" ]|</?\w+>)*,? ?(?:(?:của|cua|do|giữa) ?(?=\w)|(?=Hội nghị lần thứ ))", re.IGNORECASE)
APPROVED = re.compile(r" (?:vừa |đã |mới )?được (?P<issuer>[^,.;:()]{5,60}?) (?:phê duyệt|ban hành|thông qua|ký)", re.IGNORECASE)

# Words with which the name of a body begins, and words at which it is surely over.
HEAD = (
    r"(?:Ban|Bộ|Bộ trưởng|Chính phủ|Thủ tướng|Quốc hội|Trung ương|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Thị ủy|Đảng ủy|Đảng đoàn|Chi bộ|Chi ủy|Ủy ban|Văn phòng|Hội đồng|Hội|"
    r"Đoàn|Liên đoàn|Công đoàn|Tổng|Sở|Cục|Vụ|Viện|Tòa án|Mặt trận|Quân ủy|Thường trực|Thường vụ|Chủ tịch nước|Thanh tra|Kiểm toán|Ngân hàng|Học viện|Đại học|Hiệu trưởng|Giám đốc|Chủ tịch|Chánh án|Viện trưởng|Thống đốc|Trường|Bệnh viện|UB[A-Z]*|HĐND|MTTQ|BCH|BTV|BTC|BTG)"
)  # fmt: skip
_STOP = set(
    "về v/v việc quy hướng thực phê tại đã vừa là có được để do theo nêu yêu tiếp trên trong cho thì khóa khoá nhiệm giao một gồm chỉ ngày năm "
    "tháng bằng với từ đối nhằm này đó kèm sửa thay như mà nên sẽ đang cũng vẫn khi sau trước cùng ra ký công nói xác đề tổ".split()
)
# A stop word that goes on as part of a name: "Công đoàn", "Tổ chức", "Quy hoạch", "Công Thương".
_GOES_ON = re.compile(
    r"(?:công (?:đoàn|an|thương|nghiệp|nghệ|chức|vụ)|tổ chức|chỉ đạo|chỉ huy|thực phẩm|đối ngoại|nhiệm vụ|theo dõi|giao thông|năm căn)",
    re.IGNORECASE,
)
_HEAD, _HEADS = re.compile(HEAD), re.compile(rf"(?<!\w){HEAD}(?!\w)")
_HEADED = re.compile(rf"{HEAD}(?!\w)", re.IGNORECASE)
_LEAD = re.compile(rf"ngày ?{DAY},? $", re.IGNORECASE)
# With what `_BEFORE` ends: few numbers have it before them, and it is cheap to look for.
_ISSUES = tuple(f" {verb}{what} " for verb in ("có", "ra", "ban hành", "ký", "công bố") for what in ("", " các", " một số"))
_BEFORE = re.compile(
    rf"(?:(?:[Nn]gày ?{DAY}),? )?(?P<issuer>{HEAD}(?![\w])[^,.;:()\[\]“”\"]{{0,70}}?)(?: ngày \d{{1,2}}[-/]\d{{1,2}})? (?:(?:đã|vừa|mới|vì|chính thức|sẽ|tiếp tục|cũng) )*(?:có|ra|ban hành|ký ban hành|ký|công bố)(?: các| một số)? $"
)


@dataclass(frozen=True, slots=True)
class Around:
    """Date (or only its year), issuer as worded, term in Roman numerals; None where not said. `end`: where that ends."""

    date: date | None = None
    issuer: str | None = None
    term: str | None = None
    end: int = 0
    year: int | None = None


def after(text: str, at: int, catalogue: Catalogue) -> Around:
    """What follows a number, in any order, each at most once."""
    day, issuer, term, year, here = None, None, "", None, at
    while True:
        if day is None and (match := DATE.match(text, here)):
            day, here = _date(match), match.end()
            if day is None:
                return Around(None, issuer, term or None, here, year)
        elif day is None and year is None and (match := YEAR.match(text, here)):
            year, here = int(match["year"]), match.end()
        elif not term and (match := TERM.match(text, here)) and (term := term_of(match["term"])):
            here = match.end()
        elif issuer is None and (match := BY.match(text, here)) and (named := body(text, match.end(), catalogue)):
            issuer, here = named, match.end() + len(named)
        else:
            break
    approved = APPROVED.match(text, here) if issuer is None else None
    if approved and _HEAD.match(approved["issuer"]):
        issuer = approved["issuer"].strip()
    return Around(day, issuer, term or None, here, year)


def before(text: str, at: int, catalogue: Catalogue) -> Around:
    """Who issued it, and when, where that is said first: "ngày 04/9/2022, Ban Tuyên giáo Tỉnh ủy đã có Hướng dẫn …"."""
    window = text[max(0, at - 150) : at]
    if not window.endswith(" "):
        window += " "
    if not window.endswith(_ISSUES):
        return Around()
    best = None
    for head in _HEADS.finditer(window):
        start = head.start()
        if window[:start].endswith(("Phó ", "phó ")):
            continue  # the person signs, the body issues: "Phó Chủ tịch UBND …"
        lead = _LEAD.search(window, 0, start)
        match = _BEFORE.match(window, lead.start() if lead else start)
        if match:
            best = match
            break
    if not best:
        return Around()
    issuer = body(best["issuer"], 0, catalogue)
    return Around(_date(best) if best["day"] else None, issuer or None, None, at)


def body(text: str, at: int, catalogue: Catalogue) -> str:
    """The name of a body as worded at `at`: the longest that the catalogue knows, with its place, else by its shape."""
    known = _known(catalogue)
    pattern = known.patterns.get(text[at : at + 2].casefold())
    match = pattern.match(text, at) if pattern else None
    if match:
        central = known.central[_key(match.group())]
        place = None if central else _PLACE.match(text, match.end())
        longer = "" if central else _shape(text, at)
        wording = text[at : place.end()] if place else match.group()
        return longer if len(longer) > len(wording) and longer.startswith(wording) else wording
    return _shape(text, at)


# "Hòa Bình", "tỉnh Bắc Giang", "Thành phố Hồ Chí Minh", "Bà Rịa - Vũng Tàu"; not the next document or body.
_CAPITAL = r"(?!(?:Về|Ban|Bộ|Nghị|Quy|Quyết|Chỉ|Kết|Thông|Hướng|Kế|Khóa|Khoá|Đảng)\b)[A-ZĐÀ-ÝĂĨŨƠƯẠ-Ỹ][^\W\d_]*"
_PLACE = re.compile(
    r"(?: (?i:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu))?"
    rf"(?: {_CAPITAL}){{1,4}}(?: ?- ?{_CAPITAL}(?: {_CAPITAL}){{0,2}})?"
)


# What begins something else than a name: a verb, the next document.
_ENDED = re.compile(
    r"(?:ban hành|và (?:các|đã|được|[a-zđ])|Nghị quyết|Quyết định|Thông báo|Chỉ thị|Kết luận|Kế hoạch|Chương trình|Đề án|Quy chế)(?!\w)"
    r"|và (?:Nghị|Quyết|Quy|Chỉ|Kết|Thông|Hướng|Kế|Chương|Đề|Luật|Công văn|Báo)"
)


def _shape(text: str, at: int) -> str:
    """A name by its shape: from a word that heads one until punctuation, a verb or a type of document."""
    if not _HEADED.match(text, at):
        return ""
    window, end, words = text[at : at + 170], 0, 0
    for token in re.finditer(r"\S+", window):
        word = token.group()
        bare = word.strip("*_").rstrip('.,;:)”"*')
        if word[0] in '“"([-–' or not bare or words >= 16:
            break
        rest = window[token.start() :]
        if words and bare.casefold() in _STOP and not _GOES_ON.match(rest):
            break
        if words and _ENDED.match(rest):
            break
        end, words = token.start() + len(word.rstrip('.,;:)”"*')), words + 1
        if bare.upper() in ("TP", "TT", "TX", "Q", "H") and word[-1] == ".":
            continue  # "TP. HCM"
        if word[-1] in '.,;:)”"' and not (word[-1] == "," and re.match(r" (?:Chính phủ|Đoàn Chủ tịch)", window[token.end() :])):
            break
    return window[:end] if words else ""


@dataclass(frozen=True, slots=True)
class _Names:
    patterns: dict[str, re.Pattern[str]]  # by the first two letters: there are hundreds of names
    central: dict[str, bool]


@lru_cache(maxsize=8)
def _known(catalogue: Catalogue) -> _Names:
    names = {_key(name): issuer.level == "trung-uong" for issuer in catalogue.issuers for name in (issuer.name, *issuer.aliases)}
    names |= {fold(name): central for name, central in names.items() if fold(name) not in names}
    by_start: dict[str, list[str]] = {}
    for name in names:
        for start in {name[:2], name[:2].replace("ủy", "uỷ")}:
            by_start.setdefault(start, []).append(name)
    return _Names({start: re.compile(_either(of), re.IGNORECASE) for start, of in by_start.items()}, names)


def _either(names: Iterable[str]) -> str:
    """Alternatives, the longest first; either place of the tone; a glued word may follow a small letter only."""
    escaped = [
        re.escape(name).replace(r"\ ", " +").replace("ủy", "(?:ủy|uỷ)").replace("hóa", "(?:hóa|hoá)")
        for name in sorted(names, key=lambda n: (-len(n), n))
    ]
    return rf"(?:{'|'.join(escaped)})(?!(?-i:[A-ZĐ]))"


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("uỷ", "ủy").replace("hoá", "hóa").split())


def _date(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    parts = [groups.get(name) or groups.get(other) for name, other in (("year", "y2"), ("month", "m2"), ("day", "d2"))]
    try:
        return date(*(int(part) for part in parts if part))
    except (ValueError, TypeError):
        return None


def term_of(numeral: str) -> str:
    """A term in Roman numerals, from `XII` or `12`; empty where it is none."""
    term = roman(int(numeral)) if numeral.isdigit() else numeral.upper()
    return term if from_roman(term) else ""
