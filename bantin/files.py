"""Files as they lie on the disk: what is there, and whether it is what was read before.

A file whose size, times and inode are those of before is taken for the same, as git does it: unless it was changed so
shortly before it was looked at that a change after that could not be told (git's "racy clean"), and never where the settings
ask for contents to be compared.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

# Nanoseconds: the coarsest clock of a file system in use (FAT), and a tick of the system where a file system counts finer.
RACY, TICK = 2_000_000_000, 20_000_000

Skip = Callable[[str], bool]
Mark = tuple[int, int, int, int]  # size, time of change in ns, of its inode, and inode

UNREAD = "không đọc"  # in the place of a digest, where it only counts that a file is there
IGNORED = (".*", "*~", "#*#", "Thumbs.db", "desktop.ini", "~$*")  # what systems and editors leave in folders


LONGEST_NAME, LONGEST_PATH = 120, 200  # bytes; an address adds to it, and file systems end at 255 a name
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)  # of Windows, with any ending


class Seen(NamedTuple):
    """A file when it was looked at; `digest` of its bytes."""

    mark: Mark
    digest: str
    sure: bool  # a later change of the file is bound to show in `mark`


def home_of(output: Path) -> Path:
    """The folder beside an output in which its builds are made and remembered."""
    return output.parent / f".{output.name}.bantin"


def ignoring(patterns: Iterable[str]) -> Skip:
    """Skips names like `IGNORED`, and like these of Pelican's `IGNORE_FILES`."""
    known = (*IGNORED, *(p.removeprefix("**/") for p in patterns))
    whole = re.compile("|".join(translate(os.path.normcase(pattern)) for pattern in known))
    return lambda name: whole.match(os.path.normcase(name)) is not None


def mark(stat: os.stat_result) -> Mark:
    """By what a file is known again without being read."""
    return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def walk(root: Path, skip: Skip) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """(path from `root` with `/`, entry) of all files and links below it, folder by folder; links are not followed."""
    waiting = [("", str(root))]
    while waiting:
        base, folder = waiting.pop()
        with os.scandir(folder) as found:
            entries = sorted((e for e in found if not skip(e.name)), key=lambda e: e.name)
        below = []
        for entry in entries:
            path = f"{base}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                below.append((f"{path}/", entry.path))
            else:
                yield path, entry
        waiting += reversed(below)


def misnamed(path: str) -> str:
    """Why a file may not be called so, in Vietnamese; empty where it may. A name becomes an address, on every system the same."""
    for name in path.split("/"):
        if _DEVICES.fullmatch(name):
            return f"“{name}” là tên riêng của Windows"
        if len(name) > LONGEST_NAME:
            return f"dài quá {LONGEST_NAME} ký tự"
        if not _PLAIN.fullmatch(name) or name.endswith("."):
            return "chỉ được có a-z, A-Z, 0-9, dấu chấm, gạch nối và gạch dưới"
    return f"dài quá {LONGEST_PATH} ký tự cả đường dẫn" if len(path) > LONGEST_PATH else ""


def shown(name: str) -> str:
    """A file's name in which nothing is hidden: control characters, and bytes that are no UTF-8, as escapes."""
    return re.sub(
        r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff]", lambda c: f"\\u{ord(c[0]):04x}", name
    )


def look(path: str | Path, stat: os.stat_result, known: Seen | None, now: int, compare: bool = False) -> Seen:
    """A file as it is now; it is read only where it may be other than `known`. now: ns, of before it is read.

    compare: read it whatever its times say. Raises OSError.
    """
    found = mark(stat)
    if known and known.sure and known.mark == found and not compare:
        return known
    with open(path, "rb") as file:
        digest = file_digest(file, lambda: blake2b(digest_size=12)).hexdigest()
    return seen(stat, digest, now)


def seen(stat: os.stat_result, digest: str, now: int) -> Seen:
    """A file whose bytes are known. now: ns, of before they were read."""
    found = mark(stat)
    fine = found[1] % 1_000_000 or found[2] % 1_000_000  # no file system counts in milliseconds
    return Seen(found, digest, max(found[1], found[2]) < now - (TICK if fine else RACY))


def replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    draft.write_bytes(data)
    os.replace(draft, path)
