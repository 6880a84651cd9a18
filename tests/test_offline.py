"""Reading without a network, in Chromium under Debian's nginx: what was read stays, what is new comes at once."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Write, article, build, need, picture
from playwright.sync_api import Browser, BrowserContext, Page
from webserver import Nginx

from bantin.addresses import Addresses
from bantin.outputs.offline import worker

FILES = {
    "bai-viet/2023/mot.md": article("Đoạn của bài thứ nhất.", Title="Bài thứ nhất", Image="xanh.png", Image_alt="Màu xanh"),
    "bai-viet/2023/hai.md": article("Đoạn của bài thứ hai.", Title="Bài thứ hai", Date="2023-11-27 08:00"),
    "bai-viet/2023/ba.md": article("Đoạn của bài thứ ba.", Title="Bài thứ ba", Date="2023-11-26 08:00"),
    "anh/xanh.png": picture(size=(1600, 900)),
}
ONE, TWO, THREE = (f"bai-viet/2023/{name}/" for name in ("mot", "hai", "ba"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past."""
    opened = browser.new_context(locale="vi-VN", viewport={"width": 400, "height": 800})
    yield opened
    opened.close()


class Place:
    """A small site under nginx, perhaps below a folder of its host; `build` builds it anew."""

    def __init__(self, home: Path, content: Path, below: str) -> None:
        self.server = Nginx(home / "nginx", home / "public")
        self.content, self.below = content, below

    @property
    def url(self) -> str:
        """The address of the site with a final slash."""
        return f"{self.server.address}/{self.below}"

    def build(self, **settings: object) -> None:
        """The site as it goes out."""
        output = self.server.root / self.below
        build(self.content, output, "publishconf.py", SITEURL=self.url.rstrip("/"), **settings)


@pytest.fixture(params=["", "ban-tin-so/"])
def place(request: pytest.FixtureRequest, write: Write, tmp_path: Path) -> Iterator[Place]:
    """The site at the root of a host, and below a path."""
    made = Place(tmp_path, write(FILES), request.param)
    made.build()
    made.server.start()
    yield made
    made.server.stop()


@pytest.fixture
def rooted(write: Write, tmp_path: Path) -> Iterator[Place]:
    """The site at the root of a host."""
    made = Place(tmp_path, write(FILES), "")
    made.build()
    made.server.start()
    yield made
    made.server.stop()


CACHED = "async (url) => Boolean(await caches.match(url))"


def until(page: Page, script: str, value: object = None) -> None:
    """Wait for an asynchronous condition, whose promise `wait_for_function` would take for an answer."""
    for _ in range(200):
        if page.evaluate(script, value):
            return
        page.wait_for_timeout(50)
    raise AssertionError(script)


def read(page: Page, url: str) -> None:
    """Open a page and wait until the worker keeps it and every picture that it shows."""
    page.goto(url, wait_until="load")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    until(page, CACHED, url)
    until(page, "async () => (await Promise.all([...document.images].map((i) => caches.match(i.currentSrc)))).every(Boolean)")


def names(page: Page) -> list[str]:
    """The caches that there are."""
    return sorted(page.evaluate("() => caches.keys()"))


def shown(page: Page) -> None:
    """The page has its styles and its pictures."""
    assert page.evaluate("() => getComputedStyle(document.body).borderTopWidth") == "4px"
    assert page.evaluate("() => [...document.images].every((i) => i.complete && i.naturalWidth)")


def test_what_was_read_can_be_read_again(place: Place, context: BrowserContext) -> None:
    page = context.new_page()
    for address in (ONE, TWO):
        read(page, place.url + address)
    place.server.stop()

    page.goto(place.url + ONE)
    assert page.locator("h1").inner_text() == "Bài thứ nhất" and "bài thứ nhất" in page.locator(".prose").inner_text()
    shown(page)
    page.goto(place.url + TWO)
    assert page.locator("h1").inner_text() == "Bài thứ hai"
    shown(page)

    page.goto(place.url + THREE)  # never read
    assert page.url == place.url + THREE and page.locator("h1").inner_text() == "Không có mạng"
    shown(page)
    page.wait_for_function("() => document.querySelectorAll('#da-giu a').length === 2")
    links = page.locator("#da-giu a")
    assert links.all_inner_texts() == ["Bài thứ hai", "Bài thứ nhất"]
    assert "2 trang" in page.locator("#so-trang").inner_text()
    links.last.click()
    page.wait_for_url(place.url + ONE)

    text = place.content / "bai-viet" / "2023" / "hai.md"
    text.write_text(text.read_text("utf-8").replace("Bài thứ hai", "Bài thứ hai, bản mới"), "utf-8")
    place.build()
    place.server.start()
    page.goto(place.url + TWO)
    assert page.locator("h1").inner_text() == "Bài thứ hai, bản mới"


