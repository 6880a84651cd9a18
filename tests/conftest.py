"""What the tests share: small content folders, builds of them, and the tools that have to be there."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as laws
from PIL import Image
from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bantin import environment, plugin  # noqa: E402
from bantin import site as site_of  # noqa: E402
from bantin.catalogue import Catalogue, load  # noqa: E402
from bantin.plugin import Bulletin  # noqa: E402
from bantin.source import Source, parse  # noqa: E402
from bantin.works import Recall  # noqa: E402

CATALOGUES = ROOT / "content" / "danh-muc"

# No law fails because a machine is slow; in CI every run tries the same examples.
laws.register_profile("bantin", deadline=None, derandomize=bool(os.environ.get("CI")))
laws.load_profile("bantin")

ARTICLE = """Title: Hội nghị học tập nghị quyết
Date: 2023-11-28 07:30
Category: Xây dựng Đảng
Authors: BTG
Tags: học tập nghị quyết
Summary: Một đoạn dẫn.

Đoạn văn thứ nhất.
"""

DOCUMENT = """Title: về tăng cường bảo vệ nền tảng tư tưởng của Đảng
Number: 35-NQ/TW
Kind: Nghị quyết
Issuer: Bộ Chính trị
Term: XII
Issued: 2018-10-22

Văn bản dùng trong kiểm thử.
"""

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

Write = Callable[[Mapping[str, str | bytes]], Path]


def need(tool: str) -> str:
    """The path of a command. In CI a missing one is a failure, elsewhere the test is skipped."""
    found = environment.chromium() if tool == "chromium" else shutil.which(tool)
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{tool} is not installed")
    return found


def pelican(content: Path, output: Path, *arguments: str, settings: str = "pelicanconf.py") -> subprocess.CompletedProcess[str]:
    """Run `pelican` as a user does, from the project's folder."""
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(ROOT / settings), "-o", str(output), *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )


def source_of(text: str, path: str) -> Source:
    """A text as the file `path` of a content folder; its header has to be well formed."""
    source, problems = parse(text, path, f"content/{path}")
    assert source and not problems, problems
    return source


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The project's own catalogues."""
    return load(CATALOGUES)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Makes `content/` with these files (and catalogues) in a folder of the test's own."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "content"
        shutil.copytree(CATALOGUES, root / "danh-muc", dirs_exist_ok=True)
        (root / "anh").mkdir(exist_ok=True)
        shutil.copy(ROOT / "content" / "anh" / "dau-hieu.png", root / "anh")  # the publisher's mark
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return root

    return make


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the repository's own content, built once a worker with `pelican`."""
    output = tmp_path_factory.mktemp("site") / "output"
    done = pelican(ROOT / "content", output)
    assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a module."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A fresh page that has to stay silent and at home; the faults that it heard fail the test."""
    context = browser.new_context(base_url=server, locale="vi-VN")
    opened = context.new_page()
    faults = listen(opened, server)
    yield opened
    context.close()
    assert faults == []


def listen(page: Page, server: str) -> list[str]:
    """Console messages, errors, failed requests and requests to other hosts go into this list as they come."""
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            faults.append(f"{page.url}: asks {request.url}")

    page.on("console", lambda m: faults.append(f"{page.url}: {m.type}: {m.text}"))
    page.on("pageerror", lambda e: faults.append(f"{page.url}: {e}"))
    # A request that the next address cuts off has not failed.
    page.on(
        "requestfailed", lambda r: faults.append(f"{page.url}: {r.url} {r.failure}") if r.failure != "net::ERR_ABORTED" else None
    )
    page.on("response", lambda r: faults.append(f"{page.url}: {r.status} {r.url}") if r.status >= 400 else None)
    page.on("request", asked)
    return faults


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """The browser of a test asks for a picture once, not once a page."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """The test's output stays readable."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the built site on this machine, without a final slash."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


def article(text: str = "Đoạn văn của bài.", **header: str) -> str:
    """The file of an article: a header that is complete, with these keys changed or added, and a text."""
    fields = {"Title": "Một bài", "Date": "2023-11-28 07:30", "Category": "Xây dựng Đảng", **header}
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + f"\n{text}\n"


def build(
    content: Path, output: Path, settings: str = "pelicanconf.py", now: datetime | None = None, **overrides: Any
) -> Bulletin:
    """Build in this process, as `pelican -s` does. now: what the clock says. Raises what the build raises."""
    if now:
        overrides["PELICAN_CLASS"] = type("Frozen", (Bulletin,), {"clock": staticmethod(lambda: now)})
    return plugin.build(ROOT / settings, PATH=str(content), OUTPUT_PATH=str(output), **overrides)


def prepare(content: Path, folder: Path, now: datetime, **overrides: Any) -> site_of.Prepared:
    """Read, check and gate as a build does that knows nothing yet. folder: for what it keeps."""
    settings = plugin.settings_of(ROOT / "pelicanconf.py", PATH=str(content), **overrides)
    return site_of.prepare(settings, now, Recall(folder / "nho"))


def picture(colour: str = "teal", size: tuple[int, int] = (640, 360)) -> bytes:
    """A PNG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def whole(short: int, long: int) -> int:
    """How much of a long test is run: all of it with `BANTIN_LONG=1`."""
    return long if os.environ.get("BANTIN_LONG") else short


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first: whoever is given one of them last is waited for by all others."""
    first = ("test_exact.py", "test_preflight.py", "test_attacks.py", "test_bad_files.py", "test_reproducible.py")
    items.sort(key=lambda item: item.path.name not in first)
