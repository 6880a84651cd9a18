"""The list of documents with its facets, and one page a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bantin.documents import Document
from bantin.vietnamese import fold, from_roman, short_date, slug
from bantin.views.composer import Composer
from bantin.views.page import PageSpec
from bantin.views.pieces import DocumentRow, Facet, Link, Option, Relation
from bantin.views.types import DocumentPage, DocumentsPage

TITLE = "Văn bản"
_RELATIONS = (
    ("replaces", "Thay thế"),
    ("replaces_by", "Được thay thế bởi"),
    ("implements", "Thực hiện"),
    ("implements_by", "Được thực hiện bởi"),
    ("amends", "Sửa đổi, bổ sung"),
    ("amends_by", "Được sửa đổi, bổ sung bởi"),
)


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The list, then every document."""
    documents = composer.edition.registry.documents
    address = composer.addresses.of("DOCUMENTS")
    rows = tuple(_row(composer, document) for document in documents)
    description = f"{len(rows)} văn bản được viện dẫn, lọc theo loại, cơ quan ban hành, khóa, năm."
    head = composer.head(TITLE, description, address.url)
    yield PageSpec(address.save_as, "documents", DocumentsPage(head, composer.trail(), TITLE, facets(rows), rows))
    for document in documents:
        yield PageSpec(composer.document(document).save_as, "document", document_page(composer, document))


def document_page(composer: Composer, document: Document) -> DocumentPage:
    """The view of one document."""
    shown, registry, address = composer.reference(document), composer.edition.registry, composer.document(document)
    articles = composer.edition.cited_in.get(document.id, ())
    feed = composer.addresses.feed("DOCUMENT", slug=document.id)
    relations = tuple(
        Relation(label, composer.references(found)) for name, label in _RELATIONS if (found := registry.related(document, name))
    )
    return DocumentPage(
        head=composer.head(
            f"{shown.name} {document.title}", f"{shown.name} {document.title}, {shown.issuer}.", address.url, feed
        ),
        breadcrumbs=composer.trail(Link(TITLE, composer.addresses.setting("DOCUMENTS_URL"))),
        document=shown,
        effective=short_date(document.effective) if document.effective else "",
        expires=short_date(document.expires) if document.expires else "",
        signer=document.signer,
        link=document.link,
        attachment=_attachment(composer, document),
        sources=composer.sources(document.sources),
        note=document.note,
        body=composer.text(document.path, document.text, composer.addresses.root(address.save_as)),
        relations=relations,
        articles=composer.cards(articles),
        feed=feed,
    )


def _attachment(composer: Composer, document: Document) -> Link | None:
    if not document.attachment:
        return None
    file = document.attachment.lstrip("/")
    url = composer.addresses.setting("ATTACHMENTS") + file.partition("/")[2]
    composer.attachments[file] = url
    return Link(file.rpartition("/")[2], url)


def _row(composer: Composer, document: Document) -> DocumentRow:
    shown = composer.reference(document)
    text = fold(f"{shown.name} {shown.title} {shown.issuer} {shown.date}")
    return DocumentRow(shown, slug(shown.kind), slug(shown.issuer), shown.term, shown.year, text)


def facets(rows: tuple[DocumentRow, ...]) -> tuple[Facet, ...]:
    """The ways to narrow the list, each with the values that occur and how often."""

    def options(values: list[tuple[str, str]], order: Callable[[str], str | int]) -> tuple[Option, ...]:
        counts, labels = Counter(value for value, _ in values if value), dict(values)
        return tuple(Option(value, labels[value], counts[value]) for value in sorted(counts, key=order))

    kinds = [(row.loai, row.document.kind) for row in rows]
    issuers = [(row.co_quan, row.document.issuer) for row in rows]
    terms = [(row.khoa, f"Khóa {row.khoa}") for row in rows]
    years = [(row.nam, row.nam) for row in rows]
    return (
        Facet("loai", "Loại văn bản", options(kinds, str)),
        Facet("co-quan", "Cơ quan ban hành", options(issuers, str)),
        Facet("khoa", "Khóa", options(terms, lambda term: -from_roman(term))),
        Facet("nam", "Năm", options(years, lambda year: -int(year))),
    )
