"""What Lighthouse says of the finished site: a cheap phone on a slow line, as Lighthouse simulates them.

    invoke bench web [--runs 3] [--json FILE]

Builds the site of content/ as it goes out, with the service worker, serves it by nginx with docs/may-chu/nginx.conf as it is, and
asks Lighthouse about one page of each kind, several times in turns; the table has the medians. Exit code 1 where a target is missed.
Needs what tests need (nginx, Chromium, npm), and installs Lighthouse by bench/package-lock.json; no host but this machine is asked.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from bantin import environment  # noqa: E402

LIGHTHOUSE = ROOT / "bench" / "node_modules" / "lighthouse" / "cli" / "index.js"
# Scores of at least so much, and figures of at most so much.
CATEGORIES = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
LIMITS = {"largest-contentful-paint": 1500, "cumulative-layout-shift": 0.01}
METRICS = (*LIMITS, "first-contentful-paint", "total-blocking-time", "total-byte-weight")
PAGES = {"home": "trang đầu", "article": "bài", "document": "văn bản", "list": "chuyên mục", "search": "tìm kiếm"}
FOR_INFORMATION = {"search"}  # closed to search engines on purpose, and its script is the page: no target
FLAGS = "--headless=new --no-sandbox --disable-background-networking --disable-component-update"
TRIES = 3


def addresses(site: Path) -> dict[str, str]:
    """One page of each kind, relative to the site: of several the longest, of the articles the longest with a picture."""
    from test_browser import KINDS, sample

    pictured = [p for p in site.glob(f"{KINDS['article']}index.html") if 'fetchpriority="high"' in p.read_text(encoding="utf-8")]
    article = max(pictured, key=lambda p: (p.stat().st_size, p)).parent.relative_to(site).as_posix() + "/"
    return {kind: article if kind == "article" else sample(site, kind) for kind in PAGES}


def asked(address: str) -> dict[str, Any]:
    """One run of Lighthouse: scores of 0 to 100, metrics in milliseconds and bytes, and what cost points or could be better.

    Ends the program with what Lighthouse said where it failed.
    """
    said = lighthouse(address)
    categories, audits = said["categories"], said["audits"]
    references = [ref for category in categories.values() for ref in category["auditRefs"] if ref.get("group") != "hidden"]
    wanting = {ref["id"]: audits[ref["id"]] for ref in references if ref["id"] not in METRICS and audits[ref["id"]]["score"] != 1}
    return {
        **{name: round(100 * categories[name]["score"]) for name in CATEGORIES},
        **{name: audits[name]["numericValue"] for name in METRICS},
        "lost": {name: shown(audit) for name, audit in wanting.items() if audit["score"] is not None},
        "machine": said["environment"]["benchmarkIndex"],
    }


def lighthouse(address: str) -> dict[str, Any]:
    """Its report on a page. On a busy machine Chromium may paint too late for it: then once more, and again."""
    chrome, done = {**os.environ, "CHROME_PATH": environment.chromium()}, None
    with tempfile.TemporaryDirectory(prefix="bantin-web-") as folder:
        file = Path(folder, "ket-qua.json")  # a pipe would lose what node has not written when it ends
        command = [
            "node",
            str(LIGHTHOUSE),
            address,
            f"--chrome-flags={FLAGS}",
            "--output=json",
            f"--output-path={file}",
            "--quiet",
        ]
        for _ in range(TRIES):
            done = subprocess.run(command, env=chrome, capture_output=True, text=True, encoding="utf-8", check=False)
            said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
            if said and not said.get("runtimeError"):
                return said
            file.unlink(missing_ok=True)
    sys.exit(f"Lighthouse không đo được {address}\n{done.stderr if done else ''}")


def shown(audit: dict[str, Any]) -> str:
    """The first addresses or elements that an audit is about."""
    items = (audit.get("details") or {}).get("items", [])[:3]
    found = (item.get("url") or item.get("node", {}).get("snippet") or item.get("description") for item in items)
    return " | ".join(text[:100] for text in found if isinstance(text, str)) or str(audit.get("displayValue") or audit["title"])


def medians(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Each figure's median, and all audits that some run found fault with."""
    figures = {name: statistics.median(run[name] for run in runs) for name in (*CATEGORIES, *METRICS, "machine")}
    return {**figures, "lost": {audit: where for run in runs for audit, where in run["lost"].items()}}


