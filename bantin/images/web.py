"""One picture for screens: the sizes that the layout uses in AVIF, WebP and a format that everything reads, made once.

Nothing is made wider than the picture is, and nothing is made twice for the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL
from PIL import Image

from bantin.build import one_at_a_time, replace
from bantin.images.blur import blur
from bantin.images.files import Rendition, save, scaled
from bantin.images.reading import WIDEST, open_picture
from bantin.vietnamese import slug

# Boxes of the layout in CSS pixels times the density of the screen, measured in Chromium: a card on a phone 104 x 2 to 3;
# a card on a desk 192 to 388 x 1, 256 x 2; a text on a phone 328 x 2, on a tablet 672 to 707 x 1; a text on a phone 360 to 402
# wide x 3, a tile on a desk 388 x 2, the lead on a desk 812 x 1; a text or the lead on a tablet or desk x 2.
WIDTHS = (320, 512, 720, 1120, WIDEST)
MARK_HEIGHTS = (52, 104, 156)  # the masthead's 3.25rem at one, two and three dots a pixel
FALLBACK = 1120  # width of the picture that feeds, and browsers without `srcset`, take
FLAT = 4096  # colours: a picture with fewer is a drawing, and stays sharp and small as PNG
RECIPE = f"2 {PIL.__version__}"  # part of every name: other encoders, qualities or sizes make new files
# Quality of AVIF, and what is tried where that is no smaller than WebP. Speed 6 takes three times as long for a tenth less.
AVIF_QUALITIES = (55, 45)
AVIF = {"speed": 8, "max_threads": 1}  # one: more are no faster on such sizes, and one day might change a byte
WEBP: dict[str, Any] = {"quality": 80, "method": 4}
JPEG: dict[str, Any] = {"quality": 80, "optimize": True, "progressive": True}
DONE = "bo.json"


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A picture in all its sizes, by rising width; `avif` is empty where WebP is smaller.

    `plain` is JPEG, or PNG for drawings and what is transparent. `blur`: classes of the stand-in while it loads.
    """

    avif: tuple[Rendition, ...]
    webp: tuple[Rendition, ...]
    plain: tuple[Rendition, ...]
    blur: str

    @property
    def fallback(self) -> Rendition:
        """The one for readers that know one address only."""
        return next((r for r in self.plain if r.width >= FALLBACK), self.plain[-1])

    @property
    def files(self) -> tuple[Rendition, ...]:
        """All of them."""
        return (*self.avif, *self.webp, *self.plain)


def picture_set(path: Path, cache: Path) -> PictureSet:
    """All sizes of a picture; what the cache has is not made again. Raises `BadPicture`."""
    return _set(path, cache, "")


def mark_set(path: Path, cache: Path) -> PictureSet:
    """The publisher's mark in the sizes of the masthead. Raises `BadPicture`."""
    return _set(path, cache, "dau hieu")


def _set(path: Path, cache: Path, use: str) -> PictureSet:
    key = hashlib.sha256(f"{RECIPE} {use} ".encode() + path.read_bytes()).hexdigest()[:12]
    folder = cache / "anh" / key
    if not (folder / DONE).is_file():
        with one_at_a_time(cache / "khoa" / key):  # another worker may need the same picture at the same time
            if not (folder / DONE).is_file():
                image = open_picture(path, 0 if use else WIDEST)
                widths = (round(height * image.width / image.height) for height in MARK_HEIGHTS) if use else WIDTHS
                _make(image, widths, folder, "" if use else blur(image))
    made = json.loads((folder / DONE).read_text(encoding="utf-8"))
    stem = f"{slug(path.stem)[:60] or 'anh'}-{key}"

    def renditions(*endings: str) -> tuple[Rendition, ...]:
        found = (r for r in made["files"] if r[2] in endings)
        return tuple(Rendition(f"{stem}-{w}.{end}", w, h, folder / f"{w}x{h}.{end}") for w, h, end in found)

    return PictureSet(renditions("avif"), renditions("webp"), renditions("jpg", "png"), made["blur"])


def _make(image: Image.Image, widths: Iterable[int], folder: Path, stand_in: str) -> None:
    """All files of a set, then the list of them: a killed build leaves no list."""
    folder.mkdir(parents=True, exist_ok=True)
    flat = image.getcolors(FLAT) is not None
    largest = scaled(image, min(WIDEST, image.width))
    sizes = [scaled(largest, width, image) for width in sorted({max(1, min(width, largest.width)) for width in widths})]
    plain = "png" if flat or image.mode == "RGBA" else "jpg"
    files = [_encoded(size, ending, folder, flat) for size in sizes for ending in ("webp", plain)]
    listed = [[*map(int, file.stem.split("x")), file.suffix[1:]] for file in [*files, *_avif(sizes, folder)]]
    replace(folder / DONE, json.dumps({"blur": stand_in, "files": listed}).encode())


def _encoded(image: Image.Image, ending: str, folder: Path, flat: bool) -> Path:
    kinds: dict[str, dict[str, Any]] = {"webp": WEBP, "jpg": JPEG, "png": {"optimize": True}}
    if ending == "png" and flat and image.mode == "RGB":  # blends along the edges, no dots where there were none
        image = image.quantize(256, dither=Image.Dither.NONE)
    return save(image, folder / f"{image.width}x{image.height}.{ending}", **kinds[ending])


def _avif(sizes: Iterable[Image.Image], folder: Path) -> list[Path]:
    """AVIF of all sizes, or of none: a browser that reads it takes no other format, so each has to be smaller than WebP."""
    files: list[Path] = []
    for image in sizes:
        file = folder / f"{image.width}x{image.height}.avif"
        most = file.with_suffix(".webp").stat().st_size
        for quality in AVIF_QUALITIES:
            save(image, file, quality=quality, **AVIF)
            if file.stat().st_size < most:
                break
        else:
            for useless in (*files, file):
                useless.unlink()
            return []
        files.append(file)
    return files
