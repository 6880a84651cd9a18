"""No text of people does anything in the printed issue: every vector of attacks.toml in one month, its PDFs taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from attacks import EVERYWHERE, Vector, files, lay, vectors, without_refused
from conftest import ROOT, whole
from pypdf import PdfReader

from bantin.diagnostics import Diagnostic, Refused
from bantin.outputs import bulletin
from bantin.plugin import settings_of

MONTH = "2024-02"
# What a reader of PDF might run, open, send or unpack (ISO 32000-2, 7.11.4, 12.6, 12.7, 13). Links are looked at by themselves.
ACTIVE = {
    "/3D", "/AA", "/AcroForm", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment", "/GoToE", "/GoToR", "/ImportData", "/JS",
    "/JavaScript", "/Launch", "/Movie", "/OpenAction", "/Rendition", "/ResetForm", "/RichMedia", "/Screen", "/Sound", "/SubmitForm", "/XFA",
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Vector]]:
    """The folder of the issue, and the vectors of which an article has its title, summary, source and caption there."""
    home = tmp_path_factory.mktemp("printed")
    content, found = home / "content", vectors()
    made = files(found, whole(2, len(EVERYWHERE)), MONTH)
    lay(content, {path: text for path, text in made.items() if not path.startswith(("trang/", "ban-tin/"))})
    lay(content, {f"ban-tin/{MONTH}.md": f"Title: {found[0].line}\nNumber: 2\nMonth: {MONTH}\n\n{found[0].text}\n"})
    settings = settings_of(ROOT / "pelicanconf.py", PATH=str(content), CACHE_PATH=str(home / "kho"))

    def problems() -> Iterable[Diagnostic]:
        try:
            bulletin.make(bulletin.prepare(settings), MONTH, home / "in")
        except Refused as refused:
            return refused.diagnostics
        return ()

    without_refused(content, problems)
    return home / "in" / MONTH, [vector for vector in found if (content / f"bai-viet/dau-{vector.number}.md").exists()]


def names_and_addresses(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every name that is a key or a value in any object of a PDF, and every address of a link."""
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            yield from _said(one)


def _said(one: Any) -> Iterator[str]:
    if isinstance(one, pikepdf.Array):
        for inside in one:
            yield from _said(inside)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in one.items():
            yield key
            if key == "/URI" and isinstance(value, pikepdf.String):
                yield f"to {value}"
            elif not getattr(value, "is_indirect", False):
                yield from _said(value)
    elif isinstance(one, pikepdf.Name):
        yield str(one)


@pytest.mark.parametrize("file", ["screen.pdf", "print.pdf", "booklet.pdf"])
def test_nothing_in_a_file_acts(printed: tuple[Path, list[Vector]], file: str) -> None:
    with pikepdf.open(printed[0] / file) as pdf:
        said = set(names_and_addresses(pdf))
    assert not said & ACTIVE and "/Type" in said
    led = [text for text in said if text.startswith("to ")]
    assert [text for text in led if not re.match(r"to (https?://|mailto:|tel:)", text)] == []
    assert led or file == "booklet.pdf"


def test_the_vectors_stand_there_as_they_were_written(printed: tuple[Path, list[Vector]]) -> None:
    """Whoever runs a text leaves something else in its place."""
    folder, there = printed
    assert len(there) >= whole(50, 180)
    text = "".join(letters(page.extract_text()) for page in PdfReader(folder / "screen.pdf").pages)
    assert [vector.name for vector in there if letters(vector.line) not in text] == []
    assert "root:x:0" not in text


def letters(text: str) -> str:
    """Without what a line's end may take, add or change."""
    return re.sub(r"[^\w<>{}#$@%&()\[\]]", "", text)
