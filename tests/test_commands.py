"""The commands, as somebody types them in a fresh copy of the repository, and what makes them run on a bare machine."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import CATALOGUES, ROOT, article, need, tree

from bantin import commands, environment
from bantin.diagnostics import CODES

COPIED = ("bantin", "bench", "content", "theme", "pelicanconf.py", "publishconf.py", "requirements.txt", "tasks.py")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files in another place, with a small content folder `nho` beside its own."""
    root = tmp_path_factory.mktemp("bản sao") / "bản tin"
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / name, root)
    shutil.copytree(root / "content" / "danh-muc", root / "nho" / "danh-muc")
    for name, text in {"bai-viet/a.md": article(), "noi-bo/b.md": article(Title="Kín")}.items():
        (root / "nho" / name).parent.mkdir(parents=True)
        (root / "nho" / name).write_text(text, "utf-8")
    (root / "nho" / "anh").mkdir()
    shutil.copy(root / "content" / "anh" / "dau-hieu.png", root / "nho" / "anh")
    return root


def invoke(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """`invoke …` in that folder, with the Python of the tests."""
    command = [sys.executable, "-m", "invoke", *arguments]
    env = {**os.environ, "PYTHONUTF8": "1", **environ}
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", env=env, check=False
    )


def test_list_of_commands(copy: Path) -> None:
    said = invoke(copy, "--list").stdout
    for name in ("build", "bulletin", "check", "new", "serve", "test", "bench", "publish", "rollback", "clean"):
        assert re.search(rf"^  {name}\s+\S", said, re.MULTILINE), said


def test_build_then_clean(copy: Path) -> None:
    done = invoke(copy, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    said = re.search(
        r"(\d+) trang \((\d+) bài, (\d+) văn bản, (\d+) số bản tin\), (\d+) nguồn tin, 1 bản in; ghi (\d+)", done.stdout
    )
    assert said, done.stdout
    pages, articles, documents, issues, feeds, written = map(int, said.groups())
    assert pages == len(list((copy / "output").rglob("*.html"))) and feeds == len(list((copy / "output").rglob("rss.xml")))
    assert documents == len(list((copy / "content/van-ban").glob("*.md"))) and issues == 3 and articles > 20
    assert written == len(tree(copy / "output"))
    newest = sorted(p.stem for p in (copy / "content/ban-tin").glob("*.md"))[-1]
    assert {p.relative_to(copy / "output-internal").as_posix() for p in (copy / "output-internal").rglob("*.*")} == {
        f"{newest}/{name}" for name in ("screen.pdf", "print.pdf", "booklet.pdf", "distribution.pdf", "proof.json")
    }
    assert f"{Path('output-internal', newest, 'screen.pdf')}" in done.stdout and f"{Path('output', 'index.html')}" in done.stdout
    assert "ghi 0, xóa 0" in invoke(copy, "build").stdout
    before = tree(copy / "content")
    assert invoke(copy, "clean").returncode == 0
    left = [p.name for p in copy.iterdir()]
    assert not [n for n in left if n.startswith(("output", ".output")) or n == ".cache"], left
    assert tree(copy / "content") == before


def test_bulletin_of_a_month(copy: Path) -> None:
    done = invoke(copy, "bulletin", "--content", "nho", "--month", "2023-11", "--output", "in")
    assert done.returncode == 0, done.stderr
    assert (copy / "in/2023-11/screen.pdf").read_bytes().startswith(b"%PDF") and "BT04" in done.stderr
    assert done.stdout == f"Đã dàn: {Path('in/2023-11/screen.pdf')}\n"
    again = invoke(copy, "bulletin", "--content", "nho", "--month", "2023-11", "--output", "in")
    assert again.stdout == f"Không đổi: {Path('in/2023-11/screen.pdf')}\n"
    wrong = invoke(copy, "bulletin", "--content", "nho", "--month", "1999-01")
    assert (wrong.returncode, "1999-01" in wrong.stderr, "Traceback" in wrong.stderr) == (1, True, False)


def test_check_says_all_and_writes_nothing(copy: Path) -> None:
    good = invoke(copy, "check", "--content", "nho")
    assert (good.returncode, good.stdout) == (0, "0 lỗi, 0 cảnh báo.\n")
    bad = copy / "nho/bai-viet/hong.md"
    bad.write_text(article(Date="hôm nay", Tgas="x"), "utf-8")
    try:
        before = tree(copy)
        text, data = invoke(copy, "check", "--content", "nho"), invoke(copy, "check", "--content", "nho", "--json")
        assert (text.returncode, data.returncode) == (1, 1)
        assert re.findall(r"^(\S+): ([A-Z]{2}\d\d) ", text.stdout, re.MULTILINE) == [
            ("nho/bai-viet/hong.md:2:7", "DB03"),
            ("nho/bai-viet/hong.md:4:1", "DB01"),
        ]
        assert text.stdout.endswith("2 lỗi, 0 cảnh báo.\n")
        found = json.loads(data.stdout)
        assert [(d["line"], d["column"], d["code"], d["severity"]) for d in found] == [
            (2, 7, "DB03", "lỗi"),
            (4, 1, "DB01", "lỗi"),
        ]
        assert {d["code"] for d in found} <= CODES.keys()
        assert {n: d for n, d in tree(copy).items() if "__pycache__" not in n} == {
            n: d for n, d in before.items() if "__pycache__" not in n
        }
        refused = invoke(copy, "build", "--content", "nho", "--output", "ra")
        assert (refused.returncode, (copy / "ra").exists(), "Traceback" in refused.stderr) == (1, False, False)
        assert refused.stderr.count("DB03") == 1
    finally:
        bad.unlink()


@pytest.mark.parametrize(
    ("kind", "title", "pattern", "shown"),
    [
        ("bai-viet", "Đại hội chi bộ: lịch & việc", "bai-viet/????/dai-hoi-chi-bo-lich-viec.md", "Title: Đại hội chi bộ: lịch & việc"),
        ("noi-bo", "Gợi ý", "noi-bo/????/goi-y.md", "Status: draft"),
        ("van-ban", "12-HD/BTGTW", "van-ban/12-hd-btgtw-????.md", "Number: 12-HD/BTGTW"),
        ("ban-tin", "2026-03", "ban-tin/2026-03.md", "Month: 2026-03"),
    ],
)  # fmt: skip
def test_new_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, title: str, pattern: str, shown: str) -> None:
    assert commands.new(tmp_path, kind, title) == 0
    (made,) = tmp_path.glob(pattern)
    assert shown in made.read_text("utf-8") and str(made) in capsys.readouterr().out
    assert commands.new(tmp_path, kind, title) == 1
    assert "đã có tệp" in capsys.readouterr().err


