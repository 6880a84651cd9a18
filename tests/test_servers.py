"""The files of docs/may-chu/ as they are, under Debian's nginx and Caddy: headers, and every kind of page in Chromium."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, build, listen, need
from playwright.sync_api import Browser, Page
from test_browser import KINDS, sample
from webserver import FOLDER, Caddy, Nginx, Server, header

POLICY = {
    "default-src": "'none'", "script-src": "'self' 'wasm-unsafe-eval'", "style-src": "'self'", "img-src": "'self'",
    "font-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'", "form-action": "'self'",
    "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip
FOR_EVER, ASKED, SHORT = "public, max-age=31536000, immutable", "no-cache", "public, max-age=300"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Nginx:
    """The site of content/ as it goes out, for a server that is not running yet."""
    home = tmp_path_factory.mktemp("published")
    server = Nginx(home / "nginx", home / "public")
    build(ROOT / "content", home / "public", "publishconf.py", SITEURL=server.address)
    return server


@pytest.fixture(scope="module")
def nginx(published: Nginx) -> Iterator[Nginx]:
    """nginx over it."""
    published.start()
    yield published
    published.stop()


@pytest.fixture(scope="module")
def caddy(published: Nginx) -> Iterator[Caddy]:
    """Caddy over the same files."""
    running = Caddy(published.root.parent / "caddy", published.root)
    running.start()
    yield running
    running.stop()


@pytest.fixture(params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> Server:
    """Each of the servers."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def page(browser: Browser, nginx: Nginx) -> Iterator[tuple[Page, list[str]]]:
    """A fresh page that reports what its policy forbids, and the list of all faults that it heard."""
    context = browser.new_context(base_url=nginx.address, locale="vi-VN")
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective, e.blockedURI))"
    )
    opened = context.new_page()
    faults = listen(opened, nginx.address)
    yield opened, faults
    context.close()


def a_file(site: Path, pattern: str) -> str:
    """The address of some file that matches."""
    return min(p.relative_to(site).as_posix() for p in site.glob(pattern))


