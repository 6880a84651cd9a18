"""How long a site takes: ours against plain Pelican, Pelican with its cache, and Hugo, on the same articles in one run.

    invoke bench site [--articles 1000] [--runs 1] [--json FILE] [--growth FILE]

Everyone builds in turns: from nothing, with nothing changed, and after an edit of a text, a title, a document's title and a
template, which all see alike. A first build is measured --runs times; what is short, three times as often; medians are shown. The
articles edited stand in the middle of the corpus. --growth draws first builds and an edited text from 1,000 to 20,000 articles as
SVG. Ratios hold from machine to machine, seconds do not.
"""

from __future__ import annotations

import argparse
import json
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

LAST = datetime(2025, 1, 1, 7)  # of any number of articles: none may lie in the future
PHOTOS = 24
SIZES = (1000, 2000, 5000, 10000, 20000)
SHORT = 20.0  # seconds; who takes longer for an edit does not do it three times
OFTEN = 3


def corpus(root: Path, articles: int) -> Path:
    """A content folder as a department has it: articles, documents, photographs, catalogues and a mark."""
    generate(root, articles, first=LAST - timedelta(hours=4 * articles), photos=PHOTOS)
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
        file = _edited(root, step)
        pattern, by = (r"\Z", f"\nThêm câu thứ {turn}.\n") if step == "body" else (r"(?m)^(Title: .*)", rf"\1 lần {turn}")
        _change(root / file, pattern, by)
        for one in running:
            one.take(file)


def _change(file: Path, pattern: str, by: str) -> None:
    file.write_text(re.sub(pattern, by, file.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def _edited(root: Path, step: str) -> Path:
    """The article in the middle, or the document that the next one cites; relative to the content folder."""
    articles = sorted(root.glob("bai-viet/*/*.md"))
    after = articles[len(articles) // 2 :]
    if step != "document":
        return after[0].relative_to(root)
    number = next(
        found[1] for file in after if (found := re.search(r"(?m)^Resolutions: (\d+)", file.read_text(encoding="utf-8")))
    )
    return Path("van-ban", f"{int(number):04}-nq-tw.md")


def measure(work: Path, articles: int, runs: int, steps: Iterable[str] = STEPS) -> dict[str, dict[str, dict[str, float]]]:
    """Step → contestant → its figures: medians of the times, the most memory, and the files of the last run."""
    root = corpus(work / "corpus", articles)
    everyone = contestants(root, work)
    rows = {}
    for step in steps:
        taken: dict[str, list[Figures]] = {one.key: [] for one in everyone}
        for turn in range(1, (runs if step == "cold" else OFTEN * runs) + 1):
            running = [one for one in everyone if step == "cold" or not taken[one.key] or taken[one.key][0].wall < SHORT]
            edit(step, root, turn, running)
            for one in running:
                taken[one.key].append(measured(one.command, one.output))
                print(f"{articles} bài, {STEPS[step]}, {one.key}: {number(taken[one.key][-1].wall)}", file=sys.stderr, flush=True)
        rows[step] = {key: _middle(found) for key, found in taken.items()}
    return rows


def _middle(runs: list[Figures]) -> dict[str, float]:
    return {
        **asdict(runs[-1]),
        "wall": statistics.median(run.wall for run in runs),
        "cpu": statistics.median(run.cpu for run in runs),
        "peak": max(run.peak for run in runs),
    }


def measure_in_passing(articles: int, runs: int, steps: Iterable[str] = STEPS) -> dict[str, dict[str, dict[str, float]]]:
    """The same, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bantin-bench-") as work:
        return measure(Path(work), articles, runs, steps)


def main() -> None:
    """Print the tables, and write all figures where --json says so, the plot where --growth does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=1)
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
        "rows": measure_in_passing(given.articles, given.runs),
    }
    print(table(found), flush=True)
    if given.growth:
        every = {size: measure_in_passing(size, given.runs, SHOWN) for size in given.sizes if size != given.articles}
        every |= {given.articles: found["rows"]} if given.articles in given.sizes else {}
        found["growth"] = {
            size: {step: {key: one["wall"] for key, one in every[size][step].items()} for step in SHOWN} for size in sorted(every)
        }
        given.growth.write_bytes(plot(found["growth"]))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
