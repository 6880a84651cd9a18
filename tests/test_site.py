"""The site of content/ as a whole: every address leads somewhere, every page is sound HTML, templates keep their contract."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from conftest import ROOT, article, build, pelican, tree
from contract import Checker, declared

from bantin.outputs.pages import TEMPLATES
from bantin.views import types as views

BASE = "http://localhost:8000"
THEME = ROOT / "theme" / "templates"
Pages = dict[str, tuple[ElementTree.Element, list[object]]]

# Declared for templates of other departments; our own theme does not show it.
UNUSED: set[tuple[str, str]] = set()


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every HTML page of the site by path: its tree, and the parser's complaints."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(path.read_bytes(), transport_encoding="utf-8")
        found[path.relative_to(site).as_posix()] = (root, parser.errors)
    return found


def addresses(root: ElementTree.Element) -> set[str]:
    """Everything that a page leads to or loads."""
    found = {value for e in root.iter() for name in ("href", "src", "action") if (value := e.get(name)) is not None}
    for element in root.iter():
        found |= {part.split()[0] for part in element.get("srcset", "").split(",") if part.strip()}
    return found | {m.get("content", "") for m in root.iter("meta") if m.get("property") in ("og:image", "og:url")}


def target(site: Path, page: str, address: str) -> tuple[Path, str] | None:
    """File and fragment that an address on a page means; None for other sites."""
    address = address.removeprefix(BASE) if address.startswith(BASE) else address
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    file = site / path.lstrip("/") if path.startswith("/") else (site / page).parent / path if path else site / page
    return (file / "index.html" if file.is_dir() else file), unquote(parts.fragment)


@pytest.mark.parametrize(
    "pattern",
    [
        "index.html", "404.html", "rss.xml", "tim-kiem/index.html", "van-ban/index.html", "van-ban/35-nq-tw-2018/index.html",
        "van-ban/35-nq-tw-2018/rss.xml", "van-ban/chu-viet-tat/index.html", "van-ban/do-phu/index.html", "van-ban/van-ban.csv", "van-ban/van-ban.json",
        "ban-tin/index.html", "ban-tin/????-??/index.html", "bai-viet/????/*/index.html",
        "chuyen-muc/index.html", "chuyen-muc/*/index.html", "chuyen-muc/*/rss.xml", "the/index.html", "the/*/index.html",
        "tac-gia/index.html", "tac-gia/*/index.html", "tac-gia/*/rss.xml", "luu-tru/index.html", "luu-tru/????/index.html",
        "luu-tru/????/??/index.html", "luu-tru/????/??/??/index.html", "gioi-thieu/index.html", "lien-he/index.html",
        "anh/*.webp", "theme/css/main.css", "theme/fonts/*.woff2", "pagefind/pagefind.js",
    ],
)  # fmt: skip
def test_every_kind_is_there(site: Path, pattern: str) -> None:
    assert any(site.glob(pattern))


def test_one_page_for_each_file(site: Path) -> None:
    """Articles, documents, pages: none is lost, none is added."""
    for folder, made in (("bai-viet", "bai-viet/*/*"), ("van-ban", "van-ban/*")):
        files = (ROOT / "content" / folder).rglob("*.md")
        written = {p.stem for p in files if "\nStatus: draft\n" not in p.read_text("utf-8")}
        assert {p.name for p in site.glob(made) if p.is_dir()} - {"chu-viet-tat", "do-phu"} == written
    assert not [p for p in (ROOT / "content" / "noi-bo").rglob("*.md") if any(site.rglob(f"*{p.stem}*"))]


def test_every_address_leads_somewhere(site: Path, pages: Pages) -> None:
    ids = {name: {e.get("id") for e in root.iter() if e.get("id")} for name, (root, _) in pages.items()}
    broken = []
    for name, (root, _) in pages.items():
        for address in sorted(addresses(root)):
            found = target(site, name, address)
            if not found:
                continue
            file, fragment = found
            inside = ids.get(file.relative_to(site).as_posix(), set()) if file.is_relative_to(site) else set()
            if not file.is_file() or (fragment and fragment not in inside):
                broken.append(f"{name}: {address}")
    assert broken == []


def test_canonical_address_is_the_pages_own(site: Path, pages: Pages) -> None:
    for name, (root, _) in pages.items():
        for link in (e for e in root.iter("link") if e.get("rel") == "canonical"):
            assert link.get("href", "").startswith(f"{BASE}/")
            assert target(site, name, link.get("href", "")) == (site / name, "")


def test_styles_and_scripts_lead_somewhere(site: Path) -> None:
    broken = []
    for sheet in site.glob("theme/css/*.css"):
        for address in re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text("utf-8")):
            if not address.startswith("data:") and not (sheet.parent / address.split("?")[0]).is_file():
                broken.append(f"{sheet.name}: {address}")
    for script in site.glob("theme/js/*.js"):
        for address in re.findall(r"""(?:from|import)\s*\(?["'](\.[^"']+)""", script.read_text("utf-8")):
            if not (script.parent / address).is_file():
                broken.append(f"{script.name}: {address}")
    assert broken == []


def test_pages_are_sound_html(pages: Pages) -> None:
    assert {name: errors for name, (_, errors) in pages.items() if errors} == {}


def test_frame_of_every_page(pages: Pages) -> None:
    """One h1, Vietnamese, ids once, names that labels point to, no heading level left out."""
    faults = []
    for name, (root, _) in pages.items():
        html = root if root.tag == "html" else root.find("html")
        assert html is not None and html.get("lang") == "vi", name
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        asked = [i for e in root.iter() for a in ("aria-labelledby", "for", "popovertarget") for i in (e.get(a) or "").split()]
        levels = [int(e.tag[1]) for e in root.iter() if re.fullmatch("h[1-6]", str(e.tag))]
        if levels.count(1) != 1:
            faults.append(f"{name}: {levels.count(1)} h1")
        faults += [f"{name}: id {i} twice" for i, n in Counter(ids).items() if n > 1]
        faults += [f"{name}: no id {i}" for i in asked if i not in ids]
        main = [int(e.tag[1]) for m in root.iter("main") for e in m.iter() if re.fullmatch("h[1-6]", str(e.tag))]
        faults += [f"{name}: h{a} then h{b}" for a, b in zip(main, main[1:], strict=False) if b > a + 1]
        faults += [f"{name}: {e.get('src')} without alt" for e in root.iter("img") if e.get("alt") is None]
    assert faults == []


def test_titles_are_unique(pages: Pages) -> None:
    titles = Counter("".join(root.find(".//title").itertext()) for root, _ in pages.values())  # type: ignore[union-attr]
    assert {title: n for title, n in titles.items() if n > 1} == {}


def test_nothing_inline(pages: Pages) -> None:
    """The policy of the site is default-src 'self': no inline style, script or handler, no other host that is loaded."""
    faults = []
    for name, (root, _) in pages.items():
        for element in root.iter():
            data = element.get("type") == "application/ld+json"  # which no browser runs
            if element.tag == "style" or (element.tag == "script" and not element.get("src") and not data):
                faults.append(f"{name}: inline {element.tag}")
            faults += [f"{name}: {a}" for a in element.attrib if a == "style" or a.startswith("on")]
            if element.tag in ("script", "img", "source", "iframe") and "//" in (element.get("src") or ""):
                faults.append(f"{name}: loads {element.get('src')}")
            faults += [f"{name}: {v}" for v in element.attrib.values() if v.strip().lower().startswith("javascript:")]
    assert faults == []


def checked() -> Checker:
    """All page templates, checked."""
    checker = Checker(THEME)
    for template, view in TEMPLATES.items():
        checker.template(f"{template}.html", getattr(views, view))
    return checker


def test_templates_use_what_is_declared() -> None:
    assert checked().faults == []


def test_every_declared_field_is_used() -> None:
    assert declared() - checked().used == UNUSED


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{{ view.heading }}", "x.html:1: ArticlePage has no field heading"),
        ("{{ artikel.title }}", "x.html:1: no name artikel"),
        ("{% for d in view.documents %}{{ d.nummer }}{% endfor %}", "x.html:1: DocumentRef has no field nummer"),
        ("{% macro m(a) %}{{ a.titel }}{% endmacro %}{{ m(view.section) }}", "x.html:1: Link has no field titel"),
        ("{{ (view.newer or view.older).href }}", "x.html:1: Link has no field href"),
    ],
)
def test_contract_checker_finds(tmp_path: Path, template: str, fault: str) -> None:
    """The checker itself is no blank cheque."""
    (tmp_path / "x.html").write_text(template, "utf-8")
    checker = Checker(tmp_path)
    checker.template("x.html", views.ArticlePage)
    assert checker.faults == [fault]


