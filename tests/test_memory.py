"""What a build remembers is a help and never a truth: damage, other programs and other files count as nothing."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from array import array
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from operator import is_
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import DOCUMENT, ROOT, Write, article, build, prepare, source_of, tree
from hypothesis import given
from hypothesis import strategies as st

from bantin import asking, memory, standing
from bantin.article import read_article
from bantin.asking import Question, asked, asker, fingerprint
from bantin.build import Busy, alone
from bantin.diagnostics import Refused
from bantin.files import RACY, TICK, Seen, look, seen, walk
from bantin.groups import KINDS, PERIODS
from bantin.jobs import Job, Works
from bantin.memory import Damaged, Kept, Ledger, Made, Memory, Shelf, Store, digest
from bantin.parallel import cores, spread
from bantin.vietnamese import ZONE
from bantin.views.page import Facts
from bantin.works import Recall

NOW = datetime(2024, 5, 2, 8, tzinfo=ZONE)


def known() -> Memory:
    """Something to remember."""
    questions = [(("Shelf.one", ("a",)), b"123456789012")]
    pieces = {"a.md": Made(array("I", [0]), (), (), Kept((0, 3), "b", None))}
    return Memory("w", texts=Ledger("w", pieces, questions), store="than-1")


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    Shelf(tmp_path / "m", "p").save(known())
    assert Shelf(tmp_path / "m", "p").load() == known()
    assert Shelf(tmp_path / "m", "another program").load() == Memory() == Shelf(tmp_path / "none", "p").load()


memories = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 3), min_size=8),
        st.lists(st.integers(0, 3), min_size=4, max_size=8),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(memories)
def test_what_was_kept_last_is_found(steps: list[tuple[dict[str, int], list[int], bool]]) -> None:
    """However much of it is other than before, in this process or in a new one; what is the same is the same object."""
    values: dict[tuple[str, int], Seen] = {}
    asked: dict[tuple[int, int], tuple[Any, bytes]] = {}
    with TemporaryDirectory() as folder:
        shelf = Shelf(Path(folder) / "m.bin", "p")
        for files, questions, again in steps:
            seen = {name: values.setdefault((name, n), Seen((n, 0, 0, 0), name, True)) for name, n in files.items()}
            made = {name: Made(array("I", [n]), (name,), (), Kept((n, 1), "s", None)) for name, n in files.items()}
            answers = [asked.setdefault((n, a), (("Q.q", (n,)), bytes([a] * 12))) for n, a in enumerate(questions)]
            now = Memory("w", seen, texts=Ledger("t", made, answers), pages=Ledger("p", {}, answers, {"x": 1}), store="s")
            shelf.save(now)
            if again:
                shelf = Shelf(Path(folder) / "m.bin", "p")
                assert shelf.load() == now
        assert Shelf(Path(folder) / "m.bin", "p").load() == now


def test_little_is_written_where_little_is_other(tmp_path: Path) -> None:
    seen = {f"bai-{n}": Seen((n, 0, 0, 0), "d", True) for n in range(1000)}
    Shelf(tmp_path / "m.bin", "p").save(Memory("w", seen))
    whole = (tmp_path / "m.bin").read_bytes()
    shelf = Shelf(tmp_path / "m.bin", "p")
    known = shelf.load()
    shelf.save(Memory("w", {**known.seen, "bai-7": Seen((7, 7, 7, 7), "e", True)}))
    assert (tmp_path / "m.bin").read_bytes() == whole
    assert (tmp_path / f"m{memory.LATER}.bin").stat().st_size < len(whole) / 50
    Shelf(tmp_path / "m.bin", "p").save(Memory("w", {**known.seen, "bai-8": Seen((8, 8, 8, 8), "e", True)}))
    assert not (tmp_path / f"m{memory.LATER}.bin").exists()  # who did not read what lies there writes all of it


@given(st.integers(0, 10_000), st.integers(1, 255), st.booleans())
def test_damage_is_told_and_never_believed(place: int, by: int, cut: bool) -> None:
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"bantin-memory-{os.getpid()}"
    Shelf(path, "p").save(known())
    data = bytearray(path.read_bytes())
    at = place % len(data)
    data[at] ^= by
    path.write_bytes(bytes(data[:at] if cut else data))
    try:
        assert Shelf(path, "p").load() == Memory()
    except Damaged as damaged:
        assert str(path) in str(damaged)
    path.unlink()


def test_a_memory_makes_no_strange_objects(tmp_path: Path) -> None:
    """Whoever can write into the folder still cannot make a build run something."""
    path = tmp_path / "m"
    Shelf(path, "p").save(known())
    head = path.read_bytes().split(b"\n")[0] + b"\n"
    evil = pickle.dumps(_Evil())
    path.write_bytes(head + memory._sum(evil) + evil)
    with pytest.raises((Damaged, pickle.UnpicklingError)):
        Shelf(path, "p").load()
    assert not (tmp_path / "chạy").exists()


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch chạy",)


def test_values_of_a_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    places = [store.put(value) for value in (b"", b"mot", b"hai")]
    store.flush()
    again = Store(tmp_path / "s")
    later = again.put(b"ba")
    again.flush()
    wanted = [b"", b"mot", b"hai", b"ba"]
    assert [again.get(place, digest(value)) for place, value in zip([*places, later], wanted, strict=True)] == wanted
    with pytest.raises(Damaged):
        again.get(places[1], digest(b"hai"))


# Files


def test_a_file_is_read_where_it_may_be_another(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("mot", encoding="utf-8")
    now = time.time_ns()
    first = look(file, file.stat(), None, now)
    assert not first.sure  # it could be changed within the same tick of the clock
    sure = look(file, file.stat(), first, now + 2 * RACY)
    assert sure.sure and sure.digest == first.digest
    assert look(file, file.stat(), sure, now + 3 * RACY) is sure
    was = file.stat()
    file.write_text("hai", encoding="utf-8")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    found = look(file, file.stat(), sure, time.time_ns())
    assert found.digest != sure.digest
    lied = type(sure)(found.mark, sure.digest, True)  # even the time of the inode is as it was
    assert look(file, file.stat(), lied, time.time_ns()) is lied
    assert look(file, file.stat(), lied, time.time_ns(), compare=True).digest == found.digest


def test_how_long_a_file_is_too_young_depends_on_its_file_system(tmp_path: Path) -> None:
    stat = (tmp_path / "a").touch() or (tmp_path / "a").stat()
    for step, wait in ((1, TICK), (100, TICK), (1_000_000_000, RACY)):  # ext4, NTFS, HFS+
        changed = 1_700_000_000_123_456_789 // step * step
        there = os.stat_result((*stat[:7], 0, 0, 0), {"st_mtime_ns": changed, "st_ctime_ns": changed})
        assert not seen(there, "d", changed + wait).sure and seen(there, "d", changed + wait + 1).sure


def test_files_are_found_in_order_and_links_are_not_followed(tmp_path: Path) -> None:
    for name in ("b/x", "b/a/y", "a", "c/.an"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "lien-ket").symlink_to(tmp_path / "b")
    found = [(path, entry.is_symlink()) for path, entry in walk(tmp_path, lambda name: name.startswith("."))]
    assert found == [("a", False), ("lien-ket", True), ("b/x", False), ("b/a/y", False)]


# Workers


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_any_number_of_workers_gives_the_same(workers: int) -> None:
    found = dict(spread(lambda n: (n * n, str(n)), range(200), workers))
    assert found == {n: (n * n, str(n)) for n in range(200)}


def test_texts_that_many_values_have_are_one() -> None:
    """Of articles and facts from a worker or an earlier build; the values are equal to what they were."""
    header = {"Tags": "chuyển đổi số, cải cách", "Authors": "Nguyễn Văn A", "Resolutions": "35-NQ/TW"}
    found, problems = read_article(source_of(article(**header), "bai-viet/a.md"), "a", internal=False)
    assert found and not problems
    facts = Facts(found.section, "2024", found.authors, (("35-nq-tw", "35-NQ/TW"),), "k")
    one, other = (pickle.loads(pickle.dumps((found, facts))) for _ in range(2))
    assert one == other == (found, facts) and vars(one[0]) == vars(found) and vars(one[1]) == vars(facts)
    for value, like in zip(one, other, strict=True):
        assert value.section is like.section and all(map(is_, value.authors, like.authors))
    assert all(map(is_, one[0].tags + one[0].documents, other[0].tags + other[0].documents))
    assert one[1].year is other[1].year and one[1].documents[0][0] is other[1].documents[0][0]


def test_an_error_in_a_worker_is_raised_here() -> None:
    def work(number: int) -> int:
        if number == 77:
            raise Refused([])
        return number

    with pytest.raises(Refused):
        list(spread(work, range(200), 3))


def test_a_worker_that_dies_is_noticed() -> None:
    def work(number: int) -> int:
        if number == 77:
            os._exit(9)
        return number

    with pytest.raises(RuntimeError, match="worker"):
        list(spread(work, range(200), 3))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="Linux")
def test_workers_end_with_who_started_them() -> None:
    """Also one that has more to send than anybody has taken."""
    script = (
        "import os, sys, time; from bantin.parallel import spread; work = lambda n: (os.getpid(), bytes(1 << 20))\n"
        "for _, (pid, _) in spread(work, range(200), 2): print(pid, flush=True); time.sleep(0.05)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        workers: set[int] = set()
        while len(workers) < 2:
            workers.add(int(running.stdout.readline()))  # type: ignore[union-attr]
        running.kill()
        assert running.wait() < 0
    for _ in range(200):
        workers = {pid for pid in workers if _runs(pid)}
        time.sleep(0.1 if workers else 0)
    assert not workers


def _runs(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_number_of_workers_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANTIN_WORKERS", "3")
    assert cores() == 3
    monkeypatch.setenv("BANTIN_WORKERS", "x")
    assert cores() >= 1


# Jobs


class Desk:
    """Answers from a dictionary."""

    def __init__(self, **things: int) -> None:
        self.things = things

    @asked
    def one(self, name: str) -> int:
        """A thing."""
        return self.things[name]


def work_of(
    desk: Desk, before: Ledger, files: dict[str, bytes], still: frozenset[str] = frozenset(), idle: frozenset[str] = frozenset()
) -> Works:
    """A file for each thing; it says no more than its name for what is idle."""
    works_now = Works(
        {"Desk": desk},
        before,
        lambda name: name in files,
        lambda _, data: data,
        lambda name, data: files.update({name: data}),
        lambda _: None,
        still,
    )

    def told(name: str) -> bytes:
        return name.encode() if name in idle else b"%d" % desk.one(name)

    jobs = [Job(name, lambda name=name: ({f"{name}.txt": told(name)}, None)) for name in desk.things]  # type: ignore[misc]
    works_now.do(jobs)
    return works_now


def test_only_what_another_answer_concerns_is_done_again() -> None:
    files: dict[str, bytes] = {}
    first = work_of(Desk(a=1, b=2), Ledger(), files)
    assert first.again == ["a", "b"] and files == {"a.txt": b"1", "b.txt": b"2"}
    second = work_of(Desk(a=1, b=3), first.ledger("w"), files)
    assert second.again == ["b"] and files["b.txt"] == b"3"
    del files["a.txt"]
    third = work_of(Desk(a=1, b=3), second.ledger("w"), files)
    assert third.again == ["a"] and list(third.done) == ["a", "b"]
    fourth = work_of(Desk(b=3), third.ledger("w"), files)
    assert fourth.again == [] and [question for question, _ in fourth.ledger("w").questions] == [("Desk.one", ("b",))]


def test_a_question_that_nobody_asked_meanwhile_has_no_answer() -> None:
    """Who asks it again hears what is answered then, though whoever answers is as he was at the last build."""
    files: dict[str, bytes] = {}
    more = {f"z{n}": n for n in range(30)}  # so that the question stays where it is
    first = work_of(Desk(a=1, **more), Ledger(), files)
    del files["a.txt"]
    second = work_of(Desk(a=2, **more), first.ledger("w"), files, idle=frozenset("a"))
    assert second.again == ["a"] and files["a.txt"] == b"a" and len(second.ledger("w").questions) == 31
    del files["a.txt"]
    third = work_of(Desk(a=2, **more), second.ledger("w"), files, frozenset(["Desk"]))
    assert third.again == ["a"] and files["a.txt"] == b"2"
    fourth = work_of(Desk(a=1, **more), third.ledger("w"), files)
    assert fourth.again == ["a"] and files["a.txt"] == b"1"


def test_who_answers_as_before_is_not_asked() -> None:
    files: dict[str, bytes] = {}
    first = work_of(Desk(a=1), Ledger(), files)
    assert work_of(Desk(a=2), first.ledger("w"), files, frozenset(["Desk"])).again == []


FILES = {
    "bai-viet/2023/a.md": article(Authors="BTG"), "van-ban/0035.md": DOCUMENT, "trang/gioi-thieu.md": "Title: Giới thiệu\n\nAi đọc.\n",
    "tac-gia/btg.md": "Name: BTG\n\nViết bài.\n", "ban-tin/2023-11.md": "Title: Thông báo nội bộ\nNumber: 11\nMonth: 2023-11\n\nLời đầu số.\n",
    "tac-gia/khac.md": "Name: Người khác\n\nChưa có bài.\n", "noi-bo/2023/b.md": article(Title="Nội bộ"),
}  # fmt: skip
EDITS = [
    ("bai-viet/2023/a.md", "Một bài", "Hai bài", {"Edition"}), ("bai-viet/2023/a.md", "07:30", "07:31", {"Edition"}),
    ("bai-viet/2023/a.md", "Title", "Status: hidden\nTitle", {"Edition"}), ("bai-viet/2023/a.md", "Title", "Status: draft\nTitle", {"Edition"}),
    ("bai-viet/2023/a.md", "Title", "Embargo: 2099-01-01\nTitle", {"Edition"}), ("bai-viet/2023/a.md", "Đoạn văn", "Một đoạn", set()),
    ("van-ban/0035.md", "về tăng", "về việc tăng", {"Edition", "Registry"}), ("van-ban/0035.md", "Văn bản", "Tệp", {"Edition", "Registry"}),
    ("trang/gioi-thieu.md", "Ai đọc", "Ai viết", {"Edition"}), ("tac-gia/btg.md", "Viết bài", "Sửa bài", {"Edition"}),
    ("ban-tin/2023-11.md", "đầu số", "nói đầu", {"Edition"}), ("tac-gia/khac.md", "Chưa có", "Không có", set()),
    ("noi-bo/2023/b.md", "Nội bộ", "Của chi bộ", set()),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "changed"), EDITS)
def test_who_is_made_of_something_else_has_another_stamp(
    path: str, old: str, new: str, changed: set[str], write: Write, tmp_path: Path
) -> None:
    """And who is not has the same one, in whatever process: so his answers need not be heard."""
    assert old in FILES[path]
    before, after = (
        prepare(write(files), tmp_path / name, NOW).composer.frozen({})
        for name, files in (("m", FILES), ("n", {**FILES, path: FILES[path].replace(old, new)}))
    )
    assert {name for name in before if " " not in name and before[name] != after[name]} == changed


LINE = {
    **{f"bai-viet/2023/{n}.md": article(Title=f"Bài {n}", Date=f"2023-11-{n} 07:30", Resolutions="35-NQ/TW") for n in range(11, 17)},
    "bai-viet/2023/an.md": article(Status="hidden"), "van-ban/0035.md": DOCUMENT, "anh/a.txt": "a",
}  # fmt: skip
EDITS_IN_LINE = [
    ("bai-viet/2023/13.md", "Title: Bài 13", "Title: Bài khác"), ("bai-viet/2023/13.md", "2023-11-13", "2023-11-15"),
    ("bai-viet/2023/13.md", "Title", "Status: hidden\nTitle"), ("bai-viet/2023/an.md", "Status: hidden\n", ""), ("bai-viet/2023/an.md", "Một bài", "Hai bài"),
    ("bai-viet/2023/16.md", "Title", "Status: draft\nTitle"), ("bai-viet/2023/11.md", LINE["bai-viet/2023/11.md"], ""),
    ("bai-viet/2023/13.md", "35-NQ/TW", ""), ("van-ban/0035.md", "về tăng", "về việc tăng"), ("bai-viet/2023/13.md", "Đoạn văn", "Một đoạn"),
    ("anh/a.txt", "a", "b"), ("anh/a.txt", "a", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), EDITS_IN_LINE)
def test_who_answers_otherwise_about_a_file_has_another_stamp(
    path: str, old: str, new: str, write: Write, tmp_path: Path
) -> None:
    """So nobody who counts as unchanged keeps an answer that is another one now; and most are unchanged."""
    assert old in LINE[path]
    edited = {**LINE, path: LINE[path].replace(old, new)}
    before = prepare(write(LINE), tmp_path / "m", NOW).composer
    if not edited[path]:
        (before.content.root / path).unlink()
    after = prepare(write({name: text for name, text in edited.items() if text}), tmp_path / "n", NOW).composer
    groups = {(kind, name) for one in (before, after) for kind in KINDS for name in (*one.edition.names(kind), "không có")}
    subjects = {1: [(file,) for file in edited], 2: sorted(groups)}
    kinds = {"Edition.names", "Edition.counts", "Edition.around"}
    questions: list[Question] = [
        *((name, about) for name, count in asking._subjects.items() if name not in kinds for about in subjects[count]),
        *((name, (kind,)) for name in ("Edition.names", "Edition.counts") for kind in KINDS),
        *(("Edition.around", about) for about in groups if about[0] in (*PERIODS, "ISSUE") and about[1] != "không có"),
    ]
    questions = [(name, (*about, 3) if name == "Edition.announced" else about) for name, about in questions]
    assert {name for name, _ in questions} == asking._subjects.keys()
    stamps = before.frozen({})
    stays = Recall(tmp_path, Memory(frozen=stamps)).still(after.frozen)
    assert after.frozen(stamps) == after.frozen({})

    def answer(owners: dict[str, object], name: str, about: tuple[Any, ...]) -> bytes | None:
        try:
            return fingerprint(asker(name, owners)(*about))
        except ValueError:  # what comes before and after a month that is not there
            return None

    answers = [[answer(one.owners, *question) for question in questions] for one in (before, after)]
    other = {question for question, one, another in zip(questions, *answers, strict=True) if one != another}
    assert other and not [question for question in other if asking.answering(question) in stays]
    assert stamps.keys() & stays and (path.startswith("van-ban") or len(other) < len(questions) / 2)


# Builds


def site_of(folder: Path, content: Path, **overrides: object) -> dict[str, bytes]:
    """A build, and what it left."""
    build(content, folder, CACHE_PATH=str(folder.parent / "cache"), **overrides)
    return tree(folder)


def again(folder: Path) -> list[str]:
    """The pieces of the last build of a folder that were made then: those whose files are new."""
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.stat().st_mtime > time.time() - 60
    )


def test_what_ignore_cache_means(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is taken from earlier builds; the output is the same."""
    content = write({"bai-viet/a.md": article()})
    first = site_of(tmp_path / "output", content)
    (tmp_path / "output" / "index.html").write_text("x", encoding="utf-8")
    assert site_of(tmp_path / "output", content, LOAD_CONTENT_CACHE=False) == first
    shutil.rmtree(tmp_path / ".output.bantin")
    assert site_of(tmp_path / "output", content, CACHE_CONTENT=False) == first
    assert not (tmp_path / ".output.bantin" / standing.MEMORY).exists()


