"""That nothing changed is told before anything is loaded, and only where it is so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, Write, article, build, tree

from bantin import standing
from bantin.files import TICK, home_of
from bantin.vietnamese import ZONE

NOW = datetime(2024, 2, 1, 8, tzinfo=ZONE)
HEAVY = ("bantin.site", "bantin.adapter", "lxml", "nh3", "feedgen", "pagefind_bin")  # Pelican itself loads jinja2 and PIL
LOADED = """
import sys
from pelican import main
main(sys.argv[1:])
print("loaded:", *(name for name in {heavy!r} if name in sys.modules))
"""


class Site:
    """A site that was built and would be left as it is."""

    def __init__(self, write: Write, folder: Path) -> None:
        soon = (NOW + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")
        self.content = write({"bai-viet/a.md": article(), "bai-viet/b.md": article(Embargo=soon), "tep/ban.pdf": b"%PDF-1.4\n"})
        self.theme, self.output = folder / "theme", folder / "output"
        shutil.copytree(ROOT / "theme", self.theme, ignore=shutil.ignore_patterns("print", "*.woff2"))
        time.sleep(2 * TICK / 1e9)  # what is younger than a tick proves nothing
        self.run()

    def run(self, now: datetime = NOW, **settings: object) -> bool:
        """Whether a build had something to do."""
        found = {"SEARCH_SAVE_AS": "", "THEME": str(self.theme), "CACHE_PATH": str(self.output.parent / "cache"), **settings}
        return build(self.content, self.output, now=now, **found).made is not None


@pytest.fixture
def site(write: Write, tmp_path: Path) -> Site:
    """One for a test."""
    return Site(write, tmp_path)


def test_it_stands_and_says_the_same(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    before = tree(site.output)
    assert not site.run() and not site.run()
    assert tree(site.output) == before


CHANGES: dict[str, Callable[[Site], object]] = {
    "an article": lambda s: (s.content / "bai-viet/a.md").write_text(article("Khác."), "utf-8"),
    "its time alone": lambda s: os.utime(s.content / "bai-viet/a.md", (1, 1)),
    "a new file": lambda s: (s.content / "bai-viet/c.md").write_text(article(), "utf-8"),
    "a file that is gone": lambda s: (s.content / "tep/ban.pdf").unlink(),
    "a template": lambda s: (s.theme / "templates/list.html").open("a").write(" "),
    "a new file of the theme": lambda s: (s.theme / "static/moi.txt").write_text("x"),
    "a page removed": lambda s: (s.output / "index.html").unlink(),
    "a page of the same size": lambda s: (s.output / "index.html").write_bytes(b"x" * (s.output / "index.html").stat().st_size),
    "the memory": lambda s: (home_of(s.output) / standing.MEMORY).write_bytes(b"x"),
    "its own note": lambda s: (home_of(s.output) / standing.NAME).write_bytes(b"{}"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_falls_by(site: Site, change: str) -> None:
    CHANGES[change](site)
    time.sleep(2 * TICK / 1e9)
    assert site.run()
    assert not site.run()


def test_it_falls_with_other_settings_and_at_its_time(site: Site) -> None:
    assert site.run(DEFAULT_PAGINATION=3) and site.run()
    assert not site.run(NOW + timedelta(minutes=59))
    assert site.run(NOW - timedelta(seconds=1)) and not site.run()  # a clock that was put back
    assert site.run(NOW + timedelta(hours=1))
    assert (site.output / "bai-viet/2023/b/index.html").is_file()


def test_what_editors_leave_beside_a_file_is_nothing(site: Site) -> None:
    (site.content / "bai-viet/a.md~").write_text("x")
    assert not site.run()


@pytest.mark.parametrize(
    "settings", [{"LOAD_CONTENT_CACHE": False}, {"CHECK_MODIFIED_METHOD": "md5"}], ids=lambda s: next(iter(s))
)
def test_who_wants_it_whole_gets_it(site: Site, settings: dict[str, object]) -> None:
    assert site.run(**settings)


def test_a_theme_with_a_link_is_looked_through_each_time(site: Site, tmp_path: Path) -> None:
    """Nobody knows when what it leads to becomes another."""
    (tmp_path / "xa.txt").write_text("x")
    (site.theme / "static/gan.txt").symlink_to(tmp_path / "xa.txt")
    assert site.run() and site.run()


def test_nothing_heavy_is_loaded_for_nothing(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article()})
    command = [sys.executable, "-c", LOADED.format(heavy=HEAVY), str(content), "-s", str(ROOT / "pelicanconf.py")]

    def loaded() -> str:
        done = subprocess.run([*command, "-o", str(tmp_path / "output")], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.rpartition("loaded:")[2].strip()

    assert set(loaded().split()) == set(HEAVY)
    assert loaded() == ""
