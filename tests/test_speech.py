"""What is written becomes what is said: a table a rule, a parser that reads numbers back, and laws of all rules together."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CATALOGUES, ROOT
from hypothesis import given
from hypothesis import strategies as st

from bantin.body import Parser
from bantin.catalogue import Catalogue, load
from bantin.content import Content, read_content
from bantin.diagnostics import Refused
from bantin.speech import dates, letters, measures, romans, rules
from bantin.speech.blocks import paragraphs
from bantin.speech.lexicon import Lexicon
from bantin.speech.numerals import UNITS, cardinal, decimal, ordinal
from bantin.speech.rules import explained, spoken

NOT_SAID = re.compile(r"[^\w\s.,;:!?]|[\d_]|[A-ZĐƯ]{2}")


@pytest.fixture(scope="session")
def lexicon(catalogue: Catalogue) -> Lexicon:
    """The words of the project's own catalogues, without a registry."""
    return Lexicon(catalogue)


@pytest.fixture(scope="session")
def content() -> Content:
    """The repository's own content."""
    return read_content(ROOT / "content")


def number_of(words: str) -> int:
    """A number read back: the reverse of `cardinal`, written apart from it."""
    total = billions = group = tens = 0
    for word in words.split():
        if word == "tỷ":
            billions, total, group, tens = (billions + total + group + tens) * 10**9, 0, 0, 0
        elif word in ("triệu", "nghìn"):
            total, group, tens = total + (group + tens) * {"triệu": 10**6, "nghìn": 1000}[word], 0, 0
        elif word == "trăm":
            group, tens = group + tens * 100, 0
        elif word == "mười":
            tens = 10
        elif word == "mươi":
            tens *= 10
        elif word != "linh":
            tens += {"mốt": 1, "tư": 4, "lăm": 5}.get(word, UNITS.index(word) if word in UNITS else 0)
    return billions + total + group + tens


