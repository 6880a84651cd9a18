"""The site in Chromium: silent on every page, at home on a small phone, searchable, and whole without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

KINDS = {
    "home": "", "article": "bai-viet/*/*/", "list": "chuyen-muc/*/", "directory": "the/", "archive": "luu-tru/",
    "year": "luu-tru/????/", "month": "luu-tru/????/??/", "day": "luu-tru/????/??/??/", "documents": "van-ban/", "document": "van-ban/[0-9]*/", "abbreviations": "van-ban/chu-viet-tat/", "coverage": "van-ban/do-phu/",
    "issues": "ban-tin/", "issue": "ban-tin/????-??/", "author": "tac-gia/*/", "page": "gioi-thieu/", "search": "tim-kiem/", "404": "404.html",
}  # fmt: skip


def sample(site: Path, kind: str) -> str:
    """An address of that kind; of several the one with the longest page."""
    pattern = KINDS[kind]
    if not any(c in pattern for c in "*?"):
        return pattern
    found = [p for p in site.glob(f"{pattern}index.html") if not p.parent.name.startswith("trang-")]
    return max(found, key=lambda p: (p.stat().st_size, p)).parent.relative_to(site).as_posix() + "/"


def test_every_page_opens_silently(site: Path, page: Page) -> None:
    """No console message, error, failed request or other host on any page of the site."""
    addresses = sorted(p.relative_to(site).as_posix().removesuffix("index.html") for p in site.rglob("*.html"))
    assert len(addresses) > 200
    page.set_viewport_size({"width": 360, "height": 640})
    for address in addresses:
        page.goto(f"/{address}", wait_until="load")


@pytest.mark.parametrize("kind", KINDS)
def test_no_sideways_scrolling_on_a_small_phone(site: Path, page: Page, kind: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/{sample(site, kind)}")
    wide = page.evaluate(
        "() => document.scrollingElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
    )
    assert wide == []
    assert page.locator("main h1").is_visible() or kind == "home"


def rows(page: Page) -> int:
    """Documents that the list shows."""
    return page.locator("#danh-sach > li:visible").count()


def test_list_of_documents_narrows(page: Page) -> None:
    page.goto("/van-ban/")
    total = page.locator("#danh-sach > li").count()
    assert total >= 60 and rows(page) == total
    box = page.locator("input[name=chu]")
    box.fill("NGHI QUYET 35")
    assert 0 < rows(page) < total
    assert "trong" in page.locator("#so-luong").inner_text()
    for name in page.locator("#danh-sach > li:visible .doc-name").all_inner_texts():
        assert name.startswith("Nghị quyết")
    box.fill("không có chữ này đâu")
    assert rows(page) == 0 and page.locator("#khong-co").is_visible()
    box.fill("")
    kind = page.locator("select[name=loai]")
    expected = int(re.search(r"\((\d+)\)", kind.locator("option[value=chi-thi]").inner_text())[1])  # type: ignore[index]
    kind.select_option("chi-thi")
    assert rows(page) == expected and "loai=chi-thi" in page.url
    page.locator("select[name=khoa]").select_option("XIII")
    both = rows(page)
    assert 0 < both < expected
    page.reload()
    assert rows(page) == both  # the address keeps the choice
    page.locator("button[type=reset]").click()
    page.wait_for_function("() => !location.search")
    assert rows(page) == total


@pytest.mark.parametrize(
    ("query", "shown", "marked"),
    [
        ("đảng", "Đảng", r"đảng|dang"), ("dang", "Đảng", r"đảng|dang|đang|đáng"), ("nghi quyet 35", "35-NQ/TW", ""), ("35-NQ/TW", "35-NQ/TW", ""),
        ("37-QĐ/TW", "37-QĐ/TW", ""), ("37-qd/tw", "37-QĐ/TW", ""), ("chỉ thị 05", "05-CT/TW", ""), ("điểm cầu", "điểm cầu", ""), ("diem cau", "điểm cầu", ""),
    ],
)  # fmt: skip
def test_search_finds(page: Page, query: str, shown: str, marked: str) -> None:
    """With and without diacritics, by words and by number; results are links inside #ket-qua that open."""
    page.goto("/")
    page.locator("header input[name=q]").fill(query)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#trang-thai')?.textContent.includes('kết quả cho')")
    assert page.input_value("#q") == query and f"“{query}”" in page.locator("#trang-thai").inner_text()
    text = page.locator("#ket-qua").inner_text()
    assert shown.casefold() in text.casefold() and "\u0335" not in text
    if marked:
        assert any(re.search(marked, m, re.IGNORECASE) for m in page.locator("#ket-qua mark").all_inner_texts())
    links = page.locator("#ket-qua a").evaluate_all("links => links.map(a => a.href)")
    assert len(links) == len(set(links))
    assert page.request.get(links[0]).ok


