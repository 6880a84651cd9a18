"""One picture to its sizes, by content: never done twice for the same bytes, and nothing but pixels survives."""

from __future__ import annotations

import hashlib
import io
import math
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from bantin.vietnamese import slug

WIDTHS = (480, 960, 1600)
FALLBACK = 960  # width of the picture for browsers without WebP
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 60_000_000
MAX_SIDE = 16_383  # of WebP
RECIPE = "1"  # part of every name: a change of quality or sizes makes new files
PRINT_RECIPE = "1"
PRINT_PPI = 302  # a hair over 300, so that no rounding falls below
PRINT_STEP = 0.55  # from one size for print to the next
PRINT_LEAST = 16  # pixels of the smallest: a narrow picture as high as a line
MM = 25.4  # of an inch
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class BadPicture(Exception):
    """The file is no picture that may be used; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One made file: `name` for the site, pixels, and where it lies in the cache."""

    name: str
    width: int
    height: int
    path: Path


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A picture in all its sizes: WebP by rising width, and one in a format that everything reads."""

    webp: tuple[Rendition, ...]
    fallback: Rendition


@dataclass(frozen=True, slots=True)
class PrintSet:
    """A picture for paper in sizes of falling width: in colour, and in grey for the black plate."""

    colour: tuple[Rendition, ...]
    grey: tuple[Rendition, ...]


def open_picture(path: Path) -> Image.Image:
    """The picture upright in sRGB, without metadata. Raises `BadPicture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as opened:
                opened.load()
                image = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadPicture(f"ảnh quá lớn (hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh)") from None
    except Exception as error:  # Pillow raises many kinds for a broken file
        raise BadPicture("tệp không phải ảnh JPEG, PNG, WebP hoặc GIF đọc được") from error
    if image.height * min(image.width, WIDTHS[-1]) > MAX_SIDE * image.width:
        raise BadPicture(f"ảnh quá dài (cao hơn {MAX_SIDE} điểm ảnh)")
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off all above 255
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    profile = image.info.get("icc_profile")
    alpha = "A" in image.getbands() or "transparency" in image.info
    image = image.convert("RGBA" if alpha else "RGB")
    if profile:
        image = _in_srgb(image, profile)
    image.info = {}  # comments, XMP and profile would be saved again
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode)
        return done or image
    except ImageCms.PyCMSError:
        return image


def picture_set(path: Path, cache: Path) -> PictureSet:
    """All sizes of a picture; what the cache has is not made again. Raises `BadPicture`."""
    data = path.read_bytes()
    key = hashlib.sha256(RECIPE.encode() + data).hexdigest()[:12]
    folder = cache / "anh" / key
    if not (folder / "xong").is_file():
        _make(open_picture(path), folder)
    names = sorted(p for p in folder.glob("*-*x*.*") if p.suffix != ".tmp")
    stem = slug(path.stem)[:60] or "anh"
    made = sorted((_rendition(name, f"{stem}-{key}") for name in names), key=lambda r: r.width)
    return PictureSet(
        tuple(r for r in made if r.path.name.startswith("w-")),
        next(r for r in made if r.path.name.startswith("f-")),
    )


def _rendition(path: Path, stem: str) -> Rendition:
    width, _, height = path.stem.partition("-")[2].partition("x")
    return Rendition(f"{stem}-{width}{path.suffix}", int(width), int(height), path)


def _make(image: Image.Image, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    widths = sorted({min(width, image.width) for width in WIDTHS})
    for width in widths:
        _save(_scaled(image, width), folder, "w", "webp", quality=80, method=4)
    small = _scaled(image, min(FALLBACK, image.width))
    colours = small.convert("RGB").getcolors(4096)
    if image.mode == "RGBA" or colours:  # flat drawings stay sharp and small as PNG
        _save(small, folder, "f", "png", optimize=True)
    else:
        _save(small, folder, "f", "jpg", quality=82, optimize=True, progressive=True)
    (folder / "xong").touch()


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _save(image: Image.Image, folder: Path, prefix: str, extension: str, **options: object) -> None:
    target = folder / f"{prefix}-{image.width}x{image.height}.{extension}"
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    image.save(draft, format={"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[extension], **options)
    os.replace(draft, target)


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


def _make_for_print(image: Image.Image, most: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    flat = image.getcolors(4096)
    width = min(most, image.width)
    while True:
        small = _scaled(image, width)
        for prefix, picture in (("m", small), ("x", small.convert("L"))):
            if flat:
                _save(picture, folder, prefix, "png", optimize=True)
            else:
                _save(picture, folder, prefix, "jpg", quality=88, optimize=True)
        if width <= PRINT_LEAST:
            break
        width = max(PRINT_LEAST, math.ceil(width * PRINT_STEP))
    (folder / "xong").touch()
