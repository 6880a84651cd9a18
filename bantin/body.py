"""Markdown becomes a clean tree, and the tree becomes the HTML of a page.

Order matters: Markdown → HTML → nh3 (nothing hostile is left) → lxml tree → headings, tables, pictures, links and
citations. The printed issue starts from the same clean tree. `ROOT` stands in stored HTML where the site's root goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import nh3
from lxml import etree, html
from lxml.html import HtmlElement as Tree
from markdown import Markdown
from markupsafe import Markup

from bantin.citations import Mention
from bantin.citing import Reference, cited
from bantin.documents import Document
from bantin.markup import inner_html
from bantin.vietnamese import slug

ROOT = "\ue000"

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "b", "i",
    "a", "img", "br", "hr", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "sup", "sub", "del", "ins", "abbr", "figure",
    "figcaption", "div", "span", "mark", "cite", "q", "kbd", "s", "u", "small",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "title", "lang"},
    "a": {"href", "class"},
    "img": {"src", "alt", "width", "height"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "td": {"align", "colspan", "rowspan"},
    "ol": {"start", "type"},
    "sup": {"class"},
    "div": {"class"},
    "li": {"value"},
    "abbr": {"title"},
}
CLASSES = {"a": {"footnote-ref", "footnote-backref"}, "div": {"footnote"}}
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={tag: names - {"class"} for tag, names in ATTRIBUTES.items()},
    allowed_classes=CLASSES,
    url_schemes=SCHEMES,
    link_rel=None,
    clean_content_tags={"script", "style", "title", "textarea", "template", "noscript", "iframe", "object", "svg", "math"},
)
_UNLINKED = {"a", "code", "pre", "kbd"}
EAGER_BLOCKS = 2  # paragraphs from the top within which a picture may be on the first screen
_ALIGN = {"left": "can-trai", "center": "can-giua", "right": "can-phai"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3 with its id, for the contents of a long article."""

    title: str
    id: str
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML of an article with `ROOT` for the site's root, and what stands in it."""

    html: str
    contents: tuple[Heading, ...] = ()
    words: int = 0

    def at(self, root: str) -> Markup:
        """The HTML for a page whose root is `root`. It was sanitised here, so it is marked as safe here."""
        return Markup(self.html.replace(ROOT, root))


Srcset = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a body; addresses without the root. `sources` by type (`image/avif` …), `srcset` in what everything reads."""

    src: str
    width: int
    height: int
    sources: tuple[tuple[str, Srcset], ...] = ()
    srcset: Srcset = ()
    blur: str = ""  # classes that paint a stand-in while it loads


@dataclass(frozen=True)
class Surroundings:
    """What a body may lead to. `link` turns a written target into an address with `ROOT`, or None where it leads nowhere."""

    link: Callable[[str], str | None]
    picture: Callable[[str], Figure | None]
    references: Callable[[str], list[Reference]]
    document_link: Callable[[Document], tuple[str, str, bool]]  # address, title, superseded
    sizes: str = "100vw"  # how wide a picture is shown
    first: bool = False  # no picture stands above the text: one at its very beginning is the page's first


@dataclass
class Parser:
    """Markdown with the site's settings (Pelican's `MARKDOWN`); one `Markdown` object serves all articles."""

    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = deepcopy(dict(self.settings))
        configs = settings.setdefault("extension_configs", {})
        configs.setdefault("markdown.extensions.toc", {"slugify": lambda text, _: slug(text) or "muc"})
        configs.setdefault("markdown.extensions.tables", {"use_align_attribute": True})
        configs.setdefault("markdown.extensions.footnotes", {"BACKLINK_TITLE": "Trở lại chỗ chú thích {}"})
        wanted = [*settings.pop("extensions", []), *configs]
        # Pelican's reader needs `meta`; our header is read before the body is.
        names = [name for name in dict.fromkeys(wanted) if name != "markdown.extensions.meta"]
        configs.pop("markdown.extensions.meta", None)
        self._markdown = Markdown(extensions=names, **settings)
        # What cites a document is checked at each save of it.
        self._converted = lru_cache(256)(lambda text: self._markdown.reset().convert(text))

    def html(self, text: str) -> str:
        """Markdown to HTML, not yet safe."""
        return self._converted(text)

    def tree(self, text: str) -> Tree:
        """Markdown to a clean tree under one <div>."""
        return clean_tree(self.html(text))


def clean_tree(dirty: str) -> Tree:
    """Any HTML to a clean tree under one <div>."""
    return html.fragment_fromstring(_CLEANER.clean(dirty.replace(ROOT, "")), create_parent="div")


def targets(tree: Tree) -> Iterator[tuple[str, str]]:
    """Every address that a body leads to: (`href` or `src`, as written)."""
    for element in tree.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        if element.get(name):
            yield name, element.get(name)


def site_body(tree: Tree, around: Surroundings) -> Body:
    """The HTML of a page's text. The tree is changed."""
    words = len(tree.text_content().split())
    _headings(tree)
    _tables(tree)
    _figures(tree, around)
    _links(tree, around)
    cite(tree, around.references, lambda document, reference: _citation(document, reference, around))
    contents = tuple(Heading(h.text_content(), h.get("id", ""), int(h.tag[1])) for h in tree.iter("h2", "h3") if h.get("id"))
    return Body(inner_html(tree), contents, words)


