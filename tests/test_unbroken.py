"""Numbers, dates and names in titles: kept together by spans, the text unchanged and escaped, and never wider than a page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from bantin.outputs.unbroken import unbroken

# Every [ ] is a span.
TABLE = (
    "Vì sao Chỉ thị [14-CT/TW] đến Chỉ thị [17-CT/TW:] ba mốc",
    "Quy định [37-QĐ/TW] thay Quy định [47-QĐ/TW,] rồi sao",
    "Thông tư liên tịch số [01/2025/TTLT-BTP-BTC-VKSNDTC]",
    "Nghị định [42/2022/NĐ-CP] và [“26/2020/TT-BTTTT”]",
    "[35 - NQ/TW] viết rời",
    "hơn [1,5 triệu] đại biểu tại [37.000 điểm cầu]",
    "phong cách [Hồ Chí Minh]",
    "họp [ngày 22 tháng 10 năm 2018] tại tỉnh",
    "[Số 5,] [tháng 5/2025,] [khóa XIII]",
    "giai đoạn 2021-2025, dự án 24/7",
    "không có gì",
    "",
)


@pytest.mark.parametrize("marked", TABLE)
def test_what_stays_together(marked: str) -> None:
    expected = marked.replace("[", '<span class="unbroken">').replace("]", "</span>")
    assert unbroken(re.sub(r"[\[\]]", "", marked)) == expected


def test_text_is_escaped() -> None:
    assert unbroken("<b>35-NQ/TW</b> & 10 \n năm") == '<span class="unbroken">&lt;b&gt;35-NQ/TW&lt;/b&gt;</span> &amp; 10 \n năm'


PIECES = st.sampled_from(
    ["35-NQ/TW", "ngày 22/10/2018", "1,5 triệu", "Hồ Chí Minh", "<", "&", '"', " ", "\n", "\u00a0", "–", "/", "-", "a", "Ă", "7"]
)


@given(st.lists(PIECES | st.text(max_size=3)).map("".join))
def test_law_the_text_is_what_it_was(text: str) -> None:
    made = str(unbroken(text))
    assert set(re.findall(r"<[^>]*>", made)) <= {'<span class="unbroken">', "</span>"}
    assert unescape(re.sub(r"<[^>]*>", "", made)) == unescape(text.replace("&", "&amp;"))


def test_templates_pass_titles_and_leads_through_the_filter() -> None:
    """A title, lead or name of content between tags; attributes and <title> take plain text."""
    shown = re.compile(r">[^<>]*\{\{ (?:view|article|doc|d|a|e\.article|newer|older)\.(?:title|lead|name) \}\}")
    plain = [
        f"{path.name}: {found[0]}"
        for path in sorted((ROOT / "theme" / "templates").rglob("*.html"))
        for found in shown.finditer(path.read_text("utf-8"))
        if path.name not in FIXED
    ]
    assert plain == []


# Their titles are ours: "Tìm kiếm", "Văn bản", "Tháng 5/2025".
FIXED = {"404.html", "abbreviations.html", "archive.html", "coverage.html", "directory.html", "documents.html", "feeds.html",
         "issues.html", "offline.html", "search.html"}  # fmt: skip

BROKEN = """() => [...document.querySelectorAll('main .unbroken')].filter(e => {
  if (!e.checkVisibility()) return false;
  const around = document.createRange(); around.selectNodeContents(e);
  const lines = new Set([...around.getClientRects()].map(box => Math.round(box.top)));
  return lines.size > 1;
}).map(e => e.textContent)"""


@pytest.mark.parametrize("width", [320, 347, 360, 768])
def test_no_number_is_torn(browser: Browser, server: str, site: Path, width: int) -> None:
    page = browser.new_page(base_url=server, viewport={"width": width, "height": 800})
    for address in ("", "bai-viet/2025/hoi-nghi-18-5-2025/", "van-ban/01-kl-tw-2021/", "tac-gia/btg/"):
        page.goto(f"/{address}")
        assert page.locator("main .unbroken").count() > 1
        assert page.evaluate(BROKEN) == [], address
    page.close()


@pytest.mark.parametrize("scale", ["100%", "200%"])
def test_a_number_wider_than_the_page_breaks(browser: Browser, server: str, scale: str) -> None:
    page = browser.new_page(base_url=server, viewport={"width": 320, "height": 800})
    page.goto("/van-ban/35-nq-tw-2018/")
    page.evaluate(
        "([number, scale]) => { document.documentElement.style.fontSize = scale;"
        " document.querySelectorAll('main .unbroken').forEach(e => e.textContent = number); }",
        ["01/2025/TTLT-BTP-BTC-VKSNDTC", scale],
    )
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.close()
