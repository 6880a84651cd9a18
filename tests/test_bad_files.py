"""Some 350 bad files: each gets a diagnostic with its place and a hint; none a traceback, none holds the build, nothing is written.

A file that holds the reader is killed after a time that no slow machine needs. How long each really takes:
`python tests/test_bad_files.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bad_files import NAMES, TABLES, Made, broken, headers, repeated
from conftest import CATALOGUES, DOCUMENT, ROOT, Write, article, pelican, picture, tree, whole

from bantin.catalogue import load
from bantin.diagnostics import CODES, Refused

HELD = 240  # seconds for all files of one process; they take a few
BATCH = 40
BAD = [*headers(), *(made for made in broken() if not made[0].startswith("danh-muc/"))]
SLOW = [*repeated(whole(20_000, 500_000))]

CHECK = """
import json, sys
sys.path.insert(0, {root!r})
from bantin.plugin import check
found = check({root!r} + "/pelicanconf.py", PATH=sys.argv[1])
print(json.dumps([[d.path, d.line, d.column, d.code, d.message, d.hint, d.severity.value] for d in found]))
"""
Found = tuple[str, int, int, str, str, str, str]


def laid(folder: Path, made: list[Made]) -> Path:
    """A content folder of these files, with a document and a picture that are good."""
    content = folder / "content"
    for path, data, _ in [*made, ("van-ban/35-nq-tw-2018.md", DOCUMENT.encode(), ""), ("anh/x.png", picture(), "")]:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(data)
    return content


def checked(content: Path) -> list[Found]:
    """What a process of its own finds; one that is held is killed, and the test fails."""
    command = [sys.executable, "-X", "faulthandler", "-c", CHECK.format(root=str(ROOT)), str(content)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=HELD,
        check=False,
        cwd=content.parent,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(one) for one in json.loads(done.stdout)]


def test_there_are_enough() -> None:
    assert len(BAD) + len(SLOW) + len(TABLES) + len(NAMES) >= 300
    assert len({path for path, _, _ in BAD}) == len(BAD)


@pytest.mark.parametrize("batch", range(0, len(BAD), BATCH))
def test_every_bad_file_is_named(tmp_path: Path, batch: int) -> None:
    made = BAD[batch : batch + BATCH]
    found = checked(laid(tmp_path, made))
    for path, data, code in made:
        own = [d for d in found if d[0] == f"content/{path}"]
        assert own if code else True, f"{path}: nothing found"
        assert any(d[3].startswith(code) for d in own) or not code, (path, code, own)
        text = data[:2_000_000].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for _, line, column, given, message, hint, _ in own:
            assert given in CODES and message and (hint or given == "DB07"), (path, given)
            assert 1 <= line <= len(text) + 1 and 1 <= column <= max(map(len, text)) + 2, (path, line, column)


@pytest.mark.parametrize("batch", range(0, len(SLOW), BATCH))
def test_no_text_holds_the_reader(tmp_path: Path, batch: int) -> None:
    """Whatever is repeated: it is read, or named."""
    checked(laid(tmp_path, SLOW[batch : batch + BATCH]))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("file", ["co-quan-xuat-ban.toml", "khoa.toml", "ngay-ky-niem.toml"])
def test_bad_catalogues(tmp_path: Path, name: str, file: str) -> None:
    folder = tmp_path / "content" / "danh-muc"
    folder.mkdir(parents=True)
    (folder / file).write_bytes(TABLES[name])
    if name == "empty" and file != "co-quan-xuat-ban.toml":
        load(folder, CATALOGUES)
        return
    with pytest.raises(Refused) as caught:
        load(folder, CATALOGUES)
    assert all(d.path == f"content/danh-muc/{file}" and d.line >= 1 and d.hint for d in caught.value.diagnostics)


def test_bad_names(tmp_path: Path) -> None:
    found = checked(laid(tmp_path, [(name, article().encode(), "") for name in NAMES]))
    assert sorted((d[0], d[1], d[2]) for d in found) == sorted((f"content/{name}", 1, 1) for name in NAMES)
    assert all(d[3] in ("DC02", "TP04") and d[5] for d in found)


def test_two_files_for_one_address_and_links_out(tmp_path: Path) -> None:
    twice = [
        ("bai-viet/2023/a.md", article().encode(), ""),
        ("bai-viet/khac/a.md", article().encode(), ""),
        ("bai-viet/b.md", article(Slug="a").encode(), ""),
    ]
    content = laid(tmp_path, twice)
    (tmp_path / "ngoai.md").write_text(article(), "utf-8")
    (content / "bai-viet/noi.md").symlink_to(tmp_path / "ngoai.md")
    (content / "bai-viet/mat-dau.md").symlink_to(tmp_path / "khong-co")
    (content / "bai-viet/vong").symlink_to(content)
    found = checked(content)
    assert sorted(d[3] for d in found) == ["DC01", "DC01", "TP05", "TP05", "TP05"] and all(d[5] for d in found)


def test_nothing_is_written(write: Write, tmp_path: Path) -> None:
    content = write({path: data for path, data, _ in BAD if len(data) < 100_000})
    before = tree(content)
    done = pelican(content, tmp_path / "output")
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "output").exists() and tree(content) == before


def bench() -> None:
    """Seconds of each file by itself, the longest last."""
    import tempfile

    sys.path.insert(0, str(ROOT))
    from bantin.plugin import check

    times = []
    for path, data, code in [*BAD, *repeated(500_000)]:
        with tempfile.TemporaryDirectory() as folder:
            content = laid(Path(folder), [(path, data, code)])
            start = time.process_time()
            check(ROOT / "pelicanconf.py", PATH=str(content))
            times.append((time.process_time() - start, path))
    for seconds, path in sorted(times)[-25:]:
        print(f"{seconds:.2f} {path}")


if __name__ == "__main__":
    bench()
