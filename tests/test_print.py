"""The printed issue as a PDF: sound, whole, numbered truly, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from conftest import DOCUMENT, ROOT, Write, article, need, picture
from pypdf import PdfReader

from bantin import commands
from bantin.content import Content
from bantin.outputs import bulletin as printing
from bantin.outputs.setter import Setter
from bantin.outputs.ties import tied
from bantin.plugin import settings_of
from bantin.preflight import pdf as preflight

MONTHS = sorted(p.stem for p in (ROOT / "content" / "ban-tin").glob("*.md"))
TABLE = "| Cột một | Cột hai | Số |\n|:--|:-:|--:|\n" + "".join(f"| Dòng {n} | giữa | {n * 117} |\n" for n in range(60))
STRESS = {
    "bai-viet/2024/dai.md": article(
        "Theo Nghị quyết số 35-NQ/TW[^1] và 35-NQ/TW.\n\n" + "Một đoạn rất dài để sang trang khác. " * 400 + f"\n\n{TABLE}\n\n"
        "## Mục\n\n1. Một\n    - hai\n        - ba\n2. Bốn\n\n> Trích\n\n`ma_nguon` và H~2~O, ~~bỏ~~\n\n![Hình](rong.png \"Chú thích\")\n\n"
        "## Câu hỏi thảo luận\n\n1. Chi bộ ta làm gì?\n2. Ai phụ trách?\n\n[^1]: Chú thích cuối trang có 35-NQ/TW.\n",
        Title="Tiêu đề dài " * 14, Date="2024-02-03", Authors="Tổ Biên tập; Lê An", Summary="Đoạn dẫn " * 60, Image="cao.png", Image_alt="Cao",
        Image_caption="Chú " * 30, Image_credit="Tổ Ảnh", Source="Báo Một, https://bao.example/mot; Báo Hai", Resolutions="35-NQ/TW",
        Column="Xây dựng Đảng",
    ),
    "bai-viet/2024/chu-la.md": article("Không-dấu-cách" * 30 + " #set text(red) $x^2$ *_`\\ <b> @dai // /* \"ngoặc\"", Date="2024-02-04"),
    "noi-bo/2024/rieng.md": article("Chỉ in.", Title="Bài chỉ để in", Date="2024-02-05", Column="Sinh hoạt chi bộ"),
    "bai-viet/2024/sau.md": article(Title="Thuộc số sau", Date="2024-02-28", Bulletin="2024-03"),
    "bai-viet/2024/khong-in.md": article(Title="Không in ở đâu", Date="2024-02-28", Bulletin="none"),
    "bai-viet/2024/nhap.md": article(Title="Còn là nháp", Date="2024-02-20", Status="draft"),
    "bai-viet/2024/cu.md": article(Title="Bài đã in tháng trước", Date="2024-01-10", Correction="2024-02-09: mười → một trăm"),
    "van-ban/35-nq-tw-2018.md": DOCUMENT, "anh/cao.png": picture(size=(300, 1500)), "anh/rong.png": picture("red", (3000, 200)),
}  # fmt: skip


@dataclass
class Pdf:
    """A PDF as pypdf and poppler read it."""

    path: Path

    @cached_property
    def reader(self) -> PdfReader:
        """pypdf's view."""
        return PdfReader(self.path)

    @cached_property
    def texts(self) -> list[str]:
        """Text by page; a tie is a space."""
        return run("pdftotext", "-layout", self.path, "-").replace("\u00a0", " ").split("\f")[:-1]

    def outline(self) -> Iterator[tuple[int, str, int]]:
        """(depth, title, page) of every bookmark."""
        return iter(preflight.Pdf(self.path).outline)

    def words(self, page: int) -> list[tuple[float, float, str]]:
        """(left, middle from the foot, word) of a page."""
        height = float(self.reader.pages[page - 1].mediabox.height)
        found = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>',
            run("pdftotext", "-bbox", "-f", str(page), "-l", str(page), self.path, "-"),
        )
        return [(float(x), height - (float(top) + float(foot)) / 2, word) for x, top, foot, word in found]


