"""How long an editor waits: from a save to the text on the screen, in watch mode and Chromium.

    invoke bench serve [--articles 10000] [--runs 9]

Starts `invoke serve` in a copy of the project with a generated corpus, waits for the first build, opens the page of what is edited,
and saves as an editor does. What is measured ends when the page, loaded again by itself, shows the new words. Saves follow one
another faster than the silence in which the search is brought up to date, and than all pages are made where many change. Needs what tests need: playwright and Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event, Thread

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from webserver import free_port  # noqa: E402

from bantin.environment import chromium  # noqa: E402
from bench.measuring import machine  # noqa: E402
from bench.site import corpus, edited  # noqa: E402
from bench.table import STEPS, number  # noqa: E402

EDITS: dict[str, tuple[str, Callable[[str], str]]] = {  # what is replaced, and by what
    "body": (r"\Z", lambda words: f"\n{words}.\n"),
    "title": (r"(?m)^(Title: .*)", lambda words: rf"\1 {words}"),
    "document": (r"(?m)^(Title: .*)", lambda words: rf"\1 {words}"),
    "template": (r"({% block main %})", lambda words: rf"\1<p>{words}</p>"),
}
TEMPLATE = Path("theme/templates/article.html")
REST = 1.0  # seconds between two saves
LOOK = 40  # ms between two looks at the page: to look takes what the browser and the build have to share


def copy(root: Path, articles: int) -> Path:
    """The project in a folder of its own, with so many generated articles."""
    for name in ("bantin", "theme"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "tasks.py"):
        shutil.copy(ROOT / name, root)
    return corpus(root / "content", articles)


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The address of watch mode in that folder, after its first build."""
    port = free_port()
    command = [sys.executable, "-m", "invoke", "serve", "--port", str(port)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment) as running:
        built = Event()

        def told() -> None:
            for line in running.stdout or ():
                print(line, end="", file=sys.stderr, flush=True)
                if "dựng lại" in line:
                    built.set()

        telling = Thread(target=told, daemon=True)
        telling.start()
        built.wait()
        try:
            yield f"http://localhost:{port}/"
        finally:
            running.terminate()  # not Ctrl-C, which a job in the background never hears
            telling.join()


def waited(page: Page, file: Path, step: str, words: str) -> float:
    """Seconds from a save of these words to the page that shows them."""
    pattern, by = EDITS[step]
    draft = file.with_name(f".{file.name}.tmp")
    draft.write_text(re.sub(pattern, by(words), file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    start = time.perf_counter()
    os.replace(draft, file)
    page.wait_for_function("words => document.body?.innerText.includes(words)", arg=words, polling=LOOK, timeout=300_000)
    return time.perf_counter() - start


def measure(root: Path, runs: int) -> dict[str, list[float]]:
    """Step → seconds of each save. root: as `copy` lays it out."""
    taken: dict[str, list[float]] = {}
    with serving(root) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=["--no-sandbox"])
        for step in EDITS:
            article = edited(root / "content", step)
            file = root / TEMPLATE if step == "template" else root / "content" / article
            page = browser.new_page()
            with page.expect_response(lambda answer: "/_xem-thu/tin?" in answer.url):
                page.goto(f"{address}{article.with_suffix('').as_posix()}/")
            taken[step] = []
            for turn in range(runs):
                taken[step].append(waited(page, file, step, f"lần {turn + 1} của {step}"))
                time.sleep(REST)
            page.close()
        browser.close()
    return taken


def main() -> None:
    """Print the table, and write all figures where --json says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as work:
        root = Path(work)
        copy(root, given.articles)
        taken = measure(root, given.runs)
    on = machine()
    print(
        f"{given.articles} bài, {given.runs} lần lưu; {on['cpu']}, {on['cores']} nhân, tải {on['load']}; {date.today():%d/%m/%Y}\n"
    )
    print("| lưu | giây đến khi hiện ra (giữa) | lâu nhất |\n|---|---|---|")
    for step, seconds in taken.items():
        print(f"| {STEPS[step]} | {number(statistics.median(seconds))} | {number(max(seconds))} |")
    if given.json:
        given.json.write_text(json.dumps(taken, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
