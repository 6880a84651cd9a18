"""What independent judges say of the finished site: accessibility by axe-core, HTML by the Nu validator, bytes by counting."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, build, need
from playwright.sync_api import Browser, Response
from test_browser import KINDS, sample
from webserver import Nginx

NODE = ROOT / "tests" / "node_modules"
AXE, NU = NODE / "axe-core" / "axe.min.js", NODE / "vnu-jar" / "build" / "dist" / "vnu.jar"
PAGES = {**KINDS, "feeds": "nguon-tin/", "offline": "khong-co-mang/"}
SURROUNDINGS = [("light", 360), ("dark", 360), ("light", 1440), ("dark", 1440)]


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """The site of content/ as it goes out, under nginx with the headers of docs/may-chu/."""
    home = tmp_path_factory.mktemp("judged")
    server = Nginx(home / "nginx", home / "public")
    build(ROOT / "content", home / "public", "publishconf.py", SITEURL=server.address)
    server.start()
    yield server
    server.stop()


def address(site: Path, kind: str) -> str:
    """An address of that kind of page."""
    return PAGES[kind] if kind not in KINDS else sample(site, kind)


@pytest.mark.parametrize("scheme, width", SURROUNDINGS)
def test_axe_finds_nothing_on_any_kind_of_page(nginx: Nginx, browser: Browser, scheme: str, width: int) -> None:
    # The policy forbids scripts that are not the site's, axe's among them.
    context = browser.new_context(base_url=nginx.address, bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce")  # type: ignore[arg-type]  # fmt: skip
    page, found = context.new_page(), []
    for kind in PAGES:
        page.goto(f"/{address(nginx.root, kind)}", wait_until="load")
        page.add_script_tag(path=AXE)
        violations = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        found += [(kind, v["id"], v["nodes"][0]["html"][:160]) for v in violations]
    context.close()
    assert found == []


def test_axe_would_find_something(nginx: Nginx, browser: Browser) -> None:
    context = browser.new_context(base_url=nginx.address, bypass_csp=True)
    page = context.new_page()
    page.goto("/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    page.add_script_tag(path=AXE)
    assert "image-alt" in [v["id"] for v in page.evaluate("async () => (await axe.run()).violations")]
    context.close()


def nu(*files: Path) -> list[dict[str, str]]:
    """What the Nu validator says of files and folders."""
    command = [need("java"), "-jar", str(NU), "--skip-non-html", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    said: list[dict[str, str]] = json.loads(done.stderr)["messages"]
    return said


def test_nu_has_no_error_and_no_warning_on_the_whole_output(nginx: Nginx) -> None:
    assert [(m["url"].removeprefix(f"file:{nginx.root}"), m["message"]) for m in nu(nginx.root)] == []


def test_nu_would_say_something(tmp_path: Path) -> None:
    bad = tmp_path / "a.html"
    bad.write_text("<!DOCTYPE html><html lang=vi><title>a</title><p><div>x</p>", "utf-8")
    assert nu(bad)


def test_an_article_weighs_no_more_than_60_kilobytes_without_its_pictures(nginx: Nginx, browser: Browser) -> None:
    """HTML, styles, fonts and scripts as they come over the wire (without headers, which HTTP/2 packs), of the heaviest article."""
    context = browser.new_context(base_url=nginx.address, viewport={"width": 360, "height": 800}, service_workers="block")
    page, weights = context.new_page(), {}

    def weigh(response: Response) -> None:
        kind = response.request.resource_type
        if kind != "image":
            body = response.request.sizes()
            weights[response.url] = (kind, body["responseBodySize"])

    page.on("requestfinished", lambda request: weigh(request.response()))  # type: ignore[arg-type, return-value]
    page.goto(f"/{sample(nginx.root, 'article')}", wait_until="networkidle")
    page.evaluate("() => document.fonts.ready")
    context.close()
    total = sum(size for kind, size in weights.values() if kind in ("document", "stylesheet", "font"))
    scripts = sum(size for kind, size in weights.values() if kind == "script")
    assert total <= 60 * 1024, sorted(weights.items(), key=lambda w: -w[1][1])
    assert 0 < scripts <= 4 * 1024, weights


def test_styles_and_scripts_keep_their_budgets(nginx: Nginx) -> None:
    def packed(*names: str) -> int:
        return sum(len(gzip.compress((nginx.root / "theme" / name).read_bytes(), 9)) for name in names)

    assert packed("css/main.css") <= 10 * 1024
    article = (nginx.root / sample(nginx.root, "article") / "index.html").read_text("utf-8")
    scripts = [part.split("?")[0] for part in article.split("theme/")[1:] if part.split("?")[0].endswith(".js")]
    assert packed(*scripts) + len(gzip.compress((nginx.root / "sw.js").read_bytes(), 9)) <= 4 * 1024, scripts
