"""Markdown becomes safe HTML with linked citations, pictures and tables; what is hostile goes."""

from __future__ import annotations

import re

import pytest
from conftest import CATALOGUES, source_of
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from lxml import html
from markupsafe import Markup

import pelicanconf
from bantin.body import (
    ATTRIBUTES,
    ROOT,
    SCHEMES,
    TAGS,
    Body,
    Figure,
    Heading,
    Parser,
    Surroundings,
    Tree,
    clean_tree,
    targets,
)
from bantin.body import site_body as make
from bantin.catalogue import load
from bantin.citing import Reader
from bantin.documents import read_document
from bantin.links import forbidden_schemes
from bantin.registry import Registry

PARSER = Parser(pelicanconf.MARKDOWN)
CATALOGUE = load(CATALOGUES)
HEADERS = {
    "5-ct": "Title: về ruộng đất\nNumber: 5-CT/TW\nKind: Chỉ thị\nIssuer: Ban Bí thư\nTerm: XII\nIssued: 2018-03-04",
    "15-nd": "Title: về chợ\nNumber: 15/2015/NĐ-CP\nKind: Nghị định\nIssuer: Chính phủ\nIssued: 2015-02-03",
    "9-kl": "Title: về cũ\nNumber: 9-KL/TW\nKind: Kết luận\nIssuer: Ban Bí thư\nTerm: XI\nIssued: 2012-03-04",
}
DOCUMENTS = [read_document(source_of(text, f"van-ban/{name}.md"), name, CATALOGUE)[0] for name, text in HEADERS.items()]
REGISTRY = Registry([d for d in DOCUMENTS if d], CATALOGUE)


def _link(written: str) -> str | None:
    return written if written.startswith(("http", "mailto")) else f"{ROOT}toi/" if written == "toi.md" else None


def _picture(written: str) -> Figure | None:
    webp = (("anh/a-480.webp", 480), ("anh/a-960.webp", 960))
    return Figure("anh/a-960.png", 960, 540, (("image/webp", webp),)) if written == "a.png" else None


def around() -> Surroundings:
    """The surroundings of one article."""
    reader = Reader(REGISTRY, CATALOGUE, None)
    return Surroundings(
        _link, _picture, reader.read, lambda d: (f"{ROOT}van-ban/{d.id}/", f"{d.name} {d.title}", d.id == "9-kl"), "50vw"
    )


def body(text: str) -> Body:
    """A Markdown text as a body of the site."""
    return make(PARSER.tree(text), around())


def page(text: str) -> Tree:
    """The tree of a body on a page of the site's root."""
    return html.fragment_fromstring(str(body(text).at("/")), create_parent="div")


def flat(text: str) -> str:
    """The HTML of a body, its white space single."""
    return re.sub(r">\s+<", "><", " ".join(body(text).at("/").split()))


SAME_TEXT = '<a class="van-ban" href="/van-ban/5-ct/" title="Chỉ thị số 5-CT/TW về ruộng đất">'

GOLDEN = [
    ("# Lớn\n\n## Đất & nước\n\n## Đất & nước", '<h2 id="lon">Lớn</h2><h2 id="dat-nuoc">Đất &amp; nước</h2><h2 id="dat-nuoc_1">Đất &amp; nước</h2>'),
    ("### 漢字", '<h3 id="muc">漢字</h3>'),
    ("[ngoài](https://a.example)", '<p><a href="https://a.example" rel="noopener external">ngoài</a></p>'),
    ("[thư](mailto:a@a.example)", '<p><a href="mailto:a@a.example">thư</a></p>'),
    ("[trong](toi.md) rồi", '<p><a href="/toi/">trong</a> rồi</p>'),
    ("đi [*tới* đâu](khong.md) đó", "<p>đi <em>tới</em> đâu đó</p>"),
    ("[mục](#lon)", '<p><a href="#lon">mục</a></p>'),
    ("học Chỉ thị số 5-CT/TW, ngày 04/3/2018.", f'<p>học {SAME_TEXT}Chỉ thị số <span class="so-hieu">5-CT/TW</span></a>, ngày 04/3/2018.</p>'),
    ("**5-CT/TW** và 5 - CT/TW",
     f'<p><strong>{SAME_TEXT}<span class="so-hieu">5-CT/TW</span></a></strong> và {SAME_TEXT}<span class="so-hieu">5 - CT/TW</span></a></p>'),
    ("Nghị định 15/2015/NĐ-CP",
     '<p><a class="van-ban" href="/van-ban/15-nd/" title="Nghị định số 15/2015/NĐ-CP về chợ">Nghị định <span class="so-hieu">15/2015/NĐ-CP</span></a></p>'),
    ("9-KL/TW", '<p><a class="van-ban het-hieu-luc" href="/van-ban/9-kl/" title="Kết luận số 9-KL/TW về cũ"><span class="so-hieu">9-KL/TW</span></a></p>'),
    ("`5-CT/TW`", "<p><code>5-CT/TW</code></p>"),
    ("    5-CT/TW", "<pre><code>5-CT/TW </code></pre>"),
    ("[xem 5-CT/TW](https://a.example)", '<p><a href="https://a.example" rel="noopener external">xem 5-CT/TW</a></p>'),
    ("77-CT/TW và 5-CT/TU", "<p>77-CT/TW và 5-CT/TU</p>"),
    ("![mô tả](a.png \"chú thích\")",
     '<figure class="hinh"><picture><source type="image/webp" srcset="/anh/a-480.webp 480w, /anh/a-960.webp 960w" sizes="50vw">'
     '<img alt="mô tả" src="/anh/a-960.png" width="960" height="540" loading="lazy" decoding="async"></picture><figcaption>chú thích</figcaption></figure>'),
    ("chữ ![mô tả](khong.png) sau", "<p>chữ sau</p>"),
    ("{{ 7*7 }} {% raw %} {# x #}", "<p>{{ 7*7 }} {% raw %} {# x #}</p>"),
    (f"a{ROOT}b [c](https://a.example/{ROOT}d)", '<p>ab <a href="https://a.example/d" rel="noopener external">c</a></p>'),
    ("5 < 7 & \"ngoặc\" > 3", "<p>5 &lt; 7 &amp; \"ngoặc\" &gt; 3</p>"),
    ("", ""),
]  # fmt: skip


