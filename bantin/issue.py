"""A monthly issue: the header of a file of `ban-tin/` becomes a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from bantin.catalogue import Catalogue, Publisher
from bantin.diagnostics import Diagnostic, nearest
from bantin.documents import split
from bantin.header import is_month, whole
from bantin.source import Source, check_keys
from bantin.vietnamese import parse_day

KEYS = ("Title", "Number", "Month", "Licence", "Licensed", "Print_run", "Printer", "Responsible", "Columns")


@dataclass(frozen=True)
class Issue:
    """An issue; `month` is `2023-11`; `path` is empty where it was put together without a file."""

    path: str
    month: str
    title: str
    number: int
    licence: str = ""
    licensed: str = ""
    print_run: int = 0
    printer: str = ""
    responsible: str = ""
    columns: tuple[str, ...] = ()
    text: str = ""
    stamp: str = field(default="", compare=False)  # of the file

    @property
    def label(self) -> str:
        """`Số 11, tháng 11/2023`."""
        return f"Số {self.number}, tháng {int(self.month[5:])}/{self.month[:4]}"


@dataclass(frozen=True)
class Imprint:
    """What the last page has to say; the issue's own word, else the publisher's."""

    licence: str
    licensed: str
    print_run: int
    printer: str
    responsible: str


def imprint(issue: Issue, publisher: Publisher) -> Imprint:
    """The imprint of an issue."""
    return Imprint(
        issue.licence or publisher.licence,
        issue.licensed or publisher.licensed,
        issue.print_run or publisher.print_run,
        issue.printer or publisher.printer,
        issue.responsible or publisher.responsible,
    )


def read_issue(source: Source, catalogue: Catalogue) -> tuple[Issue | None, list[Diagnostic]]:
    """An issue's file as a value. Without `Columns` it has all of the catalogue, in their order."""
    problems = check_keys(source, KEYS, ("Title", "Number", "Month"))
    month, number = source.field("month"), whole(source, "number", 0, problems, least=1)
    if month and not is_month(month.value):
        problems.append(source.at(month, "DB03", f"“{month.value}” không phải một tháng", "viết như 2023-11"))
    licensed = source.field("licensed")
    if licensed and not parse_day(licensed.value):
        problems.append(source.at(licensed, "DB03", f"“{licensed.value}” không phải một ngày", "viết như 2023-01-05"))
    columns = split(source.get("columns")) or tuple(c.name for c in sorted(catalogue.columns, key=lambda c: c.order))
    known = {c.name for c in catalogue.columns}
    for name in columns:
        if name not in known:
            near = nearest(name, known)
            hint = f"có phải “{near}”?" if near else "xem danh-muc/cot-muc.toml"
            problems.append(source.at(source.field("columns"), "BT02", f"cột mục “{name}” không có trong danh mục", hint))
    issue = Issue(
        source.path, source.get("month"), source.get("title"), number, source.get("licence"), source.get("licensed"),
        whole(source, "print_run", 0, problems), source.get("printer"), source.get("responsible"), columns, source.body, source.stamp,
    )  # fmt: skip
    return (issue if issue.title and number and is_month(issue.month) else None), problems
