"""A site from a content folder, in two steps: everything is read and checked, then everything is made in a stage.

Knows Pelican's settings by name, but nothing of Pelican.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment

from bantin.addresses import Addresses
from bantin.article import Article
from bantin.audience import admit_public
from bantin.body import Body, Parser, Tree
from bantin.build import Stage
from bantin.checks import check_body, check_content, is_public
from bantin.content import Content, content_of
from bantin.diagnostics import RUNNING_TEXT, Diagnostic, Refused, Severity, errors
from bantin.edition import Edition, public_edition
from bantin.images.cards import card_files
from bantin.outputs import exports, feeds, json_feed, manifest, offline, pages, search, sitemaps, styles
from bantin.outputs.icons import icons
from bantin.page import Page
from bantin.progress import Track, silent
from bantin.vietnamese import ZONE
from bantin.views import Composer, all_pages
from bantin.views.front import site_view
from bantin.views.search import searchable


@dataclass(frozen=True, slots=True)
class Counts:
    """What a site has: pages in all, feeds, documents and issues among them, articles."""

    pages: int = 0
    feeds: int = 0
    documents: int = 0
    issues: int = 0
    articles: int = 0


@dataclass
class Prepared:
    """A site that was read, checked and let through: nothing is wrong with it, and nothing is written yet."""

    content: Content
    composer: Composer
    bodies: dict[str, Body]
    settings: Mapping[str, Any]
    now: datetime
    warnings: tuple[Diagnostic, ...] = ()
    feeds: list[tuple[str, object]] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        """What is published."""
        return self.composer.edition

    @cached_property
    def published(self) -> dict[str, Article | Page]:
        """Articles and pages that have an address, by content path."""
        items: list[Article | Page] = [*self.edition.articles, *self.edition.hidden, *self.edition.pages]
        return {item.path: item for item in items}


def prepare(settings: Mapping[str, Any], now: datetime, track: Track = silent) -> Prepared:
    """Read, check, gate. settings: Pelican's; now: aware. Raises `Refused` with all that is wrong."""
    content = content_of(settings, internal=settings.get("BANTIN_READ_INTERNAL", True))
    drafts = bool(settings.get("BANTIN_DRAFTS"))
    admitted = admit_public(content.articles, now, drafts, bool(settings.get("WITH_FUTURE_DATES")))
    edition = public_edition(content, admitted, drafts)
    addresses = Addresses(settings, content.catalogue.publisher.website)
    parser = Parser(settings.get("MARKDOWN", {}))
    composer = Composer(
        content, edition, addresses, parser, Path(settings.get("CACHE_PATH", ".cache")), now.astimezone(ZONE).date()
    )
    problems = [*content.problems, *check_content(content, addresses)]
    trees = dict(_trees(composer, problems, track))
    _refuse(problems, bool(settings.get("BANTIN_STRICT")))
    prepared = Prepared(content, composer, {}, settings, now, tuple(problems))
    for path, item in prepared.published.items():
        prepared.bodies[path] = composer.body(path, trees[path], item.date if isinstance(item, Article) else None)
    return prepared


def _trees(composer: Composer, problems: list[Diagnostic], track: Track) -> Iterable[tuple[str, Tree]]:
    """The clean tree of every file; what is wrong with it is added to `problems`."""
    content = composer.content
    public = {a.path for a in content.articles if is_public(a)}
    paths = sorted(content.sources)
    for path in track(paths, "Đọc nội dung", len(paths)):
        open_to_all = path in public or not path.startswith(("bai-viet/", "noi-bo/"))
        for found in check_body(content, composer.parser, composer.links, content.sources[path], open_to_all):
            if isinstance(found, Diagnostic):
                problems.append(found)
            else:
                yield path, found


def _refuse(problems: list[Diagnostic], strict: bool) -> None:
    if strict:
        problems[:] = [p if p.code in RUNNING_TEXT else replace(p, severity=Severity.ERROR) for p in problems]
    if errors(problems):
        raise Refused(problems)


def override(prepared: Prepared, path: str, html: str) -> None:
    """A plugin changed the text of an article: its HTML is what is published."""
    prepared.bodies[path] = replace(prepared.bodies[path], html=html)


def base_body(prepared: Prepared, path: str) -> str:
    """The HTML of an article or page with absolute addresses, as plugins see it."""
    return str(prepared.bodies[path].at(prepared.composer.addresses.absolute("")))


