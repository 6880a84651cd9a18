"""An issue as data for the Typst templates: everything that theme/print/ reads stands in `issue_data`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bantin.audience import admit_printed
from bantin.catalogue import Anniversary, Publisher
from bantin.content import Content
from bantin.documents import Document
from bantin.issue import imprint
from bantin.outputs.nodes import Node
from bantin.outputs.setter import Issuing, Setter
from bantin.outputs.ties import tied
from bantin.printed import PrintedIssue
from bantin.vietnamese import parse_day, short_date

PUBLISHER = (
    "name", "publisher", "parent", "address", "email", "phone", "accent", "spot_colour", "distribution", "deposit", "period", "kind", "website",
)  # fmt: skip


def issue_data(issuing: Issuing, issue: PrintedIssue, setter: Setter) -> dict[str, Any]:
    """The issue as the templates read it; `setter` writes the pictures into its folder."""
    content, publisher, month = issuing.content, issuing.content.catalogue.publisher, issue.issue.month
    numbers = {article.path: f"bv-{n}" for n, article in enumerate(issue.articles, 1)}
    questions: list[dict[str, Any]] = []
    columns = []
    for name, articles in issue.columns:
        made = []
        for article in articles:
            entry, asked = setter.article(article, numbers[article.path], issue.documents_of[article.path])
            made.append(entry)
            if asked:
                questions.append({"article": numbers[article.path], "title": tied(article.title), "items": asked})
        columns.append({"name": name, "articles": made})
    foreword, _ = setter.nodes(issue.issue.path, issue.issue.text, None)
    return {
        "lang": "vi",
        "publisher": _publisher(publisher, setter),
        "issue": _issue(issue, publisher, foreword),
        "columns": columns,
        "new_documents": [_document(content, document) for document in issued_in(content, month)],
        "documents": [_document(content, document) for document in sorted(setter.cited, key=_index_order)],
        "anniversaries": list(_anniversaries(content.catalogue.anniversaries, month)),
        "corrections": list(_corrections(content, issue)),
        "questions": questions,
        "distribution": [{"name": r.name, "copies": r.copies} for r in content.catalogue.receivers_in(month)],
    }


def _publisher(publisher: Publisher, setter: Setter) -> dict[str, Any]:
    mark = setter.picture(f"anh/{publisher.mark}") if publisher.mark else None
    return {name: getattr(publisher, name) for name in PUBLISHER} | {"mark": mark}


def _issue(issue: PrintedIssue, publisher: Publisher, foreword: list[Node]) -> dict[str, Any]:
    header = issue.issue
    featured = sorted(issue.articles, key=lambda a: (not a.featured, a.path.startswith("noi-bo/")))
    stated = imprint(header, publisher)
    licensed = parse_day(stated.licensed)
    return {
        "title": header.title,
        "number": header.number,
        "month": header.month,
        "label": tied(header.label),
        "licence": stated.licence,
        "licensed": short_date(licensed) if licensed else stated.licensed,
        "print_run": stated.print_run,
        "printer": stated.printer,
        "responsible": stated.responsible,
        "website": publisher.website,
        "foreword": foreword,
        "headings": [tied(article.title) for article in featured[:4]],
        "sample": bool(publisher.notice),
        "notice": publisher.notice,
    }


def _index_order(document: Document) -> tuple[str, int, int, str]:
    return (document.type.name, document.mention.year or 0, int(document.mention.number), document.id)


def issued_in(content: Content, month: str) -> list[Document]:
    """Documents of the registry that were issued in a month, oldest first."""
    found = [(d.issued, d) for d in content.registry.documents if d.issued and f"{d.issued:%Y-%m}" == month]
    return [d for _, d in sorted(found, key=lambda entry: (entry[0], _index_order(entry[1])))]


def _document(content: Content, document: Document) -> dict[str, Any]:
    newer = content.registry.related(document, "replaces_by")
    return {
        "id": f"vb-{document.id}",
        "name": document.name,
        "title": tied(document.title),
        "issuer": document.issuer_name,
        "date": short_date(document.issued) if document.issued else "",
        "term": document.term,
        "replaced_by": [d.number + (f", ngày {short_date(d.issued)}" if d.issued else "") for d in newer],
    }


def _corrections(content: Content, issue: PrintedIssue) -> Iterator[dict[str, str]]:
    """Corrections of what earlier issues printed that none of them could tell: those made since the month of the last one."""
    month = issue.issue.month
    printed = [p.article for p in admit_printed(content.articles) if p.article.month and p.article.month < month]
    last = max((article.month for article in printed), default="")
    for article in sorted(printed, key=lambda a: (a.date, a.path)):
        for correction in article.corrections:
            if last < f"{correction.day:%Y-%m}" <= month:
                yield {
                    "title": article.title,
                    "month": f"{int(article.month[5:])}/{article.month[:4]}",
                    "day": short_date(correction.day),
                    "wrong": correction.wrong,
                    "right": correction.right,
                }


def _anniversaries(days: Iterable[Anniversary], month: str) -> Iterator[dict[str, Any]]:
    """Days to remember of the issue's month and the next one: an issue is read until the next one comes."""
    known = sorted(days, key=lambda day: (day.month, day.day, day.year, day.name))
    year, number = int(month[:4]), int(month[5:])
    for in_year, in_month in ((year, number), (year + number // 12, number % 12 + 1)):
        items = [
            {"day": f"{d.day:02}/{d.month:02}" if d.month < 3 else f"{d.day:02}/{d.month}", "name": tied(d.name), "year": d.year, "years": in_year - d.year}
            for d in known
            if d.month == in_month and d.year < in_year
        ]  # fmt: skip
        if items:
            yield {"month": f"Tháng {in_month}/{in_year}", "items": items}
