"""Indexes over some pages each, put together to the one over all of them.

Pagefind knows no way to add to an index. But in its lists of pages each number is counted from the one before, so a list is
continued by another one as it stands: only the first number of that is another one. So an edit costs a run of Pagefind over the
few pages beside it, and the rest are bytes that are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import cbor2

from bantin.outputs.search.tool import Found

_ARRAY = 4
_PAIR, _TRIPLE = b"\x82", b"\x83"

Pages = tuple[int, int, int, bytes]  # how many, the first, the last, and all that stands behind the number of the first


class Batch(NamedTuple):
    """An index over some pages. pages: (name of the record, count of words, the page's file) by number; words: the pages of
    each form of a word; the word itself, without marks, is the form ""."""

    pages: tuple[tuple[str, int, str], ...]
    words: dict[str, dict[str, Pages]]


def batch(found: Found, pages: Sequence[tuple[str, int, str]], fields: Sequence[str]) -> Batch:
    """What Pagefind found, with the fields numbered as in `fields`. Raises RuntimeError for a field that is not among them."""
    try:
        numbers = [-1 - fields.index(name) for name in found.fields]
    except ValueError as unknown:
        raise RuntimeError(f"pagefind: another form of index: {unknown}") from None
    words = {}
    for word, plain, variants in found.words:
        forms = [*([("", plain)] if plain else []), *variants]
        words[word] = {form: _pages(listed, numbers) for form, listed in forms}
    return Batch(tuple(pages), words)


def _pages(listed: list[list], fields: list[int]) -> Pages:
    last = 0
    for page in listed:
        last += page[0]
        if page[2]:
            page[2] = [place if place >= 0 else fields[-1 - place] for place in page[2]]
    before = len(_head(_ARRAY, len(listed))) + len(_TRIPLE) + len(cbor2.dumps(listed[0][0]))
    return len(listed), listed[0][0], last, cbor2.dumps(listed)[before:]


class _Joined:
    """Lists of pages, one behind the other."""

    __slots__ = ("count", "data", "last")

    def __init__(self) -> None:
        self.count, self.last, self.data = 0, 0, bytearray()

    def add(self, pages: Pages, shift: int) -> None:
        count, first, last, rest = pages
        self.data += _TRIPLE + cbor2.dumps(first + shift - self.last) + rest
        self.count += count
        self.last = last + shift

    def item(self) -> bytes:
        return _head(_ARRAY, self.count) + self.data


class Words:
    """The words of batches that are added one after the other; `pages` are those of all of them, and numbered so."""

    def __init__(self, batches: Iterable[Batch] = ()) -> None:
        self.pages: list[tuple[str, int, str]] = []
        self._found: dict[str, dict[str, _Joined]] = {}
        for one in batches:
            self._add(one)

    def _add(self, batch: Batch) -> None:
        shift = len(self.pages)
        for word, forms in batch.words.items():
            known = self._found.setdefault(word, {})
            for form, pages in forms.items():
                if form not in known:
                    known[form] = _Joined()
                known[form].add(pages, shift)
        self.pages += batch.pages

    def items(self) -> Iterator[tuple[str, bytes]]:
        """All words in order, with the bytes of their item in the index. Once: what was given is forgotten."""
        for word in sorted(self._found):
            lists = self._found.pop(word)
            plain = lists.pop("").item() if "" in lists else _head(_ARRAY, 0)
            variants = (_PAIR + cbor2.dumps(form) + lists[form].item() for form in sorted(lists))
            yield word, _TRIPLE + cbor2.dumps(word) + plain + _head(_ARRAY, len(lists)) + b"".join(variants)


def _head(kind: int, number: int) -> bytes:
    """What stands before so many things (RFC 8949, 3)."""
    data = cbor2.dumps(number)
    return bytes([data[0] | kind << 5]) + data[1:]
