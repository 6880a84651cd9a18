"""Makes the web fonts in theme/static/fonts/ from the whole faces in theme/print/fonts/: `python3 docs/fonts.py`.

The site never runs this; it is kept so that the files can be made again. Needs fonttools and brotli.
Each face becomes two files: what Vietnamese text uses, and the rest of Latin, which a browser fetches only when a page
has such a letter. Kerning stays where it shows, in running text and headings; hints go, screens draw without them.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TARGET = ROOT / "theme" / "print" / "fonts", ROOT / "theme" / "static" / "fonts"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
FACES = {  # file → (name on the web, kerning)
    "BeVietnamPro-Medium": ("be-vietnam-pro-500", False),
    "BeVietnamPro-Bold": ("be-vietnam-pro-700", True),
    "SourceSerif4-Regular": ("source-serif-4-400", True),
    "SourceSerif4-Italic": ("source-serif-4-400-italic", True),
    "SourceSerif4-Bold": ("source-serif-4-700", False),
}


def vietnamese() -> set[int]:
    """Code points of Vietnamese text: ASCII, the letters with their tones, the signs that editors use."""
    letters = {unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưyđ" for tone in TONES}
    whole = {letter for one in letters if len(one) == 1 for letter in (one, one.upper())}
    signs = "\u00a0«»‹›“”‘’–—…•·×°§©€№½²³₫→←"
    return {*range(0x20, 0x7F), *map(ord, whole), *map(ord, signs)}


def latin() -> set[int]:
    """The rest of Latin and its punctuation."""
    return {
        *range(0xA1, 0x250),
        *range(0x2010, 0x2040),
        *range(0x2070, 0x20C0),
        *range(0x2150, 0x2200),
        0x2212,
        0x2260,
        0x2264,
        0x2265,
    } - vietnamese()


def make(face: str, name: str, kerning: bool, letters: set[int]) -> list[int]:
    """Write one subset; the code points that the face has."""
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True)
    options.layout_features = ["kern"] if kerning else []
    options.drop_tables += ["DSIG", "STAT", "meta"]
    font = subset.load_font(str(SOURCE / f"{face}.ttf"), options)
    found = sorted(letters & set(font.getBestCmap()))
    maker = subset.Subsetter(options)
    maker.populate(unicodes=found)
    maker.subset(font)
    font["head"].modified = font["head"].created  # the same file whenever it is made
    font.recalcTimestamp = False
    subset.save_font(font, str(TARGET / f"{name}.woff2"), options)
    return found


def ranges(points: list[int]) -> str:
    """`U+20-7E,U+A0` for CSS."""
    spans: list[list[int]] = []
    for point in points:
        if spans and spans[-1][1] == point - 1:
            spans[-1][1] = point
        else:
            spans.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


if __name__ == "__main__":
    for face, (name, kerning) in FACES.items():
        for ending, letters in (("", vietnamese()), ("-khac", latin())):
            found = make(face, name + ending, kerning, letters)
            print(f"{name}{ending}.woff2 {(TARGET / f'{name}{ending}.woff2').stat().st_size} {ranges(found)}")
