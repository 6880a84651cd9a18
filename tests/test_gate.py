"""What may not be published leaves no trace; and where anything of us is missing, nothing is published at all."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from conftest import DOCUMENT, ROOT, Write, article, build, pelican, picture, tree

from bantin.diagnostics import Refused, errors
from bantin.vietnamese import ZONE

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=ZONE)
BOTH = pytest.mark.parametrize("settings", ["pelicanconf.py", "publishconf.py"])

# Each word stands in one place that must not be published, and the public one in a place that must.
KEPT_BACK = {
    "noi-bo/2024/kin-mot.md": {},
    "bai-viet/2024/kin-hai.md": {"Audience": "internal"},
    "bai-viet/2024/kin-ba.md": {"Status": "draft"},
    "bai-viet/2024/kin-bon.md": {"Date": "2024-05-02 08:00"},
    "bai-viet/2024/kin-nam.md": {"Embargo": "2024-05-01 08:01"},
    "bai-viet/2024/kin-sau.md": {"Status": "skip"},
}


def canaries() -> tuple[dict[str, str | bytes], list[str]]:
    """Files of a content folder in which six articles may not be published; the words that stand in them alone."""
    files: dict[str, str | bytes] = {
        "bai-viet/2024/mo.md": article(
            "Chữ chimxanh của mọi người, [tải](../../tep/mo.txt).", Authors="Chimxanh Tác giả", Tags="chimxanh", Category="Mục chimxanh",
            Date="2024-04-30", Image="mo.png", Image_alt="Ảnh chimxanh",
        ),
        "anh/mo.png": picture("green"), "tep/mo.txt": "tep chimxanh", "van-ban/35-nq-tw-2018.md": DOCUMENT,
        "trang/nhap.md": "Title: Trang trangnhap\nStatus: draft\n\nTrangnhap.\n",
    }  # fmt: skip
    words = ["trangnhap"]
    for number, (path, header) in enumerate(KEPT_BACK.items()):
        word = f"quavang{'abcdef'[number]}"
        words += [word, Path(path).stem]
        files[path] = article(
            f"Thân {word}. [Tải]({{static}}/tep/{word}.txt)\n\n![{word}](than-{word}.png)\n\nDẫn 35-NQ/TW.\n",
            **{"Title": f"Tên {word}", "Date": "2024-04-29 07:00", "Category": f"Mục {word}", "Authors": f"Người {word}",
               "Tags": word, "Summary": f"Dẫn {word}", "Image": f"dau-{word}.png", "Image_alt": word, "Resolutions": "35-NQ/TW",
               "Source": f"Báo {word}", "Correction": f"2024-05-01: {word} → đúng", **header},
        )  # fmt: skip
        files |= {f"anh/dau-{word}.png": picture(f"#{number}1a2b3"), f"anh/than-{word}.png": picture(f"#{number}4c5d6")}
        files |= {f"tep/{word}.txt": word, f"tac-gia/{word}.md": f"Name: Người {word}\nRole: Vai {word}\n\nTiểu sử {word}.\n"}
    return files, words


def holding(output: Path, word: str) -> list[str]:
    """Files that hold a word, in their name or their bytes, unpacked where they are packed."""
    found = []
    for name, data in tree(output).items():
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        if word.encode() in data.lower() or word in name.lower():
            found.append(name)
    return found


@BOTH
def test_canaries_reach_no_output(write: Write, tmp_path: Path, settings: str) -> None:
    files, words = canaries()
    content, output = write(files), tmp_path / "output"
    build(content, output, settings, now=NOW)
    assert {word: found for word in words if (found := holding(output, word))} == {}
    public = holding(output, "chimxanh")
    for place in ("index.html", "rss.xml", "pagefind/index/", "pagefind/fragment/", "tac-gia/", "the/", "tep/mo.txt"):
        assert any(name.startswith(place) for name in public), place  # so the search above finds what is there
    assert "Chưa có bài nào dẫn" in (output / "van-ban/35-nq-tw-2018/index.html").read_text("utf-8")
    assert len(list(output.glob("anh/*mo-*"))) == len(list(output.glob("anh/*-*"))) - len(list(output.glob("anh/dau-hieu-*")))


def test_what_was_held_back_comes_with_its_time(write: Write, tmp_path: Path) -> None:
    files, _ = canaries()
    build(write(files), tmp_path / "output", now=NOW.replace(day=3))
    assert holding(tmp_path / "output", "quavangd") and holding(tmp_path / "output", "quavange")
    assert not holding(tmp_path / "output", "quavanga")


def test_preview_shows_drafts_and_nothing_internal(write: Write, tmp_path: Path) -> None:
    files, _ = canaries()
    build(write(files), tmp_path / "output", now=NOW, BANTIN_DRAFTS=True)
    shown = [word for word in "abcdef" if holding(tmp_path / "output", f"quavang{word}")]
    assert shown == ["c"]
    assert "Bản thảo" in (tmp_path / "output/bai-viet/2024/kin-ba/index.html").read_text("utf-8")
    assert holding(tmp_path / "output", "trangnhap")


@BOTH
@pytest.mark.parametrize(
    "target", ["noi-bo/2024/kin-mot.md", "bai-viet/2024/kin-hai.md", "bai-viet/2024/kin-ba.md", "bai-viet/2024/kin-bon.md"]
)
def test_public_article_that_links_to_a_held_back_one(write: Write, tmp_path: Path, settings: str, target: str) -> None:
    files, _ = canaries()
    files["bai-viet/2024/lo.md"] = article(f"Câu mở.\n\nXem [bài]({{filename}}/{target}) ấy.", Date="2024-04-01")
    with pytest.raises(Refused) as refused:
        build(write(files), tmp_path / "output", settings, now=NOW)
    (found,) = errors(refused.value.diagnostics)
    assert (found.code, found.line, found.path) == ("LK02", 7, "content/bai-viet/2024/lo.md")
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("how", [{"Audience": "internal"}, {"Status": "draft"}, {"Status": "skip"}, None])
def test_what_is_withdrawn_vanishes(write: Write, tmp_path: Path, how: dict[str, str] | None) -> None:
    """Public today, not tomorrow: page, picture, attachment, lists, feeds and search forget it."""
    header = {"Authors": "Người rutlai", "Tags": "rutlai", "Category": "Mục rutlai", "Image": "rutlai.png", "Image_alt": "Ảnh"}
    body = "Thân rutlai, [tệp]({static}/tep/rutlai.txt)."
    files = {"bai-viet/a.md": article(), "anh/rutlai.png": picture("navy"), "tep/rutlai.txt": "rutlai"}
    content, output = write({**files, "bai-viet/rutlai.md": article(body, **header)}), tmp_path / "output"
    build(content, output)
    assert len(holding(output, "rutlai")) > 10
    if how is None:
        (content / "bai-viet/rutlai.md").unlink()
    else:
        write({"bai-viet/rutlai.md": article(body, **header, **how)})
    build(content, output)
    assert holding(output, "rutlai") == []
    assert not list(output.glob("tac-gia/nguoi-*"))  # no empty folders either


def test_publishing_reads_nothing_internal(write: Write, tmp_path: Path) -> None:
    """What is not read cannot leak: a file there that cannot even be decoded does not matter to publishconf.py."""
    content = write({"bai-viet/a.md": article(), "noi-bo/2024/hong.md": b"\xff\xfe\x00 Title"})
    build(content, tmp_path / "output", "publishconf.py")
    with pytest.raises(Refused, match="1 lỗi"):
        build(content, tmp_path / "laptop", "pelicanconf.py")


def test_internal_article_that_says_public(write: Write, tmp_path: Path) -> None:
    content = write({"noi-bo/a.md": article(Audience="public"), "bai-viet/b.md": article(Audience="puplic")})
    with pytest.raises(Refused) as refused:
        build(content, tmp_path / "output")
    assert [d.code for d in refused.value.diagnostics] == ["DB04", "DB08"]


RAISES = (
    "from pelican import signals\ndef fail(*a, **k):\n    raise OSError('hỏng')\ndef register():\n    signals.{0}.connect(fail)\n"
)
BROKEN = {
    "class is Pelican's own": ("from pelican import Pelican\nPELICAN_CLASS = Pelican", ""),
    "our plugin is not named": ("PLUGINS = []", ""),
    "a plugin is not there": ("PLUGINS = ['bantin.plugin', 'khong_co']", ""),
    "a plugin cannot be imported": ("PLUGINS = ['bantin.plugin', 'hong']", "raise ValueError('hỏng')"),
    "a plugin cannot register": ("PLUGINS = ['bantin.plugin', 'hong']", "def register():\n    raise ValueError('hỏng')"),
    "a signal raises while reading": ("PLUGINS = ['bantin.plugin', 'hong']", RAISES.format("article_generator_finalized")),
    "a signal raises while writing": ("PLUGINS = ['bantin.plugin', 'hong']", RAISES.format("content_written")),
    "a template asks for more": ("THEME_TEMPLATES_OVERRIDES = PLUGIN_PATHS", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_fails_closed(write: Write, tmp_path: Path, case: str) -> None:
    settings, module = BROKEN[case]
    content, output = write({"bai-viet/a.md": article()}), tmp_path / "output"
    build(content, output)
    before = tree(output)
    write({"bai-viet/a.md": article("Chữ mới.")})
    (tmp_path / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(ROOT / 'theme')!r}\n"
        f"PLUGIN_PATHS = [{str(tmp_path)!r}]\n{settings}\n",
        "utf-8",
    )
    (tmp_path / "hong.py").write_text(module, "utf-8")
    (tmp_path / "home.html").write_text("{{ view.khong_co }}", "utf-8")
    done = pelican(content, output, settings=str(tmp_path / "conf.py"))
    assert done.returncode != 0, done.stdout
    assert tree(output) == before
    assert not (tmp_path / ".output.bantin" / "moi").exists()


def test_fails_closed_where_our_package_is_not_there(tmp_path: Path, write: Write) -> None:
    """pelicanconf.py imports us, so a copy of it without us builds nothing."""
    shutil.copy(ROOT / "pelicanconf.py", tmp_path)
    content = write({"bai-viet/a.md": article()})
    command = [sys.executable, "-m", "pelican", content, "-s", tmp_path / "pelicanconf.py", "-o", tmp_path / "output"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and not (tmp_path / "output").exists()
