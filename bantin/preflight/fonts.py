"""What the codes in a PDF's text mean: their letters (ToUnicode) and widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bantin.preflight.objects import direct, held

_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class Font:
    """name: without the subset's tag. width: bytes of a code. letters, advances (1/1000 em): by code."""

    name: str
    width: int
    letters: Mapping[int, str] = field(repr=False)
    advances: Mapping[int, float] = field(repr=False)
    default: float = 0.0
    file: bytes | None = field(default=None, repr=False)  # the embedded program, TrueType or OpenType

    def codes(self, data: bytes) -> list[int]:
        """The codes of a shown string."""
        return [int.from_bytes(data[at : at + self.width], "big") for at in range(0, len(data), self.width)]


def font_of(entry: Any) -> Font:
    """A font dictionary of pypdf. A font of a kind that our PDFs have not gets the letters that it says it has."""
    name = str(entry.get("/BaseFont", "/?"))[1:].partition("+")
    stream = entry.get("/ToUnicode")
    letters = dict(_letters(direct(stream).get_data())) if stream is not None else {}
    if entry.get("/Subtype") == "/Type0":
        inner = direct(entry["/DescendantFonts"][0])
        advances = dict(_advances(inner.get("/W", [])))
        return Font(name[2] or name[0], 2, letters, advances, float(inner.get("/DW", 1000)), _file(inner))
    first = int(entry.get("/FirstChar", 0))
    widths = {first + n: float(w) for n, w in enumerate(entry.get("/Widths", []))}
    plain = {code: chr(code) for code in range(32, 127)}
    return Font(name[2] or name[0], 1, letters or plain, widths, 500.0, _file(entry))


def _file(font: Any) -> bytes | None:
    files = (held(font, "/FontDescriptor", key) for key in ("/FontFile2", "/FontFile3"))
    return next((file.get_data() for file in files if hasattr(file, "get_data")), None)


def _text(written: bytes) -> str:
    return bytes.fromhex(written.decode("ascii")).decode("utf-16-be", errors="replace")


def _letters(cmap: bytes) -> Iterator[tuple[int, str]]:
    for kind, block in _BLOCK.findall(cmap):
        if kind == b"bfchar":
            yield from ((int(code, 16), _text(letters)) for code, letters in _PAIR.findall(block))
            continue
        for first, last, start, several in _RANGE.findall(block):
            codes = range(int(first, 16), int(last, 16) + 1)
            if several:
                yield from zip(codes, map(_text, _HEX.findall(several)), strict=False)
            else:
                head, tail = _text(start)[:-1], ord(_text(start)[-1])
                yield from ((code, head + chr(tail + n)) for n, code in enumerate(codes))


def _advances(written: Any) -> Iterator[tuple[int, float]]:
    """`c [w1 w2 …]` and `first last w` (PDF 32000-1, 9.7.4.3)."""
    rest = list(written)
    while rest:
        first, second = int(rest[0]), direct(rest[1])
        if isinstance(second, list):
            yield from ((first + n, float(w)) for n, w in enumerate(second))
            rest = rest[2:]
        else:
            yield from ((code, float(rest[2])) for code in range(first, int(second) + 1))
            rest = rest[3:]