def make(prepared: Prepared, stage: Stage, environment: Environment, track: Track = silent) -> Counts:
    """Render into the stage: pages, the exported registry, feeds."""
    settings, composer = prepared.settings, prepared.composer
    theme = str(settings.get("THEME_STATIC_DIR", "theme"))
    version = theme_version(Path(settings["THEME"]), composer.content.catalogue.publisher.accent)
    specs = [spec for spec in all_pages(composer, prepared.bodies) if spec.save_as]  # an empty address switches a page off
    for spec in track(specs, "Dựng trang", len(specs)):
        site = site_view(composer, spec.save_as, theme, version, bool(settings.get("BANTIN_DRAFTS")))
        stage.put(spec.save_as, pages.render(environment, spec, site))
    for name, data in exports.files(composer):
        stage.put(name, data)
    for name, data in sitemaps.files(composer, specs, prepared.now, bool(settings.get("BANTIN_DRAFTS"))):
        stage.put(name, data)
    _make_feeds(prepared, stage, track)
    edition = prepared.edition
    return Counts(len(specs), len(prepared.feeds), len(edition.registry.documents), len(edition.issues), len(edition.articles))


def _make_feeds(prepared: Prepared, stage: Stage, track: Track) -> None:
    """RSS, and JSON Feed beside it; the RSS ones are kept for plugins."""
    composer, settings = prepared.composer, prepared.settings
    rest = (prepared.bodies, settings.get("FEED_MAX_ITEMS"), str(settings.get("BANTIN_HUB") or ""))
    specs = list(feeds.all_feeds(composer))
    for spec in track(specs, "Nguồn tin", len(specs)):
        channel = feeds.feed(composer, spec, *rest)
        prepared.feeds.append((spec.save_as, channel))
        stage.put(spec.save_as, feeds.feed_bytes(channel))
        if spec.json:
            stage.put(spec.json, json_feed.json_feed(composer, spec, *rest))


def make_files(prepared: Prepared, stage: Stage) -> None:
    """Pictures and attachments that pages use, and the theme's joined styles."""
    composer, settings = prepared.composer, prepared.settings
    folder = composer.addresses.setting("PICTURES")
    made = {r.name: r for used in composer.pictures.values() for r in used.files}
    for name, rendition in sorted(made.items()):
        stage.copy(folder + name, rendition.path)
    for name, card in sorted(card_files(composer.shares, composer.store).items()):
        stage.copy(folder + name, card)
    for name, icon in icons(composer).items():
        stage.copy(name, icon)
    for file, url in sorted(composer.attachments.items()):
        stage.copy(url, composer.content.root / file)
    theme = str(settings.get("THEME_STATIC_DIR", "theme"))
    accent, source = composer.content.catalogue.publisher.accent, Path(settings["THEME"])
    main = styles.joined(source / "static", theme_version(source, accent))
    if main:
        stage.put(f"{theme}/css/main.css", main)
        stage.put(f"{theme}/css/accent.css", f":root{{--accent:{accent}}}\n")
    _make_worker(composer, stage, theme)


def _make_worker(composer: Composer, stage: Stage, theme: str) -> None:
    """The manifest, and the service worker, which names files that were made before it."""
    stage.put(manifest.MANIFEST, manifest.manifest(composer.content.catalogue.publisher))
    without_network = stage.root / composer.addresses.setting("OFFLINE_SAVE_AS")
    page = without_network.read_text(encoding="utf-8") if composer.addresses.offline else ""
    stage.put(offline.WORKER, offline.worker(composer.addresses, page, theme))


def make_search(prepared: Prepared, stage: Stage) -> None:
    """The search index over the pages in the stage."""
    composer = prepared.composer
    folder = composer.addresses.setting("SEARCH_INDEX")
    made = ((name, (stage.root / name).read_bytes()) for name in stage.names() if name.endswith(".html"))
    for name, data in search.index(made, searchable(composer), composer.store):
        stage.put(folder + name, data)


def theme_version(theme: Path, accent: str) -> str:
    """Changes with any static file of the theme, so that browsers fetch it anew."""
    digest = hashlib.sha256(accent.encode())
    for file in sorted((theme / "static").rglob("*")):
        if file.is_file():
            digest.update(file.relative_to(theme).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:8]
