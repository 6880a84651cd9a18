"""The comparison of site builds: all contestants build the same site and see the same edits; what it measures is no matter of tests.

`GOLDEN=write` rewrites tests/golden/toc-do.md and toc-do.svg; read the differences like code.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, need, tree

from bench import corpus, site
from bench.contestants import LABELS, Contestant, contestants
from bench.measuring import Figures, measured
from bench.plot import plot
from bench.table import STEPS, table

GOLDEN = ROOT / "tests" / "golden"
# What ours makes besides: for the browser, for search engines, and single pages that say nothing about speed.
ALONE = re.compile(
    r"404\.html|apple-touch-icon\.png|bieu-tuong/.*|favicon\.ico|manifest\.webmanifest|nguon-tin/.*|sitemap-tin\.xml|sw\.js"
    r"|cai-chinh/.*|van-ban/(chu-viet-tat|do-phu)/.*|van-ban/van-ban\.(csv|json)|theme/.*"
)


def test_the_corpus_is_what_was_asked_for(tmp_path: Path) -> None:
    for name, photos in (("a", 24), ("b", 24), ("plain", 0)):
        corpus.generate(tmp_path / name, 240, photos=photos)
    made = tree(tmp_path / "a")
    assert made == tree(tmp_path / "b")
    articles = {name: text.decode() for name, text in made.items() if name.startswith("bai-viet/")}
    assert len(articles) == 240 and sum(name.startswith("van-ban/") for name in made) == 12
    assert all(600 <= len(text.partition("\n\n")[2].split()) <= 1200 for text in articles.values())

    def values(key: str) -> list[str]:
        return [found[1] for text in articles.values() if (found := re.search(rf"(?m)^{key}: (.*)$", text))]

    assert len(set(values("Category"))) == 12 and len(set(values("Authors"))) == 30 and len(values("Tags")) == 240
    assert values("Resolutions") and all(
        "-NQ/TW của Bộ Chính trị" in text for text in articles.values() if "Resolutions:" in text
    )
    assert len(values("Image")) == 24 and set(values("Image")) <= {Path(name).name for name in made if name.startswith("anh/")}
    bare = {name: re.sub(r"(?m)^Image.*\n", "", text).encode() for name, text in articles.items()}
    assert bare == {name: text for name, text in tree(tmp_path / "plain").items() if name.startswith("bai-viet/")}


def test_no_article_lies_in_the_future(tmp_path: Path) -> None:
    folder = site.corpus(tmp_path, 15)
    newest = max(folder.glob("bai-viet/*/*.md")).read_text(encoding="utf-8")
    found = re.search(r"(?m)^Date: (.*)$", newest)
    assert found and datetime.fromisoformat(found[1]) < site.LAST


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Contestant]]:
    """The corpus, and one contestant of each kind, whose first builds are there."""
    work = tmp_path_factory.mktemp("bench")
    root = site.corpus(work / "corpus", 30)
    everyone = {one.key: one for one in contestants(root, work)}
    assert list(everyone) == list(LABELS)
    some = {key: everyone[key] for key in ("ours-as-hugo", "pelican-cached", "hugo")}
    for one in some.values():
        found = measured(one.command, one.output)
        assert found.written == found.files > 60 and found.wall > 0 and found.cpu > 0 and found.peak > 0
    return root, some


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    """Two that hold 60 MB each, for long enough to be seen."""
    hold = "import time; held = bytearray(60 << 20); time.sleep(2)"
    both = f"import subprocess, sys; other = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}; other.wait()"
    (tmp_path / "file").touch()
    found = measured([sys.executable, "-c", both], tmp_path)
    assert 120 < found.peak < 300 and (found.written, found.files) == (0, 1)


def test_hugo_makes_the_pages_and_feeds_of_ours(field: tuple[Path, dict[str, Contestant]]) -> None:
    def made(key: str) -> dict[str, bytes]:
        return {re.sub(r"/trang/(\d+)/", r"/trang-\1/", name): text for name, text in tree(field[1][key].output).items()}

    ours, theirs = made("ours-as-hugo"), made("hugo")
    assert not [name for name in ours if name.startswith(("anh/the/", "pagefind/", "tim-kiem/"))], "nobody else makes these"

    def pictures(names: set[str]) -> int:
        return sum(name.startswith("anh/") for name in names)

    left, right = {name for name in ours if not ALONE.fullmatch(name)}, {name for name in theirs if not ALONE.fullmatch(name)}
    assert pictures(left) == pictures(right)
    assert {n for n in left if not n.startswith("anh/")} == {n for n in right if not n.startswith("anh/")}
    for kind in (r"bai-viet/.*", r"van-ban/\d.*\.html", r"chuyen-muc/.*\.html", r"luu-tru/.*", r".*rss\.xml", r".*rss\.json"):
        sizes = [sum(len(text) for name, text in site.items() if re.fullmatch(kind, name)) for site in (ours, theirs)]
        assert 0.85 < sizes[0] / sizes[1] < 1.15, (kind, sizes)


def carriers(one: Contestant, text: str) -> int:
    """How many pages of a site say a text."""
    return sum(text in page.read_text(encoding="utf-8") for page in one.output.rglob("*.html"))


def test_every_edit_reaches_everyones_pages(field: tuple[Path, dict[str, Contestant]]) -> None:
    root, some = field
    said = {
        "unchanged": "",
        "body": "Thêm câu thứ 7.",
        "title": " lần 7",
        "document": " lần 8",
        "template": 'data-mau="7"',
    }
    least = {"body": 1, "title": 3, "document": 1, "template": 30}
    for step, text in said.items():
        before = {key: tree(one.output) for key, one in some.items()}
        site.edit(step, root, 8 if step == "document" else 7, list(some.values()))
        for key, one in some.items():
            measured(one.command, one.output)
            if step == "unchanged":
                assert tree(one.output) == before[key], key
            else:
                assert carriers(one, text) >= least[step], (step, key)
    assert carriers(some["hugo"], " lần 8") > 2 and carriers(some["ours-as-hugo"], " lần 8") > 2  # articles say what they cite


def test_a_first_build_finds_nothing(field: tuple[Path, dict[str, Contestant]]) -> None:
    root, some = field
    site.edit("cold", root, 1, list(some.values()))
    for one in some.values():
        left = {path.name for path in one.output.parent.iterdir()}
        assert left <= {"content", "site", "theme", "settings.py", "__pycache__"}, one.key


def test_who_is_slow_is_not_asked_three_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []

    def pretend(command: tuple[str, ...], output: Path) -> Figures:
        taken.append(output.parent.name)
        return Figures(site.SHORT + 1 if output.parent.name == "pelican" else len(taken), 1.0, len(taken), 1, 2)

    monkeypatch.setattr(site, "measured", pretend)
    rows = site.measure(tmp_path, 12, 1, ("cold", "body"))
    assert [taken.count(key) for key in LABELS] == [4, 4, 4, 2, 4, 4] and list(rows) == ["cold", "body"]
    hugo = [place for place, key in enumerate(taken, 1) if key == "hugo"][1:]
    assert rows["body"]["hugo"]["wall"] == hugo[1] and rows["body"]["hugo"]["peak"] == hugo[2]


def test_who_has_lost_patience_with_it_is_measured_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the steps after the first, nor at larger sizes; ours and the one whose time all are compared with always are."""
    taken: list[tuple[int, str]] = []
    size = 0

    def lay(root: Path, articles: int) -> Path:
        nonlocal size
        size = articles
        return corpus_of(root, 12)

    def pretend(command: tuple[str, ...], output: Path) -> Figures:
        taken.append((size, output.parent.name))
        return Figures(size * (1.0 if output.parent.name == "pelican" else 0.1), 1.0, 1.0, 1, 2)

    corpus_of = site.corpus
    monkeypatch.setattr(site, "SHORT", 20.0)
    monkeypatch.setattr(site, "corpus", lay)
    monkeypatch.setattr(site, "measured", pretend)
    growth = site.measure_growth((3000, 10, 300), 1, 100, {})
    assert [size for size, key in taken if key == "pelican"] == [10] * 4 + [300]
    assert [size for size, key in taken if key == "pelican-cached"] == [10] * 4 + [300] * 2 + [3000]
    assert all(size in growth and {"ours", "hugo"} <= growth[size]["body"].keys() for size in (10, 300, 3000))
    assert b"svg" in plot(growth)
    rows = {step: {key: figures(10)[step][key] for key in found} for step, found in growth[3000].items()}
    assert "| sửa chữ trong một bài |" in table({**found(10), "rows": rows})


