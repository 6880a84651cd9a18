"""Made pictures as files of the cache: whole or not there at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

ENCODERS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG", "ico": "ICO"}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One made file: `name` for the site, pixels, and where it lies in the cache."""

    name: str
    width: int
    height: int
    path: Path


def scaled(image: Image.Image, width: int, shape: Image.Image | None = None) -> Image.Image:
    """The picture at that width, in its own shape or, where it was scaled before, in that of what it was."""
    if width == image.width:
        return image
    whole = shape or image
    return image.resize((width, max(1, round(whole.height * width / whole.width))), Image.Resampling.LANCZOS)


def save(image: Image.Image, target: Path, **options: Any) -> Path:
    """Encode by the ending of `target`; options: of Pillow's encoder."""
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    image.save(draft, format=ENCODERS[target.suffix[1:]], **options)
    os.replace(draft, target)
    return target
