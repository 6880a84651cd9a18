"""No text of people runs: every vector of attacks.toml in every place, in Chromium, with the policy of docs/may-chu and without.

Each in one place by default, in turns, and a part of the pages; all of it by hand: `BANTIN_LONG=1 pytest tests/test_attacks.py`.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import pytest
from attacks import EVERYWHERE, Vector, files, lay, vectors, without_refused
from conftest import CATALOGUES, ROOT, article, build, picture, whole
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Request

import pelicanconf
from bantin.body import Parser
from bantin.diagnostics import Refused, errors
from bantin.files import misnamed, shown
from bantin.plugin import check

VECTORS = vectors()
POLICY = re.findall(r'Content-Security-Policy "([^"]+)"', (ROOT / "docs" / "may-chu" / "nginx.conf").read_text("utf-8"))[0]

SEARCH = "tim-kiem/index.html"

# Counts what runs. Then everything that a reader could set off is set off, and the tree is looked at as the browser sees it.
LISTEN = """
window.hits = [];
const hit = (what) => () => { try { top.hits.push(what) } catch { console.error('HIT ' + what) } };
window.HIT = hit('HIT'); window.alert = hit('alert'); window.confirm = hit('confirm'); window.prompt = hit('prompt');
"""
PROBE = """
() => {
  const found = [...window.hits];
  const kinds = ['click', 'mouseover', 'pointerenter', 'focus', 'error', 'load', 'toggle', 'animationstart', 'submit', 'input'];
  const safe = new Set(['http:', 'https:', 'mailto:', 'tel:']);
  const walk = (root) => {
    for (const e of root.querySelectorAll('*')) {
      for (const a of e.attributes) {
        if (/^on/i.test(a.name) || a.name === 'style' || a.name === 'srcdoc' || a.name === 'ping' || a.name === 'formaction')
          found.push(`${e.localName} has ${a.name}`);
        if (/(^|:)(href|src|action|data|background|poster|cite)$/i.test(a.name) && a.value.trim()) {
          let to; try { to = new URL(a.value, document.baseURI) } catch { continue }
          if (!safe.has(to.protocol)) found.push(`${e.localName} leads to ${to.protocol}`);
          if (to.host === 'ngoai.example' && e.localName !== 'a') found.push(`${e.localName} asks ngoai.example`);
        }
      }
      if (/^(iframe|frame|object|embed|base|applet|svg|math|video|audio|style|template|xmp|portal)$/i.test(e.localName) && !e.closest('button'))
        found.push(`there is ${e.localName}`);
      if (e.localName === 'script' && e.type !== 'application/ld+json' && !/^\\/(theme\\/js|pagefind)\\//.test(new URL(e.src || 'x:', location).pathname))
        found.push(`script ${e.src}`);
      if (e.localName === 'meta' && e.httpEquiv && !/^(x-ua-compatible|content-type)$/i.test(e.httpEquiv)) found.push(`meta ${e.httpEquiv}`);
      for (const kind of kinds) e.dispatchEvent(new Event(kind, { bubbles: false }));
    }
  };
  walk(document);
  return [...new Set([...found, ...window.hits])];
}
"""


@dataclass
class Attacked:
    """The site, what of it is there by path of content, and what was refused with the codes."""

    output: Path
    published: dict[str, Vector]
    refused: dict[str, set[str]]


def owner(path: str) -> Vector:
    """The vector of a file of content."""
    number = re.search(r"-(\d+)\.md$", path)
    if path.startswith("ban-tin/"):
        year, month = path[8:15].split("-")
        return VECTORS[(int(year) - 2000) * 12 + int(month) - 2]
    assert number
    return VECTORS[int(number[1]) - 1]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """All vectors in one site, but for those files that the checks refuse."""
    home = tmp_path_factory.mktemp("attacked")
    content, made = home / "content", files(VECTORS, whole(1, len(EVERYWHERE)))
    made |= {f"danh-muc/{file.name}": file.read_bytes() for file in CATALOGUES.glob("*.toml")} | {"anh/dau-hieu.png": picture()}
    made["danh-muc/chuyen-muc.toml"] = "".join(
        f"[[chuyen-muc]]\nname = {json.dumps(v.line[:200])}\ndescription = {json.dumps(v.line)}\n"
        for v in VECTORS
        if re.search(r"\w", v.line) and not re.search(r"[\x00-\x1f\ue000]", v.line)
    )
    publisher = "".join(
        f"{key} = {json.dumps(VECTORS[n].line)}\n"
        for n, key in enumerate(("short_name", "description", "parent", "address", "notice", "distribution", "period"))
    )
    made["danh-muc/co-quan-xuat-ban.toml"] = (
        f'name = {json.dumps(VECTORS[16].line)}\npublisher = {json.dumps(VECTORS[9].line)}\nwebsite = "https://a.example"\n{publisher}'
    )
    lay(content, made)
    refused = without_refused(content, lambda: check(ROOT / "pelicanconf.py", PATH=str(content)))
    build(content, home / "output")
    published = {path: owner(path) for path in made if path.endswith(".md") and path not in refused}
    return Attacked(home / "output", published, refused)


class _Serving(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    policy = ""

    def end_headers(self) -> None:
        """With the policy, where there is one."""
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """The test's output stays readable."""


@pytest.fixture(scope="module", params=["without the policy", "with the policy"])
def address(request: pytest.FixtureRequest, attacked: Attacked) -> Iterator[str]:
    """The site's address, served with the policy or without."""
    kind = type("Serving", (_Serving,), {"policy": POLICY if request.param == "with the policy" else ""})
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=str(attacked.output)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


def visits(context: BrowserContext, pages: Mapping[str, str], home: str) -> Iterator[tuple[str, list[str]]]:
    """(name, what ran or was asked) of each page by its address."""
    page = context.new_page()
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((home, "data:image/", "about:")):
            faults.append(f"asks {request.url}")

    page.on("request", asked)
    page.on("dialog", lambda dialog: (faults.append(f"says {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: faults.append(f"opens {popup.url}"))
    page.on("console", lambda m: faults.append(m.text) if "HIT" in m.text else None)
    for name, at in pages.items():
        faults.clear()
        page.goto(at, wait_until="load")
        found: list[str] = page.evaluate(PROBE)
        there = (
            page.url.removesuffix("?q=") if name == SEARCH else page.url
        )  # the search writes into its address what is looked for
        yield name, [*found, *faults, *([f"went to {page.url}"] if there != at else [])]
    page.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that counts what runs."""
    opened = browser.new_context()
    opened.add_init_script(LISTEN)
    yield opened
    opened.close()


def test_there_are_enough_vectors() -> None:
    assert len(VECTORS) >= 200 and len({v.kind for v in VECTORS}) >= 12 and len({v.text for v in VECTORS}) == len(VECTORS)


def test_most_vectors_reach_the_site_and_every_class_does(attacked: Attacked) -> None:
    reached = {vector.number for vector in attacked.published.values()}
    assert len(reached) >= whole(70, 95) / 100 * len(VECTORS), [v.text for v in VECTORS if v.number not in reached]
    for place, folder in zip(
        EVERYWHERE, ("bai-viet/than", "bai-viet/dau", "bai-viet/ten", "van-ban/", "trang/", "tac-gia/", "ban-tin/"), strict=True
    ):
        there = {vector.kind for path, vector in attacked.published.items() if path.startswith(folder)}
        assert len(there) >= whole(6, 11), (place, there)
    assert not {"TP01", "DB06", "TP07"} & set().union(*attacked.refused.values()), attacked.refused


def pages_of(attacked: Attacked, address: str) -> dict[str, str]:
    """Pages to visit: a third of those made of one vector and a few of the others; or all."""
    found = sorted(
        p.relative_to(attacked.output).as_posix() for p in attacked.output.rglob("*.html") if "pagefind" not in p.parts
    )
    made = [p for p in found if re.search(r"(^|/)(than|dau|ten|vb|trang|nguoi)-\d+/|^ban-tin/", p)]
    chosen = [*made[:: whole(3, 1)], *[p for p in found if p not in made and p != SEARCH][:: whole(40, 1)], SEARCH]
    return {p: f"{address}/{p.removesuffix('index.html')}" for p in chosen}


def test_nothing_runs(attacked: Attacked, address: str, context: BrowserContext) -> None:
    pages = pages_of(attacked, address)
    assert len(pages) > 100
    assert {name: found for name, found in visits(context, pages, address) if found} == {}


def test_nothing_runs_among_what_was_found(attacked: Attacked, address: str, context: BrowserContext) -> None:
    """The search shows titles and pieces of texts that a script put together."""
    page = context.new_page()
    shown = 0
    for words in ("HIT", "script", "trước", "<script>HIT()</script>"):
        page.goto(f"{address}/tim-kiem/?q={quote(words)}", wait_until="networkidle")
        shown += page.locator("#ket-qua a").count()
        assert page.evaluate(PROBE) == []
    assert shown > 10


def test_the_probe_works(browser: Browser, attacked: Attacked, context: BrowserContext) -> None:
    """Without the cleaner most vectors that a browser understands are seen."""
    parser = Parser(pelicanconf.MARKDOWN)
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: (
            route.fulfill(body=bodies[int(route.request.url.rsplit("/", 1)[1])], content_type="text/html; charset=utf-8")
            if "/tho/" in route.request.url
            else route.abort()
        ),
    )
    bodies = [f"<!DOCTYPE html><body><p>x</p>{parser.html(v.text)}{v.text}" for v in VECTORS]
    seen: dict[str, int] = {}
    tried = VECTORS[:: whole(4, 1)]
    for vector in tried:
        number = vector.number - 1
        try:
            page.goto(f"http://tho.example/tho/{number}", wait_until="commit")
            page.wait_for_load_state("load", timeout=2000)
            found: Any = page.evaluate(PROBE)
        except Exception:  # it went somewhere else: a vector that bites
            found = True
        seen[vector.kind] = seen.get(vector.kind, 0) + bool(found)
    assert sum(seen.values()) >= 0.7 * len(tried), seen
    for kind in (
        "script",
        "event handler",
        "script address",
        "Markdown link",
        "Markdown blocks",
        "SVG and MathML",
        "CSS",
        "mutation",
    ):
        assert seen[kind] >= 0.6 * sum(v.kind == kind for v in tried), (kind, seen)


def test_feeds_and_lists_are_well_formed(attacked: Attacked) -> None:
    for file in attacked.output.rglob("*.xml"):
        etree.parse(file, etree.XMLParser(resolve_entities=False))
        if file.name == "rss.xml":
            read = feedparser.parse(file.read_bytes())
            assert not read.bozo and read.version == "rss20", file
            assert all(entry.link.startswith("http://localhost:8000/") for entry in read.entries)
    for file in [*attacked.output.rglob("*.json"), *attacked.output.rglob("*.webmanifest")]:
        json.loads(file.read_text("utf-8"))


def test_what_a_browser_is_told_of_a_page_is_data(attacked: Attacked) -> None:
    """JSON-LD holds the vectors as texts, whole."""
    seen = set()
    for path, vector in attacked.published.items():
        if path.startswith("van-ban/"):
            page = (attacked.output / path.removesuffix(".md") / "index.html").read_text("utf-8")
            blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
            assert any(vector.line in text for block in blocks for text in _texts(json.loads(block))), path
            seen.add(vector.kind)
    assert len(seen) >= whole(6, 11)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v.name)
def test_no_vector_is_the_name_of_a_file(vector: Vector) -> None:
    for name in (vector.text, f"{vector.line}.md", vector.text[:40] + ".png", vector.line.replace("/", "") + ".pdf"):
        assert misnamed(f"tep/{name}")


def test_files_of_such_names_are_refused(tmp_path: Path) -> None:
    """As far as this system has files of such names."""
    content, refused = tmp_path / "content", set()
    (content / "tep").mkdir(parents=True)
    (content / "bai-viet").mkdir()
    for vector in VECTORS:
        for folder, end in (("tep", ".pdf"), ("bai-viet", ".md"), ("bai-viet", "")):
            name = f"{vector.line.replace('/', '')[:60]}{end}"
            with suppress(OSError, ValueError):
                (content / folder / name).write_text(article(), "utf-8")
                refused |= {f"{folder}/{name}"} if not name.endswith("~") else set()  # a copy that an editor's program keeps
    found = check(ROOT / "pelicanconf.py", PATH=str(content))
    assert len(refused) > 600
    assert {d.path.removeprefix("content/") for d in errors(found)} == {shown(name) for name in refused}
    with pytest.raises(Refused):
        build(content, tmp_path / "output")
    assert not (tmp_path / "output").exists()
