"""What Pelican's generators see of a site: articles and pages that the gate let through, for plugins that read or change them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment
from pelican.contents import Author, Category, Tag
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.readers import BaseReader

from bantin import site
from bantin.article import Article
from bantin.build import Stage
from bantin.making import Making
from bantin.page import Page

SITE = "BANTIN_SITE"  # in the settings: what is being built


class Building(Protocol):
    """What the adapter's `Run` is to them."""

    prepared: site.Prepared
    making: Making
    stage: Stage

    def make(self, environment: Environment) -> None:
        """Everything into the stage."""

    def commit(self) -> None:
        """Move the stage into place."""


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
    if article.changed:
        metadata["modified"] = article.changed
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
        build: Building = self.settings[SITE]
        prepared = build.prepared
        self._take_changes(prepared)
        for article in (*self.articles, *self.hidden_articles):
            signals.article_generator_write_article.send(self, content=article)
        build.make(self.env)
        if signals.feed_generated.receivers or signals.feed_written.receivers:
            for name, channel in build.making.channels():
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
        """Copy, commit. The theme's own files are ours."""
        build: Building = self.settings[SITE]
        paths, self.settings["THEME_STATIC_PATHS"] = self.settings["THEME_STATIC_PATHS"], []
        try:
            super().generate_output(writer)
        finally:
            self.settings["THEME_STATIC_PATHS"] = paths
        build.commit()


INSTEAD: dict[type[Generator], type[Generator]] = {ArticlesGenerator: Articles, PagesGenerator: Pages, StaticGenerator: Static}
