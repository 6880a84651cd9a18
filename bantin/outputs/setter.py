"""Articles as data for print: their text as nodes, and what they use of pictures, codes and documents."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from lxml import html

from bantin.addresses import Addresses
from bantin.article import Article, Audience, PictureUse
from bantin.body import ROOT, Parser, Tree, cite, clean_tree
from bantin.build import put_if_new
from bantin.citing import Reader, Reference
from bantin.content import Content
from bantin.diagnostics import Diagnostic, Severity
from bantin.documents import Document
from bantin.edition import cited as cited_documents
from bantin.images import MM, PRINT_PPI, print_set
from bantin.links import Links
from bantin.outputs.nodes import Node, Picture, Setting, nodes, without_questions
from bantin.outputs.ties import tie, tied
from bantin.vietnamese import short_date

# Of theme/print/common.typ, in mm: the text's width, the height of a picture in a text and above one, a code's side.
TEXT_WIDTH, PICTURE_HEIGHT, CODE_SIDE = 112.0, 62.0, 17.0


@dataclass
class Issuing:
    """A content folder, read and checked for print. cache: where pictures that were made once lie."""

    content: Content
    addresses: Addresses
    parser: Parser
    theme: Path
    cache: Path
    warnings: list[Diagnostic]


class Setter:
    """Turns articles into data and gathers the pictures, documents and remarks that come up."""

    def __init__(self, issuing: Issuing, folder: Path) -> None:
        self._issuing, self._folder = issuing, folder
        self._pictures: dict[str, Picture] = {}
        self._links = print_links(issuing)
        self.cited: dict[Document, None] = {}
        self.remarks: list[Diagnostic] = []

    def article(self, article: Article, number: str, documents: tuple[Document, ...]) -> tuple[dict[str, Any], list[list[Node]]]:
        """One article and its questions."""
        self.cited |= dict.fromkeys(documents)
        body, questions = self.nodes(article.path, self._issuing.content.text(article.path), article)
        url = self.address(article)
        return {
            "id": number,
            "path": article.path,
            "title": tied(article.title),
            "lead": tied(article.lead),
            "date": short_date(article.date),
            "authors": list(article.authors),
            "section": article.section,
            "sources": [source.name for source in article.sources],
            "internal": article.audience is not Audience.PUBLIC,
            "url": url,
            "code": self._code(url, number) if url else "",
            "picture": self._header_picture(article, article.picture) if article.picture else None,
            "body": body,
            "documents": [f"vb-{document.id}" for document in documents],
            "corrections": [{"day": short_date(c.day), "wrong": c.wrong, "right": c.right} for c in article.corrections],
        }, questions

    def address(self, article: Article) -> str:
        """Where an article can be read by everybody; empty for an internal one."""
        if article.audience is not Audience.PUBLIC:
            return ""
        return self._issuing.addresses.absolute(self._issuing.addresses.of("ARTICLE", slug=article.slug, date=article.date).url)

    def nodes(self, path: str, text: str, article: Article | None) -> tuple[list[Node], list[list[Node]]]:
        """A Markdown text as nodes without its questions, and the questions."""
        tree = clean_tree(self._issuing.parser.html(text)) if text.strip() else html.Element("div")
        documents = self._issuing.content.registry
        context = cited_documents(article, documents) if article else ()
        reader = Reader(documents, self._issuing.content.catalogue, article.date.date() if article else None, context)
        found = cite(tree, lambda text: [r for r in reader.read(text) if not r.nested], _cited)
        self.cited |= dict.fromkeys(found)
        setting = Setting(lambda href: self._link(href, path), self.picture)
        body, questions = without_questions(nodes(tree, setting))
        for file in setting.shown:
            self._remark(path, file, PICTURE_HEIGHT, in_header=False)
        return tie(body), [tie(question) for question in questions]

    def _link(self, href: str, path: str) -> str:
        address = self._links.follow(href, path).address
        if address.startswith("#") or not address:
            return ""
        return self._issuing.addresses.absolute(address.removeprefix(ROOT)) if address.startswith(ROOT) else address

    def picture(self, file: str) -> Picture | None:
        """A picture for paper, made once: its sizes in the folder, in colour (`anh/`) and in grey (`anh-xam/`)."""
        if not self._issuing.content.stamp(file):
            return None
        if file not in self._pictures:
            made = print_set(self._issuing.content.root / file, self._issuing.cache, TEXT_WIDTH)
            number = len(self._pictures) + 1
            sizes = []
            for folder, renditions in (("anh", made.colour), ("anh-xam", made.grey)):
                (self._folder / folder).mkdir(exist_ok=True)
                for one in renditions:
                    name = f"{number}-{one.width}{one.path.suffix}"
                    (self._folder / folder / name).write_bytes(one.path.read_bytes())
                    if folder == "anh":
                        sizes.append((name, one.width, one.height))
            self._pictures[file] = tuple(sizes)
        return self._pictures[file]

    def _header_picture(self, article: Article, use: PictureUse) -> dict[str, Any] | None:
        found = self.picture(use.file)
        if not found:
            return None
        self._remark(article.path, use.file, PICTURE_HEIGHT, in_header=True)
        return {"files": found, "alt": use.alt, "caption": tied(use.caption), "credit": use.credit}

    def _remark(self, path: str, file: str, height: float, in_header: bool) -> None:
        """A picture that is too small to fill its place at 300 dots an inch is printed smaller, and the editor is told."""
        source, found = self._issuing.content.sources.get(path), self._pictures.get(file)
        if not source or not found:
            return
        _, wide, high = found[0]
        wanted = min(TEXT_WIDTH, height * wide / high)
        fits = wide / PRINT_PPI * MM
        if fits >= wanted - 1:
            return
        message = f"ảnh “{file}” rộng {wide} điểm, in rõ được {fits:.0f} mm; chỗ đặt ảnh rộng {wanted:.0f} mm"
        hint = f"thay bằng ảnh rộng từ {wanted / MM * PRINT_PPI:.0f} điểm, không thì ảnh được in nhỏ lại còn {fits:.0f} mm"
        name = file.rpartition("/")[2]
        self.remarks.append(
            source.at(source.field("image"), "HA04", message, hint, Severity.WARNING)
            if in_header
            else source.in_body(name, "HA04", message, hint, Severity.WARNING)
        )

    def _code(self, url: str, number: str) -> str:
        """A QR code of an address, drawn at 300 to 600 dots an inch of its side in print."""
        kept = self._issuing.cache / "ma" / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}-{CODE_SIDE:.0f}.png"
        if not kept.is_file():
            code = segno.make(url, micro=False, error="m")
            side = code.symbol_size(border=4)[0]
            out = io.BytesIO()
            code.save(out, kind="png", scale=-(-round(CODE_SIDE / MM * PRINT_PPI * 1.05) // side), border=4)
            put_if_new(kept, out.getvalue())
        name = f"ma/{number}.png"
        (self._folder / "ma").mkdir(exist_ok=True)
        (self._folder / name).write_bytes(kept.read_bytes())
        return name


def _cited(document: Document, reference: Reference) -> Tree:
    """A citation for the index: `<cite data-document>` around the text as written."""
    element = html.Element("cite", {"data-document": f"vb-{document.id}"})
    element.text = reference.surface
    return element


def print_links(issuing: Issuing) -> Links:
    """In print a link may lead to everything that was read; public pages have an address."""
    content, addresses = issuing.content, issuing.addresses
    published = {
        a.path: addresses.of("ARTICLE", slug=a.slug, date=a.date).url for a in content.articles if a.audience is Audience.PUBLIC
    }
    published |= {p.path: addresses.of("PAGE", slug=p.slug).url for p in content.pages}
    published |= {d.path: addresses.of("DOCUMENT", slug=d.id).url for d in content.registry.all()}
    return Links(addresses, published.get, content, _Everything)


class _Everything(frozenset[str]):
    """The site's own check knows which addresses are there."""

    def __contains__(self, _: object) -> bool:
        return True
