"""`python3 -m bantin.citations < in.jsonl > out.jsonl`: the citations of each text.

In: a JSON object a line, `{"id", "text"}`. Out: `{"id", "citations": […], "named": […], "partial": […]}`, offsets in code
points over the text as given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bantin.catalogue import load
from bantin.citations import Mention, Named, Partial, find, find_named, find_partial

CATALOGUES = Path(__file__).resolve().parent.parent.parent / "content" / "danh-muc"


def main() -> None:
    """Read standard input, write standard output."""
    catalogue = load(CATALOGUES)
    for line in sys.stdin:
        if line.strip():
            given = json.loads(line)
            text = given["text"]
            found = {
                "id": given["id"],
                "citations": [_plain(mention) for mention in find(text, catalogue)],
                "named": [_span(name) for name in find_named(text)],
                "partial": [_span(part) for part in find_partial(text, catalogue)],
            }
            print(json.dumps(found, ensure_ascii=False))


def _plain(mention: Mention) -> dict[str, object]:
    names = ("number", "symbol", "canonical", "kind", "issuer", "term")
    day = str(mention.date) if mention.date else None
    return _span(mention) | {name: getattr(mention, name) for name in names} | {"date": day}


def _span(found: Mention | Named | Partial) -> dict[str, object]:
    return {"start": found.start, "end": found.end, "surface": found.surface}


if __name__ == "__main__":
    main()
