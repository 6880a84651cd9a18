"""What machines read: sitemaps, robots, JSON Feed beside RSS, WebSub, OpenGraph, JSON-LD; and that none says too much."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import pytest
from conftest import DOCUMENT, Write, article, build, picture, prepare, tree
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bantin.outputs import sitemaps
from bantin.outputs.styles import short
from bantin.vietnamese import ZONE
from bantin.views import all_pages
from bantin.views.json_ld import known

BASE = "http://localhost:8000"
NOW = datetime(2024, 6, 10, 9, 0, tzinfo=ZONE)
XML = {"s": sitemaps.SITEMAP, "i": sitemaps.IMAGE, "n": sitemaps.NEWS}
SECRET = "chim-hoàng-yến"

FILES = {
    "bai-viet/2024/hoi-thao.md": article(
        "Dẫn Nghị quyết 35-NQ/TW.\n\n![Hình trong bài](do.png)\n", Title="Hội thảo & tọa đàm <mở>", Date="2024-06-07 08:30",
        Modified="2024-06-09 10:00", Authors="Tổ Biên tập; Lê An", Tags="tọa đàm, cơ sở", Summary="Đoạn dẫn có \"ngoặc\" & dấu <.",
        Image="xanh.png", Image_alt="Một màu xanh", Image_caption="Chú thích", Resolutions="35-NQ/TW",
    ),
    "bai-viet/2024/cu.md": article(Title="Bài cũ", Date="2024-06-08 08:59"),
    "bai-viet/2024/moi.md": article(Title="Bài mới", Date="2024-06-08 09:00"),
    "bai-viet/2024/vua.md": article(Title="Bài vừa đăng & nóng", Date="2024-06-10 09:00"),
    "bai-viet/2024/khuat.md": article(Title="Bài khuất", Date="2024-06-10 08:00", Status="hidden"),
    # None of these may be found anywhere.
    "bai-viet/2024/nhap.md": article(SECRET, Title=f"Nháp {SECRET}", Date="2024-06-10 08:00", Status="draft", Image="kin.png", Image_alt=SECRET),
    "bai-viet/2024/cam.md": article(SECRET, Title=f"Cấm {SECRET}", Date="2024-06-10 08:00", Embargo="2024-06-11 08:00"),
    "bai-viet/2024/sau.md": article(SECRET, Title=f"Sau {SECRET}", Date="2024-06-10 09:01"),
    "noi-bo/2024/kin.md": article(SECRET, Title=f"Nội bộ {SECRET}", Date="2024-06-10 08:00", Authors=SECRET, Tags=SECRET, Image="kin.png", Image_alt=SECRET),
    "tac-gia/to-bien-tap.md": "Name: Tổ Biên tập\nKind: organization\n\nMột tổ.\n",
    "tac-gia/le-an.md": "Name: Lê An\n\nMột người.\n",
    "van-ban/35-nq-tw-2018.md": DOCUMENT,
    "anh/xanh.png": picture(), "anh/do.png": picture("red"), "anh/kin.png": picture("black"),
}  # fmt: skip
ARTICLE = "bai-viet/2024/hoi-thao/"


@pytest.fixture
def made(write: Write, tmp_path: Path) -> Path:
    """The output for FILES at NOW."""
    build(write(FILES), tmp_path / "output", now=NOW, BANTIN_OFFLINE=True)
    return tmp_path / "output"


def file_of(site: Path, address: str) -> Path:
    """The file that an absolute address means."""
    assert address.startswith(f"{BASE}/"), address
    path = site / urlsplit(address).path.lstrip("/")
    return path / "index.html" if path.is_dir() else path


def locations(file: Path) -> list[str]:
    """The addresses of pages in a sitemap."""
    return [e.text or "" for e in ElementTree.parse(file).findall("s:url/s:loc", XML)]


def data(file: Path) -> dict[str, dict[str, Any]]:
    """The JSON-LD of a page by type."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', file.read_text("utf-8"), re.DOTALL)
    found = [json.loads(block) for block in blocks]
    assert all(thing["@context"] == "https://schema.org" for thing in found)
    return {thing["@type"]: thing for thing in found}


def meta(file: Path) -> dict[str, list[str]]:
    """The contents of a page's <meta> by name or property."""
    root = html5lib.parse(file.read_bytes(), namespaceHTMLElements=False, transport_encoding="utf-8")
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        found.setdefault(element.get("property") or element.get("name") or "", []).append(element.get("content") or "")
    return found


