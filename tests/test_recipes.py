"""What docs/publishing.md tells people to copy: the shell of the CI recipes is run, the units are verified."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, article, need, tree
from releasing import assert_whole, served

FOLDER = ROOT / "docs" / "may-chu"


def steps(name: str) -> list[str]:
    """The commands of a recipe, one text a shell."""
    recipe: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    if name == "gitlab-ci.yml":
        return ["\n".join(recipe["publish"]["script"])]
    return [step["run"] for step in recipe["jobs"]["publish"]["steps"] if "run" in step]


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A checkout on a machine whose ssh is a shell on this one, and whose python3 has what is needed."""
    folder, commands = tmp_path / "kho", tmp_path / "bin"
    for name in ("bantin", "theme", "content/danh-muc", "docs/may-chu"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "content/anh").mkdir()
    shutil.copy(ROOT / "content/anh/dau-hieu.png", folder / "content/anh")
    (folder / "content/bai-viet").mkdir()
    (folder / "content/bai-viet/a.md").write_text(article(), "utf-8")
    commands.mkdir()
    for name, line in {"python3": f'shift; exec "{sys.executable}" -m invoke "$@"', "ssh": 'shift; exec sh -c "$*"'}.items():
        (commands / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
        (commands / name).chmod(0o755)
    return tmp_path


def run(runner: Path, recipe: str) -> None:
    """A recipe from its first line to its last, as the runner does; /srv/ban-tin is a folder of the test."""
    (runner / "khoa").write_text("khóa", "utf-8")
    environ = {
        **os.environ, "PATH": f"{runner / 'bin'}:{os.environ['PATH']}", "HOME": str(runner / "nha"), "SITEURL": "https://tin.example",
        "SERVER": "ban-tin@may-chu", "KNOWN_HOSTS": "may-chu x", "SSH_KEY": str(runner / "khoa"), "PYTHONUTF8": "1",
    }  # fmt: skip
    for shell in steps(recipe):
        text = shell.replace("/srv/ban-tin", str(runner / "may chủ"))
        text = text.replace(f"{runner / 'may chủ'}", f'"{runner / "may chủ"}"')
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", text],
            cwd=runner / "kho",
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("recipe", ["github-actions.yml", "gitlab-ci.yml"])
def test_the_shell_of_a_recipe(runner: Path, recipe: str) -> None:
    """Twice: what was brought is what was made, and the second release takes the place of the first."""
    run(runner, recipe)
    here, there = runner / "kho/phat-hanh", runner / "may chủ"
    first = served(there)
    assert first == served(here) and tree(there / "hien-hanh") == tree(here / "hien-hanh")
    assert_whole(there / "hien-hanh")
    assert (runner / "nha/.ssh/id_ed25519").stat().st_mode & 0o77 == 0
    run(runner, recipe)  # nothing changed
    assert served(there) == first and len(list((there / "ban").iterdir())) == 1
    (runner / "kho/content/bai-viet/a.md").write_text(article("Khác."), "utf-8")
    for old in range(1, 7):
        (there / f"ban/2020010{old}-000000").mkdir()
    (there / "ban/.moi/do-dang").mkdir(parents=True)
    run(runner, recipe)
    names = sorted(path.name for path in (there / "ban").iterdir())
    assert served(there) == served(here) == names[-1] != first and len(names) == 5 and names[-2] == first
    assert {path.name for path in there.iterdir()} == {"ban", "hien-hanh"}


def test_a_line_that_breaks_leaves_the_old_release(tmp_path: Path) -> None:
    """Half of an archive arrives: nothing is switched, and the next time all is well."""
    here, there, commands = tmp_path / "here", tmp_path / "there", tmp_path / "bin"
    for name in ("20250101-000000", "20250102-000000"):
        (here / "ban" / name).mkdir(parents=True)
        (here / "ban" / name / "index.html").write_bytes(os.urandom(200_000))
    commands.mkdir()
    script = ["sh", str(FOLDER / "dua-len.sh"), str(here), "may", str(there)]

    def bring(name: str, ssh: str) -> int:
        (here / "hien-hanh").unlink(missing_ok=True)
        (here / "hien-hanh").symlink_to(f"ban/{name}")
        (commands / "ssh").write_text(f"#!/bin/sh\nshift\n{ssh}\n", "utf-8")
        (commands / "ssh").chmod(0o755)
        return subprocess.run(
            script, env={**os.environ, "PATH": f"{commands}:{os.environ['PATH']}"}, capture_output=True, check=False
        ).returncode

    whole, half = 'exec sh -c "$*"', 'head -c 100000 | sh -c "$*"'
    assert bring("20250101-000000", whole) == 0 and served(there) == "20250101-000000"
    assert bring("20250102-000000", half) != 0 and served(there) == "20250101-000000"
    assert bring("20250102-000000", whole) == 0 and served(there) == "20250102-000000"
    assert tree(there / "ban/20250102-000000") == tree(here / "ban/20250102-000000")
    assert sorted(path.name for path in (there / "ban").iterdir()) == ["20250101-000000", "20250102-000000"]


def test_units(tmp_path: Path) -> None:
    """systemd finds nothing to say of them, on a machine that has the folders that they name."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    for name in ("bantin-phat-hanh.service", "bantin-phat-hanh.timer"):
        text = (FOLDER / name).read_text("utf-8").replace("/srv/ban-tin-repo/.venv/bin/python", sys.executable)
        (tmp_path / name).write_text(text.replace("/usr/bin/git", need("git")), "utf-8")
    for name in ("bantin-phat-hanh.service", "bantin-phat-hanh.timer"):
        done = subprocess.run(["systemd-analyze", "verify", str(tmp_path / name)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    calendar = next(
        line.partition("=")[2]
        for line in (FOLDER / "bantin-phat-hanh.timer").read_text("utf-8").split("\n")
        if line.startswith("OnCalendar")
    )
    assert subprocess.run(["systemd-analyze", "calendar", calendar], capture_output=True, check=False).returncode == 0


def test_what_is_said_is_there() -> None:
    """Files and commands that docs/publishing.md names."""
    text = (ROOT / "docs/publishing.md").read_text("utf-8")
    for name in FOLDER.iterdir():
        assert name.name in text or name.name in ("nginx.conf", "Caddyfile")
    tasks = (ROOT / "tasks.py").read_text("utf-8")
    for option in ("dry_run", "release", "list"):
        assert option in tasks and f"--{option.replace('_', '-')}" in text
