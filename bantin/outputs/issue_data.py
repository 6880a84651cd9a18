"""An issue as data for the Typst template: everything that theme/print/ reads stands in `issue_data`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

from bantin.addresses import Addresses
from bantin.article import Article, Audience, PictureUse
from bantin.audience import admit_printed
from bantin.body import ROOT, Parser, Tree, cite, clean_tree
from bantin.catalogue import Publisher
from bantin.citing import Reader, Reference
from bantin.content import Content
from bantin.diagnostics import Diagnostic
from bantin.documents import Document
from bantin.edition import PrintedIssue
from bantin.edition import cited as cited_documents
from bantin.images import for_print
from bantin.links import Links
from bantin.outputs.nodes import Node, Setting, nodes, without_questions
from bantin.vietnamese import short_date

TEXT_WIDTH = 112.0  # mm: 145 mm of page less the margins (theme/print/common.typ)


@dataclass
class Issuing:
    """A content folder, read and checked for print."""

    content: Content
    addresses: Addresses
    parser: Parser
    theme: Path
    warnings: list[Diagnostic]


def issue_data(issuing: Issuing, issue: PrintedIssue, folder: Path) -> dict[str, Any]:
    """The issue as the template reads it; pictures are written into `folder/anh`."""
    content, publisher = issuing.content, issuing.content.catalogue.publisher
    setter = _Setter(issuing, folder)
    numbers = {article.path: f"bv-{n}" for n, article in enumerate(issue.articles, 1)}
    questions: list[dict[str, Any]] = []
    columns = []
    for name, articles in issue.columns:
        made = []
        for article in articles:
            entry, asked = setter.article(article, numbers[article.path], issue.documents_of[article.path])
            made.append(entry)
            if asked:
                questions.append({"article": numbers[article.path], "title": article.title, "items": asked})
        columns.append({"name": name, "articles": made})
    foreword, _ = setter.nodes(issue.issue.path, issue.issue.text, None)
    return {
        "lang": "vi",
        "variant": "screen",
        "publisher": _publisher(publisher, setter),
        "issue": _issue(issue, publisher, foreword),
        "columns": columns,
        "new_documents": [_document(content, document) for document in _issued_in(content, issue.issue.month)],
        "documents": [_document(content, document) for document in sorted(setter.cited, key=_index_order)],
        "corrections": list(_corrections(content, issue)),
        "questions": questions,
    }


def print_links(issuing: Issuing) -> Links:
    """In print a link may lead to everything that was read; public pages have an address."""
    content, addresses = issuing.content, issuing.addresses
    published = {
        a.path: addresses.of("ARTICLE", slug=a.slug, date=a.date).url for a in content.articles if a.audience is Audience.PUBLIC
    }
    published |= {p.path: addresses.of("PAGE", slug=p.slug).url for p in content.pages}
    published |= {d.path: addresses.of("DOCUMENT", slug=d.id).url for d in content.registry.documents}
    return Links(addresses, published, content.files, _Everything())


class _Everything(frozenset[str]):
    """The site's own check knows which addresses are there."""

    def __contains__(self, _: object) -> bool:
        return True


