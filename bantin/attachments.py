"""Attachments: judged by what they are and not by what they are called. Whatever a browser would run is none.

A file of `tep/` is published as it is, beside the pages. So the types are few, the first bytes have to be those of the
type that the name promises, and no macro and no mark of secrecy may be in it.
"""

from __future__ import annotations

import logging
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bantin.secrecy import HINT, is_mark

FOLDER = "tep/"
LARGEST, MEGABYTE = 20, 1_000_000  # the first where the settings say nothing
READ = 2_000_000  # bytes of a text inside a file that are looked through for a mark
PAGES = 2  # of a PDF: a mark stands on the first; the second is for a cover before it
_START = 2_048  # bytes that tell the type
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaProject|/Basic/|^Basic/|macros/vba", re.IGNORECASE)

Test = Callable[[bytes, Path], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an attachment."""

    code: str
    message: str
    hint: str


def _begins(*signs: bytes) -> Test:
    return lambda start, _: start.startswith(signs)


def _zipped(member: str) -> Test:
    """A ZIP archive that has this member."""

    def holds(start: bytes, path: Path) -> bool:
        return start.startswith(b"PK\x03\x04") and member in _members(path)

    return holds


def _text(start: bytes, _: Path) -> bool:
    """Characters and nothing else; it may be cut within one."""
    shown = start.decode("utf-8-sig", "ignore")
    return len(shown.encode()) >= len(start) - 6 and not re.search(r"[\x00-\x08\x0e-\x1f]", shown)


TYPES: dict[str, Test] = {
    "pdf": lambda start, _: b"%PDF-" in start[:1024],
    "docx": _zipped("word/document.xml"), "xlsx": _zipped("xl/workbook.xml"), "pptx": _zipped("ppt/presentation.xml"),
    "odt": _zipped("content.xml"), "ods": _zipped("content.xml"), "odp": _zipped("content.xml"),
    "doc": _begins(_OLE, b"{\\rtf"), "xls": _begins(_OLE), "ppt": _begins(_OLE), "rtf": _begins(b"{\\rtf"),
    "txt": _text, "csv": _text, "zip": _begins(b"PK\x03\x04", b"PK\x05\x06"),
    "jpg": _begins(b"\xff\xd8\xff"), "jpeg": _begins(b"\xff\xd8\xff"), "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), "mp4": lambda start, _: start[4:8] == b"ftyp",
    "m4a": lambda start, _: start[4:8] == b"ftyp",
}  # fmt: skip


def faults(path: Path, file: str, largest: int) -> list[Fault]:
    """What is wrong with the attachment `file`, which lies at `path`. largest: bytes. Raises nothing."""
    known = f"chỉ nhận {', '.join(TYPES)}"
    test = TYPES.get(path.suffix[1:].lower())
    if not test:
        return [Fault("TP10", f"“{file}”: loại tệp “{path.suffix}” không được nhận", known)]
    try:
        size = path.stat().st_size
        with path.open("rb") as opened:
            start = opened.read(_START)
    except OSError as error:
        return [Fault("TP01", f"“{file}”: không đọc được tệp: {error.strerror}", "kiểm tra quyền đọc của tệp")]
    if size > largest:
        sizes = f"nặng {size / MEGABYTE:.1f} MB, quá {largest / MEGABYTE:.1f} MB".replace(".", ",")
        return [Fault("TP08", f"“{file}” {sizes}", "nén nhỏ lại, hoặc tăng BANTIN_ATTACHMENT_MB")]
    if not test(start, path):
        return [Fault("TP10", f"“{file}” không phải tệp {path.suffix}: nội dung là loại khác", known)]
    if any(_MACROS.search(name) for name in _members(path)):
        return [Fault("TP10", f"“{file}” có macro", "lưu lại tệp không kèm macro")]
    mark = next((line for line in _lines(path) if is_mark(line)), None)
    return [Fault("TP09", f"“{file}” có dấu độ mật “{mark.strip()[:60]}”", HINT)] if mark else []


def _members(path: Path) -> list[str]:
    """The names in a ZIP archive; none where it is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _lines(path: Path) -> list[str]:
    """The text of a file as far as it can be read here: PDF (first pages), Word, OpenDocument, plain text."""
    readers = {".pdf": _pdf, ".docx": _office, ".odt": _office, ".txt": _plain, ".csv": _plain}
    read = readers.get(path.suffix.lower())
    try:
        return read(path) if read else []
    except Exception:  # readers of foreign formats raise many kinds; a file that cannot be read shows no mark
        return []


def _pdf(path: Path) -> list[str]:
    from pypdf import PdfReader  # takes a tenth of a second to load, and most builds read none

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages = PdfReader(path).pages
    return [line for number in range(min(PAGES, len(pages))) for line in pages[number].extract_text().split("\n")]


def _office(path: Path) -> list[str]:
    """Paragraphs and cells of Word and OpenDocument."""
    with zipfile.ZipFile(path) as archive:
        name = "word/document.xml" if path.suffix.lower() == ".docx" else "content.xml"
        with archive.open(name) as part:
            data = part.read(READ)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    paragraphs = root.xpath("//*[local-name()='p' or local-name()='h']") if root is not None else []
    return ["".join(paragraph.itertext()) for paragraph in paragraphs]


def _plain(path: Path) -> list[str]:
    with path.open("rb") as opened:
        return opened.read(READ).decode("utf-8-sig", "replace").splitlines()