def test_nothing_secret_is_told_to_any_machine(made: Path) -> None:
    for name, bytes_ in tree(made).items():
        assert SECRET.encode() not in bytes_ and json.dumps(SECRET)[1:-1].encode() not in bytes_, name
        assert "chim-hoang-yen" not in name and not name.startswith("anh/kin"), name


# Sitemaps


def test_sitemap_lists_every_indexed_page_once(made: Path) -> None:
    found = locations(made / "sitemap.xml")
    indexed = {p for p in made.rglob("*.html") if '<meta name="robots" content="noindex">' not in p.read_text("utf-8")}
    assert len(found) == len(set(found)) and {file_of(made, address) for address in found} == indexed
    assert (
        f"{BASE}/bai-viet/2024/khuat/" not in found and f"{BASE}/khong-co-mang/" not in found and f"{BASE}/tim-kiem/" not in found
    )


def test_sitemap_of_the_sample_site(site: Path) -> None:
    found = locations(site / "sitemap.xml")
    assert len(found) > 200 and all(file_of(site, address).is_file() for address in found)
    pictures = [e.text or "" for e in ElementTree.parse(site / "sitemap.xml").findall("s:url/i:image/i:loc", XML)]
    assert len(pictures) > 10 and all(file_of(site, address).is_file() for address in pictures)


def test_dates_are_those_of_the_content(made: Path) -> None:
    entries = ElementTree.parse(made / "sitemap.xml").findall("s:url", XML)
    dates = {e.findtext("s:loc", "", XML).removeprefix(f"{BASE}/"): e.findtext("s:lastmod", "", XML) for e in entries}
    assert dates[ARTICLE] == dates["van-ban/35-nq-tw-2018/"] == dates["tac-gia/le-an/"] == "2024-06-09T10:00:00+07:00"
    assert dates["bai-viet/2024/cu/"] == "2024-06-08T08:59:00+07:00"
    assert dates[""] == dates["luu-tru/2024/06/"] == dates["ban-tin/2024-06/"] == "2024-06-10T09:00:00+07:00"
    assert dates["van-ban/"] == ""  # no file says when a document came in


def test_pictures_of_an_article_stand_in_the_sitemap(made: Path) -> None:
    for entry in ElementTree.parse(made / "sitemap.xml").findall("s:url", XML):
        shown = [e.text or "" for e in entry.findall("i:image/i:loc", XML)]
        if entry.findtext("s:loc", "", XML) == f"{BASE}/{ARTICLE}":
            assert [Path(src).name[:4] for src in shown] == ["xanh", "do-" + Path(shown[1]).name[3]]
            assert all(file_of(made, src).is_file() for src in shown)
        else:
            assert shown == []


def test_news_sitemap_holds_the_last_two_days(made: Path) -> None:
    root = ElementTree.parse(made / "sitemap-tin.xml")
    assert locations(made / "sitemap-tin.xml") == [f"{BASE}/bai-viet/2024/vua/", f"{BASE}/bai-viet/2024/moi/"]
    news = root.find("s:url/n:news", XML)
    assert news is not None
    assert [(e.tag.partition("}")[2], e.text) for e in news.iter() if (e.text or "").strip()] == [
        ("name", "Bản tin nội bộ"), ("language", "vi"), ("publication_date", "2024-06-10T09:00:00+07:00"), ("title", "Bài vừa đăng & nóng"),
    ]  # fmt: skip


def test_news_sitemap_grows_old_with_the_clock(write: Write, tmp_path: Path) -> None:
    build(write(FILES), tmp_path / "output", now=NOW + timedelta(days=10))
    assert locations(tmp_path / "output" / "sitemap-tin.xml") == []


def test_robots_names_both(made: Path) -> None:
    assert (made / "robots.txt").read_text("utf-8") == (
        f"User-agent: *\nDisallow:\nSitemap: {BASE}/sitemap.xml\nSitemap: {BASE}/sitemap-tin.xml\n"
    )


def test_a_preview_with_drafts_invites_nobody(write: Write, tmp_path: Path) -> None:
    build(write(FILES), tmp_path / "output", now=NOW, BANTIN_DRAFTS=True)
    assert (tmp_path / "output" / "robots.txt").read_text("utf-8") == "User-agent: *\nDisallow: /\n"
    assert not list((tmp_path / "output").glob("sitemap*.xml"))


def test_each_can_be_switched_off(write: Write, tmp_path: Path) -> None:
    off = dict.fromkeys(("SITEMAP", "NEWS_SITEMAP", "ROBOTS", "JSON_FEED", "FEEDS_SAVE_AS"), "")
    build(write(FILES), tmp_path / "output", now=NOW, **off)
    found = tree(tmp_path / "output")
    assert not [n for n in found if n.startswith(("sitemap", "robots", "nguon-tin")) or n.endswith("rss.json")]
    home = found["index.html"].decode()
    assert "feed+json" not in home and "nguon-tin" not in home and 'href="/rss.xml">Nguồn tin RSS' in home


