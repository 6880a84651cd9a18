"""Texts in bytes of which nobody knows what they are."""

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


def strings(data: bytes) -> Iterator[str]:
    """Whatever looks like text in some bytes, each run on its own."""
    found = [match.decode("utf-8", "replace") for match in _READABLE.findall(data)]
    for encoding, pattern in _WIDE.items():
        found += [match.decode(encoding, "replace") for match in pattern.findall(data)]
    if found:
        yield BREAK.join(flowing(text) for text in found)
