"""The script of a month: its public articles in the order of print, each with its running time.

A line in square brackets is for the reader's eye and is not read; every other line is one breath.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bantin import vietnamese
from bantin.article import Article
from bantin.audience import admit_printed, admit_public
from bantin.body import Parser
from bantin.content import Content
from bantin.diagnostics import Diagnostic, Severity
from bantin.issue import Issue
from bantin.outputs.bulletin import NothingToPrint
from bantin.printed import PrintedIssue, printed_issue, printed_months
from bantin.source import Source
from bantin.speech import breath
from bantin.speech.blocks import paragraphs
from bantin.speech.letters import spell
from bantin.speech.lexicon import Lexicon
from bantin.speech.numerals import digits
from bantin.speech.rules import explained, spoken

_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class Issuing(Protocol):
    """What a script needs of a content folder that was read and checked for print."""

    @property
    def content(self) -> Content:
        """Everything that was read."""

    @property
    def parser(self) -> Parser:
        """Markdown as the site reads it."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script: its text, its running time in minutes, and a warning for each abbreviation that had to be spelled."""

    text: str
    minutes: float
    unknown: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """An article as read: its paragraphs as said, and what is unknown in it."""

    title: str
    texts: tuple[str, ...]
    unknown: tuple[Diagnostic, ...]

    @property
    def syllables(self) -> int:
        return sum(breath.syllables(text) for text in self.texts)


def months(issuing: Issuing, now: datetime | None = None) -> tuple[str, ...]:
    """Months that have something to read aloud at `now`, newest first."""
    return tuple(m for m in printed_months(admit_printed(issuing.content.articles)) if _issue(issuing, m, now).articles)


def script(issuing: Issuing, month: str, now: datetime | None = None) -> Script:
    """The script of a month (`2023-11`). now: aware, else what the clock says. Raises `NothingToPrint`."""
    issue = _issue(issuing, month, now)
    if not issue.articles:
        raise NothingToPrint(f"tháng {month} không có bài công khai để đọc trên loa")
    lexicon = Lexicon(issuing.content.catalogue, issuing.content.registry.documents)
    parts = [_part(article, issuing, lexicon) for article in issue.articles]
    opening = spoken(f"{issue.issue.title}, {issue.issue.label[:1].lower()}{issue.issue.label[1:]}.", lexicon)
    total = breath.syllables(opening) + sum(part.syllables for part in parts)
    chunks = [_opening(issue.issue, len(parts), total), *breath_lines(opening)]
    for number, part in enumerate(parts, 1):
        chunks.append(f"[Bài {number}/{len(parts)} · {part.title} · {breath.duration(part.syllables)}]")
        chunks += (paragraph for text in part.texts for paragraph in breath_lines(text))
    return Script("\n\n".join(chunks) + "\n", breath.minutes(total), tuple(u for part in parts for u in part.unknown))


def breath_lines(text: str) -> Iterator[str]:
    """A paragraph as one block of lines; nothing where nothing is left to say."""
    if text:
        yield "\n".join(breath.lines(text))


def _issue(issuing: Issuing, month: str, now: datetime | None) -> PrintedIssue:
    """What is printed in the month and is public now, listed and past its embargo: a loudspeaker is the public.

    Both gates: that of print alone would let through internal and embargoed articles, that of the site alone hidden ones.
    """
    articles = issuing.content.articles
    public = {p.article.path for p in admit_public(articles, now or vietnamese.now())}
    return printed_issue(issuing.content, [p for p in admit_printed(articles) if p.article.path in public], month)


def _opening(issue: Issue, count: int, syllables: int) -> str:
    return f"[{issue.title} · {issue.label} · {count} bài · {breath.duration(syllables)}]"


def _part(article: Article, issuing: Issuing, lexicon: Lexicon) -> _Part:
    read = [explained(text, lexicon) for text in _texts(article, issuing.content.text(article.path), issuing.parser)]
    source = issuing.content.sources[article.path]
    words = dict.fromkeys(word for _, found in read for word in found)
    return _Part(article.title, tuple(text for text, _ in read if text), tuple(_unexplained(source, word) for word in words))


def _unexplained(source: Source, word: str) -> Diagnostic:
    """The warning for an abbreviation in no catalogue, where it first stands in the file."""
    message = f"chữ viết tắt “{word}” chưa có cách đọc, phải đọc từng chữ: “{spell(word)}”"
    hint = f"thêm “{word}” vào danh-muc/chu-viet-tat.toml"
    return Diagnostic(source.label, *_place(source, word), "BT08", message, hint, Severity.WARNING)


def _texts(article: Article, body: str, parser: Parser) -> Iterator[str]:
    """The texts of an article as written: title, lead, body, then by whom and after which sources."""
    yield _stopped(article.title)
    if article.lead:
        yield _stopped(article.lead)
    if body.strip():
        yield from paragraphs(parser.tree(body))
    if article.authors:
        yield f"Bài của {_and(article.authors)}."
    if article.sources:
        yield f"Nguồn: {'; '.join(_name(source.name) for source in article.sources)}."


def _name(source: str) -> str:
    """The name of a source; one that is a web address is said part by part: `th389.vn` → `tê hát ba tám chín chấm vê en nờ`."""
    return " chấm ".join(_label(part) for part in source.split(".")) if _SITE.fullmatch(source) else source


def _label(part: str) -> str:
    """A part of an address: as a word where it is one, else letter by letter."""
    if part.isalpha() and len(part) > 2:
        return part
    return " ".join(digits(c) if c.isdecimal() else spell(c) for c in part if c.isalnum())


def _stopped(text: str) -> str:
    return text if text.rstrip()[-1:] in ".!?" else f"{text}."


def _and(names: tuple[str, ...]) -> str:
    return " và ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _place(source: Source, word: str) -> tuple[int, int]:
    """Line and column of a word's first place: what is read of the header, then the body; else the body's first line."""
    whole = re.compile(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])")
    for key in ("title", "summary", "authors", "source"):
        field = source.field(key)
        if field and (match := whole.search(field.value)):
            return field.line, field.column + match.start()
    match = whole.search(source.body)
    at = match.start() if match else 0
    return source.body_line + source.body.count("\n", 0, at), at - source.body.rfind("\n", 0, at)
