"""Watch mode: what a save does, in the loop, at the server, and in Chromium over `invoke serve`."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue, SimpleQueue
from threading import Thread
from typing import Any

import pytest
from conftest import CATALOGUES, ROOT, Write, article, build, tree
from playwright.sync_api import Browser, Page, expect
from webserver import free_port

from bantin import commands, preview
from bantin.diagnostics import Diagnostic, Severity
from bantin.glance import Glance
from bantin.watching import Built, News, Overtaken, Saves, Server, Turn, Watched, changes, keep_built
from bantin.watching.server import NOTHING_YET, PortTaken, find, fingerprint, with_script

LONG = "\n\n".join(f"Đoạn văn thứ {number} của một bài đủ dài để cuộn." for number in range(60))
ERROR = Diagnostic("content/a.md", 2, 7, "DB03", "không phải ngày giờ", "viết như 2023-11-28 07:30")
WARNING = Diagnostic("content/a.md", 9, 1, "TD01", "số hiệu lạ", severity=Severity.WARNING)
Said = tuple[str, dict[str, Any]]


# The loop


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """A project of three folders and a settings file; what builds write lies among what is watched."""
    for name in ("content/bai-viet", "content/output", "theme", "bantin"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text("A = 1\n")
    folders = (tmp_path / "content", tmp_path / "theme")
    return Watched(folders, tmp_path / "bantin", tmp_path / "pelicanconf.py", (tmp_path / "content/output",), ("**/*.bak",))


def said(queue: SimpleQueue[bytes]) -> list[Said]:
    """Name and data of every message so far."""
    found = []
    while not queue.empty():
        name, data = queue.get().decode().strip().split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def told(*builds: Callable[[], Built], watched: Watched, bursts: list[frozenset[Path]] | None = None) -> list[Said]:
    """What pages hear of one build after the other."""
    news, waiting = News(), iter(builds)
    with news.heard() as queue:
        keep_built(lambda _: next(waiting)(), lambda: None, news, watched, bursts or [frozenset()] * len(builds))
        return said(queue)


def test_a_good_build_names_what_changed(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    heard = told(lambda: Built(("a.html", "b.html"), ("c.html",), (WARNING,), 0.42), lambda: Built(seconds=2), watched=watched)
    (_, first), (_, second) = (one for one in heard if one[0] == "dung-xong")
    assert [name for name, _ in heard] == ["dang-dung", "dung-xong"] * 2
    assert (first["changed"], first["removed"]) == (["a.html", "b.html"], ["c.html"])
    assert second["previous"] == first["stamp"] != first["previous"]
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in lines] == [
        "dựng lại 2 tệp, xóa 1 trong 0,4 giây",
        "dựng lại 0 tệp trong 2,0 giây",
    ]


def test_a_refused_build_names_its_problems(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    heard = told(lambda: Built(problems=(ERROR, WARNING)), lambda: Built(), watched=watched)
    assert [name for name, _ in heard] == ["dang-dung", "loi", "dang-dung", "dung-xong"]
    first, second = heard[1][1]["problems"]
    assert first == {"file": "content/a.md", "line": 2, "column": 7, "code": "DB03", "severity": "lỗi",
                     "message": "không phải ngày giờ", "hint": "viết như 2023-11-28 07:30"}  # fmt: skip
    assert second["severity"] == "cảnh báo"
    assert "1 lỗi, 1 cảnh báo; chưa ghi gì ra kết quả." in capsys.readouterr().out


def test_the_loop_survives_what_a_build_raises(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    template = watched.folders[1] / "home.html"

    def fail() -> Built:
        exec(compile("\n\n1 / 0", template, "exec"))
        raise AssertionError

    heard = told(fail, lambda: Built(("a.html",)), watched=watched)
    assert [name for name, _ in heard] == ["dang-dung", "loi", "dang-dung", "dung-xong"]
    assert heard[1][1]["text"] == f"{template.as_posix()}:3\nZeroDivisionError: division by zero"
    assert "Traceback" in capsys.readouterr().err


def test_a_page_that_opens_later_hears_how_things_stand() -> None:
    news = News()
    news.refused([ERROR])
    news.building()
    with news.heard() as queue:
        assert [name for name, _ in said(queue)] == ["loi", "dang-dung"]
    news.built([], [])
    with news.heard() as queue:
        ((name, data),) = said(queue)
    assert name == "dung-xong" and data["stamp"] == news.stamp


def test_only_a_program_that_would_come_up_is_started(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    module, text = watched.program / "a.py", watched.folders[0] / "a.md"
    news, mended = News(), frozenset({watched.settings})

    def bursts() -> Iterator[frozenset[Path]]:
        module.write_text("a = (\n")
        yield frozenset({module})
        yield frozenset({text})  # still broken
        module.write_text("a = 1\n")
        yield frozenset({module})
        yield mended
        raise AssertionError("not started again")

    unread = iter([ValueError("PATH"), None])

    def prove() -> None:
        if problem := next(unread):
            raise problem

    with news.heard() as queue:
        keep_built(lambda _: pytest.fail("built"), prove, news, watched, bursts())
        heard = [data["text"] for _, data in said(queue)]
    assert [text.split(":")[0] for text in heard] == [module.as_posix(), module.as_posix(), "ValueError"]
    assert "a.py:1\nSyntaxError" in heard[0] and "đã đổi; khởi động lại" in capsys.readouterr().out


def test_temporary_files_and_outputs_are_not_saves(watched: Watched) -> None:
    content, root = watched.folders[0], watched.settings.parent
    bursts: Queue[frozenset[Path]] = Queue()

    def gather() -> None:
        for burst in changes(watched):
            bursts.put(burst)
            if content / "het.md" in burst:
                return

    watcher = Thread(target=gather, daemon=True)
    watcher.start()
    assert bursts.get(timeout=20) == frozenset()
    for name in ("a.md~", ".#a.md", "4913", ".a.md.swp", "~$a.docx", "a.md.bak", "a.tmp", "Thumbs.db"):
        (content / "bai-viet" / name).write_text("x")
    for path in (content / "output/a.html", root / "a.txt", root / ".pelicanconf.py.swp", watched.program / "__pycache__/a.pyc"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    draft = root / "pelicanconf.py.new"
    draft.write_text("A = 2\n")
    os.replace(draft, watched.settings)
    saved = {content / "bai-viet/a.md", content / "het.md", watched.program / "b.py"}
    for path in sorted(saved):
        path.write_text("x")
    watcher.join(20)
    found = frozenset().union(*(bursts.get_nowait() for _ in range(bursts.qsize())))
    assert found - {watched.program} == saved | {watched.settings}


def test_saves_during_a_build_make_one_more(watched: Watched) -> None:
    content, builds = watched.folders[0], []

    def build(turn: Turn) -> Built:
        assert not turn.whole
        builds.append(len(builds))
        if len(builds) == 1:
            for number in range(5):
                (content / f"{number}.md").write_text("x")
        else:
            watched.settings.write_text("A = 2\n")
        return Built()

    with Saves(watched) as saves:
        keep_built(build, lambda: None, News(), watched, saves, saves.waiting)
    assert builds == [0, 1]


def test_a_build_is_given_up_where_somebody_saves_again(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    """And what it left undone is done, also after a build that was refused."""
    given_up, done = {1: 1, 3: 0}, list[tuple[bool, int]]()

    def build(turn: Turn) -> Built:
        done.append((turn.whole, 0))
        for _ in range(3):
            turn.glance.go_on()
            done[-1] = turn.whole, done[-1][1] + 1
        return Built(problems=(ERROR,)) if len(done) in (3, 5) else Built(due=not turn.whole)

    def overtaken() -> bool:
        return given_up.get(len(done) - 1) == done[-1][1]

    save = frozenset({watched.folders[0] / "a.md"})
    news = News()
    with news.heard() as queue:
        keep_built(build, lambda: None, news, watched, [save, save, save, None, save, None, None], overtaken)
        heard = [name for name, _ in said(queue)]
    assert done == [(False, 3), (False, 1), (False, 3), (True, 0), (False, 3), (True, 3)]
    assert heard[:2] == ["dang-dung", "dung-xong"] and heard[2:] == ["dang-dung", "dang-dung", "loi"] * 2 + [
        "dang-dung",
        "dung-xong",
    ]
    assert capsys.readouterr().out.count("có tệp lưu thêm trong khi dựng") == 2


def test_what_is_looked_at_is_told_before_the_rest(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    news = News()

    def build(turn: Turn) -> Built:
        assert turn.glance.looked_at() == {"a.html", ""}
        turn.glance.shown(())
        turn.glance.shown(("a.html", "a.css"))
        with news.heard() as late:
            assert [name for name, _ in said(late)] == ["dung-xong", "dang-dung"]
        return Built(("b.html",), ("c.html",))

    with news.heard("a.html") as queue, news.heard():
        keep_built(build, lambda: None, news, watched, [frozenset()])
        heard = said(queue)
    assert news.looked_at() == set()
    assert [name for name, _ in heard] == ["dang-dung", "dung-xong", "dang-dung", "dung-xong"]
    first, last = heard[1][1], heard[3][1]
    assert (first["changed"], first["removed"]) == (["a.html", "a.css"], []) and last["changed"] == ["b.html"]
    assert last["previous"] == first["stamp"] and last["stamp"] == news.stamp
    assert "dựng lại 3 tệp, xóa 1" in capsys.readouterr().out


def test_what_was_put_off_is_done_in_the_silence(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    """Once, also where another save was refused meanwhile, and in silence where nothing changes by it."""
    builds: list[bool] = []

    def build(turn: Turn) -> Built:
        builds.append(turn.whole)
        return Built(due=not turn.whole) if len(builds) != 2 else Built(problems=(ERROR,))

    keep_built(build, lambda: None, News(), watched, [frozenset(), frozenset(), None, None, frozenset(), None])
    assert builds == [False, False, True, False, True] and capsys.readouterr().out.count("dựng lại 0 tệp") == 2


def test_silence_is_told_once(tmp_path: Path, watched: Watched) -> None:
    with Saves(watched, silence=0.2) as saves:
        found = iter(saves)
        assert next(found) == frozenset() and next(found) is None
        (tmp_path / "content/a.md").write_text("x")
        assert next(found) and next(found) is None


def test_who_waits_for_saves_hears_why_none_can_be_seen(tmp_path: Path, watched: Watched) -> None:
    shutil.rmtree(tmp_path)
    with Saves(watched) as saves, pytest.raises(FileNotFoundError):
        next(iter(saves))


def turn(
    whole: bool = False, *looked_at: str, shown: Callable[[tuple[str, ...]], object] = lambda _: None, items: int = -1
) -> Turn:
    """A build, with pages that somebody looks at; given up after so many `items` of work."""
    left = iter(range(items) if items >= 0 else itertools.count())

    def go_on() -> None:
        if next(left, None) is None:
            raise Overtaken

    return Turn(whole, Glance(lambda: looked_at, shown, go_on))


@pytest.fixture
def building(tmp_path: Path) -> preview.Building:
    """Builds of `content` into `output`, one after the other in this process."""
    paths = {"PATH": "content", "OUTPUT_PATH": "output", "CACHE_PATH": "c"}
    return preview.Building(ROOT / "pelicanconf.py", {key: str(tmp_path / name) for key, name in paths.items()})


A, B = "bai-viet/2023/a/index.html", "bai-viet/2023/b/index.html"


def test_what_nobody_looks_at_waits(write: Write, tmp_path: Path, building: preview.Building) -> None:
    content, output = write({"bai-viet/a.md": article(LONG), "bai-viet/b.md": article()}), tmp_path / "output"

    def index() -> dict[str, bytes]:
        return {name: data for name, data in tree(output).items() if name.startswith("pagefind/")}

    def remembered() -> list[bytes]:
        return [file.read_bytes() for file in sorted((tmp_path / ".output.bantin").glob("nho*"))]

    assert not building.once(turn()).due  # there was none yet
    before = index()
    for name, page in (("a", A), ("b", B)):
        write({f"bai-viet/{name}.md": article(f"Chữ mới ở bài {name}.")})
        built = building.once(turn())
        assert built.due and page in built.changed and index() == before
    assert not building.once(turn(True)).due and index() != before
    memory = remembered()
    write({"bai-viet/a.md": article("Lại khác.")})
    (output / B).unlink()
    (output / "index.html").write_text("x", encoding="utf-8")
    assert building.once(turn()).due and not (output / B).exists()
    assert remembered() == memory
    built = building.once(turn(True))  # looks at everything
    assert remembered() != memory
    assert not built.due and {B, "index.html"} <= set(built.changed)
    write({"bai-viet/a.md": article("Một lần nữa.")})
    assert building.once(turn()).due
    for folder in (output, tmp_path / "clean"):  # another process knows nothing of what was put off
        build(content, folder, CACHE_PATH=str(tmp_path / "c"))
    assert tree(output) == tree(tmp_path / "clean")


def test_what_is_looked_at_comes_first(write: Write, tmp_path: Path, building: preview.Building) -> None:
    """With the pictures that it shows; nothing else is other then, and all of it is right in the end."""
    content, output = write({"bai-viet/a.md": article(), "bai-viet/b.md": article()}), tmp_path / "output"
    building.once(turn())
    before, then = tree(output), dict[str, bytes]()
    write({"bai-viet/a.md": article("![Ảnh](dau-hieu.png)", Title="Tên mới")})
    told: list[tuple[str, ...]] = []

    def shown(names: tuple[str, ...]) -> None:
        told.append(names)
        then.update(tree(output))

    built = building.once(turn(False, A, "bai-viet/2023/khong-co/index.html", shown=shown))
    (names,) = told
    pictures = [name for name in names if name.startswith("anh/")]
    assert sorted(names) == sorted([A, *pictures]) and pictures and set(pictures).isdisjoint(before)
    assert {name for name, data in then.items() if before.get(name) != data} == set(names)
    assert built.changed and set(names).isdisjoint(built.changed)
    building.once(turn(True))
    build(content, tmp_path / "clean", CACHE_PATH=str(tmp_path / "c"))
    assert tree(output) == tree(tmp_path / "clean") and all(tree(output)[name] == then[name] for name in names)


@pytest.mark.parametrize("foreign", [False, True])
def test_the_first_page_comes_first(write: Write, tmp_path: Path, building: preview.Building, foreign: bool) -> None:
    """But not in a folder of which nobody knows what lies there: that has to be said before anything is written."""
    content, output = write({"bai-viet/a.md": article()}), tmp_path / "output"
    if foreign:
        output.mkdir()
        (output / "la.txt").write_text("x", "utf-8")
    told: list[tuple[str, ...]] = []
    building.once(turn(False, "index.html", shown=told.append))
    assert ({"index.html", "theme/css/main.css"} <= set(told[0])) is not foreign and bool(told[0]) is not foreign
    (output / "la.txt").unlink(missing_ok=True)
    build(content, tmp_path / "clean", CACHE_PATH=str(tmp_path / "c"))
    building.once(turn(True))
    assert tree(output) == tree(tmp_path / "clean")


def test_styles_come_first(write: Write, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme, ignore=shutil.ignore_patterns("print"))
    paths = {"PATH": write({"bai-viet/a.md": article()}), "OUTPUT_PATH": tmp_path / "output", "THEME": theme}
    building = preview.Building(ROOT / "pelicanconf.py", {key: str(path) for key, path in paths.items()})
    building.once(turn())
    (theme / "static/css/parts/zz.css").write_text("a{color:red}", "utf-8")
    told: list[tuple[str, ...]] = []
    building.once(turn(False, A, shown=told.append))
    assert sorted(told[0]) == [A, "theme/css/main.css"]


def test_nothing_is_shown_of_what_is_refused(write: Write, tmp_path: Path, building: preview.Building) -> None:
    write({"bai-viet/a.md": article(), "bai-viet/b.md": article()})
    building.once(turn())
    before = tree(tmp_path / "output")
    write({"bai-viet/a.md": article("Chữ mới."), "bai-viet/b.md": article(Date="31/11/2023")})
    built = building.once(turn(False, A, shown=lambda _: pytest.fail("shown")))
    assert [problem.code for problem in built.problems] == ["DB03"] and tree(tmp_path / "output") == before


@pytest.mark.parametrize("back", [True, False])
def test_what_was_shown_by_a_build_that_was_given_up(
    write: Write, tmp_path: Path, building: preview.Building, back: bool
) -> None:
    """Is brought in order by the next one, whether the editor takes the words back or not, and by another process as well."""
    texts = {"bai-viet/a.md": article(), "bai-viet/b.md": article()}
    content, output = write(texts), tmp_path / "output"
    building.once(turn())
    before, told = tree(output), list[tuple[str, ...]]()
    write({"bai-viet/a.md": article("![Ảnh](dau-hieu.png)", Title="Tên mới")})
    with pytest.raises(Overtaken):
        building.once(turn(False, A, shown=told.append, items=20))
    left = tree(output)
    assert {name for name in left if left[name] != before.get(name)} == set(told[0]) and A in told[0]
    if back:
        write(texts)
    copy = tmp_path / "other/output"
    for name in ("output", ".output.bantin"):
        shutil.copytree(tmp_path / name, tmp_path / "other" / name)
    building.once(turn())
    for folder in (output, copy, tmp_path / "clean"):
        build(content, folder, CACHE_PATH=str(tmp_path / "c"))
    assert tree(output) == tree(copy) == tree(tmp_path / "clean")


# The server


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """A server over `output/`, with one page, a picture and a feed."""
    output = tmp_path / "output"
    (output / "bai-viet/ảnh").mkdir(parents=True)
    (tmp_path / "bi-mat.txt").write_text("x")
    (output / "lien-ket.txt").symlink_to(tmp_path / "bi-mat.txt")
    for name, text in {
        "index.html": "<html><body>Trang chủ</body></html>",
        "bai-viet/index.html": "<p>Không có body",
        "rss.xml": '<?xml version="1.0"?>\n<rss version="2.0"/>',
        "sitemap.xml": "<urlset/>",
        "rss.json": '{"version": "https://jsonfeed.org/version/1.1"}',
        "a.json": "{}",
        "bai-viet/ảnh/a.webp": "x",
    }.items():
        (output / name).write_text(text, "utf-8")
    with Server(output, News(), "127.0.0.1", 0) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    """Answer and body; the path goes out as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_pages_get_a_script_and_files_stay(served: Server) -> None:
    answer, body = ask(served, "/")
    page = (served.folder / "index.html").read_bytes()
    assert answer.status == 200 and body == with_script(page, served.news.stamp) and b"<script" not in page
    assert re.search(rb'<script src="/_xem-thu/nap-lai.js"[^>]* defer></script>\n</body></html>$', body)
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["ETag"] == f'"{fingerprint(page)}"'
    head, nothing = ask(served, "/", "HEAD")
    assert (head.status, head.headers["Content-Length"], nothing) == (200, str(len(body)), b"")
    assert b"nap-lai.js" in ask(served, "/bai-viet/")[1]
    for name in ("nap-lai.js", "nap-lai.css"):
        assert ask(served, f"/_xem-thu/{name}")[0].status == 200


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"), ("/rss.xml?a=1", "application/rss+xml"), ("/sitemap.xml", "application/xml"),
        ("/rss.json", "application/feed+json"), ("/a.json", "application/json"), ("/bai-viet/%E1%BA%A3nh/a.webp", "image/webp"),
    ],
)  # fmt: skip
def test_types(served: Server, path: str, kind: str) -> None:
    answer, _ = ask(served, path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


def test_folders_and_what_is_not_there(served: Server) -> None:
    answer, _ = ask(served, "/bai-viet?q=1")
    assert (answer.status, answer.headers["Location"]) == (301, "/bai-viet/?q=1")
    answer, body = ask(served, "/khong-co/")
    assert answer.status == 404 and body == with_script(NOTHING_YET, served.news.stamp)
    (served.folder / "404.html").write_text("<body>Không có</body>", "utf-8")
    answer, body = ask(served, "/khong-co.png")
    assert answer.status == 404 and "Không có".encode() in body


@pytest.mark.parametrize(
    "path",
    ["/../bi-mat.txt", "/%2e%2e/bi-mat.txt", "/..%2fbi-mat.txt", "/bai-viet/../../bi-mat.txt", "/..%5cbi-mat.txt", "/lien-ket.txt",
     "//etc/passwd", "/%2fetc/passwd", "/C:/a", "/a%00b", "/%ff", "/.."],
)  # fmt: skip
def test_nothing_outside_the_folder(served: Server, path: str) -> None:
    answer, body = ask(served, path)
    assert answer.status in (301, 404) and body in (b"", with_script(NOTHING_YET, served.news.stamp))
    assert not (answer.headers["Location"] or "/").startswith("//")


def test_other_names_of_this_machine_are_refused(served: Server) -> None:
    assert ask(served, "/", Host="ban-tin.example:8000")[0].status == 403
    assert ask(served, "/", Host="localhost:9999")[0].status == 200


def test_versions_of_styles_do_not_change_a_page() -> None:
    one, two = b'<link href="/a.css?v=0123abcd">Ch\xe1\xbb\xaf', b'<link href="/a.css?v=4567cdef">Ch\xe1\xbb\xaf'
    assert fingerprint(one) == fingerprint(two) != fingerprint(two.replace(b"Ch", b"ch"))


def test_a_file_that_goes_while_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert find(tmp_path, "/a/").status == find(tmp_path, "/a/index.html/").status == 404


def test_port_taken(served: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = served.server_port
    with pytest.raises(PortTaken, match=f"cổng {port}"):
        Server(tmp_path, News(), "127.0.0.1", port)
    with pytest.raises(PortTaken):
        Server(tmp_path, News(), "127.0.0.1", 99999)
    assert commands.serve(ROOT, tmp_path, port, drafts=False) == 1
    assert f"lỗi: không mở được cổng {port}" in capsys.readouterr().err


# The whole of it, in Chromium


class Serving:
    """`invoke serve` in a copy of the project with three articles."""

    def __init__(self, root: Path) -> None:
        self.root, self.port, self.lines = root, free_port(), Queue[str]()
        for name in ("bantin", "theme"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pelicanconf.py", "tasks.py"):
            shutil.copy(ROOT / name, root)
        shutil.copytree(CATALOGUES, root / "content/danh-muc")
        (root / "content/anh").mkdir()
        shutil.copy(ROOT / "content/anh/dau-hieu.png", root / "content/anh")
        for name in "abc":
            self.save(f"bai-viet/{name}.md", article(LONG, Title=f"Bài {name}"))
        command = [sys.executable, "-m", "invoke", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"}, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)

    def wait(self, pattern: str) -> list[str]:
        """The lines that were said up to the one that is waited for."""
        found: list[str] = []
        while not found or not re.search(pattern, found[-1]):
            found.append(self.lines.get(timeout=60))
        return found

    def drain(self) -> None:
        """Forget what was said so far."""
        while not self.lines.empty():
            self.lines.get()

    def save(self, name: str, text: str) -> None:
        """As an editor does: beside the file, then renamed."""
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.tmp")
        draft.write_text(text, "utf-8")
        os.replace(draft, path)

    def address(self, path: str) -> str:
        """Where a page is."""
        return f"http://localhost:{self.port}/{path}"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Watch mode, after its first build."""
    running = Serving(tmp_path_factory.mktemp("xem thử"))
    running.wait("dựng lại")
    yield running
    running.process.kill()
    running.process.wait(20)


@pytest.fixture
def page(browser: Browser, serving: Serving) -> Iterator[Page]:
    """The page of article a, which has heard how things stand."""
    context = browser.new_context(locale="vi-VN")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    visit(opened, serving.address("bai-viet/2023/a/"))
    yield opened
    context.close()
    assert faults == []


def visit(page: Page, address: str) -> None:
    """Open a page, wait until it hears of builds, and mark it: a page that was loaded again has no mark."""
    with page.expect_response(lambda answer: "/_xem-thu/tin?" in answer.url):
        page.goto(address)
    page.evaluate("window.dau = true")


def same(page: Page) -> bool:
    """Whether it was not loaded again."""
    return bool(page.evaluate("window.dau === true"))


def test_an_edit_reloads_the_page_where_it_was(serving: Serving, page: Page) -> None:
    page.evaluate("scrollTo(0, 600)")
    serving.save("bai-viet/a.md", article(f"{LONG}\n\nCâu vừa viết thêm.", Title="Bài a"))
    expect(page.get_by_text("Câu vừa viết thêm.")).to_be_attached(timeout=30_000)
    page.wait_for_function("scrollY === 600")
    assert not same(page)


def test_the_open_page_is_there_before_the_rest(serving: Serving, page: Page) -> None:
    """A home page that takes long: what is looked at does not wait for it, and a save while it is made gives it up."""
    template = serving.root / "theme/templates/home.html"
    before = template.read_text("utf-8")
    slow = "{% for _ in range(60_000_000) %}{% endfor %}{% endblock %}"
    template.write_text(before.replace("{% endblock %}", slow, 1), "utf-8")
    serving.wait("dựng lại")
    serving.drain()
    for title in ("Bài a, lần một", "Bài a, lần hai"):
        serving.save("bai-viet/a.md", article(LONG, Title=title))
        expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=30_000)
        assert title not in (serving.root / "output/index.html").read_text("utf-8")
    assert "lưu thêm" in serving.lines.get(timeout=30) and serving.lines.empty()
    serving.wait("dựng lại")
    assert "Bài a, lần hai" in (serving.root / "output/index.html").read_text("utf-8")
    expect(page.get_by_role("status")).to_be_hidden()
    template.write_text(before, "utf-8")
    serving.save("bai-viet/a.md", article(LONG, Title="Bài a"))
    expect(page.get_by_role("heading", name="Bài a", exact=True)).to_be_visible(timeout=30_000)
    serving.wait("dựng lại")


def test_another_page_is_left_alone(serving: Serving, page: Page) -> None:
    visit(page, serving.address("van-ban/"))
    page.evaluate("new EventSource('/_xem-thu/tin').addEventListener('dung-xong', (event) => console.log(event.data))")
    for number in range(2):
        with page.expect_console_message(lambda message: "bai-viet/2023/b/index.html" in message.text, timeout=30_000):
            serving.save("bai-viet/b.md", article(f"{LONG}\n\nBài khác {number}.", Title="Bài b"))
    assert same(page)


def test_a_style_is_swapped(serving: Serving, page: Page) -> None:
    style = serving.root / "theme/static/css/parts/53-article.css"
    before = style.read_text("utf-8")
    style.write_text(f"{before}\nbody {{ outline: 7px solid teal }}\n", "utf-8")
    page.wait_for_function("getComputedStyle(document.body).outlineWidth === '7px'", timeout=30_000)
    page.wait_for_function("document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert same(page)
    style.write_text(before, "utf-8")
    page.wait_for_function("getComputedStyle(document.body).outlineWidth !== '7px'", timeout=30_000)
    assert same(page)


def test_an_error_is_shown_until_it_is_mended(serving: Serving, page: Page) -> None:
    panel = page.get_by_role("alert")
    serving.save("bai-viet/a.md", article("Chưa lên trang.", Title="Bài a", Date="31/11/2023"))
    expect(panel).to_contain_text("content/bai-viet/a.md:2:7", timeout=30_000)
    expect(panel).to_contain_text("→ viết như 2023-11-28 07:30")
    expect(panel).to_contain_text("DB03")
    assert same(page) and "Chưa lên trang." not in page.content()
    page.reload()  # the last good site stays up, and the error with it
    expect(panel).to_contain_text("content/bai-viet/a.md:2:7")
    expect(page.get_by_role("heading", name="Bài a")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.reload()
    expect(panel).to_be_visible()
    serving.save("bai-viet/a.md", article(f"{LONG}\n\nĐã sửa.", Title="Bài a"))
    expect(page.get_by_text("Đã sửa.")).to_be_attached(timeout=30_000)
    expect(panel).to_be_hidden()


def test_a_broken_template_is_named_with_its_line(serving: Serving, page: Page) -> None:
    template = serving.root / "theme/templates/article.html"
    before = template.read_text("utf-8")
    template.write_text(f"{before}{{% if %}}", "utf-8")
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text(f"theme/templates/article.html:{len(before.splitlines()) + 1}", timeout=30_000)
    template.write_text(before, "utf-8")
    expect(panel).to_be_hidden(timeout=30_000)


def test_a_page_that_is_removed_says_so(serving: Serving, page: Page) -> None:
    visit(page, serving.address("bai-viet/2023/c/"))
    path = serving.root / "content/bai-viet/c.md"
    text = path.read_text("utf-8")
    path.unlink()
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text("Trang này không còn nữa", timeout=30_000)
    expect(panel.get_by_role("link", name="Về trang chủ")).to_have_attribute("href", "/")
    serving.save("bai-viet/c.md", text)
    page.wait_for_function("window.dau !== true", timeout=30_000)
    expect(panel).to_be_hidden()
    expect(page.get_by_role("heading", name="Bài c")).to_be_visible()


def test_the_sign_of_a_long_build(served: Server, browser: Browser) -> None:
    # The build is told, not made: one of a small site may be over before it is worth a word.
    page = browser.new_page()
    visit(page, f"http://localhost:{served.server_port}/")
    sign = page.get_by_role("status")
    expect(sign).to_be_hidden()
    served.news.building()
    expect(sign).to_have_text("đang dựng…")
    served.news.built([], [])
    expect(sign).to_be_hidden()
    page.close()


def test_a_hidden_page_catches_up_when_it_is_seen(serving: Serving, page: Page) -> None:
    see = "(hidden) => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); document.dispatchEvent(new Event('visibilitychange')); }"
    serving.drain()
    page.evaluate(see, True)
    for number in range(2):
        serving.save("bai-viet/a.md", article(f"{LONG}\n\nLần {number}.", Title="Bài a"))
        serving.wait("dựng lại")
    assert same(page)
    page.evaluate(see, False)
    expect(page.get_by_text("Lần 1.")).to_be_attached(timeout=30_000)


def test_changed_settings_start_it_again(serving: Serving, page: Page) -> None:
    settings = serving.root / "pelicanconf.py"
    before = settings.read_text("utf-8")
    settings.write_text(f"{before}\nA = (\n", "utf-8")
    expect(page.get_by_role("alert")).to_contain_text("SyntaxError", timeout=30_000)
    settings.write_text(before.replace("DEFAULT_PAGINATION = 12", "DEFAULT_PAGINATION = 2"), "utf-8")
    assert "pelicanconf.py đã đổi; khởi động lại" in serving.wait("khởi động lại")[-1]
    page.wait_for_function("window.dau !== true", timeout=60_000)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert (serving.root / "output/chuyen-muc/xay-dung-dang/trang-2/index.html").is_file()


def test_ctrl_c_ends_it_quietly(serving: Serving) -> None:
    serving.process.send_signal(signal.SIGINT)
    assert serving.process.wait(20) == 0
    left = "".join(serving.lines.get_nowait() for _ in range(serving.lines.qsize()))
    assert "KeyboardInterrupt" not in left
