"""Typst: a folder with issue.json and the pictures, and a template of theme/print/, become PDF files."""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from typst import TypstError

from bantin.content import Content
from bantin.diagnostics import Diagnostic, Refused
from bantin.vietnamese import ZONE

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_UNSEEN = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}  # kinds of signs that need no letter of a font
_NO_FUNCTION = re.compile(r'KHONG-BIET-THE\|(.*?)\|(.*?)\|([^\\"\u00a0]{0,20})')  # element, path, its first words


@dataclass(frozen=True, slots=True)
class Job:
    """One file to set: `main` of theme/print/, and the template's `variant`. archive: PDF/A-2a with PDF/UA-1, else untagged."""

    main: str
    variant: str = "screen"
    archive: bool = True


def lay(template: Path, folder: Path, data: Mapping[str, Any]) -> None:
    """Put data and template beside the pictures that are already in `folder`."""
    (folder / "issue.json").write_text(as_json(data), encoding="utf-8")
    for file in template.glob("*.typ"):
        shutil.copy(file, folder)


def as_json(data: Mapping[str, Any]) -> str:
    """The data as they are written; the same data give the same text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def set_type(template: Path, folder: Path, month: str, jobs: Sequence[Job]) -> list[bytes]:
    """The PDF of each job. The same folder gives the same bytes. Raises `typst.TypstError`.

    One after the other in this process: a second variant reuses all of the first that does not depend on it.
    """
    stamp = int(datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ZONE).timestamp())
    made = []
    for job in jobs:
        (folder / "variant.json").write_text(json.dumps(job.variant))
        made.append(
            typst.compile(
                str(folder / job.main),
                root=str(folder),
                font_paths=[str(template / "fonts")],
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"] if job.archive else [],
                pdf_tags=job.archive,
                timestamp=stamp,
            )
        )
    return made


def refused(error: TypstError, content: Content, paths: Sequence[str], template: Path, folder: Path) -> Exception:
    """What Typst met in `folder`, as messages to the editor; the error itself where it is not about what an editor wrote."""
    first = _named(error)
    lacking = _lacking((folder / "issue.json").read_text(encoding="utf-8"), template / "fonts") if first else set()
    found = [*unprintable(lacking or {first}, content, paths if first else ()), *unknown_element(str(error), content)]
    return Refused(found) if found else error


def unprintable(lacking: set[str], content: Content, paths: Sequence[str]) -> Iterator[Diagnostic]:
    """Where the letters stand that cannot be printed."""
    sources = [content.sources[path] for path in paths if path in content.sources]
    runs = re.compile(f"(?:{'|'.join(map(re.escape, sorted(lacking)))})+")
    hint = "thay bằng chữ hoặc ký hiệu thường dùng; phông của bản in có chữ La-tinh và chữ Việt"
    for source in sources:
        for field in (*source.fields, None):
            for found in dict.fromkeys(runs.findall(field.value if field else source.body)):
                said = f"phông của bản in không có “{found if len(found) <= 20 else f'{found[:20]}…'}”"
                yield source.at(field, "BT05", said, hint) if field else source.in_body(found, "BT05", said, hint)


def _lacking(printed: str, fonts: Path) -> set[str]:
    """Letters that Typst cannot set, with what stands in for a font that lacks them: it is asked until it names no more."""
    letters = {letter for letter in printed if not letter.isascii() and unicodedata.category(letter) not in _UNSEEN}
    lacking: set[str] = set()
    page, known = b"#sys.inputs.letters", typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    while left := letters - lacking:
        inputs = {"letters": " ".join(sorted(left))}
        try:
            typst.compile(page, sys_inputs=inputs, font_paths=known, ignore_system_fonts=True, pdf_standards=["a-2b"])
        except TypstError as error:
            if not (named := left & set(_named(error))):
                break
            lacking |= named
        else:
            break
    return lacking


def _named(error: TypstError) -> str:
    """The letter or few that Typst could not set; empty where it means something else."""
    found = _NO_GLYPH.search(str(error))
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def unknown_element(message: str, content: Content) -> Iterator[Diagnostic]:
    """An element that the template has no function for: the article, and the line where its text stands."""
    for tag, path, words in _NO_FUNCTION.findall(message):
        source = content.sources.get(path)
        text = f"mẫu in không biết thẻ <{tag}>"
        hint = "viết lại đoạn ấy bằng Markdown thường, hoặc thêm hàm cho thẻ ấy vào theme/print/nodes.typ"
        if source:
            needle = next((n for n in (f"<{tag}", words) if n and n in source.body), "")
            yield source.in_body(needle, "BT06", text, hint)
        else:
            yield Diagnostic(path, 1, 1, "BT06", text, hint)
