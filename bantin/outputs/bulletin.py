"""The printed issue by Typst: an issue becomes data (issue.json, pictures), the template in theme/print/ gives it form."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from bantin.addresses import Addresses
from bantin.audience import admit_printed
from bantin.body import Parser
from bantin.build import put_if_new
from bantin.checks import check_body, check_content
from bantin.content import Content, content_of
from bantin.diagnostics import Diagnostic, Refused, Severity, errors
from bantin.edition import PrintedIssue, printed_issue, printed_months
from bantin.outputs.issue_data import Issuing, issue_data, print_links
from bantin.vietnamese import ZONE

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
SHEET = 4  # pages on a folded sheet: a booklet has whole sheets


class NothingToPrint(Exception):
    """The month has no article; the message is Vietnamese."""

    exitcode = 1


@dataclass(frozen=True, slots=True)
class Printed:
    """An issue that was set: where it is, and its month."""

    month: str
    path: Path


def prepare(settings: Mapping[str, Any], checked: Content | None = None) -> Issuing:
    """Read and check everything, internal articles too, unless the site's build has just done so. Raises `Refused`."""
    content = checked or content_of(settings, internal=True)
    addresses = Addresses({**settings, "SITEURL": ""}, content.catalogue.publisher.website)
    issuing = Issuing(content, addresses, Parser(settings.get("MARKDOWN", {})), Path(settings["THEME"]), [])
    if not checked:
        issuing.warnings = _checked(issuing)
    return issuing


def _checked(issuing: Issuing) -> list[Diagnostic]:
    content, links = issuing.content, print_links(issuing)
    problems = [*content.problems, *check_content(content, issuing.addresses)]
    for path in sorted(content.sources):
        found = check_body(content, issuing.parser, links, content.sources[path], public=False)
        problems += [item for item in found if isinstance(item, Diagnostic)]
    if errors(problems):
        raise Refused(problems)
    return problems


def months(issuing: Issuing) -> tuple[str, ...]:
    """Months that have something to print, newest first."""
    return printed_months(admit_printed(issuing.content.articles))


def make(issuing: Issuing, month: str, output: Path) -> Printed:
    """Set the issue of a month (the newest where empty) into `output/MONTH/screen.pdf`. Raises `NothingToPrint`, `Refused`."""
    known = months(issuing)
    month = month or (known[0] if known else "")
    if month not in known:
        raise NothingToPrint(f"tháng {month or '?'} không có bài để in; các tháng có bài: {', '.join(known) or 'chưa có'}")
    issue = printed_issue(issuing.content, admit_printed(issuing.content.articles), month)
    with tempfile.TemporaryDirectory(prefix="bantin-") as work:
        folder = Path(work)
        data = issue_data(issuing, issue, folder)
        try:
            pdf = set_type(issuing.theme / "print", folder, data)
        except typst.TypstError as error:
            raise (Refused(found) if (found := list(unprintable(str(error), issue, issuing.content))) else error) from None
        data["blanks"] = -len(PdfReader(BytesIO(pdf)).pages) % SHEET
        if data["blanks"]:
            pdf = set_type(issuing.theme / "print", folder, data)
    path = output / month / "screen.pdf"
    put_if_new(path, pdf)
    return Printed(month, path)


def set_type(template: Path, folder: Path, data: Mapping[str, Any]) -> bytes:
    """Run Typst over an issue's data in the folder of its pictures. The same data give the same bytes."""
    (folder / "issue.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    for file in template.glob("*.typ"):
        shutil.copy(file, folder)
    month = data["issue"]["month"]
    stamp = datetime(int(month[:4]), int(month[5:]), 1, tzinfo=ZONE)
    return typst.compile(
        str(folder / "bulletin.typ"),
        root=str(folder),
        font_paths=[str(template / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(stamp.timestamp()),
    )


def unprintable(message: str, issue: PrintedIssue, content: Content) -> Iterator[Diagnostic]:
    """Where the letters stand that the fonts of print lack, as Typst named them; nothing where it means something else."""
    named = _NO_GLYPH.search(message)
    letters = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), named[1]) if named else ""
    hint = "thay bằng chữ hoặc ký hiệu thường dùng; phông của bản in có chữ La-tinh và chữ Việt"
    paths = (issue.issue.path, *(a.path for a in issue.articles), *(d.path for d in content.registry.documents))
    for path in paths if letters else ():
        source = content.sources.get(path)
        field = next((f for f in source.fields if letters in f.value), None) if source else None
        if source and field:
            yield source.at(field, "BT05", f"phông của bản in không có “{letters}”", hint)
        elif source and letters in source.body:
            yield source.in_body(letters, "BT05", f"phông của bản in không có “{letters}”", hint)


def missing_imprint(issue: PrintedIssue, content: Content) -> Iterator[Diagnostic]:
    """What the imprint of an issue has to say and does not yet, and an issue without a file: a warning each."""
    publisher, header = content.catalogue.publisher, issue.issue
    file = f"ban-tin/{header.month}.md"
    source = content.sources.get(header.path)
    label = source.label if source else content.catalogue.files["co-quan-xuat-ban.toml"]

    def warning(code: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(label, 1, 1, code, message, hint, Severity.WARNING)

    if not source:
        yield warning("BT04", f"tháng {header.month} không có tệp, số này được ghép từ danh mục", f"tạo {file}")
    for key, name in (("licence", "Licence"), ("print_run", "Print_run"), ("printer", "Printer"), ("responsible", "Responsible")):
        if not getattr(header, key) and not getattr(publisher, key):
            yield warning("BT03", f"số tháng {header.month} thiếu “{name}”", f"thêm dòng “{name}: …” vào {file}")


def warnings(issuing: Issuing, month: str) -> list[Diagnostic]:
    """What is worth a look before the issue of a month is printed."""
    issue = printed_issue(issuing.content, admit_printed(issuing.content.articles), month)
    return [*issuing.warnings, *missing_imprint(issue, issuing.content)]
