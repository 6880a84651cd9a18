"""Plates and sheets: made from small PDFs of our own, read back with another library."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from conftest import need
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from pypdf import PdfReader

from bantin.outputs.imposition import A4, MM, SHEET, count, for_press, imposed, order

WIDTH, HEIGHT = 145 * MM, 205 * MM


def booklet(pages: int, blank: tuple[int, ...] = ()) -> bytes:
    """A PDF with the number of each page in large type at its middle; blank ones have nothing."""
    with pikepdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, pages + 1):
            page = made.add_blank_page(page_size=(WIDTH, HEIGHT))
            if number not in blank:
                page.obj.Resources = Dictionary(Font=Dictionary(F=font))
                page.obj.Contents = made.make_stream(
                    f"BT /F 40 Tf {WIDTH / 2:.0f} {HEIGHT / 2:.0f} Td (p{number}.) Tj ET".encode()
                )
        out = io.BytesIO()
        made.save(out, deterministic_id=True)
        return out.getvalue()


def folded(sides: list[tuple[int, int]]) -> list[int]:
    """What a reader meets: sheets laid one in another, folded, leafed through from the front."""
    fronts, backs = sides[::2], sides[1::2]
    first = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    last = [page for front, back in zip(reversed(fronts), reversed(backs), strict=True) for page in (back[1], front[0])]
    return first + last


@given(st.integers(1, 80))
def test_law_a_folded_booklet_reads_from_one_to_the_last(sheets: int) -> None:
    pages = sheets * SHEET
    assert folded(list(order(pages))) == list(range(1, pages + 1))


@pytest.mark.parametrize("pages", [4, 8, 28])
def test_sides_carry_their_pages(pages: int, tmp_path: Path) -> None:
    path = tmp_path / "tap.pdf"
    path.write_bytes(imposed(booklet(pages), 0.1))
    said = subprocess.run([need("pdftotext"), "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    sides = []
    for page in said.split("<page ")[1:]:
        assert re.match(r'width="841.88\d+" height="595.27\d+"', page)
        places = {int(number): float(x) for x, number in re.findall(r'<word xMin="([\d.]+)".*>p(\d+)\.</word>', page)}
        left, right = sorted(places, key=lambda number: places[number])
        assert places[left] < A4[0] / 2 < places[right]
        sides.append((left, right))
    assert sides == list(order(pages))
    reader = PdfReader(path)
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"  # type: ignore[index]


def test_inner_sheets_move_towards_the_spine() -> None:
    def starts(thickness: float) -> list[float]:
        with pikepdf.open(io.BytesIO(imposed(booklet(12), thickness))) as opened:
            return [
                float(line.split(b" cm")[0].split()[-2])
                for page in opened.pages
                for line in page.Contents.read_bytes().split(b"\n")
            ]

    flat, crept = starts(0), starts(0.5)
    assert [round((after - before) / MM, 2) for before, after in zip(flat, crept, strict=True)] == [
        0, 0, 0, 0, 0.5, -0.5, 0.5, -0.5, 1, -1, 1, -1]  # fmt: skip


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 27])
def test_what_makes_no_whole_sheets_is_refused(pages: int) -> None:
    with pytest.raises(ValueError, match=f"{pages} pages"):
        imposed(booklet(pages), 0.1)


def test_blank_pages_are_counted() -> None:
    assert count(booklet(8, blank=(6, 7))) == (8, 2)
    assert count(booklet(4)) == (4, 0)


def test_the_same_pages_give_the_same_bytes() -> None:
    assert imposed(booklet(8), 0.1) == imposed(booklet(8), 0.1) != imposed(booklet(8), 0.2)
    assert for_press(booklet(8)) == for_press(booklet(8))


def test_every_calibrated_grey_becomes_the_black_plate_and_nothing_else_changes() -> None:
    with pikepdf.open(io.BytesIO(booklet(4))) as made:
        grey, colour = (made.make_stream(b"profile", N=n) for n in (1, 3))
        space = Array([Name.ICCBased, grey])
        page = made.pages[0]
        page.obj.Resources.ColorSpace = Dictionary(
            {"/a": space, "/b": made.make_indirect(Array(space)), "/c": Array([Name.ICCBased, colour])}
        )
        picture = made.make_stream(
            b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=space
        )
        inside = Dictionary(ColorSpace=Dictionary({"/d": space}))
        form = made.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1]), Resources=inside)
        page.obj.Resources.XObject = Dictionary({"/p": picture, "/f": form})
        out = io.BytesIO()
        made.save(out)
    with pikepdf.open(io.BytesIO(for_press(out.getvalue()))) as done:
        resources = done.pages[0].obj.Resources
        spaces = resources.ColorSpace
        inside = resources.XObject["/f"].Resources.ColorSpace["/d"]
        grey_now = [spaces["/a"], spaces["/b"], resources.XObject["/p"].ColorSpace, inside]
        assert grey_now == [Name.DeviceGray] * 4 and spaces["/c"][0] == Name.ICCBased
        assert all(list(page.obj.BleedBox) == list(page.mediabox) for page in done.pages)
