"""The laws of writing: the output is what was made last, nothing else is touched, and nothing is written twice."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import tree
from hypothesis import given, settings
from hypothesis import strategies as st

from bantin import build
from bantin.build import MANIFEST, Stage, Written, put_if_new

NAMES = ["a", "b", "a/x", "a/y", "a/x/z", "b/c/d", "ẩn/tệp có cách.html", ".chấm", "a.b/c"]
FOREIGN = {"của người khác/x": b"1", "CNAME": b"2"}
Files = dict[str, bytes]


def sound(names: list[str]) -> list[str]:
    """Names of which none is a folder of another, as one build has them."""
    kept: list[str] = []
    for name in names:
        if not any(f"{k}/".startswith(f"{name}/") or f"{name}/".startswith(f"{k}/") for k in kept):
            kept.append(name)
    return kept


file_sets = st.lists(st.sampled_from(NAMES), unique=True).map(sound).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from([b"", b"1", b"2", b"12"]) for name in names})
)  # fmt: skip
histories = st.lists(file_sets, min_size=1, max_size=5)


@contextmanager
def fresh() -> Iterator[Path]:
    """An output folder that is not there yet, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "output"


def lay(output: Path, files: Mapping[str, bytes]) -> None:
    """Put files there without a stage, as somebody else does."""
    for name, data in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def commit(output: Path, files: Mapping[str, bytes], sweep: bool = False, retain: tuple[str, ...] = ()) -> Written:
    """One build that makes these files."""
    stage = Stage(output)
    for name, data in files.items():
        stage.put(name, data)
    return stage.commit(sweep, retain)


@settings(max_examples=80, deadline=None)
@given(histories)
def test_output_is_the_last_build_beside_foreign_files(history: list[Files]) -> None:
    with fresh() as output:
        lay(output, FOREIGN)
        for files in history:
            commit(output, files)
            assert tree(output) == {**files, **FOREIGN}
        assert not [p for p in output.rglob("*") if p.is_dir() and not any(p.iterdir())]
        assert tree(output.parent / ".output.bantin").keys() <= {MANIFEST}


