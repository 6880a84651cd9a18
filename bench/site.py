"""How long a site takes: ours against plain Pelican, Pelican with its cache, and Hugo, on the same articles in one run.

    invoke bench site [--articles 1000] [--runs 1] [--patience SECONDS] [--json FILE] [--growth FILE]

Everyone builds in turns: from nothing, with nothing changed, and after an edit of a text, a title, a document's title and a
template, which all see alike. A first build is measured --runs times; what is short, three times as often; medians are shown. The
articles edited stand in the middle of the corpus. --growth draws first builds and an edited text from 1,000 to 20,000 articles as
SVG. --patience: a Pelican whose first build takes longer leaves off there. Ratios hold from machine to machine, seconds do not.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.contestants import Contestant, contestants  # noqa: E402
from bench.corpus import generate  # noqa: E402
from bench.measuring import Figures, machine, measured  # noqa: E402
from bench.plot import SHOWN, plot  # noqa: E402
from bench.table import STEPS, number, table  # noqa: E402

FIRST, LAST = (
    datetime(2020, 10, 1, 7),
    datetime(2025, 1, 1, 7),
)  # of any number of articles: after all documents, and not in the future
PHOTOS = 24
SIZES = (1000, 2000, 5000, 10000, 20000)
SHORT = 100.0  # seconds; who takes longer for an edit does not do it three times
OFTEN = 3
YARDSTICKS = ("pelican", "pelican-cached")  # what everybody knows, and what nobody has to reach
Rows = dict[str, dict[str, dict[str, float]]]


def corpus(root: Path, articles: int) -> Path:
    """A content folder as a department has it: articles, documents, photographs, catalogues and a mark."""
    every = min(timedelta(hours=4), (LAST - FIRST) / articles)
    generate(root, articles, first=LAST - every * articles, every=every, photos=PHOTOS)
    shutil.copytree(ROOT / "content" / "danh-muc", root / "danh-muc", ignore=shutil.ignore_patterns("noi-nhan.toml"))
    shutil.copy(ROOT / "content" / "anh" / "dau-hieu.png", root / "anh")
    return root


def edit(step: str, root: Path, turn: int, running: Sequence[Contestant]) -> None:
    """Do what a step is about, and give it to everyone who runs. root: the corpus; turn: makes each edit another one."""
    if step == "cold":
        for folder in (folder for one in running for folder in one.forget):
            shutil.rmtree(folder, ignore_errors=True)
    elif step == "template":
        for one in running:
            _change(one.template, "</article>", f'<p hidden data-mau="{turn}"></p>\n</article>')
    elif step != "unchanged":
        file = edited(root, step)
        pattern, by = (r"\Z", f"\nThêm câu thứ {turn}.\n") if step == "body" else (r"(?m)^(Title: .*)", rf"\1 lần {turn}")
        _change(root / file, pattern, by)
        for one in running:
            one.take(file)


def _change(file: Path, pattern: str, by: str) -> None:
    file.write_text(re.sub(pattern, by, file.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def edited(root: Path, step: str) -> Path:
    """The article in the middle, or the document that the next one cites; relative to the content folder."""
    articles = sorted(root.glob("bai-viet/*/*.md"))
    after = articles[len(articles) // 2 :]
    if step != "document":
        return after[0].relative_to(root)
    number = next(
        found[1] for file in after if (found := re.search(r"(?m)^Resolutions: (\d+)", file.read_text(encoding="utf-8")))
    )
    return Path("van-ban", f"{int(number):04}-nq-tw.md")


def measure(
    work: Path, articles: int, runs: int, steps: Iterable[str] = STEPS, patience: float = math.inf, without: Iterable[str] = ()
) -> Rows:
    """Step → contestant → its figures: medians of the times, the most memory, and the files of the last run.

    patience: seconds; whoever of Pelican's takes longer for a first build does nothing else; without: who does not take part.
    """
    root = corpus(work / "corpus", articles)
    everyone = [one for one in contestants(root, work) if one.key not in without]
    rows: Rows = {}
    for step in steps:
        taken: dict[str, list[Figures]] = {one.key: [] for one in everyone}
        for turn in range(1, (runs if step == "cold" else OFTEN * runs) + 1):
            running = [one for one in everyone if step == "cold" or not taken[one.key] or taken[one.key][0].wall < SHORT]
            edit(step, root, turn, running)
            for one in running:
                taken[one.key].append(measured(one.command, one.output))
                print(f"{articles} bài, {STEPS[step]}, {one.key}: {number(taken[one.key][-1].wall)}", file=sys.stderr, flush=True)
        rows[step] = {key: _middle(found) for key, found in taken.items()}
        everyone = [one for one in everyone if one.key not in slow(rows, patience)]
    return rows


def slow(rows: Rows, patience: float) -> set[str]:
    """Who of Pelican's took longer than that for a first build."""
    return {key for key, one in rows.get("cold", {}).items() if one["wall"] > patience and key in YARDSTICKS}


def _middle(runs: list[Figures]) -> dict[str, float]:
    return {
        **asdict(runs[-1]),
        "wall": statistics.median(run.wall for run in runs),
        "cpu": statistics.median(run.cpu for run in runs),
        "peak": max(run.peak for run in runs),
    }


def measure_in_passing(
    articles: int, runs: int, steps: Iterable[str] = STEPS, patience: float = math.inf, without: Iterable[str] = ()
) -> Rows:
    """The same, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as work:
        return measure(Path(work), articles, runs, steps, patience, without)


def measure_growth(
    sizes: Iterable[int], runs: int, patience: float, known: dict[int, Rows]
) -> dict[int, dict[str, dict[str, float]]]:
    """Size → step → contestant → seconds. known: what was measured already."""
    growth, resigned = {}, set[str]()
    for size in sorted(sizes):
        rows = known.get(size) or measure_in_passing(size, runs, SHOWN, patience, resigned)
        resigned |= slow(rows, patience)
        growth[size] = {step: {key: one["wall"] for key, one in rows[step].items()} for step in SHOWN}
    return growth


def main() -> None:
    """Print the tables, and write all figures where --json says so, the plot where --growth does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--patience", type=float, default=math.inf)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--growth", type=Path, metavar="FILE.svg")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="of the growth")
    given = parser.parse_args()
    found: dict[str, Any] = {
        "date": f"{date.today():%d/%m/%Y}",
        "machine": machine(),
        "versions": {name: version(name) for name in ("pelican", "hugo")},
        "articles": given.articles,
        "runs": given.runs,
        "rows": measure_in_passing(given.articles, given.runs, patience=given.patience),
    }
    print(table(found), flush=True)
    if given.growth:
        found["growth"] = measure_growth(given.sizes, given.runs, given.patience, {given.articles: found["rows"]})
        given.growth.write_bytes(plot(found["growth"]))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