def figures(articles: int) -> dict[str, dict[str, dict[str, float]]]:
    """Fixed rows of about the right size."""
    cold = dict(zip(LABELS, (0.004, 0.003, 0.0022, 0.0051, 0.0052, 0.0016), strict=True))
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for place, step in enumerate(STEPS):
        rows[step] = {}
        for key, each in cold.items():
            wall = each * articles / (1 + 9 * place if key.startswith("ours") else 1)
            rows[step][key] = {
                "wall": wall,
                "cpu": 1.5 * wall,
                "peak": 80 + articles / 10,
                "written": 7 * place,
                "files": 2 * articles,
            }
    return rows


def found(articles: int) -> dict[str, Any]:
    """What a run on a fixed machine found."""
    return {
        "date": "22/11/2026",
        "machine": {"cpu": "Máy thử", "cores": 2, "gigabytes": 16, "system": "Linux 6", "python": "3.11.7", "load": 0.25},
        "versions": {"pelican": "4.12.0", "hugo": "0.168.0"},
        "articles": articles,
        "rows": figures(articles),
    }


def growth() -> dict[int, dict[str, dict[str, float]]]:
    """Fixed seconds for every size."""
    every = {size: figures(size) for size in site.SIZES}
    return {
        size: {step: {key: one["wall"] for key, one in rows[step].items()} for step in site.SHOWN} for size, rows in every.items()
    }


