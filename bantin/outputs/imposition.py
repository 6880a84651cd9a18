"""What is done to set pages afterwards: plates for the offset printer, and A4 sheets for an office printer."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

MM = 72 / 25.4
BLEED = 3 * MM
A4 = (297 * MM, 210 * MM)  # on its side
SHEET = 4  # pages on a folded sheet


def count(pdf: bytes) -> tuple[int, int]:
    """(pages, blank pages): a blank one has neither text nor picture."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        resources = [page.obj.get("/Resources", Dictionary()) for page in opened.pages]
        return len(resources), sum("/Font" not in r and "/XObject" not in r for r in resources)


def for_press(pdf: bytes) -> bytes:
    """Typst's file as plates: its calibrated greys become the black plate, and each page is widened by its bleed."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for holder in _holders(opened):
            for key, value in list(_items(holder)):
                if _calibrated_grey(value):
                    holder[key] = Name.DeviceGray
        for page in opened.pages:
            trim = [float(edge) for edge in page.mediabox]
            wide = Array([trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED])
            page.obj.TrimBox, page.obj.MediaBox, page.obj.BleedBox = Array(trim), wide, wide
        return _saved(opened)


def _holders(opened: Pdf) -> Iterator[Object]:
    """Every dictionary and array of a file, also those inside others."""
    waiting = [item for item in opened.objects if isinstance(item, Dictionary | Array | pikepdf.Stream)]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += [value for _, value in _items(item) if isinstance(value, Dictionary | Array) and not value.is_indirect]


def _items(holder: Object) -> Iterator[tuple[str | int, Object]]:
    yield from enumerate(holder) if isinstance(holder, Array) else holder.items()  # type: ignore[misc, call-overload]


def _calibrated_grey(value: Object) -> bool:
    """Typst writes every grey as an ICC profile of one component; to a printer black is the black plate."""
    return isinstance(value, Array) and len(value) == 2 and value[0] == Name.ICCBased and value[1].get("/N") == 1


def imposed(pdf: bytes, thickness: float) -> bytes:
    """Pages of a booklet two up on A4, saddle stitched: print on both sides, flipped on the short edge, fold, staple.

    thickness: of the paper, in mm. Each sheet further in sticks out by it, so its pages move as much towards the spine.
    The number of pages must be a multiple of four.
    """
    with pikepdf.open(BytesIO(pdf)) as opened, Pdf.new() as sheets:
        pages = [page for page in opened.pages]
        if len(pages) % SHEET:
            raise ValueError(f"{len(pages)} pages make no whole sheets")
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in pages]
        sizes = [(float(p.trimbox[2] - p.trimbox[0]), float(p.trimbox[3] - p.trimbox[1])) for p in pages]
        for form in forms:
            for key in ("/StructParents", "/Group"):
                if key in form:
                    del form[key]
        for side, (left, right) in enumerate(order(len(pages))):
            creep = side // 2 * thickness * MM
            halves = [(forms[left - 1], *sizes[left - 1], True), (forms[right - 1], *sizes[right - 1], False)]
            page = sheets.add_blank_page(page_size=A4)
            page.obj.Resources = Dictionary(XObject=Dictionary({f"/P{n}": half[0] for n, half in enumerate(halves)}))
            page.obj.Contents = sheets.make_stream(
                b"\n".join(_half(n, width, height, is_left, creep) for n, (_, width, height, is_left) in enumerate(halves))
            )
        sheets.Root.Lang = pikepdf.String("vi")
        sheets.Root.ViewerPreferences = Dictionary(Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"))
        return _saved(sheets)


def order(pages: int) -> Iterator[tuple[int, int]]:
    """(left, right) page of each side, outermost sheet first, its front before its back."""
    for sheet in range(pages // SHEET):
        yield pages - 2 * sheet, 1 + 2 * sheet
        yield 2 + 2 * sheet, pages - 1 - 2 * sheet


def _half(number: int, width: float, height: float, left: bool, creep: float) -> bytes:
    """A page on its half of the sheet, cut off at the spine."""
    middle, foot = A4[0] / 2, (A4[1] - height) / 2
    start = middle - width + creep if left else middle - creep
    clip = 0 if left else middle
    return f"q {clip:.3f} 0 {middle:.3f} {A4[1]:.3f} re W n 1 0 0 1 {start:.3f} {foot:.3f} cm /P{number} Do Q".encode()


def _saved(opened: Pdf) -> bytes:
    out = BytesIO()
    opened.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()
