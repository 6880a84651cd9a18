"""The words of the index: lists of pages that are joined, and files of a useful size; nothing is lost."""

from __future__ import annotations

import gzip
from itertools import accumulate
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin.outputs.search import chunks, words
from bantin.outputs.search.shadow import MAGIC
from bantin.outputs.search.tool import Found

FIELDS = ["ngày", "title"]
PLACES = st.lists(st.integers(0, 70_000), max_size=4)
# By page: places in the text; places in its fields, by name.
PAGES = st.dictionaries(
    st.integers(0, 300), st.tuples(PLACES, st.dictionaries(st.sampled_from(FIELDS), PLACES)), min_size=1, max_size=9
)
WORDS = st.dictionaries(
    st.text("abcdễđ35-", min_size=1, max_size=20), st.dictionaries(st.text("aá", max_size=2), PAGES, min_size=1), max_size=8
)
Model = dict[str, dict[str, dict[int, Any]]]


def listed(pages: dict[int, Any], fields: list[str]) -> list[list[Any]]:
    """Pages as Pagefind lists them."""
    told = {
        number: [place for name, at in fields_.items() for place in (-1 - fields.index(name), *at)]
        for number, (_, fields_) in pages.items()
    }
    before = [0, *sorted(pages)]
    return [[number - last, pages[number][0], told[number]] for last, number in zip(before, sorted(pages), strict=False)]


def found(model: Model, fields: list[str]) -> Found:
    """What Pagefind says of a few pages."""
    items = [
        [word, listed(forms[""], fields) if "" in forms else [], [[f, listed(p, fields)] for f, p in forms.items() if f]]
        for word, forms in sorted(model.items())
    ]
    return Found({}, [], items, fields, {}, {})


def read(items: list[list[Any]], fields: list[str]) -> Model:
    """The model of what is listed."""
    model: Model = {}
    for word, plain, variants in items:
        for form, pages in [*([("", plain)] if plain else []), *variants]:
            numbers = accumulate(step for step, *_ in pages)
            model.setdefault(word, {})[form] = {
                n: (at, told(place, fields)) for n, (_, at, place) in zip(numbers, pages, strict=True)
            }
    return model


def told(places: list[int], fields: list[str]) -> dict[str, list[int]]:
    """Places by the name of their field."""
    by: dict[str, list[int]] = {}
    for place in places:
        if place < 0:
            at = by[fields[-1 - place]] = []
        else:
            at.append(place)
    return by


@settings(max_examples=40)
@given(st.lists(WORDS, max_size=4))
def test_joined_are_all_of_all(models: list[Model]) -> None:
    """With the fields of each numbered in its own way."""
    batches = [
        words.batch(found(model, own), [("vi_a", 5, "a.html")] * 301, FIELDS)
        for model, own in zip(models, (FIELDS, FIELDS[::-1], FIELDS, FIELDS[::-1]), strict=False)
    ]
    made = list(words.Words(batches).items())
    assert [word for word, _ in made] == sorted({word for model in models for word in model})
    expected: Model = {}
    for n, model in enumerate(models):
        for word, forms in model.items():
            for form, pages in forms.items():
                lists = expected.setdefault(word, {}).setdefault(form, {})
                lists.update({number + n * 301: value for number, value in pages.items()})
    assert read([cbor2.loads(item) for _, item in made], FIELDS) == expected


def test_a_field_that_no_page_tells_of_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="another form"):
        words.batch(found({}, ["khác"]), [], FIELDS)


@settings(max_examples=50)
@given(WORDS, st.integers(1, 4000))
def test_words_that_were_cut_are_all_there(model: Model, size: int) -> None:
    items = list(words.Words([words.batch(found(model, FIELDS), [("vi_a", 5, "a.html")] * 301, FIELDS)]).items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "SIZE", size)
        name, made = chunks.cut(items, "1.5.2", [("vi_a", 900)], FIELDS, lambda _: False)
    files = {path: cbor2.loads(gzip.decompress(data or b"").removeprefix(MAGIC)) for path, data in made.items()}
    version, pages, ranges, *rest = files.pop(f"pagefind.{name}.pf_meta")
    assert (version, pages, rest) == ("1.5.2", [["vi_a", 900]], [[], [], FIELDS])
    assert len(ranges) == len(files)
    held = [(row, files[f"index/{row[2]}.pf_index"][0]) for row in ranges]
    assert [cbor2.dumps(item) for _, inside in held for item in inside] == [item for _, item in items]
    for (first, last, _), inside in held:
        assert len(inside) == 1 or len(cbor2.dumps(inside)) <= size + 5
        assert all(first <= item[0] for item in inside) and inside[0][0].startswith(first) and inside[-1][0].startswith(last)
    assert [row[0] for row in ranges] == sorted({row[0] for row in ranges})
