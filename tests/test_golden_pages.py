"""Golden pictures of the main pages, of a site that never changes: what the theme looks like does not drift unseen.

`GOLDEN=write` rewrites tests/golden/pages/; look at what changed, like code. A picture is compared by the mean colours of its
blocks: letters may be drawn a little differently by another Chromium, but nothing may move, change its colour or be missing.
"""

from __future__ import annotations

import io
import mimetypes
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import golden_site
import pytest
from conftest import ROOT, build
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page

from bantin.vietnamese import ZONE

GOLDEN = ROOT / "tests" / "golden" / "pages"
FAILED = ROOT / ".cache" / "golden"
NOW = datetime(2023, 12, 2, 8, tzinfo=ZONE)
SCALE = 2  # CSS pixels a pixel of a stored picture
BLOCK = 8  # pixels of a stored picture a side
FAR = 12  # levels of 255 between the means of a block, in one channel
MOST = 0.008  # of the blocks with anything in them may differ
HOST = "http://bantin.test"

PAGES = {
    "trang-chu": "", "bai": "bai-viet/2023/hoc-tap/", "van-ban": "van-ban/35-nq-tw/", "danh-muc": "van-ban/",
    "chuyen-muc": "chuyen-muc/tuyen-truyen/", "so": "ban-tin/2023-11/", "tim-kiem": "tim-kiem/",
}  # fmt: skip
SHOTS = [
    *((name, width, "light") for name in PAGES for width in (360, 1440)),
    ("trang-chu", 1440, "dark"), ("bai", 360, "dark"), ("van-ban", 1440, "dark"),
]  # fmt: skip

Change = Callable[[str, bytes], bytes | None]  # what the browser gets of a file, by path; None: the file does not come


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the pictures, as a folder."""
    root = tmp_path_factory.mktemp("golden")
    build(golden_site.make(root / "content"), root / "output", now=NOW, SITEURL=HOST, CACHE_PATH=str(root / "cache"))
    return root / "output"


def whole(_path: str, data: bytes) -> bytes:
    """No change."""
    return data


class Served:
    """A folder on this machine, each file as `change` makes it."""

    def __init__(self, folder: Path) -> None:
        self.change: Change = whole
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path.partition("?")[0].lstrip("/")
                file = folder / (f"{path}index.html" if path.endswith("/") or not path else path)
                data = served.change(path, file.read_bytes())
                self.send_response(404 if data is None else 200)
                self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
                # A font that comes late is left for the next page, by the theme's wish; a picture waits for it.
                data = (
                    (data or b"").replace(b"font-display:optional", b"font-display:block")
                    if path.endswith(".css")
                    else data or b""
                )
                self.send_header("Content-Length", str(len(data)))
                self.send_header("Cache-Control", "max-age=3600")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """The test's output stays readable."""

        self.running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.running.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.running.server_port}"


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """The site of the pictures, as a server."""
    server = Served(folder)
    yield server
    server.running.shutdown()


@pytest.fixture(scope="module")
def page(browser: Browser, served: Served) -> Page:
    """A page that keeps what it has fetched."""
    return browser.new_page(**context(served))


def context(served: Served) -> dict[str, Any]:
    """How a browser is set up for the pictures."""
    return {"locale": "vi-VN", "base_url": served.address, "reduced_motion": "reduce"}


