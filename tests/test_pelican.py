"""Whoever knows Pelican is at home: settings, signals, templates, switches and autoreload do here what they do there."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from conftest import DOCUMENT, ROOT, Write, article, build, pelican, tree

SETTINGS = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\nTHEME = {str(ROOT / 'theme')!r}\n"

PLUGIN = '''
"""A plugin as its users write them: it reads, changes, adds and is told."""
from pathlib import Path
from pelican import signals
from pelican.contents import Article
from pelican.generators import Generator

told = []

class Count(Generator):
    def generate_output(self, writer):
        Path(self.output_path, "so-bai.txt").write_text(" ".join(self.context["read"]))

def text(content):
    if isinstance(content, Article):
        content._content = content._content.replace("THAYTHE", "<b>đã đổi</b>")

def read(generator):
    generator.context["read"] = [f"{a.slug}:{a.category.slug}:{a.url}" for a in generator.articles]
    told.append("read")

def all_done(generators):
    told.append("all")

def written(path, context):
    if path.endswith("bai-viet/2023/a/index.html"):
        told.append("written " + str("đã đổi" in Path(path).read_text("utf-8")))

def fed(context, feed):
    told.append("feed")

def done(pelican):
    found = Path(pelican.output_path, "so-bai.txt").is_file()
    Path(pelican.settings["TOLD"]).write_text(" | ".join([*dict.fromkeys(told), f"done {found}"]), "utf-8")

def register():
    signals.content_object_init.connect(text)
    signals.article_generator_finalized.connect(read)
    signals.all_generators_finalized.connect(all_done)
    signals.get_generators.connect(add)
    signals.content_written.connect(written)
    signals.feed_generated.connect(fed)
    signals.finalized.connect(done)

def add(pelican):
    return Count
'''


def test_a_plugin_of_the_users_own(write: Write, tmp_path: Path) -> None:
    """Signals, an added generator, filters, own templates, static paths, Atom: one build with all of them."""
    content = write({
        "bai-viet/a.md": article("Chữ THAYTHE và [tới]({filename}/trang/x.md).", Authors="BTG", Tags="một"),
        "bai-viet/b.md": article(Date="2023-11-20", Category="Tuyên truyền"), "noi-bo/kin.md": article(Title="Kinkin"),
        "trang/x.md": "Title: Trang X\n\nChữ.\n", "tep/robots.txt": "User-agent: *\n",
    })  # fmt: skip
    for name, text in {
        "nguoi_dung.py": PLUGIN,
        "mau/thong-ke.html": "{{ articles|length }} {% for a in articles %}{{ a.title|hoa }};{% endfor %}{{ SITENAME }} {{ SITEURL }}",
        "mau/trang-rieng.html": "{{ articles|map(attribute='slug')|join(',') }}",
        "mau/macros/search_form.html": '{% macro search_form(site, id, label=\'\') %}<form action="{{ site.root }}{{ site.search }}"><input id="{{ id }}" name="q" aria-label="{{ label|hoa }}tìm"></form>{% endmacro %}',
        "conf.py": f"""{SETTINGS}
