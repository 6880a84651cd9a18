"""The registry: reading, identity, what a mention means on a day, relations and their mirrors."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product

import pytest
from conftest import CATALOGUES, source_of
from hypothesis import given
from hypothesis import strategies as st

from bantin.catalogue import Catalogue, load
from bantin.citations import parse
from bantin.diagnostics import Diagnostic, Severity
from bantin.documents import RELATIONS, Document, read_document
from bantin.registry import Registry, check_entry, check_registry


def header(number: str, kind: str, issuer: str, issued: str = "", term: str = "", **more: str) -> str:
    """A document's header."""
    lines = {"Title": f"về {number}", "Number": number, "Kind": kind, "Issuer": issuer, "Term": term, "Issued": issued, **more}
    return "\n".join(f"{key}: {value}" for key, value in lines.items() if value)


FILES = {
    "7-nq-khoa-11": header("07-NQ/TW", "Nghị quyết", "Ban Bí thư", "2011-04-05", "XI"),
    "7-nq-khoa-12": header("07-NQ/TW", "Nghị quyết", "Ban Bí thư", "2016-06-07", "XII", Replaces="07-NQ/TW khóa XI"),
    "7-nq-khoa-13": header("07-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2021-08-09", "XIII", Replaces="07-NQ/TW ngày 07/6/2016"),
    "40-qd": header("40-QĐ/TW", "Quyết định", "Bộ Chính trị", "2017-03-02", "XII", Implements="7-NQ/TW khóa XII"),
    "40-quy-dinh": header("40-QĐ/TW", "Quy định", "Bộ Chính trị", "2017-04-03", "XII", Amends="Quyết định 40-QĐ/TW"),
    "3-da-hb": header("03-ĐA/TU", "Đề án", "Ban Thường vụ Tỉnh ủy Hòa Bình", "2022-03-04"),
    "3-da-bk": header("03-ĐA/TU", "Đề án", "Tỉnh ủy Bắc Kạn", "2022-03-04"),
    "4-kl-hcm": header("04-KL/TU", "Kết luận", "Thành ủy Thành phố Hồ Chí Minh", "2022-05-06"),
    "4-kl-vt": header("04-KL/TU", "Kết luận", "Tỉnh ủy Bà Rịa - Vũng Tàu", "2022-05-06"),
    "8-ct": header("08-CT/TW", "Chỉ thị", "Ban Bí thư", "2024-08-20", "XIII"),
    "9-kl": header("09-KL/TW", "Kết luận", "Bộ Chính trị"),
    "61-nd": header("61/2018/NĐ-CP", "Nghị định", "Chính phủ", "2018-04-23"),
    "61-nd-2020": header("61/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-05-29"),
    "12-qd-ttg-2019": header("12/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2019-01-03"),
    "12-qd-ttg-2021": header("12/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2021-01-05"),
    "91-qh15": header("91/2025/QH15", "Luật", "Quốc hội", "2025-06-26"),
}


def document(name: str, text: str, catalogue: Catalogue) -> Document:
    """A faultless document."""
    found, problems = read_document(source_of(text, f"van-ban/{name}.md"), name, catalogue)
    assert found and not problems, problems
    return found


def registry_of(names: Iterable[str], catalogue: Catalogue) -> Registry:
    """A registry of these files, in this order."""
    return Registry([document(name, FILES[name], catalogue) for name in names], catalogue)


@pytest.fixture(scope="module")
def registry(catalogue: Catalogue) -> Registry:
    """All of FILES."""
    return registry_of(FILES, catalogue)


def test_a_document_is_read_whole(catalogue: Catalogue) -> None:
    text = header("5-CT/TW", "chỉ thị", "ban bí thư", "06/8/2024", "xiii", Effective="2024-09-01", Expires="31-12-2025", Signer="BTG",
                  Link="https://a.example", Attachment="tep/a.pdf", Note="n", Replaces="1-CT/TW; 2-CT/TW")  # fmt: skip
    found = document("5-ct", text, catalogue)
    assert (found.id, found.number, found.type.name, found.issuer.id, found.place) == (
        "5-ct",
        "5-CT/TW",
        "Chỉ thị",
        "ban-bi-thu",
        "",
    )
    assert (found.term, found.issued, found.effective, found.expires) == (
        "XIII",
        date(2024, 8, 6),
        date(2024, 9, 1),
        date(2025, 12, 31),
    )
    assert found.relations == {"replaces": ("1-CT/TW", "2-CT/TW")}
    assert found.citation == "Chỉ thị số 5-CT/TW, ngày 06/8/2024 của Ban Bí thư (khóa XIII)"


