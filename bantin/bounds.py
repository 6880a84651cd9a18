"""What is too much for one file: Markdown takes time that grows with the square of what is left open, and lxml stops at 254 levels.

The limits are far above what people write and low enough that the worst file within them takes less than two seconds. They
count signs and never time, so that every machine says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement as Tree

LONGEST = 512 * 1024  # bytes of a text or a catalogue: twice the longest report of a congress
LINES = 10_000
LONGEST_HEADER = 16 * 1024  # characters
FIELDS = 200  # of a header
LONGEST_VALUE = 10_000  # characters
DEEPEST = 60  # elements inside each other
QUOTES = 20  # levels of a quotation or a list
NOTES = 500  # references to footnotes
NUMBERS = 2_000  # of documents that a text cites
SHORT_FORMS = 200  # definitions of abbreviations
SCANNED = 500_000  # characters that Markdown goes over again because of brackets that are open

SIGNS = 5_000_000_000  # signs of emphasis, code and so on in a block, by its length
TAGS = 1_000  # of HTML that are not closed, or closed and never opened

_NUMBER = re.compile(r"[0-9][-‐‑–/][A-ZĐ]")
_MARKERS = re.compile(rf"^[ \t>]*(?:(?:[-*+]|[0-9]{{1,9}}\.)[ \t][ \t>]*){{{QUOTES + 1}}}", re.MULTILINE)
_MARKUP = re.compile(r"[^\w\s.,;:/%–—…“”-]")
_TAG = re.compile(r"<(?P<end>/?)(?!(?:br|hr|img|wbr|col|input)\b)[A-Za-z][A-Za-z0-9]*(?=[\s/>])")
_BLOCK = re.compile(r"(?:[^\n]+\n?)+")
_SIGN = re.compile(r"\n[ \t]*\n|[\[\]]|\(|\)|<(?=[A-Za-z/!?])|>")
_QUOTED = re.compile(r"^(?: {0,3}>[ \t]?)+", re.MULTILINE)
_INDENTED = re.compile(rf"^[ \t>]{{{QUOTES * 2},}}(?:[-*+]|\d{{1,9}}\.)[ \t]", re.MULTILINE)


def too_much(text: str) -> tuple[int, str] | None:
    """Where in a Markdown text something is too much, and what, in Vietnamese; None where nothing is."""
    if (at := _left_open(text)) >= 0:
        return at, "quá nhiều dấu [, ( hoặc < mở mà không đóng"
    if (at := _tags(text)) >= 0:
        return at, f"quá {TAGS} thẻ HTML mở mà không đóng, hoặc đóng mà không mở"
    if (at := _marked_up(text)) >= 0:
        return at, "đoạn quá dài và có quá nhiều ký hiệu"
    if text.count("\n") > LINES:
        return _nth(text, "\n", LINES), f"quá {LINES} dòng"
    for quoted in _QUOTED.finditer(text):
        if quoted.group().count(">") > QUOTES:
            return quoted.start(), f"trích dẫn lồng nhau quá {QUOTES} lớp"
    if listed := _INDENTED.search(text) or _MARKERS.search(text):
        return listed.start(), "danh sách lồng nhau quá sâu"
    if cited := next(islice(_NUMBER.finditer(text), NUMBERS, None), None):
        return cited.start(), f"quá {NUMBERS} số hiệu văn bản"
    for sign, limit, what in (("[^", NOTES, "chú thích"), ("\n*[", SHORT_FORMS, "chữ viết tắt")):
        if text.count(sign) > limit:
            return _nth(text, sign, limit), f"quá {limit} {what}"
    return None


def too_deep(tree: Tree) -> bool:
    """Whether more than `DEEPEST` elements stand inside each other."""
    return any(depth > DEEPEST for depth in _depths(tree))


def _depths(tree: Tree) -> Iterator[int]:
    waiting = [(tree, 0)]
    while waiting:
        element, depth = waiting.pop()
        yield depth
        waiting += ((child, depth + 1) for child in element)


def _left_open(text: str) -> int:
    """Where more than `SCANNED` characters will have been gone over for what was opened before; -1 where that is nowhere.

    A link is looked for from each `[` to its `]`, its address from `(` to `)`, a tag from `<` to `>`; what is not closed, to the
    end of its block, a tag to the end of the text.
    """
    scanned, tags = 0, list[int]()
    brackets = {"[": list[int](), "(": list[int]()}
    closing = {"]": "[", ")": "("}

    def settled(place: int, opened: list[int]) -> int:
        return sum(place - at for at in opened)

    for found in (*_SIGN.finditer(text), None):
        sign, place = (found.group(), found.start()) if found else ("\n\n", len(text))
        if sign in brackets:
            brackets[sign].append(place) if sign == "[" or text[place - 1 : place] == "]" else None
        elif sign in closing:
            opened = brackets[closing[sign]]
            scanned += place - opened.pop() if opened else 0
        elif sign == "<":
            tags.append(place)
        else:
            if sign == ">" or not found:
                scanned += settled(place, tags)
                tags.clear()
            if sign != ">":
                scanned += sum(settled(place, opened) for opened in brackets.values())
                brackets = {"[": [], "(": []}
        if scanned > SCANNED:
            return place if found else max(text.rfind(one) for one in "[(<")
    return -1


def _tags(text: str) -> int:
    opened = 0
    for tag in _TAG.finditer(text):
        opened += -1 if tag["end"] else 1
        if abs(opened) > TAGS:
            return tag.start()
    return -1


def _marked_up(text: str) -> int:
    spent = 0
    for block in _BLOCK.finditer(text):
        spent += len(block.group()) * sum(1 for _ in _MARKUP.finditer(block.group()))
        if spent > SIGNS:
            return block.start()
    return -1


def _nth(text: str, sign: str, number: int) -> int:
    at = -1
    for _ in range(number + 1):
        at = text.find(sign, at + 1)
    return at + sign.startswith("\n")
