"""Words of the index cut into files, so that a query fetches little more than the words it asks for.

Pagefind 1.5 cuts its own list where enough has been listed, but does not count what stands under a spelling with diacritics, as
nearly every Vietnamese syllable does: a file then holds a letter or two of the alphabet.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cbor2

from bantin.outputs.search.shadow import MAGIC
from bantin.outputs.search.tool import LANGUAGE
from bantin.parallel import batches, cores

SIZE = 24_000  # bytes of a file before compression; a word that takes more has a file of its own
LEVEL = 6  # of compression: half the time of 9, and half a percent longer
AT_ONCE = 64  # files that are compressed together: what stands in them uncompressed is not kept longer

Word = tuple[str, bytes]


def packed(data: bytes) -> bytes:
    """A file as Pagefind's program reads it."""
    return gzip.compress(MAGIC + data, compresslevel=LEVEL, mtime=0)


def named(data: bytes) -> str:
    """A name made of the content, so that browsers may keep the file for ever."""
    return f"{LANGUAGE}_{hashlib.sha256(data).hexdigest()[:10]}"


def cut(
    words: Iterable[Word], version: str, pages: Sequence[tuple[str, int]], fields: Sequence[str], left: Callable[[str], bool]
) -> tuple[str, dict[str, bytes | None]]:
    """The name of an index, and its files: the words, in order, in files of about `SIZE` bytes, and the list of everything.

    left: whether a file of that name lies there already; it is not made again, and None.
    """
    ranges: list[tuple[str, str, str]] = []
    files: dict[str, bytes | None] = {}
    with ThreadPoolExecutor(cores()) as pool:  # zlib lets other threads work meanwhile
        for some in batches(_chunks(words, SIZE), AT_ONCE):
            new: dict[str, bytes] = {}
            for chunk in some:
                head = cbor2.dumps(len(chunk))
                data = b"\x81" + bytes([head[0] | 0x80]) + head[1:] + b"".join(item for _, item in chunk)
                name = named(data)
                ranges.append((chunk[0][0], chunk[-1][0], name))
                path = f"index/{name}.pf_index"
                files[path] = None
                if not left(path):
                    new[path] = data
            files.update(zip(new, pool.map(packed, new.values()), strict=True))
    listed: list[Any] = [version, [list(page) for page in pages], _trimmed(ranges), [], [], list(fields)]
    data = cbor2.dumps(listed)
    name = named(data)
    return name, {**files, f"pagefind.{name}.pf_meta": packed(data)}


def _chunks(words: Iterable[Word], size: int) -> Iterator[list[Word]]:
    """Words by files of at most `size` bytes, or of one word."""
    chunk: list[Word] = []
    used = 0
    for word in words:
        if chunk and used + len(word[1]) > size:
            yield chunk
            chunk, used = [], 0
        chunk.append(word)
        used += len(word[1])
    if chunk:
        yield chunk


def _trimmed(ranges: list[tuple[str, str, str]]) -> list[list[str]]:
    """First and last word of each file, as short as tells it from its neighbours: words that nobody wrote have a place, too."""
    made = [list(one) for one in ranges]
    for one, other in zip(made, made[1:], strict=False):
        last, first = one[1], other[0]
        same = next((n for n, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), min(len(last), len(first)))
        if last[: same + 1] >= one[0]:
            one[1] = last[: same + 1]
        other[0] = first[: same + 1]
    return made
