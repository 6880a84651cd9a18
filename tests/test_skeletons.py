"""New files with their header filled in: where they lie, and that the readers know every key."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bantin.article import read_article
from bantin.catalogue import Catalogue
from bantin.documents import read_document
from bantin.header import Status
from bantin.issue import read_issue
from bantin.skeletons import KINDS, BadRequest, create
from bantin.source import read
from bantin.vietnamese import ZONE

NOW = datetime(2024, 5, 6, 7, 8, tzinfo=ZONE)

MADE = [
    ("bai-viet", "Đắp đê: chuyện tháng Sáu", "bai-viet/2024/dap-de-chuyen-thang-sau.md"),
    ("noi-bo", "Gợi ý sinh hoạt", "noi-bo/2024/goi-y-sinh-hoat.md"),
    ("van-ban", "5-CT/TW", "van-ban/5-ct-tw-2024.md"),
    ("ban-tin", "2024-06", "ban-tin/2024-06.md"),
]


@pytest.mark.parametrize(("kind", "title", "path"), MADE)
def test_where_it_lies_and_what_is_still_missing(kind: str, title: str, path: str, tmp_path: Path, catalogue: Catalogue) -> None:
    assert create(tmp_path, kind, title, NOW) == tmp_path / path
    assert b"\r" not in (tmp_path / path).read_bytes()
    source, problems = read(tmp_path, path, path)
    assert source and not problems
    if kind == "ban-tin":
        issue, problems = read_issue(source, catalogue)
        assert issue and (issue.month, issue.number, problems) == ("2024-06", 6, [])
    elif kind == "van-ban":
        _, problems = read_document(source, "a", catalogue)
        assert [p.message for p in problems] == ["thiếu “Kind”", "thiếu “Issuer”"]
        assert source.get("number") == "5-CT/TW"
    else:
        _, problems = read_article(source, "a", internal=kind == "noi-bo")
        assert [p.message for p in problems] == ["thiếu “Category”"], "only what the editor has to say"
        assert (source.get("title"), source.get("date"), source.get("status")) == (title, "2024-05-06 07:08", Status.DRAFT)


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _, _ in MADE} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "title", "words"),
    [
        ("bai", "Tin", "bai-viet, noi-bo, van-ban, ban-tin"),
        ("bai-viet", "…", "chữ hoặc số"),
        ("bai-viet", "", "chữ hoặc số"),
        ("ban-tin", "tháng 6", "2023-11"),
        ("ban-tin", "2024-13", "2023-11"),
    ],
)
def test_what_cannot_be_made(kind: str, title: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match=words):
        create(tmp_path, kind, title, NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ["../../ra ngoài", "/etc/passwd", "a\\b", "C:\\a", "."])
def test_no_title_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    try:
        path = create(tmp_path / "noi-dung", "bai-viet", title, NOW)
    except BadRequest:
        return
    assert path.resolve().parent == tmp_path / "noi-dung" / "bai-viet" / "2024"


def test_a_title_of_several_lines_stays_one_key(tmp_path: Path) -> None:
    path = create(tmp_path, "bai-viet", "Tin\nAudience: internal", NOW)
    source, problems = read(tmp_path, path.relative_to(tmp_path).as_posix(), "a.md")
    assert source and not problems
    assert (source.get("title"), source.get("audience")) == ("Tin Audience: internal", "")


def test_an_existing_file_is_never_touched(tmp_path: Path) -> None:
    path = create(tmp_path, "bai-viet", "Tin", NOW)
    path.write_text("của biên tập viên", encoding="utf-8")
    with pytest.raises(BadRequest, match="đã có tệp"):
        create(tmp_path, "bai-viet", "TIN!", NOW)
    assert path.read_text(encoding="utf-8") == "của biên tập viên"
