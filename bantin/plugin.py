"""The adapter to Pelican: only this module and `generators` import it.

`Bulletin` is `PELICAN_CLASS`: it reads and checks all content before Pelican starts, lets Pelican's own generators and
every plugin's signals run on what the gate let through, in a stage, and moves the stage into place at the end.
Any failure leaves the output as it was and the exit code not 0.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, StrictUndefined
from pelican import Pelican, console
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import read_settings
from pelican.utils import wait_for_changes

from bantin import site, watching
from bantin.build import Stage, Written, alone
from bantin.diagnostics import Diagnostic, Refused, as_text
from bantin.generators import SITE, Articles, Pages, Static
from bantin.making import Making
from bantin.memory import Damaged
from bantin.outputs.pages import Theme
from bantin.progress import Track, silent
from bantin.vietnamese import ZONE
from bantin.works import Recall
from bantin.world import PACKAGE

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


class Bulletin(Pelican):
    """Pelican, with a gate before it and a stage under it."""

    clock: Callable[[], datetime] = staticmethod(lambda: datetime.now(ZONE))
    track: Track = staticmethod(silent)
    counts = site.Counts()
    written = Written(0)
    given: dict[str, Any] | None = None  # the settings, before ours were added
    failed = False
    prepared: site.Prepared
    making: Making
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
        self.given = self.given or dict(self.settings)
        output = Path(self.output_path)
        home = Stage.home_of(output)
        with alone(output):
            try:
                self._run(Recall.of(home, not self.given["LOAD_CONTENT_CACHE"]))
            except Damaged as damaged:
                self._run(Recall.without(home, str(damaged)))
        self.failed = False

    def _run(self, recall: Recall) -> None:
        self.recall = recall
        site.note(self.recall)
        try:
            self.prepared = site.prepare(self.given or self.settings, self.clock(), self.recall, self.track)
        except Refused as refused:
            print(as_text(refused.diagnostics), file=sys.stderr)
            self.recall.forget_new()
            raise
        if self.prepared.warnings:
            print(as_text(self.prepared.warnings), file=sys.stderr)
        self._settle()
        output = self.output_path
        self.stage = Stage(Path(output))
        # Generators and writers take the place they write to from here, so all of them write into the stage.
        self.output_path, self.delete_outputdir = str(self.stage.root), False
        try:
            self._alone() if self._ours() else super().run()
        finally:
            self.output_path, self.delete_outputdir = output, self.settings["DELETE_OUTPUT_DIRECTORY"]
            self.stage.discard()

    def _ours(self) -> bool:
        """Whether nobody but us makes anything: then Pelican's own articles and pages would be read for nothing."""
        templates = ("DIRECT_TEMPLATES", "TEMPLATE_PAGES", "STATIC_PATHS", "EXTRA_TEMPLATES_PATHS")
        atom = [key for key in self.settings if key.endswith(("_ATOM", "FEED_ATOM")) and self.settings[key]]
        return self.settings["PLUGINS"] == [NAME] and not atom and not any(self.settings.get(key) for key in templates)

    def _alone(self) -> None:
        """Our part of Pelican's run, with the same environment for templates."""
        start = time.monotonic()
        place = {"path": self.path, "theme": self.theme, "output_path": self.output_path}
        self.make(Generator(self.settings.copy(), self.settings, **place).env)
        self.commit()
        signals.finalized.send(self)
        console.print(f"Done: Processed {self.counts.articles} articles in {time.monotonic() - start:.2f} seconds.")

    def make(self, environment: Environment) -> None:
        """Everything into the stage. Ours is strict: what a template asks for is declared, and what it prints is escaped."""
        strict = environment.overlay(autoescape=True, undefined=StrictUndefined)
        self.counts, self.making = site.make(self.prepared, self.stage, Theme(strict), self.track, self._ours())

    def _settle(self) -> None:
        """Names that plugins look up in the settings come from the catalogue where nobody set them."""
        publisher = self.prepared.content.catalogue.publisher
        self.settings[SITE] = self
        # Ours alone: Pelican's would keep what the gate let through once.
        self.settings["CACHE_CONTENT"] = self.settings["LOAD_CONTENT_CACHE"] = False
        if self.settings["SITENAME"] == "A Pelican Blog":
            self.settings["SITENAME"] = publisher.name
        self.settings["SITEURL"] = self.prepared.composer.addresses.base

    def commit(self) -> None:
        """Move the stage into place; `finalized` comes after it, so that plugins find the output as it will be."""
        whole = self.settings["DELETE_OUTPUT_DIRECTORY"]
        self.output_path = self.settings["OUTPUT_PATH"]
        self.written = site.commit(
            self.prepared,
            self.stage,
            self.making,
            whole,
            self.settings["OUTPUT_RETENTION"],
            bool(self.prepared.settings["CACHE_CONTENT"]),
        )

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
        with TemporaryDirectory(prefix="bantin-") as nowhere:
            return site.prepare(settings, datetime.now(ZONE), Recall(Path(nowhere)), track).warnings
    except Refused as refused:
        return tuple(refused.diagnostics)


def serve(settings_file: Path, content: Path, output: Path, port: int, drafts: bool) -> None:
    """Watch mode: build on save and show the site on this machine, until Ctrl-C. Raises `PortTaken`."""
    overrides: dict[str, Any] = {
        "PATH": str(content.resolve()),
        "OUTPUT_PATH": str(output.resolve()),
        "SITEURL": f"http://localhost:{port}",
    }
    overrides["BANTIN_OFFLINE"] = False  # a service worker would stay at localhost for whatever is shown there next
    if drafts:
        overrides["BANTIN_DRAFTS"] = True
    read = partial(settings_of, settings_file.resolve(), **overrides)
    settings = read()
    folders = [settings["PATH"], settings["THEME"], settings.get("BANTIN_CATALOGUES") or settings["PATH"]]
    written = [output, Stage.home_of(output), Path(settings["CACHE_PATH"])]
    watched = watching.Watched(
        tuple(Path(folder).resolve() for folder in folders),
        PACKAGE,
        settings_file.resolve(),
        tuple(folder.resolve() for folder in written),
        tuple(settings["IGNORE_FILES"]),
    )
    watching.show(output, settings["BIND"], port, watched, partial(_built, settings_file, overrides), read)


def _built(settings_file: Path, overrides: dict[str, Any]) -> watching.Built:
    """One build of watch mode. What an editor typed raises nothing."""
    start = time.monotonic()
    try:
        made = build(settings_file, **overrides)
    except Refused as refused:
        return watching.Built(problems=tuple(refused.diagnostics), seconds=time.monotonic() - start)
    done = made.written
    return watching.Built(done.fresh, done.gone, made.prepared.warnings, time.monotonic() - start)
