"""Lines of text in our fonts: measured, balanced, never cut inside a word, drawn with their diacritics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont, features

FONTS = Path(__file__).resolve().parents[2] / "theme" / "print" / "fonts"
# Raqm sets marks and kerning by the font's own tables; without it FreeType's simpler way is right for NFC Vietnamese, too.
LAYOUT = ImageFont.Layout.RAQM if features.check_feature("raqm") else ImageFont.Layout.BASIC
LEADING = 1.3  # of the size: capitals with two marks, as in Ế, touch nothing above
UNIT = 100  # the size at which words are measured; other sizes are taken to be in proportion
NOWHERE = "\U0010ffff"  # a character that no font has
# Words that keep what follows on their line: “số 35-NQ/TW”, “năm 2023”.
_TIED = re.compile(r"\b(số|năm|tháng|ngày|thứ|khóa|lần|quý|mục) (?=[\dIVX])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Face:
    """A font of ours at a size in pixels."""

    name: str  # the file without its ending
    size: int

    def width(self, text: str) -> float:
        """Of one line, in pixels."""
        return _font(self).getlength(text)

    def about(self, word: str) -> float:
        """The width of a word, but for what rounding to pixels does."""
        return _measured(self.name, word) * self.size / UNIT

    @property
    def step(self) -> int:
        """From one line to the next."""
        return round(self.size * LEADING)


@cache
def _font(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{face.name}.ttf"), face.size, layout_engine=LAYOUT)


@lru_cache(maxsize=1 << 15)  # words come again and again
def _measured(name: str, word: str) -> float:
    return _font(Face(name, UNIT)).getlength(word)


@cache
def _shown(name: str, letter: str) -> bool:
    """Whether a font has a letter: what it lacks is drawn as the same box as a character that does not exist."""
    font = _font(Face(name, 32))
    return letter == " " or bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE))


def readable(name: str, text: str) -> str:
    """The text without letters that the font lacks, in single spaces."""
    return " ".join("".join(letter if _shown(name, letter) else " " for letter in text).split())


def fitted(name: str, text: str, sizes: Sequence[int], width: int, height: int, most: int) -> tuple[Face, list[str]]:
    """The largest of the falling `sizes` at which a text fits the box in at most so many lines, and these.

    Where none does, the smallest, and an ellipsis after the last whole word that fits.
    """
    words = _TIED.sub(lambda found: f"{found[1]}\u00a0", readable(name, text)).split(" ")
    for size in sizes:
        face = Face(name, size)
        lines = min(most, max(1, height // face.step))
        if len(_filled(face, words, width)) <= lines:
            found = balanced(face, words, width)
            if all(face.width(line) <= width for line in found):
                return face, found
    face = Face(name, sizes[-1])
    lines = min(most, max(1, height // face.step))
    room = width - round(face.width("…"))
    words = [part for word in words for part in _broken(face, word, room)]
    while len(_filled(face, words, width)) > lines:
        words = [*words[:-2], f"{words[-2].rstrip('…,.;:–-')}…"]
    return face, balanced(face, words, width)


def balanced(face: Face, words: Sequence[str], width: int) -> list[str]:
    """As few lines as do, as even as they can be: the narrowest box that takes no more of them."""
    few = len(_filled(face, words, width))
    low, high = 1, width
    while low < high:
        middle = (low + high) // 2
        if len(_filled(face, words, middle)) > few:
            low = middle + 1
        else:
            high = middle
    return _filled(face, words, high)


def _filled(face: Face, words: Sequence[str], width: int) -> list[str]:
    lines: list[list[str]] = []
    used, space = 0.0, face.about(" ")
    for word in words:
        more = face.about(word)
        if lines and used + space + more <= width:
            lines[-1].append(word)
            used += space + more
        else:
            lines.append([word])
            used = more
    return [" ".join(line) for line in lines]


def _broken(face: Face, word: str, width: int) -> list[str]:
    """A word that is wider than the box, an address say, in parts that are not."""
    parts = [""]
    for letter in word:
        if parts[-1] and face.width(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def write(draw: ImageDraw.ImageDraw, at: tuple[int, int], face: Face, lines: Sequence[str], fill: str) -> int:
    """Draw lines from the upper left corner `at`; where the next would begin."""
    x, y = at
    for line in lines:
        draw.text(
            (x, y), line, font=_font(face), fill=fill, anchor="la", language="vi" if LAYOUT is ImageFont.Layout.RAQM else None
        )
        y += face.step
    return y
