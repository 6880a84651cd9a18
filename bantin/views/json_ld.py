"""JSON-LD: data for search engines in a script element that no browser runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

# In a script element only these could end it or begin another one; U+2028 and U+2029 are no text in old JavaScript.
_HARMLESS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def script(data: Mapping[str, Any]) -> Markup:
    """The data as a script element; no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def whole(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data that stands by itself: of schema.org, without what is unknown."""
    return {"@context": "https://schema.org", **known(data)}


def known(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data without what is unknown: empty texts, lists and objects."""
    return {key: value for key, value in data.items() if value}


def named_document(url: str, number: str, name: str) -> dict[str, str]:
    """A document where it is mentioned. url: absolute."""
    return {"@type": "Legislation", "@id": url, "url": url, "legislationIdentifier": number, "name": name}
