"""One PDF as the checks see it: pypdf's view, poppler's words, the letters by their tags. Everything is read once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PdfReader

from bantin.preflight.content import Operation, operations
from bantin.preflight.finding import Unreadable
from bantin.preflight.fonts import Font
from bantin.preflight.glyphs import Glyph, glyphs_of
from bantin.preflight.objects import held
from bantin.preflight.tools import said

MM = 72 / 25.4
_PAGE = re.compile(r'<page width="[\d.]+" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Word(NamedTuple):
    """A word as poppler reads it; the box in points from the page's lower left."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2


class Bookmark(NamedTuple):
    """An entry of the outline; depth from 0, page from 1."""

    depth: int
    title: str
    page: int


class Link(NamedTuple):
    """A link inside the document; pages from 1."""

    page: int
    box: Box
    goal: int


class Pdf:
    """A file of the issue. Every property raises `Unreadable` where the file is missing or damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fonts: dict[int, Font] = {}

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @cached_property
    def reader(self) -> PdfReader:
        """pypdf's view."""
        if not self.path.is_file():
            raise Unreadable(f"thiếu tệp {self.name}")
        try:
            reader = PdfReader(self.path)
            len(reader.pages)
        except Exception as error:  # pypdf raises whatever a damaged file makes it stumble over
            raise Unreadable(f"{self.name}: tệp hỏng, không đọc được: {error}") from None
        return reader

    @cached_property
    def pages(self) -> list[Any]:
        """Its pages."""
        return list(self.reader.pages)

    @property
    def root(self) -> Any:
        """The document catalogue."""
        return self.reader.trailer["/Root"].get_object()

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Page numbers from 1 by the pages' object numbers."""
        return {page.indirect_reference.idnum: n for n, page in enumerate(self.pages, 1)}

    def content(self, number: int) -> Iterator[Operation]:
        """What the content of a page does. number: from 1."""
        content = self.pages[number - 1].get_contents()
        return operations(content.get_data() if content is not None else b"")

    @cached_property
    def glyphs(self) -> list[tuple[Glyph, ...]]:
        """The letters of each page."""
        return [glyphs_of(self.content(n), held(page, "/Resources"), self._fonts) for n, page in enumerate(self.pages, 1)]

    @cached_property
    def fonts(self) -> list[Font]:
        """The fonts that its letters are set in."""
        return list({id(glyph.font): glyph.font for page in self.glyphs for glyph in page}.values())

    @cached_property
    def words(self) -> list[list[Word]]:
        """poppler's words of each page."""
        return [list(_words(float(height), text)) for height, text in _PAGE.findall(self._said("-bbox"))]

    @cached_property
    def texts(self) -> list[str]:
        """poppler's text of each page, as it is laid out."""
        return self._said("-layout").split("\f")[:-1]

    @cached_property
    def squeezed(self) -> list[str]:
        """Letters and digits of each page alone: no line break or space is in the way of a search."""
        return [squeeze(text) for text in self.texts]

    def _said(self, how: str) -> str:
        if not self.path.is_file():
            raise Unreadable(f"thiếu tệp {self.name}")
        return said("pdftotext", how, self.path, "-")

    @cached_property
    def outline(self) -> list[Bookmark]:
        """Every bookmark in its order."""

        def walk(items: list[Any], depth: int) -> Iterator[Bookmark]:
            for item in items:
                if isinstance(item, list):
                    yield from walk(item, depth + 1)
                else:
                    number = self.reader.get_destination_page_number(item)
                    yield Bookmark(depth, " ".join(str(item.title).split()), (-1 if number is None else number) + 1)

        return list(walk(self.reader.outline, 0))

    @cached_property
    def links(self) -> list[Link]:
        """Every link inside the document."""
        return [link for number, page in enumerate(self.pages, 1) for link in self._links(number, page)]

    def _links(self, number: int, page: Any) -> Iterator[Link]:
        for annotation in page.get("/Annots") or []:
            found = annotation.get_object()
            where = found.get("/Dest") or found.get("/A", {}).get("/D")
            if where is None:
                continue
            goal = self.reader.named_destinations[where].page if isinstance(where, str) else where.get_object()[0]
            left, bottom, right, top = (float(x) for x in found["/Rect"])
            yield Link(number, (left, bottom, right, top), self.numbers.get(getattr(goal, "idnum", -1), 0))

    def trim(self, number: int) -> Box:
        """The trimmed page in points. number: from 1."""
        left, bottom, right, top = (float(x) for x in self.pages[number - 1].trimbox)
        return left, bottom, right, top

    def row(self, link: Link) -> list[Word]:
        """The words at the height of a link, the rightmost last."""
        _, bottom, _, top = link.box
        return sorted((w for w in self.words[link.page - 1] if bottom - 4 < w.middle < top + 4), key=lambda w: w.right)


def _words(height: float, text: str) -> Iterator[Word]:
    for left, top, right, bottom, word in _WORD.findall(text):
        yield Word(html.unescape(word), float(left), height - float(bottom), float(right), height - float(top))


def squeeze(text: str) -> str:
    """A text without spaces and signs."""
    return re.sub(r"[\W_]+", "", text)