# The style of a version that this browser never had.
STYLE = "() => fetch('/theme/css/main.css?v=ffffffff').then((r) => r.text(), (e) => e.name)"


def test_a_new_theme_replaces_the_old_one(rooted: Place, context: BrowserContext, tmp_path: Path) -> None:
    """New pages have new styles, the cache of the old theme goes, and what was read with it is still dressed."""
    page = context.new_page()
    read(page, rooted.url + ONE)
    before = names(page)
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    (theme / "static" / "css" / "parts" / "99-test.css").write_text(
        "@layer utilities { body { border-top-width: 9px } }\nbody { border-top-width: 9px !important }\n", "utf-8"
    )
    rooted.build(THEME=str(theme))
    page.goto(rooted.url + TWO)
    assert page.evaluate("() => getComputedStyle(document.body).borderTopWidth") == "9px"
    old = next(name for name in before if "giao-dien" in name)
    until(page, "async (old) => !(await caches.keys()).includes(old)", old)
    assert len(names(page)) == len(before)
    until(page, "async () => (await navigator.serviceWorker.getRegistration()).active.state === 'activated'")
    rooted.server.stop()
    context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(rooted.url + ONE)
    assert page.locator("h1").inner_text() == "Bài thứ nhất"
    assert page.evaluate("() => getComputedStyle(document.body).borderTopWidth") in ("4px", "9px")  # the browser may remember
    assert "9px" in page.evaluate(STYLE)


def test_new_pages_never_get_old_styles(rooted: Place, context: BrowserContext) -> None:
    """Only a page that was kept is dressed in what is there; a page from the network waits for its own styles."""
    page = context.new_page()
    read(page, rooted.url + ONE)
    rooted.server.stop()
    assert page.evaluate(STYLE) == "TypeError"
    page.goto(rooted.url + ONE)
    assert "@layer" in page.evaluate(STYLE)


def test_it_can_be_switched_off(rooted: Place, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, rooted.url + ONE)
    assert names(page)
    page.evaluate("async () => (await caches.open('other application')).put('/x', new Response('x'))")
    rooted.build(BANTIN_OFFLINE=False)
    page.goto(rooted.url + TWO)
    until(page, "async () => !(await navigator.serviceWorker.getRegistrations()).length")
    assert names(page) == ["other application"]
    page.goto(rooted.url + ONE)
    assert page.evaluate("() => navigator.serviceWorker.controller") is None
    assert not (rooted.server.root / "khong-co-mang").exists()
    assert "offline.js" not in (rooted.server.root / "index.html").read_text("utf-8")


def test_only_sound_pages_are_kept(rooted: Place, context: BrowserContext) -> None:
    """No page that is not there, no list for machines, no search words; one entry a page whatever was asked of it."""
    page = context.new_page()
    read(page, rooted.url + ONE)
    page.goto(rooted.url + "khong-co-trang-nay/")
    page.goto(rooted.url + "tim-kiem/?q=chữ+riêng")
    page.goto(rooted.url + "van-ban/?loai=nghi-quyet")
    page.goto(rooted.url + "van-ban/?loai=chi-thi#danh-sach")
    page.evaluate("() => Promise.all(['rss.xml', 'sitemap.xml', 'van-ban/van-ban.json'].map((a) => fetch('/' + a)))")
    read(page, rooted.url + TWO)
    kept = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).map((r) => r.url)))).flat()"
    )
    pages = sorted(url for url in kept if not re.search(r"/(anh|theme)/", url))
    assert pages == sorted(rooted.url + a for a in (ONE, TWO, "tim-kiem/", "van-ban/", "khong-co-mang/"))


