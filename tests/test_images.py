"""Pictures: upright, without metadata, in their sizes, made once."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from bantin.images import PRINT_LEAST, WIDTHS, BadPicture, PictureSet, open_picture, picture_set, print_set

CANARY = "CHIM-HOANG-YEN"
RED, BLUE = (220, 20, 20), (20, 20, 220)


def noise(size: tuple[int, int]) -> Image.Image:
    """A picture with more colours than a drawing has, the same in every run."""
    return Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))


def halves(size: tuple[int, int] = (400, 200)) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def saved(path: Path, image: Image.Image, **options: Any) -> Path:
    """The picture in a file whose ending says the format."""
    image.save(path, **options)
    return path


def near(one: Any, other: tuple[int, int, int]) -> bool:
    """Colours as alike as lossy formats leave them."""
    return all(abs(a - b) < 30 for a, b in zip(one[:3], other, strict=True))


def files(made: PictureSet) -> list[Path]:
    """Every file of a set."""
    return [r.path for r in (*made.webp, made.fallback)]


@pytest.mark.parametrize(
    ("orientation", "size", "top_left", "bottom_right"),
    [
        (1, (400, 200), RED, BLUE),
        (2, (400, 200), BLUE, RED),
        (3, (400, 200), BLUE, RED),
        (6, (200, 400), RED, BLUE),
        (8, (200, 400), BLUE, RED),
    ],
)
def test_a_picture_stands_upright(
    orientation: int, size: tuple[int, int], top_left: Any, bottom_right: Any, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(tmp_path / "a.jpg", halves(), exif=exif, quality=95)
    for file in files(picture_set(path, tmp_path / "kho")):
        with Image.open(file) as image:
            assert image.size == size
            shown = image.convert("RGB")
            assert near(shown.getpixel((5, 5)), top_left)
            assert near(shown.getpixel((size[0] - 6, size[1] - 6)), bottom_right)


def with_metadata(folder: Path) -> list[Path]:
    """A picture in each format with all that cameras and programs write beside the pixels."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = CANARY, CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 8.0, 30.0), 3: "E", 4: (105.0, 50.0, 6.0), 29: CANARY})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY)
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    image = noise((640, 300))
    return [
        saved(folder / "anh.jpg", image, exif=exif, comment=CANARY, xmp=xmp, icc_profile=profile),
        saved(folder / "anh.png", image, exif=exif, pnginfo=text, icc_profile=profile),
        saved(folder / "anh.webp", image, exif=exif, xmp=xmp, icc_profile=profile),
        saved(folder / "anh.gif", image, comment=CANARY),
    ]


def test_nothing_but_pixels_survives(tmp_path: Path) -> None:
    for path in with_metadata(tmp_path):
        assert CANARY.encode() in path.read_bytes(), "the test picture has to carry what must go"
        printed = print_set(path, tmp_path / "kho", 112)
        for file in [*files(picture_set(path, tmp_path / "kho")), *(r.path for r in (*printed.colour, *printed.grey))]:
            assert CANARY.encode() not in file.read_bytes(), (path.name, file.name)
            with Image.open(file) as image:
                assert not image.getexif() and not image.getexif().get_ifd(0x8825)
                assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "loop", "background", "timestamp", "duration"}  # fmt: skip


@pytest.mark.parametrize(
    ("size", "webp", "fallback"),
    [
        ((2000, 1000), [(480, 240), (960, 480), (1600, 800)], (960, 480)),
        ((1600, 900), [(480, 270), (960, 540), (1600, 900)], (960, 540)),
        ((700, 350), [(480, 240), (700, 350)], (700, 350)),
        ((300, 600), [(300, 600)], (300, 600)),
        ((1000, 1), [(480, 1), (960, 1), (1000, 1)], (960, 1)),
        ((1, 1), [(1, 1)], (1, 1)),
    ],
)
def test_sizes(size: tuple[int, int], webp: list[tuple[int, int]], fallback: tuple[int, int], tmp_path: Path) -> None:
    made = picture_set(saved(tmp_path / "Ảnh Đẹp!.png", halves(size)), tmp_path / "kho")
    assert [(r.width, r.height) for r in made.webp] == webp
    assert (made.fallback.width, made.fallback.height) == fallback
    for rendition in (*made.webp, made.fallback):
        assert rendition.name.startswith("anh-dep-") and rendition.name.isascii() and f"-{rendition.width}." in rendition.name
        with Image.open(rendition.path) as image:
            assert image.size == (rendition.width, rendition.height)


