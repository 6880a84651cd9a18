"""A document as schema.org `Legislation` in JSON-LD, for search engines. What the registry does not know is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bantin.documents import Document
from bantin.registry import Registry

# https://schema.org/Legislation; there is no property for "is implemented by" and "is repealed by".
_RELATIONS = (
    ("replaces", "legislationRepeals"),
    ("amends", "legislationChanges"),
    ("implements", "legislationEnsuresImplementationOf"),
)
# In a script element only these could end it or begin another one; U+2028 and U+2029 are no text in old JavaScript.
_HARMLESS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}

Where = Callable[[Document], str]


def legislation(registry: Registry, document: Document, where: Where, ended: bool) -> dict[str, Any]:
    """The data. where: the absolute address of a document's page; ended: replaced or expired."""
    known = {
        **_named(document, where),
        "inLanguage": "vi",
        "description": document.title,
        "legislationType": document.type.name,
        "legislationDate": document.issued.isoformat() if document.issued else "",
        "legislationDateOfApplicability": document.effective.isoformat() if document.effective else "",
        "expires": document.expires.isoformat() if document.expires else "",
        "legislationPassedBy": {"@type": "Organization", "name": document.issuer_name},
        "legislationLegalForce": "https://schema.org/NotInForce" if ended else "",
        "sameAs": document.link,
        **{name: [_named(d, where) for d in registry.related(document, relation)] for relation, name in _RELATIONS},
    }
    return {"@context": "https://schema.org", **{key: value for key, value in known.items() if value}}


def _named(document: Document, where: Where) -> dict[str, str]:
    url = where(document)
    return {"@type": "Legislation", "@id": url, "url": url, "legislationIdentifier": document.number, "name": document.name}


def script(data: dict[str, Any]) -> Markup:
    """The data as a script element, which a browser does not run; no text in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_HARMLESS)
    return Markup(f'<script type="application/ld+json">{text}</script>')
