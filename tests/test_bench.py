"""The benchmarks run and print a table; what they measure is no matter of tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from bench import web


@pytest.mark.parametrize(
    ("script", "options", "rows"),
    [
        ("site", ["--help"], ["invoke bench site", "--growth"]),
        ("bulletin", ["--pages", "8", "--runs", "1"], ["trang", "dàn screen.pdf", "cả số, không đổi gì"]),
        ("citations", [], ["tìm trong 1,000,000 ký tự", "đúng 50,000"]),
    ],
)
def test_benchmarks_run(script: str, options: list[str], rows: list[str]) -> None:
    command = [sys.executable, str(ROOT / "bench" / f"{script}.py"), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert all(row in done.stdout for row in rows), done.stdout


def run(**figures: float) -> dict[str, Any]:
    """A run of Lighthouse that meets every target, but for these figures."""
    good = {name: 100.0 for name in web.CATEGORIES} | {name: 0.0 for name in web.METRICS} | {"machine": 1000.0}
    return {**good, **figures, "lost": {}}


def test_web_asks_about_a_page_of_each_kind(site: Path) -> None:
    found = web.addresses(site)
    assert set(found) == set(web.PAGES) and all((site / path / "index.html").is_file() for path in found.values())
    assert 'fetchpriority="high"' in (site / found["article"] / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "figures", "missed"),
    [
        ("home", {}, []), ("home", {"performance": 99, "largest-contentful-paint": 1500, "cumulative-layout-shift": 0.01}, []),
        ("home", {"performance": 98}, ["performance"]), ("list", {"seo": 99}, ["seo"]), ("list", {"accessibility": 99}, ["accessibility"]),
        ("article", {"largest-contentful-paint": 1501, "cumulative-layout-shift": 0.011}, ["largest-contentful-paint", "cumulative-layout-shift"]),
        ("search", {"seo": 66}, []),
    ],
)  # fmt: skip
def test_web_knows_a_missed_target(kind: str, figures: dict[str, float], missed: list[str]) -> None:
    row = web.medians([run(**figures)])
    assert web.missed(kind, row) == missed
    measured = {"lighthouse": "1", "runs": 1, "load": 0.0, "pages": {kind: {**row, "missed": web.missed(kind, row)}}}
    assert all(name in web.report(measured) for name in missed)


def test_web_takes_medians() -> None:
    slow = {**run(performance=50), "lost": {"image-alt": "<img>"}}
    found = web.medians([slow, run(performance=99), run(performance=100)])
    assert found["performance"] == 99 and found["lost"] == {"image-alt": "<img>"}


def test_lock_files_name_no_host() -> None:
    """npm then asks the registry that it is set to."""
    for folder in ("bench", "tests"):
        assert "resolved" not in (ROOT / folder / "package-lock.json").read_text("utf-8")
