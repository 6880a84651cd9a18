"""What of a content folder everybody may read now, told from the raw files alone, without the gate.

Public is only what is clearly so: in `bai-viet/` with no other audience, state or time; pages that are no drafts; documents,
issues and catalogues; profiles of who wrote something public; pictures and attachments that something public names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from bantin.files import ignoring, walk
from bantin.vietnamese import parse_moment, slug

OPEN = ("van-ban", "ban-tin")
SILENT = ("cot-muc.toml", "noi-nhan.toml")  # columns are shown with what stands in them, receivers nowhere
_KEY = re.compile(r"""^[ \t]*["']?(?P<key>[^\W\d][\w .\-]*?)["']?[ \t]*:(?P<value>.*(?:\n(?:[ \t]+|- ).*)*)""", re.MULTILINE)
_NAMED = re.compile(
    r"""\(\s*<?([^)>"']+?)>?\s*(?:["'][^)]*)?\)|(?:src|href)\s*=\s*["']([^"']+)|\]:\s*<?(\S+?)>?(?:\s|$)|["']([^"'\n]+\.\w+)["']"""
)
_PLACE = re.compile(r"^(?:[{|]\w+[|}]|\.\.?/|/)+")


@dataclass(frozen=True)
class Piece:
    """A Markdown file: `fields` by key in lower case, each with all values that it was given; `body` behind the header."""

    path: str
    fields: Mapping[str, tuple[str, ...]]
    body: str
    text: str

    def get(self, key: str) -> str:
        """The first value of a key, or an empty string."""
        return self.fields.get(key, ("",))[0]

    def names(self, *keys: str) -> tuple[str, ...]:
        """Entries of a list: by `;` where there is one, by `,`, or by lines."""
        value = "\n".join(value for key in keys for value in self.fields.get(key, ()))
        parts = value.split(";") if ";" in value else re.split(r"[,\n]", value)
        found = (" ".join(part.strip(" \t\n-[]\"'").split()) for part in parts)
        return tuple(dict.fromkeys(name for name in found if name))


@dataclass
class Raw:
    """A content folder. `public`, `internal`: Markdown files; `shown`, `kept`: pictures and attachments, by path; `catalogues`: texts."""

    root: Path
    public: list[Piece] = field(default_factory=list)
    internal: list[Piece] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    catalogues: list[str] = field(default_factory=list)


def read(root: Path, now: datetime, ignore: Iterable[str] = ()) -> Raw:
    """Read all of a content folder. now: aware. Raises OSError."""
    raw, profiles, files = Raw(root), [], []
    for path, entry in walk(root, ignoring(ignore)):
        folder = path.partition("/")[0]
        if entry.is_symlink():
            continue
        if folder in ("anh", "tep"):
            files.append(path)
        elif path.endswith(".toml") and folder == "danh-muc":
            raw.catalogues += (
                [(root / path).read_text(encoding="utf-8-sig", errors="replace")] if entry.name not in SILENT else []
            )
        elif path.endswith(".md"):
            piece = _piece(path, (root / path).read_text(encoding="utf-8-sig", errors="replace"))
            if folder == "tac-gia":
                profiles.append(piece)
            else:
                (raw.public if _public(piece, folder, now) else raw.internal).append(piece)
    authors = {slug(name) for piece in raw.public for name in piece.names("authors", "author")}
    for piece in profiles:
        (raw.public if slug(piece.get("name")) in authors else raw.internal).append(piece)
    named = {name for text in (*(p.text for p in raw.public), *raw.catalogues) for name in _files_named(text)}
    for path in files:
        (raw.shown if _is_named(path, named) else raw.kept).append(path)
    return raw


def _piece(path: str, text: str) -> Piece:
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    if text.startswith("---"):
        parts = re.split(r"^(?:---|\.\.\.)[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
        head, body = (parts[1], parts[2]) if len(parts) > 2 else (text, text)
    else:
        head, _, body = re.split(r"(\n[ \t]*\n|\Z)", text, maxsplit=1)
    if head.strip().startswith("{"):  # YAML in one line
        head = re.sub(r"\s*[{},]\s*", "\n", head)
    fields: dict[str, tuple[str, ...]] = {}
    for found in _KEY.finditer(head):
        key = found["key"].strip().lower().replace(" ", "_")
        value = "\n".join(line.strip() for line in found["value"].strip().split("\n")).strip("\"'")
        if value:
            fields[key] = (*fields.get(key, ()), value)
    return Piece(path, fields, body, text)


def _public(piece: Piece, folder: str, now: datetime) -> bool:
    """Whether a file is clearly public: every key that could say otherwise says yes, each time that it is there."""
    said = {key: [value.strip(" }\"'").casefold() for value in piece.fields.get(key, ())] for key in ("audience", "status")}
    if any(value != "public" for value in said["audience"]) or any(v not in ("published", "hidden") for v in said["status"]):
        return False
    times = [parse_moment(value.strip(" }\"'")) for key in ("date", "embargo") for value in piece.fields.get(key, ())]
    if any(moment is None or moment > now for moment in times):
        return False
    return folder in (*OPEN, "trang") or folder == "bai-viet" and "date" in piece.fields


def _files_named(text: str) -> Iterator[str]:
    """Paths of files as a text names them: in links, in attributes, and as values of a header or catalogue."""
    for found in _NAMED.findall(text):
        yield from (_PLACE.sub("", unquote(name)) for name in found if name)
    for line in text.split("\n"):
        _, colon, value = line.partition(":")
        if colon and "." in value:
            yield from (_PLACE.sub("", part.strip()) for part in value.split(";"))


def _is_named(path: str, named: set[str]) -> bool:
    """Whether a file is meant by one of these names: whole, from the end of its path, or bare where it lies in `anh/`."""
    parts = path.split("/")
    ways = {"/".join(parts[n:]) for n in range(len(parts) - 1)} | (
        {parts[-1]} if len(parts) == 2 and parts[0] == "anh" else set()
    )
    return not ways.isdisjoint(named)
