"""The same content gives the same bytes, site and print, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from conftest import ROOT, tree

from bantin.vietnamese import EPOCH, ZONE, now

PROJECT = ("bantin", "content", "theme", "pelicanconf.py", "publishconf.py", "tasks.py", "requirements.txt")
MOMENT = datetime(2025, 6, 30, 23, 30, tzinfo=ZONE)
SURROUNDINGS = {
    "mot": {"LC_ALL": "C", "LANG": "C", "TZ": "America/New_York", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0", "BANTIN_WORKERS": "1"},
    "thư mục hai": {"LC_ALL": "C.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "20261122", "BANTIN_WORKERS": "3", "HOME": "/nonexistent"},
}  # fmt: skip


def lay(root: Path, backwards: bool) -> None:
    """The project in a folder of its own, its content written in another order."""
    root.mkdir()
    for name in PROJECT:
        source = ROOT / name
        if name == "content":
            for file in sorted((p for p in source.rglob("*") if p.is_file()), reverse=backwards):
                target = root / file.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)  # and with times of its own
        elif source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(source, root / name)


def test_surroundings_leave_no_trace(tmp_path: Path) -> None:
    """Paths, locale, time zone, hash seed, workers, home, order and times of files; an issue as PDF stands for print."""
    made = []
    for number, (name, surroundings) in enumerate(SURROUNDINGS.items()):
        root = tmp_path / name
        lay(root, backwards=bool(number))
        environment = {**os.environ, **surroundings, EPOCH: str(int(MOMENT.timestamp()))}
        commands = (
            ["pelican", "content", "-s", "publishconf.py", "-o", "ra/trang", "-q"],
            ["invoke", "bulletin", "--month", "2023-11", "--output", "ra/in"],
        )
        for command in commands:
            done = subprocess.run([sys.executable, "-m", *command], cwd=root, env=environment, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        made.append({file: data for file, data in tree(root / "ra").items() if not file.startswith(".")})  # what is remembered
    here, there = made
    assert here.keys() == there.keys() and [name for name, data in here.items() if there[name] != data] == []
    kinds = {name.rpartition(".")[2] for name in here}
    assert {"html", "xml", "json", "pf_index", "avif", "pdf"} <= kinds
    assert not [name for name, data in here.items() if str(tmp_path).encode() in data]


def test_the_clock_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, str(int(MOMENT.timestamp())))
    assert now() == MOMENT and now().utcoffset() == MOMENT.utcoffset()
    monkeypatch.delenv(EPOCH)
    assert abs(now() - datetime.now(ZONE)).days == 0


@pytest.mark.parametrize("said", ["hôm nay", "1e9", "9" * 30])
def test_what_is_no_moment_is_told(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(EPOCH, said)
    with pytest.raises(SystemExit, match=re.escape(said)):
        now()
