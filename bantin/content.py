"""A content folder as values: every file is read by the reader of its folder; what belongs nowhere is an error."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from bantin.article import Article, read_article
from bantin.catalogue import Catalogue, load
from bantin.diagnostics import Diagnostic
from bantin.documents import Document, read_document
from bantin.header import Status
from bantin.issue import Issue, read_issue
from bantin.page import Page, Profile, read_page, read_profile
from bantin.registry import Registry, check_registry
from bantin.source import Source, read
from bantin.vietnamese import slug as slug_of

FOLDERS = {
    "bai-viet": "bài viết công khai",
    "noi-bo": "bài chỉ để in",
    "van-ban": "văn bản",
    "ban-tin": "số bản tin",
    "trang": "trang",
    "tac-gia": "tác giả",
    "danh-muc": "danh mục",
    "anh": "ảnh",
    "tep": "tệp đính kèm",
}
IGNORED = (".*", "*~", "#*#", "Thumbs.db", "desktop.ini", "~$*")


@dataclass(frozen=True)
class Content:
    """Everything that was read, with what is wrong with it. `sources` by path, for positions in messages."""

    root: Path
    catalogue: Catalogue
    registry: Registry
    articles: tuple[Article, ...]
    pages: tuple[Page, ...]
    profiles: tuple[Profile, ...]
    issues: tuple[Issue, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One Markdown file, its source and value."""

    source: Source
    value: object


def read_content(
    root: Path,
    fallback: Path | None = None,
    internal: bool = True,
    ignore: tuple[str, ...] = (),
    progress: Callable[[], None] = lambda: None,
) -> Content:
    """Read a content folder. internal: also `noi-bo/`; fallback: catalogues that the folder lacks.

    Raises `Refused` where a catalogue is malformed; everything else is in `Content.problems`.
    """
    catalogue = load(root / "danh-muc", fallback)
    problems: list[Diagnostic] = []
    files = sorted(_walk(root, ignore, problems))
    read_files = []
    for path in files:
        if path.endswith(".md") and (internal or not path.startswith("noi-bo/")):
            found = _read(root, path, catalogue, problems)
            if found:
                read_files.append(found)
        progress()

    def all_of(kind: type) -> tuple:
        return tuple(r.value for r in read_files if isinstance(r.value, kind))

    sources = {r.source.path: r.source for r in read_files}
    registry = Registry(all_of(Document), catalogue)
    problems += check_registry(registry, sources, catalogue)
    kept = tuple(a for a in all_of(Article) if a.status is not Status.SKIP)
    return Content(
        root, catalogue, registry, kept, all_of(Page), all_of(Profile), all_of(Issue), sources, frozenset(files), tuple(problems)
    )


def content_of(settings: Mapping[str, Any], internal: bool) -> Content:
    """The content folder that Pelican's settings name. Raises as `read_content`."""
    fallback = settings.get("BANTIN_CATALOGUES")
    ignore = tuple(settings.get("IGNORE_FILES", ()))
    return read_content(Path(settings["PATH"]), Path(fallback) if fallback else None, internal, ignore)


def label_of(root: Path, path: str) -> str:
    """How messages call a file: from the working folder where that is shorter, with `/`."""
    full = root / path
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return f"{root.name}/{path}"


def _walk(root: Path, ignore: tuple[str, ...], problems: list[Diagnostic]) -> Iterator[str]:
    """Files below the known folders; links and unknown places are diagnostics, never followed or read."""
    patterns = IGNORED + tuple(p.removeprefix("**/") for p in ignore)
    for folder, below, names in os.walk(root):
        base = Path(folder).relative_to(root).as_posix()
        below[:] = sorted(d for d in below if not _ignored(d, patterns))
        for name in sorted([*names, *below]):
            path = name if base == "." else f"{base}/{name}"
            if (root / path).is_symlink():
                problems.append(
                    Diagnostic(
                        label_of(root, path), 1, 1, "TP05", "liên kết tượng trưng không được đọc", "thay bằng chính tệp đó"
                    )
                )
                if name in below:
                    below.remove(name)
            elif name in names and not _ignored(name, patterns):
                problem = _misplaced(path)
                if problem:
                    problems.append(Diagnostic(label_of(root, path), 1, 1, "TP04", *problem))
                else:
                    yield path


def _ignored(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _misplaced(path: str) -> tuple[str, str] | None:
    """Message and hint for a file that no reader knows, or None."""
    top, _, rest = path.partition("/")
    if not rest or top not in FOLDERS:
        return "tệp nằm ngoài các thư mục đã biết", "đặt vào một trong: " + ", ".join(f"{k}/ ({v})" for k, v in FOLDERS.items())
    if top in ("anh", "tep"):
        return None
    wanted = ".toml" if top == "danh-muc" else ".md"
    return None if path.endswith(wanted) else (f"{top}/ chỉ nhận tệp {wanted}", "ảnh đặt vào anh/, tệp đính kèm đặt vào tep/")


def _read(root: Path, path: str, catalogue: Catalogue, problems: list[Diagnostic]) -> _Read | None:
    source, found = read(root, path, label_of(root, path))
    problems += found
    unread = source and not source.fields and any(p.code == "DB07" for p in found)
    if not source or unread:  # that keys are missing would be no news
        return None
    slug, found = _slug(source)
    value, more = _value(path, source, slug, catalogue)
    problems += [*found, *more]
    return _Read(source, value) if value else None


def _value(path: str, source: Source, slug: str, catalogue: Catalogue) -> tuple[object | None, list[Diagnostic]]:
    """The reader of a file's folder, run."""
    folder = path.split("/")[0]
    if folder in ("bai-viet", "noi-bo"):
        return read_article(source, slug, internal=folder == "noi-bo")
    if folder == "van-ban":
        return read_document(source, slug, catalogue)
    if folder == "trang":
        return read_page(source, slug)
    if folder == "tac-gia":
        return read_profile(source, slug)
    return read_issue(source, catalogue)


def _slug(source: Source) -> tuple[str, list[Diagnostic]]:
    """The address part of a file: `Slug:` or the file's name. So it survives a change of title."""
    written = source.field("slug")
    raw = written.value if written else Path(source.path).stem
    slug = raw if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", raw) else slug_of(raw)
    if written and slug != raw:
        hint = f"viết “{slug}”" if slug else "chỉ dùng a-z, 0-9 và dấu gạch nối"
        return slug or "khong-ten", [source.at(written, "DC02", f"địa chỉ “{raw}” không dùng được", hint)]
    if not slug:
        return "khong-ten", [
            source.at(
                None, "DC02", f"tên tệp “{raw}” không làm địa chỉ được", "đặt tên tệp bằng chữ không dấu, ví dụ hoi-nghi.md"
            )
        ]
    return slug, []
