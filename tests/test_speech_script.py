"""The script of a month: whom it lets through, what of an article it reads, and one month whole.

`GOLDEN=write` rewrites the golden file; read its diff like code.
"""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, Write, article

from bantin.article import Audience
from bantin.body import Parser
from bantin.content import Content, read_content
from bantin.header import Status
from bantin.outputs.bulletin import NothingToPrint
from bantin.speech.blocks import paragraphs
from bantin.speech.breath import LONGEST, SYLLABLES_A_MINUTE
from bantin.speech.script import months, script
from bantin.vietnamese import ZONE

NOW = datetime(2026, 6, 1, tzinfo=ZONE)
GOLDEN = Path(__file__).resolve().parent / "golden" / "loa-2023-04.txt"
EXTRA = {"extension_configs": {"markdown.extensions.extra": {}, "markdown.extensions.sane_lists": {}}}


@dataclass
class Read:
    """What a script needs of a content folder."""

    content: Content
    parser: Parser


def read(root: Path) -> Read:
    """A content folder as the commands read it, internal articles too."""
    return Read(read_content(root), Parser(EXTRA))


@pytest.fixture(scope="module")
def own() -> Read:
    """The repository's own content."""
    return read(ROOT / "content")


def aloud(text: str) -> list[str]:
    """The lines that are read."""
    return [line for line in text.splitlines() if line and not line.startswith("[")]


