"""The tag tree of a PDF as blocks in reading order, each with its lines: what a paragraph is, and where it breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bantin.preflight.glyphs import Glyph
from bantin.preflight.objects import direct, held
from bantin.preflight.pdf import Pdf

# Elements that run in a line; what they hold belongs to the block around them (ISO 32000-1, 14.8.4.4).
INLINE = {
    "/Span",
    "/Strong",
    "/Em",
    "/Link",
    "/Quote",
    "/Code",
    "/Reference",
    "/Sub",
    "/Title",
    "/BibEntry",
    "/Annot",
    "/Ruby",
    "/Warichu",
}
GROUPS = {"", "Document", "Part", "Sect", "Art"}  # what stands in one of these is a block, whatever its tag
DEEPEST = 100
SAME_LINE = 0.45  # em: superscripts and small letters stand this much off the line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: its letters from left to right. page: from 1."""

    page: int
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Its letters as text."""
        return "".join(g.text for g in self.glyphs).strip()

    @property
    def height(self) -> float:
        """Where it stands, in points from the foot of the page."""
        return max(self.glyphs, key=lambda g: g.size).y

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return max((g.to_x for g in self.glyphs if g.text.strip()), default=0.0)


@dataclass(eq=False)
class Block:
    """A paragraph, heading, list item, cell, note, picture … kind: its tag without the slash. path: tags from the root down to it.

    holders: the elements of path, numbered in reading order.
    """

    kind: str
    path: tuple[str, ...]
    holders: tuple[int, ...]
    alt: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)  # (page, MCID)
    lines: tuple[Line, ...] = ()

    @property
    def pages(self) -> list[int]:
        """The pages on which it stands."""
        return sorted({page for page, _ in self.marks})

    @property
    def is_heading(self) -> bool:
        """H1 to H6."""
        return self.kind[0] == "H" and self.kind[1:].isdigit()

    @property
    def is_code(self) -> bool:
        """A QR code, as its alternative text says."""
        return self.kind == "Figure" and self.alt.startswith("Mã QR")

    @property
    def is_prose(self) -> bool:
        """Running text: a paragraph or a list item, not a cell, caption, note, or line of the contents."""
        loose = {"TOC", "TOCI", "Table", "Caption", "Note", "Reference", "Figure"}
        return self.kind in ("P", "LBody", "BlockQuote", "LI") and not loose & set(self.path)

    @property
    def text(self) -> str:
        """The beginning, for a message."""
        words = " ".join(line.text for line in self.lines)
        return f"“{words[:50]}…”" if len(words) > 50 else f"“{words}”"


class Structure:
    """A tagged file's blocks in reading order; no blocks where the file has no tags."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._roles: dict[str, str] = {}

    @cached_property
    def blocks(self) -> list[Block]:
        """Every block that shows something, in reading order, with its lines."""
        tree = held(self._pdf.root, "/StructTreeRoot")
        if not tree:
            return []
        self._roles = {str(k): str(v) for k, v in held(tree, "/RoleMap").items()}
        found: list[Block] = []
        root = Block("", (), ())
        for child in _children(tree):
            self._walk(child, root, found, None, 0)
        shown = [block for block in found if block.marks]
        letters = self._letters
        for block in shown:
            block.lines = tuple(_lines(block, letters))
        return shown

    @cached_property
    def _letters(self) -> dict[tuple[int, int], list[Glyph]]:
        letters: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for number, page in enumerate(self._pdf.glyphs, 1):
            for glyph in page:
                if glyph.mark is not None:
                    letters[number, glyph.mark].append(glyph)
        return letters

    def _walk(self, element: Any, block: Block, found: list[Block], page: int | None, depth: int) -> None:
        element = direct(element)
        if isinstance(element, int):
            if page:
                block.marks.append((page, int(element)))
        elif element.get("/Type") == "/MCR":
            block.marks.append((self._page(element) or page or 0, int(element["/MCID"])))
        elif "/S" in element and depth < DEEPEST:
            kind = self._role(str(element["/S"]))
            called = kind == "/Lbl" and block.kind not in ("LI", "Note")  # the number that calls a footnote
            if block.kind in GROUPS or not (kind in INLINE or called):
                alt = str(element.get("/Alt", ""))
                block = Block(kind[1:], (*block.path, kind[1:]), (*block.holders, len(found)), alt)
                found.append(block)
            for child in _children(element):
                self._walk(child, block, found, self._page(element) or page, depth + 1)

    def _role(self, tag: str) -> str:
        """The standard tag behind one of the file's own; `Strong`, `Em` and `Title` keep their names."""
        seen = set()
        while tag in self._roles and tag not in seen and tag not in INLINE:
            seen.add(tag)
            tag = self._roles[tag]
        return tag

    def _page(self, element: Any) -> int | None:
        found = element.raw_get("/Pg") if "/Pg" in element else None
        return self._pdf.numbers.get(found.idnum) if found is not None else None


def _children(element: Any) -> Iterator[Any]:
    kids = direct(element.get("/K", []))
    yield from kids if isinstance(kids, list) else [kids]


def _lines(block: Block, letters: dict[tuple[int, int], list[Glyph]]) -> Iterator[Line]:
    """The block's lines: letters that follow each other at about one height."""
    line: list[Glyph] = []
    where = 0
    for page, mark in block.marks:
        for glyph in letters.get((page, mark), ()):
            if line and (page != where or not _together(line, glyph)):
                yield Line(where, tuple(line))
                line = []
            line.append(glyph)
            where = page
    if line:
        yield Line(where, tuple(line))


def _together(line: list[Glyph], glyph: Glyph) -> bool:
    last = line[-1]
    return abs(last.y - glyph.y) < SAME_LINE * max(last.size, glyph.size) and glyph.x > last.x - last.size