def missed(kind: str, row: dict[str, Any]) -> list[str]:
    """The targets that a page does not meet."""
    if kind in FOR_INFORMATION:
        return []
    return [name for name, least in CATEGORIES.items() if row[name] < least] + [
        name for name, most in LIMITS.items() if row[name] > most
    ]


def report(measured: dict[str, Any]) -> str:
    """The table for people to read, and below it what Lighthouse would change."""
    lines = [
        f"Lighthouse {measured['lighthouse']}, điện thoại (mô phỏng 4G chậm, CPU chậm 4 lần), trung vị của {measured['runs']} lần; "
        f"tải máy trước khi đo {measured['load']:.1f}, chỉ số máy {statistics.median(row['machine'] for row in measured['pages'].values()):.0f}",
        f"{'trang':<11} {'hiệu năng':>9} {'tiếp cận':>9} {'thực hành':>9} {'SEO':>5} {'FCP s':>6} {'LCP s':>6} {'CLS':>6} {'TBT ms':>7} {'KB':>5}",
    ]
    for kind, row in measured["pages"].items():
        failed = f"  KHÔNG ĐẠT: {', '.join(row['missed'])}" if row["missed"] else ""
        lines.append(
            f"{PAGES[kind]:<11} {row['performance']:>9.0f} {row['accessibility']:>9.0f} {row['best-practices']:>9.0f} {row['seo']:>5.0f} "
            f"{row['first-contentful-paint'] / 1000:>6.2f} {row['largest-contentful-paint'] / 1000:>6.2f} {row['cumulative-layout-shift']:>6.3f} "
            f"{row['total-blocking-time']:>7.0f} {row['total-byte-weight'] / 1024:>5.0f}{failed}"
        )
    for kind, row in measured["pages"].items():
        lines += [f"{PAGES[kind]}: {audit}: {where}" for audit, where in sorted(row["lost"].items())]
    return "\n".join(lines)


def measure(runs: int) -> dict[str, Any]:
    """Build, serve and ask."""
    from conftest import build
    from webserver import Nginx

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as work:
        server = Nginx(Path(work) / "nginx", Path(work) / "public")
        build(ROOT / "content", server.root, "publishconf.py", SITEURL=server.address)
        server.start()
        try:
            pages = addresses(server.root)
            found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in pages}
            for _ in range(runs):
                for kind, path in pages.items():
                    found[kind].append(asked(f"{server.address}/{path}"))
        finally:
            server.stop()
    rows = {kind: {"address": pages[kind], **medians(said)} for kind, said in found.items()}
    rows = {kind: {**row, "missed": missed(kind, row)} for kind, row in rows.items()}
    version = json.loads((LIGHTHOUSE.parent.parent / "package.json").read_text(encoding="utf-8"))["version"]
    return {"lighthouse": version, "runs": runs, "load": load, "pages": rows}


def main() -> None:
    """Print the table, and write all figures where --json says so; fails where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if given.runs < 1 or given.runs % 2 == 0:
        parser.error("--runs: odd, so that a median is one of the runs")
    try:
        environment.ensure("tests/requirements.txt")
        environment.ensure_test_tools()
        environment.ensure_node("bench")
    except environment.Missing as missing:
        sys.exit(str(missing))
    measured = measure(given.runs)
    print(report(measured))
    if given.json:
        given.json.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if any(row["missed"] for row in measured["pages"].values()):
        sys.exit(1)


if __name__ == "__main__":
    main()
