"""Every Vietnamese letter in every face: how it comes out on paper, against the face itself drawn by other means.

Text extraction does not see a wrong glyph: a PDF may say ấ and show ầ.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from bantin.outputs.typesetting import Job, set_type
from bantin.preflight.fonts import Font
from bantin.preflight.proofs import Outcome, Proofs, check
from bantin.preflight.tools import said

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
LOWER = tuple(unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)) + ("đ",)
LETTERS = LOWER + tuple(letter.upper() for letter in LOWER)

SIZE, CELL, START, BASELINE, COLUMNS = 24, (32, 40), 4, 29, 16  # points
SCALE = 2  # pixels to the point
FINER = 4  # the reference is drawn so much larger and then reduced: smooth edges whoever draws them
# Mean difference of a letter's cell from its reference, in steps of 255. No two letters of a face are as close as twice
# this (a test says so), so a letter within it is closer to its own reference than to any other's.
MOST = 0.5
SPECIMEN = Path(__file__).with_name("specimen.typ")


class Face(NamedTuple):
    """A face of theme/print/fonts/: its file, and how Typst is asked for it."""

    path: Path
    family: str
    weight: int
    style: str

    @property
    def name(self) -> str:
        """Its PostScript name, which is the file's."""
        return self.path.stem


@check("146 chữ cái tiếng Việt")
def letters(proofs: Proofs) -> Outcome:
    """The raster of a page with all letters equals the reference, and the issue's own glyphs are those of the faces."""
    faces = faces_of(proofs.fonts)
    problems, compared, worst = [], 0, 0.0
    for pdf in (proofs.screen, proofs.print):  # the booklet holds the screen's pages
        for font in pdf.fonts:
            found = list(_outlines(font, faces))
            compared += len(found)
            problems += [
                f"{pdf.name}: phông {font.name}: hình chữ “{letter}” không phải của chữ ấy" for letter, same in found if not same
            ]
    for face, page in zip(faces, specimen(faces), strict=True):
        for letter, cell in zip(LETTERS, cells(page), strict=True):
            off = distance(cell, reference(face, letter))
            worst = max(worst, off)
            if off > MOST:
                problems.append(f"{face.name}: chữ “{letter}” in ra khác mẫu {off:.1f} (nhiều nhất {MOST:g})")
    figure = f"{len(LETTERS)} chữ × {len(faces)} kiểu, lệch tới {worst:.2f}; {compared} hình chữ trong số"
    return figure, problems


@cache
def faces_of(folder: Path) -> tuple[Face, ...]:
    """The faces in a folder, by name."""
    return tuple(_face(path) for path in sorted(folder.glob("*.ttf")))


def _face(path: Path) -> Face:
    with TTFont(path, lazy=True) as font:
        names, metrics = font["name"], font["OS/2"]
        family = names.getDebugName(16) or names.getDebugName(1) or ""
        return Face(path, family, metrics.usWeightClass, "italic" if metrics.fsSelection & 1 else "normal")


def specimen(faces: Sequence[Face]) -> list[Image.Image]:
    """The page of each face, as poppler draws what Typst set."""
    if not faces:
        return []
    with tempfile.TemporaryDirectory(prefix="bantin-") as place:
        folder = Path(place)
        shutil.copy(SPECIMEN, folder)
        asked = [{"family": f.family, "weight": f.weight, "style": f.style} for f in faces]
        data: Mapping[str, Any] = {"size": SIZE, "cell": CELL, "start": START, "baseline": BASELINE, "columns": COLUMNS}
        (folder / "faces.json").write_text(json.dumps({**data, "letters": LETTERS, "faces": asked}), encoding="utf-8")
        template = faces[0].path.parent.parent
        (pdf,) = set_type(template, folder, "2000-01", [Job(SPECIMEN.name, archive=False)])
        (folder / "specimen.pdf").write_bytes(pdf)
        said("pdftoppm", "-r", str(72 * SCALE), "-gray", folder / "specimen.pdf", folder / "trang")
        return [Image.open(io.BytesIO(path.read_bytes())).convert("L") for path in sorted(folder.glob("*.pgm"))]


def cells(page: Image.Image) -> Iterator[Image.Image]:
    """The cell of each letter of a specimen."""
    wide, high = CELL[0] * SCALE, CELL[1] * SCALE
    for n in range(len(LETTERS)):
        left, top = n % COLUMNS * wide, n // COLUMNS * high
        yield page.crop((left, top, left + wide, top + high))


@cache
def reference(face: Face, letter: str) -> Image.Image:
    """A letter's cell as FreeType draws the glyph that the face has for its code point."""
    large = SCALE * FINER
    cell = Image.new("L", (CELL[0] * large, CELL[1] * large), 255)
    ImageDraw.Draw(cell).text((START * large, BASELINE * large), letter, fill=0, font=_drawn(face), anchor="ls")
    return cell.reduce(FINER)


@cache
def _drawn(face: Face) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_unhinted(face.path)), SIZE * SCALE * FINER, layout_engine=ImageFont.Layout.BASIC)


def _unhinted(path: Path) -> bytes:
    """A face without the programs that bend its letters to the grid of a screen: poppler does not run them, Pillow does."""
    font, out = TTFont(path), io.BytesIO()
    for name in ("fpgm", "cvt ", "gasp"):
        if name in font:
            del font[name]
    # FreeType bends letters by itself where a face has no such program at all; this one does nothing, three times.
    font["prep"] = newTable("prep")
    font["prep"].program = Program()
    font["prep"].program.fromBytecode(b"\xb0\x00\x21" * 3)
    waiting = [font.getBestCmap()[ord(letter)] for letter in LETTERS]
    while waiting:
        glyph = font["glyf"][waiting.pop()]
        glyph.removeHinting()
        waiting += glyph.getComponentNames(font["glyf"])
    font.save(out, reorderTables=None)
    return out.getvalue()


def distance(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures of one size, 0 to 255. It is a metric: no detour is shorter."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def _outlines(font: Font, faces: Sequence[Face]) -> Iterator[tuple[str, bool]]:
    """(letter, whether its embedded glyph has the outline and width of the face's) for Vietnamese letters of a font."""
    face = next((f for f in faces if f.name == font.name), None)
    if face is None or font.file is None:
        yield f"mọi chữ ({font.name} không có trong theme/print/fonts)", False
        return
    own, whole = TTFont(io.BytesIO(font.file), lazy=True), _whole(face)
    scale = whole["head"].unitsPerEm / own["head"].unitsPerEm
    ours, theirs, order, cmap = own.getGlyphSet(), whole.getGlyphSet(), own.getGlyphOrder(), whole.getBestCmap()
    for code, letter in font.letters.items():
        if letter in LETTERS and code < len(order):
            name = cmap[ord(letter)]
            width = abs(font.advances.get(code, font.default) / 1000 * whole["head"].unitsPerEm - theirs[name].width)
            yield letter, scale == 1 and width < 1.5 and _drawing(ours, order[code]) == _drawing(theirs, name)


@cache
def _whole(face: Face) -> TTFont:
    return TTFont(face.path, lazy=True)


def _drawing(glyphs: Any, name: str) -> list[Any]:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value