def test_a_damaged_memory_is_a_note(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write({"bai-viet/a.md": article()})
    first = site_of(tmp_path / "output", content)
    for name in (standing.MEMORY, f"{standing.STORE}-1"):
        file = tmp_path / ".output.bantin" / name
        data = file.read_bytes()
        file.write_bytes(
            data[: len(data) // 2] + b"x" * (len(data) - len(data) // 2) if name == standing.MEMORY else b"x" * len(data)
        )
        (tmp_path / "output" / "index.html").unlink()
        (tmp_path / "output" / "bai-viet" / "2023" / "a" / "index.html").unlink()
        capsys.readouterr()
        assert site_of(tmp_path / "output", content) == first
        assert "bỏ qua bộ nhớ" in capsys.readouterr().err


def test_a_build_with_plugins_makes_everything(write: Write, tmp_path: Path) -> None:
    """Nobody knows what a plugin depends on; and once it is gone, nothing of it stays."""
    content = write({"bai-viet/a.md": article("CHỮ")})
    (tmp_path / "thay.py").write_text(
        "from pelican import signals\nfrom pathlib import Path\n"
        "def text(content):\n    content._content = (content._content or '').replace('CHỮ', Path(__file__).with_name('chu.txt').read_text())\n"
        "def end(path, context):\n    file = Path(path)\n    file.write_text(file.read_text() + '<!-- plugin -->')\n"
        "def register():\n    signals.content_object_init.connect(text)\n    signals.content_written.connect(end)\n",
        encoding="utf-8",
    )
    settings = tmp_path / "conf.py"
    settings.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(ROOT / 'theme')!r}\n"
        f"PLUGIN_PATHS, PLUGINS = [{str(tmp_path)!r}], ['bantin.plugin', 'thay']\n",
        encoding="utf-8",
    )
    for word in ("một", "hai"):
        (tmp_path / "chu.txt").write_text(word, encoding="utf-8")
        command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings), "-o", str(tmp_path / "output")]
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        assert word in (tmp_path / "output" / "bai-viet" / "2023" / "a" / "index.html").read_text(encoding="utf-8")
    text = settings.read_text(encoding="utf-8").replace(", 'thay'", "")
    settings.write_text(text, encoding="utf-8")
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    html = (tmp_path / "output" / "bai-viet" / "2023" / "a" / "index.html").read_text(encoding="utf-8")
    assert "CHỮ" in html and "plugin" not in (tmp_path / "output" / "index.html").read_text(encoding="utf-8")


