"""The reader, fed with what nobody would write: values or diagnostics, never another error; the same twice; places inside the file.

Half a minute of inputs by default, ten minutes by hand: `BANTIN_LONG=1 pytest tests/test_fuzz.py`. What was found
lies in tests/found/ and is tried first, always.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CATALOGUES, ROOT, whole
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import pelicanconf
from bantin.article import Article, read_article
from bantin.body import Parser, clean_tree, targets
from bantin.bounds import too_deep, too_much
from bantin.catalogue import load
from bantin.diagnostics import CODES, Diagnostic
from bantin.documents import Document, read_document
from bantin.issue import read_issue
from bantin.links import forbidden_schemes
from bantin.markup import inner_html
from bantin.page import read_page, read_profile
from bantin.registry import Registry, check_entry
from bantin.source import Source, read
from bantin.text_checks import check_citing, read_citations

CATALOGUE = load(CATALOGUES)
REGISTRY = Registry([], CATALOGUE)
PARSER = Parser(pelicanconf.MARKDOWN)
FOUND = ROOT / "tests" / "found"
REAL = [
    p.read_bytes()
    for folder in ("bai-viet", "noi-bo", "van-ban", "ban-tin", "trang", "tac-gia")
    for p in sorted((ROOT / "content" / folder).rglob("*.md"))
]
PIECES = [
    b"\n", b"\n\n", b"\r", b"---\n", b"...\n", b": ", b":", b";", b",", b"Title: ", b"Date: ", b"Tags: [", b"- ", b"    ", b"\t", b"|", b"|-|", b"> ", b"# ", b"```", b"~~~\n", b"`", b"*", b"_", b"**",
    b"[", b"](", b")", b"![", b"[^1]", b"[^1]: ", b"*[A]: ", b"{: #a }", b"{filename}", b"<", b">", b"<div>", b"</div>", b"<!--", b"-->", b"<![CDATA[", b"<?", b"&#", b"&amp;", b"javascript:", b"https://", b"\\",
    b"35-NQ/TW", b"Ngh\xe1\xbb\x8b quy\xe1\xba\xbft ", b"s\xe1\xbb\x91 ", b"ng\xc3\xa0y 1/1/2020", b"kh\xc3\xb3a XII", b"Trung \xc6\xb0\xc6\xa1ng 4", b"M\xe1\xba\xacT", b"\xef\xbb\xbf", b"\xcc\x81", b"\xe2\x80\x8b", b"\xc2\xa0", b"\x00", b"\xff", b"\xed\xa0\x80",
    b"!!python/object:x", b"&a", b"*a", b"{{", b"%}", b"2024-02-30", b"99999999999999999999", b"\xef\xbc\x91", b"-", b"=", b"0", b"\xee\x80\x80",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file in which pieces were put in, taken out, doubled or moved; or pieces alone."""
    text = draw(st.sampled_from([b"", *REAL]))
    for _ in range(draw(st.integers(0, 12))):
        at, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4)) * draw(st.sampled_from([1, 1, 1, 2, 3, 40]))
        text = draw(
            st.sampled_from(
                [
                    text[:at] + piece + text[at:],
                    text[:at] + piece + text[min(end, at + 9) :],
                    text[:end] + text[at:],
                    text[:at] + text[end:],
                ]
            )
        )
    return text[:60_000]


def outcome(root: Path, data: bytes) -> tuple[Source | None, list[Diagnostic], str]:
    """Everything that is made of a file before a page is: problems, and a digest of values and text."""
    (root / "a.md").write_bytes(data)
    source, problems = read(root, "a.md", "a.md")
    if not source:
        return None, problems, ""
    values: list[object] = []
    for value, found in (
        read_article(source, "a", False),
        read_article(source, "a", True),
        read_document(source, "a", CATALOGUE),
        read_issue(source, CATALOGUE),
        read_page(source, "a"),
        read_profile(source, "a"),
    ):
        values.append(value)
        problems += found
    if too_much(source.body):
        return source, problems, repr(values)
    try:
        dirty = PARSER.html(source.body)
    except RecursionError:  # as `checks.check_body` takes it
        return source, problems, repr(values)
    tree = clean_tree(dirty)
    values += [forbidden_schemes(dirty), list(targets(tree)), "" if too_deep(tree) else inner_html(tree)]
    article = values[0]
    if isinstance(article, Article):
        registry = Registry([values[2]] if isinstance(values[2], Document) else [], CATALOGUE)
        day = article.date.date()
        for text in article.documents:
            problems += check_entry(registry, CATALOGUE, source, source.field("resolutions"), text, day)
        problems += check_citing(read_citations(source, article, registry.entries(article.documents, day), registry, CATALOGUE))
    return source, problems, repr(values)


def assert_sound(root: Path, data: bytes) -> None:
    """The law."""
    source, problems, said = outcome(root, data)
    assert outcome(root, data) == (source, problems, said)
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for found in problems:
        assert found.code in CODES and found.message
        assert 1 <= found.line <= len(lines) + 1, found
        assert 1 <= found.column <= max(map(len, lines)) + 2, found


@settings(max_examples=whole(1_400, 40_000), suppress_health_check=list(HealthCheck))
@given(mutated())
@example(b"---\n? [a\n---\n")
@example("Title: a\nDate: 2024-01-01\nCategory: b\nBulletin: ２０２４-01\n".encode())
def test_law_any_bytes_are_read_or_named(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    assert_sound(tmp_path_factory.getbasetemp(), data)


@pytest.mark.parametrize("file", sorted(FOUND.glob("*")), ids=lambda p: p.name)
def test_what_was_found_once(tmp_path: Path, file: Path) -> None:
    assert_sound(tmp_path, file.read_bytes())
