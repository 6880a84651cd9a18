"""One picture from its file: upright, in sRGB, nothing but pixels."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 60_000_000
MAX_SIDE = 16_383  # of WebP
WIDEST = 1600  # pixels of the widest picture on screens
SIDEWAYS = (5, 6, 7, 8)  # EXIF orientations whose width is their height
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class BadPicture(Exception):
    """The file is no picture that may be used; the message is Vietnamese."""


def open_picture(path: Path, width: int = 0) -> Image.Image:
    """The picture upright in sRGB, without metadata. width: so many pixels are enough, more cost time. Raises `BadPicture`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as opened:
                if width:
                    _decode_smaller(opened, width)
                opened.load()
                image = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise BadPicture(f"ảnh quá lớn (hơn {MAX_PIXELS // 1_000_000} triệu điểm ảnh)") from None
    except Exception as error:  # Pillow raises many kinds for a broken file
        raise BadPicture("tệp không phải ảnh JPEG, PNG, WebP hoặc GIF đọc được") from error
    if image.height * min(image.width, WIDEST) > MAX_SIDE * image.width:
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


def _decode_smaller(opened: Image.Image, width: int) -> None:
    """JPEG is decoded at a half, a quarter or an eighth where that leaves enough; other formats know no such thing."""
    across = opened.height if opened.getexif().get(ExifTags.Base.Orientation) in SIDEWAYS else opened.width
    if width < across:
        opened.draft(opened.mode, (opened.width * width // across, opened.height * width // across))


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode)
        return done or image
    except ImageCms.PyCMSError:
        return image