def test_new_on_the_command_line(copy: Path) -> None:
    done = invoke(copy, "new", "bai-viet", "Hội thi kể chuyện")
    assert done.returncode == 0, done.stderr
    (made,) = (copy / "content").rglob("hoi-thi-ke-chuyen.md")
    made.unlink()


@pytest.mark.parametrize("arguments", [("bai-bao", "X"), ("bai-viet", "…"), ("ban-tin", "tháng ba")])
def test_new_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]) -> None:
    assert commands.new(tmp_path / "khong", *arguments) == 1
    assert capsys.readouterr().err.startswith("lỗi:") and not (tmp_path / "khong").exists()


def test_publish(copy: Path) -> None:
    done = invoke(copy, "publish", "--content", "nho", "--to", "cong-bo", SITEURL="https://tin.example")
    assert done.returncode == 0, done.stderr
    assert "https://tin.example" in done.stdout
    assert b"https://tin.example/bai-viet/2023/a/" in (copy / "cong-bo/hien-hanh/rss.xml").read_bytes()
    assert "* " in invoke(copy, "rollback", "--list", "--to", "cong-bo").stdout
    alone = invoke(copy, "rollback", "--to", "cong-bo")
    assert (alone.returncode, "không có bản nào trước" in alone.stderr, "Traceback" in alone.stderr) == (1, True, False)


def test_unknown_benchmark(copy: Path) -> None:
    done = invoke(copy, "bench", "khong-co")
    assert done.returncode == 1 and "khong-co" in done.stderr and "Traceback" not in done.stderr


def test_vietnamese_on_a_western_console(copy: Path) -> None:
    """Windows gives a redirected command a code page without Vietnamese letters."""
    done = invoke(copy, "check", "--content", "nho", PYTHONUTF8="0", PYTHONIOENCODING="cp1252", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stdout) == (0, "0 lỗi, 0 cảnh báo.\n"), done.stderr


