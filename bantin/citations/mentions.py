"""Mentions of documents in a text: where they stand and what they say of number, type, date, issuer and term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bantin.catalogue import Catalogue
from bantin.citations import around, grammar
from bantin.citations.clean import Clean, clean


@dataclass(frozen=True)
class Mention:
    """One citation. start, end: code points, half open, from the type word to the symbol; the rest is None where not said.

    canonical: `35-NQ/TW`, `42/2022/NĐ-CP`; kind: of the type word, else of the symbol; issuer: as worded.
    """

    start: int
    end: int
    surface: str
    number: str
    symbol: str
    canonical: str
    kind: str
    typed: bool
    date: date | None = None
    issuer: str | None = None
    term: str | None = None
    year: int | None = None
    issued_in: int | None = None  # "Chỉ thị 35-CT/TW năm 2019"

    @property
    def key(self) -> tuple[int, int, str]:
        """What two writings of one number share: number, year of a state act (else 0), symbol folded."""
        return (int(self.number), self.year or 0, symbol_key(self.symbol))


@lru_cache(maxsize=4096)
def symbol_key(symbol: str) -> str:
    """A symbol folded for comparison: `QĐi/TW`, `QyĐ/TW` and `QĐ/TW` are one."""
    head, separator, tail = symbol.partition("/")
    head = {"qđi": "qđ", "qyđ": "qđ"}.get(head.casefold(), head.casefold())
    return head + separator + tail.casefold()


def find(text: str, catalogue: Catalogue) -> Iterator[Mention]:
    """Every mention in a text, left to right, with offsets of the text as given. Raises nothing."""
    return find_in(clean(text), text, catalogue)


def find_in(one: Clean, text: str, catalogue: Catalogue) -> Iterator[Mention]:
    """As `find`, in a text that is in one form already."""
    for mention, _ in _shared(one.text, list(_found(one, catalogue))):
        start, end = one.span(mention.start, mention.end)
        given = (start, end, text[start:end])
        same = given == (mention.start, mention.end, mention.surface)  # in most texts; a new one costs more than the search
        yield mention if same else replace(mention, start=start, end=end, surface=given[2])


def parse(text: str, catalogue: Catalogue) -> Mention | None:
    """The one mention that a header's entry is; None where there is none or the first does not open the entry."""
    first = next(find(text, catalogue), None)
    return first if first and first.start <= len(text) - len(text.lstrip()) else None


_Found = tuple[Mention, int]  # with where what follows it ends


def _found(one: Clean, catalogue: Catalogue) -> Iterator[_Found]:
    text, rules, last, end = one.text, grammar.of(catalogue), None, 0
    for at in one.numbers:
        match = rules.number.match(text, at) if at >= end else None
        if not match:
            continue
        end = match.end()
        start, kind = _type_before(text, match, rules)
        mention = _mention(text, match, start, kind, rules)
        if mention is None:
            continue
        listed = (
            rules.listed_before.search(text, max(0, match.start() - 80), match.start())
            if not kind and _LISTING.search(text, max(0, match.start() - 8), match.start())
            else None
        )
        if listed and (named := rules.type_named(listed["type"])):
            yield from ((m, m.end) for m in _listed(listed, mention, named.kind))
            mention = replace(mention, kind=named.kind, typed=True)
        elif not kind and last and _LISTED.fullmatch(text[last[0].end : mention.start]):
            mention = replace(mention, kind=last[0].kind, typed=last[0].typed) if last[0].symbol == mention.symbol else mention
        said = around.after(text, mention.end, catalogue)
        if said.issuer is None:
            first = around.before(text, mention.start, catalogue)
            said = replace(said, issuer=first.issuer, date=said.date or first.date)
        if said.date or said.issuer or said.term or said.year:
            mention = replace(mention, date=said.date, issuer=said.issuer, term=said.term, issued_in=said.year)
        last = (mention, said.end)
        yield last


def _type_before(text: str, match: re.Match[str], rules: grammar.Grammar) -> tuple[int, str]:
    """Where the type word before a number starts, and its kind ("*" for a general one like "văn bản").

    Without one, the number's own start and nothing.
    """
    at = match.start()
    introduced = _SO.search(text, max(0, at - 6), at)
    end = introduced.start() if introduced else at - (text[at - 1 : at] == " ")
    near = grammar.type_before(text, end, rules)
    if near:
        named, start = rules.type_named(near), end - len(near)
        wider = grammar.type_before(text, start - 1, rules) if named and not _agrees(named.symbols, named.kind, match) else ""
        outer = rules.type_named(wider) if wider else None
        if outer and _agrees(outer.symbols, outer.kind, match):  # "Thông báo kết luận số 12-TB/TU"
            return start - 1 - len(wider), outer.kind
        return start, named.kind if named else "*"
    far = rules.title_before.search(text, max(0, at - 130), at) if introduced else None
    while far and (nearer := rules.title_before.search(text, far.end("type"), at)):
        far = nearer
    named = rules.type_named(far["type"]) if far else None
    if far and named and _agrees(named.symbols, named.kind, match):
        return far.start(), named.kind
    return at, ""