def test_every_template_has_a_view() -> None:
    assert {p.stem for p in THEME.glob("*.html")} == {*TEMPLATES, "base"}
    classes = {n for n, c in vars(views).items() if isinstance(c, type) and c.__module__ == views.__name__}
    assert set(TEMPLATES.values()) == classes


def test_second_build_writes_nothing(site: Path) -> None:
    def state() -> dict[str, tuple[int, int, int]]:
        """All but what builds remember: that files are known for sure is news."""
        found = [site, *site.rglob("*")]
        return {str(p): ((s := p.lstat()).st_mtime_ns, s.st_ino, s.st_size) for p in found if not _beside(p, site)}

    before = state()
    assert pelican(ROOT / "content", site).returncode == 0
    assert state() == before


def _beside(path: Path, site: Path) -> bool:
    """The parent folder and the stage's home are touched by every build; what lies in the output is not."""
    return path == site.parent or path == site.parent / f".{site.name}.bantin"


def test_an_empty_content_folder_is_a_site(tmp_path: Path) -> None:
    """A department that starts from nothing sees its site, not an error."""
    (tmp_path / "content").mkdir()
    made = build(tmp_path / "content", tmp_path / "output")
    assert made.report.counts.articles == 0
    assert "Chưa có bài nào" in (tmp_path / "output" / "index.html").read_text("utf-8")


def test_text_is_escaped(tmp_path: Path) -> None:
    """What stands in a header is text, wherever it is shown."""
    evil = "<img src=x onerror=alert(1)>\"'&"
    header = {"Title": evil, "Authors": evil, "Tags": evil, "Summary": evil, "Category": evil, "Source": evil}
    path = tmp_path / "content" / "bai-viet" / "a.md"
    path.parent.mkdir(parents=True)
    path.write_text(article(**header), "utf-8")
    build(tmp_path / "content", tmp_path / "output")
    for name, data in tree(tmp_path / "output").items():
        if name.endswith((".html", ".xml")):
            assert b"<img src=x" not in data, name