@pytest.mark.parametrize(
    ("issuer", "issued", "term"),
    [
        ("Bộ Chính trị", "2018-10-22", "XII"),
        ("Bộ Chính trị", "2016-01-20", "XII"),
        ("Bộ Chính trị", "2016-01-19", "XI"),
        ("Bộ Chính trị", "", ""),
        ("Tỉnh ủy Hòa Bình", "2018-10-22", ""),
        ("Chính phủ", "2018-10-22", ""),
    ],
)
def test_the_term_of_a_central_party_body_follows_from_the_day(issuer: str, issued: str, term: str, catalogue: Catalogue) -> None:
    assert document("a", header("1-CT/TW", "Chỉ thị", issuer, issued), catalogue).term == term


@pytest.mark.parametrize(
    ("line", "code", "row", "column", "hint"),
    [
        ("Number: 5-XX/TW", "VB03", 2, 9, "35-NQ/TW"),
        ("Number: số mười", "VB03", 2, 9, "danh-muc/"),
        ("Number: theo 5-CT/TW", "VB03", 2, 9, "35-NQ/TW"),
        ("Kind: Nghị quyêt", "DB04", 3, 7, "“Nghị quyết”"),
        ("Kind: zzz", "DB04", 3, 7, "loai-van-ban.toml"),
        ("Issuer: Bộ Chính tri", "DB04", 4, 9, "“Bộ Chính trị”"),
        ("Issuer: zzz", "DB04", 4, 9, "co-quan-ban-hanh.toml"),
        ("Issuer: Bộ Chính trị khóa XII", "DB04", 4, 9, "“Bộ Chính trị”"),
        ("Term: 13", "DB04", 5, 7, "XIII"),
        ("Term: khóa XII", "DB04", 5, 7, "La Mã"),
        ("Issued: 30/02/2024", "DB03", 5, 9, "22/10/2018"),
        ("Effective: mai", "DB03", 5, 12, "2018-10-22"),
        ("Title:", "DB02", 1, 1, "Title: …"),
        ("Number:", "DB02", 1, 1, "Number: …"),
        ("Kind:", "DB02", 1, 1, "Kind: …"),
        ("Issuer:", "DB02", 1, 1, "Issuer: …"),
        ("Replace: 1-CT/TW", "DB01", 5, 1, "“Replaces”"),
    ],
)
def test_a_wrong_line(line: str, code: str, row: int, column: int, hint: str, catalogue: Catalogue) -> None:
    lines = header("5-CT/TW", "Chỉ thị", "Ban Bí thư").split("\n")
    keys = [old.split(":")[0] for old in lines]
    key = line.split(":")[0]
    lines = [line if old.startswith(f"{key}:") else old for old in lines] + ([] if key in keys else [line])
    _, problems = read_document(source_of("\n".join(lines), "van-ban/a.md"), "a", catalogue)
    assert [(p.code, p.line, p.column) for p in problems] == [(code, row, column)]
    assert hint in problems[0].hint


RESOLVE = [
    ("7-NQ/TW khóa XI", None, "7-nq-khoa-11"),
    ("07-NQ/TW (Khoá 12)", None, "7-nq-khoa-12"),
    ("Nghị quyết số 07-NQ/TW ngày 09/8/2021", None, "7-nq-khoa-13"),
    ("07-NQ/TW của Bộ Chính trị", None, "7-nq-khoa-13"),
    ("07-NQ/TW của Ban Bí thư khóa XII", None, "7-nq-khoa-12"),
    ("07-NQ/TW", "2012-01-01", "7-nq-khoa-11"),
    ("07-NQ/TW", "2011-04-05", "7-nq-khoa-11"),
    ("07-NQ/TW", "2011-04-04", ""),
    ("07-NQ/TW", None, "7-nq-khoa-11 7-nq-khoa-12 7-nq-khoa-13"),
    ("07-NQ/TW của Ban Bí thư", None, "7-nq-khoa-11 7-nq-khoa-12"),
    ("07-NQ/TW của Trung ương", None, "7-nq-khoa-11 7-nq-khoa-12 7-nq-khoa-13"),
    ("07-NQ/TW ngày 01/01/2015", None, ""),
    ("07-NQ/TW khóa X", None, ""),
    ("Chỉ thị 07-NQ/TW", None, ""),
    ("Quyết định số 40-QĐ/TW", None, "40-qd"),
    ("Quy định 40-QĐ/TW", None, "40-quy-dinh"),
    ("40-QyĐ/TW ngày 03/4/2017", None, "40-quy-dinh"),
    ("40-QĐ/TW", None, "40-qd 40-quy-dinh"),
    ("40-QĐ/TW", "2017-03-20", "40-qd"),
    ("03-ĐA/TU của Tỉnh ủy Hòa Bình", None, "3-da-hb"),
    ("03-ĐA/TU của Ban Thường vụ Tỉnh ủy Hoà Bình", None, "3-da-hb"),
    ("03-ĐA/TU của Tỉnh ủy Bắc Kạn", None, "3-da-bk"),
    ("03-ĐA/TU của Tỉnh ủy Cao Bằng", None, ""),
    ("3-ĐA/TU", None, "3-da-hb 3-da-bk"),
    ("04-KL/TU của Thành ủy Thành phố Hồ Chí Minh, ngày 06/5/2022", None, "4-kl-hcm"),
    ("04-KL/TU của Tỉnh ủy Bà Rịa - Vũng Tàu", None, "4-kl-vt"),
    ("04-KL/TU của Tỉnh ủy Bà Rịa – Vũng Tàu", None, "4-kl-vt"),
    ("04-KL/TU của Tỉnh ủy Hòa Bình", None, ""),
    ("Kết luận 9-KL/TW", "2000-01-01", "9-kl"),
    ("Kết luận 9-KL/TW ngày 01/02/2020 khóa XII", None, "9-kl"),
    ("Nghị định số 61/2018/NĐ-CP", None, "61-nd"),
    ("61/2020/nđ-cp", None, "61-nd-2020"),
    ("61/2019/NĐ-CP", None, ""),
    ("12/QĐ-TTg", None, "12-qd-ttg-2019 12-qd-ttg-2021"),
    ("12/QĐ-TTg ngày 05/01/2021", None, "12-qd-ttg-2021"),
    ("Luật số 91/2025/QH15", None, "91-qh15"),
    ("91/2025/QH14", None, ""),
    ("77-NQ/TW", None, ""),
]