@pytest.mark.parametrize("name", ["toc-do.md", "toc-do.svg"])
def test_fixed_figures_give_fixed_files(name: str) -> None:
    made = plot(growth()) if name.endswith("svg") else f"{table(found(10000))}\n".encode()
    if os.environ.get("GOLDEN") == "write":
        (GOLDEN / name).write_bytes(made)
    assert made.decode() == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_plot_needs_nothing_from_elsewhere() -> None:
    text = plot(growth()).decode()
    assert text == plot(growth()).decode() and "@font-face" not in text and "url(http" not in text and "<image" not in text
    assert all(f">{LABELS[key]}<" in text for key in LABELS)


def test_figures_and_plot_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(site, "measure_in_passing", lambda articles, runs, steps=STEPS, patience=0, without=(): figures(articles))
    kept, drawn = tmp_path / "a.json", tmp_path / "a.svg"
    monkeypatch.setattr(sys, "argv", ["site.py", "--articles", "5000", "--json", str(kept), "--growth", str(drawn)])
    site.main()
    assert "| 5.000 bài | Bản tin |" in capsys.readouterr().out
    written = json.loads(kept.read_text("utf-8"))
    assert set(written["rows"]) == set(STEPS) and [int(size) for size in written["growth"]] == list(site.SIZES)
    assert drawn.read_bytes() == plot(growth())


def test_what_is_saved_is_waited_for_in_a_browser(tmp_path: Path) -> None:
    """Watch mode, a browser, and each edit: what is measured ends only when the words that were saved stand there."""
    need("chromium")
    command = [sys.executable, ROOT / "bench" / "serve.py", "--articles", "12", "--runs", "2", "--json", tmp_path / "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    taken = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    assert [(step, len(seconds)) for step, seconds in taken.items()] == [
        ("body", 2),
        ("title", 2),
        ("document", 2),
        ("template", 2),
    ]
    assert all(second > 0.025 for seconds in taken.values() for second in seconds)  # no burst of saves is shorter
    assert [line for line in done.stdout.splitlines() if line.startswith(f"| {STEPS['title']} |")]
