"""Pictures: read upright and clean, made in sizes for screens and for paper, drawn as share cards and icons."""

from bantin.images.files import Rendition
from bantin.images.paper import MM, PRINT_LEAST, PRINT_PPI, PrintSet, print_set
from bantin.images.reading import MAX_PIXELS, MAX_SIDE, BadPicture, open_picture
from bantin.images.web import MARK_HEIGHTS, WIDTHS, PictureSet, mark_set, picture_set

__all__ = [
    "MARK_HEIGHTS", "MAX_PIXELS", "MAX_SIDE", "MM", "PRINT_LEAST", "PRINT_PPI", "WIDTHS", "BadPicture", "PictureSet", "PrintSet",
    "Rendition", "mark_set", "open_picture", "picture_set", "print_set",
]  # fmt: skip
