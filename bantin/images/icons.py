"""Icons of the site from the publisher's mark: for tabs, home screens and the web app manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import PIL
from PIL import Image, ImageDraw, ImageOps

from bantin.images.files import save
from bantin.images.letters import LAYOUT, Face, write
from bantin.images.reading import open_picture

WHITE = (255, 255, 255, 255)
TAB = (16, 32, 48)  # of favicon.ico
HOME = 180  # iOS paints what is transparent black, so this one has a ground
SAFE = 0.8 / 2**0.5  # a square of this share of the side lies inside the circle that no launcher cuts off
RECIPE = f"1 {PIL.__version__} {LAYOUT.name}"
Maker = Callable[[Image.Image], tuple[Image.Image, Mapping[str, Any]]]


def icon_files(mark: Path | None, letter: str, accent: str, cache: Path) -> dict[str, Path]:
    """Path on the site → file. letter: stands on the accent colour where there is no mark. Raises `BadPicture`."""
    data = mark.read_bytes() if mark else f"{letter} {accent}".encode()
    folder = cache / "bieu-tuong" / hashlib.sha256(f"{RECIPE} {'anh' if mark else 'chu'} ".encode() + data).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    found = {name: folder / name.replace("/", "-") for name in _MAKERS}
    if not all(file.is_file() for file in found.values()):
        whole = _square(open_picture(mark).convert("RGBA")) if mark else _lettered(letter, accent)
        for name, file in found.items():
            icon, options = _MAKERS[name](whole)
            save(icon, file, **options)
    return found


def _square(image: Image.Image) -> Image.Image:
    side = max(image.size)
    return ImageOps.pad(image, (side, side), color=(0, 0, 0, 0))


def _lettered(letter: str, accent: str) -> Image.Image:
    image = Image.new("RGBA", (512, 512), accent)
    face = Face("BeVietnamPro-Bold", 360)
    write(ImageDraw.Draw(image), (round((512 - face.width(letter)) / 2), 20), face, [letter], "white")
    return image


def _plain(side: int, whole: Image.Image) -> tuple[Image.Image, Mapping[str, Any]]:
    return _sized(whole, side), {"optimize": True}


def _home(whole: Image.Image) -> tuple[Image.Image, Mapping[str, Any]]:
    return _grounded(_sized(whole, HOME), HOME), {"optimize": True}


def _maskable(side: int, whole: Image.Image) -> tuple[Image.Image, Mapping[str, Any]]:
    """The whole mark inside the safe circle, on the colour of its edge."""
    return _grounded(_sized(whole, round(side * SAFE)), side), {"optimize": True}


def _tab(whole: Image.Image) -> tuple[Image.Image, Mapping[str, Any]]:
    icons = [_sized(whole, side) for side in TAB]
    return icons[-1], {"sizes": [(side, side) for side in TAB], "append_images": icons[:-1]}


def _sized(image: Image.Image, side: int) -> Image.Image:
    return image.resize((side, side), Image.Resampling.LANCZOS)


def _grounded(icon: Image.Image, side: int) -> Image.Image:
    """In the middle of a square of the colour that its four corners share, else of white."""
    last = icon.width - 1
    corners = [icon.getpixel(at) for at in ((0, 0), (last, 0), (0, last), (last, last))]
    alike = all(max(abs(a - b) for a, b in zip(corner, corners[0], strict=True)) <= 8 for corner in corners)  # type: ignore[arg-type]
    ground = corners[0] if alike and corners[0][3] == 255 else WHITE  # type: ignore[index]
    whole = Image.new("RGBA", (side, side), ground)
    whole.alpha_composite(icon, ((side - icon.width) // 2, (side - icon.height) // 2))
    return whole.convert("RGB")


_MAKERS: dict[str, Maker] = {
    "favicon.ico": _tab,
    "apple-touch-icon.png": _home,
    "bieu-tuong/192.png": partial(_plain, 192),
    "bieu-tuong/512.png": partial(_plain, 512),
    "bieu-tuong/512-maskable.png": partial(_maskable, 512),
}
