"""Releases for tests: publications by the real command, and killed ones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from conftest import ROOT, tree

LEFT = {"ban", "dung", ".dung.bantin", "hien-hanh", "da-phat-hanh.json"}


def start(content: Path, home: Path, *arguments: str, **environ: str) -> subprocess.Popen[str]:
    """`invoke publish`, in a session of its own, so that it can be killed with all its workers."""
    command = [sys.executable, "-m", "invoke", "publish", "--content", str(content), "--to", str(home), *arguments]
    env = {**os.environ, "PYTHONUTF8": "1", **environ}
    return subprocess.Popen(
        command, cwd=ROOT, text=True, encoding="utf-8", env=env, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip


def publish(content: Path, home: Path, *arguments: str, **environ: str) -> tuple[int, str]:
    """Exit code of `invoke publish`, and what it said."""
    running = start(content, home, *arguments, **environ)
    out, err = running.communicate()
    return running.returncode, out + err


def kill(running: subprocess.Popen[str], after: float) -> bool:
    """SIGKILL to a publication and its workers after so many seconds; False where it was done before."""
    try:
        running.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    return running.returncode == -signal.SIGKILL


def served(home: Path) -> str:
    """The name of the release that is served."""
    return os.path.basename(os.readlink(home / "hien-hanh"))


def assert_whole(release: Path) -> None:
    """Every file of a release is as its record says, and there is no other."""
    files = {name: data for name, data in tree(release).items() if name != "release.json"}
    said: Mapping[str, Mapping[str, object]] = json.loads((release / "release.json").read_text("utf-8"))["files"]
    assert {name: {"sha256": sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()} == said


def assert_clean(home: Path) -> None:
    """Nothing lies there but what belongs there: at most five releases, each whole, all of them served once."""
    assert {path.name for path in home.iterdir()} == LEFT
    assert {path.name for path in (home / "dung").iterdir()} <= {"trang", ".trang.bantin", "soat.json"}
    names = sorted(path.name for path in (home / "ban").iterdir())
    assert len(names) <= 5 and not [name for name in names if name.startswith(".")]
    assert set(names) <= set(json.loads((home / "da-phat-hanh.json").read_text("utf-8")))
    for name in names:
        assert_whole(home / "ban" / name)
