"""`invoke serve`: a build for each save, shown on this machine."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

from bantin import plugin, watching
from bantin.diagnostics import Refused
from bantin.files import home_of
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
    watching.show(output, settings["BIND"], port, watched, partial(_built, settings_file, overrides), read)


def _built(settings_file: Path, overrides: dict[str, Any]) -> watching.Built:
    """One build. What an editor typed raises nothing."""
    start = time.monotonic()
    try:
        run = plugin.build(settings_file, **overrides).made
    except Refused as refused:
        return watching.Built(problems=tuple(refused.diagnostics), seconds=time.monotonic() - start)
    if not run:
        return watching.Built(seconds=time.monotonic() - start)
    return watching.Built(run.report.fresh, run.report.gone, run.prepared.warnings, time.monotonic() - start)
