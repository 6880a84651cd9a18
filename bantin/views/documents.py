"""The list of documents with its facets, what it leads to, and one page a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bantin.documents import Document
from bantin.vietnamese import fold, from_roman, short_date, slug
from bantin.views import overview
from bantin.views.chain import chain
from bantin.views.composer import Composer
from bantin.views.facts import of_document
from bantin.views.json_ld import script
from bantin.views.legislation import legislation
from bantin.views.page import PageSpec, Viewed
from bantin.views.pieces import DocumentRow, Facet, Link, Option, Relation
from bantin.views.timeline import timeline
from bantin.views.types import DocumentPage, DocumentsPage

TITLE = overview.DOCUMENTS
GONE, IN_FORCE = "het", "con"
FORCES = {GONE: "Đã thay thế hoặc hết hiệu lực", IN_FORCE: "Chưa thấy văn bản thay thế"}
_RELATIONS = (
    ("replaces", "Thay thế"),
    ("replaces_by", "Được thay thế bởi"),
    ("implements", "Thực hiện"),
    ("implements_by", "Được thực hiện bởi"),
    ("amends", "Sửa đổi, bổ sung"),
    ("amends_by", "Được sửa đổi, bổ sung bởi"),
)


def pages(composer: Composer) -> Iterator[PageSpec]:
    """The list, the pages about all documents, then every document."""
    yield PageSpec(composer.addresses.of("DOCUMENTS").save_as, "documents", documents_page)
    yield from overview.pages(composer)
    for document in composer.edition.registry.all():
        yield PageSpec(composer.document(document).save_as, "document", document_page, (document.id,))


def documents_page(composer: Composer) -> Viewed:
    """The view of the list of all documents."""
    rows = tuple(_row(composer, document) for document in composer.edition.registry.all())
    description = f"{len(rows)} văn bản được viện dẫn, lọc theo loại, cơ quan ban hành, khóa, năm."
    head = composer.head(TITLE, description, composer.addresses.of("DOCUMENTS").url)
    return Viewed(DocumentsPage(head, composer.trail(), TITLE, facets(rows), rows, _more(composer), _exports(composer)))


def _more(composer: Composer) -> tuple[Link, ...]:
    """Pages about all documents that the settings do not switch off."""
    found = ((title, composer.addresses.of(kind)) for title, kind in (
        (overview.ABBREVIATIONS, "ABBREVIATIONS"), (overview.COVERAGE, "COVERAGE"),
    ))  # fmt: skip
    return tuple(Link(title, address.url) for title, address in found if address.save_as)


def _exports(composer: Composer) -> tuple[Link, ...]:
    found = ((form, composer.addresses.setting(f"DOCUMENTS_{form}")) for form in ("CSV", "JSON"))
    return tuple(Link(form, url) for form, url in found if url)


def document_page(composer: Composer, ident: str) -> Viewed:
    """The view of one document."""
    registry = composer.edition.registry
    document, articles = registry.document(ident), composer.edition.articles("DOCUMENT", ident)
    assert document
    shown, address = composer.reference(document), composer.document(document)
    feed = composer.addresses.feed("DOCUMENT", slug=document.id)
    relations = tuple(
        Relation(label, composer.references(found)) for name, label in _RELATIONS if (found := registry.related(document, name))
    )

    def where(other: Document) -> str:
        return composer.addresses.absolute(composer.document(other).url)

    view = DocumentPage(
        head=composer.head(
            f"{shown.name} {document.title}", f"{shown.name} {document.title}, {shown.issuer}.", address.url, feed
        ),
        breadcrumbs=composer.trail(Link(TITLE, composer.addresses.setting("DOCUMENTS_URL"))),
        document=shown,
        effective=short_date(document.effective) if document.effective else "",
        expires=short_date(document.expires) if document.expires else "",
        signer=document.signer,
        link=document.link,
        attachment=attachment(composer, document),
        sources=composer.sources(document.sources),
        note=document.note,
        body=composer.text(document.path, document.text, composer.addresses.root(address.save_as)),
        data=script(legislation(registry, document, where, bool(shown.state))),
        chain=chain(registry, document, composer.reference),
        events=timeline(composer, document),
        relations=relations,
        articles=composer.cards(articles),
        feed=feed,
    )
    return Viewed(view, composer.edition.changed("DOCUMENT", ident), facts=of_document(shown))


def attachment(composer: Composer, document: Document) -> Link | None:
    """The file of a document, which is published with it."""
    if not document.attachment:
        return None
    file = document.attachment.lstrip("/")
    return Link(file.rpartition("/")[2], composer.attach(file))


def _row(composer: Composer, document: Document) -> DocumentRow:
    shown = composer.reference(document)
    text = fold(f"{shown.name} {shown.title} {shown.issuer} {shown.date}")
    force = GONE if shown.state else IN_FORCE
    cited = composer.edition.count("DOCUMENT", document.id)
    return DocumentRow(shown, slug(shown.kind), slug(shown.issuer), shown.term, shown.year, force, text, cited)


def facets(rows: tuple[DocumentRow, ...]) -> tuple[Facet, ...]:
    """The ways to narrow the list, each with the values that occur and how often."""

    def options(values: list[tuple[str, str]], order: Callable[[str], str | int]) -> tuple[Option, ...]:
        counts, labels = Counter(value for value, _ in values if value), dict(values)
        return tuple(Option(value, labels[value], counts[value]) for value in sorted(counts, key=order))

    kinds = [(row.loai, row.document.kind) for row in rows]
    issuers = [(row.co_quan, row.document.issuer) for row in rows]
    terms = [(row.khoa, f"Khóa {row.khoa}") for row in rows]
    years = [(row.nam, row.nam) for row in rows]
    forces = [(row.hieu_luc, FORCES[row.hieu_luc]) for row in rows]
    return (
        Facet("loai", "Loại văn bản", options(kinds, str)),
        Facet("co-quan", "Cơ quan ban hành", options(issuers, str)),
        Facet("khoa", "Khóa", options(terms, lambda term: -from_roman(term))),
        Facet("nam", "Năm", options(years, lambda year: -int(year))),
        Facet("hieu-luc", "Hiệu lực", options(forces, str)),
    )
