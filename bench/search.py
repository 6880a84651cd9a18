"""What a search costs: the project's own content amid thousands of other articles, asked in Chromium.

    invoke bench search [--articles 5000]

Builds, the second of which changes nothing and the third of which changes an article of the newest year: seconds of the index
and the pages that Pagefind read. Then every query of tests/search_queries.py, each in a browser that knows nothing yet: that
what has to come first does, bytes over the wire (text compressed as nginx does), milliseconds from the address to the results,
and milliseconds of the same query asked again on an open page after another. Needs what tests need: playwright and Chromium.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bench.corpus import generate  # noqa: E402

OWN = ("anh", "bai-viet", "ban-tin", "danh-muc", "tac-gia", "trang", "van-ban")
STEPS = {"first": "lần đầu", "same": "không đổi gì", "edited": "sửa một bài năm nay"}
FIRST = datetime(2023, 1, 15, 7)  # so that 5,000 articles reach into the newest year of our own content
MANY = 2500  # documents, for the size of their list
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
]
KINDS = {  # what a query fetches, by what stands in the address; the rest is the page
    ".pf_index": "từ", ".pf_fragment": "bản ghi", ".pf_meta": "danh sách tệp", "wasm.": "chương trình", "pagefind.js": "chương trình",
    "loc.json": "bộ lọc", "so-hieu.json": "số hiệu",
}  # fmt: skip
DONE = """(text) => {
  const said = document.querySelector("#trang-thai")?.textContent ?? "";
  return /kết quả cho|Không/.test(said) && said.includes(`“${text}”`);
}"""


def corpus(content: Path, articles: int) -> None:
    """Our own content, and generated articles in no issue, with documents that none of ours could be taken for."""
    generate(content, articles, first=FIRST)
    for file in content.rglob("*.md"):
        text = file.read_text(encoding="utf-8").replace("-NQ/TW", "-NQ/TU").replace("Bộ Chính trị", "Tỉnh ủy Hòa Bình")
        file.write_text(text.replace("\nCategory:", "\nBulletin: none\nCategory:", 1), encoding="utf-8")
    for file in (content / "van-ban").glob("*-nq-tw.md"):
        file.rename(file.with_name(file.name.replace("tw", "tu")))
    for name in OWN:
        shutil.copytree(
            ROOT / "content" / name, content / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("noi-nhan.toml")
        )


def child(folder: Path) -> None:
    """Build everything, and print the seconds of Pagefind and of all the rest, with the number of pages that Pagefind was given."""
    from bantin import plugin
    from bantin.outputs import search

    log, run = folder / "pagefind.log", search._run
    log.unlink(missing_ok=True)

    def timed(tool: Path, pages: Path, out: Path) -> None:
        start = time.perf_counter()
        run(tool, pages, out)
        with log.open("a", encoding="utf-8") as file:  # it runs in a worker
            file.write(f"{sum(1 for _ in pages.rglob('*.html'))} {time.perf_counter() - start}\n")

    search._run = timed
    places = {
        "PATH": folder / "content",
        "OUTPUT_PATH": folder / "output",
        "THEME": ROOT / "theme",
        "CACHE_PATH": folder / "cache",
    }
    start = time.perf_counter()
    plugin.build(ROOT / "pelicanconf.py", **{name: str(place) for name, place in places.items()})
    whole = time.perf_counter() - start
    runs = [line.split() for line in log.read_text(encoding="utf-8").splitlines()] if log.is_file() else []
    index = sum(float(seconds) for _, seconds in runs)
    print(json.dumps({"pages": whole - index, "index": index, "read": sorted(int(count) for count, _ in runs)}))


def builds(folder: Path) -> dict[str, dict[str, Any]]:
    """The three builds, each in a process of its own."""
    edited = max((folder / "content" / "bai-viet").rglob("bai-*.md"))
    made = {}
    for step in STEPS:
        if step == "edited":
            edited.write_text(edited.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")
        command = [sys.executable, __file__, "--folder", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            sys.exit(done.stderr)
        made[step] = json.loads(done.stdout.splitlines()[-1])
    return made


class Compressed(SimpleHTTPRequestHandler):
    """Files with text compressed, as nginx sends it by docs/may-chu/nginx.conf."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """One file, whole."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        data, text = file.read_bytes(), file.suffix in (".html", ".js", ".css", ".json")
        data = gzip.compress(data, 6) if text else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing beside the table."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on this machine."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), partial(Compressed, directory=str(folder)))
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()


def asked(browser: Any, address: str, text: str) -> dict[str, Any]:
    """One query in a context of its own, then another query and this one again on the same page."""
    context = browser.new_context()
    page = context.new_page()
    sizes: dict[str, int] = {}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    names: dict[str, str] = {}
    wire.on("Network.requestWillBeSent", lambda e: names.setdefault(e["requestId"], e["request"]["url"]))
    wire.on("Network.loadingFinished", lambda e: sizes.update({names[e["requestId"]]: int(e["encodedDataLength"])}))
    start = time.perf_counter()
    page.goto(f"{address}/tim-kiem/?q={quote(text)}", wait_until="commit")
    page.wait_for_function(DONE, arg=text, timeout=60_000)
    cold = time.perf_counter() - start
    links = page.locator("#ket-qua > li > a").evaluate_all("links => links.map((a) => new URL(a.href).pathname.slice(1))")
    found = page.locator("#trang-thai").inner_text()
    fetched = dict(sizes)
    page.evaluate(
        "(text) => { document.querySelector('#q').value = text; document.querySelector('form.search').requestSubmit() }",
        "kiểm tra",
    )
    page.wait_for_function(DONE, arg="kiểm tra", timeout=60_000)
    warm = page.evaluate(AGAIN, text)
    context.close()
    return {
        "query": text, "first": links[0] if links else "", "found": found.split(" ")[0], "cold": 1000 * cold, "warm": warm,
        "index": sum(size for url, size in fetched.items() if "/pagefind/" in url), "bytes": sum(fetched.values()),
        "kinds": kinds(fetched), "requests": len(fetched),
    }  # fmt: skip


