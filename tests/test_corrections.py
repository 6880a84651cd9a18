"""Corrections: shown where the false text stood, on one page, in feeds and in the next printed issue; the record stays."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from conftest import Write, article, build, prepare
from lxml import etree

from bantin.audience import admit_printed
from bantin.outputs import issue_data
from bantin.printed import printed_issue
from bantin.vietnamese import ZONE

NOW = datetime(2024, 6, 10, 9, 0, tzinfo=ZONE)
LINES = "2024-05-02: 120 lớp → 210 lớp; 2024-04-20: xã A → xã B"
OLD = "bai-viet/2024/cu.md"
FILES = {
    OLD: article("Có 210 lớp ở xã B.", Title="Bài cũ", Date="2024-01-05 07:30", Category="Từ cơ sở"),
    **{f"bai-viet/2024/{n}.md": article(Title=f"Bài số {n}", Date=f"2024-04-{n:02}") for n in range(10, 15)},
    "noi-bo/2024/kin.md": article("Kín.", Title="Bài kín", Date="2024-01-06", Correction="2024-05-03: kín sai → kín đúng"),
    "bai-viet/2024/khuat.md": article(
        "Khuất.", Title="Bài khuất", Date="2024-01-07", Status="hidden", Correction="2024-05-04: a → b"
    ),
}


def corrected(lines: str = LINES) -> dict[str, str]:
    """The files, with the oldest article corrected."""
    return {**FILES, OLD: FILES[OLD].replace("\n\n", f"\nCorrection: {lines}\n\n", 1)}


def text(page: Path) -> str:
    """The text of a page's main part."""
    root = html5lib.parse(page.read_bytes(), namespaceHTMLElements=False, transport_encoding="utf-8")
    main = root.find(".//main")
    assert main is not None
    return " ".join("".join(main.itertext()).split())


def entries(output: Path) -> dict[str, Any]:
    """The items of the main feed by their guid, in its order."""
    feed = feedparser.parse((output / "rss.xml").read_bytes())
    assert not feed.bozo
    return {entry.id: entry for entry in feed.entries}


def test_an_article_says_what_was_wrong_in_it(write: Write, tmp_path: Path) -> None:
    build(write(corrected()), tmp_path / "output", now=NOW)
    page = tmp_path / "output" / "bai-viet/2024/cu/index.html"
    said = text(page)
    assert said.index("Cải chính 02/5/2024") < said.index("Có 210 lớp") < said.index("Thông tin cải chính")
    first, second = (
        "20/4/2024: trước đây bài viết xã A, nay sửa là xã B.",
        "02/5/2024: trước đây bài viết 120 lớp, nay sửa là 210 lớp.",
    )
    assert said.index(first) < said.index(second)
    html = page.read_text("utf-8")
    assert 'href="#_cai-chinh"' in html and 'id="_cai-chinh"' in html
    assert '<meta property="article:modified_time" content="2024-05-02T00:00:00+07:00">' in html
    found = next(json.loads(block.split("</script>")[0]) for block in html.split('<script type="application/ld+json">')[1:])
    assert found["dateModified"] == "2024-05-02T00:00:00+07:00"
    assert [(c["datePublished"], c["text"]) for c in found["correction"]] == [
        ("2024-04-20", "Trước đây bài viết “xã A”, nay sửa là “xã B”."), ("2024-05-02", "Trước đây bài viết “120 lớp”, nay sửa là “210 lớp”."),
    ]  # fmt: skip


def test_one_page_has_them_all(write: Write, tmp_path: Path) -> None:
    """With the article, its section and day, as the law wants; the last one first, and none of what is internal or hidden."""
    files = corrected() | {
        "bai-viet/2024/14.md": article(Title="Bài số 14", Date="2024-04-14", Correction="2024-05-09: ba → bốn")
    }
    build(write(files), tmp_path / "output", now=NOW)
    said = text(tmp_path / "output" / "cai-chinh/index.html")
    wanted = [
        "Thông tin cải chính, xin lỗi",
        "Bài số 14",
        "09/5/2024",
        "ba",
        "bốn",
        "Bài cũ",
        "Từ cơ sở",
        "05/01/2024",
        "02/5/2024",
        "20/4/2024",
    ]
    assert [said.find(word) for word in wanted] == sorted(said.index(word) for word in wanted)
    assert "kín" not in said.lower() and "khuất" not in said
    assert 'href="/cai-chinh/"' in (tmp_path / "output" / "index.html").read_text("utf-8")
    assert "cai-chinh/" in (tmp_path / "output" / "sitemap.xml").read_text("utf-8")


