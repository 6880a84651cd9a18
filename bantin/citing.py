"""What the citations of one text mean: each is read with the registry, the day, and what the text has cited before.

First mentions are full, later ones short, so "Nghị quyết 26-NQ/TW" after its full form means that one document, and so do
"Nghị quyết 26" and a name that only one document bears. Without such ground an ambiguous one stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bantin.catalogue import Catalogue
from bantin.citations import Mention, Named, Partial, find_all
from bantin.documents import Document
from bantin.registry import Registry, Resolution

# "Kết luận 01-KL/TW … về tiếp tục thực hiện Chỉ thị 05-CT/TW": the second stands in the title of the first.
_DONE = ("thực hiện", "sửa đổi", "bổ sung", "thay thế", "tổng kết", "sơ kết", "thi hành", "hướng dẫn", "quy định chi tiết")
_IN_TITLE = re.compile(
    r"[,;)*_\s]*(?:[“\"]?[Vv]ề(?: việc)?|[Vv]iệc)\s[^.;:\n”\"]*?"
    rf"(?:{'|'.join(_DONE)})\s*(?:nội dung |một số [^,.;]{{0,30}})?"
)
_TITLE = re.compile(r"(?:[“\"]?\b[Vv]ề(?: việc)?|\b[Vv]iệc)\s")
_SENTENCE = re.compile(r"[.;:!?]\s|\n\s*\n")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation read: where it stands (code points, half open), what was found there and what it means.

    nested: it stands in the title of another document, so it is a relation of that one and no citation of the text.
    """

    start: int
    end: int
    surface: str
    found: Mention | Named | Partial
    resolution: Resolution
    nested: bool = False

    @property
    def document(self) -> Document | None:
        """The one document that is meant."""
        return self.resolution.document


class Reader:
    """Reads the texts of one article in their order. on: its day; context: the documents of its header."""

    def __init__(self, registry: Registry, catalogue: Catalogue, on: date | None, context: Iterable[Document] = ()) -> None:
        self._registry, self._catalogue, self._on = registry, catalogue, on
        self._seen = {document.path: document for document in context}

    def read(self, text: str) -> list[Reference]:
        """The citations of an NFC text, left to right; what it cites is known to the texts that follow."""
        if not (_DIGIT.search(text) or "Nghị quyết" in text or "nghị quyết" in text):
            return []
        references = []
        last: Mention | None = None
        mentions, names, partial = find_all(text, self._catalogue)
        for mention in mentions:
            nested = last is not None and _in_title(text[last.end : mention.start])
            references.append(self._reference(mention, self._mention(mention), nested))
            last = mention
        references += [self._reference(named, self._named(named), False) for named in names]
        references += [self._reference(part, self._partial(part), False) for part in partial]
        return _apart(sorted(references, key=lambda r: (r.start, -r.end)))

    def _reference(self, found: Mention | Named | Partial, resolution: Resolution, nested: bool) -> Reference:
        if resolution.document:
            self._seen[resolution.document.path] = resolution.document
        return Reference(found.start, found.end, found.surface, found, resolution, nested)

    def _mention(self, mention: Mention) -> Resolution:
        resolution = self._registry.resolve(mention, self._on)
        if resolution.document and not self._grounded(resolution.document, mention):
            return Resolution(None)
        before = [d for d in resolution.candidates if d.path in self._seen]
        if not resolution.document and len(before) == 1 and _short(mention):
            return Resolution(before[0])
        return resolution

    def _grounded(self, document: Document, mention: Mention) -> bool:
        """Every province has a 12-KH/TU: a bare number means ours only where the place or the day is said, or it was cited."""
        if not document.place or document.path in self._seen or mention.date == document.issued:
            return True
        named = self._catalogue.issuer_named(mention.issuer) if mention.issuer else None
        return bool(named and named[1])

    def _named(self, named: Named) -> Resolution:
        found = [d for d in self._registry.named(named.key) if not self._on or not d.issued or d.issued <= self._on]
        return Resolution(found[0]) if len(found) == 1 else Resolution(None, tuple(found))

    def _partial(self, part: Partial) -> Resolution:
        """A bare number means a document that was cited before, and nothing else."""
        found = [
            d
            for d in self._seen.values()
            if part.number.isdigit()
            and int(d.mention.number) == int(part.number)
            and d.type.name == part.type
            and part.year in (None, d.mention.year)
        ]
        return Resolution(found[0]) if len(found) == 1 else Resolution(None, tuple(found))


def _short(mention: Mention) -> bool:
    return not (mention.date or mention.issuer or mention.term or mention.issued_in)


def _in_title(said: str) -> bool:
    """Whether what follows stands in the title of what was before; said: all between the two numbers."""
    if not any(done in said for done in _DONE):
        return False
    title = _TITLE.search(said)  # behind the date, issuer and term of the first
    ended = title and _SENTENCE.search(said, 0, title.start())
    return _IN_TITLE.fullmatch(said[title.start() :] if title and not ended else said) is not None


def _apart(references: list[Reference]) -> list[Reference]:
    """Without those that stand inside an earlier one."""
    kept: list[Reference] = []
    for reference in references:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def cited(references: Iterable[Reference]) -> Iterator[tuple[Reference, Document]]:
    """Those that are citations of the text and mean one document."""
    for reference in references:
        if reference.document and not reference.nested:
            yield reference, reference.document
