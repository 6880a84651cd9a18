"""What no line of a page may tear apart: numbers of documents, dates, numbers with what they count, names of people.

In running text citations are marked up already (`bantin.body`); this is for titles, leads and names in templates. The text
stays as it is, so that it can be copied and found: spans say what stands together, and the theme how.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from bantin.outputs.ties import NUMBER, RULES, TIE

_WORD = re.compile(rf"(?:\S|{TIE})+")
_TORN = re.compile(r"[-‐–/][^\W\d_]")  # browsers break behind a hyphen, and behind a slash that a letter follows
_SPAN = Markup('<span class="unbroken">{}</span>')


@lru_cache(maxsize=1 << 15)  # a title stands on many pages
def unbroken(text: str) -> Markup:
    """The text, escaped, with spans of the class `unbroken` around what stays together; its letters are unchanged."""
    tied = text
    for rule in (NUMBER, *RULES):
        tied = rule.sub(lambda found: found[0].replace(" ", TIE), tied)
    if tied == text and not NUMBER.search(text):
        return escape(text)
    parts: list[Markup] = []
    at = 0
    for word in _WORD.finditer(tied):
        start, end = word.span()
        part = text[start:end]
        if " " in part or _is_torn(part):
            parts += escape(text[at:start]), _SPAN.format(part)
            at = end
    return Markup("").join((*parts, escape(text[at:])))


def _is_torn(word: str) -> bool:
    return any(_TORN.search(number[0]) for number in NUMBER.finditer(word))
