"""The registry: all documents by number, what a mention means, and every relation with its mirror."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from bantin.asking import asked, fingerprint
from bantin.catalogue import Catalogue, Issuer
from bantin.citations import Mention, find_named, parse
from bantin.diagnostics import Diagnostic, Severity, nearest
from bantin.documents import RELATIONS, Document
from bantin.source import Field, Source
from bantin.vietnamese import same_words, short_date


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means: one document, or none, or several `candidates`; `conflict` where only the date differs."""

    document: Document | None
    candidates: tuple[Document, ...] = ()
    conflict: bool = False


Read = Callable[[str], Mention | None]


def reading(catalogue: Catalogue) -> Read:
    """Reads entries of headers, each once."""
    return lru_cache(maxsize=65536)(lambda text: parse(text, catalogue))


class Registry:
    """All documents, by number, with every relation and its mirror. Independent of the order of files. read: as `reading` gives it."""

    def __init__(self, documents: Iterable[Document], catalogue: Catalogue, read: Read | None = None) -> None:
        self._documents: tuple[Document, ...] = tuple(sorted(documents, key=lambda d: d.order, reverse=True))
        self._by_id = {d.id: d for d in self._documents}
        self._catalogue = catalogue
        self._issuer_named = lru_cache(maxsize=4096)(catalogue.issuer_named)  # articles repeat a few wordings
        self._mention = read or reading(catalogue)
        self._by_key: dict[tuple[int, int, str], list[Document]] = defaultdict(list)
        for document in self._documents:
            self._by_key[document.mention.key].append(document)
        self._by_rest: dict[tuple[int, str], list[Document]] = defaultdict(list)
        for key, of in self._by_key.items():
            self._by_rest[key[1:]] += of
        self._by_name: dict[tuple[str, ...], list[Document]] = defaultdict(list)
        for document in self._documents:
            for name in find_named(document.known_as):
                self._by_name[name.key].append(document)
        self._relations: dict[str, dict[str, tuple[Document, ...]]] = {}
        self._relate()

    @cached_property
    def stamp(self) -> bytes:
        """Changes with all that it answers from, but the catalogues."""
        return fingerprint(self._documents)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All of them, newest first."""
        return self.all()

    @asked
    def all(self) -> tuple[Document, ...]:
        """All of them, newest first."""
        return self._documents

    @asked
    def document(self, ident: str) -> Document | None:
        """The document with that id."""
        return self._by_id.get(ident)

    @asked
    def numbered(self, key: tuple[int, int, str]) -> tuple[Document, ...]:
        """Every document of a number (`Mention.key`)."""
        return tuple(self._by_key.get(key, ()))

    def resolve(self, mention: Mention, on: date | None = None) -> Resolution:
        """The one document that a mention on that day means. Never guesses: several left means none, with candidates."""
        found = [d for d in self.numbered(mention.key) if on is None or d.issued is None or d.issued <= on]
        if mention.typed:
            found = [d for d in found if d.type.kind == mention.kind]
        if mention.term:
            found = [d for d in found if d.term in ("", mention.term)]
        if mention.issuer:
            found = [d for d in found if self._issued_by(d, mention.issuer)]
        if mention.issued_in and not mention.date:
            found = [d for d in found if d.issued is None or d.issued.year == mention.issued_in]
        if mention.date:
            dated = [d for d in found if d.issued == mention.date]
            if not dated and len(found) == 1 and found[0].issued:
                near = abs((found[0].issued - mention.date).days) <= 31
                return Resolution(found[0], conflict=True) if near else Resolution(None, tuple(found))
            found = dated or [d for d in found if d.issued is None]
        return Resolution(found[0]) if len(found) == 1 else Resolution(None, tuple(found))

    def entries(self, texts: Iterable[str], on: date | None) -> tuple[Document, ...]:
        """The documents that the entries of a header mean on that day; each once, in its order; others left out."""
        found = []
        for text in texts:
            mention = self._mention(text)
            document = self.resolve(mention, on).document if mention else None
            if document:
                found.append(document)
        return tuple(dict.fromkeys(found))

    def known(self, mention: Mention) -> tuple[Document, ...]:
        """Every document of that number, whatever else the mention says."""
        return self.numbered(mention.key)

    @asked
    def named(self, key: tuple[str, ...]) -> tuple[Document, ...]:
        """The documents that bear a name (`Named.key`), by their `Known_as`."""
        return tuple(self._by_name.get(key, ()))

    def alike(self, mention: Mention) -> tuple[Document, ...]:
        """Documents of the same symbol and year as a mention's, whatever the number: for a slip in the digits."""
        return self._alike(mention.key[1:])

    @asked
    def _alike(self, rest: tuple[int, str]) -> tuple[Document, ...]:
        return tuple(self._by_rest.get(rest, ()))

    @asked
    def numbers(self) -> tuple[str, ...]:
        """All numbers, for the nearest one to a misprint."""
        return tuple(sorted({d.number for d in self._documents}))

    def _issued_by(self, document: Document, wording: str) -> bool:
        found = self._issuer_named(wording)
        if not found:
            return True  # a body that the catalogue does not know decides nothing
        issuer, place = found
        # A mention's place ends at the first small word or dash: "Thành" of "Thành phố …", "Bà Rịa" of "Bà Rịa - Vũng Tàu".
        start = " ".join(document.place.split()[: len(place.split())])
        if start and same_words(place) != same_words(start):
            return False
        same = issuer.id == document.issuer.id
        # Papers write "của Trung ương" or "của Tỉnh ủy" for any body of that level with the same symbol.
        return same or (not set(issuer.symbols).isdisjoint(document.issuer.symbols) and _general(issuer))

    def _relate(self) -> None:
        links: dict[str, dict[str, list[Document]]] = defaultdict(lambda: defaultdict(list))
        for document in self._documents:
            for relation, texts in document.relations.items():
                for text in texts:
                    mention = parse(text, self._catalogue)
                    target = self.resolve(mention).document if mention else None
                    if target and target is not document:
                        links[document.id][relation].append(target)
                        links[target.id][f"{relation}_by"].append(document)
        self._relations = {
            key: {name: tuple(dict.fromkeys(sorted(found, key=lambda d: d.order))) for name, found in of.items()}
            for key, of in links.items()
        }

    def related(self, document: Document, relation: str) -> tuple[Document, ...]:
        """Documents in a relation (`replaces`, `replaces_by` …) to this one, oldest first."""
        return self._related(document.id, relation)

    @asked
    def _related(self, ident: str, relation: str) -> tuple[Document, ...]:
        return self._relations.get(ident, {}).get(relation, ())


