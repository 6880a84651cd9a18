"""`release.json`: what a release is made of, and of which commit. It lies in the release; the server files do not show it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bantin.files import replace
from bantin.parallel import spread
from bantin.publishing.releases import files_of
from bantin.standing import Counts

RECORD = "release.json"
COPIES = (".gz", ".br")
# What editors call a file by its ending.
KINDS = {
    "trang": (".html",),
    "nguồn tin, danh sách": (".xml", ".json", ".csv"),
    "ảnh": (".avif", ".webp", ".png", ".jpg", ".gif", ".ico"),
    "tìm kiếm": (".pf_fragment", ".pf_index", ".pf_meta", ".pagefind"),
    "giao diện": (".css", ".js", ".woff2", ".svg", ".webmanifest"),
}
PAGES, OTHERS = "trang", "tệp khác"

Files = Mapping[str, tuple[str, int]]  # by name: SHA-256 in hex, bytes


@dataclass(frozen=True)
class Record:
    """A release. commit: empty where there is no git; clean: nothing was changed since that commit; files: all but the record."""

    commit: str
    clean: bool
    time: str
    base: str
    counts: Mapping[str, int]
    files: Files

    def write(self, folder: Path) -> None:
        """Into the folder of the release."""
        files = {name: {"sha256": digest, "size": size} for name, (digest, size) in sorted(self.files.items())}
        replace(folder / RECORD, json.dumps({**asdict(self), "files": files}, ensure_ascii=False, indent=1).encode() + b"\n")


@dataclass(frozen=True)
class Change:
    """What readers find new, changed and gone: names of files, sorted, without precompressed copies."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def make(folder: Path, content: Path, now: datetime, base: str, counts: Counts) -> Record:
    """The record of the files that lie in a folder."""
    commit, clean = _commit(content)
    return Record(commit, clean, now.isoformat(timespec="seconds"), base, asdict(counts), digests(folder, files_of(folder)))


def load(folder: Path) -> Record | None:
    """The record of a release; None where it has none that can be read."""
    try:
        said: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        files = {name: (file["sha256"], file["size"]) for name, file in said.pop("files").items()}
        return Record(**said, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def digests(folder: Path, names: Iterable[str]) -> dict[str, tuple[str, int]]:
    """SHA-256 and size of files, by name."""
    wanted = list(names)
    return {wanted[n]: found for n, found in spread(lambda name: digest(folder / name), wanted)}


def digest(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file. Raises OSError."""
    data = file.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data)


def change(old: Files, new: Files) -> Change:
    """From one release to the next."""
    before, after = _pages(old), _pages(new)
    changed = (name for name in before.keys() & after.keys() if before[name] != after[name])
    return Change(
        tuple(sorted(after.keys() - before.keys())), tuple(sorted(changed)), tuple(sorted(before.keys() - after.keys()))
    )


def damage(folder: Path, record: Record) -> list[str]:
    """Names of files that are not as the record has them."""
    found = {name: (folder / name).is_file() for name in record.files}
    right = digests(folder, (name for name, there in found.items() if there))
    return [name for name, known in record.files.items() if right.get(name) != known]


def kind_of(name: str) -> str:
    """What editors call a file: a key of `KINDS`, or `OTHERS`."""
    return next((kind for kind, endings in KINDS.items() if name.endswith(endings)), OTHERS)


def _pages(files: Files) -> dict[str, tuple[str, int]]:
    """Without the copies that servers send in place of a file."""
    return {name: found for name, found in files.items() if not (name.endswith(COPIES) and name[:-3] in files)}


def _commit(content: Path) -> tuple[str, bool]:
    """The commit of the repository that the content lies in, and whether that is all there is."""
    git = shutil.which("git")
    if not git:
        return "", False
    told = [_git(git, content, *words) for words in (("rev-parse", "HEAD"), ("status", "--porcelain"))]
    return (told[0] or "", told[1] == "") if told[0] else ("", False)


def _git(git: str, folder: Path, *words: str) -> str | None:
    done = subprocess.run([git, "-C", str(folder), *words], capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout.strip() if done.returncode == 0 else None
