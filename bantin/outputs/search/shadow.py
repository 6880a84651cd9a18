"""Copies of pages as Pagefind has to see them, and its records as readers have to see them.

Pagefind folds the tones of Vietnamese, but not đ, and takes `hoà` and `hòa` for two words. So in the copies đ is `d` with a
combining stroke, and a tone that stands in the new place is moved to the old one, with a mark that no word holds behind it.
theme/static/js/spelling.js does the same with what a reader types; records are turned back before they are published.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from copy import deepcopy

from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from bantin.alike import alike

BODY = "data-pagefind-body"
META, IGNORE = "data-pagefind-meta", "data-pagefind-ignore"
KEPT = (BODY, META, IGNORE, "data-pagefind-weight", "data-pagefind-index-attrs")
DROPPED = ("img", "picture", "svg", "script", "style", "noscript")
PARTING = ("br", "hr", "wbr")  # hold nothing, and part words
_META = re.compile(rf'{META}="([^"]*)"')
MAGIC = b"pagefind_dcd"  # stands before every record that Pagefind writes

STROKE, MOVED = "\u0335", "\u2060"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONED = {v: [unicodedata.normalize("NFC", v + tone) for tone in _TONES] for v in "aeouyAEOUY"}


def _pairs(first: str, second: str) -> dict[str, str]:
    """`oà` → `òa` for every tone and case of a pair of vowels."""
    return {x + _TONED[y][n]: _TONED[x][n] + y for n in range(len(_TONES)) for x in first for y in second}


_FORWARD = _pairs("oOuU", "aeyAEY")
_BACK = {old: new for new, old in _FORWARD.items()}
# Only at the end of a syllable: in `toàn` the tone has one place. After q the tone belongs to y: `quý`, so `qúy` is moved.
# Classes, not a choice of pairs, of which each would be tried at every letter: so some pairs are found that are none.
_NEW = re.compile(rf"(?<![qQ])[{''.join({p[0] for p in _FORWARD})}][{''.join({p[1] for p in _FORWARD})}](?!\w)")
_MISPLACED = re.compile(rf"(?<=[qQ])[{''.join({p[0] for p in _BACK})}][{''.join({p[1] for p in _BACK})}](?!\w)")
_MARKED = re.compile(rf"(?:{'|'.join((*_FORWARD, *_BACK))}){MOVED}")


def spelled(text: str) -> str:
    """Text (NFC) in the spelling of the index."""
    text = _NEW.sub(lambda m: _FORWARD[m[0]] + MOVED if m[0] in _FORWARD else m[0], text.replace(MOVED, ""))
    text = _MISPLACED.sub(lambda m: _BACK[m[0]] + MOVED if m[0] in _BACK else m[0], text)
    return text.replace("đ", f"d{STROKE}").replace("Đ", f"D{STROKE}")


def restored(text: str) -> str:
    """Text in the spelling of the index as it was written: undoes `spelled`."""
    text = text.replace(f"d{STROKE}", "đ").replace(f"D{STROKE}", "Đ")
    return _MARKED.sub(lambda m: _BACK.get(m[0][:-1]) or _FORWARD[m[0][:-1]], text)


def shadow(html: bytes) -> str | None:
    """The copy of a page: what is marked with `data-pagefind-body`, and no more than a search can find of it.

    So it stays the same when what is around it changes. None for a page that is not marked, or that no robot is to list.
    """
    if BODY.encode() not in html:
        return None
    tree = document_fromstring(html, parser=HTMLParser(encoding="utf-8"))
    if any("noindex" in meta.get("content", "") for meta in tree.iterfind('.//meta[@name="robots"]')):
        return None
    bodies = tree.xpath(f"//*[@{BODY}][not(ancestor::*[@{BODY}])]")
    for body in bodies:
        _prune(body)
    text = "".join(tostring(body, encoding="unicode", with_tail=False) for body in bodies)
    text = " ".join(re.split(r"[ \t\r\n]+", text))  # how a template is laid out is nothing to a search
    return spelled(f'<!DOCTYPE html><html lang="vi"><head><title></title></head><body>{text}</body></html>\n')


def _prune(element: HtmlElement) -> None:
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag in DROPPED and child.get(META) is None:  # a comment has no name
            child.drop_tree()
            continue
        _prune(child)
        if _says_nothing(child):
            child.drop_tree()
    if element.get(IGNORE) is not None:
        _hollow(element)
    if "[" not in element.get(META, ""):  # `image[src]` speaks of an attribute
        for name in set(element.attrib) - set(KEPT):
            del element.attrib[name]


def _says_nothing(element: HtmlElement) -> bool:
    """Of what was pruned, whether there is nothing in it, and white space behind it: so no words grow together without it."""
    held = len(element) or (element.text or "").strip() or element.tag in PARTING or element.attrib
    return not held and (element.tail or "")[:1] in (" ", "\n")


def _hollow(element: HtmlElement) -> None:
    """Only the values that stand in what is ignored."""
    values = [] if element.get(IGNORE) == "all" else [deepcopy(e) for e in element.iterdescendants() if e.get(META) is not None]
    for child in list(element):
        element.remove(child)
    element.text = None
    for value in values:
        value.tail = None
        element.append(value)


def record(data: bytes) -> tuple[bytes, str]:
    """A record of Pagefind with its text as it was written, not compressed, and the address of its page ("/bai-viet/2023/a/")."""
    text = gzip.decompress(data).removeprefix(MAGIC).decode("utf-8")
    found = re.match(r'\{"url":"([^"]*)"', text)
    if not found:
        raise RuntimeError(f"pagefind: another form of record: {text[:80]}")
    return restored(text).encode("utf-8"), found[1]


def fields(copy: str) -> tuple[str, ...]:
    """Names of what a copy tells of its page, as they are spelled in it: `title, ngày:01/02/2024` tells of title and ngày."""
    found = {part.partition("[")[0].strip() for value in _META.findall(copy) for part in value.partition(":")[0].split(",")}
    names: tuple[str, ...] = alike(tuple(sorted(found)))  # many pages have the same
    return names