@given(st.integers(0, 10**12) | st.integers(0, 10**4))
def test_a_number_is_read_back(number: int) -> None:
    assert number_of(cardinal(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"), (20, "hai mươi"),
        (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (100, "một trăm"), (101, "một trăm linh một"),
        (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (111, "một trăm mười một"), (115, "một trăm mười lăm"),
        (1000, "một nghìn"), (1001, "một nghìn không trăm linh một"), (1010, "một nghìn không trăm mười"),
        (2018, "hai nghìn không trăm mười tám"), (10_899, "mười nghìn tám trăm chín mươi chín"),
        (1_000_005, "một triệu không trăm linh năm"), (1_005_000, "một triệu không trăm linh năm nghìn"), (10**9, "một tỷ"),
        (10**12, "một nghìn tỷ"), (2 * 10**9 + 24, "hai tỷ không trăm hai mươi tư"),
    ],
)  # fmt: skip
def test_cardinals(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("12", "5", "mười hai phẩy năm"), ("3", "14", "ba phẩy mười bốn"), ("0", "05", "không phẩy không năm"),
        ("0", "125", "không phẩy một hai năm"), ("1", "0", "một phẩy không"),
    ],
)  # fmt: skip
def test_decimals(left: str, right: str, words: str) -> None:
    assert decimal(left, right) == words


def test_ordinals_have_their_own_first_and_fourth() -> None:
    assert [ordinal(n) for n in (1, 2, 4, 14, 24)] == ["nhất", "hai", "tư", "mười bốn", "hai mươi tư"]


# One table a rule. Digits that a rule leaves are for a later one.
TABLES: dict[Callable[[str], str], list[tuple[str, str]]] = {
    rules.plain: [
        ("2021–2025", "2021-2025"),
        ("việc này – nói thật – khó", "việc này, nói thật, khó"),
        ("Mác – Lênin", "Mác - Lênin"),
        ("35\u00a0NQ", "35 NQ"),
        ("１２", "12"),
    ],
    rules.addresses: [
        ("học tại địa chỉ binhdanhocvuso.gov.vn.", "học."),
        ("xem https://a.vn/b?c=1. Sau đó", "xem. Sau đó"),
        ("gửi về email ban.tin@tinh.gov.vn nhé", " nhé"),
        ("số 1.000 và ông A.Minh", "số 1.000 và ông A.Minh"),
    ],
    dates.quarters: [
        ("quý I/2023", "quý I năm 2023"),
        ("số 5/2023", "số 5 năm 2023"),
        ("quý II-2024", "quý II năm 2024"),
        ("tháng 5/2023", "tháng 5/2023"),
    ],
    romans.romans: [
        ("khóa XIII", "khóa mười ba"),
        ("Đại hội XIII của Đảng", "Đại hội mười ba của Đảng"),
        ("thế kỷ XX", "thế kỷ hai mươi"),
        ("quý I", "quý một"),
        ("quý IV", "quý tư"),
        ("lần thứ VIII", "lần thứ tám"),
        ("lần thứ I", "lần thứ nhất"),
        ("lần thứ IV", "lần thứ tư"),
        ("Khóa IV", "Khóa bốn"),
        ("chương I, II và III", "chương một, hai và ba"),
        ("Huân chương hạng I", "Huân chương hạng nhất"),
        ("XVI", "mười sáu"),
        ("vitamin I và X", "vitamin I và X"),
        ("khóa xi măng", "khóa xi măng"),
        ("ông V.I. Lênin", "ông V.I. Lênin"),
    ],
    dates.days: [
        ("22/10/2018", "ngày hai mươi hai tháng mười năm hai nghìn không trăm mười tám"),
        ("ngày 22/10/2018", "ngày hai mươi hai tháng mười năm hai nghìn không trăm mười tám"),
        ("03-02-1930", "ngày mùng ba tháng hai năm một nghìn chín trăm ba mươi"),
        ("22.10.2018", "ngày hai mươi hai tháng mười năm hai nghìn không trăm mười tám"),
        ("19/5", "ngày mười chín tháng năm"),
        ("01/5", "ngày mùng một tháng năm"),
        ("Ngày 10/4", "Ngày mùng mười tháng tư"),
        ("Sáng 28/11", "Sáng ngày hai mươi tám tháng mười một"),
        ("ngày 30-4", "ngày ba mươi tháng tư"),
        ("16-18/11", "ngày mười sáu đến ngày mười tám tháng mười một"),
        ("28/3 – 02/4".replace("–", "-"), "ngày hai mươi tám tháng ba đến ngày mùng hai tháng tư"),
        ("ngày 6 và 7/5", "ngày mùng sáu và ngày mùng bảy tháng năm"),
        ("ngày 01 đến ngày 03/12", "ngày mùng một đến ngày mùng ba tháng mười hai"),
        ("ngày 01 tháng 5", "ngày mùng một tháng 5"),
        ("mỗi ngày 8 giờ", "mỗi ngày 8 giờ"),
        ("trực 24/7", "trực 24/7"),
        ("9/9 ấp", "9/9 ấp"),
        ("ngày 9/9 đại biểu", "ngày mùng chín tháng chín đại biểu"),
        ("2/3 số đảng viên", "2/3 số đảng viên"),
        ("31/11/2023", "31/11/2023"),
        ("15/16", "15/16"),
    ],
    dates.months: [
        ("tháng 5/2023", "tháng năm năm hai nghìn không trăm hai mươi ba"),
        ("02/2025", "tháng hai năm hai nghìn không trăm hai mươi lăm"),
        ("Tháng 4", "Tháng tư"),
        ("tháng 12", "tháng mười hai"),
        ("tháng 4-6/2023", "tháng tư đến tháng sáu năm hai nghìn không trăm hai mươi ba"),
        ("T11/2023", "tháng mười một năm hai nghìn không trăm hai mươi ba"),
        ("4 tháng", "4 tháng"),
        ("tháng 15", "tháng 15"),
    ],
    dates.years: [
        ("2021-2025", "hai nghìn không trăm hai mươi mốt đến hai nghìn không trăm hai mươi lăm"),
        ("2003 - nay", "hai nghìn không trăm linh ba đến nay"),
        ("năm học 2022/2023", "năm học hai nghìn không trăm hai mươi hai đến hai nghìn không trăm hai mươi ba"),
        ("năm 2023", "năm 2023"),
    ],
    dates.hours: [
        ("7h30", "bảy giờ ba mươi"),
        ("07:30", "bảy giờ ba mươi"),
        ("8h", "tám giờ"),
        ("8:00", "tám giờ"),
        ("8 giờ 00 phút", "tám giờ"),
        ("7h30-9h", "bảy giờ ba mươi đến chín giờ"),
        ("17h30 phút", "mười bảy giờ ba mươi phút"),
        ("9:05:30", "chín giờ năm phút ba mươi giây"),
        ("25:10", "25:10"),
        ("5g muối", "5g muối"),
    ],
    measures.ordinals: [("thứ 1", "thứ nhất"), ("Thứ 4", "Thứ tư"), ("lần thứ 41", "lần thứ bốn mươi mốt")],
    measures.telephones: [
        ("0912 345 678", "không chín một hai ba bốn năm sáu bảy tám"),
        ("1900 1234", "một chín không không một hai ba bốn"),
        ("(0218) 3852 333", "không hai một tám ba tám năm hai ba ba ba"),
        ("05 lớp", "05 lớp"),
    ],
    dates.ratios: [
        ("tỷ lệ 3:1, tỷ số 2:0", "tỷ lệ 3 trên 1, tỷ số 2 0"),
        ("24/7", "hai mươi tư trên bảy"),
        ("9/9 ấp", "chín trên chín ấp"),
        ("2/3 số đảng viên", "hai phần ba số đảng viên"),
    ],
    measures.ranges: [
        ("70-80%", "70 đến 80%"),
        ("8,5-9,5%", "8,5 đến 9,5%"),
        ("70%-80%", "70% đến 80%"),
        ("1.000 - 2.000 người", "1.000 đến 2.000 người"),
        ("tỷ số 2-1", "tỷ số 2-1"),
    ],
    measures.percentages: [("12,5%", "12,5 phần trăm"), ("3 %", "3 phần trăm"), ("2‰", "2 phần nghìn")],
    measures.units: [
        ("5 km", "5 ki lô mét"),
        ("12 km2", "12 ki lô mét vuông"),
        ("5 m²", "5 mét vuông"),
        ("3kg", "3 ki lô gam"),
        ("10 ha", "10 héc ta"),
        ("60 km/h", "60 ki lô mét trên giờ"),
        ("6 tấn/ha", "6 tấn trên héc ta"),
        ("50.000đ", "50.000 đồng"),
        ("100 triệu đồng", "100 triệu đồng"),
        ("-2°C, 37 °C", "âm 2 độ xê, 37 độ xê"),
        ("giảm -3 phần trăm", "giảm âm 3 phần trăm"),
        ("50x70 cm", "50 nhân 70 xăng ti mét"),
        ("2 ham muốn", "2 ham muốn"),
        ("$100", "100 đô la"),
    ],
    measures.numbers: [
        ("4.916 cuốn", "bốn nghìn chín trăm mười sáu cuốn"),
        ("3,14", "ba phẩy mười bốn"),
        ("công nghiệp 4.0", "công nghiệp bốn chấm không"),
        ("05 lớp", "năm lớp"),
        ("số 05", "số không năm"),
        ("1,000,000", "một triệu"),
        ("57,59,66", "năm mươi bảy, năm mươi chín, sáu mươi sáu"),
        ("H5N1", "H năm N một"),
        ("Hết năm 2023.", "Hết năm hai nghìn không trăm hai mươi ba."),
    ],
    letters.signs: [
        ("A & B", "A  và  B"),
        ("xã/phường", "xã, phường"),
        ("triệu đồng/người/năm", "triệu đồng một người một năm"),
        ("v.v…", "v.v,"),
        ("“văn hóa”", " văn hóa "),
        ("Trung ương (khóa mười) về", "Trung ương, khóa mười,  về"),
        ("một + một", "một  cộng  một"),
        ("№ năm", " số  năm"),
    ],
    letters.shouting: [
        ("VIỆT NAM", "Việt Nam"),
        ("BÍ THƯ CHI BO", "Bí Thư Chi Bo"),
        ("HĐND XÃ", "HĐND Xã"),
        ("Bộ FISE", "Bộ FISE"),
        ("dự án BOT", "dự án BOT"),
    ],
    letters.letters: [
        ("FISE", "ép phờ i ét xì e"),
        ("giải A và giải B", "giải A và giải bê"),
        ("VNeX", "vê en nờ e ích xì"),
        ("P.V.", "pê vê"),
        ("Ở Ý", "Ở Ý"),
        ("YouTube", "YouTube"),
    ],
    letters.tidy: [("  a , b ;. c", "A, b. c"), (", mở đầu", "Mở đầu"), ("a,b", "A, b"), ("", "")],
}


@pytest.mark.parametrize(
    ("rule", "written", "said"),
    [(rule, *row) for rule, rows in TABLES.items() for row in rows],
    ids=lambda value: value.__name__ if callable(value) else None,
)
def test_a_rule(rule: Callable[[str], str], written: str, said: str) -> None:
    assert rule(written) == said


def test_every_rule_has_a_table(lexicon: Lexicon) -> None:
    assert set(rules.rules(lexicon)) - set(TABLES) == {lexicon.documents, lexicon.abbreviations}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị", "Nghị quyết số ba mươi lăm, ngày 22/10/2018 của Bộ Chính trị"),
        ("Nghị quyết số 35-NQ/TW nêu", "Nghị quyết số ba mươi lăm của Trung ương nêu"),
        ("Nghị quyết 35-NQ/TW nêu", "Nghị quyết số ba mươi lăm của Trung ương nêu"),
        ("theo 43-NQ/TW", "theo Nghị quyết số bốn mươi ba của Trung ương"),
        ("Số 21-NQ/TW không phải", "Nghị quyết số hai mươi mốt của Trung ương không phải"),
        ("Chỉ thị 05-CT/TW", "Chỉ thị số không năm của Trung ương"),
        ("Nghị định số 42/2022/NĐ-CP", "Nghị định số bốn mươi hai năm hai nghìn không trăm hai mươi hai của Chính phủ"),
        (
            "Nghị định số 145/2013/NĐ-CP, ngày 29/10/2013 của Chính phủ",
            "Nghị định số một trăm bốn mươi lăm, ngày 29/10/2013 của Chính phủ",
        ),
        ("Quyết định 1287/QĐ-TTg", "Quyết định số một nghìn hai trăm tám mươi bảy của Thủ tướng Chính phủ"),
        (
            "Thủ tướng Chính phủ có Quyết định số 1862/QĐ-TTg",
            "Thủ tướng Chính phủ có Quyết định số một nghìn tám trăm sáu mươi hai",
        ),
        ("Luật số 126/2025/QH15", "Luật số một trăm hai mươi sáu năm hai nghìn không trăm hai mươi lăm của Quốc hội"),
        ("Nghị quyết số 25, 26-NQ/TW", "Nghị quyết số hai mươi lăm, hai mươi sáu của Trung ương"),
        ("Chỉ thị 35-CT/TW năm 2019", "Chỉ thị số ba mươi lăm của Trung ương năm 2019"),
        ("Hướng dẫn 56-HD/BTGTU", "Hướng dẫn số năm mươi sáu của Ban Tuyên giáo Tỉnh ủy"),
        ("Công văn 10803/BGDĐT-GDTrH", "Công văn số mười nghìn tám trăm linh ba của Bộ Giáo dục và Đào tạo"),
        ("Thông tư liên tịch số 20/2015/TTLT-BGDĐT-BNV", "Thông tư liên tịch số hai mươi năm hai nghìn không trăm mười lăm của Bộ Giáo dục và Đào tạo và Bộ Nội vụ"),
        ("Chỉ thị 05 và Nghị quyết 57", "Chỉ thị không năm và Nghị quyết năm mươi bảy"),
        ("Thông tư 46/2016", "Thông tư bốn mươi sáu năm hai nghìn không trăm mười sáu"),
        ("xem 37-QĐ/TW", "xem văn bản số ba mươi bảy của Trung ương"),  # a quyết định or a quy định: only the registry knows
    ],
)  # fmt: skip
def test_documents(written: str, said: str, lexicon: Lexicon) -> None:
    assert lexicon.documents(written) == said