def _general(issuer: Issuer) -> bool:
    return issuer.id in ("trung-uong", "tinh-uy", "thanh-uy")


def check_registry(registry: Registry, sources: Mapping[str, Source], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Two files for one document, and relations that name no document or several."""
    seen: dict[tuple[object, ...], Document] = {}
    for document in sorted(registry.documents, key=lambda d: d.path):
        era = document.mention.year or document.term or (document.issued.year if document.issued else "")
        identity = (document.issuer.id, same_words(document.place), document.type.kind, document.mention.key, era)
        other = seen.setdefault(identity, document)
        if other is not document:
            source = sources[document.path]
            yield source.at(
                source.field("number"),
                "VB04",
                f"{document.number} đã khai ở {other.path}",
                "giữ một tệp, hoặc ghi rõ khóa, ngày ban hành, cơ quan ban hành",
            )
        for relation in RELATIONS:
            for text in document.relations.get(relation, ()):
                source = sources[document.path]  # read again, and so only where it is needed
                yield from check_self(registry, catalogue, source, document, relation, text)
                yield from check_entry(registry, catalogue, source, source.field(relation), text, None)


def check_self(
    registry: Registry, catalogue: Catalogue, source: Source, document: Document, relation: str, text: str
) -> Iterator[Diagnostic]:
    """A document replaces, implements or amends another one."""
    mention = parse(text, catalogue)
    if mention and registry.resolve(mention).document is document:
        hint = "ghi văn bản khác, kèm ngày hoặc khóa để phân biệt"
        yield source.at(source.field(relation), "VB06", f"“{text}” là chính văn bản này", hint)


def check_entry(
    registry: Registry, catalogue: Catalogue, source: Source, field: Field | None, text: str, on: date | None
) -> Iterator[Diagnostic]:
    """An entry of a header that must mean exactly one document of the registry."""
    mention = parse(text, catalogue)
    if not mention or not mention.date and re.search(r"ngày\s+\d", text):
        hint = "viết như “35-NQ/TW ngày 22/10/2018”, ngăn các văn bản bằng dấu “;”"
        yield source.at(field, "VB03", f"không đọc được văn bản “{text}”", hint)
        return
    resolution = registry.resolve(mention, on)
    if resolution.document:
        if resolution.conflict and resolution.document.issued and mention.date:
            message = (
                f"{mention.canonical} ghi ngày {short_date(mention.date)}, danh mục ghi {short_date(resolution.document.issued)}"
            )
            yield source.at(field, "VB05", message, f"viết “{resolution.document.citation}”", Severity.WARNING)
        return
    known = resolution.candidates or registry.known(mention)
    choices = "; ".join(f"“{d.citation}”" for d in sorted(known, key=lambda d: d.order))
    if len(resolution.candidates) > 1:
        yield source.at(
            field, "VB02", f"{mention.canonical} có thể là {len(known)} văn bản", f"ghi rõ một trong các văn bản: {choices}"
        )
    elif known:
        yield source.at(field, "VB01", f"không có văn bản nào đúng như “{text}”", f"danh mục có: {choices}")
    else:
        near = nearest(mention.canonical, registry.numbers())
        hint = f"có phải {near}? nếu không, thêm tệp vào van-ban/" if near else "thêm một tệp vào van-ban/"
        yield source.at(field, "VB01", f"{mention.canonical} không có trong danh mục văn bản", hint)
