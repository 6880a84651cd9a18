"""Publishing: a release is whole or not there, what is served never mixes, and every release can be served again."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import brotli
import pytest
from conftest import ROOT, Write, article, picture, tree, whole
from releasing import assert_clean, assert_whole, kill, publish, served, start
from webserver import Nginx

from bantin import commands
from bantin.build import alone
from bantin.progress import silent
from bantin.publishing import links, record
from bantin.publishing import publish as publishing
from bantin.publishing.compress import precompress
from bantin.publishing.record import digests
from bantin.publishing.releases import Releases, Unfit, files_of
from bantin.standing import Counts
from bantin.vietnamese import ZONE

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=ZONE)
KILLS = whole(20, 100)


def asked(content: Path, home: Path, now: datetime = NOW) -> publishing.Publishing:
    """What `invoke publish` asks for, at that moment."""
    return publishing.Publishing(ROOT / "pelicanconf.py", ROOT / "publishconf.py", content, home, now)


def small(text: str = "Lần thứ nhất.") -> dict[str, str | bytes]:
    """Files of a small site: two articles, a picture, an attachment, an internal article."""
    return {
        "bai-viet/a.md": article(f"{text} [Tệp]({{static}}/tep/mot.txt)\n\n![Ảnh](mot.png)"),
        "bai-viet/b.md": article("Bài thứ hai.", Title="Bài hai"),
        "noi-bo/c.md": article("Bài này chỉ in.", Title="Bài kín"),
        "anh/mot.png": picture(), "tep/mot.txt": "tệp đính kèm\n" * 200,
    }  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where releases go."""
    return tmp_path / "phat-hanh"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its first release, not to be changed."""
    root = tmp_path_factory.mktemp("published")
    shutil.copytree(ROOT / "content/danh-muc", root / "content/danh-muc")
    for name, data in {**small(), "anh/dau-hieu.png": (ROOT / "content/anh/dau-hieu.png").read_bytes()}.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    publishing.publish(asked(root / "content", root / "phat-hanh"))
    return root


@pytest.fixture
def served_before(published: Path, tmp_path: Path) -> Path:
    """The same in a place of the test's own: `content/` (as `write` makes it) and `phat-hanh/`."""
    shutil.copytree(published, tmp_path, symlinks=True, dirs_exist_ok=True)
    return tmp_path


def test_a_release(published: Path) -> None:
    """What lies there after the first publication, and that it is what the build made."""
    home = published / "phat-hanh"
    assert served(home) == "20240501-080000"
    assert_clean(home)
    release, made = tree(home / "hien-hanh"), tree(home / "dung/trang")
    assert {name: release[name] for name in made} == made
    copies = {name for name in release if name.endswith((".gz", ".br"))}
    assert release.keys() - made.keys() == copies | {"release.json"}
    for name in copies:
        unpack = gzip.decompress if name.endswith(".gz") else brotli.decompress
        assert unpack(release[name]) == release[name[:-3]] and len(release[name]) < len(release[name[:-3]])
    assert {"index.html.gz", "index.html.br", "tep/mot.txt.gz", "rss.xml.br"} <= copies
    assert not [name for name in copies if re.search(r"\.(png|webp|avif|woff2|pf_\w+)\.(gz|br)$", name)]


def test_the_record(published: Path) -> None:
    home = published / "phat-hanh"
    said = json.loads((home / "hien-hanh/release.json").read_text("utf-8"))
    assert said["time"] == "2024-05-01T08:00:00+07:00" and said["base"] == "https://bantin.example"
    pages = len(list((home / "hien-hanh").rglob("*.html")))
    assert said["counts"] == {"pages": pages, "feeds": 2, "documents": 0, "issues": 1, "articles": 2}
    assert said["commit"] == "" and said["clean"] is False  # a content folder without git
    assert_whole(home / "hien-hanh")


