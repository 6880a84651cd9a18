"""Settings of a site that builds on a laptop: `pelican content -s pelicanconf.py`. publishconf.py says what differs.

All of Pelican's settings keep their meaning. Who publishes stands in content/danh-muc/co-quan-xuat-ban.toml.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

# Imported, not named: where our plugin cannot load, nothing is built.
from bantin.plugin import Bulletin  # noqa: E402

PELICAN_CLASS = Bulletin
PLUGINS = ["bantin.plugin"]

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
CACHE_PATH = ".cache"
CACHE_CONTENT = LOAD_CONTENT_CACHE = True  # what a build remembers for the next one; the output is the same without
SITEURL = "http://localhost:8000"  # where `pelican --listen` and `invoke serve` show it
TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_LANG = "vi"

ARTICLE_PATHS = ["bai-viet"]
PAGE_PATHS = ["trang"]
STATIC_PATHS: list[str] = []  # pictures and attachments are published because an article uses them
SLUGIFY_SOURCE = "basename"
USE_FOLDER_AS_CATEGORY = False
FILENAME_METADATA = ""
WITH_FUTURE_DATES = False

INDEX_SAVE_AS = "index.html"
ARTICLE_URL = "bai-viet/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "bai-viet/{date:%Y}/{slug}/index.html"
DRAFT_URL = ARTICLE_URL
DRAFT_SAVE_AS = ARTICLE_SAVE_AS
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "chuyen-muc/{slug}/"
CATEGORY_SAVE_AS = "chuyen-muc/{slug}/index.html"
CATEGORIES_URL = "chuyen-muc/"
CATEGORIES_SAVE_AS = "chuyen-muc/index.html"
TAG_URL = "the/{slug}/"
TAG_SAVE_AS = "the/{slug}/index.html"
TAGS_URL = "the/"
TAGS_SAVE_AS = "the/index.html"
AUTHOR_URL = "tac-gia/{slug}/"
AUTHOR_SAVE_AS = "tac-gia/{slug}/index.html"
AUTHORS_URL = "tac-gia/"
AUTHORS_SAVE_AS = "tac-gia/index.html"
ARCHIVES_URL = "luu-tru/"
ARCHIVES_SAVE_AS = "luu-tru/index.html"
YEAR_ARCHIVE_URL = "luu-tru/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/index.html"
MONTH_ARCHIVE_URL = "luu-tru/{date:%Y}/{date:%m}/"
MONTH_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/index.html"
DAY_ARCHIVE_URL = "luu-tru/{date:%Y}/{date:%m}/{date:%d}/"
DAY_ARCHIVE_SAVE_AS = "luu-tru/{date:%Y}/{date:%m}/{date:%d}/index.html"
DIRECT_TEMPLATES: list[str] = []  # our pages are views; templates of your own may be named here
DEFAULT_PAGINATION = 12
PAGINATION_PATTERNS = [
    (1, "{url}", "{save_as}"),
    (2, "{url}trang-{number}/", "{base_name}/trang-{number}/index.html"),
]
READERS = {"rst": None, "html": None}  # content is Markdown; docutils would only warn about `vi`

FEED_ALL_RSS = "rss.xml"
CATEGORY_FEED_RSS = "chuyen-muc/{slug}/rss.xml"
AUTHOR_FEED_RSS = "tac-gia/{slug}/rss.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = TRANSLATION_FEED_ATOM = None
FEED_MAX_ITEMS = 30
RSS_FEED_SUMMARY_ONLY = False

MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {
            "markdown.extensions.tables": {"use_align_attribute": True},
            "markdown.extensions.footnotes": {"BACKLINK_TITLE": "Trở lại chỗ chú thích {}"},
        },
        "markdown.extensions.sane_lists": {},
    },
    "output_format": "html",
}

BANTIN_CATALOGUES = str(HERE / "content" / "danh-muc")  # for a content folder that lacks one
BANTIN_DRAFTS = False  # `invoke serve --drafts` turns it on, in a folder of its own
BANTIN_READ_INTERNAL = True  # check noi-bo/ too; it is never published
BANTIN_OFFLINE = False  # a service worker would stay at localhost for whatever is shown there next
BANTIN_CARDS = True  # a picture with its title for each link to a page that is passed on
BANTIN_HUB = ""  # address of a WebSub hub that tells subscribers of news
BANTIN_STRICT = False  # warnings stop the build, except those about running text
