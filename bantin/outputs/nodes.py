"""A clean tree becomes nodes for the printed issue: strings and `{"tag": …, "children": […]}`, data and never markup.

theme/print/nodes.typ has a function for each tag that comes out of here; `TAGS` is that list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bantin.article import picture_path
from bantin.body import Tree
from bantin.vietnamese import fold

Node: TypeAlias = str | dict[str, Any]
Picture: TypeAlias = tuple[tuple[str, int, int], ...]  # (file, width, height) in pixels, widest first

BLOCKS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "pre",
    "dl",
    "dt",
    "dd",
    "hr",
}
INLINE = {"strong", "em", "code", "a", "sup", "sub", "br", "del", "abbr", "cite", "img", "footnote", "number"}
TAGS = BLOCKS | INLINE
SAME = {
    "b": "strong",
    "i": "em",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "s": "del",
    "kbd": "code",
    "tfoot": "tbody",
    "caption": "figcaption",
}
# Elements that paper does not set apart: what they hold is set.
THROUGH = {"div", "span", "mark", "u", "ins", "small", "q"}
HOLDERS = {"ul", "ol", "table", "thead", "tbody", "tr", "dl", "figure"}  # white space in them is nobody's text
_BLANKS = re.compile(r"[ \t\r\n]+")  # the source's line breaks and indents; no-break spaces stay
QUESTIONS = fold("Câu hỏi thảo luận")


@dataclass
class Setting:
    """What nodes need to know of their article.

    link: a written address to an absolute one, or empty; picture: a content path to its sizes, or None.
    shown: the pictures that stand on their own, in order, as they come up.
    """

    link: Callable[[str], str]
    picture: Callable[[str], Picture | None]
    notes: dict[str, Tree] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)


def nodes(tree: Tree, setting: Setting) -> list[Node]:
    """The nodes of a tree's children. The tree is not changed."""
    for note in tree.iterfind(".//div[@class='footnote']//li"):
        setting.notes[note.get("id", "")] = note
    return _children(tree, setting, keep=False)


def without_questions(found: list[Node]) -> tuple[list[Node], list[list[Node]]]:
    """A body without its part `Câu hỏi thảo luận`, and the questions that stood there."""
    at = next(
        (n for n, node in enumerate(found) if isinstance(node, dict) and node["tag"] == "h2" and fold(_text(node)) == QUESTIONS),
        None,
    )
    if at is None:
        return found, []
    end = next((n for n in range(at + 1, len(found)) if isinstance(found[n], dict) and found[n]["tag"] == "h2"), len(found))  # type: ignore[index]
    lists = [node for node in found[at + 1 : end] if isinstance(node, dict) and node["tag"] in ("ol", "ul")]
    questions = [item["children"] for node in lists for item in node["children"] if isinstance(item, dict)]
    return (found[:at] + found[end:], questions) if questions else (found, [])


def _text(node: Node) -> str:
    return node if isinstance(node, str) else "".join(_text(child) for child in node["children"])


def _children(element: Tree, setting: Setting, keep: bool) -> list[Node]:
    """keep: white space as it is, inside <pre>."""
    found: list[Node] = []

    def add(text: str | None) -> None:
        if text and (keep or element.tag not in HOLDERS):
            found.append(text if keep else _BLANKS.sub(" ", text))

    add(element.text)
    for child in element:
        found += _node(child, setting, keep)
        add(child.tail)
    return _trimmed(found)


def _trimmed(found: list[Node]) -> list[Node]:
    """Without white space beside blocks."""
    out: list[Node] = []
    for n, node in enumerate(found):
        if isinstance(node, str) and not node.strip():
            around = [found[i] for i in (n - 1, n + 1) if 0 <= i < len(found)]
            if len(around) < 2 or any(isinstance(a, dict) and a["tag"] in BLOCKS for a in around):
                continue
        out.append(node)
    return out


def _node(element: Tree, setting: Setting, keep: bool) -> list[Node]:
    if not isinstance(element.tag, str) or element.get("class") == "footnote":
        return []
    tag = SAME.get(element.tag, element.tag)
    if tag == "cite" and not element.get("data-document"):
        tag = "em"  # an editor's own <cite>, no document
    if tag in ("dt", "dd") and next(element.iterancestors("dl"), None) is None:
        tag = "p"
    if tag == "sup" and element.get("id", "").startswith("fnref"):
        return _footnote(element, setting)
    if tag == "a" and element.get("class") == "footnote-backref":
        return []
    if tag == "p" and len(element) == 1 and element[0].tag == "img" and not element.text_content().strip():
        return _figure(element[0], setting)
    if tag == "img":
        return _image(element, setting)
    children = _children(element, setting, keep or tag == "pre")
    if tag in THROUGH:
        return ["“", *children, "”"] if tag == "q" else children
    node: dict[str, Any] = {"tag": tag, "children": children}
    if tag == "a":
        node["href"] = setting.link(element.get("href", ""))
    elif tag == "cite":
        node["document"] = element.get("data-document", "")
    elif tag in ("td", "th"):
        node |= {
            "align": element.get("align", ""),
            "colspan": _number(element, "colspan"),
            "rowspan": _number(element, "rowspan"),
        }
    elif tag == "ol":
        node["start"] = _number(element, "start")
    captions = [child for child in children if isinstance(child, dict) and child["tag"] == "figcaption"] if tag == "table" else []
    if captions:  # the template sets the caption of a figure
        node["children"] = [child for child in children if child not in captions]
        return [{"tag": "figure", "children": [*captions, node]}]
    return [node]


def _number(element: Tree, name: str) -> int:
    value = element.get(name, "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 4 else 1


def _footnote(element: Tree, setting: Setting) -> list[Node]:
    target = next((a.get("href", "") for a in element.iter("a")), "").removeprefix("#")
    note = setting.notes.pop(target, None)  # away while it is set: a note that leads to itself would never end
    if note is None:
        return []
    found: list[Node] = [{"tag": "footnote", "children": _children(note, setting, keep=False)}]
    setting.notes[target] = note
    return found


def _image(element: Tree, setting: Setting) -> list[Node]:
    found = setting.picture(picture_path(element.get("src", "")))
    if not found:
        return []
    return [{"tag": "img", "children": [], "files": found, "alt": element.get("alt", "")}]


def _figure(image: Tree, setting: Setting) -> list[Node]:
    inside = _image(image, setting)
    setting.shown += [picture_path(image.get("src", ""))] if inside else []
    caption = image.get("title", "")
    if inside and caption:
        inside.append({"tag": "figcaption", "children": [caption]})
    return [{"tag": "figure", "children": inside}] if inside else []
