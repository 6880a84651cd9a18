"""Texts in bytes of which nobody knows what they are, and in CBOR, in which the search index is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bantin.publishing.words import BREAK, flowing

_READABLE = re.compile(
    rb"(?:[\x20-\x7e\t\r\n]|[\xc2-\xdf][\x80-\xbf]|[\xe1-\xe3\xef][\x80-\xbf]{2}|\xf0[\x90-\x9f][\x80-\xbf]{2}){6,}"
)
# Latin letters, Vietnamese ones, combining marks, signs: by the higher byte of each.
_WIDE = {
    "utf-16-le": re.compile(rb"(?:[\x20-\xff]\0|[\x00-\xff]\x01|[\x00-\x6f]\x03|[\xa0-\xff]\x1e|[\x00-\xff][\x20-\x22]){6,}"),
    "utf-16-be": re.compile(rb"(?:\0[\x20-\xff]|\x01[\x00-\xff]|\x03[\x00-\x6f]|\x1e[\xa0-\xff]|[\x20-\x22][\x00-\xff]){6,}"),
}
# CBOR (RFC 8949): whatever stands between two texts but their heads.
_HEADS = re.compile(rb"(?:[\x00-\x17\x20-\x37\x80-\x97\xa0-\xb7\xc0-\xd7\xe0-\xf7]|[\x18\x38\x98\xb8\xd8\xf8].|[\x19\x39\x99\xb9\xd9\xf9]..|[\x1a\x3a\x9a\xba\xda\xfa].{4}|[\x1b\x3b\x9b\xbb\xdb\xfb].{8})*+", re.DOTALL)  # fmt: skip


def cbor(data: bytes) -> Iterator[str]:
    """Every text in CBOR."""
    place = 0
    while (place := _HEADS.match(data, place).end()) < len(data):  # type: ignore[union-attr]  # it matches nothing, too
        small = data[place] & 31
        width = 0 if small < 24 else 1 << small - 24
        length = int.from_bytes(data[place + 1 : place + 1 + width], "big") if width else small
        place += 1 + width
        yield data[place : place + length].decode("utf-8", "replace")
        place += length


def strings(data: bytes) -> Iterator[str]:
    """Whatever looks like text in some bytes, each run on its own."""
    found = [match.decode("utf-8", "replace") for match in _READABLE.findall(data)]
    for encoding, pattern in _WIDE.items():
        found += [match.decode(encoding, "replace") for match in pattern.findall(data)]
    if found:
        yield BREAK.join(flowing(text) for text in found)
