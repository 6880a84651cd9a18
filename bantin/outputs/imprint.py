"""What has to be right before an issue may be set: the imprint, and that the copies are all given to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from bantin.content import Content
from bantin.diagnostics import Diagnostic, Severity
from bantin.issue import imprint
from bantin.printed import PrintedIssue

_PUBLISHER, _RECEIVERS = "co-quan-xuat-ban.toml", "noi-nhan.toml"


def check_issue(issue: PrintedIssue, content: Content) -> list[Diagnostic]:
    """Everything that is wrong with an issue as a whole: errors, and a note where it has no file."""
    found = [*_imprint(issue, content), *_distribution(issue, content)]
    if not issue.issue.path:
        month = issue.issue.month
        message = f"tháng {month} không có tệp, số này được ghép từ danh mục"
        hint = f"tạo ban-tin/{month}.md"
        found.append(Diagnostic(_label(issue, content), 1, 1, "BT04", message, hint, Severity.WARNING))
    return found


def _label(issue: PrintedIssue, content: Content) -> str:
    source = content.sources.get(issue.issue.path)
    return source.label if source else content.catalogue.files[_PUBLISHER]


def _imprint(issue: PrintedIssue, content: Content) -> Iterator[Diagnostic]:
    """The law wants an imprint on every issue; one line for each thing that it lacks."""
    publisher, month = content.catalogue.publisher, issue.issue.month
    stated = imprint(issue.issue, publisher)
    where = f"ban-tin/{month}.md"
    sample = bool(publisher.notice) and stated.licence.startswith("(")  # a sample says in brackets that it has no licence
    for key, name, there in (
        ("giấy phép", "Licence", stated.licence and (sample or not stated.licence.startswith("("))),
        ("ngày cấp giấy phép", "Licensed", stated.licensed or sample),
        ("số bản in", "Print_run", stated.print_run),
        ("nơi in", "Printer", stated.printer),
        ("người chịu trách nhiệm", "Responsible", stated.responsible),
    ):
        if not there:
            hint = f"thêm dòng “{name}: …” vào {where}, hoặc {name.lower()} vào danh-muc/{_PUBLISHER}"
            yield Diagnostic(_label(issue, content), 1, 1, "BT03", f"số tháng {month} thiếu {key} (“{name}”)", hint)
    for key, name in (("cơ quan xuất bản", "publisher"), ("việc nộp lưu chiểu", "deposit"), ("kỳ hạn", "period")):
        if not getattr(publisher, name):
            hint = f'thêm {name} = "…" vào danh-muc/{_PUBLISHER}'
            yield Diagnostic(content.catalogue.files[_PUBLISHER], 1, 1, "BT03", f"thiếu {key} (“{name}”)", hint)


def _distribution(issue: PrintedIssue, content: Content) -> Iterator[Diagnostic]:
    """The copies of all receivers are the print run, where receivers are stated."""
    receivers = content.catalogue.receivers_in(issue.issue.month)
    copies, total = imprint(issue.issue, content.catalogue.publisher).print_run, sum(r.copies for r in receivers)
    if receivers and copies and total != copies:
        much = f"thừa {total - copies}" if total > copies else f"thiếu {copies - total}"
        message = f"nơi nhận cộng lại {total} bản, số tháng {issue.issue.month} in {copies} bản: {much}"
        hint = "sửa copies trong tệp này, hoặc Print_run của số"
        yield Diagnostic(content.catalogue.files[_RECEIVERS], 1, 1, "BT07", message, hint)
