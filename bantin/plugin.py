"""The adapter to Pelican, and the only module that imports it.

`Bulletin` is `PELICAN_CLASS`: it reads and checks all content before Pelican starts, lets Pelican's own generators and
every plugin's signals run on what the gate let through, in a stage, and moves the stage into place at the end.
Any failure leaves the output as it was and the exit code not 0.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined
from pelican import Pelican, console, main
from pelican.contents import Author, Category, Tag
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.readers import BaseReader
from pelican.settings import read_settings
from pelican.utils import wait_for_changes

from bantin import site
from bantin.article import Article
from bantin.build import Stage, Written
from bantin.diagnostics import Diagnostic, Refused, as_text
from bantin.page import Page
from bantin.progress import Track, silent
from bantin.vietnamese import ZONE

SITE = "BANTIN_SITE"  # in the settings: what is being built
NAME = "bantin.plugin"


def register() -> None:
    """Every hook: refuse to run without our class, and keep tracebacks from editors."""
    signals.initialized.connect(_only_whole)
    logging.getLogger("pelican").addFilter(_quiet)


def _only_whole(pelican: Pelican) -> None:
    """Half of us publishes what must not be published: PELICAN_CLASS and the plugin go together."""
    if not isinstance(pelican, Bulletin):
        raise RuntimeError("pelicanconf.py must set PELICAN_CLASS = bantin.plugin.Bulletin")


def _quiet(record: logging.LogRecord) -> bool:
    """What an editor typed gives a message, not a traceback."""
    if record.exc_info and isinstance(record.exc_info[1], Refused):
        record.exc_info = None
        record.msg, record.args = "%s", (str(sys.exc_info()[1]),)
    return True


class ContentReader(BaseReader):
    """Pelican's reader for Markdown: hands out what was read and admitted; everything else is skipped."""

    enabled = True
    file_extensions = ["md", "markdown", "mkd", "mdown"]

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """HTML and metadata of a file; `status: skip` for what is not published."""
        prepared: site.Prepared = self.settings[SITE].prepared
        path = Path(source_path).resolve().relative_to(prepared.content.root.resolve()).as_posix()
        found = prepared.published.get(path)
        if isinstance(found, Article):
            return site.base_body(prepared, path), _article_metadata(found, self.settings)
        if isinstance(found, Page):
            return site.base_body(prepared, path), _page_metadata(found)
        return "", {"status": "skip", "title": path}


def _article_metadata(article: Article, settings: dict[str, Any]) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "title": article.title,
        "slug": article.slug,
        "date": article.date,
        "category": Category(article.section, settings),
        "tags": [Tag(name, settings) for name in article.tags],
        "authors": [Author(name, settings) for name in article.authors],
        "summary": article.lead,
        "status": str(article.status),
    }
    if article.modified:
        metadata["modified"] = article.modified
    if article.picture:
        metadata["image"] = article.picture.file
    return {key: value for key, value in metadata.items() if value}


def _page_metadata(page: Page) -> dict[str, Any]:
    return {"title": page.title, "slug": page.slug, "summary": page.lead, "status": str(page.status)}


class Articles(ArticlesGenerator):
    """Pelican's articles, for the plugins that read or change them; our pages and feeds in the place of its own."""

    settings: dict[str, Any]

    def generate_feeds(self, writer: Any) -> None:
        """Atom feeds that the settings ask for are Pelican's; RSS is ours."""
        rss = {key: None for key in self.settings if key.endswith("FEED_RSS") or key == "FEED_ALL_RSS"}
        whole, self.settings = self.settings, {**self.settings, **rss}
        try:
            super().generate_feeds(writer)
        finally:
            self.settings = whole

    def generate_pages(self, writer: Any) -> None:
        """Our pages and feeds, then templates of the user's own (`DIRECT_TEMPLATES`)."""
        build: Bulletin = self.settings[SITE]
        prepared = build.prepared
        self._take_changes(prepared)
        for article in (*self.articles, *self.hidden_articles):
            signals.article_generator_write_article.send(self, content=article)
        # Ours are strict: what a template asks for is declared, and what it prints is escaped.
        strict = self.env.overlay(autoescape=True, undefined=StrictUndefined)
        build.counts = site.make(prepared, build.stage, strict, build.track)
        for name, channel in prepared.feeds:
            signals.feed_generated.send(self.context, feed=channel)
            signals.feed_written.send(str(build.stage.root / name), context=self.context, feed=channel)
        for name in build.stage.names() if signals.content_written.receivers else ():
            if name.endswith(".html"):
                signals.content_written.send(str(build.stage.root / name), context=self.context)
        self.generate_direct_templates(
            lambda *args, **kw: writer.write_file(*args, relative_urls=self.settings["RELATIVE_URLS"], **kw)
        )

    def _take_changes(self, prepared: site.Prepared) -> None:
        """What plugins made of an article's text is what is published."""
        for content in (*self.articles, *self.hidden_articles, *self.drafts):
            path = content.get_relative_source_path()
            if content._content != site.base_body(prepared, path):
                site.override(prepared, path, content._content)


class Pages(PagesGenerator):
    """Pelican's pages, for plugins; we write them."""

    def generate_output(self, writer: Any) -> None:
        """Only the signals."""
        signals.page_writer_finalized.send(self, writer=writer)


