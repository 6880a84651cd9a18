"""A document as schema.org `Legislation` in JSON-LD, for search engines. What the registry does not know is left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bantin.documents import Document
from bantin.registry import Registry
from bantin.views.json_ld import named_document, whole

# https://schema.org/Legislation; there is no property for "is implemented by" and "is repealed by".
_RELATIONS = (
    ("replaces", "legislationRepeals"),
    ("amends", "legislationChanges"),
    ("implements", "legislationEnsuresImplementationOf"),
)

Where = Callable[[Document], str]


def legislation(registry: Registry, document: Document, where: Where, ended: bool) -> dict[str, Any]:
    """The data. where: the absolute address of a document's page; ended: replaced or expired."""

    def named(other: Document) -> dict[str, str]:
        return named_document(where(other), other.number, other.name)

    return whole({
        **named(document),
        "inLanguage": "vi",
        "description": document.title,
        "legislationType": document.type.name,
        "legislationDate": document.issued.isoformat() if document.issued else "",
        "legislationDateOfApplicability": document.effective.isoformat() if document.effective else "",
        "expires": document.expires.isoformat() if document.expires else "",
        "legislationPassedBy": {"@type": "Organization", "name": document.issuer_name},
        "legislationLegalForce": "https://schema.org/NotInForce" if ended else "",
        "sameAs": document.link,
        **{name: [named(d) for d in registry.related(document, relation)] for relation, name in _RELATIONS},
    })  # fmt: skip