def test_search_without_a_result_and_more_than_ten(page: Page) -> None:
    page.goto("/tim-kiem/?q=xyzkhongco")
    page.wait_for_function("() => document.querySelector('#trang-thai').textContent.includes('Không tìm thấy')")
    assert page.locator("#theo-chuyen-muc").is_visible() and page.locator("#ket-qua a").count() == 0
    page.goto("/tim-kiem/?q=đảng")
    page.wait_for_selector("#ket-qua a")
    first = page.locator("#ket-qua a").count()
    page.locator("#xem-them").click()
    page.wait_for_function(f"() => document.querySelectorAll('#ket-qua a').length > {first}")
    page.goto("/tim-kiem/?q=<img src=x onerror=alert(1)>")
    page.wait_for_function("() => document.querySelector('#trang-thai').textContent.length > 9")
    assert page.locator("#trang-thai img, #ket-qua img").count() == 0


def test_switch_of_theme_is_remembered(page: Page) -> None:
    def ground() -> str:
        return str(
            page.evaluate(
                "() => getComputedStyle(document.body).color + getComputedStyle(document.documentElement).backgroundColor"
            )
        )

    page.emulate_media(color_scheme="light")
    page.goto("/")
    light, switch = ground(), page.locator(".theme-switch")
    switch.click()
    dark = ground()
    assert dark != light and switch.get_attribute("aria-pressed") == "true"
    page.goto("/van-ban/")
    assert ground() == dark
    page.locator(".theme-switch").click()
    assert ground() == light
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert ground() == dark  # the choice that equalled the system's is forgotten


def test_links_can_be_reached_by_keyboard(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.fixture(scope="module")
def plain(browser: Browser, server: str) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(base_url=server, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_readable_without_scripts(site: Path, plain: Page, kind: str) -> None:
    plain.goto(f"/{sample(site, kind)}")
    hidden = plain.locator("main [hidden]:not(form, button, #khong-co)").count()
    assert hidden == 0 and len(plain.locator("main").inner_text()) > 60
    assert not plain.locator(".theme-switch").is_visible()
    assert plain.locator("header a").count() > 5


def test_lists_and_search_without_scripts(plain: Page) -> None:
    plain.goto("/van-ban/")
    assert plain.locator("#danh-sach > li:visible").count() == plain.locator("#danh-sach > li").count() >= 60
    assert not plain.locator("#loc").is_visible()
    plain.goto("/tim-kiem/?q=đảng")
    assert "Tìm kiếm cần JavaScript" in plain.locator("main").inner_text()
    links = plain.locator("#theo-chuyen-muc a:visible")
    assert links.count() >= 5
    links.first.click()
    assert "/chuyen-muc/" in plain.url


def test_pictures_are_shown(page: Page, site: Path) -> None:
    """The browser can decode what it is given, in the size that the page keeps free for it."""
    page.goto(f"/{sample(site, 'article')}")
    page.goto("/")
    broken: Callable[[], object] = lambda: page.evaluate(  # noqa: E731
        "async () => { const all = [...document.images]; all.forEach(i => i.loading = 'eager'); await Promise.all(all.map(i => i.decode().catch(() => 0)));"
        "return all.filter(i => !i.naturalWidth || Math.abs(i.naturalWidth / i.naturalHeight - i.width / i.height) > 0.6).map(i => i.currentSrc); }"
    )
    assert broken() == []


def test_print_shows_the_article_alone(page: Page, site: Path) -> None:
    page.goto(f"/{sample(site, 'article')}")
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible()
    for part in ("form.search", ".sections", ".theme-switch", ".neighbours", ".foot nav"):
        assert page.locator(f"{part}:visible").count() == 0, part
