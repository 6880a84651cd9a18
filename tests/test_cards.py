"""Share cards and icons: what stands on them is whole, legible and made once; every page has one."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
import unicodedata
import zlib
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import Mock, call

import html5lib
import pytest
from conftest import ROOT, Write, article, build, picture
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bantin.build import replace
from bantin.images import cards, within
from bantin.images.cards import BAND, CARD_HEIGHT, CARD_WIDTH, MOST_BYTES, Share, card_file, card_name, draw
from bantin.images.flat import flat_png, stripe
from bantin.images.icons import SAFE, icon_files
from bantin.images.letters import FONTS, LAYOUT, Face, balanced, block, fitted, readable
from bantin.images.within import QUALITIES, jpeg
from bench import corpus

MARK = ROOT / "content/anh/dau-hieu.png"
DRAWING = ROOT / "content/anh/cau-noi.png"
BOLD = "BeVietnamPro-Bold"
SAID = Share(
    "Hội nghị báo cáo viên", "Tuyên truyền", "Thứ ba, 28/11/2023", "Bản tin nội bộ", "Ban Tuyên giáo", "#a3161a", None, MARK
)
LONG = "Nghị quyết số 35-NQ/TW ngày 22/10/2018 về tăng cường bảo vệ nền tảng tư tưởng của Đảng, đấu tranh phản bác các quan điểm sai trái"


def other(**changes: Any) -> Share:
    """The card with other words."""
    return Share(**{**{name: getattr(SAID, name) for name in Share.__slots__}, **changes})


def photograph(path: Path, size: tuple[int, int] = (1600, 1200)) -> Path:
    """A picture that compresses badly."""
    Image.frombytes("RGB", size, random.Random(3).randbytes(size[0] * size[1] * 3)).save(path, quality=90)
    return path


# Lines

WORDS = st.lists(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyẾẪỢ0123456789-/", min_size=1, max_size=14), min_size=1, max_size=40)


@settings(max_examples=150)
@given(words=WORDS, width=st.integers(300, 1100), height=st.integers(40, 500), most=st.integers(1, 5))
def test_law_lines_fit_and_lose_nothing_but_whole_words_at_the_end(words: list[str], width: int, height: int, most: int) -> None:
    text = " ".join(words)
    face, lines = fitted(BOLD, text, range(84, 35, -2), width, height, most)
    assert 1 <= len(lines) <= most and len(lines) * face.step <= max(height, face.step)
    assert all(face.width(line) <= width * 1.03 for line in lines)
    shown = " ".join(lines)
    if shown.endswith("…"):
        assert face.size == 36 and "".join(words).startswith(shown[:-1].replace(" ", ""))
    else:
        assert shown.replace(" ", "") == "".join(words)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Ngắn", 600, ["Ngắn"]),
        ("Hội nghị báo cáo viên tháng 11", 700, ["Hội nghị báo cáo", "viên tháng\u00a011"]),
        ("Nghị quyết số 35-NQ/TW", 560, ["Nghị quyết", "số\u00a035-NQ/TW"]),
        ("một hai ba bốn năm sáu bảy tám chín mười", 700, ["một hai ba bốn năm", "sáu bảy tám chín mười"]),
        ("Khóa XIII và năm 2023", 420, ["Khóa\u00a0XIII và", "năm\u00a02023"]),
    ],
)
def test_lines_are_even_and_keep_numbers_with_their_word(text: str, width: int, lines: list[str]) -> None:
    assert fitted(BOLD, text, (60,), width, 400, 5)[1] == lines


@settings(max_examples=60)
@given(words=WORDS)
def test_law_balancing_takes_no_more_lines_and_no_wider_ones(words: list[str]) -> None:
    face = Face(BOLD, 48)
    width = round(max(700, *(face.about(word) + 1 for word in words)))
    lines = balanced(face, words, width)
    assert " ".join(lines) == " ".join(words)
    assert max(map(face.about, lines)) <= width + 1
    narrow = balanced(face, words, round(max(map(face.about, lines))) + 2)
    assert len(narrow) == len(lines)


@pytest.mark.parametrize("name", [cards.TITLE, cards.TEXT])
def test_the_fonts_have_every_vietnamese_letter(name: str) -> None:
    marks, vowels = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"), "aăâeêioôơuưy"
    letters = {unicodedata.normalize("NFC", v + m) for v in vowels for m in marks} | set("bcdđghklmnpqrstvxfjwz0123456789")
    text = "".join(sorted(letters | {letter.upper() for letter in letters})) + "“”‘’–—…/-:;,.?!()%&+"
    assert readable(name, text) == text


def test_letters_that_no_font_of_ours_has_are_left_out() -> None:
    assert readable(BOLD, "Chào 😀 mừng 中文 Đảng\u200b") == "Chào mừng Đảng"
    assert fitted(BOLD, "😀", (40,), 300, 100, 2)[1] == [""]


VIETNAMESE = st.text(
    "aáàảãạăắâấbcdđeéêếệfghiíjklmnoóôộơợpqrstuúưựvxyýAÀẢĂẲÂẪĐEÊẾIOÔỖƠỢTUƯỮVYỲ0123456789-/–“”.,:() ", min_size=1, max_size=24
)


@settings(max_examples=100)
@given(
    text=VIETNAMESE | st.sampled_from(["AVATo Tổ Tư Vỵ", "Wi-Fi Office affiliate", "NĐ-CP"]),
    size=st.integers(10, 42),
    name=st.sampled_from([cards.TITLE, cards.TEXT]),
)
def test_law_letters_put_together_are_the_line_drawn_whole(text: str, size: int, name: str) -> None:
    face = Face(name, 2 * size)
    font = ImageFont.truetype(FONTS / f"{name}.ttf", face.size, layout_engine=LAYOUT)
    assert face.width(text) == pytest.approx(font.getlength(text), abs=1e-6)
    made = block(face, [text], 2600, 40)
    whole = Image.new("L", made.mask.size)
    ImageDraw.Draw(whole).text((40, made.rise), text, fill=255, font=font, anchor="la")
    assert made.mask.tobytes() == whole.tobytes()


# Flat pictures


@given(
    rows=st.lists(st.lists(st.binary(min_size=7, max_size=7), min_size=1, max_size=5), min_size=1, max_size=4),
    small=st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_law_stripes_make_one_picture(rows: list[list[bytes]], small: list[bool]) -> None:
    colours = bytes(range(256)) * 3
    data = flat_png(
        colours, [stripe(b"".join(b"\0" + row for row in part), 7, way) for part, way in zip(rows, small, strict=False)]
    )
    with Image.open(io.BytesIO(data)) as made:
        made.load()
        assert made.mode == "P" and bytes(made.getpalette() or ()) == colours
        assert made.tobytes() == b"".join(row for part in rows for row in part)
    length = int.from_bytes(data[(at := data.index(b"IDAT")) - 4 : at])
    assert len(zlib.decompress(data[at + 4 : at + 4 + length])) == 8 * sum(map(len, rows)), "zlib compares the sum at the end"


# Cards


@pytest.mark.parametrize(
    "share",
    [
        SAID, other(title=LONG), other(title="x"), other(title="ĐẢNG BỘ ẾẪỖỮỢ " * 20), other(title="Ạ" * 120), other(title="😀"), other(picture=DRAWING),
        other(title=LONG * 4, above=LONG, below=LONG, name=LONG, publisher=LONG, picture=DRAWING), other(mark=None), other(above="", below="", publisher=""),
        other(title=LONG * 4, above=LONG, accent="#005", mark=None), other(title="Ẳ" + "\u0301" * 9 + " x̣̣̣̣", above="x" + "\u0323" * 9, mark=None),
    ],
)  # fmt: skip
def test_a_card_is_whole(share: Share, tmp_path: Path) -> None:
    file = card_file(share, tmp_path)
    with Image.open(file) as made:
        assert made.size == (CARD_WIDTH, CARD_HEIGHT) == (1200, 630)
        assert file.stat().st_size <= MOST_BYTES
        assert file.suffix == (".jpg" if share.picture else ".png") and not made.getexif()
        shown = made.convert("RGB")
    edge = cards.MARGIN // 2
    right = CARD_WIDTH - cards.PICTURE if share.picture else CARD_WIDTH
    free = [(0, 0, edge, CARD_HEIGHT - BAND - 8), (0, 0, right, edge - 8), (right - 24, 0, right - 8, CARD_HEIGHT - BAND - 8), (0, CARD_HEIGHT - BAND - 26, right - 8, CARD_HEIGHT - BAND - 8)]  # fmt: skip
    for box in free:
        least = min(low for low, _ in shown.crop(box).getextrema())  # type: ignore[misc]
        assert least >= 245, f"something runs into {box}"


@pytest.mark.parametrize("mark", ["\u0301", "\u0323"])
@pytest.mark.parametrize("height", [9, 30, 120])
@pytest.mark.parametrize("part", ["above", "title", "below"])
def test_towers_of_marks_leave_a_card_of_its_size(part: str, height: int, mark: str, tmp_path: Path) -> None:
    """Above, below, and over a whole line and out of the card."""
    with Image.open(card_file(other(**{part: "x x" + mark * height}), tmp_path)) as made:
        made.load()
        assert made.size == (CARD_WIDTH, CARD_HEIGHT)


def test_a_photograph_on_a_card_stays_light(tmp_path: Path) -> None:
    file = card_file(other(title=LONG, picture=photograph(tmp_path / "p.jpg")), tmp_path)
    assert file.stat().st_size <= MOST_BYTES, "noise is worse than any photograph"


PICTURED = [*sorted((ROOT / "content/anh").glob("*.png")), 160, 240, 320, 400]  # a number: so wide a photograph of the corpus


@pytest.mark.parametrize("shown", PICTURED, ids=lambda shown: getattr(shown, "stem", shown))
@pytest.mark.parametrize("title", ["Học tập", LONG])
def test_a_card_is_as_good_as_its_bytes_allow(
    shown: Path | int, title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The best quality at which it fits, found with few tries, and nothing else is ever seen at its place."""
    if isinstance(shown, int):
        corpus.photograph(random.Random(shown), (shown, shown * 2 // 3)).save(tmp_path / "p.png")
    share = other(title=title, picture=shown if isinstance(shown, Path) else tmp_path / "p.png")
    best = next(made for quality in QUALITIES if len(made := jpeg(draw(share), quality)) <= MOST_BYTES)
    monkeypatch.setattr(within, "jpeg", tries := Mock(side_effect=jpeg))
    monkeypatch.setattr(cards, "replace", writes := Mock(side_effect=replace))
    file = card_file(share, tmp_path)
    assert file.read_bytes() == best and writes.call_args_list == [call(file, best)]
    tried = [one.args[1] for one in tries.call_args_list]
    assert len(tried) <= 3 and len(set(tried)) == len(tried)


@pytest.mark.parametrize(
    ("size", "height"), [((1600, 900), 297), ((900, 600), 352), ((600, 600), 526), ((600, 1600), 526), ((3000, 300), 297)]
)
def test_a_picture_on_a_card_is_whole_from_16_9_to_square(size: tuple[int, int], height: int, tmp_path: Path) -> None:
    Image.new("RGB", size, "#00aa00").save(tmp_path / "p.png")
    card = draw(other(picture=tmp_path / "p.png"))
    assert card.getpixel((CARD_WIDTH - 5, 260)) == (0, 0xAA, 0)
    Image.linear_gradient("L").resize(size).convert("RGB").save(tmp_path / "g.png")
    card = draw(other(picture=tmp_path / "g.png"))
    column = [card.getpixel((900, y))[0] for y in range(CARD_HEIGHT - BAND)]  # type: ignore[index]
    whole = max(height, cards.PICTURE * size[1] / size[0])
    steps = sum(low != high for low, high in zip(column, column[1:], strict=False))
    assert abs(steps - 255 * height / whole) <= 60, "of the 256 shades from top to bottom"


def test_the_same_card_is_the_same_bytes_and_another_has_another_name(tmp_path: Path) -> None:
    shares = [
        SAID, other(title="Khác"), other(above="Khác"), other(below="Khác"), other(name="Khác"), other(publisher="Khác"),
        other(accent="#004488"), other(mark=None), other(picture=DRAWING), other(picture=MARK),
    ]  # fmt: skip
    assert len({card_name(share) for share in shares}) == len(shares)
    for share in (SAID, other(picture=DRAWING)):
        assert card_file(share, tmp_path / "a").read_bytes() == card_file(share, tmp_path / "b").read_bytes()


def test_a_card_is_named_by_what_its_files_hold_and_not_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(DRAWING.read_bytes())
    assert card_name(other(picture=tmp_path / "x.png")) == card_name(other(picture=DRAWING))
    (tmp_path / "x.png").write_bytes(MARK.read_bytes())
    assert card_name(other(picture=tmp_path / "x.png")) == card_name(other(picture=MARK))


def test_a_card_is_drawn_once(tmp_path: Path) -> None:
    file = card_file(SAID, tmp_path)
    file.write_bytes(b"as it was left")
    assert card_file(SAID, tmp_path) == file and file.read_bytes() == b"as it was left"


ANOTHER_PROCESS = """
import sys
from pathlib import Path
from bantin.images.cards import Share, card_file
for title in sys.argv[2:]:
    card_file(Share(title, "Tuyên truyền", "Thứ ba, 28/11/2023", "Bản tin nội bộ", "Ban", "#a3161a"), Path(sys.argv[1]))
"""


def test_whatever_a_process_drew_before_the_bytes_are_the_same(tmp_path: Path) -> None:
    titles = ["Hội nghị báo cáo viên", LONG, "ĐẢNG BỘ ẾẪỖỮỢ", "Học tập"]
    found = []
    for seed, order in (("1", titles), ("2", titles[::-1])):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        store = tmp_path / seed
        subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, str(store), *order], check=True, cwd=ROOT, env=environment)
        found.append({file.name: file.read_bytes() for file in (store / "anh/the").iterdir()})
    assert found[0] == found[1] and len(found[0]) == len(titles)


