"""The words of the index in files of a useful size: nothing is lost, and a query fetches little more than its words."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.outputs.search import chunks
from bantin.outputs.search.shadow import MAGIC

NUMBERS = [0, 1, 23, 24, 255, 256, 65535, 65536, 2**32 - 1]
WORDS = st.dictionaries(
    st.text("abcdễđ35-", min_size=1, max_size=40),
    st.lists(st.lists(st.integers(-200, 70_000), max_size=30), max_size=30),
    min_size=1,
    max_size=30,
)


def packed(value: object) -> bytes:
    """CBOR as Pagefind writes it: whole numbers, texts, arrays of known length."""
    if isinstance(value, int):
        return chunks._head(0, value) if value >= 0 else chunks._head(1, -1 - value)
    if isinstance(value, str):
        return chunks._head(3, len(value.encode())) + value.encode()
    assert isinstance(value, list)
    return chunks._head(4, len(value)) + b"".join(map(packed, value))


def item(word: str, pages: list[list[int]]) -> list[object]:
    """A word as it stands in the index: without diacritics, and the spelling with them."""
    return [word, [[1, places, []] for places in pages], [[word + "\u0301", [[7, places, [-4, 2]] for places in pages]]]]


@pytest.mark.parametrize("number", NUMBERS)
def test_heads_are_read_as_they_are_written(number: int) -> None:
    assert chunks._number(chunks._head(4, number), 0, 4) == (number, len(chunks._head(4, number)))


@given(WORDS)
def test_words_are_found_whole(words: dict[str, list[list[int]]]) -> None:
    data = packed([[item(word, words[word]) for word in sorted(words)]])
    assert list(chunks._words(data)) == [(word, packed(item(word, words[word]))) for word in sorted(words)]


@given(WORDS, st.integers(1, 4000))
def test_an_index_that_was_cut_has_the_same_words(
    tmp_path_factory: pytest.TempPathFactory, words: dict[str, list[list[int]]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("muc-luc")
    (folder / "index").mkdir()
    (folder / "index" / "vi_0000000.pf_index").write_bytes(
        gzip.compress(MAGIC + packed([[item(w, words[w]) for w in sorted(words)]]))
    )
    before, after = ["1.5.2", [["vi_a", 900]]], [[], [], ["title"]]
    rows = [[min(words), max(words), "vi_0000000"]]
    (folder / "pagefind.vi_1.pf_meta").write_bytes(gzip.compress(MAGIC + packed([*before, rows, *after])))
    (folder / "pagefind-entry.json").write_text(json.dumps({"version": "1.5.2", "languages": {"vi": {"hash": "vi_1"}}}))
    chunks.cut(folder, size)
    name = json.loads((folder / "pagefind-entry.json").read_text())["languages"]["vi"]["hash"]
    data = chunks._read(folder / f"pagefind.{name}.pf_meta")
    start, end, listed = chunks._listed(data)
    assert data[:start] == packed([*before, rows, *after])[:start] and data[end:] == b"".join(map(packed, after))
    files = [(row, list(chunks._words(chunks._read(folder / "index" / f"{row[2]}.pf_index")))) for row in listed]
    assert [word for _, held in files for word in held] == [(w, packed(item(w, words[w]))) for w in sorted(words)]
    assert len(list((folder / "index").iterdir())) == len(files)
    for (first, last, _), held in files:
        assert len(held) == 1 or sum(len(data) for _, data in held) <= size
        assert all(first <= word for word, _ in held) and held[0][0][: len(first)] == first
        assert held[-1][0][: len(last)] == last
    assert [row[0] for row in listed] == sorted({row[0] for row in listed})


def test_another_form_of_index_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "a.pf_index"
    file.write_bytes(gzip.compress(b"pagefind_xyz"))
    with pytest.raises(RuntimeError, match="another form"):
        chunks._read(file)
    with pytest.raises(RuntimeError, match="another form"):
        list(chunks._words(packed(["khác"])))
