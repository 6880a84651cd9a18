"""What a piece of work asked is written down, whoever asked it for whom; and what is made from it is known again."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from bantin import asking
from bantin.asking import Question, asked, asker, fingerprint, recorded, remembered, use


class Shelf:
    """Answers from a dictionary."""

    def __init__(self, things: dict[str, int]) -> None:
        self.things = things

    @asked
    def one(self, name: str) -> int | None:
        """A thing."""
        return self.things.get(name)

    @asked
    def total(self) -> int:
        """All of them together; what it asks itself is its own affair."""
        return sum(self.one(name) or 0 for name in self.things)

    @remembered
    def double(self, name: str) -> int:
        """Made once."""
        use(f"{name}.png", name)
        return 2 * (self.one(name) or 0)


def test_questions_are_written_down_once_and_in_order() -> None:
    shelf = Shelf({"a": 1, "b": 2})
    result, record = recorded(lambda: (shelf.one("b"), shelf.one("a"), shelf.one("b"), shelf.total()))
    assert result == (2, 1, 2, 3)
    assert list(record.questions) == [("Shelf.one", ("b",)), ("Shelf.one", ("a",)), ("Shelf.total", ())]
    assert shelf.one("a") == 1 and list(record.questions)[-1] == ("Shelf.total", ())  # nothing is written down outside


def test_who_takes_what_was_made_before_has_asked_the_same() -> None:
    shelf = Shelf({"a": 1})
    first, second = (recorded(lambda: shelf.double("a")) for _ in range(2))
    assert first == second and first[0] == 2
    assert list(second[1].questions) == [("Shelf.one", ("a",))] and second[1].uses == {"a.png": "a"}


def test_only_so_much_of_what_was_made_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "KEPT", 2)
    shelf = Shelf(dict.fromkeys("abc", 1))
    made = [recorded(lambda name=name: shelf.double(name)) for name in "abcab"]  # type: ignore[misc]
    assert [found for found, _ in made] == [2] * 5 and len(vars(shelf)["_remembered_double"]) == 2
    assert all(record.questions == {("Shelf.one", (name,)): None} for name, (_, record) in zip("abcab", made, strict=True))


def test_inner_work_belongs_to_the_outer() -> None:
    shelf = Shelf({"a": 1, "b": 2})
    _, record = recorded(lambda: recorded(lambda: shelf.one("a")))
    assert not record.questions  # who records apart, answers for it
    _, record = recorded(lambda: shelf.double("a") + shelf.double("b"))
    assert set(record.questions) == {("Shelf.one", ("a",)), ("Shelf.one", ("b",))}


def answer(question: Question, shelf: Shelf) -> bytes:
    """What a question is answered now."""
    name, arguments = question
    return fingerprint(asker(name, {"Shelf": shelf})(*arguments))


def test_only_other_answers_count() -> None:
    shelf = Shelf({"a": 1, "b": 2})
    _, record = recorded(lambda: (shelf.one("a"), shelf.one("b"), shelf.one("c"), shelf.total()))
    known = {question: answer(question, shelf) for question in record.questions}

    def changed(things: dict[str, int]) -> set[tuple[str, tuple[object, ...]]]:
        return {question for question, was in known.items() if answer(question, Shelf(things)) != was}

    assert changed({"a": 1, "b": 2}) == set()
    assert changed({"a": 1, "b": 3}) == {("Shelf.one", ("b",)), ("Shelf.total", ())}
    assert changed({"a": 2, "b": 1}) == {("Shelf.one", ("a",)), ("Shelf.one", ("b",))}
    assert changed({"a": 1, "b": 2, "c": 0}) == {("Shelf.one", ("c",))}


def test_a_question_has_its_arguments_by_place() -> None:
    with pytest.raises(TypeError, match="by place"):
        Shelf({}).one(name="a")


class Colour(StrEnum):
    """A kind of text."""

    RED = "red"


@dataclass(frozen=True)
class Stamped:
    """A value that came out of a file."""

    text: str
    stamp: str = ""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates() | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@given(VALUES, VALUES)
def test_fingerprints_are_equal_where_values_are(one: object, other: object) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (repr(one) == repr(other))


def test_fingerprints_of_other_values() -> None:
    assert fingerprint(Stamped("a", "1")) == fingerprint(Stamped("b", "1")) != fingerprint(Stamped("a", "2"))
    assert fingerprint(Stamped("a")) != fingerprint(Stamped("b"))
    assert fingerprint(Colour.RED) != fingerprint("red") and fingerprint(date(2024, 1, 2)) != fingerprint("2024-01-02")
    assert fingerprint(frozenset("abc")) == fingerprint(frozenset("cba"))
    with pytest.raises(TypeError, match="no stable form"):
        fingerprint(object())


RAW = {"_listed", "_known", "_groups", "_documents", "_by_id", "_by_key", "seen", "records"}


@pytest.mark.parametrize("path", sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "bantin" / "views").glob("*.py")))
def test_views_have_nothing_but_by_asking(path: str) -> None:
    """No view reaches for what an edition, a registry or a content folder holds: they would not be told of a change."""
    names = {n.attr for n in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)}
    private = {name for name in names if name in RAW}
    assert private == set()
    holders = ("articles", "pages", "profiles", "issues")
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in holders:
            assert "content" not in ast.unparse(node.value), f"{path}:{node.lineno}"
