"""What a line of print must not tear apart: dates, numbers with what they count, names of people.

A tie is a no-break space; the words stay as written. What has no space (22/10/2018, 35-NQ/TW) breaks nowhere by itself or
is boxed by the template; a word before it ("ngày", "số") may stay on the line before, or justified lines would be full of holes.
"""

from __future__ import annotations

import re

from bantin.outputs.nodes import Node

TIE = "\u00a0"
LOOSE = {"table", "pre", "code"}  # narrow columns need every break; code is as written

# Family names of the Kinh and of neighbours that newspapers meet; a name begins with one of them.
FAMILIES = (
    "An Âu Bạch Bàn Bế Bùi Cao Cầm Châu Chu Chử Cù Diệp Doãn Dương Đàm Đào Đặng Điêu Đinh Đỗ Đoàn Đồng Giàng Giáp Hà Hán Hoàng Hồ Hứa Huỳnh Kha Khổng "
    "Khuất Kiều Kim La Lã Lại Lâm Lê Lò Lù Lục Lương Lưu Lý Ma Mai Mạc Mạch Mã Nghiêm Ngô Ngụy Nguyễn Nhâm Nhữ Nông Ông Phạm Phan Phùng Phương Quách "
    "Quàng Quản Sầm Sùng Tạ Tăng Thạch Thái Thân Thẩm Thào Tiêu Tô Tôn Tòng Tống Trang Trần Triệu Trịnh Trương Từ Ty Văn Vàng Vi Viên Võ Vũ Vương Vừ Xa Yên"
).split()
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper() and (letter < "Ʀ" or letter > "Ḁ"))
_SYLLABLE = rf"[{_CAPITALS}][^\W\d_{_CAPITALS}]*"
_PERSON = re.compile(rf"\b(?:{'|'.join(FAMILIES)})(?: {_SYLLABLE}){{1,3}}(?!\w)")
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
    return text


def tie(nodes: list[Node]) -> list[Node]:
    """The nodes of a text with ties; tables and code stay as they are."""
    return [
        tied(node) if isinstance(node, str) else node if node["tag"] in LOOSE else {**node, "children": tie(node["children"])}
        for node in nodes
    ]