def test_a_mark_that_changed_is_drawn_anew_in_the_same_process(tmp_path: Path) -> None:
    (tmp_path / "m.png").write_bytes(MARK.read_bytes())
    changing = other(mark=tmp_path / "m.png")
    assert card_file(changing, tmp_path / "a").read_bytes() == card_file(SAID, tmp_path / "b").read_bytes()
    (tmp_path / "m.png").write_bytes(DRAWING.read_bytes())
    fresh = other(mark=DRAWING)
    assert card_file(changing, tmp_path / "a").read_bytes() == card_file(fresh, tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    "share", [SAID, other(title=LONG), other(title="ĐẢNG BỘ ẾẪỖỮỢ " * 20), other(above="", mark=None), other(below="")]
)
def test_numbers_of_colours_show_what_full_colour_does(share: Share, tmp_path: Path) -> None:
    with Image.open(card_file(share, tmp_path)) as made:
        difference = ImageChops.difference(made.convert("RGB"), draw(share))
    assert max(high for _, high in difference.getextrema()) <= 256 / cards.BLENDS  # type: ignore[misc]


META = re.compile(r'<meta property="og:image(?::(\w+))?" content="([^"]*)">')


def test_every_page_of_the_site_has_a_card(site: Path) -> None:
    """The address is absolute and leads to a file of the size that the page says."""
    used = set()
    for page in sorted(site.rglob("*.html")):
        if "data-pagefind" not in (text := page.read_text(encoding="utf-8")) and "og:title" not in text:
            continue
        said = {name or "src": unescape(value) for name, value in META.findall(text)}
        assert set(said) == {"src", "width", "height", "alt"} and said["alt"], page
        assert said["src"].startswith("http://localhost:8000/anh/the/")
        used.add(file := site / said["src"].removeprefix("http://localhost:8000/"))
        with Image.open(file) as card:
            assert (str(card.width), str(card.height)) == (said["width"], said["height"]) == ("1200", "630")
        assert file.stat().st_size <= MOST_BYTES
    assert used == set((site / "anh/the").iterdir()), "no card that no page uses"
    articles = list((site / "bai-viet").glob("*/*/index.html"))
    assert len(used) == len(articles) + 1


