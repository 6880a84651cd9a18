"""Mentions of documents in a text: where they stand and what they say of number, type, date, issuer and term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bantin.catalogue import Catalogue
from bantin.citations import grammar
from bantin.vietnamese import from_roman, roman, same_words


@dataclass(frozen=True, slots=True)
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

    @property
    def key(self) -> tuple[int, int, str]:
        """What two writings of one number share: number, year of a state act (else 0), symbol folded."""
        return (int(self.number), self.year or 0, symbol_key(self.symbol))


def symbol_key(symbol: str) -> str:
    """A symbol folded for comparison: `QĐi/TW`, `QyĐ/TW` and `QĐ/TW` are one."""
    head, separator, tail = symbol.partition("/")
    head = {"qđi": "qđ", "qyđ": "qđ"}.get(head.casefold(), head.casefold())
    return head + separator + tail.casefold()


def find(text: str, catalogue: Catalogue) -> Iterator[Mention]:
    """Every mention in an NFC text, left to right. Raises nothing."""
    pattern = grammar.pattern_for(catalogue)
    for match in pattern.finditer(text):
        yield _mention(text, match, catalogue)


def parse(text: str, catalogue: Catalogue) -> Mention | None:
    """The one mention that a header's entry is; None where there is none or the first does not open the entry."""
    first = next(find(text, catalogue), None)
    return first if first and first.start <= len(text) - len(text.lstrip()) else None


def _mention(text: str, match: re.Match[str], catalogue: Catalogue) -> Mention:
    number = match["number"]
    if match["law"]:
        year, symbol = int(match["law_year"]), match["law"].upper()
        canonical = f"{number}/{year}/{symbol}"
    elif match["kind"]:
        year, symbol = None, f"{_written(match['kind'], catalogue)}/{_issuer_symbol(match['issuer'], catalogue)}"
        canonical = f"{number}-{symbol}"
    else:
        year = int(match["year"]) if match["year"] else None
        symbol = f"{_written(match['state_kind'], catalogue)}-{_issuer_symbol(match['state_issuer'], catalogue)}"
        canonical = f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
    named = catalogue.type_named(match["type"]) if match["type"] else None
    day, issuer, term = _tail(text, match.end(), catalogue)
    return Mention(
        match.start(), match.end(), match.group(), number, symbol, canonical,
        named.kind if named else re.split("[/-]", symbol)[0], named is not None, day, issuer, term, year,
    )  # fmt: skip


def _written(symbol: str, catalogue: Catalogue) -> str:
    """The catalogue's writing of a type's symbol: `nq` → `NQ`, `Ctr` → `CTr`."""
    known = {s.casefold(): s for t in reversed(catalogue.types) for s in t.symbols}
    return known.get(symbol.casefold(), symbol)


def _issuer_symbol(symbol: str, catalogue: Catalogue) -> str:
    if symbol.replace(".", "").casefold() in ("tư", "tw"):
        return "TW"
    known = {s.casefold(): s for i in reversed(catalogue.issuers) for s in i.symbols}
    return known.get(symbol.casefold(), symbol)


def _tail(text: str, at: int, catalogue: Catalogue) -> tuple[date | None, str | None, str | None]:
    """Date, issuer and term that follow the symbol, in any order, each at most once."""
    day, issuer, term = None, None, None
    while True:
        if day is None and (found := grammar.ON_DATE.match(text, at)):
            written = grammar.DATE.match(text, found.end())
            if not written:
                break
            day, at = _date(written), written.end()
        elif issuer is None and (found := grammar.BY.match(text, at)):
            known = _body(text, found.end(), catalogue)
            if not known:
                break
            issuer, at = known, found.end() + len(known)
        elif term is None and (found := grammar.TERM.match(text, at)):
            numeral = found["term"]
            term, at = (roman(int(numeral)) if numeral.isdigit() else numeral.upper()), found.end()
            if not from_roman(term):
                term = None
                break
        else:
            break
    return day, issuer, term


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _body(text: str, at: int, catalogue: Catalogue) -> str | None:
    """The longest wording of an issuer that the catalogue knows, with a province's capitalised name after it."""
    window = text[at : at + 120]
    words = list(re.finditer(r"\S+", window))
    for count in range(min(len(words), 16), 0, -1):
        wording = window[: words[count - 1].end()].rstrip(" ,.;:()")
        found = catalogue.issuer_named(" ".join(wording.split()))
        if not found:
            continue  # a comma stands after the name: "của Bộ Chính trị, khóa XII"
        issuer, rest = found
        names = rest.split()
        if (
            all(same_words(n) != n and n[:1].isupper() for n in names)
            and len(names) <= 3
            and (not names or issuer.level != "trung-uong")
        ):
            return wording
    return None
