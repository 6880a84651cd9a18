"""How long a site takes, ours with everything on against Pelican as it comes, on the same articles in one run.

    invoke bench site --articles 1000

Ratios hold from machine to machine, seconds do not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import generate  # noqa: E402

VANILLA = """
PATH = "content"
ARTICLE_PATHS = ["bai-viet"]
STATIC_PATHS = []
THEME = "simple"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_PAGINATION = 12
SLUGIFY_SOURCE = "basename"
YEAR_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/{date:%d}/index.html"
"""


def run(settings: Path, content: Path, output: Path) -> tuple[float, float]:
    """(wall, CPU) seconds of one build."""
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings), "-o", str(output), "-q"]
    before, start = os.times(), time.monotonic()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu


def measure(work: Path, articles: int) -> list[tuple[str, tuple[float, float], tuple[float, float]]]:
    """(what, ours, Pelican's) for a cold build, an unchanged one, and one body edited."""
    content = work / "content"
    generate(content, articles)
    vanilla = work / "vanilla.py"
    vanilla.write_text(VANILLA, encoding="utf-8")
    # A cache of its own: a cold build is cold.
    own = work / "own.py"
    own.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"THEME = {str(ROOT / 'theme')!r}\nCACHE_PATH = {str(work / 'cache')!r}\n",
        encoding="utf-8",
    )
    edited = sorted((content / "bai-viet").rglob("*.md"))[articles // 2]

    def edit() -> None:
        edited.write_text(edited.read_text(encoding="utf-8") + "\nThêm một câu.\n", encoding="utf-8")

    steps: list[tuple[str, Callable[[], None]]] = [
        ("dựng lần đầu", lambda: None),
        ("không đổi gì", lambda: None),
        ("sửa một bài", edit),
    ]
    rows = []
    for name, prepare in steps:
        prepare()
        rows.append((name, run(own, content, work / "ours"), run(vanilla, content, work / "pelican")))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    articles = parser.parse_args().articles
    work = Path(tempfile.mkdtemp(prefix="bantin-bench-"))
    try:
        rows = measure(work, articles)
    finally:
        shutil.rmtree(work)
    print(f"{articles} bài; giây (giây CPU)")
    print(f"{'':<14} {'Bản tin':>16} {'Pelican 4.12':>16} {'tỷ lệ':>7}")
    for name, ours, theirs in rows:
        print(f"{name:<14} {ours[0]:>7.2f} ({ours[1]:>6.2f}) {theirs[0]:>7.2f} ({theirs[1]:>6.2f}) {ours[0] / theirs[0]:>7.2f}")


if __name__ == "__main__":
    main()