def test_one_month_whole(own: Read) -> None:
    made = script(own, "2023-04", NOW).text
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(made, encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8")
    diff = difflib.unified_diff(golden.splitlines(), made.splitlines(), GOLDEN.name, "script", lineterm="", n=1)
    assert made == golden, "\n".join(diff)


@pytest.mark.parametrize("month", ["2023-04", "2023-11", "2025-05"])
def test_every_month(month: str, own: Read) -> None:
    made = script(own, month, NOW)
    lines = aloud(made.text)
    assert all(1 < len(line.split()) <= LONGEST for line in lines)
    assert not re.search(r"[\d%/\[\]]|[A-ZĐƯ]{2}", "\n".join(lines))
    assert made.minutes == sum(len(line.split()) for line in lines) / SYLLABLES_A_MINUTE
    titles = [
        a.title
        for a in own.content.articles
        if a.month == month and a.audience is Audience.PUBLIC and a.status is Status.PUBLISHED
    ]
    assert [title for title in titles if f" · {title} · khoảng " not in made.text] == []


def test_what_is_unknown_in_the_content_is_known(own: Read) -> None:
    found = [u for month in months(own, NOW) for u in script(own, month, NOW).unknown]
    assert [(u.path.rpartition("/")[2], u.line, u.column, u.message.split("”")[0].partition("“")[2]) for u in found] == [
        ("bon-nghi-quyet-cua-bo-chinh-tri.md", 14, 162, "SBLaw"),
        ("lich-thang-11-ngay-ky-niem.md", 31, 59, "FISE"),
    ]


LATER = f"{NOW + timedelta(days=1):%Y-%m-%d %H:%M}"
KEPT_OUT = {
    "noi-bo/2023/a.md": article("Chim én nội bộ."),
    "noi-bo/2023/b.md": article("Chim én nội bộ.", Audience="internal", Column="Sinh hoạt chi bộ"),
    "bai-viet/2023/c.md": article("Chim én nội bộ.", Audience="internal"),
    "bai-viet/2023/d.md": article("Chim én bản thảo.", Status="draft"),
    "bai-viet/2023/e.md": article("Chim én ẩn.", Status="hidden"),
    "bai-viet/2023/f.md": article("Chim én chưa đến ngày.", Embargo=LATER),
    "bai-viet/2023/g.md": article("Chim én tương lai.", Date=LATER, Bulletin="2023-11"),
    "bai-viet/2023/h.md": article("Chim én ngoài bản tin.", Bulletin="none"),
    "bai-viet/2023/i.md": article("Chim én tháng khác.", Bulletin="2023-10"),
}


@pytest.mark.parametrize("path", KEPT_OUT)
def test_what_is_not_public_is_not_read_aloud(path: str, write: Write) -> None:
    root = write({path: KEPT_OUT[path], "bai-viet/2023/z.md": article("Bài công khai.", Title="Bài chung")})
    made = script(read(root), "2023-11", NOW)
    assert "Bài công khai." in made.text
    assert "Chim én" not in made.text and "Một bài" not in made.text
    assert "· 1 bài ·" in made.text and made.unknown == ()


def test_an_embargo_ends(write: Write) -> None:
    root = write({"bai-viet/2023/f.md": article("Chim én về.", Embargo=LATER)})
    assert "Chim én về." in script(read(root), "2023-11", NOW + timedelta(days=2)).text


def test_a_month_with_nothing_public_has_no_script(write: Write) -> None:
    issuing = read(write({path: text for path, text in KEPT_OUT.items() if "/i.md" not in path}))
    assert months(issuing, NOW) == ()
    with pytest.raises(NothingToPrint, match="tháng 2023-11 không có bài công khai"):
        script(issuing, "2023-11", NOW)


def test_the_order_is_that_of_print_and_the_parts_are_in_place(write: Write) -> None:
    root = write(
        {
            "bai-viet/2023/a.md": article("Thân bài.", Title="Bài sau", Column="Từ cơ sở", Date="2023-11-01"),
            "bai-viet/2023/b.md": article(
                "Thân bài.", Title="Bài trước", Column="Xây dựng Đảng", Date="2023-11-20", Summary="Đoạn dẫn",
                Authors="Ban Biên tập, Nguyễn Văn An", Source="Báo Bắc Kạn, https://baobackan.vn/x; th389.vn, https://th389.vn",
            ),
            "ban-tin/2023-11.md": "Title: Thông báo nội bộ\nNumber: 11\nMonth: 2023-11\n",
        }
    )  # fmt: skip
    assert script(read(root), "2023-11", NOW).text == (
        "[Thông báo nội bộ · Số 11, tháng 11/2023 · 2 bài · khoảng 20 giây]\n\n"
        "Thông báo nội bộ, số mười một, tháng mười một năm hai nghìn không trăm hai mươi ba.\n\n"
        "[Bài 1/2 · Bài trước · khoảng 10 giây]\n\nBài trước.\n\nĐoạn dẫn.\n\nThân bài.\n\n"
        "Bài của Ban Biên tập và Nguyễn Văn An.\n\nNguồn: Báo Bắc Kạn; tê hát ba tám chín chấm vê en nờ.\n\n"
        "[Bài 2/2 · Bài sau · khoảng 10 giây]\n\nBài sau.\n\nThân bài.\n"
    )


def test_where_an_unknown_abbreviation_stands(write: Write) -> None:
    text = "Câu đầu.\n\nTheo ZQX và WWK, XZQX không phải ZQX.\n\n[Xem](https://ZQX.vn)"
    root = write({"bai-viet/2023/a.md": article(text, Title="Bài của KJH")})
    found = script(read(root), "2023-11", NOW).unknown
    assert [(u.line, u.column, u.message.split("”")[0].partition("“")[2]) for u in found] == [
        (1, 16, "KJH"),
        (7, 6, "ZQX"),
        (7, 13, "WWK"),
        (7, 18, "XZQX"),
    ]
    assert {(u.path.rpartition("content/")[2], u.code, u.severity.value) for u in found} == {
        ("bai-viet/2023/a.md", "BT08", "cảnh báo")
    }
    assert found[0].hint == "thêm “KJH” vào danh-muc/chu-viet-tat.toml" and "“ca gi hát”" in found[0].message


def test_the_editor_explains_it(write: Write) -> None:
    root = write({"bai-viet/2023/a.md": article("Theo ZQX.")})
    with (root / "danh-muc" / "chu-viet-tat.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[chu]]\nshort = "ZQX"\nlong = "tổ chức mới"\n')
    made = script(read(root), "2023-11", NOW)
    assert "Theo tổ chức mới." in made.text and made.unknown == ()


@pytest.mark.parametrize(
    ("markdown", "texts"),
    [
        ("## Tiêu đề\n\nĐoạn **đậm** và *nghiêng*.", ["Tiêu đề.", "Đoạn đậm và nghiêng."]),
        ("Có ảnh:\n\n![mô tả](a.png \"chú thích\")\n\nSau ảnh.", ["Có ảnh:", "Sau ảnh."]),
        ("Câu có chú thích[^1].\n\n[^1]: Không đọc.", ["Câu có chú thích."]),
        ("Xem [bài này](https://a.vn/b).", ["Xem bài này."]),
        ("1. Quên khóa.\n2. Sai ngày", ["Một là: Quên khóa.", "Hai là: Sai ngày."]),
        ("- một;\n- hai", ["một;", "hai."]),
        ("- trên\n    - dưới", ["trên.", "dưới."]),
        ("> Trích dẫn", ["Trích dẫn."]),
        (
            "| Nội dung | Điểm cầu |\n|---|---|\n| Văn bản; chuyên đề. | 196 |\n| – | 200 |",
            ["Nội dung: Văn bản, chuyên đề; Điểm cầu: 196.", "Điểm cầu: 200."],
        ),
        ("<table><tr><td>một</td><td></td><td>hai</td></tr></table>", ["một; hai."]),
        ("<table><tr><th>A</th><th>B</th><th>C</th></tr><tr><td colspan=\"2\">x</td><td>y</td></tr></table>", ["A: x; C: y."]),
        ("Trước.\n\n## Câu hỏi thảo luận\n\n1. Hỏi?\n\nCòn nữa.\n\n## Sau\n\nĐọc.", ["Trước.", "Sau.", "Đọc."]),
        ("Diện tích 5 m<sup>2</sup>, <del>bỏ</del> giữ.", ["Diện tích 5 m2, giữ."]),
        ("Dòng<br>mới\n\n---\n\n***", ["Dòng mới."]),
        ("Một\ndòng gãy", ["Một dòng gãy."]),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_read_of_a_text(markdown: str, texts: list[str]) -> None:
    assert paragraphs(Parser(EXTRA).tree(markdown)) == texts