def kinds(fetched: dict[str, int]) -> dict[str, int]:
    """Bytes by kind of file. fetched: by address."""
    sums = dict.fromkeys([*KINDS.values(), "trang"], 0)
    for url, size in fetched.items():
        sums[next((name for part, name in KINDS.items() if part in url), "trang")] += size
    return sums


AGAIN = """(text) => new Promise((resolve) => {
  const [state, start] = [document.querySelector("#trang-thai"), performance.now()];
  new MutationObserver(() => state.textContent.includes(`kết quả cho “${text}”`) && resolve(performance.now() - start))
    .observe(state, { childList: true, characterData: true, subtree: true });
  document.querySelector("#q").value = text;
  document.querySelector("form.search").requestSubmit();
})"""


def queries(output: Path) -> list[dict[str, Any]]:
    """Every query that has to hold amid many articles."""
    from playwright.sync_api import sync_playwright
    from search_queries import QUERIES

    from bantin.environment import chromium

    with served(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium() or None, args=FLAGS)
        rows = [asked(browser, address, query.text) | {"expected": query.first} for query in QUERIES if query.large]
        browser.close()
    return rows


def list_of(documents: int, output: Path) -> tuple[int, int]:
    """(bytes, compressed) of so-hieu.json with that many documents, whose titles are those of ours."""
    data = json.loads((output / "pagefind" / "so-hieu.json").read_text(encoding="utf-8"))
    real = [
        row for row in data["muc"] if row[0].startswith("van-ban/") and "sinh ra" not in row[2] and "nội dung thứ" not in row[2]
    ]
    rows = []
    for number in range(documents):
        row = list(real[number % len(real)])
        row[0], row[1] = f"van-ban/{number}-{row[0][8:]}", row[1].replace(" số ", f" số {number}")
        row[7:8] = [f"{number}-{row[7]}"] if len(row) > 7 else []
        rows.append(row)
    text = json.dumps({**data, "muc": rows}, ensure_ascii=False, separators=(",", ":")).encode()
    return len(text), len(gzip.compress(text, 6))


def summary(name: str, values: list[float]) -> str:
    """A line of what all queries have in common."""
    return f"{name}: trung vị {statistics.median(values):,.0f}, nhiều nhất {max(values):,.0f}"


def report(measured: dict[str, Any]) -> str:
    """The figures for people to read."""
    lines = [f"{measured['articles']} bài; mục lục {measured['files']} tệp, {measured['size'] / 1e6:.1f} MB"]
    for step, row in measured["builds"].items():
        lines.append(
            f"{STEPS[step]:<22} trang {row['pages']:>6.1f} s, mục lục {row['index']:>5.1f} s, Pagefind đọc {row['read'] or 'không trang nào'}"
        )
    lines.append(f"so-hieu.json với {MANY} văn bản: {measured['list'][0]:,} byte, nén {measured['list'][1]:,}")
    rows = measured["queries"]
    lines.append(f"{'câu hỏi':<48} {'kết quả':>8} {'kB mục lục':>11} {'kB cả trang':>12} {'ms lần đầu':>11} {'ms tiếp':>8}")
    for row in rows:
        wrong = "" if row["first"] == row["expected"] else f"  SAI: {row['first']}"
        lines.append(
            f"{row['query'][:47]:<48} {row['found']:>8} {row['index'] / 1000:>11.0f} {row['bytes'] / 1000:>12.0f} {row['cold']:>11.0f} {row['warm']:>8.0f}{wrong}"
        )
    lines += [summary(name, [row[name] for row in rows]) for name in ("index", "bytes", "requests", "cold", "warm")]
    for name, numbered in (("bytes, hỏi theo số", True), ("bytes, hỏi bằng lời", False)):
        lines.append(summary(name, [row["bytes"] for row in rows if any(map(str.isdigit, row["query"])) == numbered]))
    lines += [summary(f"bytes, {name}", [row["kinds"][name] for row in rows]) for name in rows[0]["kinds"]]
    right = sum(row["first"] == row["expected"] for row in rows)
    lines.append(f"đúng {right}/{len(rows)}")
    return "\n".join(lines)


def main() -> None:
    """Print the table, and write all figures where --json says so; fails where something else came first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.folder:
        child(given.folder)
        return
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as work:
        folder = Path(work)
        corpus(folder / "content", given.articles)
        made, output = builds(folder), folder / "output"
        files = [p for p in (output / "pagefind").rglob("*") if p.is_file()]
        measured = {
            "articles": given.articles, "builds": made, "files": len(files), "size": sum(p.stat().st_size for p in files),
            "list": list_of(MANY, output), "queries": queries(output),
        }  # fmt: skip
    print(report(measured))
    if given.json:
        given.json.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(row["first"] != row["expected"] for row in measured["queries"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
