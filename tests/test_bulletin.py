"""The files of an issue together: what they hold, what refuses them, and that nothing is set twice."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from conftest import DOCUMENT, ROOT, Write, article, picture, tree
from pypdf import PdfReader

from bantin.audience import admit_printed
from bantin.catalogue import Anniversary
from bantin.diagnostics import Diagnostic, Refused, Severity
from bantin.outputs import bulletin as printing
from bantin.outputs.issue_data import _anniversaries
from bantin.outputs.setter import Issuing
from bantin.plugin import settings_of

FILES = {
    "bai-viet/a.md": article("Theo Nghị quyết số 35-NQ/TW.", Title="Bài công khai", Date="2024-02-03"),
    "noi-bo/b.md": article("Chỉ in.\n\n## Câu hỏi thảo luận\n\n1. Ai phụ trách?", Title="Bài nội bộ", Date="2024-02-04", Column="Sinh hoạt chi bộ"),
    "van-ban/35-nq-tw-2018.md": DOCUMENT,
}  # fmt: skip
PUBLISHER = """name = "Bản tin"
publisher = "Ban Tuyên giáo"
website = "https://bantin.example"
deposit = "In xong và nộp lưu chiểu"
period = "Mỗi tháng một số"
licence = "12/GP-XBBT"
licensed = "2024-01-05"
printer = "Xưởng in của trường"
responsible = "Trưởng ban"
print_run = 100
"""


def issuing(content: Path, theme: Path | None = None) -> Issuing:
    """A content folder, read for print; its pictures are made beside it."""
    more = {"THEME": str(theme)} if theme else {}
    return printing.prepare(
        settings_of(ROOT / "pelicanconf.py", PATH=str(content), CACHE_PATH=str(content.parent / "kho"), **more)
    )


def refused(content: Path, output: Path, month: str = "2024-02") -> list[Diagnostic]:
    """The errors of an issue that is not set; nothing is written."""
    with pytest.raises(Refused) as caught:
        printing.make(issuing(content), month, output)
    assert not output.exists()
    return [d for d in caught.value.diagnostics if d.severity is Severity.ERROR]


def test_the_record_says_what_an_issue_is_made_of(write: Write, tmp_path: Path) -> None:
    content = write({**FILES, "danh-muc/co-quan-xuat-ban.toml": PUBLISHER})
    made = printing.make(issuing(content), "", tmp_path / "in")
    record = json.loads((made.folder / "proof.json").read_text("utf-8"))
    pages = len(PdfReader(made.path).pages)
    assert (record["month"], record["pages"], record["sheets"], record["copies"]) == ("2024-02", pages, pages // 4, 100)
    assert record["files"].keys() == {"screen.pdf", "print.pdf", "booklet.pdf", "distribution.pdf"}
    for name, file in record["files"].items():
        data = (made.folder / name).read_bytes()
        assert (file["sha256"], file["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    public, internal = sorted(record["articles"], key=lambda a: a["path"])
    assert (public["path"], public["audience"], internal["audience"], internal["url"]) == (
        "bai-viet/a.md",
        "public",
        "internal",
        "",
    )
    assert (
        public["url"].startswith("https://bantin.example/")
        and public["sha256"] == hashlib.sha256((content / "bai-viet/a.md").read_bytes()).hexdigest()
    )
    assert [d["number"] for d in record["documents"]] == ["35-NQ/TW"] and record["imprint"]["licensed"] == "2024-01-05"
    assert {"bantin", "python", "typst"} <= record["software"].keys()
    text = PdfReader(made.path).pages[-1].extract_text()
    assert "12/GP-XBBT ngày 05/01/2024" in " ".join(text.split())


def test_an_unchanged_month_is_not_set_again(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, output = write(FILES), tmp_path / "in"
    assert printing.make(issuing(content), "2024-02", output).fresh
    before = tree(output)
    monkeypatch.setattr(printing, "set_type", lambda *_: pytest.fail("set again"))
    assert not printing.make(issuing(content), "2024-02", output).fresh
    assert tree(output) == before


@pytest.mark.parametrize(
    "change",
    ["bai-viet/a.md", "danh-muc/noi-nhan.toml", "danh-muc/ngay-ky-niem.toml", "file", "missing", "record"],
)
def test_whatever_changed_the_month_is_set_again_as_from_nothing(write: Write, tmp_path: Path, change: str) -> None:
    content, output = write(FILES), tmp_path / "in"
    folder = printing.make(issuing(content), "2024-02", output).folder
    if change.endswith(".md"):
        (content / change).write_text(article("Đã sửa.", Title="Bài công khai", Date="2024-02-03"), "utf-8")
    elif change.endswith(".toml"):
        (content / change).write_text('[[noi-nhan]]\nname = "Kho"\ncopies = 100\n' if "nhan" in change else "", "utf-8")
    elif change == "file":
        (folder / "print.pdf").write_bytes(b"%PDF")
    elif change == "missing":
        (folder / "booklet.pdf").unlink()
    else:
        (folder / "proof.json").write_text('{"fingerprint": []}')
    assert printing.make(issuing(content), "2024-02", output).fresh
    printing.make(issuing(content), "2024-02", tmp_path / "khac")
    assert tree(output) == tree(tmp_path / "khac")


def test_what_an_earlier_run_made_and_this_one_does_not_goes(write: Write, tmp_path: Path) -> None:
    content, output = write(FILES), tmp_path / "in"
    printing.make(issuing(content), "2024-02", output)
    (content / "danh-muc/noi-nhan.toml").unlink()
    made = printing.make(issuing(content), "2024-02", output)
    assert (
        not (made.folder / "distribution.pdf").exists()
        and json.loads((made.folder / "proof.json").read_bytes())["distribution"] == []
    )


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("licence", "giấy phép (“Licence”)"), ("licensed", "ngày cấp giấy phép"), ("printer", "nơi in"), ("responsible", "người chịu trách nhiệm"),
        ("print_run", "số bản in"), ("deposit", "việc nộp lưu chiểu"), ("period", "kỳ hạn"),
    ],
)  # fmt: skip
def test_an_imprint_that_lacks_something_is_an_error(missing: str, words: str, write: Write, tmp_path: Path) -> None:
    left = "\n".join(line for line in PUBLISHER.splitlines() if not line.startswith(f"{missing} "))
    (found,) = refused(write({**FILES, "danh-muc/co-quan-xuat-ban.toml": left}), tmp_path / "in")
    assert found.code == "BT03" and words in found.message and found.path == "content/danh-muc/co-quan-xuat-ban.toml"


def test_everything_that_is_missing_is_said_at_once(write: Write, tmp_path: Path) -> None:
    bare = 'name = "Bản tin"\npublisher = "Ban"\nwebsite = "https://bantin.example"\n'
    found = refused(write({**FILES, "danh-muc/co-quan-xuat-ban.toml": bare}), tmp_path / "in")
    assert [d.code for d in found] == ["BT03"] * 7


def test_only_a_sample_may_say_in_brackets_that_it_has_no_licence(write: Write, tmp_path: Path) -> None:
    stated = PUBLISHER.replace("12/GP-XBBT", "(chưa có)").replace('licensed = "2024-01-05"\n', "")
    content = write({**FILES, "danh-muc/co-quan-xuat-ban.toml": stated})
    assert len(refused(content, tmp_path / "in")) == 2
    (content / "danh-muc/co-quan-xuat-ban.toml").write_text(stated + 'notice = "Bản mẫu."\n', "utf-8")
    assert printing.make(issuing(content), "2024-02", tmp_path / "in").fresh


@pytest.mark.parametrize(("copies", "said"), [(99, "thiếu 1"), (140, "thừa 40")])
def test_copies_that_do_not_add_up_are_an_error(copies: int, said: str, write: Write, tmp_path: Path) -> None:
    receivers = f'[[noi-nhan]]\nname = "Một"\ncopies = {copies - 9}\n[[noi-nhan]]\nname = "Hai"\ncopies = 9\n[[noi-nhan]]\nname = "Cũ"\ncopies = 7\nuntil = 2024-01-31\n'
    (found,) = refused(write({**FILES, "danh-muc/noi-nhan.toml": receivers}), tmp_path / "in")
    assert (found.code, found.path) == ("BT07", "content/danh-muc/noi-nhan.toml") and said in found.message


def test_receivers_stand_in_the_issue_and_on_a_sheet_of_their_own(write: Write, tmp_path: Path) -> None:
    made = printing.make(issuing(write(FILES)), "2024-02", tmp_path)
    for file in ("screen.pdf", "distribution.pdf"):
        text = " ".join(" ".join(page.extract_text() for page in PdfReader(made.folder / file).pages).split())
        assert "Thường trực Tỉnh ủy" in text and re.search(r"Cộng[ .]*100", text), file


def test_an_element_that_the_template_does_not_know_is_named_with_its_line(write: Write, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    for path in (ROOT / "theme" / "print").rglob("*"):
        if path.is_file():
            target = theme / "print" / path.relative_to(ROOT / "theme" / "print")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    nodes = theme / "print" / "nodes.typ"
    nodes.write_text(re.sub(r"^  (del|blockquote):.*\n", "", nodes.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    for text, place in (("Một.\n\nHai <del>ba</del>.", (7, 5)), ("Một.\n\n> Lời trích ở đây", (7, 3))):
        content = write({"bai-viet/a.md": article(text, Date="2024-02-03")})
        with pytest.raises(Refused) as caught:
            printing.make(issuing(content, theme), "2024-02", tmp_path / "in")
        (found,) = caught.value.diagnostics
        assert (found.code, found.path, found.line, found.column) == ("BT06", "content/bai-viet/a.md", *place)
        assert not (tmp_path / "in").exists()


@pytest.mark.parametrize(
    ("size", "header", "said"),
    [
        ((640, 360), True, "rộng 640 điểm, in rõ được 54 mm"),
        ((640, 360), False, "54 mm"),
        ((2000, 1200), True, ""),
        ((300, 1500), False, ""),
    ],
)
def test_a_picture_that_is_too_small_is_a_warning_with_its_width(
    size: tuple[int, int], header: bool, said: str, write: Write, tmp_path: Path
) -> None:
    one = (
        article(Date="2024-02-03", Image="a.png", Image_alt="Ảnh")
        if header
        else article("Một.\n\n![Ảnh](a.png)", Date="2024-02-03")
    )
    made = printing.make(issuing(write({"bai-viet/a.md": one, "anh/a.png": picture(size=size)})), "2024-02", tmp_path)
    found = [d for d in made.notes if d.code == "HA04"]
    assert len(found) == bool(said) and all(said in d.message and d.path == "content/bai-viet/a.md" and d.line > 1 for d in found)


def test_codes_lead_to_public_pages_only(write: Write, tmp_path: Path) -> None:
    made = printing.make(issuing(write(FILES)), "2024-02", tmp_path)
    links = {
        a.get_object()["/A"]["/URI"]
        for page in PdfReader(made.path).pages
        for a in page.get("/Annots") or []
        if "/A" in a.get_object()
    }
    assert links == {"https://bantin.example/bai-viet/2024/02/03/a/"} or len([u for u in links if u.endswith("/a/")]) == 1
    assert not [u for u in links if u.endswith("/b/")]


DAYS = (Anniversary(19, 12, 1946, "Toàn quốc kháng chiến"), Anniversary(6, 1, 1946, "Tổng tuyển cử"), Anniversary(3, 2, 1930, "Thành lập Đảng"),
        Anniversary(1, 12, 2030, "Chưa có"), Anniversary(30, 4, 1975, "Giải phóng"))  # fmt: skip


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("2024-12", [("Tháng 12/2024", [("19/12", 78)]), ("Tháng 1/2025", [("06/01", 79)])]),
        ("2025-01", [("Tháng 1/2025", [("06/01", 79)]), ("Tháng 2/2025", [("03/02", 95)])]),
        ("2025-04", [("Tháng 4/2025", [("30/4", 50)])]),
        ("2025-06", []),
    ],
)
def test_days_of_this_month_and_the_next(month: str, expected: list[tuple[str, list[tuple[str, int]]]]) -> None:
    assert [
        (group["month"], [(i["day"], i["years"]) for i in group["items"]]) for group in _anniversaries(DAYS, month)
    ] == expected


def test_a_meeting_sheet_holds_one_column(write: Write, tmp_path: Path) -> None:
    prepared = issuing(write(FILES))
    made = printing.make_sheet(prepared, "2024-02", tmp_path)
    reader = PdfReader(made.folder / "sheet.pdf")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Bài nội bộ" in text and "Ai phụ trách?" in text and "Bài công khai" not in text
    assert (round(float(reader.pages[0].mediabox.width)), round(float(reader.pages[0].mediabox.height))) == (595, 842)
    other = PdfReader(printing.make_sheet(prepared, "2024-02", tmp_path, "Xây dựng Đảng").folder / "sheet.pdf")
    assert "Bài công khai" in other.pages[0].extract_text()
    with pytest.raises(
        printing.NothingToPrint, match="Tìm hiểu văn bản.*--column một trong: Xây dựng Đảng; Sinh hoạt chi bộ|--column"
    ):
        printing.make_sheet(prepared, "2024-02", tmp_path, "Tìm hiểu văn bản")


def test_internal_articles_are_printed_and_nothing_else_is_hidden(write: Write) -> None:
    prepared = issuing(write(FILES))
    assert {p.article.path for p in admit_printed(prepared.content.articles)} == {"bai-viet/a.md", "noi-bo/b.md"}


@pytest.mark.parametrize(
    "ending", ["- mục cuối", "| a | b |\n|---|---|\n| ô cuối | x |", "> lời cuối", "![Ảnh](a.png)", "Đoạn cuối."]
)
def test_an_article_is_printed_whole_whatever_it_ends_in(ending: str, write: Write, tmp_path: Path) -> None:
    text = f"Đoạn mở đầu.\n\n## Mục giữa\n\nĐoạn giữa.\n\n{ending}"
    one = article(text, Date="2024-02-03", Authors="Tổ Biên tập", Source="Báo Một, https://bao.example/mot")
    made = printing.make(issuing(write({"bai-viet/a.md": one, "anh/a.png": picture(size=(2000, 1200))})), "2024-02", tmp_path)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(made.path).pages).split())
    for said in ("Đoạn mở đầu.", "Mục giữa", "Đoạn giữa.", "Nguồn: Báo Một", "Tổ Biên tập", *re.findall(r"\w+ cuối", ending)):
        assert said in text, said