@pytest.mark.parametrize(
    ("pattern", "kind", "kept"),
    [
        ("index.html", "text/html", ASKED), ("van-ban/index.html", "text/html", ASKED), ("rss.xml", "application/rss+xml", SHORT),
        ("tac-gia/*/rss.xml", "application/rss+xml", SHORT), ("rss.json", "application/feed+json", SHORT),
        ("sw.js", "javascript", ASKED), ("manifest.webmanifest", "application/manifest+json", ASKED), ("sitemap.xml", "/xml", ASKED),
        ("robots.txt", "text/plain", ASKED), ("van-ban/van-ban.csv", "text/csv", ASKED), ("van-ban/van-ban.json", "application/json", ASKED),
        ("anh/*.webp", "image/webp", FOR_EVER), ("anh/*.png", "image/png", FOR_EVER), ("theme/css/main.css", "text/css", ASKED),
        ("theme/js/theme.js", "javascript", ASKED), ("pagefind/**/*.pf_meta", "", FOR_EVER), ("pagefind/pagefind.js", "javascript", ASKED),
    ],
)  # fmt: skip
def test_types_and_how_long_a_file_is_kept(server: Server, published: Nginx, pattern: str, kind: str, kept: str) -> None:
    status, found = header(f"{server.address}/{a_file(published.root, pattern)}")
    assert status == 200 and kind in found.get("Content-Type", "") and found["Cache-Control"] == kept
    if kind.startswith(("text/", "application/")):
        assert found["Content-Type"].endswith("; charset=utf-8") or found["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["theme/css/main.css?v=0123abcd", "theme/fonts/be-vietnam-pro-500.woff2?v=0123abcd"])
def test_versioned_files_are_kept_for_ever(server: Server, path: str) -> None:
    assert header(f"{server.address}/{path}")[1]["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("path", ["?v=0123abcd", "van-ban/?v=0123abcd", "theme/css/main.css?v=", "khong-co/anh/a.css?v=0123abcd"])
def test_nothing_else_is_kept_because_it_has_a_question_mark(server: Server, path: str) -> None:
    assert header(f"{server.address}/{path}")[1]["Cache-Control"] == ASKED


@pytest.mark.parametrize(
    "path",
    ["", "khong-co-trang-nay/", "theme/css/khong-co.css?v=0123abcd", "rss.xml", "sw.js", "anh/khong-co-0123456789ab-480.webp"],
)
def test_headers_are_on_every_answer(server: Server, path: str) -> None:
    status, found = header(f"{server.address}/{path}")
    assert status == (404 if "khong-co" in path else 200)
    policy = dict(part.strip().split(" ", 1) for part in found["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in found["Permissions-Policy"]
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert found["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    for name in ("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options", "Cross-Origin-Resource-Policy"):
        assert len([v for k, v in found.items() if k == name]) == 1, name
    assert not re.search(r"\d", found.get("Server", ""))
    assert "Strict-Transport-Security" not in found  # the administrator's decision
    if status == 404:
        assert found["Content-Type"] == "text/html; charset=utf-8" and found["Cache-Control"] == ASKED


def test_who_may_read_from_another_site(server: Server, published: Nginx) -> None:
    """Feeds and lists by scripts, pictures by <img>; pages by nobody."""
    for path, policy, origin in (
        ("rss.xml", "cross-origin", "*"), ("rss.json", "cross-origin", "*"), ("van-ban/van-ban.csv", "cross-origin", "*"),
        (a_file(published.root, "anh/*.webp"), "cross-origin", None), ("", "same-origin", None), ("sw.js", "same-origin", None),
    ):  # fmt: skip
        _, found = header(f"{server.address}/{path}")
        assert (found["Cross-Origin-Resource-Policy"], found.get("Access-Control-Allow-Origin")) == (policy, origin), path


@pytest.mark.parametrize(
    "path", ["van-ban/", "rss.xml", "rss.json", "theme/css/main.css", "theme/js/theme.js", "van-ban/van-ban.csv", "sitemap.xml"]
)
def test_text_is_compressed(server: Server, path: str) -> None:
    _, found = header(f"{server.address}/{path}", **{"Accept-Encoding": "gzip"})
    assert found["Content-Encoding"] == "gzip" and "Accept-Encoding" in found["Vary"]


def test_packed_copies_are_sent_as_they_are(server: Server, published: Nginx) -> None:
    """Also to who reads no gzip the file itself; Debian's nginx sends x.br with a module that is not everywhere."""
    for ending in ("", ".gz", ".br"):
        (published.root / f"thu.html{ending}").write_bytes(gzip.compress(b"packed", mtime=0) if ending else b"plain")
    for asked, kind in (("identity", None), ("gzip", "gzip"), *([("br", "br")] if isinstance(server, Caddy) else [])):
        status, found = header(f"{server.address}/thu.html", **{"Accept-Encoding": asked})
        assert (status, found.get("Content-Encoding"), found["Content-Length"]) == (200, kind, "26" if kind else "5")
        assert found["Content-Type"] == "text/html; charset=utf-8"


def test_the_record_of_a_release_is_not_served(server: Server, published: Nginx) -> None:
    (published.root / "release.json").write_text("{}", "utf-8")
    assert header(f"{server.address}/release.json")[0] == 404


def test_an_unchanged_page_costs_nothing(server: Server) -> None:
    _, first = header(f"{server.address}/")
    status, _ = header(f"{server.address}/", **{"If-None-Match": first["ETag"]})
    assert status == 304


def test_hidden_files_are_not_served(server: Server, published: Nginx) -> None:
    secret = published.root / ".git" / "config"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("canary", "utf-8")
    assert header(f"{server.address}/.git/config")[0] == 404


def test_folders_without_their_slash(server: Server) -> None:
    assert header(f"{server.address}/van-ban")[0] == 200  # after the redirection, which keeps host and port


def test_caddy_finds_nothing_wrong(tmp_path: Path) -> None:
    for file in (FOLDER / "Caddyfile", Caddy(tmp_path / "home", tmp_path).write()):
        done = subprocess.run(
            [need("caddy"), "validate", "--adapter", "caddyfile", "--config", str(file)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_both_servers_say_the_same() -> None:
    """One policy, written twice because two programs read it."""
    nginx, caddy = ((FOLDER / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    for name in ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
        values = [re.findall(rf'{name} "([^"]+)"', text) for text in (nginx, caddy)]
        assert values[0] == values[1] and len(values[0]) == 1


@pytest.mark.parametrize("kind", [*KINDS, "feeds", "offline"])
def test_every_kind_of_page_passes_its_policy(nginx: Nginx, page: tuple[Page, list[str]], kind: str) -> None:
    """Nothing is said, nothing is forbidden, no other host is asked; JSON-LD stands in the page."""
    opened, faults = page
    special = {"feeds": "nguon-tin/", "offline": "khong-co-mang/"}
    opened.goto(f"/{special.get(kind) or sample(nginx.root, kind)}", wait_until="networkidle")
    opened.evaluate("() => { for (const i of document.images) i.loading = 'eager'; return document.fonts.ready }")
    opened.wait_for_load_state("networkidle")
    data = opened.locator('script[type="application/ld+json"]')
    for n in range(data.count()):
        assert (
            opened.evaluate("(e) => JSON.parse(e.textContent)['@context']", data.nth(n).element_handle()) == "https://schema.org"
        )
    assert (data.count() > 0) == (kind not in ("search", "404", "offline"))
    assert opened.evaluate("() => [...document.styleSheets].every((s) => s.cssRules.length)")
    assert faults == []


def test_search_works_under_the_policy(page: tuple[Page, list[str]]) -> None:
    opened, faults = page
    opened.goto("/tim-kiem/?q=đảng")
    opened.wait_for_selector("#ket-qua a")
    assert faults == []


def test_the_worker_is_installed_under_the_policy(page: tuple[Page, list[str]]) -> None:
    opened, faults = page
    opened.goto("/")
    opened.wait_for_function("() => navigator.serviceWorker.controller?.scriptURL.endsWith('/sw.js')")
    assert faults == []


def test_the_policy_forbids_what_it_should(page: tuple[Page, list[str]]) -> None:
    """The tests above would be silent without a policy, too."""
    opened, faults = page
    opened.goto("/")
    opened.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.head.append(s) }"
    )
    opened.evaluate(
        "() => { const s = document.createElement('style'); s.textContent = 'body { color: red }'; document.head.append(s) }"
    )
    assert opened.evaluate("() => window.ran") is None
    assert any("script-src" in fault for fault in faults) and any("style-src" in fault for fault in faults)


def test_caddy_shows_a_page(caddy: Caddy, browser: Browser) -> None:
    opened = browser.new_page()
    said: list[str] = []
    opened.on("console", lambda m: said.append(m.text))
    opened.goto(f"{caddy.address}/van-ban/", wait_until="networkidle")
    assert opened.locator("#danh-sach > li").count() > 60 and said == []
    opened.close()