class Static(StaticGenerator):
    """Static files of theme and settings, then ours; last of all generators, so it moves the stage into place."""

    def generate_output(self, writer: Any) -> None:
        """Copy, index, commit."""
        super().generate_output(writer)
        build: Bulletin = self.settings[SITE]
        shutil.rmtree(build.stage.root / self.settings["THEME_STATIC_DIR"] / "css" / "parts", ignore_errors=True)
        site.make_files(build.prepared, build.stage)
        site.make_search(build.prepared, build.stage)
        build.commit()


class Bulletin(Pelican):
    """Pelican, with a gate before it and a stage under it."""

    clock: Callable[[], datetime] = staticmethod(lambda: datetime.now(ZONE))
    track: Track = staticmethod(silent)
    counts = site.Counts()
    written = Written(0, 0, 0)
    failed = False
    prepared: site.Prepared
    stage: Stage
    settings: dict[str, Any]
    output_path: str

    def init_plugins(self) -> None:
        """Pelican's own goes on when a plugin fails. Without ours, or with half of the others, nothing may go out."""
        self.plugins = []
        wanted = list(self.settings.get("PLUGINS") or [])
        if NAME not in [p if isinstance(p, str) else get_plugin_name(p) for p in wanted]:
            raise RuntimeError(f"PLUGINS must name {NAME!r}")
        loaded = load_plugins(self.settings)
        if len(loaded) < len(wanted):
            raise RuntimeError(f"a plugin of {wanted} could not be loaded")
        for plugin in loaded:
            plugin.register()
            self.plugins.append(plugin)
        self.settings["PLUGINS"] = [get_plugin_name(p) for p in self.plugins]

    def run(self) -> None:
        """Read, check and gate; then Pelican's run in a stage. Raises `Refused`; any failure discards the stage."""
        if self.failed:  # `--autoreload` would try the same again at once, and for ever
            wait_for_changes("", self.settings)
        self.failed = True
        try:
            self.prepared = site.prepare(self.settings, self.clock(), self.track)
        except Refused as refused:
            print(as_text(refused.diagnostics), file=sys.stderr)
            raise
        if self.prepared.warnings:
            print(as_text(self.prepared.warnings), file=sys.stderr)
        self._settle()
        output = self.output_path
        self.stage = Stage(Path(output))
        # Generators and writers take the place they write to from here, so all of them write into the stage.
        self.output_path, self.delete_outputdir = str(self.stage.root), False
        try:
            super().run()
            self.failed = False
        finally:
            self.output_path, self.delete_outputdir = output, self.settings["DELETE_OUTPUT_DIRECTORY"]
            self.stage.discard()

    def _settle(self) -> None:
        """Names that plugins look up in the settings come from the catalogue where nobody set them."""
        publisher = self.prepared.content.catalogue.publisher
        self.settings[SITE] = self
        if self.settings["SITENAME"] == "A Pelican Blog":
            self.settings["SITENAME"] = publisher.name
        self.settings["SITEURL"] = self.prepared.composer.addresses.base

    def commit(self) -> None:
        """Move the stage into place; `finalized` comes after it, so that plugins find the output as it will be."""
        whole = self.settings["DELETE_OUTPUT_DIRECTORY"]
        self.output_path = self.settings["OUTPUT_PATH"]
        self.written = self.stage.commit(sweep=whole, retain=self.settings["OUTPUT_RETENTION"])

    def _get_generator_classes(self) -> list[type[Generator]]:
        ours = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Static}
        return [ours.get(found, found) for found in super()._get_generator_classes()]


def settings_of(settings_file: Path, **overrides: Any) -> dict[str, Any]:
    """Pelican's settings of a file, as `pelican -s` reads them."""
    return read_settings(str(settings_file), override=overrides)


def build(settings_file: Path, track: Track = silent, **overrides: Any) -> Bulletin:
    """Build a site as `pelican -s settings_file` does, and say what was made. Raises `Refused`."""
    settings = settings_of(settings_file, **overrides)
    pelican = settings["PELICAN_CLASS"](settings)
    pelican.track = track
    spoken, console.quiet = console.quiet, True  # Pelican's English summary; the command gives ours
    try:
        pelican.run()
    finally:
        console.quiet = spoken
    return pelican


def check(settings_file: Path, track: Track = silent, **overrides: Any) -> tuple[Diagnostic, ...]:
    """Everything that a build would refuse or warn about; nothing is written."""
    settings = settings_of(settings_file, **overrides)
    try:
        return site.prepare(settings, datetime.now(ZONE), track).warnings
    except Refused as refused:
        return tuple(refused.diagnostics)


def serve(settings_file: Path, content: Path, output: Path, port: int, drafts: bool) -> None:
    """`pelican --autoreload --listen`: build again when a file changes, and show the site on this machine."""
    extra = (
        ["-e", "BANTIN_DRAFTS=true", f'SITEURL="http://localhost:{port}"']
        if drafts
        else ["-e", f'SITEURL="http://localhost:{port}"']
    )
    main([str(content), "-s", str(settings_file), "-o", str(output), "-l", "-r", "-p", str(port), *extra])
