"""What the rules know of this bulletin: abbreviations of the data file, issuers and types of the catalogues, documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

from bantin.catalogue import Catalogue
from bantin.citations import Mention, Partial, find, find_partial
from bantin.documents import Document
from bantin.speech.letters import spell
from bantin.speech.numerals import cardinal, document_number

T = TypeVar("T", Mention, Partial)
QUOTES = tuple("“”\"'‘’«»")
_SO = re.compile(r"(?<!\w)[Ss](?:ố|o) ?:? ?$")


class Lexicon:
    """The two rules that need data. documents: of the registry, for what type a bare number is."""

    def __init__(self, catalogue: Catalogue, documents: Iterable[Document] = ()) -> None:
        self.catalogue = catalogue
        self._types: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        for document in documents:
            self._types[document.mention.key].add(document.type.name)

    def documents(self, text: str) -> str:
        """`Nghị quyết số 35-NQ/TW` → `Nghị quyết số ba mươi lăm của Trung ương`: type once, number, year, issuer once."""
        text = _replaced(text, find(text, self.catalogue), self._mention)
        return _replaced(text, find_partial(text, self.catalogue), _partial)

    def abbreviations(self, text: str) -> str:
        """`UBND` → `Ủy ban nhân dân`: what the data file explains, else the symbol of one issuer.

        One that stands in quotation marks by itself is spoken of, not used, and is spelled; `167-HĐBT` is "167 của …".
        """
        return self._pattern.sub(self._abbreviation, text)

    def _abbreviation(self, match: re.Match[str]) -> str:
        if match.string[match.start() - 1 : match.start()] in QUOTES and match.string[match.end() : match.end() + 1] in QUOTES:
            return spell(match["short"])
        return (" của " if match["of"] else "") + self._long[_key(match["short"])]

    @cached_property
    def _long(self) -> dict[str, str]:
        """What each abbreviation stands for, by `_key`. A symbol that several issuers share stands for none."""
        owners: dict[str, set[str]] = defaultdict(set)
        for issuer in self.catalogue.issuers:
            for symbol in issuer.symbols:
                owners[_key(symbol)].add(issuer.name)
        found = {symbol: names.pop() for symbol, names in owners.items() if len(names) == 1}
        return found | {_key(a.short): a.long for a in self.catalogue.abbreviations}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        shorts = sorted(self._long, key=lambda s: (-len(s), s))
        either = "|".join(re.escape(s).replace(r"\-", " ?- ?") + ("" if s.endswith(".") else r"(?![^\W\d_])") for s in shorts)
        return re.compile(rf"(?P<of>(?<=\d)-)?(?<!\w)(?P<short>{either})" if shorts else r"(?!)")

    def _mention(self, before: str, found: Mention) -> tuple[str, str]:
        """What stands before a number, and the number as it is said."""
        at = _number_at(found.surface, found.number)
        head = _SO.sub("", found.surface[:at]).rstrip()
        if not head and not found.typed:  # typed without a type of its own: one of a list, whose first has it
            before, head = _SO.sub("", before), self._type(found)
        year = f" năm {cardinal(found.year)}" if found.year and not (found.date and found.date.year == found.year) else ""
        bare = len(found.surface) == at + len(found.number)  # "25" of "Nghị quyết số 25, 26-NQ/TW"
        issuer = "" if found.issuer or bare else self._issuer(found)
        said = document_number(found.number) + ("" if bare else year) + (f" của {issuer}" if issuer else "")
        return before, f"{head} số {said}" if head else said

    def _type(self, found: Mention) -> str:
        """The type of a bare number: that of the registry where there is one, else of the symbol; "văn bản" where unclear."""
        named = (
            {t.name for t in self.catalogue.types if t.kind == found.kind} if found.typed else self._types.get(found.key, set())
        )
        if len(named) == 1:
            return next(iter(named))
        party = "/" in found.symbol
        symbol = re.split("[-/]", found.symbol)[0]
        sharing = [t.name for t in self.catalogue.types if symbol in t.symbols and ("dang" if party else "nha-nuoc") in t.regimes]
        if party and len(sharing) != 1:
            return "văn bản"
        own = next((t.name for t in self.catalogue.types if t.kind == found.kind), "")
        return own or (sharing[0] if sharing else "văn bản")

    def _issuer(self, found: Mention) -> str:
        """Who issued, by the symbol: its tail, else each part of that; empty where one is not known."""
        kind, mark, tail = found.symbol.partition("/") if "/" in found.symbol else found.symbol.partition("-")
        if not mark or found.kind == "CV" and self._issuer_of(kind):  # 126/2025/QH15, 10803/BGDĐT-GDTrH
            return self._issuer_of(re.sub(r"\d+$", "", kind))
        names = [self._issuer_of(tail)] if self._issuer_of(tail) else [self._issuer_of(part) for part in tail.split("-")]
        return " và ".join(dict.fromkeys(names)) if all(names) else ""

    def _issuer_of(self, symbol: str) -> str:
        """The name behind one symbol; the plainest where several bear it (`ĐU` → `Đảng ủy`)."""
        if found := self._long.get(_key(symbol)):
            return found
        names = [i.name for i in self.catalogue.issuers if symbol in i.symbols]
        return min(names, key=lambda name: (len(name), name), default="")


def _replaced(text: str, found: Iterable[T], make: Callable[[str, T], tuple[str, str]]) -> str:
    """The text with each finding as it is said. make: also gets, and may change, what stands before it."""
    out, at = "", 0
    for one in found:
        before, said = make(text[at : one.start], one)
        out, at = out + before + said, one.end
    return out + text[at:]


def _key(short: str) -> str:
    """An abbreviation for comparison: `KT - XH` is `KT-XH`."""
    return re.sub(r" ?- ?", "-", " ".join(short.split()))


def _partial(before: str, found: Partial) -> tuple[str, str]:
    """`Chỉ thị 05` → `Chỉ thị không năm`, with the year that is written with it."""
    if not found.number.isdigit():
        return before, found.surface
    at = _number_at(found.surface, found.number)
    year = f" năm {cardinal(found.year)}" if found.year else ""
    return before, found.surface[:at] + document_number(found.number) + year


def _number_at(surface: str, number: str) -> int:
    """Where the number begins, after the word `số` where there is one: a title may stand before it."""
    introduced = max((m.end() for m in re.finditer(r"(?<!\w)[Ss](?:ố|o) ?:? ?(?=\d)", surface)), default=0)
    return max(surface.find(number, introduced), 0)