def test_the_commit_is_that_of_the_content(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article()})
    git = ["git", "-C", str(content), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    head = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    made = record.make(content / "anh", content, NOW, "https://tin.example", Counts())
    assert (made.commit, made.clean, list(made.files)) == (head, True, ["dau-hieu.png"])
    write({"bai-viet/a.md": article("Khác.")})
    assert record.make(content / "anh", content, NOW, "", Counts()).clean is False


def test_what_is_unchanged_is_shared(write: Write, home: Path) -> None:
    """One file, several names: of what did not change neither the file nor its copies are made again."""
    publishing.publish(asked(write(small()), home))  # not copied from another test, which would part the names
    publishing.publish(asked(write(small("Lần thứ hai.")), home, NOW + timedelta(hours=1)))
    first, second = sorted((home / "ban").iterdir())
    same = {name for name, data in tree(first).items() if tree(second).get(name) == data}
    assert {"theme/css/main.css", "theme/css/main.css.br", "bai-viet/2023/b/index.html", "bai-viet/2023/b/index.html.gz"} <= same
    assert [name for name in same if not (first / name).samefile(second / name)] == []
    assert "Lần thứ nhất." in (first / "bai-viet/2023/a/index.html").read_text("utf-8")


def test_without_hard_links(write: Write, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refused)
    publishing.publish(asked(write(small()), home))
    assert_clean(home)
    assert (home / "hien-hanh/index.html").stat().st_mtime_ns == (home / "dung/trang/index.html").stat().st_mtime_ns


def test_nothing_changed(served_before: Path, home: Path) -> None:
    before = tree(home / "ban")
    done = publishing.publish(asked(served_before / "content", home, NOW + timedelta(hours=1)))
    assert done.name == "" and not done.change and tree(home / "ban") == before
    assert_clean(home)


def test_nothing_changed_but_the_release_is_damaged(served_before: Path, home: Path) -> None:
    (home / "hien-hanh/index.html.gz").unlink()
    assert publishing.publish(asked(served_before / "content", home, NOW + timedelta(hours=1))).name == "20240501-090000"
    assert_whole(home / "hien-hanh")


def test_five_are_kept_and_any_can_come_back(home: Path) -> None:
    for hour in range(7):
        _switched(home, hour)
    names = sorted(path.name for path in (home / "ban").iterdir())
    assert names == [f"20240501-{hour:02}0000" for hour in (10, 11, 12, 13, 14)] and served(home) == names[-1]
    assert publishing.roll_back(home) == names[-2] == served(home)
    assert publishing.roll_back(home) == names[-3] == served(home)
    assert publishing.roll_back(home, names[-1]) == served(home) == names[-1]
    assert publishing.roll_back(home, names[0]) == served(home)
    assert (home / "hien-hanh/index.html").read_text("utf-8") == "2"
    with pytest.raises(Unfit, match="không có bản nào trước"):
        publishing.roll_back(home)
    with pytest.raises(Unfit, match="20230101-000000"):
        publishing.roll_back(home, "20230101-000000")
    _switched(home, 0)  # a clock that went back
    assert served(home) == "20240501-140001" and len(list((home / "ban").iterdir())) == 5


def test_a_damaged_release_does_not_come_back(home: Path) -> None:
    for hour in range(2):
        _switched(home, hour)
    (home / "ban/20240501-080000/index.html").write_text("1", "utf-8")
    with pytest.raises(Unfit, match="20240501-080000 không còn nguyên: index.html"):
        publishing.roll_back(home)
    assert served(home) == "20240501-090000"


def test_rehearsal(served_before: Path, write: Write, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would change, and changes nothing."""
    before = {path: path.lstat().st_mtime_ns for path in home.rglob("*")}
    content = write({"bai-viet/a.md": article("Khác."), "bai-viet/moi.md": article("Mới.", Title="Bài mới")})
    (content / "bai-viet/b.md").unlink()
    assert commands.publish(ROOT, content, home, True) == 0
    said = capsys.readouterr().out
    for line in ("+ /bai-viet/2023/moi/", "- /bai-viet/2023/b/", "~ /bai-viet/2023/a/", "~ /"):
        assert f"  {line}\n" in f"{said}\n", said
    assert re.search(r"^trang: 1 mới, \d+ đổi, 1 mất$", said, re.MULTILINE) and "tệp khác: 0 mới, 0 đổi, 1 mất" in said
    assert {path: path.lstat().st_mtime_ns for path in home.rglob("*")} == before


def test_rehearsal_of_the_first(write: Write, home: Path) -> None:
    done = publishing.rehearse(asked(write(small()), home))
    assert "index.html" in done.change.new and not home.exists()


@pytest.mark.parametrize(
    ("file", "text"),
    [("bai-viet/d.md", article(Tgas="x")), ("noi-bo/d.md", article(Date="hôm nay")), ("noi-bo/d.md", b"\xff\xfe"),
     ("bai-viet/d.md", article("[bài]({filename}/noi-bo/c.md)"))],
)  # fmt: skip
def test_errors_publish_nothing(
    served_before: Path, write: Write, home: Path, file: str, text: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of internal articles, too: what cannot be read cannot be looked for in what goes out."""
    before = tree(home)
    assert commands.publish(ROOT, write({"bai-viet/a.md": article("Khác."), file: text}), home, False) == 1
    assert f"content/{file}" in capsys.readouterr().err
    assert tree(home) == before
    assert_clean(home)


def test_two_at_once(write: Write, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(publishing, "alone", lambda folder: alone(folder, 0.1))
    content = write(small())
    with alone(home / "dung"):
        assert commands.publish(ROOT, content, home, False) == 75
    assert "một lần dựng khác" in capsys.readouterr().err


def test_a_folder_where_the_link_has_to_be(write: Write, home: Path) -> None:
    (home / "hien-hanh").mkdir(parents=True)
    with pytest.raises(Unfit, match="liên kết tượng trưng"):
        publishing.publish(asked(write(small()), home))


def test_a_file_in_the_place_of_a_copy(tmp_path: Path) -> None:
    """A server would send it in the place of the other."""
    for name in ("tep/mot.txt", "tep/mot.txt.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("chữ " * 1000, "utf-8")
    with pytest.raises(Unfit, match="tep/mot.txt.gz"):
        precompress(tmp_path, digests(tmp_path, files_of(tmp_path)), tmp_path, None, silent)


# What is broken by hand in a finished site, and where it is told.
BROKEN = {
    "a page": ("index.html", "</main>", '<a href="/khong-co/">x</a></main>', "/khong-co/"),
    "a picture": ("index.html", "</main>", '<img src="anh/khong.png"></main>', "anh/khong.png"),
    "a size of a picture": ("index.html", "</main>", '<img srcset="/anh/x.webp 320w"></main>', "/anh/x.webp"),
    "a fragment here": ("index.html", "</main>", '<a href="#khong">x</a></main>', "#khong"),
    "a fragment there": ("index.html", "</main>", '<a href="/tim-kiem/#khong">x</a></main>', "/tim-kiem/#khong"),
    "a full address": ("index.html", "</main>", '<a href="https://bantin.example/x/">x</a></main>', "https://bantin.example/x/"),
    "metadata": ("index.html", "</head>", '<meta property="og:image" content="https://bantin.example/x.png"></head>', "https://bantin.example/x.png"),
    "a feed": ("rss.xml", "<item>", "<item><link>https://bantin.example/y/</link>", "https://bantin.example/y/"),
    "a text in a feed": ("rss.xml", "</description>", "&lt;img src=&quot;https://bantin.example/y.png&quot;&gt;</description>", "https://bantin.example/y.png"),
    "a JSON feed": ("rss.json", '"items"', '"x": "https://bantin.example/z/", "items"', "https://bantin.example/z/"),
    "the sitemap": ("sitemap.xml", "</urlset>", "<url><loc>https://bantin.example/s/</loc></url></urlset>", "https://bantin.example/s/"),
    "robots": ("robots.txt", "Sitemap:", "Sitemap: https://bantin.example/s.xml\nSitemap:", "https://bantin.example/s.xml"),
    "the manifest": ("manifest.webmanifest", '"src": "', '"src": "khong/', "khong/bieu-tuong/192.png"),
    "a style": ("theme/css/main.css", "}", "} a { background: url('khong.png') }", "khong.png"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_links_that_lead_nowhere(published: Path, tmp_path: Path, case: str) -> None:
    name, old, new, address = BROKEN[case]
    site = tmp_path / "site"
    shutil.copytree((published / "phat-hanh/hien-hanh").resolve(), site)
    text = (site / name).read_text("utf-8")
    assert old in text and links.faults(site, "https://bantin.example") == []
    (site / name).write_text(text.replace(old, new, 1), "utf-8")
    assert [(fault.file, fault.address) for fault in links.faults(site, "https://bantin.example")] == [(name, address)]


def test_links_of_a_site_below_a_path(write: Write, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", "https://tinh.example/ban-tin")
    assert publishing.publish(asked(write(small()), home)).record.base == "https://tinh.example/ban-tin"


STEPS = ("rename", "symlink", "replace", "rmdir", "unlink", "sync")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("late", [False, True])
def test_killed_at_a_step_of_the_switch(tmp_path: Path, step: str, late: bool) -> None:
    """Just before or after each call by which a release comes into its place and old ones go, for each time it is called."""
    for count in range(1, 9):
        home = tmp_path / f"{step}{late}{count}"
        for hour in range(6):
            _switched(home, hour)
        before = served(home)
        child = os.fork()
        if not child:
            _dying(step, count, late)
            _switched(home, 6)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert served(home) in (before, "20240501-140000") and (home / "hien-hanh/index.html").is_file()
        for path in (home / "ban").iterdir():
            assert path.name.startswith(".") or (path / "index.html").is_file()
        Releases(home).sweep()
        names = Releases(home).names()
        assert served(home) in names and [p.name for p in sorted((home / "ban").iterdir())] == names
        assert {path.name for path in home.iterdir()} == {"ban", "hien-hanh", "da-phat-hanh.json"}
        _switched(home, 7)
        assert served(home) == "20240501-150000" and len(Releases(home).names()) == 5
        if status == 0:
            break
    assert count > 1


def _switched(home: Path, hour: int) -> None:
    """A release without a build: one page that says which it is."""
    releases = Releases(home)
    releases.sweep()
    draft = releases.begin(NOW + timedelta(hours=hour))
    (draft / "index.html").write_text(str(hour), "utf-8")
    record.Record("", False, "", "", {}, record.digests(draft, ["index.html"])).write(draft)
    releases.finish(draft)


def _dying(step: str, count: int, late: bool) -> None:
    """This process kills itself at that call of a function of `os`."""
    call, calls = getattr(os, step), [0]

    def dies(*args: object, **kwargs: object) -> object:
        calls[0] += 1
        if calls[0] == count and not late:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return call(*args, **kwargs)
        finally:
            if calls[0] == count:
                os.kill(os.getpid(), signal.SIGKILL)

    setattr(os, step, dies)


class Reader(threading.Thread):
    """Asks a server for the same addresses again and again until `stop`; `seen`: every answer by address and encoding."""

    def __init__(self, port: int, paths: list[str]) -> None:
        super().__init__(daemon=True)
        self.port, self.paths, self.ended = port, paths, threading.Event()
        self.seen: dict[tuple[str, str], set[tuple[int, bytes]]] = defaultdict(set)
        self.answers = 0

    def run(self) -> None:
        """Until it is told to stop."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while not self.ended.wait(0.002):
            for path in self.paths:
                for encoding in ("identity", "gzip"):
                    line.request("GET", f"/{path}", headers={"Accept-Encoding": encoding})
                    answer = line.getresponse()
                    self.seen[path, answer.headers.get("Content-Encoding", "identity")].add((answer.status, answer.read()))
                    self.answers += 1

    def stop(self) -> dict[tuple[str, str], set[tuple[int, bytes]]]:
        """What was seen."""
        self.ended.set()
        self.join()
        return self.seen


PATHS = ["", "bai-viet/2023/a/", "bai-viet/2023/b/", "rss.xml", "sitemap.xml", "theme/css/main.css", "tep/mot.txt"]


def bodies(release: Path) -> Mapping[tuple[str, str], bytes]:
    """What a server may answer from a release."""
    found = {}
    for path in PATHS:
        name = f"{path}index.html" if path.endswith("/") or not path else path
        found[path, "identity"] = (release / name).read_bytes()
        packed = release / f"{name}.gz"
        if packed.is_file():
            found[path, "gzip"] = packed.read_bytes()
    return found


@pytest.fixture
def nginx(tmp_path: Path, home: Path) -> Iterator[Nginx]:
    """nginx with the project's file over the releases, not yet running."""
    server = Nginx(tmp_path / "nginx", home / "hien-hanh")
    yield server
    server.stop()


def test_readers_never_see_a_mixture(write: Write, home: Path, nginx: Nginx) -> None:
    """Publications are killed at random moments while somebody reads through nginx."""
    chance = random.Random(7)
    assert publish(write(small("Lần 0.")), home)[0] == 0
    nginx.start()
    took = _seconds(write(small("Lần 0, lại.")), home)
    killed = answers = switched = 0
    for turn in range(1, KILLS + 1):
        content, old = write(small(f"Lần {turn}.")), home / "ban" / served(home)
        before = bodies(old)
        reader = Reader(nginx.port, PATHS)
        running = start(content, home)
        reader.start()
        if turn % 2:  # all else takes seconds, and to come into place no more than a moment
            while running.poll() is None and not list((home / "ban").glob(".*/release.json")):
                time.sleep(0.001)
        killed += kill(running, chance.uniform(0, 0.12 if turn % 2 else took))
        seen = reader.stop()
        after = bodies(home / "ban" / served(home))
        switched += served(home) != old.name
        answers += reader.answers
        for key, found in seen.items():
            assert found <= {(200, before[key]), (200, after[key])}, key
        assert_whole(home / "ban" / served(home))
    assert killed > KILLS / 2 and answers > KILLS * 10
    print(f"{killed} killed, {switched} switched, {answers} answers")
    code, said = publish(write(small("Lần cuối.")), home)
    assert code == 0, said
    assert_clean(home)
    assert "Lần cuối." in (home / "hien-hanh/bai-viet/2023/a/index.html").read_text("utf-8")


def _seconds(content: Path, home: Path) -> float:
    begun = time.monotonic()
    assert publish(content, home)[0] == 0
    return time.monotonic() - begun
