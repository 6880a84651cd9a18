"""Takes the pictures of docs/theme.md from the built sample site: `python3 docs/components.py` after `python3 tasks.py build`.

Needs playwright and Chromium, which the tests install.
"""

from __future__ import annotations

import io
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bantin.environment import chromium  # noqa: E402

PICTURES = {  # name → (address, colour scheme, height in CSS pixels)
    "trang-chu": ("", "light", 900),
    "bai": ("bai-viet/2025/binh-dan-hoc-vu-so/", "light", 1000),
    "bai-toi": ("bai-viet/2025/binh-dan-hoc-vu-so/", "dark", 1000),
    "van-ban": ("van-ban/121-kl-tw-2025/", "light", 1000),
    "danh-muc": ("van-ban/", "light", 800),
    "lich": ("luu-tru/2023/11/", "light", 800),
    "tim-kiem": ("tim-kiem/?q=nghi+quyet+35", "light", 900),
}


class Quiet(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    """Write docs/anh/theme/*.png."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "output")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    target = ROOT / "docs" / "anh" / "theme"
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, (address, scheme, height) in PICTURES.items():
            context = browser.new_context(viewport={"width": 1100, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            for _ in range(2):  # the second time with fonts at hand
                page.goto(f"http://127.0.0.1:{server.server_port}/{address}", wait_until="networkidle")
            shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(128)
            shot.save(target / f"{name}.png", optimize=True)
            context.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
