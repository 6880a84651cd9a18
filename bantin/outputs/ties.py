"""What a line of print must not tear apart: numbers of documents, dates, numbers with what they count, names of people.

A document's number becomes a node of its own, which the template boxes. A tie is a no-break space; the words stay as written. What has no space (22/10/2018, 35-NQ/TW) breaks nowhere by itself or
is boxed by the template; a word before it ("ngày", "số") may stay on the line before, or justified lines would be full of holes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bantin.outputs.nodes import Node

TIE = "\u00a0"
CODE = {"pre", "code"}  # no ties

# Family names of the Kinh and of neighbours that newspapers meet; a name begins with one of them.
FAMILIES = (
    "An Âu Bạch Bàn Bế Bùi Cao Cầm Châu Chu Chử Cù Diệp Doãn Dương Đàm Đào Đặng Điêu Đinh Đỗ Đoàn Đồng Giàng Giáp Hà Hán Hoàng Hồ Hứa Huỳnh Kha Khổng "
    "Khuất Kiều Kim La Lã Lại Lâm Lê Lò Lù Lục Lương Lưu Lý Ma Mai Mạc Mạch Mã Nghiêm Ngô Ngụy Nguyễn Nhâm Nhữ Nông Ông Phạm Phan Phùng Phương Quách "
    "Quàng Quản Sầm Sùng Tạ Tăng Thạch Thái Thân Thẩm Thào Tiêu Tô Tôn Tòng Tống Trang Trần Triệu Trịnh Trương Từ Ty Văn Vàng Vi Viên Võ Vũ Vương Vừ Xa Yên"
).split()
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and (letter < "Ʀ" or letter > "Ḁ"))
_PART = rf"[{_CAPITALS}][^\W_]*"
# "35-NQ/TW", "42/2022/NĐ-CP", "126/2025/QH15"; with spaces around the hyphen it takes an issuer to tell it from "1944 – Ngày".
NUMBER = re.compile(
    rf"\d{{1,5}}(?:/\d{{4}})?(?:(?:[-‐‑–]|/){_PART}(?:[-‐‑–/.]{_PART})*|[ \u00a0]?[-‐‑–][ \u00a0]?{_PART}(?:/{_PART})+)"
)
_WIDE = re.compile(r"[^\s\u200b]{24,}")
_LONG = re.compile(r"[^\s\u200b/\-]{24,}")
_SYLLABLE = rf"[{_CAPITALS}][^\W\d_{_CAPITALS}]*"
_INITIALS = "".join({family[0] for family in FAMILIES})  # looked for first: or every name would be tried at every word
_PERSON = re.compile(rf"\b(?=[{_INITIALS}])(?:{'|'.join(FAMILIES)})(?: {_SYLLABLE}){{1,3}}(?!\w)")
_WRITTEN = re.compile(r"\b(?:[Nn]gày |[Mm]ùng |[Hh]ôm )?\d{1,2} tháng \d{1,2}(?: năm \d{4})?\b")
_SHORT = re.compile(r"\b[Nn]gày \d{1,2}(?:/\d{1,2})?(?![\w/.\-]\w)\b")
_MONTH = re.compile(r"\b[Tt]háng \d{1,2}(?:[/\-]\d{4}| năm \d{4})?(?!\w)|\b[Nn]ăm \d{4}\b|\b[Qq]uý [IV]{1,3}\b")
_TERM = re.compile(r"\b(?:[Kk]h[óo][áa] (?:[IVX]+|\d{1,2})|[Đđ]ại hội [IVX]+|[Tt]hứ [IVX]+|[Tt]hế kỷ [IVX]+)\b")
_LABEL = re.compile(r"\b(?:[Ss]ố|[Đđ]iều|[Kk]hoản|[Mm]ục|[Cc]hương|[Pp]hần|[Tt]rang|[Tt]ập|[Kk]ỳ) (?=(?:\d+|[IVX]+)(?![\w/\-]))")
_COUNTED = (
    "km|m|ha|kg|tấn|triệu|tỷ|tỉ|nghìn|đồng|người|điểm cầu|điểm|đại biểu|đảng viên|đảng bộ|chi bộ|hội nghị|hội viên|cơ sở|đơn vị|bản|cuốn|xã|phường|tỉnh|"
    "năm|tháng|ngày|giờ|phút|lần|bài|trang"
)
_COUNT = re.compile(rf"(?<![\w/.\-])\d+(?:[.,]\d+)* (?:(?:{_COUNTED})\b|%)")  # a number with what it counts

RULES = (_WRITTEN, _SHORT, _MONTH, _TERM, _PERSON, _LABEL, _COUNT)


def tied(text: str) -> str:
    """A text with ties in place of the spaces that may not break."""
    for rule in RULES:
        text = rule.sub(lambda found: found[0].replace(" ", TIE), text)
    return loose(text)


def loose(text: str) -> str:
    """A text without ties. A word that fits no column may break anywhere; an address breaks at its slashes by itself."""
    return _WIDE.sub(lambda word: word[0] if "//" in word[0] or word[0].startswith("www.") else _opened(word[0]), text)


def _opened(word: str) -> str:
    return _LONG.sub(lambda part: "\u200b".join(part[0]), word)


def tie(nodes: list[Node], document: str = "") -> list[Node]:
    """The nodes of a text with ties and with numbers as nodes. document: what the citation around them cites.

    Tables have numbers but no ties: a narrow column needs every break. Code has neither.
    """
    return [found for node in nodes for found in _tied_node(node, document, tied)]


def _tied_node(node: Node, document: str, ties: Callable[[str], str]) -> Iterator[Node]:
    if isinstance(node, str):
        yield from _numbers(ties(node), document)
    elif node["tag"] in CODE:
        yield {**node, "children": _code(node["children"])}
    else:
        cited = node["document"] if node["tag"] == "cite" else document
        inner = loose if node["tag"] == "table" else ties
        children = [found for child in node["children"] for found in _tied_node(child, cited, inner)]
        more = {"numbered": any(isinstance(c, dict) and c["tag"] == "number" for c in children)} if node["tag"] == "cite" else {}
        yield {**node, "children": children, **more}


def _code(nodes: list[Node]) -> list[Node]:
    return [loose(node) if isinstance(node, str) else {**node, "children": _code(node["children"])} for node in nodes]


def _numbers(text: str, document: str) -> Iterator[Node]:
    """The text in pieces, numbers as nodes."""
    at = 0
    for found in NUMBER.finditer(text):
        if found.start() > at:
            yield text[at : found.start()]
        yield {"tag": "number", "children": [found[0]], "document": document}
        at = found.end()
    if at < len(text):
        yield text[at:]
