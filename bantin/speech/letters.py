"""What is left after the other rules: signs, headings in capitals, and abbreviations that nobody explained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LETTERS = {
    "A": "a", "B": "bê", "C": "xê", "D": "dê", "Đ": "đê", "E": "e", "F": "ép phờ", "G": "giê", "H": "hát", "I": "i", "J": "gi", "K": "ca",
    "L": "e lờ", "M": "em mờ", "N": "en nờ", "O": "o", "P": "pê", "Q": "quy", "R": "e rờ", "S": "ét xì", "T": "tê", "U": "u", "Ư": "ư",
    "V": "vê", "W": "vê kép", "X": "ích xì", "Y": "i dài", "Z": "dét",
}  # fmt: skip
_MEANT = {"&": " và ", "+": " cộng ", "=": " bằng ", ">": " lớn hơn ", "<": " nhỏ hơn ", "≥": " từ ", "≤": " không quá ", "×": " nhân ",
          "±": " cộng trừ ", "²": " bình phương ", "³": " lập phương ", "~": " khoảng ", "≈": " khoảng ", "½": " một phần hai ",
          "¼": " một phần tư ", "¾": " ba phần tư ", "№": " số ", "→": " đến ", "°": " độ ", "º": " độ ", "…": ", ", "@": " a còng "}  # fmt: skip
# What is after the stroke is what it is counted by: "triệu đồng/người/năm".
_EACH = re.compile(
    r"(?<=\w) ?/ ?(?=(?:người|tháng|năm|ngày|hộ|giờ|phút|lượt|quý|tuần|lần|học sinh|lớp|suất|cuốn|kỳ|đợt|lao động|vụ|sào)(?!\w))"
)
_STROKE = re.compile(r" ?/ ?")
_BRACKET = re.compile(r"\s*[\[({]\s*|\s*[\])}]")
_DOTS = re.compile(r"\s*(?:\.{2,}|…)")
_CLUSTER = re.compile(r"(?:[.,;:!?]\s*){2,}")
_WORD = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?<![^\W_])(?:[A-ZĐƯ]\.){2,}(?:[A-ZĐƯ](?![^\W_]))?")
_STRENGTH = ",:;.!?"
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?[aăâeêioôơuưy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKED = frozenset("ĂÂÊÔƠ")


def signs(text: str) -> str:
    """`&`, `/`, `+`, `…`, quotes, brackets, bullets: said, or made a pause, or dropped."""
    text = _DOTS.sub(",", text)
    text = _STROKE.sub(", ", _EACH.sub(" một ", text))
    text = _BRACKET.sub(", ", text)
    return "".join(_sign(c) for c in text)


def shouting(text: str) -> str:
    """Words in capitals are words: `VIỆT NAM` → `Việt Nam`; `HĐND` is none of them."""
    loud = [(m, _loud(m[0])) for m in _WORD.finditer(text)]
    out, at = [], 0
    for place, (match, kind) in enumerate(loud):
        near = [loud[n] for n in (place - 1, place + 1) if 0 <= n < len(loud)]
        beside = any(other for found, other in near if _touch(text, found, match))
        if kind == "marked" or kind == "plain" and beside:
            out += [text[at : match.start()], match[0].capitalize()]
            at = match.end()
    return "".join((*out, text[at:]))


def letters(text: str) -> str:
    """An abbreviation that nobody explained, letter by letter: `FISE` → `ép phờ i ét xì e`; a consonant alone by its name."""
    text = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    return _WORD.sub(lambda m: spell(m[0]) if _short(m[0]) or _lone(m[0]) else m[0], text)


def unexplained(text: str) -> Iterator[str]:
    """The abbreviations that `letters` would spell in a text that the other rules have been through, as written."""
    for match in _WORD.finditer(_INITIALS.sub(lambda m: m[0].replace(".", ""), text)):
        if _short(match[0]):
            yield match[0]


def spell(word: str) -> str:
    """The names of a word's letters."""
    bare = (unicodedata.normalize("NFD", c.replace("đ", "Đ")).upper()[0] for c in word)
    return " ".join(LETTERS.get(c.upper()) or LETTERS.get(b, c.casefold()) for c, b in zip(word, bare, strict=True))


def tidy(text: str) -> str:
    """One blank between words, one stop between clauses and none before; a capital at the start."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+(?=[.,;:!?])", "", text)
    text = _CLUSTER.sub(lambda m: max(re.sub(r"\s", "", m[0]), key=_STRENGTH.index) + " ", text)
    text = re.sub(r"(?<=[.,;:!?])(?=[^\W_])", " ", text).strip().lstrip(".,;:!? ")
    return text[:1].upper() + text[1:]


def _sign(character: str) -> str:
    if character.isalpha() or character.isspace() or character in _STRENGTH:
        return character
    return _MEANT.get(character, " ")


def _short(word: str) -> bool:
    """Two capitals side by side make an abbreviation: `HĐND`, `VNeID`."""
    return any(a.isupper() and b.isupper() for a, b in zip(word, word[1:], strict=False))


def _lone(word: str) -> bool:
    """`B` in "giải B"; a vowel is its own name."""
    return len(word) == 1 and word.upper() in LETTERS and word.isupper() and word not in "AEIOUƯY"


def _loud(word: str) -> str:
    """What a word in capitals is: `marked` where its diacritics say so, `plain` where it could be one, else empty."""
    if len(word) < 2 or not word.isupper():
        return ""
    parts = unicodedata.normalize("NFD", word)
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    if not _SYLLABLE.fullmatch(bare.casefold()):
        return ""
    return "marked" if bare != word or _MARKED & set(bare) else "plain"


def _touch(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Nothing but a blank between two words."""
    return text[min(one.end(), other.end()) : max(one.start(), other.start())] in (" ", " - ", "-")