def test_cards_say_nothing_of_what_is_internal(write: Write, tmp_path: Path) -> None:
    """A card's address is a hash, so the cards are drawn anew from what may be published, and these are all there are."""
    content = write({
        "bai-viet/mo.md": article(Title="Bài mở"), "bai-viet/an.md": article(Title="Bài ẩn", Status="hidden"),
        "noi-bo/kin.md": article(Title="Chim hoàng yến"), "bai-viet/nhap.md": article(Title="Chim nháp", Status="draft"),
        "bai-viet/mai.md": article(Title="Chim mai", Date="2999-01-01 07:30"),
        "bai-viet/cam.md": article(Title="Chim cấm", Embargo="2999-01-01 07:30"),
    })  # fmt: skip
    build(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "kho"))
    html = [p.read_text(encoding="utf-8") for p in (tmp_path / "output").rglob("*.html")]
    named = {unescape(v).rpartition("/")[2] for text in html for k, v in META.findall(text) if not k}
    alts = {unescape(v) for text in html for k, v in META.findall(text) if k == "alt"}
    assert (
        {p.name for p in (tmp_path / "output/anh/the").iterdir()}
        == named
        == {p.name for p in (tmp_path / "kho/anh/the").iterdir()}
    )
    assert len(named) == 3 and {alt.split(".")[0] for alt in alts} == {"Bài mở", "Bài ẩn", "Bản tin nội bộ"}