def test_serve_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Drafts go to a folder that is never published; what a build writes is not watched."""
    from bantin import preview

    shown: list[tuple[Any, ...]] = []
    monkeypatch.setattr(preview.watching, "show", lambda *told: shown.append(told))
    for drafts in (False, True):
        assert commands.serve(ROOT, tmp_path, 8123, drafts) == 0
    for (output, host, port, watched, _, read), name, drafts in zip(
        shown, ("output", "output-xem-thu"), (False, True), strict=True
    ):
        settings = read()
        assert (output, host, port, settings["SITEURL"]) == (ROOT / name, "127.0.0.1", 8123, "http://localhost:8123")
        assert settings["BANTIN_DRAFTS"] is drafts and settings["BANTIN_OFFLINE"] is False
        assert set(watched.folders) == {tmp_path, ROOT / "theme", CATALOGUES} and watched.program == ROOT / "bantin"
        assert set(watched.never) == {ROOT / name, ROOT / f".{name}.bantin", ROOT / ".cache"}


# The bare machine


def imported(path: Path) -> set[str]:
    """Top names of the modules that a file imports, wherever it does."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_environment_needs_only_the_standard_library() -> None:
    assert imported(ROOT / "bantin/environment.py") <= sys.stdlib_module_names
    assert imported(ROOT / "bantin/__init__.py") <= sys.stdlib_module_names


def test_tasks_start_without_any_package(copy: Path) -> None:
    """`python3 -S -I tasks.py` sees no package at all; the answer comes from .venv or names what is missing."""
    code = "import sys, runpy\nsys.path.insert(0, '.')\nfrom bantin import environment\nenvironment.enter = lambda arguments: print(arguments) or 7\n"
    code += "sys.argv = ['tasks.py', 'build']\nrunpy.run_path('tasks.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-S", "-I", "-c", code], cwd=copy, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (7, "['build']\n"), done.stderr


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """An environment without .venv; commands are noted and not run, and the first makes the interpreter appear."""
    run: list[list[str]] = []

    def noted(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        run.append([str(part) for part in command])
        if "venv" in command:
            environment.PYTHON.parent.mkdir(parents=True)
            environment.PYTHON.touch()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(environment.subprocess, "run", noted)
    (tmp_path / "requirements.txt").write_text("pelican==4.12.0\n")
    return run


def test_environment_is_made_once_and_again_when_pins_change(bare: list[list[str]], tmp_path: Path) -> None:
    environment.ensure("requirements.txt")
    assert [command[1:3] for command in bare] == [["-m", "venv"], ["-m", "pip"]]
    environment.ensure("requirements.txt")
    assert len(bare) == 2
    (tmp_path / "requirements.txt").write_text("pelican==4.12.1\n")
    environment.ensure("requirements.txt")
    assert len(bare) == 3 and bare[2][1:4] == ["-m", "pip", "install"]
    (tmp_path / ".venv/bin/python").unlink()  # somebody's Python went away
    shutil.rmtree(tmp_path / ".venv/bin")
    environment.ensure("requirements.txt")
    assert len(bare) == 5


def test_failed_installation_is_not_remembered(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    works = environment.subprocess.run
    monkeypatch.setattr(
        environment.subprocess, "run", lambda c, **k: subprocess.CompletedProcess(works(c, **k).args, int("pip" in c))
    )
    for _ in range(2):
        with pytest.raises(environment.Missing, match="requirements.txt"):
            environment.ensure("requirements.txt")


def test_missing_venv_package_is_named(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else find(name))
    monkeypatch.setattr(environment, "_apt", list)
    with pytest.raises(environment.Missing, match="apt-get install python3-venv"):
        environment.ensure("requirements.txt")
    assert bare == []


def test_python_too_old(bare: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(environment, "NEEDED", (4, 0))
    assert environment.enter(["build"]) == 1
    assert "Cần Python 4.0 trở lên" in capsys.readouterr().err and bare == []


@pytest.mark.parametrize("ci", ["true", ""])
def test_missing_test_tools_are_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str) -> None:
    """Only CI stops for them."""
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(environment, "TOOLS", {"khong-co-lenh": "goi-la"})
    monkeypatch.setattr(environment, "_apt", list)
    if ci:
        with pytest.raises(environment.Missing, match="sudo apt-get install.* goi-la"):
            environment.ensure_test_tools()
    else:
        environment.ensure_test_tools()
        assert "khong-co-lenh (gói goi-la)" in capsys.readouterr().err


@pytest.mark.parametrize("tool", [*environment.TOOLS, "chromium"])
def test_tools_are_here(tool: str) -> None:
    assert need(tool)
