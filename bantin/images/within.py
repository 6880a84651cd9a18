"""JPEG of at most so many bytes, as good as that allows, with few tries."""

from __future__ import annotations

import io

from PIL import Image

# Qualities, and at least how many times as large a picture is than at the usual one; measured with cards of photographs and
# drawings, under short titles and long ones, that are near 80 KB. What cannot fit is not tried.
QUALITIES = {85: 1.38, 75: 1.13, 65: 1.0, 55: 0.85, 45: 0.64, 35: 0.49, 25: 0.0}
USUAL = 65


def jpeg_within(image: Image.Image, most: int) -> bytes:
    """The file, of the best of `QUALITIES` at which it has no more than `most` bytes, else of the worst."""
    data = usual = jpeg(image, USUAL)
    for quality, times in QUALITIES.items():
        if len(usual) * times <= most:
            data = usual if quality == USUAL else jpeg(image, quality)
            if len(data) <= most:
                break
    return data


def jpeg(image: Image.Image, quality: int) -> bytes:
    """The file in full colour resolution: letters in a colour stay sharp. Tables of its own save a tenth of it."""
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=0, optimize=True)
    return made.getvalue()