def told(page: Path) -> tuple[dict[str, str], str, list[str]]:
    """What a page says of the picture of its links: OpenGraph (`src`, `width` …), the kind of Twitter's card, and JSON-LD."""
    text = page.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    images = [image for block in blocks for image in json.loads(block).get("image", [])]
    kinds = re.findall(r'<meta name="twitter:card" content="(\w+)">', text)
    assert len(kinds) == 1
    return {name or "src": unescape(value) for name, value in META.findall(text)}, kinds[0], images


@pytest.mark.parametrize("marked", [True, False])
def test_cards_may_be_switched_off(marked: bool, write: Write, tmp_path: Path) -> None:
    """Then the article's own picture stands for it, else the publisher's mark, else nothing; and no card is left of the build before."""
    content = write({
        "bai-viet/co.md": article(Title="Có ảnh", Image="a.png", Image_alt="Một “màu” & hết"), "bai-viet/khong.md": article(Title="Không ảnh"),
        "anh/a.png": picture(),
    })  # fmt: skip
    file = content / "danh-muc/co-quan-xuat-ban.toml"
    named = re.search(r'(?m)^publisher = "(.*)"$', text := file.read_text(encoding="utf-8"))
    file.write_text(text if marked else re.sub(r"(?m)^mark = .*$", 'mark = ""', text), encoding="utf-8")
    output, base = tmp_path / "output", "http://localhost:8000/"
    pages = [output / "bai-viet/2023/co/index.html", output / "bai-viet/2023/khong/index.html", output / "index.html"]
    build(content, output, CACHE_PATH=str(tmp_path / "co"))
    own = [image for page in pages for image in told(page)[2] if "/anh/the/" not in image]
    for page in pages:
        shown, kind, _ = told(page)
        assert (output / shown["src"].removeprefix(base)).parent == output / "anh/the" and kind == "summary_large_image"
    build(content, output, CACHE_PATH=str(tmp_path / "khong"), BANTIN_CARDS=False)
    assert not [*tmp_path.glob("output/anh/the/*"), *tmp_path.glob("khong/anh/the/*")]
    shown, kind, images = told(pages[0])
    assert kind == "summary_large_image" and images == own == [shown["src"]] and shown["alt"] == "Một “màu” & hết"
    with Image.open(output / shown["src"].removeprefix(base)) as there:
        assert there.size == (int(shown["width"]), int(shown["height"])) == (640, 360)
    icon = f"{base}bieu-tuong/512.png"
    mark = {"src": icon, "width": "512", "height": "512", "alt": named and named[1]} if marked else {}
    assert told(pages[1]) == (mark, "summary", [icon] if marked else [])
    assert told(pages[2]) == (mark, "summary", []) and (output / "bieu-tuong/512.png").is_file()


