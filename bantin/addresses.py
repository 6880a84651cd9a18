"""Addresses of everything that is published, from Pelican's own settings (`ARTICLE_URL`, `TAG_SAVE_AS` …)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from bantin.vietnamese import slug

# What Pelican has no setting for; names follow its pattern, so pelicanconf.py can change each.
DEFAULTS: dict[str, str] = {
    "DOCUMENT_URL": "van-ban/{slug}/",
    "DOCUMENT_SAVE_AS": "van-ban/{slug}/index.html",
    "DOCUMENT_FEED_RSS": "van-ban/{slug}/rss.xml",
    "DOCUMENTS_URL": "van-ban/",
    "DOCUMENTS_SAVE_AS": "van-ban/index.html",
    "DOCUMENTS_CSV": "van-ban/van-ban.csv",
    "DOCUMENTS_JSON": "van-ban/van-ban.json",
    "ABBREVIATIONS_URL": "van-ban/chu-viet-tat/",
    "ABBREVIATIONS_SAVE_AS": "van-ban/chu-viet-tat/index.html",
    "COVERAGE_URL": "van-ban/do-phu/",
    "COVERAGE_SAVE_AS": "van-ban/do-phu/index.html",
    "CORRECTIONS_URL": "cai-chinh/",
    "CORRECTIONS_SAVE_AS": "cai-chinh/index.html",
    "ISSUE_URL": "ban-tin/{slug}/",
    "ISSUE_SAVE_AS": "ban-tin/{slug}/index.html",
    "ISSUES_URL": "ban-tin/",
    "ISSUES_SAVE_AS": "ban-tin/index.html",
    "SEARCH_URL": "tim-kiem/",
    "SEARCH_SAVE_AS": "tim-kiem/index.html",
    "SEARCH_INDEX": "pagefind/",
    "FEEDS_URL": "nguon-tin/",
    "FEEDS_SAVE_AS": "nguon-tin/index.html",
    "JSON_FEED": "{folder}{name}.json",
    "OFFLINE_URL": "khong-co-mang/",
    "OFFLINE_SAVE_AS": "khong-co-mang/index.html",
    "SITEMAP": "sitemap.xml",
    "NEWS_SITEMAP": "sitemap-tin.xml",
    "ROBOTS": "robots.txt",
    "PICTURES": "anh/",
    "ATTACHMENTS": "tep/",
}


# (from page, address, file), as Pelican's setting is read.
PAGINATION = ((1, "{url}", "{save_as}"), (2, "{url}trang-{number}/", "{base_name}/trang-{number}/index.html"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is: `url` as linked, `save_as` as written; both from the site's root, no leading slash."""

    url: str
    save_as: str


class Addresses:
    """Answers every "where is …" from the settings. `absolute` is for feeds and canonical addresses."""

    def __init__(self, settings: Mapping[str, Any], website: str) -> None:
        self._settings = {**DEFAULTS, **settings}
        self.base = str(settings.get("SITEURL") or website).rstrip("/")
        self.relative = bool(settings.get("RELATIVE_URLS"))
        self._patterns = cache(lambda kind: (self.setting(f"{kind}_URL"), self.setting(f"{kind}_SAVE_AS")))
        self._made = lru_cache(maxsize=1 << 15)(self._formatted)  # of an article for each page that links to it
        self.cards = bool(settings.get("BANTIN_CARDS", True))
        self.offline = bool(settings.get("BANTIN_OFFLINE", True) and self.setting("OFFLINE_SAVE_AS"))

    def setting(self, name: str) -> str:
        """A setting that is a path, as text; empty where it is switched off."""
        return str(self._settings.get(name) or "")

    def of(self, kind: str, **values: Any) -> Address:
        """The address of a kind (`ARTICLE`, `TAG`, `DOCUMENT`, `YEAR_ARCHIVE` …)."""
        return self._made(kind, tuple(values.items()))

    def _formatted(self, kind: str, values: tuple[tuple[str, Any], ...]) -> Address:
        named = dict(values)
        return Address(*(pattern.format(**named) for pattern in self._patterns(kind)))

    def named(self, kind: str, name: str) -> Address:
        """The address of a section, tag or author (`CATEGORY`, `TAG`, `AUTHOR`)."""
        return self.of(kind, slug=slug(name), name=name)

    def period(self, kind: str, day: date) -> Address:
        """The address of the archive of a day's year, month or day (`YEAR`, `MONTH`, `DAY`)."""
        return self.of(f"{kind}_ARCHIVE", date=day)

    def page(self, first: Address, number: int) -> Address:
        """Page `number` of a list whose first page is `first`, by Pelican's `PAGINATION_PATTERNS`."""
        name, extension = posixpath.splitext(first.save_as)
        values = {
            "url": first.url,
            "save_as": first.save_as,
            "name": name,
            "base_name": posixpath.dirname(name),
            "extension": extension,
            "number": number,
        }
        rules = [rule for rule in self._settings.get("PAGINATION_PATTERNS", PAGINATION) if 0 <= rule[0] <= number]
        _, url, save_as = max(rules, key=lambda rule: rule[0])
        return Address(url.format(**values).removeprefix("/"), save_as.format(**values).removeprefix("/"))

    def per_page(self, kind: str) -> int:
        """Articles on a page of a list, by Pelican's `PAGINATED_TEMPLATES` and `DEFAULT_PAGINATION`; 0 for all."""
        templates = self._settings.get("PAGINATED_TEMPLATES", {kind.lower(): None})
        default = int(self._settings.get("DEFAULT_PAGINATION") or 0)
        return int(templates[kind.lower()] or default) if kind.lower() in templates else 0

    def feed(self, kind: str, **values: Any) -> str:
        """The address of a feed (`CATEGORY`, `AUTHOR`, `DOCUMENT` …), or empty where it is switched off."""
        return self.setting(f"{kind}_FEED_RSS").format(**values)

    def json_feed(self, rss: str) -> str:
        """The address of the JSON Feed beside an RSS feed (`tac-gia/btg/rss.xml` → `tac-gia/btg/rss.json`), or empty."""
        folder, _, file = rss.rpartition("/")
        return (
            self.setting("JSON_FEED").format(folder=f"{folder}/" if folder else "", name=posixpath.splitext(file)[0])
            if rss
            else ""
        )

    def absolute(self, url: str) -> str:
        """The full address of a path."""
        return f"{self.base}/{url}"

    def root(self, save_as: str) -> str:
        """What stands before every internal address on the page `save_as`; ends with a slash."""
        anywhere = ("404.html", self.setting("OFFLINE_SAVE_AS"))  # shown in place of pages at any depth
        if self.relative and save_as not in anywhere:
            return "../" * save_as.count("/") or "./"
        _, _, rest = self.base.partition("://")
        _, _, folder = rest.partition("/")
        return f"/{folder}/" if folder else "/"
