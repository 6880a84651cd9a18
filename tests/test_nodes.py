"""A clean tree becomes nodes for print: data that the template has a function for, and not a word lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Write, article, picture
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

import pelicanconf
from bantin import body
from bantin.body import Parser
from bantin.outputs import bulletin
from bantin.outputs import nodes as module
from bantin.outputs.nodes import BLOCKS, SAME, TAGS, THROUGH, Node, Picture, Setting, nodes, without_questions
from bantin.plugin import settings_of

PARSER = Parser(pelicanconf.MARKDOWN)


SIZES = (("1-40.png", 40, 20), ("1-22.png", 22, 11))


def _picture(file: str) -> Picture | None:
    return SIZES if file == "anh/a.png" else None


def made(text: str) -> list[Node]:
    """The nodes of a Markdown text."""
    return nodes(PARSER.tree(text), Setting(lambda href: "" if href.startswith("#") else f"to:{href}", _picture))


def node(tag: str, *children: Node, **more: Any) -> Node:
    """A node as the template gets it."""
    return {"tag": tag, "children": list(children), **more}


def cell(tag: str, text: str, align: str = "", colspan: int = 1, rowspan: int = 1) -> Node:
    """A cell of a table."""
    return node(tag, text, align=align, colspan=colspan, rowspan=rowspan)


IMG = node("img", files=SIZES, alt="cột")

GOLDEN: list[tuple[str, list[Node]]] = [
    ("một *hai* **ba**\nbốn", [node("p", "một ", node("em", "hai"), " ", node("strong", "ba"), " bốn")]),
    ("# a\n\n## b\n\n##### c", [node("h2", "a"), node("h2", "b"), node("h4", "c")]),
    ("- a\n- b\n    1. c", [node("ul", node("li", "a"), node("li", "b", node("ol", node("li", "c"), start=1)))]),
    ("4. a\n5. b", [node("ol", node("li", "a"), node("li", "b"), start=4)]),
    ("[x](https://a.example) [y](#z)", [node("p", node("a", "x", href="to:https://a.example"), " ", node("a", "y", href=""))]),
    ("> trích", [node("blockquote", node("p", "trích"))]),
    ("    a\n      b", [node("pre", node("code", "a\n  b\n"))]),
    ("a  \nb", [node("p", "a", node("br"), " b")]),
    ("a\n\n---\n\nb", [node("p", "a"), node("hr"), node("p", "b")]),
    ("| a | b |\n|:-:|--:|\n| 1 | 2 |",
     [node("table", node("thead", node("tr", cell("th", "a", "center"), cell("th", "b", "right"))),
           node("tbody", node("tr", cell("td", "1", "center"), cell("td", "2", "right"))))]),
    ('<table><tr><td colspan="2" rowspan="-1">x</td><td colspan="99999">y</td></tr></table>',
     [node("table", node("tbody", node("tr", cell("td", "x", colspan=2), cell("td", "y"))))]),
    ("![cột](a.png)", [node("figure", IMG)]),
    ('![cột](a.png "dưới")', [node("figure", IMG, node("figcaption", "dưới"))]),
    ("chữ ![cột](a.png) chữ", [node("p", "chữ ", IMG, " chữ")]),
    ("![cột](khong.png)", []),
    ("x ![cột](khong.png)", [node("p", "x ")]),
    ("a[^1] b\n\n[^1]: chú *thích*", [node("p", "a", node("footnote", node("p", "chú ", node("em", "thích"))), " b")]),
    ("a[^1]\n\n[^1]: xem [^1]", [node("p", "a", node("footnote", node("p", "xem ")))]),
    ("<u>a</u><mark>b</mark><small>c</small>", [node("p", "a", "b", "c")]),
    ("<b>a</b><i>b</i><s>c</s><kbd>d</kbd>", [node("p", node("strong", "a"), node("em", "b"), node("del", "c"), node("code", "d"))]),
    ("đọc <cite>Đường kách mệnh</cite>", [node("p", "đọc ", node("em", "Đường kách mệnh"))]),
    ("x\u00a0  y", [node("p", "x\u00a0 y")]),
    ("<div>\n\n<p>a</p>\n\n</div>", [node("p", "a")]),
    ("nói <q>dân là gốc</q>", [node("p", "nói ", "“", "dân là gốc", "”")]),
    ("<dd>a</dd>", [node("p", "a")]),
    ("<dl><dt>k</dt><dd>v</dd></dl>", [node("dl", node("dt", "k"), node("dd", "v"))]),
    ("<table><caption>Bảng thu</caption><tr><td>x</td></tr></table>",
     [node("figure", node("figcaption", "Bảng thu"), node("table", node("tbody", node("tr", cell("td", "x")))))]),
    ("", []),
]  # fmt: skip


def _words(found: list[Node]) -> list[Node]:
    """Neighbouring strings joined and runs of blanks single: the template does the same."""
    out: list[Node] = []
    for item in found:
        if isinstance(item, str):
            before = str(out.pop()) if out and isinstance(out[-1], str) else ""
            out.append(before + item)
        else:
            keep = item["tag"] == "code" and "\n" in str(item["children"])
            out.append(item if keep else {**item, "children": _words(item["children"])})
    return [re.sub(r"[ \n\u2060]+", " ", item) if isinstance(item, str) else item for item in out]


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[g[0][:40] for g in GOLDEN])
def test_golden(text: str, expected: list[Node]) -> None:
    assert _words(made(text)) == _words(expected)


def test_a_citation_keeps_its_document() -> None:
    tree = PARSER.tree("theo 5-CT/TW")
    element = body.html.Element("cite", {"data-document": "vb-5"})
    element.text, tree[0].text = "5-CT/TW", "theo "
    tree[0].append(element)
    assert nodes(tree, Setting(str, _picture)) == [node("p", "theo ", node("cite", "5-CT/TW", document="vb-5"))]


def test_the_tree_is_not_changed() -> None:
    tree = PARSER.tree("# a\n\nx[^1] ![cột](a.png)\n\n[^1]: b")
    before = body.html.tostring(tree)
    assert nodes(tree, Setting(str, _picture)) == nodes(tree, Setting(str, _picture))
    assert body.html.tostring(tree) == before


def test_a_note_called_twice_is_set_twice() -> None:
    assert str(made("a[^1] b[^1]\n\n[^1]: chú thích")).count("chú thích") == 2


def test_a_note_whose_text_leads_round_ends() -> None:
    assert str(made("a[^1]\n\n[^1]: b [^2]\n[^2]: c [^1]")).count("'footnote'") == 2


def _strings(found: list[Node]) -> str:
    return "".join(item if isinstance(item, str) else _strings(item["children"]) for item in found)


ASKED = "## Mở đầu\n\nx\n\n## CÂU HỎI THẢO LUẬN\n\nMời nghĩ.\n\n1. Vì *sao*?\n2. Làm gì?\n\n- Ai?\n\n## Kết\n\ny"


def test_questions_are_gathered() -> None:
    left, questions = without_questions(made(ASKED))
    assert [_strings([block]) for block in left] == ["Mở đầu", "x", "Kết", "y"]
    assert [_strings(q).strip() for q in questions] == ["Vì sao?", "Làm gì?", "Ai?"]
    assert questions[0][1] == node("em", "sao")


@pytest.mark.parametrize(
    "text", ["## Câu hỏi\n\n1. a", "### Câu hỏi thảo luận\n\n1. a", "## Câu hỏi thảo luận\n\nchưa có", "x", ""]
)
def test_without_questions_nothing_is_taken_away(text: str) -> None:
    found = made(text)
    assert without_questions(found) == (found, [])


def test_questions_at_the_end_of_a_text() -> None:
    left, questions = without_questions(made("x\n\n## Câu hỏi thảo luận\n\n- a\n- b"))
    assert (_strings(left).strip(), len(questions)) == ("x", 2)


def test_the_template_has_a_function_for_every_tag() -> None:
    source = (ROOT / "theme" / "print" / "nodes.typ").read_text(encoding="utf-8")
    table = re.search(r"^#let tags = \(\n(.*?)^\)", source, re.MULTILINE | re.DOTALL)
    assert table
    assert set(re.findall(r"^  (\w+):", table[1], re.MULTILINE)) | set(INSIDE) == TAGS


def test_every_tag_that_may_stand_in_a_text_has_a_place_in_print() -> None:
    assert {SAME.get(tag, tag) for tag in body.TAGS} <= TAGS | THROUGH
    assert set(SAME.values()) <= TAGS and BLOCKS <= TAGS and module.HOLDERS <= BLOCKS


# Set by the function of what they stand in (tables.typ, `definitions`), so they may stand nowhere else.
INSIDE = {"thead": "table", "tbody": "table", "tr": "table", "th": "table", "td": "table", "dt": "dl", "dd": "dl"}


def _tags(found: list[Node], above: tuple[str, ...] = ()) -> set[str]:
    """All tags; each of INSIDE below the one that sets it."""
    tags = set()
    for item in found:
        if isinstance(item, dict):
            assert INSIDE.get(item["tag"], "") in ("", *above), item
            tags |= {item["tag"], *_tags(item["children"], (*above, item["tag"]))}
    return tags


@given(st.lists(st.sampled_from(["đất ", "*", "**", "`", "\n\n", "\n", "- ", "1. ", "> ", "# ", "    ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "[^1]", "\n\n[^1]: chú\n\n", "[x](y)", "![cột](a.png)", "<sup>", "</sup>", "<td>", "<dd>", "<tr>", "<table>", "<caption>", "</table>", "<dl><dt>k<dd>v", "</dl>", "<figure>", "<ol start=x>", "<br>", "&nbsp;"]), max_size=20).map("".join))  # fmt: skip
def test_law_only_known_tags_come_out(text: str) -> None:
    assert _tags(made(text)) <= TAGS


@given(
    st.lists(st.text(alphabet="aăđeệ .,;:", min_size=1, max_size=20), min_size=1, max_size=5),
    st.sampled_from(["\n\n", "\n", "\n\n- ", "\n\n> "]),
)
def test_law_no_word_is_lost(parts: list[str], between: str) -> None:
    tree = PARSER.tree(between.join(parts))
    assert _strings(nodes(tree, Setting(str, _picture))).replace(" ", "") == "".join(tree.text_content().split())


EVERYTHING = "\n\n".join(
    [
        "## Câu\n\nmở đầu",
        *(text for text, _ in GOLDEN if "[^1]" not in text and "khong.png" not in text),
        "a[^9]\n\n[^9]: ghi chú cuối",
    ]
)


def test_the_template_sets_all_of_it(write: Write, tmp_path: Path) -> None:
    """The real Typst over every construct of this module: no tag is unknown to it, and captions, notes and quotes are printed."""
    content = write({"bai-viet/2024/moi-thu.md": article(EVERYTHING), "anh/a.png": picture()})
    issuing = bulletin.prepare(settings_of(ROOT / "pelicanconf.py", PATH=str(content)))
    month = bulletin.months(issuing)[0]
    text = " ".join(page.extract_text() for page in PdfReader(bulletin.make(issuing, month, tmp_path / "in").path).pages)
    for words in ("mở đầu", "trích", "Bảng thu", "dưới", "ghi chú cuối", "“dân là gốc”", "Đường kách mệnh"):
        assert words in " ".join(text.split()), words
