"""The benchmarks run and print a table; what they measure is no matter of tests."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.parametrize(
    ("script", "options", "rows"),
    [
        ("site", ["--articles", "30"], ["30 bài", "dựng lần đầu", "không đổi gì", "sửa một bài"]),
        ("bulletin", ["--pages", "8", "--runs", "1"], ["trang", "dàn screen.pdf", "cả số, không đổi gì"]),
        ("citations", [], ["tìm trong 1,000,000 ký tự", "đúng 50,000"]),
    ],
)
def test_benchmarks_run(script: str, options: list[str], rows: list[str]) -> None:
    command = [sys.executable, str(ROOT / "bench" / f"{script}.py"), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert all(row in done.stdout for row in rows), done.stdout
