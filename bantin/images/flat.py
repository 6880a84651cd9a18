"""A PNG of at most 256 colours put together from stripes that were packed by themselves: what many pictures share is packed once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

FORM = f"2 {zlib.ZLIB_RUNTIME_VERSION}"  # what the bytes depend on, besides the pixels
FILTER = 1  # bytes before each row: 0, the number of no filter
_BASE = 65521  # of Adler-32
_END = b"\x03\x00"  # an empty last block of deflate


@dataclass(frozen=True, slots=True)
class Stripe:
    """Whole rows of a picture. check: their Adler-32, with PNG's filter bytes; packed: deflated up to a byte's end."""

    width: int
    height: int
    check: int
    packed: bytes


def stripe(rows: bytes, width: int, small: bool = False) -> Stripe:
    """rows: numbers of colours, each row after its `FILTER`. small: slowly packed, for what is packed once; else only runs are."""
    # Letters on a ground are little but runs: looking for what else repeats would save a twentieth of a card.
    kind = (9, zlib.Z_DEFAULT_STRATEGY) if small else (1, zlib.Z_RLE)
    deflate = zlib.compressobj(kind[0], zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, kind[1])
    # Flushed whole, so that the next stripe looks back at nothing and may be any.
    packed = deflate.compress(rows) + deflate.flush(zlib.Z_FULL_FLUSH)
    return Stripe(width, len(rows) // (width + FILTER), zlib.adler32(rows), packed)


@cache
def blank(width: int, height: int) -> Stripe:
    """Rows of colour 0."""
    return stripe(bytes((width + FILTER) * height), width, small=True)


def flat_png(colours: bytes, stripes: Iterable[Stripe]) -> bytes:
    """The file. colours: red, green, blue of each number."""
    parts = list(stripes)
    check, width = 1, parts[0].width
    for part in parts:
        check = _joined(check, part.check, part.height * (width + FILTER))
    data = b"".join((b"\x78\x01", *(part.packed for part in parts), _END, struct.pack(">I", check)))
    size = struct.pack(">IIBBBBB", width, sum(part.height for part in parts), 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"PLTE", colours), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _joined(one: int, other: int, length: int) -> int:
    """The Adler-32 of two stretches of bytes from those of each; length: of the second."""
    low, high = one & 0xFFFF, one >> 16
    more, further = other & 0xFFFF, other >> 16
    return (high + further + length * (low - 1)) % _BASE << 16 | (low + more - 1) % _BASE