PLUGIN_PATHS, PLUGINS = [{str(tmp_path)!r}], ["bantin.plugin", "nguoi_dung"]
TOLD = {str(tmp_path / "told.txt")!r}
JINJA_FILTERS = {{"hoa": lambda text: text.upper()}}
THEME_TEMPLATES_OVERRIDES = [{str(tmp_path / "mau")!r}]
DIRECT_TEMPLATES = ["thong-ke"]
TEMPLATE_PAGES = {{"../mau/trang-rieng.html": "rieng/index.html"}}
STATIC_PATHS = ["tep"]
EXTRA_PATH_METADATA = {{"tep/robots.txt": {{"path": "robots.txt"}}}}
FEED_ALL_ATOM = "atom.xml"
""",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    done = pelican(content, tmp_path / "output", settings=str(tmp_path / "conf.py"))
    assert done.returncode == 0, done.stdout + done.stderr
    out = {name: data.decode("utf-8", "replace") for name, data in tree(tmp_path / "output").items()}
    assert out["so-bai.txt"] == "a:xay-dung-dang:bai-viet/2023/a/ b:tuyen-truyen:bai-viet/2023/b/"
    assert "<b>đã đổi</b>" in out["bai-viet/2023/a/index.html"] and "đã đổi" in out["rss.xml"]
    assert 'href="/x/"' in out["bai-viet/2023/a/index.html"].replace("http://localhost:8000", "")
    assert out["thong-ke.html"] == "2 MỘT BÀI;MỘT BÀI;Bản tin nội bộ http://localhost:8000"
    assert out["rieng/index.html"] == "a,b"
    assert 'aria-label="tìm"' in out["index.html"] or 'aria-label="TÌM' in out["index.html"]
    assert out["robots.txt"] == "User-agent: *\n"
    atom = feedparser.parse(out["atom.xml"].encode())
    assert (atom.bozo, atom.version, [e.title for e in atom.entries]) == (False, "atom10", ["Một bài", "Một bài"])
    assert (tmp_path / "told.txt").read_text("utf-8") == "read | all | feed | written True | done True"
    assert not any("Kinkin" in text for text in out.values())


def test_addresses_are_settings(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/2023/a.md": article(Tags="một", Authors="BTG", Resolutions="35-NQ/TW"), "van-ban/35.md": DOCUMENT})
    done = pelican(
        content, tmp_path / "output", "-e", 'ARTICLE_URL="tin/{slug}.html"', 'ARTICLE_SAVE_AS="tin/{slug}.html"', 'TAG_SAVE_AS=""',
        'TAG_URL="khong-dung/{slug}"', 'DOCUMENT_URL="vb/{slug}/"', 'DOCUMENT_SAVE_AS="vb/{slug}/index.html"', 'DAY_ARCHIVE_SAVE_AS=""',
        'CATEGORY_FEED_RSS="nguon/{slug}.xml"', 'SITEURL="https://vi.example/ban-tin"', 'ARCHIVES_SAVE_AS="kho.html"', 'ARCHIVES_URL="kho.html"',
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    out = tree(tmp_path / "output")
    assert {"tin/a.html", "vb/35/index.html", "nguon/xay-dung-dang.xml", "kho.html"} <= out.keys()
    assert not [n for n in out if n.startswith(("bai-viet/", "the/mot", "luu-tru/2023/11/28"))]
    home = out["index.html"].decode()
    assert 'href="/ban-tin/tin/a.html"' in home and 'href="/ban-tin/vb/35/"' in home and 'href="/ban-tin/kho.html"' in home
    assert b"<link>https://vi.example/ban-tin/tin/a.html</link>" in out["rss.xml"]
    assert 'rel="canonical" href="https://vi.example/ban-tin/tin/a.html"' in out["tin/a.html"].decode()


def test_long_lists_have_pages(write: Write, tmp_path: Path) -> None:
    content = write(
        {f"bai-viet/{n:02}.md": article(Title=f"Bài {n:02}", Date=f"2024-01-{n:02}", Tags="dài") for n in range(1, 24)}
    )
    build(content, tmp_path / "output", DEFAULT_PAGINATION=5)
    folder = tmp_path / "output" / "the" / "dai"
    lists = [folder / "index.html", *(folder / f"trang-{n}" / "index.html" for n in range(2, 6))]
    shown = [re.findall(r"Bài (\d\d)</a>", path.read_text("utf-8")) for path in lists]
    assert [n for page in shown for n in page] == [f"{n:02}" for n in range(23, 0, -1)]
    assert [len(page) for page in shown] == [5, 5, 5, 5, 3]
    assert not (folder / "trang-6").exists() and not (folder / "trang-1").exists()
    third = lists[2].read_text("utf-8")
    for number in (2, 4):
        assert f'href="/the/dai/trang-{number}/"' in third
    assert 'rel="canonical" href="http://localhost:8000/the/dai/trang-3/"' in third


def test_relative_addresses_work_from_files(write: Write, tmp_path: Path) -> None:
    content = write({
        "bai-viet/2023/a.md": article("Tới [b](b.md) và 35-NQ/TW.", Authors="BTG", Tags="một", Resolutions="35-NQ/TW"),
        "bai-viet/2023/b.md": article(), "van-ban/35.md": DOCUMENT, "trang/x.md": "Title: X\n\nTới [a]({filename}/bai-viet/2023/a.md).\n",
    })  # fmt: skip
    done = pelican(content, tmp_path / "output", "--relative-urls")
    assert done.returncode == 0, done.stderr
    # The page for what is not there is shown at any depth, so it names its addresses from the root.
    pages = [page for page in (tmp_path / "output").rglob("*.html") if page.name != "404.html"]
    checked = 0
    for page in pages:
        for address in re.findall(r'(?:href|src)="([^"#?]*)[^"]*"', page.read_text("utf-8")):
            if address and not address.startswith(("http", "mailto")):
                file = page.parent / address
                assert not address.startswith("/") and (file / "index.html" if file.is_dir() else file).is_file(), (
                    f"{page}: {address}"
                )
                checked += 1
    assert checked > 20 * len(pages)


@pytest.mark.parametrize("flags", [("-D",), ("-v",), ("-q",), ("--ignore-cache",), ("-d",)], ids=" ".join)
def test_switches(write: Write, tmp_path: Path, flags: tuple[str, ...]) -> None:
    """-d empties the output but for what is retained; no switch changes a byte of the site."""
    content, output, cache = write({"bai-viet/a.md": article()}), tmp_path / "output", tmp_path / "nhớ"
    build(content, tmp_path / "plain")
    for name in ("la/x.html", ".git/config"):
        (output / name).parent.mkdir(parents=True)
        (output / name).write_text("lạ", "utf-8")
    done = pelican(content, output, *flags, "--cache-path", str(cache), "-e", 'OUTPUT_RETENTION=[".git"]')
    assert done.returncode == 0, done.stdout + done.stderr
    assert (output / ".git/config").is_file() and (output / "la/x.html").exists() == (flags != ("-d",))
    made = {n: d for n, d in tree(output).items() if not n.startswith(("la/", ".git/"))}
    assert made == tree(tmp_path / "plain")
    assert any(cache.iterdir())


def test_settings_may_lie_elsewhere(write: Write, tmp_path: Path) -> None:
    """`pelican DIR` from any working folder; the content folder needs no catalogue of its own."""
    content = tmp_path / "bài của tôi"
    (content / "bai-viet").mkdir(parents=True)
    (content / "bai-viet/a.md").write_text(article(), "utf-8")
    command = [sys.executable, "-m", "pelican", content, "-s", ROOT / "pelicanconf.py", "-o", tmp_path / "ra"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ra/bai-viet/2023/a/index.html").is_file()


def until(holds: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, what: str) -> None:
    """Wait for it, a minute at most."""
    end = time.monotonic() + 60
    while not holds():
        assert process.poll() is None and time.monotonic() < end, f"{what}\n{log.read_text('utf-8', 'replace')[-3000:]}"
        time.sleep(0.1)


def test_autoreload_survives_a_refused_build(write: Write, tmp_path: Path) -> None:
    """An editor breaks a file and mends it; the watcher says what is wrong once, and goes on."""
    content, output, log = write({"bai-viet/a.md": article("Bản một.")}), tmp_path / "output", tmp_path / "log"
    page, command = (
        output / "bai-viet/2023/a/index.html",
        [sys.executable, "-m", "pelican", content, "-s", ROOT / "pelicanconf.py"],
    )
    with log.open("wb") as said:
        process = subprocess.Popen([*command, "-o", output, "-r"], cwd=ROOT, stdout=said, stderr=said)
        try:
            until(page.is_file, process, log, "no first build")
            time.sleep(1)  # until it watches
            write({"bai-viet/a.md": article("Bản hai.", Date="ngày mai")})
            until(lambda: "DB03" in log.read_text("utf-8", "replace"), process, log, "not refused")
            assert "Bản một" in page.read_text("utf-8")
            time.sleep(2)
            assert log.read_text("utf-8", "replace").count("DB03") == 1, "said again and again"
            write({"bai-viet/a.md": article("Bản ba.")})
            until(lambda: "Bản ba" in page.read_text("utf-8"), process, log, "not mended")
            time.sleep(1)
            write({"bai-viet/a.md": article("Bản bốn.")})
            until(lambda: "Bản bốn" in page.read_text("utf-8"), process, log, "no longer watching")
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait(10)