def _shape(fragment: str) -> str:
    """HTML with its attributes in alphabetical order and one kind of quotes: what a browser cannot tell apart."""
    tree = html.fragment_fromstring(fragment, create_parent="div")
    for element in tree.iter():
        pairs = sorted(element.attrib.items())
        element.attrib.clear()
        element.attrib.update(pairs)
    return html.tostring(tree, encoding="unicode")


@pytest.mark.parametrize(("text", "expected"), GOLDEN, ids=[g[0][:40] for g in GOLDEN])
def test_golden(text: str, expected: str) -> None:
    assert _shape(flat(text)) == _shape(expected)


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "[x](javascript:alert(1))",
    "[x](JaVa&#115;cript:alert(1))", "[x](data:text/html,<script>1</script>)", "![x](data:image/svg+xml,x)", "<svg onload=alert(1)></svg>",
    '<svg><a xlink:href="javascript:1">x</a></svg>', '<p style="background:url(x)">y</p>', "<style>p{color:red}</style>",
    "<iframe src=//a.example></iframe>", "<form action=x><input name=a><button>b</button></form>", '<a href="vbscript:x">y</a>',
    "<math><mi xlink:href='data:x'></mi></math>", "<object data=x></object><embed src=x>", '<base href="//a.example/">', "<meta http-equiv=refresh content=0>",
    '<div class="bang" onclick="x()">y</div>', "<noscript><p title='</noscript><img src=x onerror=1>'>", "<a href='\x01javascript:1'>x</a>",
    "<template><script>1</script></template>", "<!--><script>1</script>-->", "<p id=x name=y data-pagefind-body>z</p>", '<a class="van-ban" href="https://a.example">x</a>',
    "<video src=x autoplay></video><audio src=x></audio>", "<details ontoggle=x open>y</details>", "<link rel=stylesheet href=x>", "`<script>1</script>`",
    "[a]: javascript:1\n\n[a]", "<https://a.example/\"onmouseover=\"x>", '<td background="javascript:1">', "<title>x</title><textarea><script>1</script></textarea>",
]  # fmt: skip


def assert_harmless(tree: Tree) -> None:
    """Nothing in a body runs, styles, embeds or leads where it may not."""
    allowed = TAGS | {"picture", "source"}
    ours = {"class", "rel", "role", "tabindex", "aria-label", "scope", "type", "srcset", "sizes", "loading", "decoding"}
    for element in tree.iterdescendants():
        assert element.tag in allowed
        names = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, set()) | ours
        assert set(element.attrib) <= names, element.attrib
        for name in ("href", "src"):
            scheme = re.match(r"[\s\x00-\x1f]*([a-zA-Z][\w+.-]*):", element.get(name, ""))
            assert not scheme or scheme[1].lower() in SCHEMES


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_hostile_goes(text: str) -> None:
    tree = page(f"trước\n\n{text}\n\nsau")
    assert_harmless(tree)
    assert "trước" in tree.text_content()
    assert "alert(1)</script" not in str(body(text).at("/"))


