"""What each command does; tasks.py only gives it a name. Every function prints Vietnamese and returns an exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from bantin import environment
from bantin.diagnostics import Refused, as_json, as_text, errors, summary
from bantin.files import home_of
from bantin.progress import bar
from bantin.unexpected import EXIT, told

if TYPE_CHECKING:
    from bantin.diagnostics import Diagnostic
    from bantin.outputs.setter import Issuing
    from bantin.plugin import Bulletin

P = ParamSpec("P")
INTERRUPTED = 130  # as shells say it of Ctrl-C
SETTINGS, PUBLISH = "pelicanconf.py", "publishconf.py"
MADE = ("output", "output-internal", "output-xem-thu", "public", ".cache")  # releases are no leftovers: they stay


def speaks(command: Callable[P, int]) -> Callable[P, int]:
    """Whatever goes wrong is said in Vietnamese, never in a traceback: exit code 1 for what an editor typed, 70 for an error of ours."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            with told(home_of(Path("output"))):
                return command(*args, **kwargs)
        except Refused as refused:
            print(summary(refused.diagnostics), file=sys.stderr)
            return refused.exitcode
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as said:
            print(f"lỗi: {said}", file=sys.stderr)
            return int(getattr(said, "exitcode", EXIT))

    return run


@speaks
def build(root: Path, content: Path, output: Path, internal: Path) -> int:
    """Site, feeds and the newest issue; then what was made, in how long, and where to look."""
    from bantin import plugin

    start = time.monotonic()
    with bar() as track:
        made = plugin.build(root / SETTINGS, track, PATH=str(content.resolve()), OUTPUT_PATH=str(output.resolve()))
    internal_read = made.settings.get("BANTIN_READ_INTERNAL", True)  # print needs internal articles
    issue = _newest(made, internal) if internal_read else None
    report, counts, seconds = made.report, made.report.counts, f"{time.monotonic() - start:.1f}".replace(".", ",")
    print(f"{counts.pages} trang ({counts.articles} bài, {counts.documents} văn bản, {counts.issues} số bản tin), {counts.feeds} nguồn tin, "
          f"{1 if issue else 0} bản in; ghi {len(report.fresh)}, xóa {len(report.gone)} trong {report.total} tệp; {seconds} giây.")  # fmt: skip
    print(f"Xem trang: {output / 'index.html'} (invoke serve rồi mở http://localhost:8000)")
    if issue:
        print(f"Xem bản in: {issue}")
    return 0


@speaks
def bulletin(
    root: Path, content: Path, output: Path, month: str, every: bool, sheet: bool = False, speech: bool = False, column: str = ""
) -> int:
    """The issue of a month, of every month, or the newest; or its meeting sheet, or its script for the loudspeaker."""
    from bantin.outputs import bulletin as printing
    from bantin.plugin import settings_of
    from bantin.speech.script import months as months_to_read

    notes: list[Diagnostic] = []
    try:
        issuing = printing.prepare(settings_of(root / SETTINGS, PATH=str(content.resolve())))
        with bar() as track:
            wanted = list(months_to_read(issuing) if speech else printing.months(issuing)) if every else [month]
            for one in track(wanted, "Dàn bản in", len(wanted)):
                if speech:
                    notes += _speech(issuing, one, output)
                    continue
                made = printing.make_sheet(issuing, one, output, column) if sheet else printing.make(issuing, one, output)
                print(
                    f"{'Đã dàn' if made.fresh else 'Không đổi'}: {made.folder / (printing.SHEET_FILE if sheet else 'screen.pdf')}"
                )
                notes += made.notes
    except Refused as refused:
        print(as_text(refused.diagnostics), file=sys.stderr)
        raise
    if notes:
        print(as_text(notes), file=sys.stderr)
    return 0


def _speech(issuing: Issuing, month: str, output: Path) -> list[Diagnostic]:
    """Write the script for the loudspeaker (the newest where no month is named); what nobody explained is for the editor."""
    from bantin.build import put_if_new
    from bantin.speech.script import months, script

    month = month or next(iter(months(issuing)), "")
    made = script(issuing, month)
    path = output / month / "speech.txt"
    fresh = put_if_new(path, made.text.encode("utf-8"))
    print(f"{'Đã viết' if fresh else 'Không đổi'}: {path} (khoảng {made.minutes:.0f} phút)")
    return list(made.unknown)


@speaks
def preflight(root: Path, content: Path, output: Path, month: str) -> int:
    """Every check on the files of an issue as they were written; exit code 1 where one fails."""
    from bantin import preflight as checks
    from bantin.outputs import bulletin as printing
    from bantin.plugin import settings_of

    issuing = printing.prepare(settings_of(root / SETTINGS, PATH=str(content.resolve())))
    month = printing.issue_of_month(issuing, month).issue.month
    found = checks.run(output / month, issuing, month)
    print(checks.table(found))
    return 1 if any(finding.problems for finding in found) else 0


