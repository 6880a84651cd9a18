"""`invoke serve`: a build for each save, shown on this machine."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bantin import plugin, watching
from bantin.diagnostics import Refused
from bantin.files import home_of
from bantin.glance import on
from bantin.works import Recall
from bantin.world import PACKAGE


def serve(settings_file: Path, content: Path, output: Path, port: int, drafts: bool) -> None:
    """Build on save and show the site, until Ctrl-C. Raises `PortTaken`."""
    overrides: dict[str, Any] = {
        "PATH": str(content.resolve()),
        "OUTPUT_PATH": str(output.resolve()),
        "SITEURL": f"http://localhost:{port}",
        "BANTIN_OFFLINE": False,  # a service worker would stay at localhost for whatever is shown there next
        **({"BANTIN_DRAFTS": True} if drafts else {}),
    }
    read = partial(plugin.settings_of, settings_file.resolve(), **overrides)
    settings = read()
    folders = [settings["PATH"], settings["THEME"], settings.get("BANTIN_CATALOGUES") or settings["PATH"]]
    written = [output, home_of(output), Path(settings["CACHE_PATH"])]
    watched = watching.Watched(
        tuple(Path(folder).resolve() for folder in folders),
        PACKAGE,
        settings_file.resolve(),
        tuple(folder.resolve() for folder in written),
        tuple(settings["IGNORE_FILES"]),
    )
    build = Building(settings_file, overrides)
    watching.show(output, settings["BIND"], port, watched, build.once, read)


class Building:
    """Builds one after the other in one process, each with what the one before it knew."""

    def __init__(self, settings_file: Path, overrides: Mapping[str, Any]) -> None:
        self._settings_file, self._overrides = settings_file, overrides
        self._recall: Recall | None = None

    def once(self, turn: watching.Turn) -> watching.Built:
        """One build. What an editor typed raises nothing. Raises `Overtaken`, but never from the first, which takes long."""
        start = time.monotonic()
        known, self._recall = self._recall, None  # what a build that broke leaves is not trusted
        glance = turn.glance if known else replace(turn.glance, go_on=on)
        wanted = {"recall": known, "hasty": not turn.whole, "glance": glance, **self._overrides}
        try:
            run = plugin.build(self._settings_file, **wanted).made
        except (Refused, watching.Overtaken) as ended:
            self._recall = known
            if not isinstance(ended, Refused):
                raise
            return watching.Built(problems=tuple(ended.diagnostics), seconds=time.monotonic() - start)
        if not run:
            return watching.Built(seconds=time.monotonic() - start)
        self._recall = run.recall
        report, seconds = run.report, time.monotonic() - start
        due = run.brief or bool(run.making.works.due)
        return watching.Built(report.fresh, report.gone, run.prepared.warnings, seconds, due)
