"""How an article cites: each finding is a warning at its place in the Markdown, with what to write instead.

Running text is never refused: many documents that people cite will never be in the registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bantin.article import Article
from bantin.catalogue import Catalogue
from bantin.citations import Mention, grammar
from bantin.citations.clean import digits
from bantin.citing import Reader, Reference, cited
from bantin.diagnostics import Diagnostic, Severity
from bantin.documents import Document
from bantin.registry import Registry, Resolution
from bantin.source import Source
from bantin.vietnamese import short_date

# Not running text: code, addresses, whole links, pictures, raw HTML. Each begins with a letter of its own, and what stands at
# the beginning of a line with the break before it, so that the rest of a text is passed over fast.
_MASKED = (
    r"\n(```|~~~).*?\n\1[^\n]*$|\n {4}[^\n]*|\n\t[^\n]*|`[^`\n]+`|!\[[^\]\n]*\]\([^)\n]*\)|\[[^\]\n]*\]\([^)\n]*\)"
    r"|\n\[[^\]\n]+\]:[^\n]*|<[^>\n]+>"
)
_MASKS = [re.compile(pattern, re.MULTILINE | re.DOTALL) for pattern in (_MASKED, rf"{_MASKED}|https?://\S+")]
_SIGNS = ("`", "[", "<", "~~~", "    ", "\t", "://")  # a body without these has nothing of the kind
_SEEN = re.compile(r"[^\n]+")


_NOTHING, _NO_MENTION = Resolution(None), Mention(0, 0, "", "0", "", "", "", False)


@dataclass(frozen=True)
class Citing:
    """An article's body read for its citations. text: the body without what is not running text."""

    source: Source
    text: str
    article: Article
    documents: tuple[Document, ...]  # of its header
    references: tuple[Reference, ...]
    registry: Registry
    catalogue: Catalogue

    @cached_property
    def mentions(self) -> list[tuple[Reference, Mention]]:
        """Full numbers that the text itself cites, each meaning once."""
        seen, found = set(), []
        for reference in self.references:
            if isinstance(reference.found, Mention) and not reference.nested:
                key = (reference.found.key, reference.found.kind, reference.found.date, reference.found.term)
                if key not in seen:
                    seen.add(key)
                    found.append((reference, reference.found))
        return found

    @cached_property
    def first(self) -> list[tuple[Reference, Document]]:
        """The first citation of each document in running text: headings and table rows are short by nature.

        One that stood in the title of another document was a mention too.
        """
        seen, found = set(), []
        for reference in self.references:
            document = reference.document
            if document and document.path not in seen and not self.brief_place(reference):
                seen.add(document.path)
                if not reference.nested:
                    found.append((reference, document))
        return found

    def brief_place(self, reference: Reference) -> bool:
        """Headings, table rows and footnotes are read by themselves."""
        body, start = self.source.body, reference.start
        return body[body.rfind("\n", 0, start) + 1 : start + 2].lstrip().startswith(("#", "|", "[^"))

    def at(self, reference: Reference, code: str, message: str, hint: str) -> Diagnostic:
        """A warning at a citation."""
        body, start = self.source.body, reference.start
        line = self.source.body_line + body.count("\n", 0, start)
        return Diagnostic(self.source.label, line, start - body.rfind("\n", 0, start), code, message, hint, Severity.WARNING)


def masked(body: str) -> str:
    """A body of the same length in which what is not running text is blank."""
    if not any(sign in body for sign in _SIGNS):
        return body
    return _MASKS["://" in body].sub(_blank, f"\n{body}")[1:]


def _blank(match: re.Match[str]) -> str:
    return _SEEN.sub(lambda line: " " * len(line.group()), match.group())


def read_citations(
    source: Source, article: Article, documents: tuple[Document, ...], registry: Registry, catalogue: Catalogue
) -> Citing:
    """Read an article's body. documents: of its header, resolved."""
    reader = Reader(registry, catalogue, article.date.date(), documents)
    text = masked(source.body)
    return Citing(source, text, article, documents, tuple(reader.read(text)), registry, catalogue)