def test_two_builds_at_once(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second waits for the first, or says why it cannot; neither harms the other."""
    content = write({"bai-viet/a.md": article()})
    with ThreadPoolExecutor() as pool:
        with alone(tmp_path / "output"):
            with pytest.raises(Busy, match="một lần dựng khác"), alone(tmp_path / "output", wait=0.1):
                pass
            assert "đang đợi" in capsys.readouterr().err
            second = pool.submit(site_of, tmp_path / "output", content)
            time.sleep(0.2)
            assert not second.done()
        assert "index.html" in second.result()


@pytest.mark.parametrize("harm", [lambda data: data[:113], lambda data: data.replace(b"sitemap-tin", b"sitemap-ten"), None])
def test_what_is_gone_goes_though_the_list_of_files_was_damaged(
    write: Write, tmp_path: Path, harm: Callable[[bytes], bytes] | None
) -> None:
    content, output = write({"bai-viet/a.md": article()}), tmp_path / "output"
    build(content, output)
    listed = tmp_path / ".output.bantin" / standing.MANIFEST
    listed.write_bytes(harm(listed.read_bytes())) if harm else listed.unlink()
    build(content, output)  # nothing to do, but for the list
    build(content, output, BANTIN_DRAFTS=True)
    assert not (output / "sitemap-tin.xml").exists()
    build(content, tmp_path / "clean", BANTIN_DRAFTS=True)
    assert tree(output) == tree(tmp_path / "clean")