def test_none_is_said_too_and_the_page_can_be_switched_off(write: Write, tmp_path: Path) -> None:
    build(write(FILES), tmp_path / "output", now=NOW)
    assert "Chưa có bài nào" in text(tmp_path / "output" / "cai-chinh/index.html")
    build(write(FILES), tmp_path / "output", now=NOW, CORRECTIONS_SAVE_AS="")
    assert not (tmp_path / "output" / "cai-chinh").exists()
    assert "cai-chinh" not in (tmp_path / "output" / "index.html").read_text("utf-8")


def test_subscribers_hear_of_it(write: Write, tmp_path: Path) -> None:
    """An article that had left the feed comes back on top, as the one that it was, with its own date and that of the change."""
    output = tmp_path / "output"
    build(write(FILES), output, now=NOW, FEED_MAX_ITEMS=3)
    assert [e.title for e in entries(output).values()] == ["Bài số 14", "Bài số 13", "Bài số 12"]
    build(write(FILES), tmp_path / "all", now=NOW, FEED_MAX_ITEMS=None)
    before = next(e for e in entries(tmp_path / "all").values() if e.title == "Bài cũ")
    assert b":updated>" not in (tmp_path / "all" / "rss.xml").read_bytes()
    build(write(corrected()), output, now=NOW, FEED_MAX_ITEMS=3)
    after = entries(output)
    assert [e.title for e in after.values()] == ["Bài cũ", "Bài số 14", "Bài số 13"]
    entry = after[before.id]
    assert (entry.published, entry.link) == (before.published, before.link)
    assert entry.updated == "2024-05-02T00:00:00+07:00"
    assert "120 lớp" in entry.summary and "120 lớp" not in before.summary
    said = json.loads((output / "rss.json").read_text("utf-8"))["items"]
    assert [item["title"] for item in said] == [e.title for e in after.values()]
    assert said[0]["id"] == before.id and said[0]["date_modified"] == "2024-05-02T00:00:00+07:00"
    channel = etree.parse(output / "rss.xml").find("channel/lastBuildDate")
    assert channel is not None and "02 May 2024" in (channel.text or "")


def test_a_correction_of_the_same_day_is_not_before_its_article(write: Write, tmp_path: Path) -> None:
    build(write(corrected("2024-01-05: a → b")), tmp_path / "output", now=NOW)
    entry = next(e for e in entries(tmp_path / "output").values() if e.title == "Bài cũ")
    assert entry.updated == "2024-01-05T07:30:00+07:00" and entry.updated_parsed == entry.published_parsed


@pytest.mark.parametrize(
    ("month", "told"),
    [
        ("2024-02", []),
        # Nothing was printed between February and May: what was corrected meanwhile is told in May, and never again.
        ("2024-05", ["20/4/2024", "02/5/2024", "03/5/2024"]),
        ("2024-06", []),
    ],
)
def test_the_next_printed_issue_tells_of_it(write: Write, tmp_path: Path, month: str, told: list[str]) -> None:
    files = {name: data for name, data in corrected().items() if name in (OLD, "noi-bo/2024/kin.md")}
    files |= {f"bai-viet/2024/t{m}.md": article(Title=f"Tháng {m}", Date=f"2024-0{m}-03") for m in (2, 5, 6)}
    content = prepare(write(files), tmp_path, NOW).content
    issue = printed_issue(content, admit_printed(content.articles), month)
    assert [line["day"] for line in issue_data._corrections(content, issue)] == told