def _newest(made: Bulletin, output: Path) -> str:
    """The file of the newest issue, set now or standing, after a build of the site; empty where there is none, or a note was due."""
    from bantin import standing

    now, settings = made.clock(), made.given or {}
    said = standing.stands(settings, output, now)
    if said is None:
        standing.forget(home_of(output))
        said = _set_newest(made, settings, output, now)
    if said["notes"]:
        print(said["notes"], file=sys.stderr)
    return str(said["path"])


def _set_newest(made: Bulletin, settings: dict[str, Any], output: Path, now: datetime) -> dict[str, str]:
    from bantin import standing
    from bantin.outputs import bulletin as printing
    from bantin.site import everything_read

    prepared = made.made.prepared if made.made else None
    around = prepared.around if prepared else standing.around(settings)
    issuing = printing.prepare(settings, prepared.content if prepared else None)
    if not printing.months(issuing):
        return {"path": "", "notes": ""}
    try:
        found = printing.make(issuing, "", output)
    except Refused as refused:
        return {"path": "", "notes": f"Chưa dàn được bản in mới nhất:\n{as_text(errors(refused.diagnostics))}"}
    said = {"path": str(found.path), "notes": as_text(found.notes)}
    files = standing.below(output, found.folder)
    standing.keep(settings, output, (now, standing.FOREVER), everything_read(issuing.content, around), files, said)
    return said


@speaks
def check(root: Path, content: Path, as_data: bool) -> int:
    """All diagnostics, as text or JSON."""
    from bantin import plugin

    with bar() as track:
        found = plugin.check(root / SETTINGS, track, PATH=str(content.resolve()))
    print(as_json(found) if as_data else "\n".join(filter(None, [as_text(found), _verdict(found)])))
    return 1 if errors(found) else 0


def _verdict(found: tuple) -> str:
    return f"{len(errors(found))} lỗi, {len(found) - len(errors(found))} cảnh báo."


@speaks
def new(content: Path, kind: str, title: str) -> int:
    """A new file with its header filled in; an existing one is never touched."""
    from bantin.skeletons import BadRequest, create

    try:
        path = create(content, kind, title)
    except BadRequest as bad:
        print(f"lỗi: {bad}", file=sys.stderr)
        return 1
    print(f"Đã tạo {path}")
    return 0


@speaks
def serve(root: Path, content: Path, port: int, drafts: bool) -> int:
    """Watch mode, until Ctrl-C; drafts go to a folder of their own."""
    from bantin import preview

    output = "output-xem-thu" if drafts else "output"
    preview.serve(root / SETTINGS, content, root / output, port, drafts)
    return 0


@speaks
def test(root: Path, only: str) -> int:
    """Every test, on every core."""
    try:
        environment.ensure("tests/requirements.txt")
        environment.ensure("bench/requirements.txt")  # what the comparison of builds makes is tested too
        environment.ensure_test_tools()
    except environment.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    workers = str(os.cpu_count() or 1)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        workers,
        "--dist",
        "loadfile",
        "--no-loadscope-reorder",  # conftest.py puts the longest first
        *(["-k", only] if only else []),
        "tests",
    ]
    return subprocess.run(command, cwd=root, check=False).returncode


@speaks
def bench(root: Path, what: str, options: dict[str, str]) -> int:
    """Run a benchmark of bench/ with those options that are not empty."""
    known = sorted(p.stem for p in (root / "bench").glob("*.py") if "def main(" in p.read_text(encoding="utf-8"))
    if what not in known:
        print(f"lỗi: không có phép đo “{what}”; các phép đo: {', '.join(known)}", file=sys.stderr)
        return 1
    if what == "site":
        try:
            environment.ensure("bench/requirements.txt")
        except environment.Missing as missing:
            print(missing, file=sys.stderr)
            return 1
    given = [word for name, value in options.items() if value for word in (name, value)]
    return subprocess.run([sys.executable, str(root / "bench" / f"{what}.py"), *given], cwd=root, check=False).returncode


@speaks
def publish(root: Path, content: Path, to: Path, rehearsal: bool) -> int:
    """A new release, searched and checked, and served; or what it would change."""
    from bantin.publishing import publish as publishing
    from bantin.publishing import told
    from bantin.publishing.releases import Unfit
    from bantin.vietnamese import now

    with bar() as track:
        asked = publishing.Publishing(root / SETTINGS, root / PUBLISH, content, to, now(), track)
        try:
            done = publishing.rehearse(asked) if rehearsal else publishing.publish(asked)
        except Unfit as unfit:
            print(f"lỗi: {unfit}\nBản đang hiện giữ nguyên.", file=sys.stderr)
            return unfit.exitcode
    print(told.rehearsed(done) if rehearsal else told.published(done, to))
    return 0


@speaks
def rollback(to: Path, release: str, listed: bool) -> int:
    """Serve an earlier release again, the one before or a named one; or say which there are."""
    from bantin.publishing import publish as publishing
    from bantin.publishing import told
    from bantin.publishing.releases import Releases

    print(told.listed(Releases(to)) if listed else f"Đang hiện: bản {publishing.roll_back(to, release)}")
    return 0


@speaks
def clean(root: Path) -> int:
    """Remove what was made, and nothing else."""
    for name in MADE:
        for path in (root / name, root / f".{name}.bantin"):
            shutil.rmtree(path, ignore_errors=True)
    return 0
