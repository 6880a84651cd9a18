"""What the preflight says of lines and page ends, of tags, and of letters: on small files of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import ROOT, need
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from preflight_files import edit, typeset
from pypdf import PdfWriter

from bantin.outputs.imposition import order
from bantin.preflight import imposition, letters, lines, tags
from bantin.preflight.finding import Finding, table
from bantin.preflight.fonts import _letters
from bantin.preflight.pdf import Pdf, squeeze
from bantin.preflight.proofs import Proofs
from bantin.preflight.structure import Structure

FONTS = ROOT / "theme" / "print" / "fonts"
# Pages of six lines that break wherever they are full.
PAGES = """#set document(title: "Thử")
#set text(font: "Source Serif 4", size: 10pt, lang: "vi", hyphenate: false, top-edge: 8pt, bottom-edge: -2pt, costs: (widow: 0%, orphan: 0%))
#set par(justify: true, leading: 4pt, spacing: 4pt)
#set page(width: 200pt, height: 120pt, margin: 20pt)
#show heading: set text(10pt)
#show heading: it => block(above: 4pt, below: 4pt, sticky: false, it.body)
"""


def proofs(folder: Path, source: str) -> Proofs:
    """A folder with a screen file of this text."""
    typeset(folder, source)
    return Proofs(folder, None, "2024-02")


def lonely(folder: Path, source: str) -> Finding:
    """What is left alone on the pages of a text."""
    return lines.lonely(proofs(folder, PAGES + source))


def paragraphs(*counts: int) -> str:
    """Paragraphs of so many lines each: forced, so that the faces' widths do not matter."""
    return "\n\n".join(" \\\n".join([f"Dòng {n}" for n in range(1, count + 1)]) for count in counts)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (paragraphs(5, 4), ["trang 1: dòng đầu của đoạn đứng một mình ở chân trang"]),
        (paragraphs(3, 4), ["trang 2: dòng cuối của đoạn đứng một mình ở đầu trang: “Dòng 4”"]),
        (paragraphs(5, 8), ["trang 1: dòng đầu", "trang 3: dòng cuối"]),
        (paragraphs(5, 2), ["trang 1: dòng đầu", "trang 2: dòng cuối"]),
        (paragraphs(4, 4), []),
        (paragraphs(6, 6), []),
        (paragraphs(5) + "\n\n- Một việc \\\n dài", ["trang 1: dòng đầu", "trang 2: dòng cuối"]),
        (paragraphs(5) + "\n\n= Tiêu đề\n\n" + paragraphs(3), ["trang 1: tiêu đề ở cuối trang, không có gì theo sau: “Tiêu đề”"]),
        (paragraphs(4) + "\n\n= Tiêu đề\n\n" + paragraphs(1), []),
        (paragraphs(4) + "\n\n= Phần\n\n== Mục\n\n" + paragraphs(1), ["trang 1: tiêu đề ở cuối trang, không có gì theo sau: “Mục”"]),
    ],
)  # fmt: skip
def test_widows_orphans_and_last_headings(source: str, said: list[str], tmp_path: Path) -> None:
    problems = lonely(tmp_path, source).problems
    assert len(problems) == len(said) and all(part in problem for part, problem in zip(said, problems, strict=True)), problems


def figure(above: str, caption: str = "", alt: str = "Một hình", tall: int = 30) -> str:
    """Text and a picture with a caption, which may part."""
    made = (
        f'figure(kind: image, supplement: none, numbering: none, image("hinh.png", width: 30pt, height: {tall}pt, alt: "{alt}")'
    )
    return f"{above}\n\n#show figure: set block(breakable: true)\n#{made}{f', caption: [{caption}]' if caption else ''})\n"


def test_a_caption_stays_with_its_picture(tmp_path: Path) -> None:
    assert lonely(tmp_path, figure(paragraphs(1), "Chú thích")).problems == ()
    assert (
        "trang 2: chú thích rời hình ở trang 1: “Chú thích”"
        in lonely(tmp_path, figure(paragraphs(2), "Chú thích", tall=50)).problems
    )


def test_a_code_stays_with_its_article(tmp_path: Path) -> None:
    start, code = "= Phần\n\n== Bài\n\n" + paragraphs(2), "Mã QR tới bài này trên mạng: https://bantin.example/"
    assert lonely(tmp_path, figure(start, alt=code, tall=20)).problems == ()
    assert lonely(tmp_path, figure(start + "\n\n#pagebreak()", alt=code)).problems == (
        "trang 2: mã QR không cùng trang với bài “Bài”",
    )


