"""The adapter to Pelican: only this module and `generators` import it.

`Bulletin` is `PELICAN_CLASS`: it reads and checks all content before Pelican starts, lets Pelican's own generators and
every plugin's signals run on what the gate let through, in a stage, and moves the stage into place at the end.
Any failure leaves the output as it was and the exit code not 0.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from pelican import Pelican, console
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import read_settings
from pelican.utils import wait_for_changes

from bantin import standing, vietnamese
from bantin.diagnostics import Refused
from bantin.files import home_of
from bantin.glance import NOBODY, Glance
from bantin.progress import Track, silent
from bantin.standing import Report
from bantin.unexpected import told

if TYPE_CHECKING:
    from bantin.adapter import Run
    from bantin.diagnostics import Diagnostic
    from bantin.works import Recall

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
    """Pelican, with a gate before it and a stage under it. `made` is the last build that had something to do."""

    clock: Callable[[], datetime] = staticmethod(vietnamese.now)
    track: Track = staticmethod(silent)
    given: dict[str, Any] | None = None  # the settings, before ours were added
    failed = False
    made: Run | None = None
    hasty = False  # what nobody waits for may be left to a build that is not
    glance = NOBODY  # who waits for the build
    recall: Recall | None = None  # what the last build of this process knew
    report = Report()
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
        """Build, for Pelican's own command: an error that nobody expected becomes `Unexpected`, with a report beside the output."""
        gc.unfreeze()
        with told(home_of(Path(self.output_path))):
            self.build()
        gc.freeze()  # Python looks twice through all that is left when it ends; `--autoreload` goes on

    def build(self) -> None:
        """Build what is not as it has to be. Raises `Refused`; after any failure the output is as it was."""
        if self.failed:  # `--autoreload` would try the same again at once, and for ever
            wait_for_changes("", self.settings)
        self.failed = True
        self.given = self.given or dict(self.settings)
        if self.recall or not self._stands():
            from bantin.adapter import Run  # takes longer to load than to see that everything stands

            waited = self.hasty, self.glance
            self.made = Run(self, self.given, self._ours(), self.clock(), self.track, self.recall, *waited)
            self.made.build()
            self.report = self.made.report
        self.failed = False

    def _stands(self) -> bool:
        """Whether the last build left everything as this one would; then it is told again what that one told."""
        if not (self.given and self.given["LOAD_CONTENT_CACHE"] and self._ours()):
            return False
        said = standing.stands(self.given, Path(self.output_path), self.clock(), bool(self.delete_outputdir))
        if said is None:
            return False
        self.report = Report.again(said)
        if self.report.warnings:
            print(self.report.warnings, file=sys.stderr)
        signals.finalized.send(self)
        console.print(f"Done: Processed {self.report.counts.articles} articles, nothing has changed.")
        return True

    def _ours(self) -> bool:
        """Whether nobody but us makes anything: then Pelican's own articles and pages would be read for nothing."""
        templates = ("DIRECT_TEMPLATES", "TEMPLATE_PAGES", "STATIC_PATHS", "EXTRA_TEMPLATES_PATHS")
        atom = [key for key in self.settings if key.endswith(("_ATOM", "FEED_ATOM")) and self.settings[key]]
        return self.settings["PLUGINS"] == [NAME] and not atom and not any(self.settings.get(key) for key in templates)

    def _get_generator_classes(self) -> list[type[Generator]]:
        from bantin.generators import INSTEAD

        return [INSTEAD.get(found, found) for found in super()._get_generator_classes()]


def settings_of(settings_file: Path, **overrides: Any) -> dict[str, Any]:
    """Pelican's settings of a file, as `pelican -s` reads them."""
    return read_settings(str(settings_file), override=overrides)


def build(
    settings_file: Path,
    track: Track = silent,
    recall: Recall | None = None,
    hasty: bool = False,
    glance: Glance = NOBODY,
    now: datetime | None = None,
    **overrides: Any,
) -> Bulletin:
    """Build a site as `pelican -s settings_file` does, and say what was made. Raises `Refused`.

    recall: what the last build of this process knew, in the place of what lies beside the output; hasty: what nobody waits for
    may be left to a build that is not, see `adapter.Run`; glance: who waits for it; now: aware, where it is not to be taken from the clock.
    """
    settings = settings_of(settings_file, **overrides)
    pelican = settings["PELICAN_CLASS"](settings)
    pelican.track, pelican.recall, pelican.hasty, pelican.glance = track, recall, hasty, glance
    if now:
        pelican.clock = lambda: now
    spoken, console.quiet = console.quiet, True  # Pelican's English summary; the command gives ours
    try:
        pelican.build()
    finally:
        console.quiet = spoken
    return pelican


def check(settings_file: Path, track: Track = silent, now: datetime | None = None, **overrides: Any) -> tuple[Diagnostic, ...]:
    """Everything that a build would refuse or warn about; nothing is written. now: aware, else the clock's."""
    from bantin import site
    from bantin.works import Recall

    settings = settings_of(settings_file, **overrides)
    try:
        with TemporaryDirectory(prefix="bantin-") as nowhere:
            return site.prepare(settings, now or vietnamese.now(), Recall(Path(nowhere)), track).warnings
    except Refused as refused:
        return tuple(refused.diagnostics)