def test_a_long_sitemap_is_split(write: Write, tmp_path: Path) -> None:
    composer = prepare(write(FILES), tmp_path, NOW).composer
    entries = [e for spec in all_pages(composer) if (e := sitemaps.entry(composer, spec.viewed(composer)))]
    (whole,) = sitemaps.sitemap(composer, "sitemap.xml", entries)
    index, *rest = sitemaps.sitemap(composer, "sitemap.xml", entries, most=7)
    listed = [e.text for e in etree.fromstring(index[1]).iterfind("s:sitemap/s:loc", XML)]
    assert index[0] == "sitemap.xml" and listed == [f"{BASE}/{name}" for name, _ in rest] and rest[0][0] == "sitemap-1.xml"
    inside = [[e.text for e in etree.fromstring(text).iterfind("s:url/s:loc", XML)] for _, text in rest]
    assert sum(inside, []) == [e.text for e in etree.fromstring(whole[1]).iterfind("s:url/s:loc", XML)]
    assert {len(part) for part in inside[:-1]} == {7} and 0 < len(inside[-1]) <= 7


@given(st.lists(st.text("ab", max_size=30), max_size=40), st.integers(1, 9), st.integers(60, 200))
def test_parts_keep_order_and_limits(texts: list[str], most: int, most_bytes: int) -> None:
    groups = sitemaps.parts(texts, most, most_bytes)
    assert [entry for group in groups for entry in group] == texts
    for group in groups:
        size = sum(len(entry.encode()) for entry in group)
        assert len(group) <= most and (size <= most_bytes or len(group) == 1)
    assert len(groups) == 1 or all(groups)


# Feeds


def test_json_feed_has_the_items_of_its_rss(site: Path) -> None:
    """Of every feed of the sample site: the same identities, order, titles, texts and dates."""
    found = sorted(site.rglob("rss.xml"))
    assert len(found) > 50
    for file in found:
        rss, feed = feedparser.parse(file.read_bytes()), json.loads(file.with_suffix(".json").read_text("utf-8"))
        name = file.relative_to(site).as_posix()
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] == rss.feed.title
        assert feed["feed_url"] == f"{BASE}/{name.removesuffix('xml')}json" and feed["home_page_url"] == rss.feed.link
        assert [i["id"] for i in feed["items"]] == [e.id for e in rss.entries]
        for item, entry in zip(feed["items"], rss.entries, strict=True):
            assert (item["url"], item["title"]) == (entry.link, entry.title)
            assert datetime.fromisoformat(item["date_published"]).utctimetuple()[:6] == entry.published_parsed[:6]
            assert [a["name"] for a in item.get("authors", [])] == [a.name for a in entry.get("authors", [])]


def test_json_feed_item_has_everything(made: Path) -> None:
    feed = json.loads((made / "rss.json").read_text("utf-8"))
    item = next(i for i in feed["items"] if i["id"].endswith("hoi-thao"))
    assert item["title"] == "Hội thảo & tọa đàm <mở>" and item["summary"] == 'Đoạn dẫn có "ngoặc" & dấu <.'
    assert (item["date_published"], item["date_modified"]) == ("2024-06-07T08:30:00+07:00", "2024-06-09T10:00:00+07:00")
    assert item["authors"] == [
        {"name": "Tổ Biên tập", "url": f"{BASE}/tac-gia/to-bien-tap/"},
        {"name": "Lê An", "url": f"{BASE}/tac-gia/le-an/"},
    ]
    assert item["tags"] == ["Xây dựng Đảng", "tọa đàm", "cơ sở"] and file_of(made, item["image"]).is_file()
    assert item["content_html"].startswith(
        "<p><strong>Đoạn dẫn có &quot;ngoặc&quot; &amp; dấu &lt;.</strong></p><figure><img src="
    )
    for address in re.findall(r'(?:href|src)="([^"]+)"', item["content_html"]):
        assert file_of(made, address.partition("#")[0]).is_file()
    assert "hubs" not in feed


def test_text_of_a_feed_is_html_once(made: Path) -> None:
    """In RSS, too: the lead and the picture before the text are markup, not its source."""
    entry = next(e for e in feedparser.parse((made / "rss.xml").read_bytes()).entries if e.id.endswith("hoi-thao"))
    assert entry.content[0].value.startswith("<p><strong>Đoạn dẫn") and "&lt;p&gt;" not in entry.content[0].value


