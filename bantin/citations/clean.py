"""Text in one form, with the way back to the text as given.

NFC, every dash a hyphen, every space (no-break, thin, line break) a blank, nothing of zero width: one character each,
so that the grammar has one form to know. `start` and `end` lead back to code points of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

DASHES = "‐‑‒–—―−"
SPACES = "\t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# A run of spaces with at most single line breaks in it: an empty line ends a paragraph and stays.
_RUN = r"(?:[^\S\n]|(?<!\n)\n(?!\n)){2,}"
# A letter with the marks that follow it, something that is not seen, a run of spaces.
_SPECIAL = re.compile(f"[^\\W\\d_][\u0300-\u036f]+|[{INVISIBLE}]+|{_RUN}")
# Most texts have none of them, which is cheap to see; runs alone are looked for where there are several spaces.
_MARKED = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
_RARE = re.compile(f"[\u0300-\u036f{INVISIBLE}{SPACES.replace(chr(10), '')}\x1c-\x1f\x85]")
_NEIGHBOURS = ("  ", " \n", "\n ")
_SPACES, _RUNS = re.compile(r"\s\s+"), re.compile(_RUN)
_DIGITS = re.compile(r"\d\d*")  # half the time of a plus: the engine looks for the first by itself


@dataclass(frozen=True)
class Clean:
    """`text` in one form, and the way back to the text as given.

    shifts: (place in `text`, what to add from there on), rising; widths: characters that stand for several.
    """

    text: str
    shifts: tuple[tuple[int, int], ...] = ()
    widths: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Where runs of digits begin: the only places where a number may."""
        return digits(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty stretch stands in the text as given, half open."""
        return self._place(start), self._place(end - 1) + self.widths.get(end - 1, 1)

    def _place(self, index: int) -> int:
        at = bisect_right(self.shifts, index, key=lambda shift: shift[0])
        return index + (self.shifts[at - 1][1] if at else 0)


@lru_cache(maxsize=8)  # one text is read for several things
def clean(text: str) -> Clean:
    """A text in one form. Raises nothing."""
    if not _RARE.search(text) and not any(two in text for two in _NEIGHBOURS):
        return Clean(_plain(text))
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    widths: dict[int, int] = {}
    at = length = 0
    for match in _SPECIAL.finditer(text) if _MARKED.search(text) else _runs(text):
        given = match.group()
        seen = " " if given.isspace() else _INVISIBLE.sub("", unicodedata.normalize("NFC", given))
        parts += (text[at : match.start()], seen)
        length += match.start() - at
        if len(seen) == 1:
            widths[length] = len(given)
        length, at = length + len(seen), match.end()
        shifts.append((length, at - length))
    if not shifts:
        return Clean(_plain(text))
    parts.append(text[at:])
    return Clean(_plain("".join(parts)), tuple(shifts), widths)


def digits(text: str) -> tuple[int, ...]:
    """Where runs of digits begin."""
    return tuple(match.start() for match in _DIGITS.finditer(text))


def _runs(text: str) -> Iterator[re.Match[str]]:
    for spaces in _SPACES.finditer(text):
        if spaces.group() != "\n\n":
            yield from _RUNS.finditer(text, *spaces.span())


def _plain(text: str) -> str:
    """Every dash a hyphen, every space a blank; one for one."""
    for characters, plain in ((DASHES, "-"), (SPACES, " ")):
        for character in characters:
            if character in text:
                text = text.replace(character, plain)
    return text