@pytest.mark.parametrize(("text", "on", "expected"), RESOLVE)
def test_resolve(text: str, on: str | None, expected: str, registry: Registry, catalogue: Catalogue) -> None:
    mention = parse(text, catalogue)
    assert mention
    found = registry.resolve(mention, date.fromisoformat(on) if on else None)
    wanted = expected.split()
    assert not found.conflict
    assert found.document == (registry.document(wanted[0]) if len(wanted) == 1 else None)
    if len(wanted) != 1:
        left = {d.id for d in found.candidates}
        assert left == set(wanted) if wanted else len(left) < 2


ENTRIES = [
    ("08-CT/TW ngày 20/8/2024", []),
    ("08-CT/TW ngày 22/8/2024", [("VB05", Severity.WARNING, ["ngày 20/8/2024", "Ban Bí thư"])]),
    ("08-CT/TW ngày 19/9/2024", [("VB05", Severity.WARNING, ["ngày 20/8/2024"])]),
    ("08-CT/TW ngày 30/9/2024", [("VB01", Severity.ERROR, ["ngày 20/8/2024"])]),
    ("07-NQ/TW", [("VB02", Severity.ERROR, ["khóa XI)", "khóa XII)", "khóa XIII)"])]),
    ("03-ĐA/TU", [("VB02", Severity.ERROR, ["Hòa Bình", "Bắc Kạn"])]),
    ("07-NQ/TW khóa X", [("VB01", Severity.ERROR, ["khóa XI)", "khóa XII)", "khóa XIII)"])]),
    ("08-CT/TU", [("VB01", Severity.ERROR, ["08-CT/TW"])]),
    ("999-TB/VPTU", [("VB01", Severity.ERROR, ["van-ban/"])]),
    ("nghị quyết tám", [("VB03", Severity.ERROR, ["35-NQ/TW"])]),
    ("theo 08-CT/TW", [("VB03", Severity.ERROR, ["35-NQ/TW"])]),
    ("08-CT/TW ngày 31/02/2024", [("VB03", Severity.ERROR, ["35-NQ/TW"])]),
]


@pytest.mark.parametrize(("text", "expected"), ENTRIES, ids=[e[0] for e in ENTRIES])
def test_entries_of_a_header(
    text: str, expected: list[tuple[str, Severity, list[str]]], registry: Registry, catalogue: Catalogue
) -> None:
    source = source_of(f"Title: a\nResolutions: {text}", "bai-viet/a.md")
    found = list(check_entry(registry, catalogue, source, source.field("resolutions"), text, None))
    assert [(p.code, p.severity, p.line, p.column) for p in found] == [(code, severity, 2, 14) for code, severity, _ in expected]
    for problem, (_, _, hints) in zip(found, expected, strict=True):
        assert [hint for hint in hints if hint not in problem.hint] == []


