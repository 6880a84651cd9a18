"""An error that nobody foresaw: said in Vietnamese with the file, written down without contents, exit code 70."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Write, article

from bantin import commands
from bantin.diagnostics import Refused
from bantin.parallel import spread
from bantin.unexpected import EXIT, Unexpected, during, told

BROKEN = """
import sys
sys.path.insert(0, {root!r})
import bantin.article, bantin.content
def broken(source, slug, internal):
    if "loi" in source.path:
        raise {error}(source.body)
    return kept(source, slug, internal)
kept, bantin.content.read_article = bantin.content.read_article, broken
"""
SECRET = "Câu này chỉ có trong bài."


def run(folder: Path, code: str, error: str = "ZeroDivisionError") -> subprocess.CompletedProcess[str]:
    """Python code after the reader of articles was broken, with that folder for its own."""
    return subprocess.run(
        [sys.executable, "-c", BROKEN.format(root=str(ROOT), error=error) + code],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip


def report(folder: Path) -> str:
    """The one report below a folder, which has to name no text of an article."""
    (found,) = folder.rglob("loi-*.txt")
    assert re.fullmatch(r"loi-\d{8}-\d{6}\.txt", found.name)
    text = found.read_text("utf-8")
    assert SECRET not in text and "bantin/content.py" in text and "\npelican 4." in text and "\nPython 3." in text
    return text


COMMANDS = {
    "build": "commands.build(root, Path('content'), Path('output'), Path('in'))",
    "check": "commands.check(root, Path('content'), False)",
    "check as data": "commands.check(root, Path('content'), True)",
    "bulletin": "commands.bulletin(root, Path('content'), Path('in'), '', False)",
    "preflight": "commands.preflight(root, Path('content'), Path('in'), '2023-11')",
}


@pytest.fixture
def folder(write: Write) -> Path:
    """A folder with a content folder in which one article breaks the reader."""
    return write({"bai-viet/tot.md": article(), "bai-viet/loi.md": article(SECRET)}).parent


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_was_read(folder: Path, name: str) -> None:
    done = run(
        folder, f"from pathlib import Path\nfrom bantin import commands\nroot = Path({str(ROOT)!r})\nsys.exit({COMMANDS[name]})"
    )
    assert done.returncode == EXIT, done.stderr
    assert (
        "lỗi ngoài dự kiến khi đọc content/bai-viet/loi.md (ZeroDivisionError" in done.stderr and "Traceback" not in done.stderr
    )
    assert "Đang: đọc content/bai-viet/loi.md" in report(folder) and not (folder / "output").exists()


def test_pelican_itself(folder: Path) -> None:
    code = f"from pelican import main\nsys.argv = ['pelican', 'content', '-s', {str(ROOT / 'pelicanconf.py')!r}, '-o', 'output']\nmain()"
    done = run(folder, code)
    assert done.returncode == EXIT and "khi đọc content/bai-viet/loi.md" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "Lệnh: pelican content" in report(folder)


def test_an_error_in_a_worker(write: Write) -> None:
    """Enough files that they are read by several processes; the error travels with what was read."""
    names = {f"bai-viet/b{n}.md": article() for n in range(60)}
    folder = write({**names, "bai-viet/loi.md": article(SECRET)}).parent
    code = f"import os\nos.environ['BANTIN_WORKERS'] = '2'\nfrom pathlib import Path\nfrom bantin import commands\nsys.exit({COMMANDS['check']})".replace(
        "root,", f"Path({str(ROOT)!r}),"
    )
    done = run(folder, code)
    assert done.returncode == EXIT and "khi đọc content/bai-viet/loi.md" in done.stderr
    assert "read_article" in report(folder) or "in broken" in report(folder)


def test_new_and_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from bantin import preview, skeletons

    def broken(*_: object) -> None:
        raise MemoryError("đầy")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(skeletons, "create", broken)
    monkeypatch.setattr(preview, "serve", broken)
    for run_it in (lambda: commands.new(tmp_path, "bai-viet", "X"), lambda: commands.serve(ROOT, tmp_path, 8123, False)):
        assert run_it() == EXIT
        assert "MemoryError" in capsys.readouterr().err
    assert list(tmp_path.rglob("loi-*.txt"))


def test_what_was_foreseen_is_no_surprise(tmp_path: Path) -> None:
    with pytest.raises(Refused), told(tmp_path), during("đọc a.md"):
        raise Refused([])
    with pytest.raises(KeyboardInterrupt), told(tmp_path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_where_no_report_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "tep"
    taken.write_text("x")
    monkeypatch.setattr(Path, "cwd", lambda: taken)
    with (
        pytest.raises(Unexpected, match=r"khi đọc a\.md .ValueError.*không ghi được"),
        told(taken / "duoi"),
        during("đọc a.md"),
        during("đọc a.md"),
    ):
        raise ValueError("x")


def test_what_cannot_be_sent_keeps_its_notes() -> None:
    class Odd(Exception):
        def __init__(self, one: object, two: object) -> None:
            super().__init__(one)

    def work(item: int) -> int:
        with during(f"đọc {item}.md"):
            raise Odd(1, 2)

    with pytest.raises(RuntimeError) as caught:
        list(spread(work, range(60), workers=2))
    assert any(note.startswith("lúc đọc ") for note in caught.value.__notes__)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_is_quiet(folder: Path) -> None:
    """A command that is interrupted says nothing and leaves no report."""
    waiting = "import bantin.content as c, time, os, signal\nc.read_article = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT) or time.sleep(9)\n"
    code = f"from invoke.program import Program\nfrom invoke import Collection, Config\nimport runpy\nsys.argv = ['invoke', '--search-root', {str(ROOT)!r}, 'check', '--content', {str(folder / 'content')!r}]\nProgram(name='invoke').run()"
    done = run(folder, waiting + code)
    assert done.returncode == 130 and "Traceback" not in done.stderr and not list(folder.rglob("loi-*.txt"))
