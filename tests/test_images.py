"""Pictures: upright, without metadata, in their sizes, made once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Write, article, build, need, picture
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from playwright.sync_api import Browser, Page, Route, sync_playwright

from bantin.body import ROOT as HERE
from bantin.body import Figure, Parser, Surroundings, site_body
from bantin.images import (
    MARK_HEIGHTS,
    PRINT_LEAST,
    WIDTHS,
    BadPicture,
    PictureSet,
    mark_set,
    open_picture,
    picture_set,
    print_set,
)
from bantin.images.blur import CELLS, LIGHTNESS, SHADE, TINT, blur, oklab
from bantin.images.web import DONE

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
    return [r.path for r in made.files]


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
            assert image.size == (min(image.width, size[0]), round(image.width * size[1] / size[0]))
            shown = image.convert("RGB")
            assert near(shown.getpixel((5, 5)), top_left)
            assert near(shown.getpixel((image.width - 6, image.height - 6)), bottom_right)


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
    kinds = set()
    for path in with_metadata(tmp_path):
        assert CANARY.encode() in path.read_bytes(), "the test picture has to carry what must go"
        printed = print_set(path, tmp_path / "kho", 112)
        for file in [*files(picture_set(path, tmp_path / "kho")), *(r.path for r in (*printed.colour, *printed.grey))]:
            kinds.add(file.suffix)
            assert CANARY.encode() not in file.read_bytes(), (path.name, file.name)
            with Image.open(file) as image:
                assert not image.getexif() and not image.getexif().get_ifd(0x8825)
                assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression", "loop", "background", "timestamp", "duration"}  # fmt: skip
    assert kinds == {".avif", ".webp", ".jpg", ".png"}


@pytest.mark.parametrize(
    ("size", "sizes", "fallback"),
    [
        ((2000, 1000), [(320, 160), (512, 256), (720, 360), (1120, 560), (1600, 800)], (1120, 560)),
        ((1600, 900), [(320, 180), (512, 288), (720, 405), (1120, 630), (1600, 900)], (1120, 630)),
        ((700, 350), [(320, 160), (512, 256), (700, 350)], (700, 350)),
        ((300, 600), [(300, 600)], (300, 600)),
        ((1000, 1), [(320, 1), (512, 1), (720, 1), (1000, 1)], (1000, 1)),
        ((1, 1), [(1, 1)], (1, 1)),
    ],
)
def test_sizes(size: tuple[int, int], sizes: list[tuple[int, int]], fallback: tuple[int, int], tmp_path: Path) -> None:
    made = picture_set(saved(tmp_path / "Ảnh Đẹp!.png", halves(size)), tmp_path / "kho")
    assert [(r.width, r.height) for r in made.webp] == [(r.width, r.height) for r in made.plain] == sizes
    assert [(r.width, r.height) for r in made.avif] in ([], sizes)
    assert (made.fallback.width, made.fallback.height) == fallback
    assert len({r.name for r in made.files}) == len(made.files)
    for rendition in made.files:
        assert rendition.name.startswith("anh-dep-") and rendition.name.isascii() and f"-{rendition.width}." in rendition.name
        with Image.open(rendition.path) as image:
            assert image.size == (rendition.width, rendition.height)


@pytest.mark.parametrize(
    ("size", "widths"), [((512, 512), [52, 104, 156]), ((600, 300), [104, 208, 312]), ((40, 40), [40]), ((900, 3), [900])]
)
def test_sizes_of_the_mark_go_by_its_height(size: tuple[int, int], widths: list[int], tmp_path: Path) -> None:
    made = mark_set(saved(tmp_path / "a.png", halves(size)), tmp_path / "kho")
    assert [r.width for r in made.webp] == widths
    assert max(r.height for r in made.webp) <= MARK_HEIGHTS[-1]


@pytest.mark.parametrize("name", ["p.png", "d.png", "n.jpg"])
def test_avif_is_kept_where_each_of_its_files_is_smaller_than_webp(name: str, tmp_path: Path) -> None:
    """A browser that reads AVIF takes it whatever it weighs, so there is no AVIF where one size of it would be larger."""
    image = {"p": halves((3, 3)), "d": Image.open(ROOT / "content/anh/cau-noi.png"), "n": noise((400, 200))}[name[0]]
    path = saved(tmp_path / name, image)
    made = picture_set(path, tmp_path / "kho")
    weights = [(a.path.stat().st_size, w.path.stat().st_size) for a, w in zip(made.avif, made.webp, strict=False)]
    assert all(avif < webp for avif, webp in weights)
    assert bool(weights) == (name != "p.png"), "three pixels weigh more in AVIF's box than in WebP's"
    assert {p.suffix for p in made.plain[0].path.parent.iterdir()} == {".json", ".webp", made.plain[0].path.suffix} | (
        {".avif"} if weights else set()
    )


@pytest.mark.parametrize(("size", "turned"), [((4000, 3000), 1), ((4000, 3000), 6), ((1700, 900), 1), ((900, 6000), 8)])
def test_a_jpeg_that_is_decoded_smaller_is_still_large_enough(size: tuple[int, int], turned: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    path = saved(tmp_path / "a.jpg", halves(size), exif=exif)
    whole, small = open_picture(path), open_picture(path, 1600)
    assert small.width >= min(1600, whole.width) and small.width / small.height == pytest.approx(
        whole.width / whole.height, rel=0.01
    )


def test_a_drawing_stays_png_and_a_photograph_is_jpeg(tmp_path: Path) -> None:
    assert picture_set(saved(tmp_path / "a.png", halves()), tmp_path / "kho").fallback.name.endswith(".png")
    assert picture_set(saved(tmp_path / "b.png", noise((400, 200))), tmp_path / "kho").fallback.name.endswith(".jpg")


@pytest.mark.parametrize("ending", ["png", "webp", "gif"])
def test_what_is_transparent_stays_so_on_screen_and_is_white_on_paper(ending: str, tmp_path: Path) -> None:
    image = Image.new("RGBA", (200, 100), (*RED, 255))
    image.paste((0, 0, 0, 0), (100, 0, 200, 100))
    path = saved(tmp_path / f"a.{ending}", image)
    assert not picture_set(path, tmp_path / "kho").blur, "a stand-in would show through"
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
    found["moi.avif"] = saved(folder / "moi.avif", halves())
    found["bomb.avif.png"] = saved(folder / "bomb.avif.png", Image.new("L", (8000, 7600)), format="AVIF", speed=10)
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
        if made.is_file() and made.name != DONE:
            made.write_bytes(b"untouched")
    assert picture_set(path, store) == first
    assert {p.read_bytes() for p in files(first)} == {b"untouched"}
    assert set(store.rglob("*")) == set(stamps)


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files that Pillow writes, as they come."""
    written: list[str] = []
    save = Image.Image.save

    def counted(self: Image.Image, target: Any, *rest: Any, **options: Any) -> None:
        if isinstance(target, Path):  # an ICO holds pictures of its own
            written.append(target.name)
        save(self, target, *rest, **options)

    monkeypatch.setattr(Image.Image, "save", counted)
    return written