class _Setter:
    """Turns articles into data and gathers the pictures and documents that they use."""

    def __init__(self, issuing: Issuing, folder: Path) -> None:
        self._issuing, self._folder = issuing, folder
        self._pictures: dict[str, tuple[str, int, int]] = {}
        self._links = print_links(issuing)
        self.cited: dict[Document, None] = {}

    def article(self, article: Article, number: str, documents: tuple[Document, ...]) -> tuple[dict[str, Any], list[list[Node]]]:
        """One article and its questions."""
        self.cited |= dict.fromkeys(documents)
        body, questions = self.nodes(article.path, article.text, article)
        public = article.audience is Audience.PUBLIC
        address = self._issuing.addresses.of("ARTICLE", slug=article.slug, date=article.date).url
        return {
            "id": number,
            "path": article.path,
            "title": article.title,
            "lead": article.lead,
            "date": short_date(article.date),
            "authors": list(article.authors),
            "section": article.section,
            "sources": [source.name for source in article.sources],
            "internal": not public,
            "url": self._issuing.addresses.absolute(address) if public else "",
            "picture": self._header_picture(article.picture) if article.picture else None,
            "body": body,
            "documents": [f"vb-{document.id}" for document in documents],
            "corrections": [{"day": short_date(c.day), "wrong": c.wrong, "right": c.right} for c in article.corrections],
        }, questions

    def nodes(self, path: str, text: str, article: Article | None) -> tuple[list[Node], list[list[Node]]]:
        """A Markdown text as nodes without its questions, and the questions."""
        tree = clean_tree(self._issuing.parser.html(text)) if text.strip() else html.Element("div")
        documents = self._issuing.content.registry
        context = cited_documents(article, self._issuing.content) if article else ()
        reader = Reader(documents, self._issuing.content.catalogue, article.date.date() if article else None, context)
        found = cite(tree, lambda text: [r for r in reader.read(text) if not r.nested], _cited)
        self.cited |= dict.fromkeys(found)
        return without_questions(nodes(tree, Setting(lambda href: self._link(href, path), self._picture)))

    def _link(self, href: str, path: str) -> str:
        address = self._links.follow(href, path).address
        if address.startswith("#") or not address:
            return ""
        return self._issuing.addresses.absolute(address.removeprefix(ROOT)) if address.startswith(ROOT) else address

    def picture(self, file: str) -> tuple[str, int, int] | None:
        """A picture for paper, made once: its name in the folder, and its size in pixels."""
        return self._picture(file)

    def _picture(self, file: str) -> tuple[str, int, int] | None:
        if file not in self._issuing.content.files:
            return None
        if file not in self._pictures:
            data, width, height = for_print(self._issuing.content.root / file, TEXT_WIDTH)
            ending = ".png" if data.startswith(b"\x89PNG") else ".jpg"
            name = f"anh/{len(self._pictures) + 1}{ending}"
            (self._folder / "anh").mkdir(exist_ok=True)
            (self._folder / name).write_bytes(data)
            self._pictures[file] = (name, width, height)
        return self._pictures[file]

    def _header_picture(self, use: PictureUse) -> dict[str, Any] | None:
        found = self._picture(use.file)
        if not found:
            return None
        file, width, height = found
        return {"file": file, "alt": use.alt, "caption": use.caption, "credit": use.credit, "width": width, "height": height}


def _cited(document: Document, reference: Reference) -> Tree:
    """A citation for the index: `<cite data-document>` around the text as written."""
    element = html.Element("cite", {"data-document": f"vb-{document.id}"})
    element.text = reference.surface
    return element


def _publisher(publisher: Publisher, setter: _Setter) -> dict[str, Any]:
    mark = setter.picture(f"anh/{publisher.mark}") if publisher.mark else None
    names = (
        "name",
        "publisher",
        "parent",
        "address",
        "email",
        "phone",
        "accent",
        "distribution",
        "deposit",
        "period",
        "kind",
        "website",
    )
    return {name: getattr(publisher, name) for name in names} | {"mark": mark[0] if mark else ""}


def _issue(issue: PrintedIssue, publisher: Publisher, foreword: list[Node]) -> dict[str, Any]:
    header = issue.issue
    featured = sorted(issue.articles, key=lambda a: (not a.featured, a.audience is Audience.INTERNAL))
    return {
        "title": header.title,
        "number": header.number,
        "month": header.month,
        "label": header.label,
        "licence": header.licence or publisher.licence,
        "licensed": header.licensed or publisher.licensed,
        "print_run": header.print_run or publisher.print_run,
        "printer": header.printer or publisher.printer,
        "responsible": header.responsible or publisher.responsible,
        "website": publisher.website,
        "foreword": foreword,
        "headings": [article.title for article in featured[:4]],
        "sample": bool(publisher.notice),
        "notice": publisher.notice,
    }


def _index_order(document: Document) -> tuple[str, int, int, str]:
    return (document.type.name, document.mention.year or 0, int(document.mention.number), document.id)


def _issued_in(content: Content, month: str) -> list[Document]:
    """Documents of the registry that were issued in a month, oldest first."""
    found = [(d.issued, d) for d in content.registry.documents if d.issued and f"{d.issued:%Y-%m}" == month]
    return [d for _, d in sorted(found, key=lambda entry: (entry[0], _index_order(entry[1])))]


def _document(content: Content, document: Document) -> dict[str, Any]:
    newer = content.registry.related(document, "replaces_by")
    return {
        "id": f"vb-{document.id}",
        "name": document.name,
        "title": document.title,
        "issuer": document.issuer_name,
        "date": short_date(document.issued) if document.issued else "",
        "term": document.term,
        "replaced_by": [d.number + (f", ngày {short_date(d.issued)}" if d.issued else "") for d in newer],
    }


def _corrections(content: Content, issue: PrintedIssue) -> Iterator[dict[str, str]]:
    """Corrections made in the issue's month of articles that earlier issues printed."""
    printed = (p.article for p in admit_printed(content.articles) if p.article.month and p.article.month < issue.issue.month)
    for article in sorted(printed, key=lambda a: (a.date, a.path)):
        for correction in article.corrections:
            if f"{correction.day:%Y-%m}" == issue.issue.month:
                yield {
                    "title": article.title,
                    "day": short_date(correction.day),
                    "wrong": correction.wrong,
                    "right": correction.right,
                }
