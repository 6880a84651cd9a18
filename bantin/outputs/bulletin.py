"""The printed issue: a month's content becomes screen.pdf, print.pdf, booklet.pdf and proof.json, together or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bantin.addresses import Addresses
from bantin.audience import admit_printed
from bantin.body import Parser
from bantin.build import put_if_new
from bantin.checks import check_content, check_file
from bantin.content import Content, content_of
from bantin.diagnostics import Diagnostic, Refused, errors
from bantin.outputs import proof
from bantin.outputs.imposition import count, for_press, imposed
from bantin.outputs.imprint import check_issue
from bantin.outputs.issue_data import issue_data
from bantin.outputs.setter import Issuing, Setter, print_links
from bantin.outputs.typesetting import Job, TypstError, lay, refused, set_type
from bantin.printed import PrintedIssue, printed_issue, printed_months
from bantin.unexpected import during

SCREEN, PRESS = Job("bulletin.typ"), Job("bulletin.typ", "print", archive=False)
SHEET, SHEET_FILE = Job("sheet.typ"), "sheet.pdf"
DISTRIBUTION, DISTRIBUTION_FILE = Job("distribution.typ"), "distribution.pdf"


class NothingToPrint(Exception):
    """The month has no article; the message is Vietnamese."""

    exitcode = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """An issue: its folder, whether it was set now (else it stood), its pages, and what is worth a look."""

    month: str
    folder: Path
    fresh: bool
    notes: tuple[Diagnostic, ...] = ()

    @property
    def path(self) -> Path:
        """The file to look at."""
        return self.folder / "screen.pdf"


def prepare(settings: Mapping[str, Any], checked: Content | None = None) -> Issuing:
    """Read and check everything, internal articles too, unless the site's build has just done so. Raises `Refused`."""
    content = checked or content_of(settings, internal=True)
    addresses = Addresses({**settings, "SITEURL": ""}, content.catalogue.publisher.website)
    cache = Path(settings.get("CACHE_PATH", ".cache"))
    issuing = Issuing(content, addresses, Parser(settings.get("MARKDOWN", {})), Path(settings["THEME"]), cache, [])
    if not checked:
        issuing.warnings = _checked(issuing)
    return issuing


def _checked(issuing: Issuing) -> list[Diagnostic]:
    content, links = issuing.content, print_links(issuing)
    problems = [*content.problems, *check_content(content, issuing.addresses)]
    for path in sorted(content.sources):
        with during(f"đọc {path}"):
            problems += [item for item in check_file(content, issuing.parser, links, path) if isinstance(item, Diagnostic)]
    if errors(problems):
        raise Refused(problems)
    return problems


def months(issuing: Issuing) -> tuple[str, ...]:
    """Months that have something to print, newest first."""
    return printed_months(admit_printed(issuing.content.articles))


def issue_of_month(issuing: Issuing, month: str) -> PrintedIssue:
    """The issue of a month, the newest where empty. Raises `NothingToPrint`."""
    known = months(issuing)
    month = month or (known[0] if known else "")
    if month not in known:
        raise NothingToPrint(f"tháng {month or '?'} không có bài để in; các tháng có bài: {', '.join(known) or 'chưa có'}")
    return printed_issue(issuing.content, admit_printed(issuing.content.articles), month)


def make(issuing: Issuing, month: str, output: Path) -> Printed:
    """Set the issue of a month into `output/MONTH/`, unless exactly this issue stands there. Raises `NothingToPrint`, `Refused`."""
    issue = issue_of_month(issuing, month)
    found = check_issue(issue, issuing.content)
    if errors(found):
        raise Refused([*issuing.warnings, *found])
    folder = output / issue.issue.month
    with tempfile.TemporaryDirectory(prefix="bantin-") as place:
        work = Path(place)
        setter = Setter(issuing, work)
        data = issue_data(issuing, issue, setter)
        key = proof.fingerprint(data, work, issuing.theme / "print")
        notes = tuple([*issuing.warnings, *found, *setter.remarks])
        if proof.stands(folder, key):
            return Printed(issue.issue.month, folder, False, notes)
        lay(issuing.theme / "print", work, data)
        files, pages = _files(issuing, issue, work, bool(data["distribution"]))
    for name, made in files.items():
        put_if_new(folder / name, made)
    if DISTRIBUTION_FILE not in files:
        (folder / DISTRIBUTION_FILE).unlink(missing_ok=True)
    # Last: a run that was cut off before leaves a record that does not fit, and the next one sets again.
    put_if_new(folder / proof.NAME, proof.proof(issuing.content, issue, setter, files, pages, key))
    return Printed(issue.issue.month, folder, True, notes)


def make_sheet(issuing: Issuing, month: str, output: Path, column: str = "") -> Printed:
    """Set the meeting sheet of one column (the catalogue's, where empty) into `output/MONTH/sheet.pdf`. Raises as `make`."""
    issue = issue_of_month(issuing, month)
    named = [name for name, _ in issue.columns]
    meant = [column] if column else [c.name for c in issuing.content.catalogue.columns if c.meeting]
    found = next((name for name in meant if name in named), "")
    if not found:
        wanted = " hoặc ".join(f"“{name}”" for name in meant) or "cột mục có meeting = true"
        raise NothingToPrint(f"số tháng {issue.issue.month} không có bài ở {wanted}; ghi --column một trong: {'; '.join(named)}")
    folder = output / issue.issue.month
    with tempfile.TemporaryDirectory(prefix="bantin-") as place:
        setter = Setter(issuing, Path(place))
        lay(issuing.theme / "print", Path(place), {**issue_data(issuing, issue, setter), "sheet": found})
        (sheet,) = _set(issuing, issue, Path(place), [SHEET])
    fresh = put_if_new(folder / SHEET_FILE, sheet)
    return Printed(issue.issue.month, folder, fresh, tuple(issuing.warnings))


def _set(issuing: Issuing, issue: PrintedIssue, work: Path, jobs: list[Job]) -> list[bytes]:
    try:
        with during(f"dàn số tháng {issue.issue.month}"):
            return set_type(issuing.theme / "print", work, issue.issue.month, jobs)
    except TypstError as error:
        paths = (issue.issue.path, *(a.path for a in issue.articles), *(d.path for d in issuing.content.registry.documents))
        raise refused(error, issuing.content, paths, issuing.theme / "print", work) from None


def _files(issuing: Issuing, issue: PrintedIssue, work: Path, distributed: bool) -> tuple[dict[str, bytes], tuple[int, int]]:
    """The PDF files by name, and (pages, blank pages) of the issue."""
    screen, press, *rest = _set(issuing, issue, work, [SCREEN, PRESS, *([DISTRIBUTION] if distributed else [])])
    thickness = issuing.content.catalogue.publisher.paper
    files = {"screen.pdf": screen, "print.pdf": for_press(press), "booklet.pdf": imposed(screen, thickness)}
    return files | ({DISTRIBUTION_FILE: rest[0]} if rest else {}), count(screen)
