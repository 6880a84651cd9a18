"""Every address of the site in what goes out leads to a file of it, and every fragment to an element."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bantin.parallel import spread
from bantin.progress import Track, silent
from bantin.publishing.releases import files_of

TEXTS = (".xml", ".json", ".txt", ".csv", ".webmanifest", ".css", ".pf_fragment")
_ATTRIBUTES = ("href", "src", "poster", "action", "data", "cite", "content")
_STYLE = re.compile(r"""url\(\s*["']?([^"')]+)""")
_MANIFEST = re.compile(r'"(?:src|start_url|scope)":\s*"([^"]+)"')
_RECORD = re.compile(r'\{"url":"([^"]*)"')


@dataclass(frozen=True, order=True)
class Fault:
    """A file and an address in it that leads nowhere."""

    file: str
    address: str

    def __str__(self) -> str:
        return f"{self.file}: “{self.address}” không tới đâu"


@dataclass(frozen=True)
class Found:
    """What stands in a file: addresses as written, with the file and fragment that each leads to; ids of its elements."""

    targets: Mapping[str, tuple[str, str]]
    ids: frozenset[str]


def faults(root: Path, base: str, track: Track = silent) -> list[Fault]:
    """Addresses of the site that lead nowhere. base: the site's address, without a final slash."""
    names = files_of(root)
    looked = [name for name in names if name.endswith((".html", *TEXTS))]
    there = set(names)
    found = {looked[n]: f for n, f in track(spread(lambda name: _read(root, name, base), looked), "Soát liên kết", len(looked))}
    wrong = []
    for name, file in found.items():
        for written, (target, fragment) in file.targets.items():
            place = next((t for t in (target, f"{target}/index.html") if t in there), None)
            reached = found[place].ids if place and place.endswith(".html") else None
            if place is None or fragment and reached is not None and fragment not in reached:
                wrong.append(Fault(name, written))
    return sorted(wrong)


def _read(root: Path, name: str, base: str) -> Found:
    data = (root / name).read_bytes()
    ids: frozenset[str] = frozenset()
    if name.endswith(".html"):
        tree = document_fromstring(data, parser=HTMLParser(encoding="utf-8"))
        ids = frozenset(tree.xpath("//@id | //a/@name"))
        written = {*_of_page(tree), *_absolute(" ".join(tree.xpath("//script/text()")), base)}
    else:
        text = (gzip.decompress(data) if name.endswith(".pf_fragment") else data).decode("utf-8", "replace")
        relative = _STYLE if name.endswith(".css") else _MANIFEST if name.endswith(".webmanifest") else _RECORD
        written = {*(a for a in relative.findall(text)), *_absolute(text, base)}
    here = f"{base}/{name.removesuffix('index.html')}"
    if name.endswith(".pf_fragment"):
        written = {address.lstrip("/") for address in written}
        here = f"{base}/"
    led = ((address, _target(address, here, base)) for address in written)
    return Found({address: target for address, target in led if target}, ids)


def _of_page(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter("*"):
        for name, value in element.attrib.items():
            if name in ("srcset", "imagesrcset"):
                yield from (part.split()[0] for part in value.split(",") if part.strip())
            elif name in _ATTRIBUTES and (name != "content" or value.startswith("http")):
                yield value.strip()


def _absolute(text: str, base: str) -> Iterator[str]:
    """Full addresses of the site in feeds, lists and data, where what stands behind `#` is no more than a name."""
    for found in re.findall(rf"{re.escape(base)}/[^\s\"'<>\\)\],#]*", unescape(text)):
        yield found.rstrip(".,;:")


def _target(written: str, here: str, base: str) -> tuple[str, str] | None:
    """The file that an address leads to, and the fragment; None where it leaves the site."""
    try:
        whole = urljoin(here, written)
        path, fragment = urlsplit(whole).path, unquote(urlsplit(whole).fragment)
    except ValueError:
        return written, ""  # no address at all
    if not (whole == base or whole.startswith((f"{base}/", f"{base}?", f"{base}#"))):
        return None
    inside = unquote(path).removeprefix(urlsplit(base).path).lstrip("/")
    name = f"{inside}index.html" if inside == "" or inside.endswith("/") else inside
    return name, "" if fragment.startswith(":~:") else fragment