def check_citing(citing: Citing) -> Iterator[Diagnostic]:
    """Every rule, in the order of its code."""
    for rule in (
        unknown,
        ambiguous,
        superseded,
        dated_otherwise,
        wrong_type,
        malformed,
        not_cited,
        not_listed,
        not_full_first,
        full_again,
    ):
        yield from rule(citing)


def unknown(citing: Citing) -> Iterator[Diagnostic]:
    """TD01: no document of that number, but one whose digits differ by a slip, and nothing else that is said."""
    numbers = set()
    for reference, mention in citing.mentions:
        told = mention.key in numbers  # a short mention after a full one says nothing new
        numbers.add(mention.key)
        if told or reference.document or reference.resolution.candidates or citing.registry.known(mention):
            continue
        near = [d for d in citing.registry.alike(mention) if _slip(mention.number, d.mention.number) and _fits(mention, d)]
        if near:
            names = " hay ".join(sorted({d.number for d in near}))
            yield citing.at(reference, "TD01", f"{mention.canonical} không có trong danh mục văn bản", f"có phải {names}?")


def _slip(one: str, other: str) -> bool:
    """One digit other, too many or missing, or two neighbours changed places."""
    one, other = one.lstrip("0"), other.lstrip("0")
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    places = [n for n in range(len(one)) if one[n] != other[n]]
    swapped = (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )
    return len(places) == 1 or swapped


def _fits(mention: Mention, document: Document) -> bool:
    return mention.date in (None, document.issued) and mention.term in (None, document.term)


def ambiguous(citing: Citing) -> Iterator[Diagnostic]:
    """TD02: several documents fit."""
    for reference, mention in citing.mentions:
        candidates = reference.resolution.candidates
        if not reference.document and len(candidates) > 1:
            choices = "; ".join(f"“{d.citation}”" for d in sorted(candidates, key=lambda d: d.order))
            message = f"{mention.canonical} có thể là {len(candidates)} văn bản nên không được nối"
            yield citing.at(reference, "TD02", message, f"viết một trong: {choices}")


def superseded(citing: Citing) -> Iterator[Diagnostic]:
    """TD03: replaced already on the article's day, and the text does not name what replaced it."""
    on, named = citing.article.date.date(), {d for _, d in cited(citing.references)}
    for reference, document in citing.first:
        newer = [d for d in citing.registry.related(document, "replaces_by") if d.issued and d.issued <= on]
        if newer and named.isdisjoint(newer):
            hint = f"văn bản đang có hiệu lực: “{newer[-1].citation}”"
            yield citing.at(reference, "TD03", f"{document.number} đã được thay thế bởi {newer[-1].number}", hint)


def dated_otherwise(citing: Citing) -> Iterator[Diagnostic]:
    """TD04: the text gives another day than the registry."""
    for reference, mention in citing.mentions:
        document = reference.document or (reference.resolution.candidates or (None,))[0]
        wrong = reference.resolution.conflict or len(reference.resolution.candidates) == 1
        if document and wrong and mention.date and document.issued and mention.date != document.issued:
            message = f"{mention.canonical} ghi ngày {short_date(mention.date)}, danh mục ghi {short_date(document.issued)}"
            yield citing.at(reference, "TD04", message, f"viết “{document.citation}”, hoặc sửa danh mục")


def wrong_type(citing: Citing) -> Iterator[Diagnostic]:
    """TD05: the word before the number names another type than the document is of."""
    for reference, mention in citing.mentions:
        known = citing.registry.known(mention)
        if mention.typed and known and not reference.document and all(d.type.kind != mention.kind for d in known):
            names = " hoặc ".join(sorted({d.type.name for d in known}))
            yield citing.at(reference, "TD05", f"“{reference.surface}”: văn bản số này là {names}", f"viết “{known[0].name}”")


_ENDS_EARLY = re.compile(
    r"(?<![\w/.,–-])(?P<number>\d{1,4})\s?[-–/]?\s?(?P<rest>[A-ZĐ]{2,}[A-Za-zĐđ]*(?:[-/–]?[A-ZĐ]*)*)(?![\w/])"
)
_SO = re.compile(r"\s*(?:số)?\s*:?\s*$", re.IGNORECASE)


