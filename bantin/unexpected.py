"""What nobody expected: a word in Vietnamese on what was being read or made, a report for whoever mends it, exit code 70.

The report holds the traceback, the versions and the command; nothing of what files say.
"""

from __future__ import annotations

import platform
import shlex
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import distributions
from pathlib import Path

from bantin.vietnamese import ZONE

EXIT = 70  # EX_SOFTWARE
REPORT = "loi-{0:%Y%m%d-%H%M%S}.txt"
_DOING = "lúc "


class Unexpected(Exception):
    """An error of ours; the message is Vietnamese and names the report."""

    exitcode = EXIT


@contextmanager
def during(what: str) -> Iterator[None]:
    """An error in here says that it happened during `what` (“đọc content/bai-viet/a.md”); the innermost says it first."""
    try:
        yield
    except Exception as error:
        if not is_ours(error):
            error.add_note(f"{_DOING}{what}")
        raise


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turns an error that nobody expected into `Unexpected`, with a report in `folder`; all others pass."""
    try:
        yield
    except Exception as error:
        if is_ours(error):
            raise
        raise Unexpected(_said(error, folder)) from error


def is_ours(error: BaseException) -> bool:
    """Whether an error was foreseen: it knows its exit code and says in Vietnamese what is to be done."""
    return hasattr(error, "exitcode")


def _said(error: Exception, folder: Path) -> str:
    doing = next((note.removeprefix(_DOING) for note in getattr(error, "__notes__", ()) if note.startswith(_DOING)), "")
    where = f" khi {doing}" if doing else ""
    name = f"{type(error).__name__}: {error}"[:300]
    for place in (folder, Path.cwd()):
        try:
            place.mkdir(parents=True, exist_ok=True)
            report = place / REPORT.format(datetime.now(ZONE))
            report.write_text(_report(error, doing), encoding="utf-8", errors="backslashreplace")
            return f"lỗi ngoài dự kiến{where} ({name}); hãy gửi tệp {report} cho người bảo trì phần mềm"
        except OSError:
            continue
    return f"lỗi ngoài dự kiến{where} ({name}); không ghi được tệp báo cáo"


def _report(error: Exception, doing: str) -> str:
    """Without the message of the error, which may quote what a file says, and without lines of other files than programs."""
    versions = sorted(f"{d.metadata['Name']} {d.version}" for d in distributions())
    steps = list(_steps(error))
    command = shlex.join(sys.argv)
    return "\n".join(
        [
            f"Bản tin: lỗi ngoài dự kiến, {datetime.now(ZONE):%Y-%m-%d %H:%M:%S}",
            f"Lệnh: {command}",
            f"Đang: {doing or 'không rõ'}",
            "",
            *steps,
            "",
            f"Python {platform.python_version()}, {platform.platform()}",
            *versions,
            "",
        ]
    )


def _steps(error: BaseException) -> Iterator[str]:
    """The frames of an error and of those that led to it, outermost first."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _steps(before)
        yield "rồi:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    # A worker's own frames come as a note; what it says is cut to them.
    for note in getattr(error, "__notes__", ()):
        yield from (line for line in note.split("\n") if line.startswith("  File "))
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}"