@pytest.mark.parametrize("harm", ["", "{}", '["a.html"]', '{"sum": "0", "files": ["a.html", "la.txt"]}'])
def test_a_list_that_is_damaged_is_not_believed(tmp_path: Path, harm: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What else is known of the last build takes its place; where nothing is, that is told once."""
    output = tmp_path / "output"
    lay(output, {"la.txt": b"foreign"})
    for known, left in ((("a.html",), {"la.txt", "b.html"}), ((), {"la.txt", "a.html", "b.html"})):
        commit(output, {"a.html": b"1", "b.html": b"2"})
        (tmp_path / ".output.bantin" / MANIFEST).write_text(harm, encoding="utf-8")
        capsys.readouterr()
        stage = Stage(output)
        stage.put("b.html", b"2")
        stage.commit(left=known)
        assert tree(output).keys() == left and ("không biết" in capsys.readouterr().err) == (not known)
        commit(output, {"b.html": b"2"})
        assert capsys.readouterr().err == ""


@settings(max_examples=60, deadline=None)
@given(file_sets, file_sets)
def test_only_what_differs_is_touched(first: Files, second: Files) -> None:
    with fresh() as output:
        commit(output, first)
        before = {name: (output / name).stat() for name in first}
        done = commit(output, second)
        same = {name for name in first if second.get(name) == first[name]}
        after = {name: (output / name).stat() for name in same}
        assert {n: (s.st_ino, s.st_mtime_ns) for n, s in after.items()} == {
            n: (before[n].st_ino, before[n].st_mtime_ns) for n in same
        }
        assert (done.total, done.written) == (len(second), len(second) - len(same))
        assert commit(output, second) == Written(len(second))


@settings(max_examples=60, deadline=None)
@given(histories)
def test_sweeping_leaves_the_last_build_and_what_is_retained(history: list[Files]) -> None:
    with fresh() as output:
        kept = {".git/config": b"3", "giữ": b"4"}
        lay(output, FOREIGN | kept)
        for files in history:
            commit(output, files, sweep=True, retain=(".git", "giữ"))
            assert tree(output) == files | kept


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 20))
def test_a_build_that_was_cut_off_is_mended_by_the_next(history: list[Files], steps: int) -> None:
    """The process dies at any change of the output; the next build does not need to know."""
    from bantin import build

    with fresh() as output:
        for files in history[:-1]:
            commit(output, files)
        left, place, remove = [steps], build._place, build._remove

        def cut(step):  # noqa: ANN001, ANN202
            def run(*args):  # noqa: ANN002, ANN202
                left[0] -= 1
                if left[0] < 0:
                    raise KeyboardInterrupt
                return step(*args)

            return run

        build._place, build._remove = cut(place), cut(remove)
        try:
            commit(output, history[-1])
        except KeyboardInterrupt:
            pass
        finally:
            build._place, build._remove = place, remove
        commit(output, history[0])
        assert tree(output) == history[0]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/../../x", "/etc/x", "a/../../output.x/y", "a/.."])
def test_names_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    stage = Stage(tmp_path / "output")
    with pytest.raises(ValueError):
        stage.put(name, b"x")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("first, second", [("a", "a"), ("a/b", "a"), ("a", "a/b"), ("a/b", "a/./b")])
def test_no_name_is_made_twice(tmp_path: Path, first: str, second: str) -> None:
    stage = Stage(tmp_path / "output")
    stage.put(first, b"x")
    with pytest.raises((ValueError, FileExistsError)):
        stage.put(second, b"y")
    assert tree(stage.root) == {first: b"x"}


def test_discarding_leaves_no_trace(tmp_path: Path) -> None:
    output = tmp_path / "output"
    stage = Stage(output)
    stage.put("a/b", "chữ")
    stage.discard()
    assert list(tmp_path.iterdir()) == []
    commit(output, {"a": b"1"})
    before = tree(tmp_path)
    stage = Stage(output)
    stage.put("a", b"2")
    stage.discard()
    assert tree(tmp_path) == before


OUTSIDE = ["../la", "a/../../la", "/etc/hostname"]


@pytest.mark.parametrize(
    "listed",
    [
        json.dumps({"sum": build._sum(OUTSIDE), "files": OUTSIDE}), json.dumps({"sum": build._sum([3]), "files": [3]}),
        '["../la", "/etc/hostname", 3, null]', "{", "[[]]", '"la"', "\udcff",
    ],
)  # fmt: skip
def test_a_spoilt_list_removes_nothing_outside(tmp_path: Path, listed: str) -> None:
    output, manifest = tmp_path / "output", tmp_path / ".output.bantin" / MANIFEST
    commit(output, {"a": b"1"})
    (tmp_path / "la").write_text("của người khác", "utf-8")
    manifest.write_bytes(listed.encode("utf-8", "surrogateescape"))
    commit(output, {"b": b"1"})
    assert (tmp_path / "la").is_file()
    assert (output / "b").is_file() and "b" in json.loads(manifest.read_text("utf-8"))["files"]


def test_links_in_the_output_are_replaced_not_followed(tmp_path: Path) -> None:
    output, other = tmp_path / "output", tmp_path / "khác"
    output.mkdir()
    other.write_bytes(b"old")
    (output / "a").symlink_to(other)
    commit(output, {"a": b"new"})
    assert (other.read_bytes(), (output / "a").read_bytes(), (output / "a").is_symlink()) == (b"old", b"new", False)


def test_put_if_new(tmp_path: Path) -> None:
    path = tmp_path / "x" / "số.pdf"
    assert put_if_new(path, b"1")
    os.utime(path, (1, 1))
    assert not put_if_new(path, b"1")
    assert path.stat().st_mtime == 1
    assert put_if_new(path, b"2") and tree(tmp_path) == {"x/số.pdf": b"2"}
