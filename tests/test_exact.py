"""The law of the incremental build: whatever happened between, the output is byte for byte that of a clean build.

Three minutes of it in CI. All of it by hand: `BANTIN_SEQUENCES=2000 pytest tests/test_exact.py`.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from conftest import CATALOGUES, ROOT, article, build, picture, tree
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from jinja2 import FileSystemBytecodeCache

from bantin import standing, works
from bantin.diagnostics import Refused
from bantin.glance import NOBODY, Glance
from bantin.outputs import pages
from bantin.plugin import Bulletin
from bantin.vietnamese import ZONE
from bantin.works import Recall

SEQUENCES = int(os.environ.get("BANTIN_SEQUENCES", "0"))
SECTIONS, TAGS, AUTHORS = ["Xây dựng Đảng", "Tuyên truyền"], ["học tập", "chi bộ", "nghị quyết"], ["BTG", "Lê Văn"]
NAMES = [f"bai-{n}" for n in range(5)]
DAYS = ["2023-11-28 07:30", "2023-11-27 08:00", "2023-12-01 09:00", "2024-01-15 07:00"]
BODIES = [
    "Một câu.",
    "Theo Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị và Nghị quyết 36-NQ/TW.",
    "![Ảnh](hinh.png)\n\n## Mục\n\nXem [bài gốc]({filename}/bai-viet/goc.md), [trang]({filename}/trang/gioi-thieu.md) và [kho](/luu-tru/).",
    "Tệp: [bản đầy đủ]({static}/tep/ban.pdf). Nghị quyết 35-NQ/TW.[^1]\n\n[^1]: Chú thích.",
]
NUMBERS = ["35-NQ/TW", "36-NQ/TW", "37-CT/TW"]
COLOURS = ["teal", "maroon", "navy"]
OPEN = [
    "index.html",
    "bai-viet/2023/bai-0/index.html",
    "bai-viet/2023/bai-1/index.html",
    "van-ban/35-nq-tw-2018/index.html",
    "404.html",
    "không/có.html",
]
CACHE = Path(tempfile.gettempdir()) / f"bantin-exact-{os.getpid()}"

_numbers = itertools.count()
pick = st.sampled_from


class GivenUp(Exception):
    """Nobody wants this build any more."""


def document(number: str, title: str, issued: str, **more: str) -> str:
    """The file of a document."""
    kind = "Chỉ thị" if "CT" in number else "Nghị quyết"
    fields = {"Title": title, "Number": number, "Kind": kind, "Issuer": "Bộ Chính trị", "Issued": issued, **more}
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + "\nNội dung.\n"


class Sequences(RuleBasedStateMachine):
    """Everything that may happen to a site between two builds; after each, the two outputs are compared."""

    def __init__(self) -> None:
        super().__init__()
        self.work = Path(tempfile.mkdtemp(prefix="bantin-exact-"))
        self.content, self.output, self.theme = self.work / "content", self.work / "output", self.work / "theme"
        self.now = datetime(2024, 2, 1, 8, tzinfo=ZONE)
        self.settings: dict[str, object] = {"SEARCH_SAVE_AS": ""}
        self.built = False
        self.recall: Recall | None = None

    def teardown(self) -> None:
        """Nothing stays."""
        shutil.rmtree(self.work, ignore_errors=True)

    @initialize(
        serves=pick(["", "whole", "hasty", "hasty"]), open=st.sets(pick(OPEN), min_size=2), patience=pick([5, 40, 150, 10**6])
    )
    def begin(self, serves: str, open: set[str], patience: int) -> None:
        """Four articles, two documents, a page, a profile, an issue. serves: one process makes all builds, as `invoke serve`; and
        every second of them is hasty, of whose output nothing is said but that the next one brings it in order.

        open: pages that somebody looks at meanwhile; patience: every fourth build is given up when it was asked so often.
        """
        self.serves, self.turn, self.open, self.patience = serves, 0, open, patience
        shutil.copytree(CATALOGUES, self.content / "danh-muc")
        shutil.copytree(ROOT / "theme", self.theme, ignore=shutil.ignore_patterns("print", "*.woff2"))
        self.lay("anh/dau-hieu.png", picture("red", (64, 64)))
        self.lay("anh/hinh.png", picture("teal", (64, 48)))
        self.lay("tep/ban.pdf", b"%PDF-1.4\n")
        for number, name in enumerate(NAMES[:4]):
            self.lay(f"bai-viet/{name}.md", article(BODIES[number], Date=DAYS[number], Tags=TAGS[number % 3], Authors=AUTHORS[0]))
        self.lay("bai-viet/goc.md", article("Bài mà bài khác nối tới.", Title="Bài gốc", Date=DAYS[3]))
        self.lay("van-ban/35-nq-tw.md", document("35-NQ/TW", "về bảo vệ nền tảng", "2018-10-22"))
        self.lay("van-ban/36-nq-tw.md", document("36-NQ/TW", "về biển", "2018-10-22"))
        self.lay("trang/gioi-thieu.md", "Title: Giới thiệu\n\nMột trang.\n")
        self.lay("tac-gia/btg.md", "Name: BTG\nRole: Ban\n\nVài dòng.\n")
        self.lay("ban-tin/2023-11.md", "Title: Bản tin\nNumber: 11\nMonth: 2023-11\n\nLời đầu.\n")
        self.compare()
        assert self.built

    def lay(self, path: str, data: str | bytes) -> None:
        """Write a file of the content folder."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))

    def make(self, output: Path, recall: Recall | None = None, hasty: bool = False, glance: Glance = NOBODY) -> Bulletin | None:
        """Build there; None where the content is refused, or the build given up."""
        settings = {"CACHE_PATH": str(CACHE), "THEME": str(self.theme), **self.settings}
        try:
            return build(self.content, output, now=self.now, recall=recall, hasty=hasty, glance=glance, **settings)
        except (Refused, GivenUp):
            return None

    def glance(self) -> Glance:
        """Who waits for a hasty build: every other one may be given up."""
        left = iter(range(self.patience if self.turn % 4 == 0 else 10**9))

        def go_on() -> None:
            if next(left, None) is None:
                raise GivenUp

        return Glance(lambda: self.open, self.shown.extend, go_on)

    def compare(self) -> None:
        """Build here and, with nothing known, in another folder."""
        self.turn += 1
        if self.serves == "hasty" and self.turn % 2 == 0:
            self.shown: list[str] = []
            went = self.make(self.output, self.recall, True, self.glance() if self.recall else NOBODY)
            if went and went.made:
                self.recall = went.made.recall
                assert set(self.shown).isdisjoint(went.report.fresh)  # what was shown early was right
            return
        clean = self.work / f"clean-{next(_numbers)}"
        went, whole = self.make(self.output, self.recall), self.make(clean)
        assert bool(went) == bool(whole)
        if went:
            self.recall = went.made.recall if self.serves and went.made else None
            ours, wanted = tree(self.output), tree(clean)
            assert sorted(ours) == sorted(wanted)
            assert [name for name, data in wanted.items() if ours[name] != data] == []
            self.built = True
        shutil.rmtree(clean, ignore_errors=True)
        shutil.rmtree(self.work / f".{clean.name}.bantin", ignore_errors=True)

    def of(self, pattern: str, number: int) -> Path | None:
        """One of the files there."""
        found = sorted(self.content.glob(pattern))
        return found[number % len(found)] if found else None

    # What editors do

    @rule(
        name=pick(NAMES), day=pick(DAYS), section=pick(SECTIONS), tags=st.sets(pick(TAGS)), author=pick(["", *AUTHORS]), body=pick(BODIES),
        title=pick(["Một bài", "Bài khác: “nháy”", "Bài < 35-NQ/TW & hơn"]), cited=st.sets(pick(NUMBERS[:2])),
        more=pick([{}, {"Image": "hinh.png", "Image_alt": "Ảnh"}, {"Status": "draft"}, {"Status": "hidden"}, {"Audience": "internal"},
                   {"Embargo": "2024-02-02 07:00"}, {"Featured": "yes"}, {"Correction": "2024-01-20: sai → đúng"}, {"Bulletin": "none"},
                   {"Modified": "2024-01-30 10:00"}, {"Slug": "bai-rieng"}]),
    )  # fmt: skip
    def write_article(
        self,
        name: str,
        day: str,
        section: str,
        tags: set[str],
        author: str,
        body: str,
        title: str,
        cited: set[str],
        more: dict[str, str],
    ) -> None:
        """A new article, or another text and header for one that is there."""
        header = {"Date": day, "Category": section, "Tags": ", ".join(sorted(tags)), "Authors": author, "Title": title}
        known = [n for n in sorted(cited) if (self.content / "van-ban" / f"{n.lower().replace('/', '-')}.md").is_file()]
        self.lay(f"bai-viet/{name}.md", article(body, **header, Resolutions="; ".join(known), **more))
        self.compare()

    @rule(number=st.integers(0, 9), word=pick(["Thêm.", "Nghị quyết 36-NQ/TW.", "Chỉ thị số 37-CT/TW."]))
    def edit_body(self, number: int, word: str) -> None:
        """Another sentence at the end of an article."""
        if file := self.of("bai-viet/*.md", number):
            file.write_text(file.read_text(encoding="utf-8") + f"\n{word}\n", encoding="utf-8")
        self.compare()

    @rule(number=st.integers(0, 9), key=pick(["Title", "Category", "Date", "Tags", "Authors"]), value=pick([0, 1]))
    def edit_header(self, number: int, key: str, value: int) -> None:
        """One line of a header."""
        values = {"Title": ["Tên mới", "Tên cũ"], "Category": SECTIONS, "Date": DAYS, "Tags": TAGS, "Authors": AUTHORS}
        if file := self.of("bai-viet/*.md", number):
            lines = [
                line
                for line in file.read_text(encoding="utf-8").split("\n\n", 1)[0].split("\n")
                if not line.startswith(f"{key}:")
            ]
            body = file.read_text(encoding="utf-8").split("\n\n", 1)[1]
            file.write_text("\n".join([f"{key}: {values[key][value]}", *lines]) + f"\n\n{body}", encoding="utf-8")
        self.compare()

    @rule(number=st.integers(0, 9), name=pick(NAMES))
    def rename(self, number: int, name: str) -> None:
        """An article gets another address."""
        if file := self.of("bai-viet/bai-*.md", number):
            file.rename(file.with_name(f"{name}.md"))
        self.compare()

    @rule(
        number=st.integers(0, 20),
        pattern=pick(["bai-viet/bai-*.md", "van-ban/37-*.md", "tac-gia/*.md", "ban-tin/*.md", "noi-bo/*.md"]),
    )
    def delete(self, number: int, pattern: str) -> None:
        """A file goes."""
        if file := self.of(pattern, number):
            file.unlink()
        self.compare()

    @rule(
        number=pick(NUMBERS), title=pick(["về biển", "về cán bộ"]), issued=pick(["2018-10-22", "2023-10-02", ""]),
        more=pick([{}, {"Replaces": "35-NQ/TW"}, {"Implements": "35-NQ/TW"}, {"Expires": "2024-02-01"}, {"Attachment": "tep/ban.pdf"},
                   {"Known_as": "Nghị quyết Trung ương 4 khóa XII"}]),
    )  # fmt: skip
    def write_document(self, number: str, title: str, issued: str, more: dict[str, str]) -> None:
        """A new document, or another one of the same number."""
        if number == "35-NQ/TW":
            more = {key: value for key, value in more.items() if value != number}
        if number != NUMBERS[2]:
            issued = "2018-10-22"  # articles name it on any day
        self.lay(f"van-ban/{number.lower().replace('/', '-')}.md", document(number, title, issued, **more))
        self.compare()

    @rule(path=pick(["anh/hinh.png", "anh/dau-hieu.png"]), colour=pick(COLOURS))
    def paint(self, path: str, colour: str) -> None:
        """Another picture under the same name."""
        self.lay(path, picture(colour, (64, 48)))
        self.compare()

    @rule(text=pick([b"%PDF-1.4\n", b"%PDF-1.7\n"]))
    def attach(self, text: bytes) -> None:
        """Another file to download, of the same length."""
        self.lay("tep/ban.pdf", text)
        self.compare()

    @rule(text=pick(["Title: Giới thiệu\n\nMột trang.\n", "Title: Về chúng tôi\nOrder: 1\n\nHai trang.\n"]))
    def write_page(self, text: str) -> None:
        """A page of the menu."""
        self.lay("trang/gioi-thieu.md", text)
        self.compare()

    @rule(role=pick(["Ban", "Ban Tuyên giáo"]))
    def write_profile(self, role: str) -> None:
        """What is said of an author."""
        self.lay("tac-gia/btg.md", f"Name: BTG\nRole: {role}\n\nVài dòng.\n")
        self.compare()

    @rule(number=pick([11, 12]))
    def write_issue(self, number: int) -> None:
        """The header of an issue."""
        self.lay("ban-tin/2023-11.md", f"Title: Bản tin\nNumber: {number}\nMonth: 2023-11\n\nLời đầu.\n")
        self.compare()

    @rule(name=pick(["Bản tin", "Bản tin nội bộ"]))
    def rename_publisher(self, name: str) -> None:
        """A catalogue changes."""
        file = self.content / "danh-muc" / "co-quan-xuat-ban.toml"
        lines = file.read_text(encoding="utf-8").split("\n")
        file.write_text("\n".join(f'name = "{name}"' if line.startswith("name = ") else line for line in lines), encoding="utf-8")
        self.compare()

    @rule(name=pick(NAMES[:2]), text=pick(["Chuyện nội bộ.", "Theo Nghị quyết 35-NQ/TW."]))
    def write_internal(self, name: str, text: str) -> None:
        """A piece that is only printed."""
        self.lay(f"noi-bo/{name}-nb.md", article(text, Authors="Người Kín", Tags="kín"))
        self.compare()

    # What designers, systems and accidents do

    @rule(name=pick(["article.html", "list.html", "base.html", "macros/card.html"]), word=pick(["<!-- một -->", "<!-- hai -->"]))
    def edit_template(self, name: str, word: str) -> None:
        """A template, one that others extend, or one that they import."""
        file = self.theme / "templates" / name
        text = file.read_text(encoding="utf-8").split("{#-", 1)[0]
        mark = "</main>" if "</main>" in text else "{% endblock %}" if "{% endblock %}" in text else "{% endmacro %}"
        file.write_text(text.replace(mark, word + mark, 1), encoding="utf-8")
        self.compare()

    @rule(word=pick(["a{color:red}", "a{color:blue}"]))
    def edit_style(self, word: str) -> None:
        """A style of the theme."""
        (self.theme / "static" / "css" / "parts" / "zz.css").write_text(word, encoding="utf-8")
        self.compare()

    @rule(change=pick([{"DEFAULT_PAGINATION": 2}, {"SITEURL": "https://bt.example"}, {"TAG_SAVE_AS": ""}, {"FEED_MAX_ITEMS": 1}, {"BANTIN_OFFLINE": True},
                       {"BANTIN_DRAFTS": True}, {"SEARCH_SAVE_AS": "tim-kiem/index.html"}, {"RELATIVE_URLS": True}, {}]))  # fmt: skip
    def set(self, change: dict[str, object]) -> None:
        """Other settings."""
        self.settings = {"SEARCH_SAVE_AS": "", **change}
        self.compare()

    @rule(days=pick([0.2, 1, 40]))
    def wait(self, days: float) -> None:
        """Time passes: embargoes end, documents expire, news grow old."""
        self.now += timedelta(days=days)
        self.compare()

    @rule(number=st.integers(0, 500), data=pick([None, b"", b"changed"]))
    def damage(self, number: int, data: bytes | None) -> None:
        """A file of the output is removed or changed by hand; once with its size and time left as they were."""
        files = sorted(p for p in self.output.rglob("*") if p.is_file()) if self.built else []
        if files:
            file = files[number % len(files)]
            if data is None:
                file.unlink()
            else:
                was = file.stat()
                file.write_bytes(data or b"x" * was.st_size)
                os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
        self.compare()

    @rule(number=st.integers(0, 9))
    def edit_in_secret(self, number: int) -> None:
        """An edit of the same size and time, which only the contents tell."""
        if file := self.of("bai-viet/*.md", number):
            was = file.stat()
            file.write_text(file.read_text(encoding="utf-8").replace("câu", "cấu"), encoding="utf-8")
            os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
        self.compare()

    @rule(
        place=st.integers(0, 10_000),
        cut=st.booleans(),
        name=pick([standing.MEMORY, f"{standing.STORE}-1", "nho-sau.bin", standing.MANIFEST, standing.NAME]),
    )
    def damage_memory(self, place: int, cut: bool, name: str) -> None:
        """The memory is damaged, whole or cut off."""
        file = self.work / ".output.bantin" / name
        if file.is_file() and (data := bytearray(file.read_bytes())):
            at = place % len(data)
            data[at] ^= 0xFF
            file.write_bytes(bytes(data[:at] if cut else data))
        self.compare()

    @rule(version=pick(["1", "2"]))
    def upgrade(self, version: str) -> None:
        """A library is installed in another version."""
        folder = self.work / "site-packages"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / f"library-{version}.dist-info").mkdir(parents=True)
        sys.path.append(str(folder))
        works.program.cache_clear()
        try:
            self.compare()
        finally:
            sys.path.remove(str(folder))
            works.program.cache_clear()

    @rule(after=st.floats(0.3, 1.5))
    def kill(self, after: float) -> None:
        """A build is killed at any moment."""
        kill(self.content, self.output, self.theme, after)
        self.compare()