def test_the_registry_knows_the_type_of_a_bare_number(content: Content) -> None:
    known = Lexicon(content.catalogue, content.registry.documents)
    assert known.documents("xem 37-QĐ/TW") == "xem Quy định số ba mươi bảy của Trung ương"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("UBND tỉnh, HĐND, MTTQ", "Ủy ban nhân dân tỉnh, Hội đồng nhân dân, Mặt trận Tổ quốc"),
        ("BCH T.Ư, TW", "Ban Chấp hành Trung ương, Trung ương"),
        ("KT-XH, KT - XH", "kinh tế xã hội, kinh tế xã hội"),
        ("CNXH, XHCN, NTM, QPAN", "chủ nghĩa xã hội, xã hội chủ nghĩa, nông thôn mới, quốc phòng, an ninh"),
        ("TP. Hồ Chí Minh, TP.HCM", "thành phố Hồ Chí Minh, Thành phố Hồ Chí Minh"),
        ("Quyết định số 167-HĐBT", "Quyết định số 167 của Hội đồng Bộ trưởng"),
        ("ký hiệu “BTGTW”", "ký hiệu “bê tê giê tê vê kép”"),
        ("STWX", "STWX"),
    ],
)
def test_abbreviations(written: str, said: str, lexicon: Lexicon) -> None:
    assert lexicon.abbreviations(written) == said