@pytest.mark.parametrize(("articles", "short", "problems"), [(1, 1, 0), (9, 1, 0), (9, 2, 2), (30, 3, 0), (30, 4, 4)])
def test_few_articles_end_in_a_page_of_three_lines(articles: int, short: int, problems: int, tmp_path: Path) -> None:
    """An article of eight lines with its title has three on its second page; one of ten has five."""
    made = ["#pagebreak(weak: true)\n\n== Bài\n\n" + paragraphs(2, 2, 2, 2, *([] if n < short else [2])) for n in range(articles)]
    finding = lonely(tmp_path, "= Phần\n\n" + "\n\n".join(made))
    assert f"{short}/{articles} bài" in finding.figure
    assert sum("≤ 3 dòng" in problem for problem in finding.problems) == problems


@pytest.mark.parametrize(("words", "passed"), [("họp bàn việc ấy " * 90, True), ("Hội-nghị-học-tập việc " * 60, False)])
def test_holes_in_justified_lines(words: str, passed: bool, tmp_path: Path) -> None:
    finding = lines.justification(proofs(tmp_path, PAGES + words))
    assert finding.passed == passed and finding.figure.endswith("dòng"), finding
    assert all("em trong" in problem for problem in finding.problems)


def test_ragged_text_and_last_lines_are_not_justified(tmp_path: Path) -> None:
    ragged = "#set par(justify: false)\n" + "Hội-nghị-học-tập việc " * 60
    assert lines.justification(proofs(tmp_path, PAGES + ragged + "\n\nHai  chữ")).passed


def test_letters_and_lines_of_a_page_are_poppler_s(tmp_path: Path) -> None:
    """Our own reading of content streams sees each letter where poppler sees it."""
    need("pdftotext")
    source = (
        PAGES
        + "= Đề mục\n\n"
        + "Chữ *đậm* và _nghiêng_#footnote[Chú thích.] ở đây. " * 9
        + "\n\n#rotate(90deg, reflow: true)[Chữ đứng]"
    )
    typeset(tmp_path, source)
    pdf = Pdf(tmp_path / "screen.pdf")
    for number, (glyphs, words) in enumerate(zip(pdf.glyphs, pdf.words, strict=True), 1):
        assert Counter(squeeze("".join(g.text for g in glyphs))) == Counter(squeeze(pdf.texts[number - 1]))
        starts = {(round(w.left), w.text[0]) for w in words}
        assert {(round(g.x), g.text) for g in glyphs if g.text.strip()} >= {s for s in starts if s[1] not in "Cđ"}
    blocks = Structure(pdf).blocks
    assert [b.kind for b in blocks[:2]] == ["H1", "P"] and Counter(b.kind for b in blocks)["Note"] == 9
    assert blocks[1].lines[0].text.startswith("Chữ đậm và nghiêng1 ở đây.")


@pytest.mark.parametrize(
    ("cmap", "expected"),
    [
        (b"1 beginbfchar\n<0001> <1EA5>\nendbfchar", {1: "ấ"}),
        (b"1 beginbfrange\n<0001> <0003> <0061>\nendbfrange", {1: "a", 2: "b", 3: "c"}),
        (b"1 beginbfrange\n<0001> <0002> [<0061> <00660069>]\nendbfrange", {1: "a", 2: "fi"}),
        (b"1 beginbfchar\n<0001> <D83DDE00>\nendbfchar", {1: "😀"}),
        (b"", {}),
    ],
)
def test_what_codes_mean(cmap: bytes, expected: dict[int, str]) -> None:
    assert dict(_letters(cmap)) == expected


def untagged(writer: PdfWriter) -> None:
    """Without the tags that both profiles want."""
    for key in ("/StructTreeRoot", "/MarkInfo"):
        del writer.root_object[key]


def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    need("javac")
    typeset(tmp_path, PAGES + "= Mục\n\nChữ")
    finding = tags.verapdf(Proofs(tmp_path, None, "2024-02"))
    assert any(problem.startswith("PDF/A-2a") for problem in finding.problems)  # made for PDF/UA-1 only
    assert not any(problem.startswith("PDF/UA-1") for problem in finding.problems)
    edit(tmp_path / "screen.pdf", untagged)
    finding = tags.verapdf(Proofs(tmp_path, None, "2024-02"))
    assert any(problem.startswith("PDF/UA-1 7.1") for problem in finding.problems)