def test_a_drawing_stays_png_and_a_photograph_is_jpeg(tmp_path: Path) -> None:
    assert picture_set(saved(tmp_path / "a.png", halves()), tmp_path / "kho").fallback.name.endswith(".png")
    assert picture_set(saved(tmp_path / "b.png", noise((400, 200))), tmp_path / "kho").fallback.name.endswith(".jpg")


@pytest.mark.parametrize("ending", ["png", "webp", "gif"])
def test_what_is_transparent_stays_so_on_screen_and_is_white_on_paper(ending: str, tmp_path: Path) -> None:
    image = Image.new("RGBA", (200, 100), (*RED, 255))
    image.paste((0, 0, 0, 0), (100, 0, 200, 100))
    path = saved(tmp_path / f"a.{ending}", image)
    for file in files(picture_set(path, tmp_path / "kho")):
        with Image.open(file) as made:
            alpha = made.convert("RGBA").getchannel("A")
            assert (alpha.getpixel((50, 50)), alpha.getpixel((150, 50))) == (255, 0)
    made = print_set(path, tmp_path / "kho", 112)
    with Image.open(made.colour[0].path) as printed, Image.open(made.grey[0].path) as grey:
        assert (
            printed.mode == "RGB" and near(printed.getpixel((150, 50)), (255, 255, 255)) and near(printed.getpixel((50, 50)), RED)
        )
        assert grey.mode == "L" and grey.getpixel((150, 50)) == 255 and grey.size == printed.size


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("L", 128, (128,) * 3),
        ("1", 1, (255,) * 3),
        ("I;16", 32768, (128,) * 3),
        ("P", 0, (0,) * 3),
        ("LA", (128, 255), (128,) * 3),
    ],
)
def test_every_kind_of_colour_is_shown_as_it_is(mode: str, colour: Any, shown: tuple[int, int, int], tmp_path: Path) -> None:
    image = open_picture(saved(tmp_path / "a.png", Image.new(mode, (20, 10), colour)))
    assert image.mode in ("RGB", "RGBA") and near(image.getpixel((5, 5)), shown)


