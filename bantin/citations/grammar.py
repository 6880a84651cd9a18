"""The grammar of a citation as regular expressions from named parts, each with the text that forced it.

cite := [TYPE] ["số" [":"]] NUMBER SEP KIND "/" ISSUER TAIL          35-NQ/TW
state := [TYPE] ["số"] NUMBER "/" [YEAR "/"] KIND "-" ISSUER TAIL    42/2022/NĐ-CP
TAIL := [","] ["ngày" DATE] ["của" BODY] ["(" "khóa" TERM ")"]       in any order
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bantin.catalogue import Catalogue

# No-break, narrow and zero-width spaces and line breaks stand between the parts in pages made from Word.
GAP = r"[\s\u00a0\u202f\u200b\u2060\ufeff]*"
SPACE = r"[\s\u00a0\u202f\u200b\u2060\ufeff]+"
DASH = r"[-‐‑‒–—]"
NUMBER = r"(?P<number>\d{1,4})"
YEAR = r"(?P<year>(?:19|20)\d\d)"

DATE = re.compile(
    rf"(?P<day>\d{{1,2}}){GAP}(?:[-/.]|{SPACE}?tháng{SPACE}?){GAP}(?P<month>\d{{1,2}}){GAP}(?:[-/.]|{SPACE}?năm{SPACE}?){GAP}(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
ON_DATE = re.compile(
    rf"{GAP},?{GAP}(?:ban hành{SPACE})?ngày{SPACE}(?={DATE.pattern.replace('?P<day>', '').replace('?P<month>', '').replace('?P<year>', '')})",
    re.IGNORECASE,
)
TERM = re.compile(rf"{GAP},?{GAP}[(\[]?{GAP}kh(?:óa|oá){SPACE}(?P<term>[IVX]{{1,7}}|\d{{1,2}})\b{GAP}[)\]]?", re.IGNORECASE)
BY = re.compile(rf"{GAP},?{GAP}của{SPACE}", re.IGNORECASE)


@lru_cache(maxsize=8)
def number_pattern(kinds: tuple[str, ...], issuers: tuple[str, ...], types: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of a number with its symbol, and the type word before it where there is one."""
    kind = rf"(?P<kind>{_any(kinds)})"
    issuer = rf"(?P<issuer>{_any(issuers)})"
    state_kind = rf"(?P<state_kind>{_any(kinds)})"
    state_issuer = rf"(?P<state_issuer>{_any(issuers)})"
    party = rf"(?:{GAP}{DASH}{GAP}|{SPACE}){kind}{GAP}/{GAP}{issuer}"
    state = rf"{GAP}/{GAP}(?:{YEAR}{GAP}/{GAP})?{state_kind}{GAP}{DASH}{GAP}{state_issuer}"
    law = rf"{GAP}/{GAP}(?P<law_year>(?:19|20)\d\d){GAP}/{GAP}(?P<law>QH\d{{1,2}}|UBTVQH\d{{1,2}})"
    word = rf"(?:(?P<type>{_any(types)}){GAP})?(?:số{GAP}:?{GAP})?"
    return re.compile(rf"(?<![\w/]){word}{NUMBER}(?:{party}|{law}|{state})(?![\w])", re.IGNORECASE)


def pattern_for(catalogue: Catalogue) -> re.Pattern[str]:
    """The number pattern of a catalogue's types and issuers."""
    kinds = {s for t in catalogue.types for s in t.symbols}
    issuers = {s for i in catalogue.issuers for s in i.symbols} | {"TƯ", "T.Ư", "T.W"}
    return number_pattern(_longest(kinds), _longest(issuers), _longest({t.name for t in catalogue.types} | {"Văn bản"}))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in words)


def _longest(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda w: (-len(w), w)))
