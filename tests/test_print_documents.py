"""The part “Văn bản mới trong tháng” of the printed issue: the registry's documents of the month, by date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, Write, article, picture
from test_print import Pdf, made, squeezed

from bantin.content import Content
from bantin.preflight import pdf as preflight
from bantin.vietnamese import short_date

PART, QUESTIONS, INDEX = "Văn bản mới trong tháng", "Câu hỏi thảo luận", "Văn bản được dẫn trong số này"
ANNIVERSARIES, RECEIVERS = "Ngày kỷ niệm sắp tới", "Nơi nhận"


def document(number: str, issued: str, title: str = "về một việc", kind: str = "Nghị quyết", **header: str) -> str:
    """The file of a document of the Politburo."""
    fields = {"Title": title, "Number": number, "Kind": kind, "Issuer": "Bộ Chính trị", "Issued": issued, **header}
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value) + "\nVăn bản dùng trong kiểm thử.\n"


FILES = {
    "bai-viet/a.md": article("Theo Nghị quyết số 57-NQ/TW.\n\n## Câu hỏi thảo luận\n\n1. Làm gì?", Date="2024-12-25"),
    "bai-viet/b.md": article("Không dẫn gì. " * 200, Date="2024-12-26"),
    "bai-viet/cu.md": article(Title="Bài cũ", Date="2024-11-10", Correction="2024-12-09: mười → một trăm"),
    "van-ban/57-nq-tw-2024.md": document("57-NQ/TW", "2024-12-22"),
    "van-ban/9-ct-tw-2024.md": document("9-CT/TW", "2024-12-03", kind="Chỉ thị", title="về việc chỉ nằm ở phần này"),
    "van-ban/11-ct-tw-2024.md": document("11-CT/TW", "2024-12-03", kind="Chỉ thị"),
    "van-ban/12-ct-tw-2025.md": document("12-CT/TW", "2025-01-01", kind="Chỉ thị", Replaces="9-CT/TW"),
    "van-ban/58-nq-tw-2024.md": document("58-NQ/TW", "2024-12-01", title="Tên riêng"),
    "van-ban/59-nq-tw-2024.md": document("59-NQ/TW", "2024-12-31"),
    "van-ban/60-nq-tw.md": document("60-NQ/TW", "", title="về văn bản không rõ ngày"),
    "van-ban/56-nq-tw-2023.md": document("56-NQ/TW", "2023-12-22", title="về văn bản năm trước"),
    "van-ban/55-nq-tw-2024.md": document("55-NQ/TW", "2024-11-30", title="về văn bản tháng trước"),
    "anh/dau-hieu.png": picture(),
}  # fmt: skip


def page_of(pdf: Pdf, title: str) -> int:
    """Where a part opens, by the outline; 0 where there is none."""
    return next((page for depth, name, page in pdf.outline() if (depth, " ".join(name.split())) == (0, title)), 0)


def whole(pdf: Pdf) -> str:
    """All text of the pages without line breaks, running heads and page numbers."""
    pages = [re.sub(r"\A\s*\S.*\n|\n\s*\d+\s*\Z", "\n", page) for page in pdf.texts]
    return " ".join(" ".join(pages).split())


def entries(pdf: Pdf) -> list[str]:
    """The entries of the part, each as one line."""
    text = whole(pdf).rpartition(f" {PART} ")[2]
    ends = [
        text.index(f" {title} ") for title in ("Thông tin cải chính", ANNIVERSARIES, QUESTIONS, INDEX) if f" {title} " in text
    ]
    text = text[: min(ends)] if ends else text
    return [f"{entry}." for entry in text.strip().removesuffix(".").split(". ")]


@pytest.fixture(scope="module")
def may(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pdf, Content]:
    """The issue of a month in which three documents were issued."""
    return made(ROOT / "content", "2025-05", tmp_path_factory.mktemp("may"))


def test_the_documents_of_the_month_by_date(may: tuple[Pdf, Content]) -> None:
    pdf, content = may
    found = entries(pdf)
    expected = sorted((d for d in content.registry.documents if f"{d.issued}".startswith("2025-05")), key=lambda d: d.order)
    assert [d.number for d in expected] == ["68-NQ/TW", "294-QĐ/TW", "296-QĐ/TW"] and len(found) == 3
    for said, document in zip(found, expected, strict=True):
        assert document.issued
        start = f"{document.name}, ngày {short_date(document.issued)} của {document.issuer_name} (khóa XIII) "
        assert said == f"{start}{document.title}."
    assert [re.search(r"ngày (\S+)", said)[1] for said in found] == ["04/5/2025", "26/5/2025", "30/5/2025"]  # type: ignore[index]


def test_contents_and_outline_name_its_page(may: tuple[Pdf, Content]) -> None:
    pdf, _ = may
    page = page_of(pdf, PART)
    assert squeezed(PART) in squeezed(pdf.texts[page - 1]) and "68-NQ/TW" in pdf.texts[page - 1]
    row = next(line for text in pdf.texts for line in text.splitlines() if re.match(rf"\s*{PART}[ .]+\d+$", line))
    assert int(row.split()[-1]) == page
    assert page in {link.goal for link in preflight.Pdf(pdf.path).links if link.page < page}


def test_a_month_without_documents_has_no_such_part(tmp_path: Path) -> None:
    pdf, content = made(ROOT / "content", "2023-04", tmp_path)
    assert not [d for d in content.registry.documents if f"{d.issued}".startswith("2023-04")]
    assert page_of(pdf, PART) == 0 and PART not in whole(pdf)


def test_only_the_month_counts_and_what_is_superseded_says_so(write: Write, tmp_path: Path) -> None:
    pdf, _ = made(write(FILES), "2024-12", tmp_path)
    found = entries(pdf)
    assert [re.search(r"số (\S+),", said)[1] for said in found] == ["58-NQ/TW", "9-CT/TW", "11-CT/TW", "57-NQ/TW", "59-NQ/TW"]  # type: ignore[index]
    assert found[0] == "Nghị quyết số 58-NQ/TW, ngày 01/12/2024 của Bộ Chính trị (khóa XIII): Tên riêng."
    assert found[1].endswith("về việc chỉ nằm ở phần này (đã được thay thế bởi 12-CT/TW, ngày 01/01/2025).")
    assert [said for said in found if "thay thế" in said] == [found[1]]


def test_it_stands_between_the_columns_and_the_corrections(write: Write, tmp_path: Path) -> None:
    pdf, _ = made(write(FILES), "2024-12", tmp_path)
    titles = [title for depth, title, _ in pdf.outline() if depth == 0]
    assert titles == ["Xây dựng Đảng", PART, "Thông tin cải chính", ANNIVERSARIES, QUESTIONS, INDEX, RECEIVERS]


def test_the_index_names_its_page_only_for_what_articles_cite(write: Write, tmp_path: Path) -> None:
    pdf, _ = made(write(FILES), "2024-12", tmp_path)
    index = whole(pdf).rpartition(INDEX)[2]
    assert [number for number in ("57", "58", "59", "9", "11") if re.search(rf"số {number}-", index)] == ["57"]
    cited = next(n for n, text in enumerate(pdf.texts, 1) if "Theo Nghị quyết số 57-NQ/TW" in text)
    new = next(n for n, text in enumerate(pdf.texts, 1) if n > cited and "57-NQ/TW, ngày 22/12/2024" in text)
    pages = re.search(r"[ .]{4,}(\d+(?:, \d+)*)", index)
    assert pages and [int(n) for n in pages[1].split(", ")] == [cited, new]


def test_a_month_whose_articles_cite_nothing_has_the_part_without_the_index(write: Write, tmp_path: Path) -> None:
    files = {path: text for path, text in FILES.items() if path != "bai-viet/a.md"}
    pdf, _ = made(write(files), "2024-12", tmp_path)
    assert page_of(pdf, PART) and page_of(pdf, INDEX) == 0


def test_many_documents_run_over_pages_and_none_is_torn(write: Write, tmp_path: Path) -> None:
    many = {
        f"van-ban/{n}-kl-tw-2024.md": document(f"{n}-KL/TW", "2024-12-15", "về " + "một việc dài " * n, "Kết luận")
        for n in range(1, 41)
    }
    pdf, _ = made(write({**FILES, **many}), "2024-12", tmp_path)
    assert [said.split()[3] for said in entries(pdf) if "KL/TW" in said] == [f"{n}-KL/TW," for n in range(1, 41)]
    start, end = page_of(pdf, PART), page_of(pdf, "Thông tin cải chính")
    assert end - start >= 2
    for text in pdf.texts[start : end - 1]:
        body = [line for line in text.splitlines() if line.strip()][1:]
        assert body[0].lstrip().startswith(("Kết luận số", "Nghị quyết số", "Chỉ thị số")), body[0]