_SO = re.compile(r" ?(?:số|so) ?:? ?$", re.IGNORECASE)
_LISTED = re.compile(r" ?(?:,|;|và|&) ?(?:số )?")
_JOINED = re.compile(r"[*_”\" ]*(?:,|và|&|;|, và)? ?(?:số )?")
_LISTING = re.compile(r"(?:,|;|và|&) ?(?:số )?$")


def _agrees(symbols: tuple[str, ...], kind: str, match: re.Match[str]) -> bool:
    """A type word with a title between counts only where the symbol says the same: `Luật … số 85/2015/QH13`."""
    if match["law"]:
        return kind == "NQ" or not {"QH", "UBTVQH"}.isdisjoint(symbols)
    said = (match["kind"] or match["spaced_kind"] or match["dashed_kind"] or match["state_kind"] or "").casefold()
    return said in {s.casefold() for s in symbols}


def _mention(text: str, match: re.Match[str], start: int, kind: str, rules: grammar.Grammar) -> Mention | None:
    """The mention of a number, or None where its symbol is none and no type word vouches for it."""
    number, year, wanted = match["number"], None, ""
    if match["law"]:
        year, symbol = int(match["law_year"]), match["law"]
        canonical, own, wanted = f"{number}/{year}/{symbol}", "Luật" if symbol.startswith("QH") else "NQ", "known"
    elif match["odd"]:
        year = int(match["odd_year"]) if match["odd_year"] else None
        symbol = grammar.MISPRINTS.get(match["odd"], match["odd"])
        canonical, own = (f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"), symbol.split("-")[0]
        wanted = "known" if match["odd"] in grammar.MISPRINTS else ""
    elif party := match["kind"] or match["spaced_kind"] or match["dashed_kind"]:
        own, wanted = _written(party, rules)
        symbol = f"{own}/{_issuer(match['issuer'] or match['spaced_issuer'] or match['dashed_issuer'], rules)}"
        canonical = f"{number}-{symbol}"
    else:
        own, wanted = _written(match["state_kind"], rules)
        year = int(match["year"]) if match["year"] else None
        issuer = "-".join(_issuer(part, rules) for part in re.split(r" ?- ?", match["state_issuer"]))
        if year is None and wanted and issuer.casefold() in rules.party_issuers:
            symbol = f"{own}/{issuer}"  # 36/NQ-TW: turned round
            canonical = f"{number}-{symbol}"
        else:
            symbol = f"{own}-{issuer}"
            canonical = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
            if not wanted and own.casefold() in rules.issuers:
                own, wanted = "CV", "known"
    if not wanted and not kind:
        return None
    if kind == "*" and not wanted:
        own = "CV"  # "Văn bản số 4977/SGDĐT-GDTrH": a letter of a desk that no catalogue has
    said = kind if kind and kind != "*" else own
    return Mention(
        start, match.end(), text[start : match.end()], number, symbol, canonical, said, bool(kind and kind != "*"), year=year
    )


def _written(symbol: str, rules: grammar.Grammar) -> tuple[str, str]:
    """A type's symbol as the catalogue writes it (`nq` → `NQ`, `QD` → `QĐ`), and whether it is known."""
    known = rules.kinds.get(symbol.casefold())
    return (known, "known") if known else (symbol, "")


def _issuer(symbol: str, rules: grammar.Grammar) -> str:
    if symbol in grammar.CENTRAL or symbol.replace(".", "").replace(" ", "").casefold() in ("tư", "tw"):
        return "TW"
    return rules.issuers.get(symbol.casefold(), symbol)


def _listed(match: re.Match[str], last: Mention, kind: str) -> Iterator[Mention]:
    """The numbers before the last of a list: "Nghị quyết số 25, 26-NQ/TW" is two citations."""
    for place, number in enumerate(re.finditer(r"\d{1,4}", match["numbers"])):
        end = match.start("numbers") + number.end()
        start = match.start() if place == 0 else match.start("numbers") + number.start()
        canonical = last.canonical.replace(last.number, number.group(), 1)
        yield replace(last, start=start, end=end, surface="", number=number.group(), canonical=canonical, kind=kind, typed=True)


def _shared(text: str, found: list[_Found]) -> list[_Found]:
    """One issuer after "A ngày … và B ngày … của X" counts for both."""
    for place in range(len(found) - 2, -1, -1):
        (mention, end), (following, _) = found[place], found[place + 1]
        joined = _JOINED.fullmatch(text[max(end, mention.end) : following.start])
        same = re.split("[/-]", mention.symbol)[-1] == re.split("[/-]", following.symbol)[-1]
        if mention.issuer is None and following.issuer and joined and same and following.start >= mention.end:
            found[place] = (replace(mention, issuer=following.issuer), end)
    return found
