"""Words of Pagefind's index cut into files again, so that a query fetches little more than the words it asks for.

Pagefind 1.5 cuts its list of words where enough has been listed, but does not count what stands under a spelling with
diacritics, as nearly every Vietnamese syllable does: a file then holds a letter or two of the alphabet. (Mended upstream in
September 2026, https://github.com/Pagefind/pagefind/pull/1316: this module can go with the first release that has it.)
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bantin.outputs.search.shadow import MAGIC

SIZE = 24_000  # bytes of a file before compression; a word that takes more has a file of its own
# What stands between two texts in CBOR as Pagefind writes it: whole numbers and heads of arrays.
_NUMBERS = re.compile(rb"(?:[\x00-\x17\x20-\x37\x80-\x97]|[\x18\x38\x98].|[\x19\x39\x99]..|[\x1a\x3a\x9a]....)*+", re.DOTALL)
_ARRAY, _TEXT, _WORD = 4, 3, 0x83  # a word is [text, pages, variants], a variant [text, pages]

Word = tuple[str, bytes]


def cut(folder: Path, size: int = SIZE) -> None:
    """Cut the words of the index in `folder` into files of about `size` bytes, and name them in its list of files.

    The same index gives the same files. Raises RuntimeError where Pagefind wrote another form.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    for language, about in entry["languages"].items():
        meta = folder / f"pagefind.{about['hash']}.pf_meta"
        data = _read(meta)
        start, end, listed = _listed(data)
        files = [folder / "index" / f"{name}.pf_index" for _, _, name in listed]
        words = [word for file in files for word in _words(_read(file))]
        for file in (*files, meta):
            file.unlink()
        ranges = []
        for chunk in _chunks(words, size):
            content = b"\x81" + _head(_ARRAY, len(chunk)) + b"".join(item for _, item in chunk)
            ranges.append((chunk[0][0], chunk[-1][0], _write(folder / "index", language, content, "pf_index")))
        data = data[:start] + _list(_trimmed(ranges)) + data[end:]
        about["hash"] = _write(folder, language, data, "pf_meta", "pagefind.")
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, separators=(",", ":")), encoding="utf-8")


def _read(file: Path) -> bytes:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(MAGIC):
        raise RuntimeError(f"pagefind: another form of index: {data[:12]!r}")
    return data.removeprefix(MAGIC)


def _write(folder: Path, language: str, data: bytes, ending: str, before: str = "") -> str:
    """Write under a name made of the content; gives the name without what stands around it."""
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{before}{name}.{ending}").write_bytes(gzip.compress(MAGIC + data, compresslevel=9, mtime=0))
    return name


def _words(data: bytes) -> Iterator[Word]:
    """Words of a file with the bytes of their items, in order."""
    place, begun, word = 1, -1, ""
    count, place = _number(data, place, _ARRAY)
    while True:
        place = _NUMBERS.match(data, place).end()  # type: ignore[union-attr]  # it matches nothing, too
        if place == len(data) or data[place - 1] == _WORD:
            if begun >= 0:
                count -= 1
                yield word, data[begun : place - (place < len(data))]
            if place == len(data):
                break
            begun = place - 1
            word, place = _text(data, place)
        else:
            _, place = _text(data, place)
    if count:
        raise RuntimeError("pagefind: another form of index: words")


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


def _trimmed(ranges: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """First and last word of each file, as short as tells it from its neighbours: words that nobody wrote have a place, too."""
    made = [list(one) for one in ranges]
    for one, other in zip(made, made[1:], strict=False):
        last, first = one[1], other[0]
        same = next((n for n, (a, b) in enumerate(zip(last, first, strict=False)) if a != b), min(len(last), len(first)))
        if last[: same + 1] >= one[0]:
            one[1] = last[: same + 1]
        other[0] = first[: same + 1]
    return [(first, last, name) for first, last, name in made]


def _listed(data: bytes) -> tuple[int, int, list[tuple[str, str, str]]]:
    """Where the list of files stands in the list of everything, [version, pages, files, …], and its rows [from, to, name]."""
    _, place = _number(data, 0, _ARRAY)
    _, place = _text(data, place)
    pages, place = _number(data, place, _ARRAY)
    for _ in range(pages):
        _, place = _text(data, place + 1)
        _, place = _number(data, place, 0)
    start = place
    count, place = _number(data, place, _ARRAY)
    rows = []
    for _ in range(count):
        first, place = _text(data, place + 1)
        last, place = _text(data, place)
        name, place = _text(data, place)
        rows.append((first, last, name))
    return start, place, rows


def _list(rows: list[tuple[str, str, str]]) -> bytes:
    texts = ((_head(_TEXT, len(value.encode())) + value.encode() for value in row) for row in rows)
    return _head(_ARRAY, len(rows)) + b"".join(b"\x83" + b"".join(row) for row in texts)


def _number(data: bytes, place: int, kind: int) -> tuple[int, int]:
    """The number in a head of that kind (RFC 8949, 3), and the place behind it."""
    found, small = divmod(data[place], 32)
    if found != kind or small > 27:
        raise RuntimeError(f"pagefind: another form of index: {data[place]:#x} at {place}")
    length = 0 if small < 24 else 1 << small - 24
    return int.from_bytes(data[place + 1 : place + 1 + length], "big") if length else small, place + 1 + length


def _text(data: bytes, place: int) -> tuple[str, int]:
    length, place = _number(data, place, _TEXT)
    return data[place : place + length].decode("utf-8"), place + length


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    length = 1 if number < 1 << 8 else 2 if number < 1 << 16 else 4
    return bytes([kind << 5 | 23 + length.bit_length()]) + number.to_bytes(length, "big")
