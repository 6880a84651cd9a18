"""Marks of secrecy: what is marked Mật, Tối mật or Tuyệt mật does not belong in this system at all.

A mark stands alone: on a line, in a table cell, as the value of a header, or after “Độ mật:”. The same words in a
sentence are prose (“bảo đảm bí mật nhà nước”, “hộp thư mật”). Other placements of the tone, NFD, zero-width
characters, spaces between letters, Markdown, HTML and entities around a mark hide nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import PurePosixPath

from bantin.diagnostics import Diagnostic
from bantin.vietnamese import fold, same_words

HINT = "văn bản, tài liệu mật không được đưa vào hệ thống này: bỏ tệp này ra khỏi kho, kể cả lịch sử của kho"
_MARKS = ("mật", "tốimật", "tuyệtmật")
_LABELS = [f"{a}{b}độ{c}mật" for a, b, c in product(("", "dấu", "dấuchỉ"), ("", "mức"), ("", "bảo", "bí"))]
_ALONE = {same_words(label + mark) for label in ("", *_LABELS) for mark in ("", *_MARKS)} - {""}
_BARE = {"toimat", "tuyetmat"}  # typed without diacritics; “mat” alone could be anything
_STEMS = {"mat", "toi-mat", "tuyet-mat"}
_KEY = re.compile(r"(?:dau )?(?:chi )?(?:muc )?do (?:bao |bi )?mat|dau mat|security classification|classification")
_LINK = re.compile(r"!?\[(?P<text>[^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_START = re.compile(r"^\W*(?:\d{1,9}[.)]|\[\^[^\]]*\]:)")  # of a list item or a footnote
_ATTRIBUTES = re.compile(r"\{[^}]*\}\s*$")
_PARTING = re.compile(r"\||</?(?:td|th|tr|p|div|li|dt|dd|br|h[1-6]|caption|figcaption)\b[^<>]*>|<!--|-->", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_STRING = re.compile(r'"(?P<double>[^"]*)"|\'(?P<single>[^\']*)\'|#(?P<comment>.*)')
_LONG = 300  # characters of a line or cell; what is longer holds no mark alone
_MARKUP = "<[&{"  # what may hold letters that are no part of the text
# More letters than any mark and the number before it have. Looked at first: most lines are sentences.
_SENTENCE = re.compile(rf"(?:[\W_]*[^\W_]){{{max(map(len, _ALONE)) + 20}}}")


def is_mark(text: str) -> bool:
    """Whether nothing but a mark of secrecy stands here, with or without “Độ mật:” before it."""
    if len(text) > _LONG or (_SENTENCE.match(text) and not any(sign in text for sign in _MARKUP)):
        return False
    letters = _letters(text)
    return same_words(letters) in _ALONE or (letters.isupper() and letters.lower() in _BARE)


def is_key(key: str) -> bool:
    """Whether a header of this name states how secret a file is (`Độ mật`, `Do_mat`)."""
    return _KEY.fullmatch(fold(re.sub(r"[_.\-]", " ", key))) is not None


def is_name(path: str) -> bool:
    """Whether a file is called after a mark and nothing else (`MẬT.pdf`, `toi-mat.docx`)."""
    stem = PurePosixPath(path).stem
    return is_mark(stem) or fold(re.sub(r"[\W_]+", " ", stem)).replace(" ", "-") in _STEMS


def marked(text: str, label: str, toml: bool = False) -> Iterator[Diagnostic]:
    """TP09 at each line of a text on which a mark stands alone. toml: also in strings and comments."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line or (len(line) > _LONG and "|" not in line and "<" not in line):
            continue
        parts = [p for m in _STRING.finditer(line) for p in m.groups() if p] if toml else _PARTING.split(line)
        found = next((part for part in dict.fromkeys(parts) if is_mark(part)), None)  # a line may be half a million empty cells
        if found is not None:
            yield at(label, number, line.find(found) + len(found) - len(found.lstrip()) + 1, found)


def at(label: str, line: int, column: int, found: str) -> Diagnostic:
    """The diagnostic of one mark."""
    return Diagnostic(label, line, column, "TP09", f"dấu độ mật “{' '.join(found.split())[:60]}”", HINT)


def _letters(text: str) -> str:
    """What is left of a piece of Markdown or HTML when all but its letters goes."""
    text = _START.sub("", text, count=1)
    if any(sign in text for sign in _MARKUP):
        text = _TAG.sub("", _LINK.sub(r"\g<text>", unescape(_ATTRIBUTES.sub("", text))))
    text = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in text if c.isalnum() or unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)
