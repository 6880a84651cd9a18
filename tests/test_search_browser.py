"""The search page in Chromium: what comes first, what is shown, how it is narrowed, and the keyboard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import listen
from playwright.sync_api import Browser, Page
from search_queries import QUERIES, Query
from test_search import SPELLED

from bantin.outputs.search import shadow

DONE = "() => /kết quả cho|Không tìm thấy/.test(document.querySelector('#trang-thai')?.textContent)"


def ask(page: Page, query: str, choices: str = "") -> None:
    """Open the page of results."""
    page.goto(f"/tim-kiem/?q={quote(query)}{choices}")
    page.wait_for_function(DONE)


def results(page: Page) -> list[str]:
    """Paths of the results shown."""
    found: list[str] = page.locator("#ket-qua > li > a").evaluate_all(
        "links => links.map((a) => new URL(a.href).pathname.slice(1))"
    )
    return found


def test_the_table_is_long_enough() -> None:
    assert len({query.text for query in QUERIES}) == len(QUERIES) >= 40


@pytest.fixture(scope="module")
def reader(browser: Browser, server: str) -> Iterator[Page]:
    """A page on which one query is asked after the other."""
    opened = browser.new_page(base_url=server, locale="vi-VN")
    faults = listen(opened, server)
    opened.goto("/tim-kiem/")
    yield opened
    opened.close()
    assert faults == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.text)
def test_what_comes_first(reader: Page, query: Query) -> None:
    reader.fill("#q", query.text)
    reader.keyboard.press("Enter")
    reader.wait_for_function(
        "(text) => document.querySelector('#trang-thai').textContent.endsWith(`kết quả cho “${text}”`)", arg=query.text
    )
    found = results(reader)
    assert found[0] == query.first
    assert len(found) == len(set(found))
    assert not re.search("[\u0335\u2060]", reader.locator("#ket-qua").inner_text())


@pytest.mark.parametrize(
    ("one", "other"), [("đề án hòa bình", "đề án hoà bình"), ("tỉnh ủy", "tỉnh uỷ"), ("sức khỏe", "sức khoẻ")]
)
def test_the_place_of_the_tone_makes_no_difference(page: Page, one: str, other: str) -> None:
    ask(page, one)
    found = results(page)
    ask(page, other)
    assert results(page) == found != []


def test_scripts_spell_as_the_build_does(page: Page) -> None:
    page.goto("/tim-kiem/")
    texts = [text for text, _ in SPELLED]
    spelled = page.evaluate("async (texts) => texts.map((await import('/theme/js/spelling.js')).spelled)", texts)
    assert spelled == [shadow.spelled(text).replace("\u2060", "") for text in texts]


def test_excerpts_show_the_words_that_were_asked_for(page: Page) -> None:
    ask(page, "bình dân học vụ số")
    first = page.locator("#ket-qua > li").first
    marked = " ".join(first.locator("mark").all_inner_texts())
    assert "học vụ số" in marked.casefold()
    assert not first.locator(".excerpt").inner_text().startswith(first.locator("a").inner_text())
    assert "Từ cơ sở" in first.locator(".meta").inner_text()


EXCERPTS = [
    # Words, places that matched, the word after the title: pieces, those that matched in brackets.
    ("Tên bài. Số hiệu “Nghị quyết 35”, khi thì 35. Hết", [5, 4, 6, 9, 0], 2, "Số hiệu “[Nghị quyết 35]”, khi thì [35]. Hết"),
    ("một hai ba", [], 0, "một hai ba"),
    ("Tên bài", [0, 1], 2, ""),
    (" ".join(f"w{n}" for n in range(80)), [3, 50, 52, 51], 0, f"…\u00a0w46 w47 w48 w49 [w50 w51 w52] {' '.join(f'w{n}' for n in range(53, 76))}\u00a0…"),
    ("a, b (c) d", [0, 1, 2, 2], 0, "[a], [b] ([c]) d"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "places", "start", "expected"), EXCERPTS)
def test_excerpts(page: Page, words: str, places: list[int], start: int, expected: str) -> None:
    page.goto("/tim-kiem/")
    pieces = page.evaluate(
        "async ([w, p, s]) => (await import('/theme/js/phrases.js')).excerpt(w, p, s)", [words.split(), places, start]
    )
    assert "".join(f"[{text}]" if hit else text for text, hit in pieces) == expected


@pytest.mark.parametrize(("places", "run"), [([], 0), ([7], 1), ([3, 1, 2, 2, 9], 3), ([1, 3, 5], 1), ([5, 4, 1, 2, 3], 5)])
def test_words_in_a_row(page: Page, places: list[int], run: int) -> None:
    page.goto("/tim-kiem/")
    assert page.evaluate("async (p) => (await import('/theme/js/phrases.js')).longest(p)", places) == run


@pytest.mark.parametrize(
    ("text", "query", "all_there"),
    [
        ("Nghị quyết số 35-NQ/TW,", "nghi quyet 35nqtw", True), ("Nghị quyết số 35-NQ/TW,", "35-NQ tw", True), ("đảng viên", "dang vi", True),
        ("đảng viên", "dangx", False), ("đảng viên", "đảng, –", True), ("hòa-thuỷ", "hoà thủy", True), ("", "a", False), ("52.500 người", "52.500", True),
    ],
)  # fmt: skip
def test_words_that_a_record_has(page: Page, text: str, query: str, all_there: bool) -> None:
    page.goto("/tim-kiem/")
    assert page.evaluate("async ([t, q]) => (await import('/theme/js/phrases.js')).answers(t, q)", [text, query]) is all_there


@pytest.mark.parametrize("query", ["xyzkhongco", "đảng xyzkhongco", "dangxx", "nghịquyếtxyz"])
def test_a_word_that_is_nowhere_finds_nothing(page: Page, query: str) -> None:
    """Pagefind would cut it until something begins with what is left."""
    ask(page, query)
    assert results(page) == [] and page.locator("#theo-chuyen-muc").is_visible()


def test_numbers_are_fetched_only_when_they_are_asked_for(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ask(page, "học tập và làm theo Bác")
    assert not any("so-hieu.json" in url for url in asked) and any("loc.json" in url for url in asked)
    for query in ("nghị quyết bảo vệ nền tảng tư tưởng", "35"):
        asked.clear()
        ask(page, query)
        assert sum("so-hieu.json" in url for url in asked) == 1
    assert not any(url.endswith("/van-ban/") for url in asked)


def test_what_was_replaced_says_so(page: Page) -> None:
    ask(page, "quy định 47")
    assert "Đã được thay thế" in page.locator("#ket-qua > li").first.locator(".meta").inner_text()


def counts(page: Page, name: str) -> dict[str, int]:
    """Values of a facet with the number of results that each is said to leave."""
    options = page.locator(f"#bo-loc select[name={name}] option").evaluate_all(
        "all => all.slice(1).map((o) => [o.value, o.text])"
    )
    return {value: int(text.rpartition("(")[2].rstrip(")")) for value, text in options}


def number(page: Page) -> int:
    """How many results are said to be shown."""
    return int(re.match(r"\d+", page.locator("#trang-thai").inner_text())[0])  # type: ignore[index]


@pytest.mark.parametrize("facet", ["chuyen-muc", "nam", "tac-gia", "van-ban"])
def test_counts_are_what_is_left(page: Page, facet: str) -> None:
    ask(page, "nghị quyết")
    total, offered = number(page), counts(page, facet)
    assert len(offered) > 1 and max(offered.values()) < total
    value, count = max(offered.items(), key=lambda item: (item[1], item[0]))
    page.locator(f"#bo-loc select[name={facet}]").select_option(value)
    page.wait_for_function("() => / trong /.test(document.querySelector('#trang-thai').textContent)")
    assert number(page) == count and f"{facet}={value}" in page.url
    assert counts(page, facet) == offered  # what else could be chosen here
    if facet != "chuyen-muc":  # of which every result here has one
        assert sum(counts(page, "chuyen-muc").values()) == count


def test_choices_are_in_the_address(page: Page) -> None:
    """Every choice is a step that the back button takes back; the address brings it to others."""
    ask(page, "nghị quyết")
    total = number(page)
    page.locator("#bo-loc select[name=nam]").select_option("2025")
    page.wait_for_function("() => / trong /.test(document.querySelector('#trang-thai').textContent)")
    narrowed = number(page)
    page.locator("#bo-loc select[name=chuyen-muc]").select_option("van-ban")
    page.wait_for_function("() => location.search.includes('chuyen-muc=van-ban')")
    page.wait_for_function(f"() => !document.querySelector('#trang-thai').textContent.startsWith('{narrowed} ')")
    both, found = number(page), results(page)
    assert 0 < both < narrowed < total and all(path.startswith("van-ban/") for path in found)
    page.reload()
    page.wait_for_function(DONE)
    assert (number(page), results(page)) == (both, found)
    assert page.input_value("#bo-loc select[name=nam]") == "2025"
    page.go_back()
    page.wait_for_function(f"() => document.querySelector('#trang-thai').textContent.startsWith('{narrowed} ')")
    assert page.input_value("#bo-loc select[name=chuyen-muc]") == ""
    page.go_back()
    page.wait_for_function(f"() => document.querySelector('#trang-thai').textContent.startsWith('{total} ')")
    page.go_forward()
    page.wait_for_function(f"() => document.querySelector('#trang-thai').textContent.startsWith('{narrowed} ')")
    page.locator("#bo-loc button[type=reset]").click()
    page.wait_for_function(f"() => document.querySelector('#trang-thai').textContent.startsWith('{total} ')")
    assert "nam=" not in page.url


def test_an_article_is_found_by_what_it_cites(page: Page) -> None:
    ask(page, "quy định", "&van-ban=37-qd-tw-2021")
    assert {"bai-viet/2023/quy-dinh-37-thay-47/", "van-ban/37-qd-tw-2021/"} <= set(results(page))


def test_a_choice_without_results_is_said(page: Page) -> None:
    ask(page, "bình dân học vụ số", "&nam=1930")
    assert page.locator("#trang-thai").inner_text().startswith("0 trong ") and results(page) == []
    page.locator("#bo-loc button[type=reset]").click()
    page.wait_for_selector("#ket-qua a")


def test_a_second_query_stays_on_the_page(page: Page) -> None:
    ask(page, "nghị quyết 35")
    page.evaluate("() => { window.still = true }")
    page.fill("#q", "điểm cầu")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#trang-thai').textContent.includes('“điểm cầu”')")
    assert page.evaluate("() => window.still") and "điểm cầu" in page.title()
    assert not any(path.startswith("van-ban/35") for path in results(page)[:1])
    page.go_back()
    page.wait_for_function("() => document.querySelector('#trang-thai').textContent.includes('“nghị quyết 35”')")
    assert page.input_value("#q") == "nghị quyết 35" and results(page)[0] == "van-ban/35-nq-tw-2018/"


def test_more_results_come_where_the_reader_is(page: Page) -> None:
    ask(page, "nghị quyết")
    assert len(results(page)) == 10
    page.locator("#xem-them").click()
    page.wait_for_function("() => document.querySelectorAll('#ket-qua > li').length === 20")
    assert page.evaluate("() => document.activeElement === document.querySelectorAll('#ket-qua a')[10]")
    while page.locator("#xem-them").is_visible():
        before = len(results(page))
        page.locator("#xem-them").click()
        page.wait_for_function(f"() => document.querySelectorAll('#ket-qua > li').length > {before}")
    assert len(results(page)) == len(set(results(page))) == number(page)


@pytest.mark.parametrize("address", ["/", "/van-ban/", "/tim-kiem/", "/404.html", "/bai-viet/2023/35-nq-tw-2018/"])
def test_a_slash_goes_to_the_box(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    box = page.locator("[role=search] [name=q]")
    assert box.count() == 1 and box.evaluate("(e) => e === document.activeElement") and box.input_value() == ""
    page.keyboard.type("42/2022")
    assert box.input_value() == "42/2022"  # where one types it is a letter
    page.keyboard.press("Escape")
    assert box.input_value() == ""
    page.keyboard.type("nghị định 42")
    page.keyboard.press("Enter")
    page.wait_for_function(DONE)
    assert results(page)[0] == "van-ban/42-nd-cp-2022/"


def test_a_slash_in_another_field_is_a_letter(page: Page) -> None:
    page.goto("/van-ban/")
    page.locator("#loc-chu").focus()
    page.keyboard.type("35-NQ/TW")
    assert page.input_value("#loc-chu") == "35-NQ/TW"


def test_a_page_without_a_query_lists_sections(page: Page, browser: Browser, server: str) -> None:
    page.goto("/tim-kiem/?nam=2023", wait_until="networkidle")
    assert page.locator("#theo-chuyen-muc").is_visible() and not page.locator("#bo-loc").is_visible()
    context = browser.new_context(base_url=server, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/tim-kiem/?q=nghị quyết 35")
    assert plain.locator("#theo-chuyen-muc li").count() > 5 and not plain.locator("#bo-loc").is_visible()
    assert "cần JavaScript" in plain.locator("main").inner_text()
    context.close()


def test_an_index_that_cannot_be_opened_is_said(browser: Browser, server: str) -> None:
    opened = browser.new_page(base_url=server)
    opened.route("**/loc.json", lambda route: route.abort())
    opened.goto("/tim-kiem/?q=đảng")
    opened.wait_for_function("() => document.querySelector('#trang-thai').textContent.includes('Không mở được')")
    opened.unroute("**/loc.json")
    opened.fill("#q", "đảng viên")
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#ket-qua a")
    opened.close()


def test_lists_beside_the_index_name_only_pages(site: Path) -> None:
    facets = [json.loads((site / "pagefind" / name).read_text("utf-8")) for name in ("loc.json", "luu-tru/loc.json")]
    assert facets[0]["phan"] == ["luu-tru/"] and facets[1]["phan"] == []
    for row in json.loads((site / "pagefind" / "so-hieu.json").read_text("utf-8"))["muc"]:
        assert (site / row[0] / "index.html").is_file()
