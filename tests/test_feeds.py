"""RSS as feed readers read it: sound, whole, with guids that last, and with no clock in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest
from conftest import DOCUMENT, Write, article, build, picture, prepare, tree

from bantin import site as building
from bantin.outputs import feeds as rss
from bantin.vietnamese import ZONE
from bantin.views.feeds import all_feeds

Feed = feedparser.FeedParserDict
BASE = "http://localhost:8000"
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=ZONE)


@pytest.fixture(scope="module")
def feeds(site: Path) -> dict[str, Feed]:
    """Every feed of the site of content/ by path."""
    return {p.relative_to(site).as_posix(): feedparser.parse(p.read_bytes()) for p in sorted(site.rglob("rss.xml"))}


@pytest.fixture
def made(write: Write, tmp_path: Path) -> Iterator[Path]:
    """The output of a small site whose one article has everything."""
    content = write({
        "bai-viet/2024/hoi-thao.md": article(
            "Mở đầu dẫn Nghị quyết 35-NQ/TW.\n\n## Mục một\n\nTới [trang]({filename}/trang/lien-he.md) và [chú thích][^1].\n\n[^1]: Nguồn.",
            Title="Hội thảo & tọa đàm <mở>", Date="2024-06-07 08:30", Modified="2024-06-09 10:00", Authors="Tổ Biên tập; Lê An",
            Tags="tọa đàm, cơ sở", Summary="Đoạn dẫn có \"ngoặc\" & dấu <.", Image="xanh.png", Image_alt="Một màu xanh",
            Image_caption="Chú thích ảnh", Resolutions="35-NQ/TW",
        ),
        "trang/lien-he.md": "Title: Liên hệ\n\nĐịa chỉ.\n",
        "van-ban/35-nq-tw-2018.md": DOCUMENT,
        "van-ban/47-qd-tw-2011.md": "Title: về những điều không được làm\nNumber: 47-QĐ/TW\nKind: Quy định\nIssuer: Ban Chấp hành Trung ương\nIssued: 2011-11-01\n",
        "anh/xanh.png": picture(),
    })  # fmt: skip
    build(content, tmp_path / "output")
    yield tmp_path / "output"


def file_of(site: Path, address: str) -> Path:
    """The file that an absolute address of the site means."""
    assert address.startswith(f"{BASE}/"), address
    path = site / urlsplit(address).path.lstrip("/")
    return path / "index.html" if path.is_dir() else path


def test_every_feed_is_sound(feeds: dict[str, Feed]) -> None:
    assert len(feeds) > 50
    assert {name: str(f.get("bozo_exception")) for name, f in feeds.items() if f.bozo} == {}
    assert {f.version for f in feeds.values()} == {"rss20"}
    assert {f.feed.language for f in feeds.values()} == {"vi"}


def test_links_lead_to_files(site: Path, feeds: dict[str, Feed]) -> None:
    for name, feed in feeds.items():
        assert file_of(site, feed.feed.link).is_file(), name
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        assert own == [f"{BASE}/{name}"]
        for entry in feed.entries:
            assert file_of(site, entry.link).is_file(), f"{name}: {entry.link}"
            for address in re.findall(r'(?:href|src)="([^"]+)"', entry.content[0].value):
                if address.startswith(BASE):
                    assert file_of(site, address.partition("#")[0]).is_file(), f"{name}: {address}"
                else:
                    assert re.match(r"https?://|mailto:|tel:|#", address), f"{name}: {address} is not absolute"


def test_every_article_is_in_the_sites_feed_newest_first(site: Path, feeds: dict[str, Feed]) -> None:
    whole = feeds["rss.xml"]
    pages = {f"{BASE}/{p.parent.relative_to(site).as_posix()}/" for p in site.glob("bai-viet/*/*/index.html")}
    assert {e.link for e in whole.entries} == pages
    dates = [
        e.published_parsed for e in whole.entries if "Thông tin cải chính" not in e.content[0].value
    ]  # tests/test_corrections.py
    assert dates == sorted(dates, reverse=True) and len(dates) > len(whole.entries) - 3
    assert len({e.id for e in whole.entries}) == len(whole.entries)


def test_entry_has_everything(made: Path) -> None:
    feed = feedparser.parse((made / "rss.xml").read_bytes())
    (entry,) = feed.entries
    assert not feed.bozo
    assert entry.title == "Hội thảo & tọa đàm <mở>"
    assert [a.name for a in entry.authors] == ["Tổ Biên tập", "Lê An"]
    assert [t.term for t in entry.tags] == ["Xây dựng Đảng", "tọa đàm", "cơ sở"]
    assert entry.published == "Fri, 07 Jun 2024 08:30:00 +0700"
    assert entry.guidislink is False
    (enclosure,) = entry.enclosures
    assert enclosure.type == "image/png"
    assert int(enclosure.length) == file_of(made, enclosure.href).stat().st_size
    text = entry.content[0].value
    for part in ("Mở đầu dẫn", "Mục một", "Nguồn.", "Chú thích ảnh", "Đoạn dẫn có"):
        assert part in text
    assert "Đoạn dẫn" in entry.summary and "Mở đầu" not in entry.summary
    assert feed.feed.updated == "Sun, 09 Jun 2024 10:00:00 +0700"
    assert f'href="{BASE}/lien-he/"' in text and f'href="{BASE}/van-ban/35-nq-tw-2018/"' in text


@pytest.mark.parametrize("name", ["chuyen-muc/xay-dung-dang", "tac-gia/to-bien-tap", "tac-gia/le-an", "van-ban/35-nq-tw-2018"])
def test_each_group_has_a_feed(made: Path, name: str) -> None:
    feed = feedparser.parse((made / name / "rss.xml").read_bytes())
    assert len(feed.entries) == 1
    assert feed.feed.link == f"{BASE}/{name}/"
    assert f'href="/{name}/rss.xml"' in (made / name / "index.html").read_text("utf-8")


def test_feed_of_an_uncited_document_is_empty_and_sound(made: Path) -> None:
    feed = feedparser.parse((made / "van-ban/47-qd-tw-2011/rss.xml").read_bytes())
    assert (feed.bozo, feed.entries, feed.feed.title) == (False, [], "Bản tin nội bộ: Quy định số 47-QĐ/TW")
    assert feed.feed.updated == "Sat, 01 Jan 2000 00:00:00 +0700"


def test_guid_survives_title_date_and_address(write: Write, tmp_path: Path) -> None:
    ids = []
    for title, day, url in (
        ("Tên thứ nhất", "2024-02-01", None),
        ("Tên khác hẳn", "2024-02-01", None),
        ("Tên khác hẳn", "2024-03-09", "https://moi.example"),
    ):
        content = write({"bai-viet/ben-vung.md": article(Title=title, Date=day)})
        build(content, tmp_path / "output", **({"SITEURL": url} if url else {}))
        (entry,) = feedparser.parse((tmp_path / "output" / "rss.xml").read_bytes()).entries
        assert entry.title == title
        ids.append(entry.id)
    assert set(ids) == {"tag:bantin.example,2026:bai-viet/ben-vung"}


def test_no_clock_in_any_byte(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article(Authors="BTG"), "van-ban/35.md": DOCUMENT})
    build(content, tmp_path / "a", now=NOW)
    build(content, tmp_path / "b", now=NOW + timedelta(days=400, seconds=7))
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


def test_last_build_date_is_the_newest_change(write: Write, tmp_path: Path) -> None:
    content = write({
        "bai-viet/a.md": article(Date="2024-01-05 08:00", Modified="2024-03-01 09:15"),
        "bai-viet/b.md": article(Date="2024-02-05 08:00"),
    })  # fmt: skip
    build(content, tmp_path / "output")
    assert b"<lastBuildDate>Fri, 01 Mar 2024 09:15:00 +0700</lastBuildDate>" in (tmp_path / "output/rss.xml").read_bytes()


@pytest.mark.parametrize("bad", ["\x07", "\x0b", "\x1b", "\ufffe", "\uffff"])
def test_control_characters_from_a_plugin_do_not_break(write: Write, tmp_path: Path, bad: str) -> None:
    """Files with control characters are refused; a plugin that adds them must not break a feed either."""
    content = write({"bai-viet/a.md": article(Summary="Đoạn dẫn.")})
    prepared = prepare(content, tmp_path, NOW)
    building.override(prepared, "bai-viet/a.md", f"<p>trước{bad}sau ]]> hết</p>")
    (spec, *_) = all_feeds(prepared.composer)
    feed = feedparser.parse(rss.feed_bytes(rss.feed(prepared.composer, spec, None)))
    assert not feed.bozo, feed.get("bozo_exception")
    assert "trướcsau" in feed.entries[0].content[0].value and "hết" in feed.entries[0].content[0].value


def test_without_a_lead_the_whole_text_is_the_description(write: Write, tmp_path: Path) -> None:
    build(write({"bai-viet/a.md": article("Một **hai** ba & bốn.")}), tmp_path / "output")
    (entry,) = feedparser.parse((tmp_path / "output/rss.xml").read_bytes()).entries
    assert entry.summary == "<p>Một <strong>hai</strong> ba &amp; bốn.</p>"


def test_limit_of_items(write: Write, tmp_path: Path) -> None:
    content = write({f"bai-viet/{n:02}.md": article(Title=f"Bài {n}", Date=f"2024-01-{n:02}") for n in range(1, 8)})
    build(content, tmp_path / "output", FEED_MAX_ITEMS=3)
    assert [e.title for e in feedparser.parse((tmp_path / "output/rss.xml").read_bytes()).entries] == ["Bài 7", "Bài 6", "Bài 5"]


def test_feeds_can_be_switched_off(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article(Authors="BTG"), "van-ban/35.md": DOCUMENT})
    off = {"FEED_ALL_RSS": None, "CATEGORY_FEED_RSS": None, "AUTHOR_FEED_RSS": None, "DOCUMENT_FEED_RSS": None}
    build(content, tmp_path / "output", **off)
    assert list((tmp_path / "output").rglob("rss.*")) == []


def test_hidden_article_is_in_no_feed(write: Write, tmp_path: Path) -> None:
    content = write(
        {"bai-viet/a.md": article(), "bai-viet/kin.md": article(Title="Bài khuất", Status="hidden", Authors="Khuất Danh")}
    )
    build(content, tmp_path / "output")
    assert (tmp_path / "output/bai-viet/2023/kin/index.html").is_file()
    for file in (tmp_path / "output").rglob("*.xml"):
        assert "khuất" not in file.read_text("utf-8")