def test_hub(write: Write, tmp_path: Path) -> None:
    hub = "https://hub.example/?a=1&b=2"
    build(write(FILES), tmp_path / "output", now=NOW, BANTIN_HUB=hub)
    for file in (tmp_path / "output").rglob("rss.xml"):
        feed = feedparser.parse(file.read_bytes())
        assert [link.href for link in feed.feed.links if link.rel == "hub"] == [hub] and not feed.bozo
        assert [link.href for link in feed.feed.links if link.rel == "self"] and feed.feed.link.startswith(BASE)
        assert json.loads(file.with_suffix(".json").read_text("utf-8"))["hubs"] == [{"type": "WebSub", "url": hub}]


def test_no_hub_unless_one_is_set(site: Path) -> None:
    assert b'rel="hub"' not in (site / "rss.xml").read_bytes()


def test_feeds_beside_each_other_in_one_folder(write: Write, tmp_path: Path) -> None:
    """Addresses as Pelican's documentation has them: the JSON Feed has a name of its own."""
    settings = {"FEED_ALL_RSS": "feeds/all.rss.xml", "CATEGORY_FEED_RSS": "feeds/{slug}.rss.xml"}
    build(write(FILES), tmp_path / "output", now=NOW, **settings)
    assert {p.name for p in (tmp_path / "output" / "feeds").iterdir()} == {
        "all.rss.xml", "all.rss.json", "xay-dung-dang.rss.xml", "xay-dung-dang.rss.json",
    }  # fmt: skip


def test_pages_lead_to_their_feeds_in_both_formats(made: Path) -> None:
    for page, feeds in (
        ("", ["rss"]),
        ("tac-gia/le-an/", ["rss", "tac-gia/le-an/rss"]),
        ("van-ban/35-nq-tw-2018/", ["rss", "van-ban/35-nq-tw-2018/rss"]),
    ):
        html = (made / page / "index.html").read_text("utf-8")
        found = re.findall(r'<link rel="alternate" type="application/(rss\+xml|feed\+json)" title="[^"]+" href="/([^"]+)">', html)
        assert found == [pair for feed in feeds for pair in (("rss+xml", f"{feed}.xml"), ("feed+json", f"{feed}.json"))]