# Icons

SIZES = {"apple-touch-icon.png": 180, "bieu-tuong/192.png": 192, "bieu-tuong/512.png": 512, "bieu-tuong/512-maskable.png": 512}


def mark(path: Path, size: tuple[int, int], clear: bool) -> Path:
    """A mark: a blue frame with a yellow middle, or on nothing."""
    image = Image.new("RGBA", size, (0, 0, 0, 0) if clear else (0, 0, 200, 255))
    image.paste((250, 200, 0, 255), (size[0] // 8, size[1] // 8, size[0] * 7 // 8, size[1] * 7 // 8))
    image.save(path)
    return path


@pytest.mark.parametrize("size", [(512, 512), (64, 64), (300, 100), (100, 700)])
@pytest.mark.parametrize("clear", [True, False])
def test_icons_from_any_mark(size: tuple[int, int], clear: bool, tmp_path: Path) -> None:
    made = icon_files(mark(tmp_path / "m.png", size, clear), "B", "#a3161a", tmp_path / "kho")
    assert set(made) == {"favicon.ico", *SIZES}
    with Image.open(made["favicon.ico"]) as icon:
        assert icon.format == "ICO" and set(icon.info["sizes"]) == {(16, 16), (32, 32), (48, 48)}
    for name, side in SIZES.items():
        with Image.open(made[name]) as icon:
            assert icon.format == "PNG" and icon.size == (side, side)
            solid = icon.mode == "RGB"
            assert solid == (name in ("apple-touch-icon.png", "bieu-tuong/512-maskable.png")), "black where it is transparent"
            assert (
                max(abs(a - b) for a, b in zip(icon.convert("RGB").getpixel((side // 2, side // 2)), (250, 200, 0), strict=True))
                < 8
            )  # type: ignore[arg-type]
    with Image.open(made["bieu-tuong/512-maskable.png"]) as icon:
        square = size[0] == size[1]
        ground = (0, 0, 200) if square and not clear else (255, 255, 255)
        outside = [
            (x, y) for x in range(0, 512, 7) for y in range(0, 512, 7) if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
        ]
        assert {icon.getpixel(at) for at in outside} == {ground}, "a launcher may cut off all that is outside the circle"
    assert pytest.approx(0.5657, abs=1e-4) == SAFE


def test_icons_without_a_mark_show_the_letter(tmp_path: Path) -> None:
    made = icon_files(None, "Đ", "#a3161a", tmp_path)
    with Image.open(made["bieu-tuong/512.png"]) as icon:
        shown = icon.convert("RGB")
        assert shown.getpixel((5, 5)) == (0xA3, 0x16, 0x1A)
        box = shown.convert("L").point(lambda value: 255 * (value > 200)).getbbox()
    assert box and abs(box[0] + box[2] - 512) < 60 and abs(box[1] + box[3] - 512) < 60, "in the middle"
    assert icon_files(None, "A", "#a3161a", tmp_path)["favicon.ico"] != made["favicon.ico"]


def test_icons_are_made_once(tmp_path: Path) -> None:
    made = icon_files(MARK, "B", "#a3161a", tmp_path)
    for file in made.values():
        file.write_bytes(b"as it was left")
    assert icon_files(MARK, "B", "#a3161a", tmp_path) == made
    assert {file.read_bytes() for file in made.values()} == {b"as it was left"}


def test_pages_name_icons_that_are_there(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<link rel="(?:icon|apple-touch-icon)"[^>]*href="/([^"]+)"', home)
    assert links == ["favicon.ico", "bieu-tuong/192.png", "apple-touch-icon.png"]
    assert all((site / name).is_file() for name in [*links, "bieu-tuong/512.png", "bieu-tuong/512-maskable.png"])


def test_a_site_without_a_mark_builds(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article(Image="a.png", Image_alt="một"), "anh/a.png": picture()})
    file = content / "danh-muc/co-quan-xuat-ban.toml"
    file.write_text(re.sub(r"(?m)^mark = .*$", 'mark = ""', file.read_text(encoding="utf-8")), encoding="utf-8")
    build(content, tmp_path / "output", CACHE_PATH=str(tmp_path / "kho"))
    assert (tmp_path / "output/favicon.ico").is_file() and 'class="mark"' not in (tmp_path / "output/index.html").read_text(
        encoding="utf-8"
    )
