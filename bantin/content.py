"""A content folder as values: every file is read by the reader of its folder; what belongs nowhere is an error."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from bantin.article import Article, read_article
from bantin.asking import asked, asked_of, stamps_of_shares
from bantin.attachments import LARGEST, MEGABYTE
from bantin.catalogue import Catalogue, load
from bantin.diagnostics import Diagnostic
from bantin.documents import Document, read_document
from bantin.files import UNREAD, Seen, ignoring, look, mark, misnamed, shown, walk
from bantin.header import Status
from bantin.issue import Issue, read_issue
from bantin.page import Page, Profile, read_page, read_profile
from bantin.parallel import spread
from bantin.registry import Registry, check_registry, reading
from bantin.same import Same
from bantin.secrecy import HINT, is_name
from bantin.source import Source, read, read_again
from bantin.unexpected import during
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


@dataclass(frozen=True)
class Record:
    """A Markdown file as it was read: `stamp` of its bytes; its `value` (an `Article` …) or None; `text`: the stamp of its body."""

    stamp: str
    value: object
    text: str
    problems: tuple[Diagnostic, ...]

    def like(self, before: Record | None) -> Record:
        """The same, with the very value that the file had before where that is equal: then what is made of it stands, too."""
        if before and before.value == self.value and getattr(before.value, "stamp", None) == getattr(self.value, "stamp", None):
            return replace(self, value=before.value)
        return self


class Sources(Mapping[str, Source]):
    """The files that were read, by path, each read again when it is asked for: a body may be long, and there are many."""

    KEPT = 512

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        self._root, self._paths = root, dict.fromkeys(paths)
        self._read = lru_cache(self.KEPT)(self._source)

    def _source(self, path: str) -> Source:
        source = read_again(self._root, path, label_of(self._root, path))
        if not source:
            raise KeyError(path)
        return source

    def __getitem__(self, path: str) -> Source:
        if path not in self._paths:
            raise KeyError(path)
        return self._read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that was read, with what is wrong with it. `sources` by path, for positions in messages.

    `records` are the Markdown files; `seen` is every file. largest: bytes of an attachment.
    """

    root: Path
    catalogue: Catalogue
    registry: Registry
    articles: tuple[Article, ...]
    pages: tuple[Page, ...]
    profiles: tuple[Profile, ...]
    issues: tuple[Issue, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    largest: int = LARGEST * MEGABYTE

    @cached_property
    def shares(self) -> dict[str, bytes]:
        """Stamps of its shares (`asking.answering`)."""
        return stamps_of_shares(type(self).__name__, (((path,), seen.digest) for path, seen in self.seen.items()))

    @asked_of(1)
    def stamp(self, path: str) -> str:
        """Changes with a file's bytes; empty where the content folder has no such file."""
        seen = self.seen.get(path)
        return seen.digest if seen else ""

    @asked
    def files(self, folder: str) -> tuple[str, ...]:
        """The paths of all files below a folder (`anh/`)."""
        return tuple(path for path in self.seen if path.startswith(folder))

    def text(self, path: str) -> str:
        """The Markdown below the header of a file; empty for a path that is empty."""
        self.text_stamp(path)
        return self.sources[path].body if path else ""

    @asked
    def text_stamp(self, path: str) -> str:
        """Changes with the Markdown below the header of a file."""
        record = self.records.get(path)
        return record.text if record else ""


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier build knew: files as it saw them, and Markdown files as it read them with the same program and catalogues."""

    seen: Mapping[str, Seen] = field(default_factory=dict)
    records: Mapping[str, Record] = field(default_factory=dict)
    compare: bool = False  # contents, whatever the times of files say
    world: str = ""  # changes with the catalogues
    same: Same = field(default_factory=Same)  # of the builds of this process


NOTHING = Known()


def read_content(
    root: Path,
    fallback: Path | None = None,
    internal: bool = True,
    ignore: tuple[str, ...] = (),
    known: Known = NOTHING,
) -> Content:
    """Read a content folder. internal: also `noi-bo/`; fallback: catalogues that the folder lacks.

    Raises `Refused` where a catalogue is malformed; everything else is in `Content.problems`.
    """
    same = known.same
    catalogue = same.made("catalogue", (known.world,) if known.world else (object(),), lambda: load(root / "danh-muc", fallback))
    problems: list[Diagnostic] = []
    seen = _seen(root, ignore, internal, known, problems)
    texts = {path: file for path, file in seen.items() if path.endswith(".md") and file.digest != UNREAD}
    kept = {path: r for path, file in texts.items() if (r := known.records.get(path)) and r.stamp == file.digest}
    new = [path for path in texts if path not in kept]
    made = {new[n]: record for n, record in spread(lambda path: _record(root, path, texts[path].digest, catalogue), new)}
    records = {path: kept.get(path) or made[path].like(known.records.get(path)) for path in texts}
    problems += (problem for record in records.values() for problem in record.problems)

    values: dict[type, list[Any]] = defaultdict(list)
    for record in records.values():
        values[type(record.value)].append(record.value)

    sources = Sources(root, (path for path, record in records.items() if record.value))
    documents = tuple(values[Document])
    entries = same.made("entries", (catalogue,), lambda: reading(catalogue))
    registry = same.made("registry", (catalogue, *documents), lambda: Registry(documents, catalogue, entries))
    problems += same.made("registry's problems", (registry,), lambda: tuple(check_registry(registry, sources, catalogue)))
    kept_articles = tuple(a for a in values[Article] if a.status is not Status.SKIP)
    return Content(
        root,
        catalogue,
        registry,
        kept_articles,
        tuple(values[Page]),
        tuple(values[Profile]),
        tuple(values[Issue]),
        sources,
        records,
        seen,
        tuple(problems),
    )


def content_of(settings: Mapping[str, Any], internal: bool, known: Known = NOTHING) -> Content:
    """The content folder that Pelican's settings name. Raises as `read_content`."""
    fallback = settings.get("BANTIN_CATALOGUES")
    ignore = tuple(settings.get("IGNORE_FILES", ()))
    content = read_content(Path(settings["PATH"]), Path(fallback) if fallback else None, internal, ignore, known)
    return replace(content, largest=int(settings.get("BANTIN_ATTACHMENT_MB", LARGEST) * MEGABYTE))


def label_of(root: Path, path: str) -> str:
    """How messages call a file: from the working folder where that is shorter, with `/`."""
    full = root / path
    try:
        return full.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return f"{root.name}/{path}"


def _seen(root: Path, ignore: tuple[str, ...], internal: bool, known: Known, problems: list[Diagnostic]) -> dict[str, Seen]:
    """Files below the known folders by path, sorted; links and unknown places are diagnostics, never followed or read."""
    now, found = time.time_ns(), {}
    for path, entry in walk(root, ignoring(ignore)):
        if entry.is_symlink():
            message, hint = "liên kết tượng trưng không được đọc", "thay bằng chính tệp đó"
            problems.append(Diagnostic(shown(label_of(root, path)), 1, 1, "TP05", message, hint))
        elif path not in known.seen and (problem := _misplaced(path) or _misnamed(path)):  # what was read has a name that may be
            problems.append(Diagnostic(shown(label_of(root, path)), 1, 1, *problem))
        elif not entry.is_file():
            hint = "chỉ để tệp thường trong thư mục nội dung"
            problems.append(Diagnostic(label_of(root, path), 1, 1, "TP01", "không phải tệp thường", hint))
        elif not internal and path.startswith("noi-bo/"):
            found[path] = Seen(mark(entry.stat()), UNREAD, False)
        else:
            try:
                found[path] = look(entry.path, entry.stat(), known.seen.get(path), now, known.compare)
            except OSError as error:
                hint = "kiểm tra quyền đọc của tệp"
                problems.append(Diagnostic(label_of(root, path), 1, 1, "TP01", f"không đọc được tệp: {error.strerror}", hint))
    return dict(sorted(found.items()))


def _misplaced(path: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a file that no reader knows, or None."""
    top, _, rest = path.partition("/")
    if not rest or top not in FOLDERS:
        places = ", ".join(f"{k}/ ({v})" for k, v in FOLDERS.items())
        return "TP04", "tệp nằm ngoài các thư mục đã biết", f"đặt vào một trong: {places}"
    if top in ("anh", "tep"):
        return None
    wanted = ".toml" if top == "danh-muc" else ".md"
    found = path.endswith(wanted)
    return None if found else ("TP04", f"{top}/ chỉ nhận tệp {wanted}", "ảnh đặt vào anh/, tệp đính kèm đặt vào tep/")


def _misnamed(path: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a file that may not be called so, or None."""
    if is_name(path):
        return "TP09", "tên tệp là một dấu độ mật", HINT
    if reason := misnamed(path):
        stem, dot, ending = path.rpartition("/")[2].rpartition(".")
        better = f"{slug_of(stem or ending)[:80] or 'ten-tep'}{dot if stem else ''}{ending if stem else ''}"
        return "DC02", f"tên tệp hoặc thư mục {reason}", f"đổi tên bằng chữ không dấu, ví dụ {shown(better)}"
    return None


def _record(root: Path, path: str, stamp: str, catalogue: Catalogue) -> Record:
    with during(f"đọc {label_of(root, path)}"):
        source, problems = read(root, path, label_of(root, path))
        unread = source and not source.fields and any(p.code == "DB07" for p in problems)
        if not source or unread:  # that keys are missing would be no news
            return Record(stamp, None, "", tuple(problems))
        slug, found = _slug(source)
        value, more = _value(path, source, slug, catalogue)
        return Record(stamp, value, source.text_stamp, (*problems, *found, *more))


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
    if written and slug == raw and (reason := misnamed(slug)):
        return slug, [source.at(written, "DC02", f"địa chỉ “{raw[:60]}” {reason}", "đặt địa chỉ khác, ngắn hơn")]
    if written and slug != raw:
        hint = f"viết “{slug}”" if slug else "chỉ dùng a-z, 0-9 và dấu gạch nối"
        return slug or "khong-ten", [source.at(written, "DC02", f"địa chỉ “{raw}” không dùng được", hint)]
    if not slug:
        hint = "đặt tên tệp bằng chữ không dấu, ví dụ hoi-nghi.md"
        return "khong-ten", [source.at(None, "DC02", f"tên tệp “{raw}” không làm địa chỉ được", hint)]
    return slug, []
