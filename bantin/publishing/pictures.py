"""Pictures known again by what they show, in whatever size and format, and all that a picture file says besides.

A picture is 24 by 24 dots of grey and of colour: a rendition differs from its original by a hair there, two photographs by
much; so do two pages of print, whose lines lie elsewhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageOps

SIDE = 24
_BEGINNINGS = (b"\xff\xd8", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS", b"\0\0\0\x0cJXL ")
MEAN, MOST = 4.0, 64  # of 255, between two pictures that are one: on average, and at the worst dot
FLAT = 24  # of 255, between the darkest and the lightest dot
SHAPE = 0.03  # of width to height
_BEHIND = (b"tEXt", b"iTXt", b"zTXt", b"eXIf")  # chunks of PNG that may stand behind the pixels, which take long
_EXIF = ExifTags.Base
_AUTHORS = {
    _EXIF.ImageDescription, _EXIF.Artist, _EXIF.Copyright, _EXIF.UserComment, _EXIF.XPTitle, _EXIF.XPComment, _EXIF.XPAuthor, _EXIF.XPKeywords,
    _EXIF.XPSubject, "comment", "Title", "Author", "Description", "Copyright", "Comment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """A picture as it looks: width to height, and its dots."""

    shape: float
    dots: bytes

    @property
    def distinctive(self) -> bool:
        """Whether it shows anything: one colour is no secret."""
        return max(max(band) - min(band) for band in (self.dots[n::3] for n in range(3))) > FLAT

    def shaped(self, shape: float) -> bool:
        """Whether a picture of that width to height may be this one."""
        return abs(self.shape - shape) <= SHAPE * self.shape

    def like(self, other: Look) -> bool:
        """Whether both show the same."""
        if not self.shaped(other.shape):
            return False
        apart = [abs(a - b) for a, b in zip(self.dots, other.dots, strict=True)]
        return sum(apart) <= MEAN * len(apart) and max(apart) <= MOST


def is_picture(data: bytes) -> bool:
    """Whether some bytes begin as a picture does."""
    return data.startswith(_BEGINNINGS) or data[:4] == b"RIFF" and data[8:12] == b"WEBP" or data[4:8] == b"ftyp"


def shape(data: bytes) -> float:
    """Width to height without reading the pixels; 0 for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
            return image.height / image.width if turned else image.width / image.height
    except Exception:  # Pillow raises many kinds for a broken file
        return 0


def look(data: bytes) -> Look | None:
    """How a picture looks; None for what is no picture."""
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.format == "JPEG":
                opened.draft("RGB", (SIDE * 8, SIDE * 8))
            image = ImageOps.exif_transpose(opened)
            width, height = image.size
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    except Exception:
        return None
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    return Look(width / height, image.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes())


def said(data: bytes) -> Iterator[tuple[str | bytes, bool]]:
    """Everything that a picture file says: EXIF, XMP, IPTC, colour profile, comments, text of PNG. Nothing where it is none.

    With each whether it is by an author, not of a camera or a program.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            if any(chunk in data for chunk in _BEHIND):
                image.load()
            exif = image.getexif()
            values = [*image.info.items(), *exif.items()]
            for part in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
                values += exif.get_ifd(part).items()
    except Exception:
        return
    yield from ((_read(value), key in _AUTHORS) for key, value in values if isinstance(value, str | bytes))


def _read(value: str | bytes) -> str | bytes:
    """Cameras know only ASCII; Pillow reads UTF-8 in its place as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8") if isinstance(value, str) else value
    except UnicodeError:
        return value