def malformed(citing: Citing) -> Iterator[Diagnostic]:
    """TD06: a type and a number that ends too early or runs together: "Nghị quyết 35-NQ", "Chỉ thị 05-CTTW"."""
    body, rules, end = citing.text, grammar.of(citing.catalogue), 0
    whole = [(r.start, r.end) for r in citing.references if isinstance(r.found, Mention)]
    for at in digits(body):
        match = _ENDS_EARLY.match(body, at) if at >= end else None
        if not match:
            continue
        end = match.end()
        if any(one < end and at < other for one, other in whole):
            continue
        head = _SO.sub("", body[max(0, match.start() - 48) : match.start()])
        word = grammar.type_before(head, len(head), rules)
        if not word:
            continue
        kind, tail = _split_symbol(re.sub(r"[-/–]+$", "", match["rest"]), rules)
        if kind and (not tail or tail.casefold() in rules.issuers):
            start = body.rfind(word, 0, match.start())
            found = Reference(start, match.end(), body[start : match.end()], _NO_MENTION, _NOTHING)
            right = f"{match['number']}-{kind}/{tail or 'TW'}"
            hint = f"viết đủ như {right}" if not tail else f"viết {right}"
            yield citing.at(found, "TD06", f"số hiệu “{found.surface}” không đúng dạng", hint)


def _split_symbol(symbol: str, rules: grammar.Grammar) -> tuple[str, str]:
    """A symbol that runs together as (kind, rest): `NQTW` → (`NQ`, `TW`)."""
    written = (k for k in sorted(rules.kinds.values(), key=len, reverse=True) if symbol.startswith(k))
    kind = next(written, "")
    return kind, symbol[len(kind) :].lstrip("-/–")


def not_cited(citing: Citing) -> Iterator[Diagnostic]:
    """TD07: in the header, but the text does not cite it."""
    named = {d for _, d in cited(citing.references)} | {r.document for r in citing.references}
    for document in citing.documents:
        if document not in named:
            field = citing.source.field("resolutions")
            hint = f"dẫn “{document.name}” trong bài, hoặc bỏ khỏi dòng Resolutions"
            yield citing.source.at(field, "TD07", f"{document.number} có ở đầu bài nhưng bài không dẫn", hint, Severity.WARNING)


def not_listed(citing: Citing) -> Iterator[Diagnostic]:
    """TD08: cited in the text, but not in the header."""
    for reference, document in citing.first:
        if document not in citing.documents:
            listed = document.number + (f" ngày {short_date(document.issued)}" if document.issued else f" (khóa {document.term})")
            yield citing.at(
                reference, "TD08", f"{document.number} được dẫn nhưng không có ở đầu bài", f"thêm “{listed}” vào dòng Resolutions"
            )


def not_full_first(citing: Citing) -> Iterator[Diagnostic]:
    """TD09: the first mention in running text gives neither day nor issuer nor term."""
    for reference, document in citing.first:
        mention = reference.found
        full = not isinstance(mention, Mention) or mention.date or mention.issuer or mention.term or mention.issued_in
        if not full:
            yield citing.at(reference, "TD09", f"lần đầu dẫn {document.number} chưa đầy đủ", f"viết “{document.citation}”")


def full_again(citing: Citing) -> Iterator[Diagnostic]:
    """TD10: a later mention repeats day and issuer in running text."""
    first = {reference.start for reference, _ in citing.first}
    seen: set[Document] = set()
    for reference, document in cited(citing.references):
        mention = reference.found
        again = document in seen and reference.start not in first and not citing.brief_place(reference)
        if again and isinstance(mention, Mention) and mention.date and mention.issuer:
            short = f"{document.type.name} {document.number}"
            yield citing.at(reference, "TD10", f"{document.number} đã được dẫn đầy đủ ở trên", f"lần sau viết gọn “{short}”")
        seen.add(document)
