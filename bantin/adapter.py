"""A build inside Pelican's run: everything is read and checked before it, made in a stage under it, and moved into place after it.

Loads what a build needs, so `plugin` comes here only where there is something to do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from pelican import Pelican, console
from pelican.generators import Generator
from pelican.plugins import signals

from bantin import site
from bantin.build import Stage, alone
from bantin.diagnostics import Refused, as_text
from bantin.files import home_of
from bantin.generators import SITE
from bantin.glance import NOBODY, Glance
from bantin.making import Making
from bantin.memory import Damaged
from bantin.outputs.pages import Theme
from bantin.parallel import hurried
from bantin.progress import Track
from bantin.standing import Counts, Report
from bantin.works import Recall


class Run:
    """One build. given: the settings before ours were added; ours: whether nobody but us makes anything.

    recall: what the last build of this process knew, where there was one; it is not looked for on the disk then. hasty: what
    nobody waits for may be left to a build that is not: the search, and with a `recall` also the look at the files that the last
    build left, and the memory on the disk (then this build is `brief`). glance: who waits for it.
    """

    prepared: site.Prepared
    making: Making
    stage: Stage
    counts = Counts()
    report = Report()

    def __init__(
        self,
        pelican: Pelican,
        given: Mapping[str, Any],
        ours: bool,
        now: datetime,
        track: Track,
        recall: Recall | None,
        hasty: bool,
        glance: Glance,
    ) -> None:
        self.pelican, self.given, self.ours, self.now, self.track = pelican, given, ours, now, track
        self.hasty, self.brief = hasty, hasty and recall is not None
        self.recall, self.alone = recall, recall is None  # one build of many is never the last
        self.glance = glance if ours else NOBODY  # nobody knows when plugins have done their part
        self.output = Path(pelican.output_path)

    def build(self) -> None:
        """Read, check and gate; then Pelican's run in a stage. Raises `Refused`; any failure discards the stage."""
        home = home_of(self.output)
        with alone(self.output), hurried():
            try:
                self._build(self.recall or Recall.of(home, not self.given["LOAD_CONTENT_CACHE"]))
            except Damaged as damaged:
                self.brief = False
                self._build(Recall.without(home, str(damaged)))

    def _build(self, recall: Recall) -> None:
        self.recall = recall
        site.note(recall)
        try:
            self.prepared = site.prepare(self.given, self.now, recall, self.track, self.glance)
        except Refused as refused:
            print(as_text(refused.diagnostics), file=sys.stderr)
            recall.forget_new()
            raise
        if self.prepared.warnings:
            print(as_text(self.prepared.warnings), file=sys.stderr)
        self._settle()
        self.stage = Stage(self.output)
        # Generators and writers take the place they write to from here, so all of them write into the stage.
        self.pelican.output_path, self.pelican.delete_outputdir = str(self.stage.root), False
        try:
            self._alone() if self.ours else Pelican.run(self.pelican)
        finally:
            self._back()
            self.stage.discard()

    def _back(self) -> None:
        settings = self.pelican.settings
        self.pelican.output_path, self.pelican.delete_outputdir = str(self.output), settings["DELETE_OUTPUT_DIRECTORY"]

    def _alone(self) -> None:
        """Our part of Pelican's run, with the same environment for templates."""
        start, pelican = time.monotonic(), self.pelican
        place = {"path": pelican.path, "theme": pelican.theme, "output_path": pelican.output_path}
        self.make(Generator(pelican.settings.copy(), pelican.settings, **place).env)
        self.commit()
        signals.finalized.send(pelican)
        console.print(f"Done: Processed {self.counts.articles} articles in {time.monotonic() - start:.2f} seconds.")

    def make(self, environment: Environment) -> None:
        """Everything into the stage. environment: for the theme's templates."""
        self.counts, self.making = site.make(
            self.prepared, self.stage, partial(Theme, environment), self.track, self.ours, self.hasty, self.brief, self.glance
        )

    def _settle(self) -> None:
        """Names that plugins look up in the settings come from the catalogue where nobody set them."""
        publisher, settings = self.prepared.content.catalogue.publisher, self.pelican.settings
        settings[SITE] = self
        # Ours alone: Pelican's would keep what the gate let through once.
        settings["CACHE_CONTENT"] = settings["LOAD_CONTENT_CACHE"] = False
        if settings["SITENAME"] == "A Pelican Blog":
            settings["SITENAME"] = publisher.name
        settings["SITEURL"] = self.prepared.composer.addresses.base

    def commit(self) -> None:
        """Move the stage into place; `finalized` comes after it, so that plugins find the output as it will be."""
        self._back()
        sweep, retain = self.pelican.delete_outputdir, self.pelican.settings["OUTPUT_RETENTION"]
        recall = self.prepared.recall
        keep = (recall.hold if self.brief else recall.keep) if self.given["CACHE_CONTENT"] else None
        self.report = site.commit(self.prepared, self.stage, self.making, self.counts, sweep, retain, keep, self.alone)