def test_there_are_146_letters() -> None:
    assert len(set(letters.LETTERS)) == len(letters.LETTERS) == 146
    assert set("ấẤđĐỵỸơƯ") <= set(letters.LETTERS)


@pytest.mark.parametrize("face", letters.faces_of(FONTS), ids=lambda face: face.name)
def test_no_two_letters_are_as_alike_as_the_threshold_allows(face: letters.Face) -> None:
    """So a letter that is within the threshold of its own reference is further from every other letter's."""
    drawn = [letters.reference(face, letter) for letter in letters.LETTERS]
    assert min(letters.distance(one, other) for one, other in combinations(drawn, 2)) > 2 * letters.MOST


def test_all_faces_are_compared() -> None:
    names = {face.name for face in letters.faces_of(FONTS)}
    assert {f"SourceSerif4-{style}" for style in ("Regular", "Italic", "Bold", "BoldItalic")} < names
    assert {face.name: (face.family, face.weight, face.style) for face in letters.faces_of(FONTS)}["SourceSerif4-BoldItalic"] == (
        "Source Serif 4", 700, "italic"
    )  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [("ấ", "ầ"), ("Ẩ", "Ấ"), ("i", "ỉ"), ("Ơ", "Ở"), ("ế", "ể"), ("đ", "d")])
def test_a_wrong_glyph_on_paper_is_seen(one: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The raster is as if `one` had come out as `other`; extracted text would not show it."""
    need("pdftoppm")
    (face,) = (face for face in letters.faces_of(FONTS) if face.name == "SourceSerif4-Regular")
    shown = tuple(other if letter == one else letter for letter in letters.LETTERS)
    monkeypatch.setattr(letters, "LETTERS", shown)
    (page,) = letters.specimen([face])
    monkeypatch.undo()
    monkeypatch.setattr(letters, "faces_of", lambda _: (face,))
    monkeypatch.setattr(letters, "specimen", lambda _: [page])
    issue = SimpleNamespace(fonts=FONTS, screen=SimpleNamespace(fonts=[]), print=SimpleNamespace(fonts=[]))
    (problem,) = letters.letters(issue).problems  # type: ignore[arg-type]
    assert problem.startswith(f"SourceSerif4-Regular: chữ “{one}” in ra khác mẫu")


def test_an_empty_cell_is_no_letter() -> None:
    face = letters.faces_of(FONTS)[0]
    blank = Image.new("L", letters.reference(face, "i").size, 255)
    assert letters.distance(blank, letters.reference(face, "i")) > letters.MOST


def halves(sides: Sequence[tuple[int, int]]) -> list[imposition.Half]:
    """Sides of sheets that show their page numbers."""
    words = {n: (imposition.Word(str(n), 0, 0, 0, 0),) for side in sides for n in side}
    return [imposition.Half(n, right, words[side[right]]) for n, side in enumerate(sides) for right in (False, True)]


@given(st.integers(1, 60))
def test_law_sheets_in_order_read_from_one_to_the_last(sheets: int) -> None:
    read = [int(half.words[0].text) for half in imposition._folded(halves(list(order(4 * sheets))))]
    assert read == list(range(1, 4 * sheets + 1))


@given(st.integers(2, 30), st.data())
def test_law_two_sides_exchanged_do_not(sheets: int, data: st.DataObject) -> None:
    sides = list(order(4 * sheets))
    one, other = data.draw(st.lists(st.integers(0, 2 * sheets - 1), min_size=2, max_size=2, unique=True))
    sides[one], sides[other] = sides[other], sides[one]
    assert [int(half.words[0].text) for half in imposition._folded(halves(sides))] != list(range(1, 4 * sheets + 1))


ROWS = [
    Finding("Số trang", "28 trang"),
    Finding("Mục lục", "17 dòng", tuple(f"lỗi {n}" for n in range(20))),
    Finding("PDF/UA", "không có Java", skipped=True),
]


@pytest.mark.parametrize(
    "line",
    ["Số trang  28 trang       đạt", "Mục lục   17 dòng        KHÔNG ĐẠT", "PDF/UA    không có Java  bỏ qua", "    lỗi 11", "    … và 8 lỗi nữa",
     "3 mục: 1 đạt, 1 không đạt, 1 bỏ qua"],
)  # fmt: skip
def test_the_table(line: str) -> None:
    assert line in table(ROWS).splitlines()


def test_an_empty_table() -> None:
    assert table([]).strip() == "0 mục: 0 đạt, 0 không đạt, 0 bỏ qua"
