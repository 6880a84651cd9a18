"""Results whose title holds the whole query come before the others, wherever in the index they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import article, build, listen
from playwright.sync_api import Browser, Page
from test_search_browser import ask, results

from bantin.vietnamese import ZONE
from bench.search import served

OPEN, CLOSED = "bai-viet/2024/dua-nghi-quyet/", "bai-viet/2023/nhin-lai/"
NAMES, COMMON = "Tỉnh ủy Hòa Bình và Bắc Kạn", "điểm cầu trực tuyến"
MANY = 30


def content() -> dict[str, str]:
    """What an index takes for the better answer is the article of the year before: there the names are rare, the other words common."""
    many = {
        f"bai-viet/2023/bai-{n:02}.md": article(
            f"Hội nghị có {COMMON}.", Title=f"Hội nghị trực tuyến lần {n}", Date=f"2023-05-{n:02} 07:00"
        )
        for n in range(1, MANY + 1)
    }
    others = {
        f"bai-viet/2024/khac-{n}.md": article(f"{NAMES} cùng họp.", Title=f"Họp lần {n}", Date=f"2024-02-{n:02}")
        for n in range(1, 6)
    }
    return {
        **many, **others,
        f"{CLOSED[:-1]}.md": article(f"{NAMES} dự {COMMON}. {NAMES}.", Title=f"{NAMES} nhìn lại", Date="2023-06-01 07:00"),
        f"{OPEN[:-1]}.md": article("Ngắn gọn. " * 100, Title=f"Tỉnh uỷ Hoà Bình và Bắc Kạn đưa nghị quyết qua {COMMON}", Date="2024-03-01"),
    }  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """That content as a site, on this machine."""
    home = tmp_path_factory.mktemp("titles")
    for name, text in content().items():
        file = home / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    output: Path = home / "output"
    build(home / "content", output, now=datetime(2024, 5, 2, 8, 0, tzinfo=ZONE), CACHE_PATH=str(home / "cache"))
    assert (output / "pagefind" / "luu-tru").is_dir()
    with served(output) as running:
        yield running


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    opened = context.new_page()
    faults = listen(opened, address)
    yield opened
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    "query",
    [
        "điểm cầu trực tuyến Bắc Kạn", "diem cau truc tuyen bac kan", "ĐIỂM CẦU TRỰC TUYẾN BẮC KẠN", "Bắc Kạn, trực tuyến: “điểm cầu”",
        unicodedata.normalize("NFD", "điểm cầu trực tuyến Bắc Kạn"), "tỉnh ủy Hòa Bình điểm cầu", "tỉnh uỷ Hoà Bình điểm cầu",
    ],
)  # fmt: skip
def test_a_title_that_says_it_all_comes_first(page: Page, query: str) -> None:
    ask(page, query)
    assert results(page)[0] == OPEN


def test_where_no_title_holds_the_query_the_index_decides(page: Page) -> None:
    ask(page, "Bắc Kạn nhìn trực tuyến")
    assert results(page)[0] == CLOSED and OPEN not in results(page)


def test_few_records_are_fetched_for_it(page: Page) -> None:
    """Ten titles of each of two parts, and what is shown."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, "trực tuyến")
    assert len(results(page)) == 10
    assert len([url for url in asked if url.endswith(".pf_fragment")]) <= 2 * 10 + 10


@pytest.mark.parametrize(
    ("title", "query", "held"),
    [
        ("Bắc Kạn: điểm cầu", "điểm cầu Bắc Kạn", True), ("Bắc Kạn: điểm cầu", "diem cau BAC KAN", True), ("Bắc Kạn", "bac ka", False),
        ("Đề án ở Hoà Bình", "đề án Hòa Bình", True), ("Nghị quyết số 35-NQ/TW", "35NQTW", True), ("Nghị quyết số 35-NQ/TW", "35 nghị quyết", True),
        ("Số 358", "35", False), ("Tên", "tên –", True), ("", "tên", False),
    ],
)  # fmt: skip
def test_what_a_title_holds(page: Page, title: str, query: str, held: bool) -> None:
    page.goto("/tim-kiem/")
    assert page.evaluate("async ([t, q]) => (await import('/theme/js/phrases.js')).holds(t, q)", [title, query]) is held