CHILD = textwrap.dedent(
    """
    import sys
    sys.path[:0] = [{root!r}, {tests!r}]
    from pathlib import Path
    from conftest import build
    build(Path({content!r}), Path({output!r}), CACHE_PATH={cache!r}, THEME={theme!r})
    """
)


def kill(content: Path, output: Path, theme: Path, after: float) -> None:
    """Start a build and kill it and its workers, `after` seconds later."""
    text = CHILD.format(
        root=str(ROOT), tests=str(ROOT / "tests"), content=str(content), output=str(output), cache=str(CACHE), theme=str(theme)
    )
    running = subprocess.Popen(
        [sys.executable, "-c", text], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


def test_whatever_happens_the_output_is_that_of_a_clean_build(monkeypatch: pytest.MonkeyPatch) -> None:
    # To compile the templates takes longer than all the rest: here the clean builds may know them, too. A file's name has the
    # world in which they were compiled.
    shared = partial(FileSystemBytecodeCache, str(CACHE))
    monkeypatch.setattr(pages, "FileSystemBytecodeCache", lambda _, pattern: shared(pattern))
    parse, trees = pages.Environment.parse, {}
    monkeypatch.setattr(
        pages.Environment, "parse", lambda self, text, *of: trees.get(text) or trees.setdefault(text, parse(self, text, *of))
    )
    CACHE.mkdir(exist_ok=True)
    try:
        run_state_machine_as_test(
            Sequences,
            settings=settings(
                max_examples=SEQUENCES or 40,
                stateful_step_count=8,
                deadline=None,
                derandomize=not SEQUENCES,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.generate],  # to shrink a history takes an hour
            ),
        )
    finally:
        shutil.rmtree(CACHE, ignore_errors=True)