def test_nothing_is_done_twice_for_the_same_bytes(
    saves: list[str], write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One picture under two names, in a header and in two texts, in two builds: each size is encoded once."""
    monkeypatch.setenv("BANTIN_WORKERS", "1")  # what a worker does is not seen here
    one = noise((700, 400))
    one.save(tmp_path / "one.png")
    saves.clear()
    data = (tmp_path / "one.png").read_bytes()
    text = "Chữ.\n\n![một](mot.png)\n\n![hai](hai.png)"
    files = {"bai-viet/a.md": article(text, Image="mot.png", Image_alt="một"), "bai-viet/b.md": article(text, Title="B")}
    content = write({"anh/mot.png": data, "anh/hai.png": data, **files})
    build(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "kho"))
    first = [name.split(".")[:2] for name in saves if name.startswith(("320x183.", "512x293.", "700x400."))]
    assert len(first) == 9 and all(first.count(name) == 1 for name in first)
    saves.clear()
    build(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "kho"))
    build(content, tmp_path / "other", CACHE_PATH=str(tmp_path / "kho"))
    assert saves == [], "nor icons nor cards"


def test_pictures_of_internal_articles_reach_neither_site_nor_its_store(write: Write, tmp_path: Path) -> None:
    inner = {"Title": "Chim hoàng yến", "Image": "kin.png", "Image_alt": "kín"}
    content = write({
        "anh/kin.png": picture("purple"), "anh/kin-than.png": picture("navy"), "anh/mo.png": picture("green"),
        "anh/khong-ai-dung.png": picture("black"),
        "bai-viet/mo.md": article("Chữ.", Title="Bài mở", Image="mo.png", Image_alt="mở"),
        "noi-bo/kin.md": article("Chữ.\n\n![kín](kin-than.png)", **inner),
        "bai-viet/nhap.md": article("Chữ.", **{**inner, "Status": "draft"}),
        "bai-viet/mai.md": article("Chữ.", **{**inner, "Date": "2999-01-01 07:30"}),
    })  # fmt: skip
    build(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "kho"))
    made = {p.name.rpartition("-")[0].rpartition("-")[0] for p in (tmp_path / "output/anh").glob("*.*")}
    assert made == {"mo", "dau-hieu"}
    assert len(list((tmp_path / "output/anh/the").iterdir())) == 2, "one article and the site itself"
    folders = [p for p in (tmp_path / "kho/anh").iterdir() if p.name != "the"]
    known = {p.name.rpartition("-")[0].rpartition("-")[2] for p in (tmp_path / "output/anh").glob("*.*")}
    assert {p.name for p in folders} == known and len(list((tmp_path / "kho/anh/the").iterdir())) == 2


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
    (whole.fallback.path.parent / DONE).unlink()
    whole.fallback.path.write_bytes(b"half")
    (whole.fallback.path.parent / "320x160.webp.4711.tmp").write_bytes(b"half")
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
    for rendition in made.files:
        assert abs(rendition.height - max(1, height * rendition.width / width)) <= 0.5


STYLES = (ROOT / "theme/static/css/parts/59-picture.css").read_text(encoding="utf-8")


def test_every_class_of_a_stand_in_has_its_rule() -> None:
    """The numbers stand twice, here and in the stylesheet; this says that they are the same."""
    levels = {"l": LIGHTNESS, "a": TINT, "b": TINT, **dict.fromkeys(CELLS, SHADE)}
    for name, values in levels.items():
        for number, value in enumerate(values):
            rule = f".{name}{number}{{--{name}:{value:g}}}".replace(":0.", ":.").replace("-0.", "-.")
            assert (rule in STYLES) == (value != 0), rule


@pytest.mark.parametrize(
    ("colour", "classes"),
    [("white", "blur l18"), ("#808080", "blur l10"), ("#a3161a", "blur l7 a8 b7"), ("#225577", "blur l7 a2 b1")],
)
def test_stand_ins(colour: str, classes: str) -> None:
    assert blur(Image.new("RGB", (30, 20), colour)) == classes


@settings(max_examples=30)
@given(st.binary(min_size=18, max_size=18))
def test_law_a_stand_in_is_about_as_light_as_its_picture(pixels: bytes) -> None:
    image = Image.frombytes("RGB", (3, 2), pixels)
    said = dict((c[0], int(c[1:])) for c in blur(image).split()[1:])
    mean = sum(oklab(image.getpixel((x, y)))[0] for y in range(2) for x in range(3)) / 6  # type: ignore[arg-type]
    assert abs(LIGHTNESS[said["l"]] - mean) <= 0.1 and len(said) <= 9


@pytest.mark.parametrize(
    ("text", "first", "eager"),
    [
        ("![a](a.png)\n\nChữ.", True, [True]), ("Chữ.\n\n![a](a.png)\n\n![a](a.png)", True, [True, False]),
        ("Chữ.\n\nChữ.\n\n![a](a.png)", True, [False]), ("![a](a.png)", False, [False]), ("![x](x.png)\n\n![a](a.png)", True, [False]),
    ],
)  # fmt: skip
def test_a_picture_at_the_very_beginning_of_a_page_comes_at_once(text: str, first: bool, eager: list[bool]) -> None:
    def figure(written: str) -> Figure | None:
        return Figure("anh/a.png", 9, 9) if written == "a.png" else None

    around = Surroundings(lambda _: None, figure, lambda _: [], lambda _: ("", "", False), first=first)
    tags = site_body(Parser().tree(text), around).html.split("<img")[1:]
    assert ['fetchpriority="high"' in tag for tag in tags] == eager == ["loading" not in tag for tag in tags]


def test_a_picture_of_a_text_in_all_formats() -> None:
    webp, plain = (("anh/a-320.webp", 320), ("anh/a-512.webp", 512)), (("anh/a-320.jpg", 320), ("anh/a-512.jpg", 512))
    figure = Figure(
        "anh/a-512.jpg", 512, 288, (("image/avif", (("anh/a-512.avif", 512),)), ("image/webp", webp)), plain, "blur l5"
    )
    around = Surroundings(lambda _: None, lambda _: figure, lambda _: [], lambda _: ("", "", False), "50vw")
    assert site_body(Parser().tree('![mô tả](a.jpg "chú")'), around).html.replace(HERE, "/") == (
        '<figure class="hinh"><picture><source type="image/avif" srcset="/anh/a-512.avif 512w" sizes="50vw">'
        '<source type="image/webp" srcset="/anh/a-320.webp 320w, /anh/a-512.webp 512w" sizes="50vw">'
        '<img alt="mô tả" src="/anh/a-512.jpg" class="blur l5" srcset="/anh/a-320.jpg 320w, /anh/a-512.jpg 512w" sizes="50vw"'
        ' width="512" height="288" loading="lazy" decoding="async"></picture><figcaption>chú</figcaption></figure>'
    )


# In Chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests here."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


PLACES = [
    "",
    "bai-viet/2023/bao-cao-vien-thang-11/",
    "bai-viet/2025/bac-kan-diem-cau-truc-tuyen/",
    "chuyen-muc/tuyen-truyen/",
    "ban-tin/2023-11/",
]
SHOWN = (
    "async () => { const all = [...document.images]; all.forEach(i => i.loading = 'eager'); await Promise.all(all.map(i => i.decode()));"
    "return all.map(i => [i.currentSrc, i.getBoundingClientRect().width, i.naturalWidth, getComputedStyle(i).backgroundImage.split('radial').length - 1]); }"
)


@pytest.mark.parametrize(("width", "density"), [(320, 2), (360, 1), (360, 3), (412, 2.625), (600, 1), (768, 1), (768, 2), (1024, 1), (1440, 1), (1440, 2)])  # fmt: skip
def test_each_place_gets_the_size_that_it_shows(browser: Browser, server: str, width: int, density: float) -> None:
    """`sizes` says how wide the box is, in every place; the file is AVIF, wide enough, and not much wider than it has to be."""
    for place in PLACES:
        page = browser.new_page(base_url=server, viewport={"width": width, "height": 800}, device_scale_factor=density)
        page.goto(f"/{place}")
        shown = page.evaluate(SHOWN)
        assert len(shown) >= 2, place
        seen: set[str] = set()
        for address, box, said, gradients in shown:
            assert address.endswith(".avif")
            assert 0.87 <= said / box <= 1.35, (place, address, box, said)  # with srcset, naturalWidth is what `sizes` said
            wide = int(address.rpartition("-")[2].removesuffix(".avif"))
            assert wide >= min(0.87 * box * density, 1600), (place, address, box)
            assert gradients == (0 if box < 60 else 6), "a stand-in behind every picture but the mark"
            name = address.rpartition("-")[0]
            if name in seen:  # what is there already in a larger size is taken again
                continue
            seen.add(name)
            steps = (*(MARK_HEIGHTS if box < 60 else WIDTHS), 1e9)
            assert wide <= next(step for step in steps if step >= min(said * density - 1, 1600)), (place, address, said)
        page.close()


def boxes(page: Page) -> list[Any]:
    """Where every picture and the end of the page are."""
    return list(page.evaluate(
        "() => [...document.images, document.querySelector('footer')].map(e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; })"
    ))  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_nothing_moves_when_a_picture_comes(browser: Browser, server: str, place: str) -> None:
    page = browser.new_page(base_url=server, viewport={"width": 360, "height": 640})
    held: list[Route] = []
    released: list[bool] = []
    page.route("**/anh/*", lambda route: route.continue_() if released else held.append(route))
    page.goto(f"/{place}", wait_until="domcontentloaded")
    page.evaluate("() => document.fonts.ready")
    page.evaluate("() => [...document.images].forEach(i => i.loading = 'eager')")
    page.wait_for_timeout(300)
    before = boxes(page)
    assert held and all(width > 0 and height > 0 for _, _, width, height in before)
    released.append(True)
    for route in held:
        route.continue_()
    page.evaluate("async () => { await Promise.all([...document.images].map(i => i.decode())); }")
    assert boxes(page) == before
    page.close()


def test_the_first_picture_of_a_page_comes_before_others(browser: Browser, server: str) -> None:
    page = browser.new_page(base_url=server)
    for place in PLACES:
        page.goto(f"/{place}")
        pictures = page.locator("main img")
        kinds = [(i.get_attribute("fetchpriority"), i.get_attribute("loading")) for i in pictures.all()]
        assert set(kinds[1:]) <= {(None, "lazy")}, place
        assert kinds[0] in (("high", None), (None, "lazy")), place
    assert page.goto("/") and page.locator("main img").first.get_attribute("fetchpriority") == "high"
    page.close()
