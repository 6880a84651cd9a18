"""What the content of a page or form does: operators with their operands, as qpdf's parser reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
from pikepdf import ObjectType

INLINE_IMAGE = "INLINE IMAGE"


class Operation(NamedTuple):
    """operands: numbers, bytes (strings), str (names, with their slash), lists, dictionaries; operator: as written.

    An inline image is one operation, with its colour space as operand; empty for a mask, and for a space that the resources name.
    """

    operands: list[Any]
    operator: str


def operations(data: bytes) -> Iterator[Operation]:
    """The content's operations in their order. Raises `pikepdf.PdfError` where it is none."""
    with pikepdf.new() as holder:
        for instruction in pikepdf.parse_content_stream(holder.make_stream(data)):
            operator = str(instruction.operator)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                yield Operation([_space(instruction.iimage)], operator)
            else:
                yield Operation([_plain(value) for value in instruction.operands], operator)


def _plain(value: Any) -> Any:
    if not isinstance(value, pikepdf.Object):
        return value if isinstance(value, int) or value is None else float(value)
    kind = value._type_code
    if kind == ObjectType.name_:
        return str(value)
    if kind == ObjectType.string:
        return bytes(value)
    if kind == ObjectType.array:
        return [_plain(item) for item in value]  # type: ignore[attr-defined]
    if kind == ObjectType.dictionary:
        return {name: _plain(item) for name, item in value.items()}
    return None


def _space(image: Any) -> str:
    try:
        return "" if image.image_mask else str(image.colorspace or "/DeviceGray")
    except NotImplementedError:  # one that the page's resources name
        return ""
