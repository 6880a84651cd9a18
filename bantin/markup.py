"""A tree as HTML5. lxml's own serialiser is HTML 4: it closes <source> and escapes what it takes for an address."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement as Tree
from markupsafe import escape

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def inner_html(tree: Tree) -> str:
    """What stands between the tags of an element."""
    return "".join((str(escape(tree.text or "")), *(part for child in tree for part in _parts(child))))


def _parts(element: Tree) -> Iterator[str]:
    """An element with what follows it; comments are left out."""
    tag = element.tag
    if isinstance(tag, str):
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
        yield f"<{tag}{attributes}>"
        if tag not in VOID:
            yield f"{inner_html(element)}</{tag}>"
    yield str(escape(element.tail or ""))