def shot(page: Page, name: str, width: int, scheme: str, rule: str = "") -> Image.Image:
    """The page as a picture at the scale of the stored ones, its fonts and pictures there. rule: one more of style."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"/{PAGES[name]}", wait_until="load")
    if rule:
        page.add_style_tag(content=rule)
    page.evaluate(
        "async () => { const all = [...document.images]; all.forEach(i => { i.loading = 'eager'; i.decoding = 'sync'; });"
        " await Promise.all(all.map(i => i.decode().catch(() => 0))); await document.fonts.ready; }"
    )
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")
    return taken.reduce(SCALE)


def differing(golden: Image.Image, made: Image.Image) -> tuple[Image.Image, float]:
    """A mask of one pixel a block, white where the two pictures differ, and how many of the blocks that are not empty it has.

    What only one of them has differs, but for a rounded pixel at the foot.
    """
    near = abs(golden.height - made.height) <= 2
    size = (max(golden.width, made.width), (min if near else max)(golden.height, made.height))
    one, other = (placed(image, size, ground).reduce(BLOCK) for image, ground in ((golden, "#000"), (made, "#fff")))
    paper = Image.new("RGB", one.size, golden.getpixel((1, golden.height - 2)))
    mask = apart(one, other, FAR)
    inked = ImageChops.lighter(apart(one, paper, FAR // 3), apart(other, paper, FAR // 3))
    return mask, mask.histogram()[255] / max(1, inked.histogram()[255])


def apart(one: Image.Image, other: Image.Image, far: int) -> Image.Image:
    """White where two pictures of one size are more than `far` levels apart in some channel."""
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(lambda level: 255 if level > far else 0)


def placed(image: Image.Image, size: tuple[int, int], ground: str) -> Image.Image:
    """The picture on a ground of that size."""
    out = Image.new("RGB", size, ground)
    out.paste(image)
    return out


def drift(name: str, golden: Image.Image, made: Image.Image) -> str:
    """What is wrong with a picture, with the three pictures that show it side by side; empty where nothing is."""
    mask, share = differing(golden, made)
    if share <= MOST:
        return ""
    left, top, right, bottom = (edge * BLOCK * SCALE for edge in mask.getbbox() or (0, 0, 0, 0))
    large = mask.resize((mask.width * BLOCK, mask.height * BLOCK), Image.Resampling.NEAREST)
    marked = Image.composite(
        Image.new("RGB", large.size, "#d00"), placed(made, large.size, "#fff"), large.point(lambda v: v // 2)
    )
    sheet = Image.new(
        "RGB", (golden.width + made.width + marked.width + 20, max(golden.height, made.height, marked.height)), "#888"
    )
    for image, at in ((golden, 0), (made, golden.width + 10), (marked, golden.width + made.width + 20)):
        sheet.paste(image, (at, 0))
    FAILED.mkdir(parents=True, exist_ok=True)
    sheet.save(FAILED / f"{name}.png")
    return (
        f"{name}: {share:.2%} of what is there differs (at most {MOST:.2%}), between x {left}–{right} and y {top}–{bottom} px; "
        f"heights {golden.height * SCALE} and {made.height * SCALE} px. Golden, now and the difference: {FAILED / name}.png. "
        "Meant so? GOLDEN=write, and look at the new pictures."
    )


@pytest.mark.parametrize(("name", "width", "scheme"), SHOTS)
def test_page_looks_as_it_did(page: Page, name: str, width: int, scheme: str) -> None:
    made = shot(page, name, width, scheme)
    file = GOLDEN / f"{name}-{width}{'-toi' if scheme == 'dark' else ''}.png"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        made.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(file, optimize=True)
    wrong = drift(file.stem, Image.open(file).convert("RGB"), made)
    assert not wrong, wrong


def test_pictures_are_small_and_none_is_left_over() -> None:
    names = {f"{name}-{width}{'-toi' if scheme == 'dark' else ''}" for name, width, scheme in SHOTS}
    assert {p.stem for p in GOLDEN.glob("*.png")} == names
    assert sum(p.stat().st_size for p in GOLDEN.iterdir()) < 1_500_000


def without(*words: str) -> Change:
    """Files with one of these words in their path do not come."""
    return lambda path, data: None if any(word in path for word in words) else data


def instead(end: str, old: str, new: str) -> Change:
    """Other words in the files whose path ends so."""

    def change(path: str, data: bytes) -> bytes:
        if path.endswith(end):
            assert old.encode() in data
            return data.replace(old.encode(), new.encode())
        return data

    return change


DAMAGE: dict[str, tuple[str, int, Change | str]] = {  # a string is a rule beside the theme's
    "another accent": ("trang-chu", 1440, instead("main.css", ":root{--accent:", ":root{--accent:#1a5fa3;--old:")),
    "paler text": ("chuyen-muc", 360, instead("main.css", "--ink:#1c1a18", "--ink:#6c6a68")),
    "no stylesheet": ("danh-muc", 1440, without("main.css")),
    "no fonts": ("van-ban", 1440, without(".woff2")),
    "no serif": ("so", 360, without("source-serif-4-400.woff2")),
    "no pictures": ("chuyen-muc", 1440, without("anh/c")),
    "no mark": ("tim-kiem", 360, without("anh/dau-hieu")),
    "all 12 px to the right": ("van-ban", 1440, "main { translate: 12px }"),
    "all 12 px lower": ("so", 360, "main { translate: 0 12px }"),
    "a column 12 px to the left": ("so", 1440, ".reading-side { translate: -12px }"),
    "columns changed places": ("trang-chu", 1440, ".front-lead { order: 2 }"),
    "a part lost": ("bai", 360, ".contents { visibility: hidden }"),
    "another ground": ("tim-kiem", 1440, instead("main.css", "--paper:#fff", "--paper:#f1efec")),
}


@pytest.fixture
def damaged(browser: Browser, served: Served) -> Iterator[Callable[[Change], Page]]:
    """Gives a page of a site that was changed."""
    opened: list[Page] = []

    def open_page(change: Change) -> Page:
        served.change = change
        opened.append(browser.new_page(**context(served)))
        return opened[-1]

    yield open_page
    served.change = whole
    for page in opened:
        page.close()


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_seen(page: Page, damaged: Callable[[Change], Page], damage: str) -> None:
    name, width, change = DAMAGE[damage]
    golden = Image.open(GOLDEN / f"{name}-{width}.png").convert("RGB")
    opened, rule = (page, change) if isinstance(change, str) else (damaged(change), "")
    _, seen = differing(golden, shot(opened, name, width, "light", rule))
    assert seen > 2 * MOST, f"{seen:.2%}"


def test_another_way_to_draw_letters_is_no_damage(page: Page) -> None:
    """Softer and harder edges, as another version of the browser has them."""
    made = shot(page, "bai", 360, "light")
    for other in (ImageFilter.GaussianBlur(0.8), ImageFilter.UnsharpMask(1, 40)):
        assert differing(made, made.filter(other))[1] <= MOST


def test_a_drift_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_golden_pages.FAILED", tmp_path / "golden")
    golden = Image.new("RGB", (180, 400), "#fff")
    golden.paste("#333", (20, 40, 100, 80))
    moved = ImageChops.offset(golden, 0, 100)
    assert drift("trang", golden, golden) == "" and not (tmp_path / "golden").exists()
    told = drift("trang", golden, moved)
    assert "between x 32–208 and y 80–368 px" in told
    assert Image.open(tmp_path / "golden" / "trang.png").width >= 3 * golden.width
