"""Lines of text in our fonts: measured, balanced, never cut inside a word, drawn with their diacritics."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

FONTS = Path(__file__).resolve().parents[2] / "theme" / "print" / "fonts"
# Raqm sets marks and kerning by the font's own tables; without it FreeType's simpler way is right for NFC Vietnamese, too.
LAYOUT = ImageFont.Layout.RAQM if features.check_feature("raqm") else ImageFont.Layout.BASIC
LEADING = 1.3  # of the size: capitals with two marks, as in Ế, touch nothing above
UNIT = 100  # the size at which words are measured; other sizes are taken to be in proportion
NOWHERE = "\U0010ffff"  # a character that no font has
# What is shaped and drawn as one: a letter with its marks, a ligature.
_CLUSTER = re.compile("f[fijlt]{1,2}|.[\u0300-\u036f]*", re.DOTALL)
# Words that keep what follows on their line: “số 35-NQ/TW”, “năm 2023”.
_TIED = re.compile(r"\b(số|năm|tháng|ngày|thứ|khóa|lần|quý|mục) (?=[\dIVX])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Face:
    """A font of ours at a size in pixels."""

    name: str  # the file without its ending
    size: int

    def width(self, text: str) -> float:
        """Of one line, in pixels."""
        return sum(_advance(self.name, self.size, *pair) for pair in _pairs(text))

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
    return Face(name, UNIT).width(word)


# A title is put together from letters that were drawn before, which is ten times as fast and gives the same pixels.


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    """Each letter and the one that follows it."""
    parts = _CLUSTER.findall(text)
    return zip(parts, [*parts[1:], ""], strict=False)


@lru_cache(maxsize=1 << 16)
def _advance(name: str, size: int, part: str, following: str) -> float:
    """From where one letter begins to where the next one does: kerning is between two."""
    return _font(Face(name, size)).getlength(part + following) - (_advance(name, size, following, "") if following else 0)


@dataclass(frozen=True, slots=True)
class _Letter:
    """How a letter covers its ground (Pillow's core image, mode L), and where that stands from the start of its line."""

    cover: Image.core.ImagingCore
    width: int
    height: int
    right: int
    down: int


@lru_cache(maxsize=1 << 12)
def _drawn(name: str, size: int, part: str) -> _Letter | None:
    """None: nothing is seen, as of a space."""
    language = "vi" if LAYOUT is ImageFont.Layout.RAQM else None
    cover, (right, down) = _font(Face(name, size)).getmask2(part, "L", anchor="la", language=language)
    width, height = cover.size
    return _Letter(cover, width, height, right, down) if width and height else None


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

    def fits(size: int) -> bool:
        face = Face(name, size)
        return _count(*_widths(face, words), width) <= min(most, max(1, height // face.step))

    for size in sizes[bisect_left(sizes, True, key=fits) :]:  # what fits once fits at every smaller size
        face = Face(name, size)
        found = balanced(face, words, width)
        if all(face.width(line) <= width for line in found):
            return face, found
    face = Face(name, sizes[-1])
    lines = min(most, max(1, height // face.step))
    room = width - round(face.width("…"))
    words = [part for word in words for part in _broken(face, word, room)]
    while _count(*_widths(face, words), width) > lines:
        words = [*words[:-2], f"{words[-2].rstrip('…,.;:–-')}…"]
    return face, balanced(face, words, width)


def balanced(face: Face, words: Sequence[str], width: int) -> list[str]:
    """As few lines as do, as even as they can be: the narrowest box that takes no more of them."""
    widths, space = _widths(face, words)
    few = _count(widths, space, width)
    low, high = 1, width
    while low < high:
        middle = (low + high) // 2
        if _count(widths, space, middle) > few:
            low = middle + 1
        else:
            high = middle
    starts = _starts(widths, space, high)
    return [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]


def _widths(face: Face, words: Sequence[str]) -> tuple[list[float], float]:
    return [face.about(word) for word in words], face.about(" ")


def _count(widths: Sequence[float], space: float, width: int) -> int:
    return len(_starts(widths, space, width))


def _starts(widths: Sequence[float], space: float, width: int) -> list[int]:
    """The first word of each line, where every line takes what it can."""
    starts, used = [0], widths[0]
    for place in range(1, len(widths)):
        longer = used + space + widths[place]
        if longer <= width:
            used = longer
        else:
            starts.append(place)
            used = widths[place]
    return starts


def _broken(face: Face, word: str, width: int) -> list[str]:
    """A word that is wider than the box, an address say, in parts that are not."""
    parts = [""]
    for letter in word:
        if parts[-1] and face.width(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@dataclass(frozen=True, slots=True)
class Block:
    """Lines as they cover their ground: a mask (mode L) that begins `rise` pixels above the first line, for its marks."""

    mask: Image.Image
    rise: int


def block(face: Face, lines: Sequence[str], width: int, left: int = 0) -> Block:
    """Draw lines. width: of the mask; left: where in it they begin."""
    placed = []
    for number, line in enumerate(lines):
        x = float(left)
        for part, following in _pairs(line):
            if letter := _drawn(face.name, face.size, part):
                placed.append((int(x + 0.5) + letter.right, number * face.step + letter.down, letter))
            x += _advance(face.name, face.size, part, following)
    rise = -min((y for _, y, _ in placed), default=0)
    mask = Image.new("L", (width, rise + max((y + letter.height for _, y, letter in placed), default=1)))
    ground = mask.im
    for x0, y, letter in placed:
        ground.paste(255, (x0, y + rise, x0 + letter.width, y + rise + letter.height), letter.cover)
    return Block(mask, rise)


def write(draw: ImageDraw.ImageDraw, at: tuple[int, int], face: Face, lines: Sequence[str], fill: str) -> int:
    """Draw lines in a colour from the upper left corner `at`; where the next would begin."""
    made = block(face, lines, draw.im.size[0], at[0])
    draw.bitmap((0, at[1] - made.rise), made.mask, fill)
    return at[1] + len(lines) * face.step