def test_cmyk_of_a_printer_s_file(tmp_path: Path) -> None:
    image = open_picture(saved(tmp_path / "a.jpg", Image.new("CMYK", (20, 10), (0, 0, 0, 0)), quality=95))
    assert image.mode == "RGB" and near(image.getpixel((5, 5)), (255, 255, 255))


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that are no picture, or none that may be used."""
    whole = saved(folder / "nguyen.jpg", noise((200, 200))).read_bytes()
    data = {
        "chữ.png": b"xin chao",
        "rong.png": b"",
        "cut.jpg": whole[: len(whole) // 2],
        "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for name, content in data.items():
        (folder / name).write_bytes(content)
    found = {name: folder / name for name in data}
    found["tiff.jpg"] = saved(folder / "tiff.jpg", halves(), format="TIFF")
    found["bmp.png"] = saved(folder / "bmp.png", halves(), format="BMP")
    found["bomb.png"] = saved(folder / "bomb.png", Image.new("1", (8000, 8000)))
    found["dai.png"] = saved(folder / "dai.png", Image.new("1", (100, 17000)))
    found["khong-co.png"] = folder / "khong-co.png"
    return found


def test_what_is_no_picture_is_refused_in_vietnamese(tmp_path: Path) -> None:
    for name, path in bad_files(tmp_path).items():
        with pytest.raises(BadPicture) as caught:
            open_picture(path)
        expected = {"bomb.png": "triệu điểm ảnh", "dai.png": "quá dài"}.get(name, "không phải ảnh")
        assert expected in str(caught.value), name
        if path.is_file():
            with pytest.raises(BadPicture):
                picture_set(path, tmp_path / "kho")


def test_a_second_call_makes_nothing(tmp_path: Path) -> None:
    path, store = saved(tmp_path / "a.jpg", noise((1000, 500))), tmp_path / "kho"
    first = picture_set(path, store)
    stamps = {p: p.stat().st_mtime_ns for p in store.rglob("*")}
    for made in stamps:
        if made.is_file() and made.suffix:
            made.write_bytes(b"untouched")
    assert picture_set(path, store) == first
    assert {p.read_bytes() for p in files(first)} == {b"untouched"}
    assert set(store.rglob("*")) == set(stamps)


def test_the_store_goes_by_content_and_not_by_name(tmp_path: Path) -> None:
    store = tmp_path / "kho"
    one = picture_set(saved(tmp_path / "a.png", halves()), store)
    (tmp_path / "b.png").write_bytes((tmp_path / "a.png").read_bytes())
    assert [r.path for r in picture_set(tmp_path / "b.png", store).webp] == [r.path for r in one.webp]
    other = picture_set(saved(tmp_path / "a.png", noise((400, 200))), store)
    assert {r.name for r in other.webp}.isdisjoint(r.name for r in one.webp), "a new picture must have a new address"


def test_what_a_killed_build_left_is_made_again(tmp_path: Path) -> None:
    path, store = saved(tmp_path / "a.png", halves()), tmp_path / "kho"
    whole = picture_set(path, store)
    (whole.fallback.path.parent / "xong").unlink()
    whole.fallback.path.write_bytes(b"half")
    (whole.fallback.path.parent / "w-480x240.4711.tmp").write_bytes(b"half")
    assert picture_set(path, store) == whole == picture_set(path, store)
    assert open_picture(whole.fallback.path).size == (400, 200)


@pytest.mark.parametrize(
    ("width", "mm", "wide"), [(3000, 112, 1332), (3000, 40, 476), (1323, 112, 1323), (500, 112, 500), (9, 112, 9)]
)
def test_a_picture_for_paper_is_no_wider_than_its_place_needs(width: int, mm: float, wide: int, tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", halves((width, max(1, width // 2))))
    made = print_set(path, tmp_path / "kho", mm)
    assert made.colour[0].width == wide and [(r.width, r.height) for r in made.grey] == [(r.width, r.height) for r in made.colour]
    for rendition in (*made.colour, *made.grey):
        with Image.open(rendition.path) as image:
            assert image.size == (rendition.width, rendition.height)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(1, 2600))
def test_law_every_width_on_paper_has_a_size_of_300_to_600_dots_an_inch(width: int, tmp_path: Path) -> None:
    """The template prints a picture at any width up to the one at which it has 300 dots, and takes the smallest that does."""
    path = saved(tmp_path / f"{width}.png", Image.new("L", (width, 40), 9))
    sizes = [r.width for r in print_set(path, tmp_path / "kho", 112).colour]
    for needed in range(min(PRINT_LEAST, sizes[0]), sizes[0] + 1):
        chosen = min(size for size in sizes if size >= needed)
        assert needed <= chosen < 2 * needed or needed == 1


def test_a_picture_for_paper_is_made_once(tmp_path: Path) -> None:
    path, store = saved(tmp_path / "a.png", halves()), tmp_path / "kho"
    first = print_set(path, store, 112)
    first.colour[0].path.write_bytes(b"as it was left")
    assert print_set(path, store, 112) == first and first.colour[0].path.read_bytes() == b"as it was left"
    assert print_set(path, store, 60).colour[0].path != first.colour[0].path


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(1, 2200), height=st.integers(1, 300))
def test_law_no_rendition_is_wider_than_asked_or_than_the_picture(width: int, height: int, tmp_path: Path) -> None:
    path = saved(tmp_path / f"{width}x{height}.png", Image.new("L", (width, height), width % 256))
    made = picture_set(path, tmp_path / "kho")
    assert [r.width for r in made.webp] == sorted({min(w, width) for w in WIDTHS})
    for rendition in (*made.webp, made.fallback):
        assert abs(rendition.height - max(1, height * rendition.width / width)) <= 0.5
