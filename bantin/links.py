"""Where a link written in Markdown leads: Pelican's `{filename}`, `{static}`, `{tag}` … and plain addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from bantin.addresses import Addresses
from bantin.body import ROOT, SCHEMES

_INTRASITE = re.compile(r"[{|](?P<what>[a-z]+)[|}](?P<value>.*)", re.DOTALL)
_TAXONOMIES = {"tag": "TAG", "category": "CATEGORY", "author": "AUTHOR"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: an `address` (with `ROOT` where internal), or the `code` of what is wrong with it."""

    address: str = ""
    code: str = ""
    file: str = ""  # a file of `tep/` to publish with it; of `anh/`: a picture, of which a rendition is


@dataclass(frozen=True)
class Links:
    """published: address by content path; files: all that the content folder has; known: all internal addresses."""

    addresses: Addresses
    published: Mapping[str, str]
    files: frozenset[str]
    known: frozenset[str]

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
            return Target(ROOT + text.lstrip("/")) if bare in self.known else Target(code="LK01")
        return self._file(text, path)

    def _special(self, what: str, value: str, path: str) -> Target:
        if what in ("filename", "static", "attach"):
            return self._file(value, path)
        if what == "index":
            return Target(ROOT)
        if what in _TAXONOMIES:
            url = self.addresses.named(_TAXONOMIES[what], value.strip()).url
            return Target(ROOT + url) if url in self.known else Target(code="LK01")
        return Target(code="LK01")

    def _file(self, written: str, path: str) -> Target:
        """A file of the content folder: from its root with a leading slash, else beside the linking file."""
        bare, mark, fragment = written.partition("#")
        folder = "" if bare.startswith("/") else posixpath.dirname(path)
        full = posixpath.normpath(posixpath.join(folder, bare.lstrip("/")))
        if full in self.published:
            return Target(ROOT + self.published[full] + mark + fragment)
        if full not in self.files:
            return Target(code="LK01")
        if full.startswith("tep/"):
            return Target(ROOT + self.addresses.setting("ATTACHMENTS") + full.partition("/")[2] + mark + fragment, file=full)
        if full.startswith("anh/"):
            return Target(file=full)  # never the original: it knows where it was taken
        return Target(code="LK02")
