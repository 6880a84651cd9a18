"""Everything that a published file says, whatever it is packed in: texts, and the bytes of every file inside it.

What is known is taken apart (HTML, XML, JSON, the search index, PDF, packed files, pictures); of all else, whatever looks
like text in UTF-8 or UTF-16.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import Any

import cbor2
from lxml import etree
from pypdf import PdfReader

from bantin.outputs.search.shadow import MAGIC
from bantin.publishing import pictures
from bantin.publishing.compress import unpacked
from bantin.publishing.loose import strings
from bantin.publishing.words import BREAK, address, flowing

DEPTH = 5  # of files in files
LARGEST = 1 << 29  # bytes that come out of a packed file

_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "time", "u", "var", "wbr",
}  # fmt: skip
_SPACE = {"sup", "br"}
_PARAGRAPHS = {"p", "h", "si", "text", "title"}  # of DOCX, ODT, XLSX and SVG, where a word may be parted among elements
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
_ENTITY = re.compile(r"&(?:\w+|#\w+);")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a damaged file is told as `Closed`


@dataclass(frozen=True, slots=True)
class Closed:
    """A part that cannot be searched, so nobody knows what is in it; the reason is Vietnamese."""

    why: str


class Noise(str):
    """What looks like text in a picture or PDF: its program's words as well as an author's."""


class Marked(str):
    """A text with markup, entities or `%20` in it, not yet taken apart: the same article stands in many feeds."""


Part = str | bytes | Closed


def texts(name: str, data: bytes) -> Iterator[str]:
    """All texts of a file, taken apart."""
    for part in parts(name, data):
        if isinstance(part, str):
            yield from _unfolded(part)


def parts(name: str, data: bytes, depth: int = 0) -> Iterator[Part]:
    """Of a file: its name, its bytes, all that it says as texts (`BREAK` between units), and the same of every file inside it."""
    yield address(name)
    yield data
    if depth > DEPTH:
        yield Closed("gói lồng nhau quá sâu")
        return
    try:
        yield from _opened(name, data, depth)
    except Exception as error:  # whatever a damaged file makes a library raise
        yield from strings(data)
        yield Closed(f"tệp hỏng hoặc khóa mật khẩu: {type(error).__name__}")


def _opened(name: str, data: bytes, depth: int) -> Iterator[Part]:
    if data[:2] == b"\x1f\x8b":
        yield from parts(name.removesuffix(".gz"), _gunzip(data), depth + 1)
    elif name.endswith(".br"):
        yield from parts(name.removesuffix(".br"), unpacked(name, data), depth + 1)
    elif data.startswith(MAGIC):
        yield from _index(data.removeprefix(MAGIC))
    elif data.lstrip()[:5] == b"%PDF-":
        yield from _pdf(data, depth)
    elif data[:4] == b"PK\x03\x04":
        yield from _archive(data, depth)
    elif name.endswith((".html", ".htm", ".xhtml")):
        yield from _html(data)
    elif name.endswith((".xml", ".svg", ".rels", ".rss", ".atom")) and data.strip():
        yield from _xml(data)
    elif name.endswith((".json", ".webmanifest")):
        yield from _json(data.decode("utf-8-sig"))
    else:
        yield from _other(data)


def _other(data: bytes) -> Iterator[Part]:
    """A text of any kind, a picture, or who knows what."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        yield from _text(flowing(text))
        return
    if not pictures.is_picture(data):
        yield from strings(data)
        return
    for value, authors in pictures.said(data):
        for part in _text(value) if isinstance(value, str) else strings(value):
            yield from (part,) if authors else (Noise(text) for text in _unfolded(part))
    yield from _noise(data)


def _text(text: str) -> Iterator[str]:
    """A text, which may be HTML or an address."""
    yield Marked(text) if "%" in text or _ENTITY.search(text) or _MARKUP.search(text) else text


def _unfolded(part: str) -> Iterator[str]:
    for text in inside(part) if isinstance(part, Marked) else (part,):
        yield from _unfolded(text) if isinstance(text, Marked) else (text,)


def inside(marked: Marked) -> Iterator[str]:
    """As it was written, and what it says to a reader."""
    text = str(marked)
    yield text
    if "%" in text:
        yield address(text)
    for _ in range(3):
        if _ENTITY.search(text):
            text = unescape(text)
            yield text
        if _MARKUP.search(text):
            yield from _html(text.encode("utf-8", "replace"))
        if not _ENTITY.search(text):
            break