def run(tool: str, *arguments: str | Path) -> str:
    """What a command says. It must succeed."""
    done = subprocess.run([need(tool), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def made(content: Path, month: str, output: Path) -> tuple[Pdf, Content]:
    """The issue of a month."""
    issuing = printing.prepare(settings_of(ROOT / "pelicanconf.py", PATH=str(content)))
    return Pdf(printing.make(issuing, month, output).path), issuing.content


@pytest.fixture(scope="module", params=[*MONTHS, "stress"])
def issue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pdf, Content, str]:
    """Each issue of content/, and one that strains the template."""
    folder, month = tmp_path_factory.mktemp("print"), request.param
    content = ROOT / "content"
    if month == "stress":
        content, month = folder / "content", "2024-02"
        for name, data in {**STRESS, "anh/dau-hieu.png": picture()}.items():
            (content / name).parent.mkdir(parents=True, exist_ok=True)
            (content / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return (*made(content, month, folder), month)


Issue = tuple[Pdf, Content, str]


def test_outline_is_the_order_of_columns_and_articles(issue: Issue) -> None:
    pdf, content, month = issue
    printed = printing.printed_issue(content, printing.admit_printed(content.articles), month)
    expected = []
    for column, articles in printed.columns:
        expected += [(0, column), *((1, " ".join(a.title.split())) for a in articles)]
    outline = [(depth, " ".join(title.split())) for depth, title, _ in pdf.outline()]
    assert [entry for entry in outline if entry in expected] == expected
    assert any(a.path.startswith("noi-bo/") for a in printed.articles)
    for depth, title, page in pdf.outline():
        assert squeezed(title)[:40] in squeezed(pdf.texts[page - 1]), (depth, title, page)


def squeezed(text: str) -> str:
    """Letters and digits alone: no line break or space is in the way."""
    return re.sub(r"[\W_]+", "", text)


def test_page_numbers_at_the_foot(issue: Issue) -> None:
    """Odd pages are right-hand pages and carry their number outside."""
    pdf, _, _ = issue
    for number in range(3, len(pdf.texts) - 4):
        x, _, word = min(pdf.words(number), key=lambda w: w[1])
        assert word == str(number)
        assert (x > 200) == bool(number % 2)


WHOLE = re.compile(r"\d+(?:/\d{4})?[-/][A-ZĐ]+[-/][A-ZĐ]+\w*|\b\d{1,2}/\d{1,2}/\d{4}\b")


def strings(nodes: list[Any]) -> Iterator[str]:
    """The texts of nodes, without those of tables: a narrow column may break anything."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node["tag"] != "table":
            yield from strings(node["children"])


def test_no_line_ends_inside_a_number_a_date_or_a_name(issue: Issue, tmp_path: Path) -> None:
    """Each as often within one line as it stands in the texts."""
    pdf, content, month = issue
    issuing = printing.prepare(settings_of(ROOT / "pelicanconf.py", PATH=str(content.root)))
    printed = printing.issue_of_month(issuing, month)
    setter = Setter(issuing, tmp_path)
    texts = [
        text
        for a in printed.articles
        for text in (tied(a.title), tied(a.lead), *strings(setter.nodes(a.path, content.text(a.path), a)[0]))
    ]
    wanted = Counter(
        found for text in texts for found in (*re.findall(r"[\w.,/\-]+(?:\u00a0[\w.,/\-]+)+", text), *WHOLE.findall(text))
    )
    lines = [" ".join(line.split()) for line in run("pdftotext", "-raw", pdf.path, "-").replace("\u00a0", " ").splitlines()]
    assert sum(wanted.values()) > (2 if month == "2024-02" else 20)
    for what, count in wanted.items():
        said = " ".join(what.split()).rstrip(".,")
        assert sum(line.count(said) for line in lines) >= count, said


def test_what_is_in_an_issue(write: Write, tmp_path: Path) -> None:
    pdf, _ = made(write(STRESS), "2024-02", tmp_path)
    text = " ".join(" ".join(pdf.texts).split())
    for shown in ("Bài chỉ để in", "LƯU HÀNH NỘI BỘ", "Câu hỏi thảo luận", "Ai phụ trách?", "Tổ Biên tập, Lê An", "Nguồn: Báo Một", "Báo Hai",
                  "Thông tin cải chính", "Bài đã in tháng trước", "“mười” sửa là “một trăm”", "Chú thích cuối trang", "6 903",
                  '#set text(red) $x^2$', "Dòng 59"):  # fmt: skip
        assert shown in text or shown.replace(" ", "") in text.replace(" ", ""), shown
    for absent in ("Thuộc số sau", "Không in ở đâu", "Còn là nháp"):
        assert absent not in text
    assert text.index("Ai phụ trách?") > text.index("Chỉ in.")  # questions are gathered after the articles


def test_month_without_an_issue_file(write: Write, tmp_path: Path) -> None:
    issuing = printing.prepare(
        settings_of(ROOT / "pelicanconf.py", PATH=str(write({"bai-viet/a.md": article(Date="2024-09-02")})))
    )
    made = printing.make(issuing, "", tmp_path)
    assert "Số 9, tháng 9/2024" in Pdf(made.path).texts[0]
    assert {d.code for d in made.notes} == {"BT04"}


@pytest.mark.parametrize(
    ("month", "said"), [("2019-01", "tháng 2019-01 không có bài để in; các tháng có bài: 2023-11"), ("mai", "tháng mai")]
)
def test_unknown_month(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], month: str, said: str) -> None:
    assert commands.bulletin(ROOT, write({"bai-viet/a.md": article()}), tmp_path / "in", month, every=False) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "in").exists()


def test_nothing_to_print(write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.bulletin(ROOT, write({}), tmp_path / "in", "", every=False) == 1
    assert "chưa có" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["→ ✓", "Ω α ∑ ≤", "\u200bẩn\u00ad", "H₂O m² ½", "€ £ ₫ °C", "“a” ‘b’ … – —"])
def test_signs_that_editors_use_are_set(write: Write, tmp_path: Path, text: str) -> None:
    pdf, _ = made(write({"bai-viet/a.md": article(f"Trước {text} sau.")}), "2023-11", tmp_path)
    assert re.search(r"Trước.*sau", " ".join(pdf.texts), re.DOTALL)


@pytest.mark.parametrize(("text", "letter"), [("漢字", "漢字"), ("cười 😀", "😀"), ("ภาษา", "ภาษา")])
def test_letters_that_our_fonts_lack_are_named(
    write: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, letter: str
) -> None:
    """An editor pastes anything; what cannot be printed is said with its place, not with a traceback."""
    content = write(
        {"bai-viet/a.md": article(f"Một.\n\nTrước {text} sau 한글 và ꦏ."), "noi-bo/b.md": article(Title=f"Tên {text}", Tags="ꦗ")}
    )
    assert commands.bulletin(ROOT, content, tmp_path / "in", "", every=False) == 1
    said = capsys.readouterr().err
    assert f"content/bai-viet/a.md:7:{7 + text.index(letter[0])}: BT05 phông của bản in không có “{letter}”" in said
    for at, other in (4, "한글"), (10, "ꦏ"):
        assert f"content/bai-viet/a.md:7:{8 + len(text) + at}: BT05 phông của bản in không có “{other}”" in said
    assert "content/noi-bo/b.md:1:" in said and said.count("BT05") == 4 and not (tmp_path / "in").exists()