def checked(files: dict[str, str], catalogue: Catalogue) -> list[Diagnostic]:
    """What is wrong across these documents."""
    sources = {f"van-ban/{name}.md": source_of(text, f"van-ban/{name}.md") for name, text in files.items()}
    registry = Registry([document(name, text, catalogue) for name, text in files.items()], catalogue)
    return list(check_registry(registry, sources, catalogue))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (header("5-CT/TW", "Chỉ thị", "Ban Bí thư", term="XII"), header("05-CT/TW", "Chỉ thị", "Ban Bí thư", term="XII"), True),
        (header("5-CT/TW", "Chỉ thị", "Ban Bí thư", term="XII"), header("5-CT/TW", "Chỉ thị", "Ban Bí thư", "2017-01-02"), True),
        (header("5-CT/TW", "Chỉ thị", "Ban Bí thư", term="XII"), header("5-CT/TW", "Chỉ thị", "Ban Bí thư", term="XI"), False),
        (header("5-QĐ/TW", "Quy định", "Bộ Chính trị", term="XII"), header("5-QĐ/TW", "Quyết định", "Bộ Chính trị", term="XII"), False),
        (header("5-KH/TU", "Kế hoạch", "Tỉnh ủy Hòa Bình", "2020-01-02"), header("5-KH/TU", "Kế hoạch", "Tỉnh ủy Hoà Bình", "2020-03-04"), True),
        (header("5-KH/TU", "Kế hoạch", "Tỉnh ủy Hòa Bình", "2020-01-02"), header("5-KH/TU", "Kế hoạch", "Tỉnh ủy Lào Cai", "2020-01-02"), False),
        (header("5/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2020-01-02"),
         header("5/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2021-01-02"), False),
        (header("5/2020/NĐ-CP", "Nghị định", "Chính phủ"), header("05/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-02-03"), True),
    ],
)  # fmt: skip
def test_identity(one: str, other: str, same: bool, catalogue: Catalogue) -> None:
    found = checked({"a": one, "b": other}, catalogue)
    assert [(p.path, p.code, p.line, p.column) for p in found] == ([("content/van-ban/b.md", "VB04", 2, 9)] if same else [])
    assert all("van-ban/a.md" in p.message for p in found)


def test_relations_that_name_nothing_or_several(catalogue: Catalogue) -> None:
    files = {k: v for k, v in FILES.items() if k.startswith("7-nq")}
    files["a"] = header(
        "1-KL/TW", "Kết luận", "Bộ Chính trị", term="XIII", Implements="07-NQ/TW; 07-NQ/TW khóa XI", Amends="66-CT/TW"
    )
    found = checked(files, catalogue)
    assert [(p.path, p.code, p.line, p.column) for p in found] == [
        ("content/van-ban/a.md", "VB02", 6, 13),
        ("content/van-ban/a.md", "VB01", 7, 9),
    ]


SIDES = [f"{relation}{side}" for relation in RELATIONS for side in ("", "_by")]


def test_relations_and_their_mirrors(registry: Registry) -> None:
    def related(name: str, relation: str) -> list[str]:
        return [d.id for d in registry.related(registry.document(name), relation)]

    assert related("7-nq-khoa-12", "replaces") == ["7-nq-khoa-11"]
    assert related("7-nq-khoa-12", "replaces_by") == ["7-nq-khoa-13"]
    assert related("7-nq-khoa-12", "implements_by") == ["40-qd"]
    assert related("40-qd", "amends_by") == ["40-quy-dinh"]
    assert related("7-nq-khoa-11", "replaces") == []
    for document, relation in product(registry.documents, SIDES):
        mirror = relation.removesuffix("_by") if relation.endswith("_by") else f"{relation}_by"
        assert all(document.id in related(target.id, mirror) for target in registry.related(document, relation))


@given(st.permutations(sorted(FILES)))
def test_law_the_order_of_files_changes_nothing(order: list[str]) -> None:
    catalogue = load(CATALOGUES)
    one, other = registry_of(sorted(FILES), catalogue), registry_of(order, catalogue)
    assert one.documents == other.documents
    assert all(one.related(d, relation) == other.related(d, relation) for d, relation in product(one.documents, SIDES))
    for text, on, _ in RESOLVE:
        mention = parse(text, catalogue)
        assert mention
        day = date.fromisoformat(on) if on else None
        assert one.resolve(mention, day) == other.resolve(mention, day)


def test_law_every_document_of_the_project_is_found_by_its_own_citation(catalogue: Catalogue) -> None:
    documents = [
        found
        for path in sorted((CATALOGUES.parent / "van-ban").glob("*.md"))
        if (found := read_document(source_of(path.read_text(encoding="utf-8"), f"van-ban/{path.name}"), path.stem, catalogue)[0])
    ]
    registry = Registry(documents, catalogue)
    assert len(documents) >= 60
    for one in documents:
        mention = parse(one.citation, catalogue)
        assert mention and registry.resolve(mention).document is one, one.citation
