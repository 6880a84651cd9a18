"""What of a clean tree is read aloud, a paragraph a text: no pictures, captions, footnotes, struck words or questions."""

from __future__ import annotations

from collections.abc import Iterator

from bantin.body import Tree
from bantin.outputs.nodes import QUESTIONS
from bantin.speech.numerals import cardinal
from bantin.vietnamese import fold

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "table", "div", "pre", "hr", "figure"}
SILENT = {"figure", "figcaption", "img", "del", "s", "hr"}
ENDS = ".!?:;,"


def paragraphs(tree: Tree) -> list[str]:
    """The texts of a body as written, in order; each ends with a stop."""
    return [text if text[-1] in ENDS else f"{text}." for text in _inside(tree, _read(tree))]


def _read(tree: Tree) -> list[Tree]:
    """The children of a body without the part `Câu hỏi thảo luận`."""
    kept, silent = [], False
    for child in tree:
        if child.tag in ("h1", "h2"):
            silent = fold(child.text_content()) == QUESTIONS
        if not silent:
            kept.append(child)
    return kept


def _inside(element: Tree, children: list[Tree]) -> Iterator[str]:
    """The texts inside an element: runs of words between its blocks, and its blocks' own."""
    run = [element.text or ""]
    for child in children:
        if child.tag in BLOCKS:
            yield from _text(run)
            run = []
            if not _silent(child):
                yield from _block(child)
        else:
            run.append(_words(child))
        run.append(child.tail or "")
    yield from _text(run)


def _block(element: Tree) -> Iterator[str]:
    if element.tag == "table":
        yield from _table(element)
    elif element.tag in ("ul", "ol"):
        yield from _list(element)
    else:
        yield from _inside(element, list(element))


def _list(element: Tree) -> Iterator[str]:
    """Items; those of a numbered list begin with `Một là:`."""
    start = element.get("start", "1")
    number = int(start) if start.isdigit() and len(start) < 4 else 1
    for item in element.iterchildren("li"):
        texts = list(_inside(item, list(item)))
        if element.tag == "ol" and texts:
            texts[0] = f"{cardinal(number).capitalize()} là: {texts[0]}"
        yield from texts
        number += 1


def _table(element: Tree) -> Iterator[str]:
    """A row a text: `Điểm cầu: 196; Đại biểu: 10.899`."""
    for caption in element.iterchildren("caption"):
        yield from _text([_words(caption)])
    rows = list(element.iter("tr"))
    headed = bool(rows) and all(cell.tag == "th" for cell in rows[0])
    names = dict(_cells(rows[0])) if headed else {}
    for row in rows[headed:]:
        said = [f"{names[at]}: {text}" if names.get(at) else text for at, text in _cells(row) if text]
        yield from _text(["; ".join(said)])


def _cells(row: Tree) -> Iterator[tuple[int, str]]:
    """The column at which each cell of a row stands, and its words, without stops that would part it from the others."""
    at = 0
    for cell in row.iterchildren("th", "td"):
        texts = list(_inside(cell, list(cell)))
        yield at, ", ".join(text.rstrip(".;:, ") for text in texts).replace(";", ",")
        span = cell.get("colspan", "1")
        at += int(span) if span.isdigit() else 1


def _words(element: Tree) -> str:
    """The words of an inline element."""
    if _silent(element):
        return ""
    if element.tag == "br":
        return " "
    return "".join([element.text or "", *(_words(child) + (child.tail or "") for child in element)])


def _silent(element: Tree) -> bool:
    """What is not read: also footnotes and the marks that call them."""
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get("class") == "footnote":
        return True
    return element.tag == "sup" and element.get("id", "").startswith("fnref")


def _text(run: list[str]) -> Iterator[str]:
    text = " ".join("".join(run).split())
    if any(c.isalnum() for c in text):
        yield text
