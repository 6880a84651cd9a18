"""A picture for paper: in colour and in grey, from 302 dots an inch downwards."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bantin.images.files import Rendition, save, scaled
from bantin.images.reading import open_picture

PRINT_RECIPE = "1"
PRINT_PPI = 302  # a hair over 300, so that no rounding falls below
PRINT_STEP = 0.55  # from one size for print to the next
PRINT_LEAST = 16  # pixels of the smallest: a narrow picture as high as a line
MM = 25.4  # of an inch


@dataclass(frozen=True, slots=True)
class PrintSet:
    """A picture for paper in sizes of falling width: in colour, and in grey for the black plate."""

    colour: tuple[Rendition, ...]
    grey: tuple[Rendition, ...]


def print_set(path: Path, cache: Path, width_mm: float) -> PrintSet:
    """A picture for paper, on white: no wider than 300 ppi at `width_mm`, then ever smaller. Raises `BadPicture`.

    Each step has more than half the pixels of the one before, so at any printed width one of them has 300 to 600 ppi.
    """
    data = path.read_bytes()
    most = round(width_mm / MM * PRINT_PPI)
    key = hashlib.sha256(f"in {PRINT_RECIPE} {most} ".encode() + data).hexdigest()[:16]
    folder = cache / "anh-in" / key
    if not (folder / "xong").is_file():
        _make_for_print(open_picture(path), most, folder)
    made = sorted((_rendition(p, key) for p in folder.glob("[mx]-*x*.*") if p.suffix != ".tmp"), key=lambda r: -r.width)
    return PrintSet(*(tuple(r for r in made if r.path.name.startswith(prefix)) for prefix in ("m-", "x-")))


def _rendition(path: Path, stem: str) -> Rendition:
    width, _, height = path.stem.partition("-")[2].partition("x")
    return Rendition(f"{stem}-{width}{path.suffix}", int(width), int(height), path)


def _make_for_print(image: Image.Image, most: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    flat = image.getcolors(4096)
    width = min(most, image.width)
    while True:
        image = small = scaled(image, width)
        for prefix, picture in (("m", small), ("x", small.convert("L"))):
            stem = f"{prefix}-{picture.width}x{picture.height}"
            if flat:
                save(picture, folder / f"{stem}.png", optimize=True)
            else:
                save(picture, folder / f"{stem}.jpg", quality=88, optimize=True)
        if width <= PRINT_LEAST:
            break
        width = max(PRINT_LEAST, math.ceil(width * PRINT_STEP))
    (folder / "xong").touch()