def _headings(tree: Tree) -> None:
    """The page's title is the only h1."""
    for element in tree.iter("h1"):
        element.tag = "h2"


def _tables(tree: Tree) -> None:
    """Alignment as classes, and a frame that scrolls: the policy of the site forbids inline styles."""
    for cell in tree.iter("th", "td"):
        align = cell.attrib.pop("align", "")
        if align in _ALIGN:
            cell.set("class", _ALIGN[align])
        if cell.tag == "th" and not cell.get("scope"):
            cell.set("scope", "col")
    for number, table in enumerate(list(tree.iter("table")), 1):
        frame = html.Element("div", {"class": "bang", "role": "region", "tabindex": "0", "aria-label": f"Bảng {number}"})
        _replace(table, frame)
        frame.append(table)


def _figures(tree: Tree, around: Surroundings) -> None:
    top = [image for block in tree[:EAGER_BLOCKS] for image in block.iter("img")] if around.first else []
    for number, image in enumerate(list(tree.iter("img"))):
        eager = not number and image in top
        figure = around.picture(image.get("src", ""))
        parent = image.getparent()
        if figure is None:
            parent.remove(image) if not image.tail else image.drop_tree()
            continue
        alone = parent.tag == "p" and len(parent) == 1 and not (parent.text or "").strip() and not (image.tail or "").strip()
        caption = image.get("title", "")
        image.attrib.pop("title", None)
        picture = _picture(image, figure, around.sizes, eager)
        if alone:
            frame = html.Element("figure", {"class": "hinh"})
            frame.append(picture)
            if caption:
                etree.SubElement(frame, "figcaption").text = caption
            _replace(parent, frame)


def _picture(image: Tree, figure: Figure, sizes: str, eager: bool) -> Tree:
    """<picture> in the place of <img>; eager: fetched before others, else when it comes near."""
    _replace(image, picture := html.Element("picture"))
    for kind, renditions in figure.sources:
        picture.append(html.Element("source", {"type": kind, "srcset": _srcset(renditions), "sizes": sizes}))
    values = {
        "class": figure.blur, "src": ROOT + figure.src, "srcset": _srcset(figure.srcset), "sizes": sizes if figure.srcset else "",
        "width": str(figure.width), "height": str(figure.height), **({"fetchpriority": "high"} if eager else {"loading": "lazy"}), "decoding": "async",
    }  # fmt: skip
    image.attrib.update({name: value for name, value in values.items() if value})
    picture.append(image)
    return picture


def _srcset(renditions: Srcset) -> str:
    return ", ".join(f"{ROOT}{src} {width}w" for src, width in renditions)


def _links(tree: Tree, around: Surroundings) -> None:
    for link in list(tree.iter("a")):
        written = link.get("href")
        if written is None or written.startswith("#"):
            continue
        address = around.link(written)
        if address is None:
            link.drop_tag()
            continue
        link.set("href", address)
        if address.startswith("http"):
            link.set("rel", "noopener external")


def _citation(document: Document, reference: Reference, around: Surroundings) -> Tree:
    """A link around the citation; its number, which must not break at the hyphen, in a span of its own."""
    address, title, superseded = around.document_link(document)
    link = html.Element("a", {"class": "van-ban het-hieu-luc" if superseded else "van-ban", "href": address, "title": title})
    surface = reference.surface
    # The first: 15/2015/NĐ-CP has it twice. A name has no number.
    at = surface.find(reference.found.number) if isinstance(reference.found, Mention) else len(surface)
    link.text = surface[:at]
    if surface[at:]:
        etree.SubElement(link, "span", {"class": "so-hieu"}).text = surface[at:]
    return link


Read = Callable[[str], list[Reference]]
Make = Callable[[Document, Reference], Tree]


def cite(tree: Tree, read: Read, make: Make) -> list[Document]:
    """Wrap each citation that means exactly one document in the element that `make` gives; text is never changed.

    Texts are read in the order of the page. Nothing is taken from code, links or addresses. Returns the documents
    cited, in order, with repetitions; those in the title of another document are wrapped and not counted.
    """
    found: list[Document] = []
    for element, slot in list(_slots(tree)):
        found += _cite_slot(element, slot, read, make)
    return found


def _slots(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Places of text that may hold citations, in reading order."""
    if tree.tag in _UNLINKED or not isinstance(tree.tag, str):
        return
    yield tree, "text"
    for child in tree:
        yield from _slots(child)
        yield child, "tail"


def _cite_slot(element: Tree, slot: str, read: Read, make: Make) -> list[Document]:
    text = getattr(element, slot)
    references = [r for r in read(text) if r.document] if text else []
    if not references:
        return []
    setattr(element, slot, text[: references[0].start])
    parent, at = (element, 0) if slot == "text" else (element.getparent(), element.getparent().index(element) + 1)
    for number, reference in enumerate(references):
        end = references[number + 1].start if number + 1 < len(references) else len(text)
        if reference.document:
            link = make(reference.document, reference)
            link.tail = text[reference.end : end]
            parent.insert(at + number, link)
    return [document for _, document in cited(references)]


def _replace(old: Tree, new: Tree) -> None:
    """Put `new` where `old` is, with what follows it."""
    new.tail, old.tail = old.tail, None
    old.getparent().replace(old, new)