@pytest.mark.parametrize(
    ("written", "said", "unknown"),
    [
        (
            "Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị (khóa XII) về",
            "Nghị quyết số ba mươi lăm, ngày hai mươi hai tháng mười năm hai nghìn không trăm mười tám của Bộ Chính trị, khóa mười hai, về",
            (),
        ),
        ("tăng 12,5%; đạt 70–80%", "Tăng mười hai phẩy năm phần trăm; đạt bảy mươi đến tám mươi phần trăm", ()),
        ("phát triển KT-XH quý I/2023", "Phát triển kinh tế xã hội quý một năm hai nghìn không trăm hai mươi ba", ()),
        ("tổ chức FISE, FISE và P.V.", "Tổ chức ép phờ i ét xì e, ép phờ i ét xì e và pê vê", ("FISE", "PV")),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Cộng Hòa Xã Hội Chủ Nghĩa Việt Nam", ()),
        ("–", "", ()),
    ],
)
def test_all_rules_in_order(written: str, said: str, unknown: tuple[str, ...], lexicon: Lexicon) -> None:
    assert explained(written, lexicon) == (said, unknown)


def test_every_entry_of_the_data_file_is_found_once_and_said_in_words(lexicon: Lexicon) -> None:
    entries = lexicon.catalogue.abbreviations
    assert len({a.short for a in entries}) == len(entries) > 100
    wrong = [
        a for a in entries if lexicon.abbreviations(f"theo {a.short} nhé") != f"theo {a.long} nhé" or NOT_SAID.search(a.long)
    ]
    assert wrong == []


