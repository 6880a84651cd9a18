"""Publishing, step by step: check, build, search for what is internal, follow links, pack, record, switch.

Whatever fails or is killed before the switch leaves the release that is served as it was.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bantin import plugin
from bantin.build import alone
from bantin.diagnostics import Refused, as_text, errors
from bantin.progress import Track, silent
from bantin.publishing import audit, links, record
from bantin.publishing.compress import precompress
from bantin.publishing.record import Change, Record
from bantin.publishing.releases import BUILD, Releases, Unfit, files_of, share

MOST = 50  # findings of a kind that are told
AUDITED = "soat.json"


@dataclass(frozen=True)
class Publishing:
    """What is published: `laptop`, `outgoing`: the two settings files; `home`: the folder of the releases."""

    laptop: Path
    outgoing: Path
    content: Path
    home: Path
    now: datetime
    track: Track = silent


@dataclass(frozen=True)
class Published:
    """What was done. name: of the new release, empty where nothing changed or nothing was to be written."""

    name: str
    change: Change
    record: Record


def publish(asked: Publishing) -> Published:
    """Make a release and serve it. Raises `Refused`, `Unfit`, `Busy`; then nothing has changed for readers."""
    with alone(asked.home / BUILD):
        releases = Releases(asked.home)
        releases.sweep()
        draft = releases.begin(asked.now)
        try:
            made, old, change = _made(asked, releases, draft, releases.output, asked.home / BUILD / AUDITED)
            current = releases.path(releases.current())
            if not change and old and not record.damage(current, old):
                return Published("", change, old)
            copies = precompress(draft, made.files, current, old, asked.track)
            made = replace(made, files={**made.files, **copies})
            made.write(draft)
            return Published(releases.finish(draft), change, made)
        finally:
            releases.sweep()


def rehearse(asked: Publishing) -> Published:
    """Everything that may fail, in a place that goes away; what would change. Raises as `publish`."""
    with tempfile.TemporaryDirectory(prefix="bantin-") as folder:
        made, _, change = _made(asked, Releases(asked.home), Path(folder) / "ban", Path(folder) / "trang")
        return Published("", change, made)


def roll_back(home: Path, name: str = "") -> str:
    """Serve a release again: that one, or the one before the one that is served; gives its name. Raises `Unfit`, `Busy`."""
    with alone(home / BUILD):
        releases = Releases(home)
        releases.sweep()
        current, known = releases.current(), releases.names()
        wanted = name or releases.before(current)
        if wanted not in known:
            said = f"không có bản “{name}”" if name else "không có bản nào trước bản đang hiện"
            raise Unfit(f"{said}; các bản: {', '.join(known) or 'chưa có'}")
        found = record.load(releases.path(wanted))
        damaged = record.damage(releases.path(wanted), found) if found else [record.RECORD]
        if damaged:
            raise Unfit(f"bản {wanted} không còn nguyên: {_some(damaged)}")
        releases.switch(wanted)
        return wanted


def _made(
    asked: Publishing, releases: Releases, draft: Path, output: Path, audited: Path | None = None
) -> tuple[Record, Record | None, Change]:
    """A release in `draft`, built in `output`, that may go out; the record of the one that is served; what changes.

    audited: what earlier audits found clean.
    """
    found = plugin.check(asked.laptop, asked.track, asked.now, PATH=str(asked.content.resolve()))
    if errors(found):  # internal articles, too: what cannot be read cannot be looked for in what goes out
        print(as_text(found), file=sys.stderr)
        raise Refused(found)
    content, site = str(asked.content.resolve()), str(output.resolve())
    built = plugin.build(asked.outgoing, asked.track, now=asked.now, PATH=content, OUTPUT_PATH=site)
    for name in files_of(output):
        share(output / name, draft / name)
    outgoing = plugin.settings_of(asked.outgoing, PATH=content)
    leaks = audit.leaks(asked.content, outgoing, draft, built.report.base, asked.now, asked.track, audited)
    if leaks:
        raise Unfit(f"nội dung không công khai nằm trong những tệp sắp công bố:\n{audit.told(leaks)}")
    faults = links.faults(draft, built.report.base, asked.track)
    if faults:
        raise Unfit(f"có {len(faults)} địa chỉ không tới đâu:\n{_some(faults)}")
    made = record.make(draft, asked.content, asked.now, built.report.base, built.report.counts)
    old = record.load(releases.path(releases.current())) if releases.current() else None
    return made, old, record.change(old.files if old else {}, made.files)


def _some(found: list) -> str:
    """Findings one a line, not more than anybody reads."""
    rest = [f"… và {len(found) - MOST} chỗ nữa"] if len(found) > MOST else []
    return "\n".join([*(str(one) for one in found[:MOST]), *rest])
