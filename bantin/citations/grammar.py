"""The grammar of a number, from named parts, each with the text that forced it. Works on text in one form (`clean`).

party := N "-" KIND "/" ISSUER                 35-NQ/TW, 94- KH/BTGDVTW, 26 NQ/TW; turned round 36/NQ-TW
state := N "/" [YEAR "/"] KIND "-" ISSUER …    42/2022/NĐ-CP, 1287/QĐ-TTg, 20/2015/TT-BGDĐT - BNV
law   := N "/" YEAR "/" HOUSE                  126/2025/QH15, 101/2025/UBTVQH15
letter := N "/" ISSUER "-" DESK                10803/BGDĐT-GDTrH, of a công văn
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from bantin.catalogue import Catalogue, DocumentType
from bantin.vietnamese import fold

# An abbreviation: capitals and digits, with small letters only between capitals (GDTrH), so that `NQ/TWcủa` ends at TW.
WORD = r"[A-ZĐƯ](?:[A-ZĐƯ0-9]|[a-zđ]{1,2}(?=[A-ZĐƯ]))*"
# Typed without the stroke of Đ, or run together.
MISPRINTS = {"QD": "QĐ", "ND": "NĐ", "NDCP": "NĐ-CP", "NĐCP": "NĐ-CP", "QDi": "QĐi", "Ctr": "CTr", "CTR": "CTr"}
CENTRAL = ("TW", "TƯ", "T.Ư", "T.W", "T. Ư")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one catalogue."""

    number: re.Pattern[str]
    types: dict[str, tuple[str, ...]]  # names of types and their abbreviations by their last word, folded, the longest first
    title_before: re.Pattern[str]
    listed_before: re.Pattern[str]
    kinds: dict[str, str]  # folded symbol → as written
    issuers: dict[str, str]
    party_issuers: frozenset[str]
    type_named: Callable[
        [str], DocumentType | None
    ]  # the catalogue's, which folds its argument each time: texts say the same few


@lru_cache(maxsize=8)
def of(catalogue: Catalogue) -> Grammar:
    """The grammar of a catalogue's types and issuers."""
    kinds = frozenset(s for t in catalogue.types for s in t.symbols) | frozenset(MISPRINTS) - {"NDCP", "NĐCP"}
    issuers = frozenset(s for i in catalogue.issuers for s in i.symbols) | frozenset(CENTRAL)
    party = frozenset(s for i in catalogue.issuers if i.regime == "dang" for s in i.symbols) | frozenset(CENTRAL)
    types = frozenset(t.name for t in catalogue.types) | {"Văn bản"}
    return _grammar(kinds, issuers, party, types, lru_cache(maxsize=1024)(catalogue.type_named))


def _grammar(
    kinds: frozenset[str],
    issuers: frozenset[str],
    party: frozenset[str],
    types: frozenset[str],
    type_named: Callable[[str], DocumentType | None],
) -> Grammar:
    # Known symbols in any letter case; unknown ones in capitals.
    kind = rf"(?:(?i:{any_of(kinds)})(?![A-Za-zĐđ])|{WORD})"
    one = rf"(?:(?:{any_of(CENTRAL)})|(?i:{any_of(issuers)})(?![A-Za-zĐđ0-9])|{WORD})"
    issuer = rf"{one}(?:-{WORD}| ?- ?(?:(?:{any_of(issuers)})(?![A-Za-zĐđ0-9])|[A-ZĐƯ][A-ZĐƯ0-9]{{4,}}))*"
    # Some pages are typed without diacritics.
    name = any_of(types | {_bare(t) for t in types})
    return Grammar(
        number=re.compile(
            rf"(?:(?<![\w/.,])(?<!\d-)|(?<=[Ss]ố))(?P<number>\d{{1,5}})(?:"
            rf" ?- ?(?P<kind>{kind}) ?/ ?(?P<issuer>{one})"
            rf"|-(?P<dashed_kind>{any_of(k for k in kinds if k.isupper())})-(?P<dashed_issuer>{any_of(party)})(?![\w-])"
            rf"| (?P<spaced_kind>(?i:{any_of(kinds)})) ?/ ?(?P<spaced_issuer>(?i:{any_of(issuers)}))(?!\w)"
            rf"| ?/ ?(?P<law_year>(?:19|20)\d\d) ?/ ?(?P<law>(?:UBTV)?QH\d{{1,2}})(?!\w)"
            rf"| ?/ ?(?:(?P<year>(?:19|20)\d\d) ?/ ?)?(?P<state_kind>(?:{any_of(issuers)})(?=-)|{kind}) ?[-/] ?(?P<state_issuer>{issuer})"
            rf"| ?/ ?(?:(?P<odd_year>(?:19|20)\d\d) ?/ ?)?(?P<odd>NĐCP|NDCP|SL|[A-ZĐ]{{2}}[A-ZĐ0-9]{{3,}})(?![\w-])"
            rf")"
        ),
        # A title between: "Luật Bầu cử đại biểu Quốc hội … số 85/2015/QH13".
        title_before=re.compile(rf"(?<!\w)(?P<type>(?i:{name})) [^.,;:()\[\]\"“”/\d]{{1,90}}? (?i:số|so) ?:? ?$"),
        # "Nghị quyết số 25, 26-NQ/TW", "Chỉ thị 05 và 12-CT/TW".
        listed_before=re.compile(
            rf"(?<!\w)(?P<type>(?i:{name})) ?(?:(?i:số) ?:? ?)?(?P<numbers>\d{{1,4}}(?: ?(?:,|;|và|&) ?\d{{1,4}})*) ?(?:,|;|và|&) ?(?:(?i:số) ?)?$"
        ),
        types=_by_last_word(types | {_bare(t) for t in types} | {s for s in kinds if s.isupper()}),
        kinds={s.casefold(): MISPRINTS.get(s, s) for s in sorted(kinds, key=lambda s: s in MISPRINTS, reverse=True)},
        issuers={s.casefold(): s for s in issuers},
        party_issuers=frozenset(s.casefold() for s in party),
        type_named=type_named,
    )


def type_before(text: str, at: int, rules: Grammar) -> str:
    """The type's name that ends right before `at`, as written ("Nghị quyết", "kết luận", "NQ"), or an empty string.

    An abbreviation stands in capitals and alone: "NQ số 35-NQ/TW".
    """
    last = _LAST_WORD.search(text, max(0, at - 16), at)
    for name in rules.types.get(last.group().casefold(), ()) if last else ():
        start = at - len(name)
        if start < 0:
            continue
        written = text[start:at]
        alone = start == 0 or not text[start - 1].isalnum() and text[start - 1] not in "/-"
        # A word may be glued to the one before it: "trongNghị quyết 57".
        if (
            written == name
            and name.isupper()
            and alone
            or written.casefold() == name.casefold()
            and not name.isupper()
            and (start == 0 or not text[start - 1].isalnum() or text[start - 1].islower() and written[0].isupper())
        ):
            return written
    return ""


_LAST_WORD = re.compile(r"[^\W\d_]+$")


def _by_last_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        found.setdefault(name.split()[-1].casefold(), []).append(name)
    return {word: tuple(of) for word, of in found.items()}


def _bare(text: str) -> str:
    """A type's name without diacritics, its capital kept."""
    return fold(text).capitalize()


def any_of(words: Iterable[str]) -> str:
    """Alternatives, the longest first; a blank in them is any run of blanks."""
    return "|".join(re.escape(word).replace(r"\ ", " +") for word in sorted(set(words), key=lambda w: (-len(w), w)))
