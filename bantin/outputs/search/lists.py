"""Small JSON files beside the index: what pages are filtered by, and documents and issues by their number.

Pagefind has filters, too, but writes them in another order in every run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bantin.vietnamese import slug
from bantin.views.page import Facts
from bantin.views.search import Numbered

FACETS = ("chuyen-muc", "nam", "tac-gia", "van-ban")


def facets(ids: Mapping[str, str], facts: Mapping[str, Facts], parts: Iterable[str] = ()) -> str:
    """`loc.json`: for each facet its values as [value, label]; rows of [id, section, year, authors, documents, key].

    ids: the file of a page by the id of its record. parts: folders of the other indexes. Places in the lists stand for values.
    """
    known = {ident: facts[name] for ident, name in sorted(ids.items()) if name in facts}
    values = {ident: _values(found) for ident, found in known.items()}
    lists = {facet: sorted({v for found in values.values() for v in found[facet]}) for facet in FACETS}
    places = {facet: {value: n for n, value in enumerate(lists[facet])} for facet in FACETS}
    rows = [
        _trimmed([ident, *([places[f][v] for v in values[ident][f]] for f in FACETS), found.key])
        for ident, found in known.items()
    ]
    return _json({"phan": list(parts), **lists, "trang": rows})


def _values(facts: Facts) -> dict[str, list[tuple[str, str]]]:
    return {
        "chuyen-muc": [(slug(facts.section), facts.section)],
        "nam": [(facts.year, facts.year)] if facts.year else [],
        "tac-gia": [(slug(name), name) for name in facts.authors],
        "van-ban": list(facts.documents),
    }


def numbered(things: Iterable[Numbered]) -> str:
    """`so-hieu.json`: rows of [key, name, title, issuer, date, term, state, document, aliases], issuers and states by place."""
    things = list(things)
    issuers, states = (sorted({get(thing) for thing in things}) for get in _SHARED)
    rows = [
        _trimmed([
            t.key, t.name, t.title, issuers.index(t.issuer), t.date, t.term, states.index(t.state),
            t.documents[0][0] if t.documents else "", list(t.aliases),
        ])
        for t in things
    ]  # fmt: skip
    return _json({"co-quan": issuers, "tinh-trang": states, "muc": rows})


_SHARED: tuple[Callable[[Numbered], str], ...] = (lambda thing: thing.issuer, lambda thing: thing.state)


def _trimmed(row: list[Any]) -> list[Any]:
    """Without empty values at its end."""
    while row and not row[-1] and row[-1] != 0:
        row = row[:-1]
    return row


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
