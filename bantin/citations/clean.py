"""Text in one form, with the way back to the text as given.

NFC, every dash a hyphen, every space (no-break, thin, line break) a blank, nothing of zero width: one character each,
so that the grammar has one form to know. `start` and `end` lead back to code points of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

DASHES = "‐‑‒–—―−"
SPACES = "\t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# A run of spaces with at most single line breaks in it: an empty line ends a paragraph and stays.
_RUN = r"(?:[^\S\n]|(?<!\n)\n(?!\n)){2,}"
# A letter with the marks that follow it, something that is not seen, a run of spaces.
_SPECIAL = re.compile(f"[^\\W\\d_][\u0300-\u036f]+|[{INVISIBLE}]+|{_RUN}")
_HINT = re.compile(f"[\u0300-\u036f{INVISIBLE}]|{_RUN}")  # cheap, and most texts have none


@dataclass(frozen=True, slots=True)
class Clean:
    """`text` in one form, and the way back to the text as given.

    shifts: (place in `text`, what to add from there on), rising; widths: characters that stand for several.
    """

    text: str
    shifts: tuple[tuple[int, int], ...] = ()
    widths: Mapping[int, int] = field(default_factory=dict)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty stretch stands in the text as given, half open."""
        return self._place(start), self._place(end - 1) + self.widths.get(end - 1, 1)

    def _place(self, index: int) -> int:
        at = bisect_right(self.shifts, index, key=lambda shift: shift[0])
        return index + (self.shifts[at - 1][1] if at else 0)


def clean(text: str) -> Clean:
    """A text in one form. Raises nothing."""
    if not _HINT.search(text):
        return Clean(_plain(text))
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    widths: dict[int, int] = {}
    at = length = 0
    for match in _SPECIAL.finditer(text):
        given = match.group()
        seen = " " if given.isspace() else _INVISIBLE.sub("", unicodedata.normalize("NFC", given))
        parts += (text[at : match.start()], seen)
        length += match.start() - at
        if len(seen) == 1:
            widths[length] = len(given)
        length, at = length + len(seen), match.end()
        shifts.append((length, at - length))
    parts.append(text[at:])
    return Clean(_plain("".join(parts)), tuple(shifts), widths)


def _plain(text: str) -> str:
    """Every dash a hyphen, every space a blank; one for one."""
    for characters, plain in ((DASHES, "-"), (SPACES, " ")):
        for character in characters:
            if character in text:
                text = text.replace(character, plain)
    return text