FILL = """async (count) => {
  const name = (await caches.keys()).find((n) => n.endsWith(" trang"));
  const cache = await caches.open(name);
  for (let n = 0; n < count; n++) await cache.put(`/cu-${n}/`, new Response("<h1>cũ</h1>", {headers: {"Content-Type": "text/html"}}));
}"""


def test_no_more_than_sixty_pages_are_kept(rooted: Place, context: BrowserContext) -> None:
    page = context.new_page()
    read(page, rooted.url + ONE)
    page.evaluate(FILL, 70)
    read(page, rooted.url + TWO)
    until(
        page,
        "async () => (await (await caches.open((await caches.keys()).find((n) => n.endsWith(' trang')))).keys()).length === 60",
    )
    assert page.evaluate(CACHED, rooted.url + TWO) and page.evaluate(CACHED, rooted.url + "cu-69/")
    assert not page.evaluate(CACHED, rooted.url + ONE) and not page.evaluate(CACHED, rooted.url + "cu-0/")


def test_a_picture_in_another_size_stands_in(rooted: Place, context: BrowserContext) -> None:
    """Who reads again with a wider window sees the size that is there."""
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 700})
    read(page, rooted.url + ONE)
    rooted.server.stop()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(rooted.url + ONE)
    page.wait_for_function("() => [...document.images].every((i) => i.complete)")
    shown(page)


# Without a browser


def test_scripts_of_every_page_are_small(write: Write, tmp_path: Path) -> None:
    """Worker, registration and theme switch, compressed, with what the search box has."""
    build(write(FILES), tmp_path / "public", "publishconf.py")
    page = (tmp_path / "public" / ONE / "index.html").read_text("utf-8")
    scripts = re.findall(r'<script type="module" src="/([^"?]+)', page)
    assert any(s.endswith("offline.js") for s in scripts)
    size = sum(len(gzip.compress((tmp_path / "public" / name).read_bytes(), 9)) for name in [*scripts, "sw.js"])
    assert size <= 4096


def test_the_worker_follows_the_page_and_the_theme(tmp_path: Path) -> None:
    """The same inputs, the same bytes; another page without a network, another worker: browsers fetch it anew."""
    addresses = Addresses({"SITEURL": "https://vi-du.example/ban-tin"}, "")
    page = (
        '<link rel="stylesheet" href="/ban-tin/theme/css/main.css?v=0123abcd"><script src="/ban-tin/theme/js/kept.js?v=0123abcd">'
    )
    made = worker(addresses, page, "theme")
    assert made == worker(addresses, page, "theme") != worker(addresses, page + " ", "theme")
    (shell,) = re.findall(r"const SHELL = (\[.*\]);", made)
    assert json.loads(shell) == ["khong-co-mang/", "theme/css/main.css?v=0123abcd", "theme/js/kept.js?v=0123abcd"]
    assert "ban-tin/" not in made  # every address is relative to the worker


@pytest.mark.parametrize("offline", [True, False])
def test_the_worker_is_sound_javascript(tmp_path: Path, offline: bool) -> None:
    """A worker with a fault in its grammar is refused by every browser, silently."""
    addresses = Addresses({"SITEURL": "https://vi-du.example", "BANTIN_OFFLINE": offline}, "")
    (tmp_path / "sw.js").write_text(worker(addresses, "", "theme"), "utf-8")
    done = subprocess.run([need("node"), "--check", str(tmp_path / "sw.js")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_page_without_a_network_works_at_any_depth(write: Write, tmp_path: Path) -> None:
    """It is shown in place of other pages, so its addresses are not relative to its own place even with RELATIVE_URLS."""
    build(write(FILES), tmp_path / "public", "publishconf.py", RELATIVE_URLS=True)
    html = (tmp_path / "public" / "khong-co-mang" / "index.html").read_text("utf-8")
    assert "../" not in html and 'href="/theme/css/main.css' in html and '<meta name="robots" content="noindex">' in html


def test_no_worker_on_a_laptop(site: Path) -> None:
    """A worker at localhost would rule over whatever is shown there next."""
    assert "unregister" in (site / "sw.js").read_text("utf-8") and not (site / "khong-co-mang").exists()
    assert "offline.js" not in (site / "index.html").read_text("utf-8")