def test_page_of_feeds_lists_them_all(made: Path) -> None:
    html = (made / "nguon-tin" / "index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    found = {made / href for href in re.findall(r'href="/([^"]+rss\.(?:xml|json)|rss\.(?:xml|json))"', html)}
    assert found == {p for p in made.rglob("rss.*") if p.suffix in (".xml", ".json")}
    for title in ("Mọi bài", "Theo chuyên mục", "Theo tác giả", "Theo văn bản"):
        assert f">{title}</h2>" in html
    assert 'href="/nguon-tin/"' in (made / "index.html").read_text("utf-8").partition("<footer")[2]


# Cards and JSON-LD


def test_open_graph(made: Path) -> None:
    found = meta(made / ARTICLE / "index.html")
    assert found["og:type"] == ["article"] and found["og:title"] == ["Hội thảo & tọa đàm <mở>"]
    assert found["article:published_time"] == ["2024-06-07T08:30:00+07:00"]
    assert found["article:modified_time"] == ["2024-06-09T10:00:00+07:00"]
    assert found["article:section"] == ["Xây dựng Đảng"] and found["article:tag"] == ["tọa đàm", "cơ sở"]
    assert found["twitter:card"] == ["summary_large_image"] and file_of(made, found["og:image"][0]).is_file()
    assert "article:modified_time" not in meta(made / "bai-viet/2024/cu/index.html")
    assert meta(made / "index.html")["og:type"] == ["website"]


def test_news_article(made: Path) -> None:
    found = data(made / ARTICLE / "index.html")
    assert set(found) == {"NewsArticle", "BreadcrumbList"}
    news = found["NewsArticle"]
    assert news["headline"] == "Hội thảo & tọa đàm <mở>" and news["mainEntityOfPage"]["@id"] == f"{BASE}/{ARTICLE}"
    assert (news["datePublished"], news["dateModified"]) == ("2024-06-07T08:30:00+07:00", "2024-06-09T10:00:00+07:00")
    assert [(a["@type"], a["name"]) for a in news["author"]] == [("Organization", "Tổ Biên tập"), ("Person", "Lê An")]
    assert all(file_of(made, a["url"]).is_file() for a in news["author"])
    assert len(news["image"]) == 2 and all(file_of(made, src).is_file() for src in news["image"])
    assert (
        news["publisher"]["name"] == "Ban Tuyên giáo và Dân vận Tỉnh ủy"
        and file_of(made, news["publisher"]["logo"]["url"]).is_file()
    )
    assert news["articleSection"] == "Xây dựng Đảng" and news["keywords"] == ["tọa đàm", "cơ sở"]
    (cited,) = news["citation"]
    assert (
        cited["@type"] == "Legislation" and cited["legislationIdentifier"] == "35-NQ/TW" and file_of(made, cited["@id"]).is_file()
    )
    assert news["isPartOf"]["@type"] == "PublicationIssue" and file_of(made, news["isPartOf"]["@id"]).is_file()


def test_document_is_the_same_thing_where_it_is_cited(made: Path) -> None:
    document = data(made / "van-ban/35-nq-tw-2018/index.html")["Legislation"]
    (cited,) = data(made / ARTICLE / "index.html")["NewsArticle"]["citation"]
    assert {key: document[key] for key in cited} == cited


def test_home_says_who_publishes_and_how_to_search(made: Path) -> None:
    found = data(made / "index.html")
    assert set(found) == {"Organization", "WebSite"}
    assert found["WebSite"]["publisher"]["@id"] == found["Organization"]["@id"]
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{BASE}/tim-kiem/?q={{search_term_string}}" and found["Organization"]["email"]


def test_issue(made: Path) -> None:
    issue = data(made / "ban-tin/2024-06/index.html")["PublicationIssue"]
    assert (issue["issueNumber"], issue["datePublished"]) == ("6", "2024-06") and issue["isPartOf"]["@type"] == "Periodical"
    assert [part["headline"] for part in issue["hasPart"]][0] == "Hội thảo & tọa đàm <mở>"
    assert len(issue["hasPart"]) == 4 and all(file_of(made, part["@id"]).is_file() for part in issue["hasPart"])


def test_breadcrumbs_on_all_pages_that_have_them(site: Path) -> None:
    """Numbered from the home page to the page itself, each an address of the site."""
    seen = 0
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        if '<nav class="breadcrumbs"' not in html or 'content="noindex"' in html:
            continue
        items = data(file)["BreadcrumbList"]["itemListElement"]
        assert [i["position"] for i in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == f"{BASE}/" and file_of(site, items[-1]["item"]) == file
        assert all(file_of(site, i["item"]).is_file() and i["name"] for i in items)
        seen += 1
    assert seen > 150


@given(st.dictionaries(st.text(), st.text() | st.none() | st.lists(st.text()) | st.integers(1)))
def test_only_the_unknown_is_left_out(values: dict[str, Any]) -> None:
    assert known(values) == {key: value for key, value in values.items() if value not in ("", None, [])}


# Styles and manifest


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("/* a */\n.prose :is(ul, ol) {\n  color: red;\n}\n", ".prose :is(ul,ol){color:red;}"),
        (".a:is(b) , .a *:hover{}", ".a:is(b),.a *:hover{}"),
        (
            'a[title*="; đã,  x /* y */"]::after { content: " (hết  hiệu lực)" / ""; }',
            'a[title*="; đã,  x /* y */"]::after{content:" (hết  hiệu lực)" / "";}',
        ),
        (
            "@media (min-width: 40em) and (hover) { b { width: calc(1px + 2em) } }",
            "@media (min-width:40em) and (hover){b{width:calc(1px + 2em)}}",
        ),
    ],
)
def test_styles_are_shortened_where_it_means_nothing(style: str, expected: str) -> None:
    assert short(style) == expected == short(expected)


def test_files_of_the_theme_are_asked_for_with_its_version(made: Path) -> None:
    """A page that preloads a font asks for the very address that the style asks for."""
    style, page = (made / "theme/css/main.css").read_text("utf-8"), (made / "index.html").read_text("utf-8")
    (version,) = set(re.findall(r"main\.css\?v=([0-9a-f]{8})", page))
    fonts = re.findall(r"url\(\.\./(fonts/[^)]+)\)", style)
    assert fonts and all(font.endswith(f"?v={version}") and (made / "theme" / font.partition("?")[0]).is_file() for font in fonts)
    assert set(re.findall(r'as="font"[^>]+href="/theme/([^"]+)"', page)) <= set(fonts)


def test_manifest(made: Path) -> None:
    found = json.loads((made / "manifest.webmanifest").read_text("utf-8"))
    assert found["name"] == "Bản tin nội bộ" and found["lang"] == "vi" and found["theme_color"] == "#a3161a"
    assert found["icons"] and all((made / icon["src"]).is_file() for icon in found["icons"])
    for file in made.rglob("*.html"):
        assert '<link rel="manifest" href="/manifest.webmanifest">' in file.read_text("utf-8")
