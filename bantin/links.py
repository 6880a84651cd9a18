"""Where a link written in Markdown leads: Pelican's `{filename}`, `{static}`, `{tag}` … and plain addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cache
from html import unescape
from urllib.parse import unquote, urlsplit

from bantin.addresses import Addresses
from bantin.asking import asked
from bantin.body import ROOT, SCHEMES
from bantin.content import Content

_INTRASITE = re.compile(r"[{|](?P<what>[a-z]+)[|}](?P<value>.*)", re.DOTALL)
_SCHEME = re.compile(r"""(?:href|src)=["']\s*([a-zA-Z][a-zA-Z0-9+.\-]*):""")
_TAXONOMIES = {"tag": "TAG", "category": "CATEGORY", "author": "AUTHOR"}


def forbidden_schemes(dirty: str) -> list[str]:
    """Schemes of addresses in unsafe HTML that the cleaner drops, for messages."""
    return sorted({s.lower() for s in _SCHEME.findall(dirty)} - SCHEMES)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: an `address` (with `ROOT` where internal), or the `code` of what is wrong with it."""

    address: str = ""
    code: str = ""
    file: str = ""  # a file of `tep/` to publish with it; of `anh/`: a picture, of which a rendition is


class Links:
    """where: the address of a file that has one; files: what the content folder has; known: gives all addresses of the site."""

    def __init__(
        self, addresses: Addresses, where: Callable[[str], str | None], files: Content, known: Callable[[], Container[str]]
    ) -> None:
        self._addresses, self._where, self._files, self._known = addresses, where, files, cache(known)

    @asked
    def address(self, path: str) -> str | None:
        """Where a file of the content folder is on the site."""
        return self._where(path)

    @asked
    def leads(self, address: str) -> bool:
        """Whether the site has that address."""
        return address in self._known()

    def follow(self, written: str, path: str) -> Target:
        """The target of a link written in the file `path`. Raises nothing."""
        text = unquote(unescape(written)).strip()
        special = _INTRASITE.fullmatch(text)
        if special:
            return self._special(special["what"], special["value"], path)
        try:
            parts = urlsplit(text)
        except ValueError:
            return Target(code="LK03")
        if parts.scheme or text.startswith("//"):
            return Target(written.strip()) if parts.scheme in SCHEMES else Target(code="LK03")
        if text.startswith("#"):
            return Target(written.strip())
        if text.startswith("/"):
            bare = text.split("#")[0].split("?")[0].lstrip("/")
            return Target(ROOT + text.lstrip("/")) if self.leads(bare) else Target(code="LK01")
        return self._file(text, path)

    def _special(self, what: str, value: str, path: str) -> Target:
        if what in ("filename", "static", "attach"):
            return self._file(value, path)
        if what == "index":
            return Target(ROOT)
        if what in _TAXONOMIES:
            url = self._addresses.named(_TAXONOMIES[what], value.strip()).url
            return Target(ROOT + url) if self.leads(url) else Target(code="LK01")
        return Target(code="LK01")

    def _file(self, written: str, path: str) -> Target:
        """A file of the content folder: from its root with a leading slash, else beside the linking file."""
        bare, mark, fragment = written.partition("#")
        folder = "" if bare.startswith("/") else posixpath.dirname(path)
        full = posixpath.normpath(posixpath.join(folder, bare.lstrip("/")))
        address = self.address(full)
        if address is not None:
            return Target(ROOT + address + mark + fragment)
        if not self._files.stamp(full):
            return Target(code="LK01")
        if full.startswith("tep/"):
            return Target(ROOT + self._addresses.setting("ATTACHMENTS") + full.partition("/")[2] + mark + fragment, file=full)
        if full.startswith("anh/"):
            return Target(file=full)  # never the original: it knows where it was taken
        return Target(code="LK02")