def _html(data: bytes) -> Iterator[str]:
    """What is read, in one text; attributes, comments and scripts each as their own."""
    if not data.strip():
        return
    tree = etree.HTML(data, parser=etree.HTMLParser(encoding="utf-8", huge_tree=True))
    shown: list[str] = []
    hidden: dict[str, None] = {}
    walks = (etree.iterwalk(top, events=("start", "end", "comment", "pi")) for top in _tops(tree))
    for event, element in chain.from_iterable(walks):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            shown += [_between(tag), element.tail or ""]
        elif not tag or tag in ("script", "style"):
            hidden[element.text or ""] = None
            shown.append(element.tail or "") if not tag else None
        else:
            shown += [_between(tag), element.text or ""]
        if event == "start":
            hidden |= dict.fromkeys(element.attrib.values())
    yield "".join(part if part == BREAK else part.replace(BREAK, " ") for part in shown)
    for text in hidden:
        yield from _hidden(text)


def _tops(tree: Any) -> tuple[Any, ...]:
    """The root of a document, and what stands before and behind it."""
    return (*tree.itersiblings(preceding=True), tree, *tree.itersiblings()) if tree is not None else ()


def _between(tag: str) -> str:
    return "" if tag in _INLINE else " " if tag in _SPACE else BREAK


def _hidden(text: str) -> Iterator[str]:
    """An attribute, a comment or a script, which may be data."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            yield from _json(text)
            return
        except ValueError:
            pass
    if text:
        yield from _text(flowing(text))


def _xml(data: bytes) -> Iterator[Part]:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    tree = etree.fromstring(data, parser)
    for element in (element for top in _tops(tree) for element in top.iter()):
        for text in (element.text, element.tail, *(element.attrib.values() if isinstance(element.tag, str) else ())):
            if text and text.strip():
                yield from _text(flowing(text))
        if isinstance(element.tag, str) and len(element) and etree.QName(element).localname in _PARAGRAPHS:
            yield flowing("".join(element.itertext()))
    if tree is None:
        yield from strings(data)


def _texts(found: Any) -> Iterator[str]:
    """Every text in what was read from JSON or CBOR, keys too."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value


def _json(data: bytes | str) -> Iterator[str]:
    for text in _texts(json.loads(data)):
        yield from _text(flowing(text))


def _index(data: bytes) -> Iterator[Part]:
    """A record of the search is JSON, its lists of words are CBOR, its program is neither."""
    if data[:1] == b"{":
        yield from _json(data)
    elif data[:4] == b"\0asm":
        yield from strings(data)
    else:
        yield BREAK.join(_texts(cbor2.loads(data)))


def _pdf(data: bytes, depth: int) -> Iterator[Part]:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("encrypted")
    for value in (reader.metadata or {}).values():
        yield from _text(str(value))
    described = reader.root_object.get("/Metadata")
    if described is not None:
        yield from _noise(described.get_object().get_data())
    for page in reader.pages:
        yield flowing(page.extract_text())
        for picture in page.images:
            yield from parts(picture.name, picture.data, depth + 1)
        for note in page.get("/Annots") or ():
            yield from (str(value) for value in _leaves(note.get_object(), 3))
    for name, files in reader.attachments.items():
        for inner in files:
            yield from parts(name, inner, depth + 1)
    yield from (str(entry.title) for entry in _flat(reader.outline))
    yield from _noise(data)


def _leaves(found: Any, depth: int) -> Iterator[str]:
    """Texts in an object of a PDF."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict) and depth:
        for key, value in found.items():
            if key not in ("/P", "/Parent", "/AP"):
                yield from _leaves(value.get_object() if hasattr(value, "get_object") else value, depth - 1)


def _flat(found: Any) -> Iterator[Any]:
    for entry in found:
        yield from _flat(entry) if isinstance(entry, list) else (entry,)


def _archive(data: bytes, depth: int) -> Iterator[Part]:
    """DOCX, XLSX, ODT, EPUB, ZIP."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(about.file_size for about in archive.infolist()) > LARGEST:
            raise ValueError("too large")
        yield from strings(archive.comment)
        for about in archive.infolist():
            yield from parts(about.filename, archive.read(about), depth + 1)


def _gunzip(data: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise zlib.error("too large")
    return found


def _noise(data: bytes) -> Iterator[Part]:
    return (Noise(part) for part in strings(data))
