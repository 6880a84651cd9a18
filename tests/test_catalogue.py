"""The dated catalogues: where they come from, what is wrong in them, and the look-ups."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import CATALOGUES

from bantin.catalogue import Catalogue, load, section_order
from bantin.diagnostics import Diagnostic, Refused

PUBLISHER = 'name = "Tin xã"\npublisher = "Đảng ủy xã"\nwebsite = "https://xa.example"\n'
OWN = "noi-nhan.toml"  # who receives an issue is nobody else's business: never taken from the fallback
FILES = sorted(p.name for p in CATALOGUES.glob("*.toml") if p.name != OWN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project's catalogues."""
    return Path(shutil.copytree(CATALOGUES, tmp_path / "noi-dung" / "danh-muc"))


def refused(folder: Path, fallback: Path | None = None) -> list[Diagnostic]:
    """All that is wrong; each has the one code of catalogues, or that of a file that is no text."""
    with pytest.raises(Refused) as caught:
        load(folder, fallback)
    found: list[Diagnostic] = caught.value.diagnostics
    assert {d.code for d in found} <= {"DM01", "TP02"} and found
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_taken_from_the_fallback(name: str, folder: Path, catalogue: Catalogue) -> None:
    (folder / name).unlink()
    found = load(folder, CATALOGUES)
    assert (found.publisher, found.types, found.issuers, found.terms) == (
        catalogue.publisher, catalogue.types, catalogue.issuers, catalogue.terms)  # fmt: skip
    assert (found.sections, found.columns, found.anniversaries) == (
        catalogue.sections,
        catalogue.columns,
        catalogue.anniversaries,
    )
    assert found.files[name] == f"content/danh-muc/{name}"
    assert {label.split("/")[0] for other, label in found.files.items() if other != name} == {"noi-dung"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_nowhere(name: str, folder: Path) -> None:
    (folder / name).unlink()
    (problem,) = refused(folder)
    assert (problem.path, problem.line, problem.column) == (f"noi-dung/danh-muc/{name}", 1, 1)


def test_the_folder_goes_before_the_fallback(folder: Path) -> None:
    (folder / "co-quan-xuat-ban.toml").write_text(PUBLISHER, encoding="utf-8-sig")
    found = load(folder, CATALOGUES).publisher
    assert (found.name, found.publisher, found.website, found.print_run, found.links) == (
        "Tin xã", "Đảng ủy xã", "https://xa.example", 0, ())  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "line", "column"),
    [
        ("khoa.toml", b'[[khoa]]\nterm = "I\nnumber = 1\n', 2, 10),
        ("khoa.toml", b"# a\n\n  = 1\n", 3, 3),
        ("co-quan-xuat-ban.toml", b'name = "a"\nnot toml\n', 2, 5),
        ("cot-muc.toml", b"\xff\xfe", 1, 1),
    ],
)
def test_a_file_that_is_no_toml_has_one_finding_at_its_place(
    name: str, data: bytes, line: int, column: int, folder: Path
) -> None:
    (folder / name).write_bytes(data)
    (problem,) = refused(folder)
    assert (problem.path, problem.line, problem.column) == (f"noi-dung/danh-muc/{name}", line, column)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("cot-muc.toml", '[[cot-muc]]\nname = "a"\nordr = 1', ["thứ 1", "“ordr”", "có phải “order”"]),
        ("cot-muc.toml", '[[cot-muc]]\nname = "a"\n[[cot-muc]]\nzzz = 1', ["thứ 2", "“zzz”"]),
        ("cot-muc.toml", "[[cot-muc]]\norder = 1", ["thứ 1", "thiếu name"]),
        ("cot-muc.toml", "[[cot-muc]]\nname = 7", ["“name” phải là kiểu str"]),
        ("cot-muc.toml", '[[cot-muc]]\nname = "a"\norder = "1"', ["“order” phải là kiểu int"]),
        ("cot-muc.toml", '[[cot-muc]]\nname = "a"\norder = true', ["“order” phải là kiểu int"]),
        ("cot-muc.toml", '[[cot-mucs]]\nname = "a"', ["“cot-mucs”"]),
        ("cot-muc.toml", 'cot-muc = "a"', ["thứ 1"]),
        ("cot-muc.toml", 'cot-muc = ["a"]', ["thứ 1"]),
        ("khoa.toml", '[[khoa]]\nterm = "I"\nnumber = 1\nfrom = "1935-03-27"', ["“from” phải là kiểu date"]),
        ("khoa.toml", '[[khoa]]\nterm = "I"\nnumber = 1\nfrom = 1935-03-27T10:00:00', ["“from” phải là kiểu date"]),
        ("loai-van-ban.toml", '[[loai]]\nname = "a"\nkind = "A"\nsymbols = "A"', ["“symbols” phải là kiểu tuple"]),
        ("loai-van-ban.toml", '[[loai]]\nname = "a"\nkind = "A"\nsymbols = [1]', ["“symbols”"]),
        ("co-quan-ban-hanh.toml", '[[co-quan]]\nid = "a"', ["thiếu name"]),
        ("co-quan-xuat-ban.toml", 'name = "a"', ["thiếu publisher, website"]),
        ("co-quan-xuat-ban.toml", PUBLISHER + "colour = 1", ["“colour”"]),
        ("co-quan-xuat-ban.toml", PUBLISHER + "print_run = 1.5", ["“print_run” phải là kiểu int"]),
        ("co-quan-xuat-ban.toml", PUBLISHER + '[[links]]\nname = "a"', ["thiếu url"]),
        ("co-quan-xuat-ban.toml", PUBLISHER + 'links = "https://a.example"', ["khóa = giá trị"]),
        ("ngay-ky-niem.toml", '[[ngay]]\nday = 1\nmonth = 2\nname = "a"', ["thiếu year"]),
    ],
)
def test_a_row_that_is_not_as_declared(name: str, text: str, words: list[str], folder: Path) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    (problem,) = refused(folder)
    assert problem.path == f"noi-dung/danh-muc/{name}"
    assert [word for word in words if word not in problem.message] == []
    assert "“”" not in problem.message + problem.hint
    second = text.find("[[", 2)
    assert problem.line == (text.count("\n", 0, second) + 1 if "thứ 2" in words else 1)


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    (folder / "khoa.toml").write_text("x")
    (folder / "cot-muc.toml").unlink()
    (folder / "loai-van-ban.toml").write_text("[[loai]]\na = 1\n[[loai]]\nb = 1\n")
    assert [d.path.rsplit("/")[-1] for d in refused(folder)] == [
        "cot-muc.toml",
        "khoa.toml",
        "loai-van-ban.toml",
        "loai-van-ban.toml",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Nghị quyết", "NQ"),
        ("NGHỊ  QUYẾT", "NQ"),
        ("quy định", "QĐi"),
        ("Quyết định", "QĐ"),
        ("Nghị quyêt", None),
        ("Nghị quyết số", None),
        ("", None),
    ],
)
def test_types_by_name(name: str, kind: str | None, catalogue: Catalogue) -> None:
    found = catalogue.type_named(name)
    assert (found and found.kind) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bộ Chính trị", ("bo-chinh-tri", "")),
        ("bộ  chính trị", ("bo-chinh-tri", "")),
        ("Bộ Chính trị, Ban Bí thư", ("bo-chinh-tri-ban-bi-thu", "")),
        ("BCH Trung ương Đảng", ("ban-chap-hanh-trung-uong", "")),
        ("Tỉnh ủy Lào Cai", ("tinh-uy", "Lào Cai")),
        ("Tỉnh uỷ Hòa Bình", ("tinh-uy", "Hòa Bình")),
        ("Ban Thường vụ Tỉnh ủy Hòa Bình", ("ban-thuong-vu-tinh-uy", "Hòa Bình")),
        ("Ban Thường vụ", None),
        ("Lào Cai", None),
        ("", None),
    ],
)
def test_issuers_by_name_with_a_province_after_it(name: str, expected: tuple[str, str] | None, catalogue: Catalogue) -> None:
    found = catalogue.issuer_named(name)
    assert (found and (found[0].id, found[1])) == expected


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(1935, 3, 26), None),
        (date(1935, 3, 27), "I"),
        (date(1951, 2, 10), "I"),
        (date(1951, 2, 11), "II"),
        (date(1986, 12, 14), "V"),
        (date(1986, 12, 15), "VI"),
        (date(2024, 5, 6), "XIII"),
        (date(2090, 1, 1), "XIV"),
    ],
)
def test_the_term_of_a_day(day: date, term: str | None, catalogue: Catalogue) -> None:
    found = catalogue.term_on(day)
    assert (found and found.term) == term


def test_terms_follow_each_other_without_a_gap(catalogue: Catalogue) -> None:
    terms = sorted(catalogue.terms, key=lambda t: t.number)
    assert [t.number for t in terms] == list(range(1, len(terms) + 1))
    for one, following in zip(terms, terms[1:], strict=False):
        assert one.until and (following.since - one.until).days == 1


def test_the_project_s_own_catalogues_are_consistent(catalogue: Catalogue) -> None:
    kinds, ids = [t.kind for t in catalogue.types], [i.id for i in catalogue.issuers]
    assert len(kinds) == len(set(kinds)) and len(ids) == len(set(ids))
    assert {i.replaced_by for i in catalogue.issuers} - {""} <= set(ids)
    assert {r for t in catalogue.types for r in t.regimes} == {"dang", "nha-nuoc"}
    for day in catalogue.anniversaries:
        assert date(2024, day.month, day.day)


def test_sections_in_their_order_and_others_by_name(catalogue: Catalogue) -> None:
    names = {"Từ cơ sở", "Xây dựng Đảng", "Đất đai", "Âm nhạc"}
    assert section_order(catalogue, names) == ["Xây dựng Đảng", "Từ cơ sở", "Âm nhạc", "Đất đai"]