@given(st.lists(st.sampled_from(["<", ">", "</", "script", "svg", "img ", "a ", "href=", "src=", "onerror=", "javascript:", '"', "'", "`", "\n\n", "x", "](", "![", "[", ")", "&colon;", "/", "=", " ", "style", "<p ", "|", "-|-", "[^1]", "5-CT/TW"]), max_size=25).map("".join))  # fmt: skip
def test_law_no_text_makes_hostile_html(text: str) -> None:
    assert_harmless(page(text))


@pytest.mark.parametrize(
    ("text", "schemes"),
    [
        ("[x](javascript:1) <a href='data:x'>y</a>", ["data", "javascript"]),
        ("[x](https://a.example) [y](tel:1) `javascript:1`", []),
        ("", []),
    ],
)
def test_forbidden_schemes_are_named(text: str, schemes: list[str]) -> None:
    assert forbidden_schemes(PARSER.html(text)) == schemes


def test_tables_have_a_frame_and_classes_instead_of_styles() -> None:
    tree = page("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |\n\nx\n\n| e |\n|---|\n| 5 |")
    frames = tree.xpath("./div[@class='bang']")
    assert [(f.get("role"), f.get("tabindex"), f[0].tag) for f in frames] == [("region", "0", "table")] * 2
    assert [f.get("aria-label") for f in frames] == ["Bảng 1", "Bảng 2"]
    assert [cell.get("class") for cell in tree.xpath(".//th|.//td")] == ["can-trai", "can-giua", "can-phai", None] * 2 + [
        None
    ] * 2
    assert {cell.get("scope") for cell in tree.iter("th")} == {"col"}
    assert not tree.xpath(".//@align|.//@style")
    (own,) = page('<table><tr><th scope="row">a</th></tr></table>').iter("th")
    assert own.get("scope") == "row"


def test_footnotes_lead_there_and_back_in_vietnamese() -> None:
    tree = page("Một[^a] hai[^b].\n\n[^a]: Chú thích 5-CT/TW.\n[^b]: Khác.")
    (notes,) = tree.xpath(".//div[@class='footnote']")
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    refs = tree.xpath(".//a[@class='footnote-ref']|.//a[@class='footnote-backref']")
    assert len(refs) == 4 and {r.get("href")[1:] for r in refs} <= ids
    assert [a.get("title") for a in notes.xpath(".//a[@class='footnote-backref']")] == [
        f"Trở lại chỗ chú thích {n}" for n in (1, 2)
    ]
    assert notes.xpath("string(.//a[@class='van-ban'])") == "5-CT/TW"


def test_contents_and_words() -> None:
    found = body("## Đất\n\nba chữ đây\n\n### Nước\n\n#### Sâu\n\n# Lớn")
    assert found.contents == (Heading("Đất", "dat", 2), Heading("Nước", "nuoc", 3), Heading("Lớn", "lon", 2))
    assert found.words == 7


def test_the_root_stands_wherever_the_page_is() -> None:
    found = body("[trong](toi.md) ![x](a.png) 5-CT/TW")
    assert ROOT in found.html
    for root in ("/", "../../", "https://a.example/"):
        at = found.at(root)
        assert isinstance(at, Markup) and ROOT not in at
        assert re.findall(r'(?:href|src)="([^"]+)"', at) == [f"{root}toi/", f"{root}anh/a-960.png", f"{root}van-ban/5-ct/"]


def test_braces_are_inert_in_a_template() -> None:
    template = Environment(autoescape=True).from_string("{{ view }}")
    assert template.render(view=body("{{ 7*7 }}{% if x %}").at("/")) == "<p>{{ 7*7 }}{% if x %}</p>"


def test_targets_are_what_was_written() -> None:
    tree = clean_tree(PARSER.html("[a](x.md) ![b](y.png)\n\n<a>trơn</a> [c](#d)"))
    assert list(targets(tree)) == [("href", "x.md"), ("src", "y.png"), ("href", "#d")]


PLAIN = st.text(alphabet="abc đăẩ,.;:/-0123456789NQCTKLTW\u00a0", max_size=60)


@given(st.lists(PLAIN | st.sampled_from(["Chỉ thị 5-CT/TW", "9-KL/TW khóa XI", "15/2015/NĐ-CP"]), max_size=8))
def test_law_links_to_documents_change_no_text(parts: list[str]) -> None:
    before = PARSER.tree(" ".join(parts))
    assert page(" ".join(parts)).text_content() == before.text_content()


def test_one_parser_carries_nothing_from_text_to_text() -> None:
    first = str(body("## Mục\n\nx[^1]\n\n[^1]: y\n\n[z]: https://a.example").html)
    body("## Mục\n\nkhác[^1]\n\n[^1]: w")
    assert str(body("## Mục\n\nx[^1]\n\n[^1]: y\n\n[z]: https://a.example").html) == first
    assert "a.example" not in str(body("[z]").html)
