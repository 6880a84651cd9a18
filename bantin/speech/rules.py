"""The rules in their order: each takes a text and gives it back nearer to what is said. `spoken` runs them all."""

from __future__ import annotations

import re
from collections.abc import Callable

from bantin.citations.clean import clean
from bantin.speech.dates import days, hours, months, quarters, ratios, years
from bantin.speech.letters import letters, shouting, signs, tidy, unexplained
from bantin.speech.lexicon import Lexicon
from bantin.speech.measures import numbers, ordinals, percentages, ranges, telephones, units
from bantin.speech.romans import romans

Rule = Callable[[str], str]

# A dash with blanks is a pause where it parts clauses; in "Mác – Lênin" and "2021 – 2025" it is none.
_PAUSE = re.compile(r"(?<=[^\W\d])\s[–—]\s(?=[^\W\dA-ZĐÀ-Ỹ])")
_DOMAIN = r"(?:[a-z0-9-]+\.)+(?:vn|com|org|net|edu|gov|info|io)(?:\.[a-z]{2})?(?![\w.]*\w)"
_ADDRESS = re.compile(
    r"(?:,? ?(?:tại |ở |qua |theo |vào |về |gửi về )?(?:địa chỉ|đường dẫn|liên kết|trang web|website|thư điện tử|hộp thư|email|e-mail)(?: là)?:?)?\s?"
    rf"(?<![\w.@-])(?:(?:https?://|www\.)[^\s<>”]*[^\s<>”.,;:)]|[\w.+-]+@{_DOMAIN}|{_DOMAIN}(?:/[^\s<>”]*[^\s<>”.,;:)])?)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """One form of dashes and blanks, NFC, digits and letters of other widths as the usual ones."""
    return clean(_PAUSE.sub(", ", text)).text.translate(_Digits())


def addresses(text: str) -> str:
    """Web and mail addresses are not read, nor the words that announce them."""
    return _ADDRESS.sub("", text)


# After the two rules that need data (documents, abbreviations). A later rule may count on what earlier ones took away:
# what still has a stroke after `days` is no day, what is in capitals after `romans` is no numeral.
RULES: tuple[Rule, ...] = (
    quarters,
    romans,
    days,
    months,
    years,
    hours,
    ordinals,
    telephones,
    ratios,
    ranges,
    percentages,
    units,
    numbers,
    signs,
    shouting,
    letters,
    tidy,
)


def spoken(text: str, lexicon: Lexicon) -> str:
    """A paragraph as it is said: letters, blanks and stops only. Raises nothing."""
    return explained(text, lexicon)[0]


def explained(text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    """A paragraph as it is said, and the abbreviations that had to be spelled, as written, each once."""
    every = rules(lexicon)
    at = every.index(letters)
    almost = _run(text, every[:at])
    return _run(almost, every[at:]), tuple(dict.fromkeys(unexplained(almost)))


def rules(lexicon: Lexicon) -> tuple[Rule, ...]:
    """All rules in order."""
    return (plain, addresses, lexicon.documents, lexicon.abbreviations, *RULES)


def _run(text: str, every: tuple[Rule, ...]) -> str:
    for rule in every:
        text = rule(text)
    return text


class _Digits(dict[int, str]):
    """For `str.translate`: other scripts' digits are ours; superscripts keep their meaning."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        usual = str(int(character)) if character.isdecimal() else character
        return usual