def test_a_folder_without_the_data_file_takes_the_project_s(tmp_path: Path, catalogue: Catalogue) -> None:
    folder = Path(shutil.copytree(CATALOGUES, tmp_path / "content" / "danh-muc"))
    (folder / "chu-viet-tat.toml").unlink()
    assert load(folder, CATALOGUES).abbreviations == catalogue.abbreviations
    (folder / "chu-viet-tat.toml").write_text('[[chu]]\nshort = "TW"\n', encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load(folder, CATALOGUES)
    assert [(d.line, d.code) for d in caught.value.diagnostics] == [(1, "DM01")]
    assert "thiếu long" in caught.value.diagnostics[0].message


PIECES = st.sampled_from(
    "22/10/2018 ngày 19/5 31/11 24/7 tháng 4 02/2025 2021-2025 12,5% 70-80% 4.916 3,14 7h30 07:30 km2 /ha m² ° đ quý I/2023 XIII IV "
    "thứ 1 số 05 35-NQ/TW Nghị quyết 42/2022/NĐ-CP UBND FISE KT-XH VIỆT NAM & + – ( ) “ ” … № - , . ; : ! ? $ B Ý x 0 007 1.2.3 1,2,3 "
    "0912345678 99999999999999999999 https://a.vn/b a@b.vn 3/4 số /năm ½ ② VNeID °C -2 +84 T.Ư TP.".split()
)


@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=12).map(lambda parts: "".join(p + gap for p, gap in parts))
)
def test_after_the_rules_only_words_and_stops_are_left(lexicon: Lexicon, text: str) -> None:
    said = spoken(text, lexicon)
    assert NOT_SAID.search(said) is None
    assert said == " ".join(said.split())


@given(st.text(max_size=40))
def test_any_text_is_said_without_figures(lexicon: Lexicon, text: str) -> None:
    assert re.search(r"[\d%/]", spoken(text, lexicon)) is None


def test_no_article_keeps_a_figure_or_an_abbreviation(content: Content) -> None:
    known, parser = Lexicon(content.catalogue, content.registry.documents), Parser()
    kept = {}
    for article in content.articles:
        for text in (article.title, article.lead, *paragraphs(parser.tree(content.text(article.path)))):
            if NOT_SAID.search(spoken(text, known)):
                kept[Path(article.path).stem] = spoken(text, known)
    assert len(content.articles) > 20
    assert kept == {}
