"""Texts as sequences of words, so that what was written in one place is found in another.

A word is in lower case and NFC, and the tone of `hoà` stands where that of `hòa` does; signs, markup, soft hyphens and white
space are nothing. `\\n` parts what does not belong together: nothing is looked for across it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from html import unescape
from urllib.parse import unquote

RUN = 8  # words in a row that nobody writes twice by chance
BREAK = "\n"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MOVED = {
    unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize("NFC", first + tone + second)
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_MOVE = re.compile("|".join(_MOVED))
_WORD = re.compile(r"[^\W_]+|\n")
_PARAGRAPH = re.compile(r"\s*\n\s*\n\s*|\s*[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]\s*")
_MARKS = re.compile("[\u0300-\u036f]")


def words(text: str) -> list[str]:
    """The words of a text, `BREAK` between units."""
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).casefold().replace("d\u0335", "đ")
    return _WORD.findall(_MOVE.sub(lambda m: _MOVED[m[0]], plain))


def bare(text: str) -> list[str]:
    """The same without diacritics, as addresses are written."""
    plain = unicodedata.normalize("NFD", _INVISIBLE.sub("", text).casefold().replace("đ", "d"))
    return _WORD.findall(_MARKS.sub("", plain))


def flowing(text: str) -> str:
    """A plain text whose lines are broken anywhere: only empty lines part units."""
    if text.isprintable():  # one line, as most attributes are
        return text
    return BREAK.join(" ".join(part.split()) for part in _PARAGRAPH.split(text))


def address(text: str) -> str:
    """An address or path as it is read: `%20` and its like undone."""
    return unquote(text).replace(BREAK, " ")


def windows(found: Sequence[str], size: int) -> Iterator[int]:
    """A number for every `size` words in a row, in any process the same for the same words.

    A phrase holds no `BREAK`, so none is found across one.
    """
    numbers = [_of(word) for word in found]
    return map(hash, zip(*(numbers[n:] for n in range(size)), strict=False))


def number(found: Sequence[str]) -> int:
    """The number that `windows` gives for exactly these words."""
    return hash(tuple(map(_of, found)))


@cache
def _of(word: str) -> int:
    """A number of its own, unlike that of `hash`, which is another one in every process."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


_LINK = re.compile(r"""!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^)\s>]*)>?(?:\s+["']([^)]*)["'])?\s*\)""")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|-->")
_NOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s+[\"'(](.*)[\"')])?\s*$", re.MULTILINE)
_ATTRIBUTE = re.compile(r"""[\w:-]+\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_NEW = re.compile(r"^\s*(?:#{1,6}|[-+*>]|\d+[.)]|\*\[[^\]]+\]:)\s+|\||^\s*(?:```|~~~).*$", re.MULTILINE)


def plain(markdown: str) -> tuple[str, list[str]]:
    """Markdown as a reader sees it, and what stands in its links and attributes: addresses and titles."""
    hidden: list[str] = []

    def link(found: re.Match[str]) -> str:
        hidden.extend(part for part in found.groups()[1:] if part)
        return found[1] if not found[0].startswith("!") else f"\n\n{found[1]}\n\n"

    def tag(found: re.Match[str]) -> str:
        hidden.extend(a or b for a, b in _ATTRIBUTE.findall(found[0]))
        return "\n\n"

    text = markdown
    for _ in range(2):  # a picture in a link
        text = _LINK.sub(link, text)
    hidden += [part for found in _REFERENCE.findall(text) for part in found if part]
    text = _REFERENCE.sub("", text)
    text = _NEW.sub("\n\n", _NOTE.sub(" ", _TAG.sub(tag, text)))
    return flowing(unescape(text)), [unescape(part) for part in hidden]
