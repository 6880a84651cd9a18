"""Each check of the preflight is shown to fail: a small issue, damaged in one way, and what the check then says."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from conftest import need
from PIL import Image
from preflight_files import MONTH, edit, image, numbers, paint, record, small_issue, stream
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

from bantin import preflight
from bantin.outputs.setter import Issuing
from bantin.preflight import builds, colours, files, imposition, letters, lines, tags, words
from bantin.preflight.finding import Finding
from bantin.preflight.pdf import Pdf
from bantin.preflight.proofs import Check, Proofs

Damage = Callable[[Path], None]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Issuing]:
    """A small issue that lacks nothing."""
    for tool in ("pdftotext", "pdftoppm", "qpdf"):
        need(tool)
    return small_issue(tmp_path_factory.mktemp("small"))


@pytest.fixture
def folder(small: tuple[Path, Issuing], tmp_path: Path) -> Path:
    """A copy of its files to damage."""
    return Path(shutil.copytree(small[0], tmp_path / MONTH))


def found(check: Check, folder: Path, issuing: Issuing | None = None) -> Finding:
    """What a check says of a folder."""
    return check(Proofs(folder, issuing, MONTH))


def on(file: str, change: Callable[[PdfWriter], None]) -> Damage:
    """A change to one of the PDFs."""
    return lambda folder: edit(folder / file, change)


def proof(**changed: Any) -> Damage:
    """Other values in proof.json."""
    return lambda folder: record(folder, lambda it: it.update(changed))


def imprinted(**changed: Any) -> Damage:
    """Other values in the imprint that proof.json states."""
    return lambda folder: record(folder, lambda it: it["imprint"].update(changed))


def cut(file: str, share: float) -> Damage:
    """Only the beginning of a file."""
    return lambda folder: (
        (folder / file).write_bytes((folder / file).read_bytes()[: int(share * (folder / file).stat().st_size)]) and None
    )


def gone(file: str) -> Damage:
    """No such file."""
    return lambda folder: (folder / file).unlink()


def blank(at: int | None = None) -> Callable[[PdfWriter], None]:
    """One more page, with nothing on it."""
    return lambda writer: writer.insert_blank_page(index=at) and None if at is not None else writer.add_blank_page() and None


def fewer(writer: PdfWriter) -> None:
    """The second page is gone."""
    writer.remove_page(1)


def corner(page: Any) -> tuple[float, float]:
    """The lower left of the trimmed page, in points."""
    return float(page.trimbox.left), float(page.trimbox.bottom)


def box(name: str, *millimetres: float) -> Callable[[PdfWriter], None]:
    """A box of the third page that is another: left, bottom, right, top from the trim's lower left."""

    def change(writer: PdfWriter) -> None:
        start = corner(writer.pages[2]) * 2
        edges = tuple(at + x * 72 / 25.4 for at, x in zip(start, millimetres, strict=True))
        writer.pages[2][NameObject(f"/{name}")] = RectangleObject(edges)

    return change


def turned(writer: PdfWriter) -> None:
    """A page on its side."""
    writer.pages[2][NameObject("/Rotate")] = NumberObject(90)


def each_font(writer: PdfWriter) -> Iterator[Any]:
    """The fonts of the first page."""
    for entry in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        yield entry.get_object()


def no_program(writer: PdfWriter) -> None:
    """A font without its file."""
    del next(each_font(writer))["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"]


def no_letters(writer: PdfWriter) -> None:
    """A font that does not say its letters."""
    del next(each_font(writer))["/ToUnicode"]


def helvetica(writer: PdfWriter) -> None:
    """A word in a font that is not in the file."""
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    paint(writer, 3, b"BT /F9 9 Tf 100 100 Td (abc) Tj ET", Font={"/F9": writer._add_object(font)})


def type_3(writer: PdfWriter) -> None:
    """A letter that is drawn by a program."""
    glyph = stream(writer, b"500 0 d0 0 0 400 400 re f")
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type3"), NameObject("/FontBBox"): numbers(0, 0, 500, 500),
            NameObject("/FontMatrix"): numbers(0.001, 0, 0, 0.001, 0, 0), NameObject("/FirstChar"): NumberObject(97), NameObject("/LastChar"): NumberObject(97),
            NameObject("/Widths"): numbers(500), NameObject("/CharProcs"): DictionaryObject({NameObject("/a"): glyph}),
            NameObject("/Encoding"): DictionaryObject({NameObject("/Differences"): ArrayObject([NumberObject(97), NameObject("/a")])}),
        }
    )  # fmt: skip
    paint(writer, 3, b"BT /F9 9 Tf 100 100 Td (a) Tj ET", Font={"/F9": writer._add_object(font)})


def means(old: str, new: str) -> Callable[[PdfWriter], None]:
    """A letter that says it is another one, in every font that has it."""

    def change(writer: PdfWriter) -> None:
        for page in writer.pages:
            for entry in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
                cmap = entry.get_object()["/ToUnicode"].get_object()
                was, now = (f"<{text.encode('utf-16-be').hex().upper()}>".encode() for text in (old, new))
                cmap.set_data(cmap.get_data().replace(was + b"\n", now + b"\n"))

    return change


def swapped(one: str, other: str) -> Callable[[PdfWriter], None]:
    """Two letters that each say they are the other."""

    def change(writer: PdfWriter) -> None:
        for old, new in ((one, "\ue000"), (other, one), ("\ue000", other)):
            means(old, new)(writer)

    return change


def pictured(ppi: float, mode: str = "L") -> Callable[[PdfWriter], None]:
    """A picture of one inch and of so many points."""

    def change(writer: PdfWriter) -> None:
        made = image(writer, Image.new(mode, (int(ppi), int(ppi)), 0))
        paint(writer, 3, b"72 0 0 72 100 100 cm /X9 Do", XObject={"/X9": made})

    return change


def written(right: float, up: float, code: str = "0001") -> Callable[[PdfWriter], None]:
    """A letter of 8 pt so far from the trim's lower left, in the first font of the page; 0001 is the first of a subset."""

    def change(writer: PdfWriter) -> None:
        font = next(iter(writer.pages[2]["/Resources"]["/Font"]))  # type: ignore[index]
        left, bottom = corner(writer.pages[2])
        paint(writer, 3, f"BT {font} 8 Tf {left + right} {bottom + up} Td <{code}> Tj ET".encode())

    return change


def linked_elsewhere(page: int) -> Callable[[PdfWriter], None]:
    """The links of a page lead to the cover. page: from 1; from the end where negative."""

    def change(writer: PdfWriter) -> None:
        for annotation in writer.pages[page]["/Annots"]:  # type: ignore[union-attr]
            goal = ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")])
            entry = annotation.get_object()
            entry.pop("/A", None)
            entry[NameObject("/Dest")] = goal

    return change


def unlinked(writer: PdfWriter) -> None:
    """No links."""
    for page in writer.pages:
        page.pop("/Annots", None)


def root(key: str, value: Any) -> Callable[[PdfWriter], None]:
    """Another entry in the document's catalogue; none where the value is None."""

    def change(writer: PdfWriter) -> None:
        writer.root_object[NameObject(key)] = value
        if value is None:
            del writer.root_object[key]

    return change


def bare(key: str) -> Callable[[PdfWriter], None]:
    """Without an entry of the document's catalogue."""
    return lambda writer: writer.root_object.pop(key) and None


def no_alt(writer: PdfWriter) -> None:
    """Pictures without their texts."""
    for entry in writer._objects:
        if isinstance(entry, DictionaryObject) and entry.get("/S") == "/Figure":
            entry.pop("/Alt", None)


def content(data: bytes, **resources: Callable[[PdfWriter], Any]) -> Callable[[PdfWriter], None]:
    """Something painted on the third page; resources are made with the file's writer."""
    return lambda writer: paint(writer, 3, data, **{kind: {"/Z9": make(writer)} for kind, make in resources.items()})


def names(*parts: Any) -> ArrayObject:
    """An array of names and objects."""
    return ArrayObject(NameObject(part) if type(part) is str else part for part in parts)


def calibrated(parts: int) -> Callable[[PdfWriter], Any]:
    """A colour space by a profile."""
    return lambda writer: names("/ICCBased", stream(writer, b"x", N=NumberObject(parts)))


def spot(name: str) -> Callable[[PdfWriter], Any]:
    """A spot colour."""
    entries = {"FunctionType": NumberObject(2), "Domain": numbers(0, 1), "C0": numbers(0), "C1": numbers(1), "N": NumberObject(1)}
    function = DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})
    return lambda _: names("/Separation", f"/{name}", "/DeviceGray", function)


def form(data: bytes) -> Callable[[PdfWriter], Any]:
    """A form with some content."""
    return lambda writer: stream(writer, data, Type=NameObject("/XObject"), Subtype=NameObject("/Form"), BBox=numbers(0, 0, 9, 9))


def shading(_: PdfWriter) -> Any:
    """A gradient in RGB."""
    return DictionaryObject({NameObject("/ShadingType"): NumberObject(2), NameObject("/ColorSpace"): NameObject("/DeviceRGB")})


def tile(writer: PdfWriter) -> Any:
    """A pattern that is painted in RGB."""
    return stream(
        writer, b"1 0 0 rg 0 0 5 5 re f", PatternType=NumberObject(1), PaintType=NumberObject(1), BBox=numbers(0, 0, 5, 5)
    )


def group(writer: PdfWriter) -> None:
    """Transparency mixed in RGB."""
    writer.pages[2][NameObject("/Group")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Transparency"), NameObject("/CS"): NameObject("/DeviceRGB")}
    )


def exchanged(writer: PdfWriter) -> None:
    """The two pages on the first side of a booklet, each on the other's half."""
    forms = writer.pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    one, other = forms
    forms[NameObject(one)], forms[NameObject(other)] = forms.raw_get(other), forms.raw_get(one)


def fronts_and_backs(writer: PdfWriter) -> None:
    """A sheet printed on the wrong side first."""
    page = writer.pages[0]
    writer.remove_page(0)
    writer.insert_page(page, 1)


def one_sheet(writer: PdfWriter) -> None:
    """The inner sheet is gone."""
    for side in (3, 2):
        writer.remove_page(side)


def moved(side: int, points: float) -> Callable[[PdfWriter], None]:
    """A side of a booklet on which all stands further to the right."""

    def change(writer: PdfWriter) -> None:
        page = writer.pages[side]
        data = f"1 0 0 1 {points} 0 cm\n".encode() + page.get_contents().get_data()  # type: ignore[union-attr]
        page[NameObject("/Contents")] = stream(writer, data)

    return change


def outwards(writer: PdfWriter) -> None:
    """The inner sheet's pages stand further from the spine than the outer one's."""
    for page in writer.pages[2:]:
        left, right = page.get_contents().get_data().split(b"\n")  # type: ignore[union-attr]
        page[NameObject("/Contents")] = stream(writer, b"q 1 0 0 1 -4 0 cm " + left + b" Q q 1 0 0 1 4 0 cm " + right + b" Q")


def covered(writer: PdfWriter) -> None:
    """White over all pages."""
    for number in range(1, len(writer.pages) + 1):
        paint(writer, number, b"1 g 0 0 900 900 re f")


def coded(address: str) -> Callable[[PdfWriter], None]:
    """One more QR code."""

    def change(writer: PdfWriter) -> None:
        out = io.BytesIO()
        segno.make(address).save(out, kind="png", scale=8)
        made = image(writer, Image.open(out).convert("L"))
        paint(writer, 3, b"1 g 80 80 200 200 re f q 120 0 0 120 100 100 cm /X9 Do Q", XObject={"/X9": made})

    return change


def internal_address(it: dict[str, Any]) -> None:
    """An internal article with an address."""
    next(a for a in it["articles"] if a["audience"] == "internal")["url"] = "https://bantin.example/ba/"


SCREEN, PRINT, BOOKLET = "screen.pdf", "print.pdf", "booklet.pdf"
LESS = box("BleedBox", -1, -1, 146, 206)
INLINE = b"q 9 0 0 9 100 100 cm BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI Q"

DAMAGES: list[tuple[str, Check, Damage, str]] = [
    ("cut off", files.soundness, cut(SCREEN, 0.7), "screen.pdf:"),
    ("no file", files.soundness, gone(PRINT), "thiếu tệp print.pdf"),
    ("a page too many", files.page_count, on(SCREEN, blank()), "screen.pdf: 9 trang, không phải bội số của 4"),
    ("an unplanned blank page", files.page_count, on(PRINT, blank(3)), "print.pdf: trang trắng 4, 8"),
    ("a page too few in print", files.page_count, on(PRINT, fewer), "print.pdf: 7 trang, phải là 8"),
    ("a side too few", files.page_count, on(BOOKLET, fewer), "booklet.pdf: 3 trang, phải là 4"),
    ("other blanks than planned", files.page_count, proof(blanks=0), "theo proof.json là không có"),
    ("other pages than recorded", files.page_count, proof(pages=12), "“pages” là 12, tệp có 8"),
    ("other trim", files.boxes, on(PRINT, box("TrimBox", 1, 0, 145, 205)), "print.pdf trang 3: khung cắt 144.00 × 205.00"),
    ("less bleed", files.boxes, on(PRINT, LESS), "print.pdf trang 3: tràn 1.00 / 1.00 / 1.00 / 1.00, phải là 3"),
    ("other paper", files.boxes, on(SCREEN, box("MediaBox", 0, 0, 148, 210)), "screen.pdf trang 3: "),
    ("on its side", files.boxes, on(SCREEN, turned), "screen.pdf trang 3: trang bị xoay"),
    ("not embedded", files.fonts, on(SCREEN, no_program), "không nhúng"),
    ("no ToUnicode", files.fonts, on(PRINT, no_letters), "không có ToUnicode"),
    ("a font of the reader's", files.fonts, on(BOOKLET, helvetica), "phông Helvetica: không nhúng, không rút gọn"),
    ("Type 3", files.fonts, on(SCREEN, type_3), "loại Type 3"),
    ("ấ says ầ", letters.letters, on(SCREEN, swapped("ấ", "ầ")), "hình chữ “ấ” không phải của chữ ấy"),
    ("another face", letters.letters, on(PRINT, helvetica), "Helvetica không có trong theme/print/fonts"),
    ("150 ppi", files.pictures, on(SCREEN, pictured(150)), "screen.pdf trang 3: hình 150 × 150 điểm có 150 × 150 ppi"),
    ("700 ppi", files.pictures, on(PRINT, pictured(700)), "có 700 × 700 ppi"),
    ("the box of a missing letter", words.text, on(SCREEN, written(100, 100, "0000")), "chữ không rõ trong"),
    ("an unknown letter", words.text, on(SCREEN, means("ộ", "\ufffd")), "chữ không rõ trong"),
    ("a private letter", words.text, on(PRINT, means("ộ", "\ue123")), "chữ không rõ trong"),
    ("no letters known", words.text, on(SCREEN, no_letters), "chữ không rõ trong"),
    ("loose marks", words.text, on(SCREEN, means("ộ", "o\u0323\u0302")), "không phải NFC"),
    ("4 pt from the trim", words.text, on(SCREEN, written(4, 100)), "cách mép cắt 4.0 pt"),
    ("in the bleed", words.text, on(PRINT, written(100, -4.5)), "cách mép cắt -6.5 pt"),
    ("outside the page", words.text, on(SCREEN, written(900, 100)), "cách mép cắt -"),
    ("a wrong number", words.contents, on(SCREEN, linked_elsewhere(1)), "dẫn tới trang 1"),
    ("no links", words.contents, on(SCREEN, unlinked), "không có trong mục lục"),
    ("no bookmarks", words.contents, on(SCREEN, bare("/Outlines")), "không có dấu trang"),
    ("an article more", words.contents, lambda f: record(f, lambda it: it["articles"][0].update(title="Bài khác")), "“Bài khác”: không có dấu trang"),
    ("a wrong page", words.index, on(SCREEN, linked_elsewhere(-3)), "dẫn tới trang 1"),
    ("no page", words.index, on(SCREEN, unlinked), "không có số trang"),
    ("a document that stands elsewhere", words.index, lambda f: record(f, lambda it: it["documents"][0].update(id="36", number="36-NQ/TW")), "không có “36-NQ/TW”"),
    ("a document too few", words.index, proof(documents=[]), "không có trong proof.json"),
    ("untagged", words.index, on(SCREEN, bare("/StructTreeRoot")), "không có trong bảng tra"),
    ("untagged", lines.justification, on(SCREEN, bare("/StructTreeRoot")), "không có thẻ"),
    ("untagged", lines.lonely, on(SCREEN, bare("/StructTreeRoot")), "không có thẻ"),
    ("English", tags.tags, on(SCREEN, root("/Lang", TextStringObject("en"))), "/Lang là “en”"),
    ("file name shown", tags.tags, on(SCREEN, bare("/ViewerPreferences")), "không hiện tên tài liệu"),
    ("not marked", tags.tags, on(SCREEN, root("/MarkInfo", DictionaryObject({NameObject("/Marked"): BooleanObject(False)}))), "không có thẻ"),
    ("no bookmarks", tags.tags, on(SCREEN, bare("/Outlines")), "không có dấu trang “Bài thứ hai”"),
    ("no alternative text", tags.tags, on(SCREEN, no_alt), "hình không có lời thay"),
    ("another title", tags.tags, on(SCREEN, lambda w: w.add_metadata({"/Title": "Khác"})), "tên tài liệu là “Khác”"),
    ("RGB text", colours.colours, on(PRINT, content(b"1 0 0 rg 0 0 9 9 re f")), "trang 3: chữ hoặc nét màu RGB 1 0 0"),
    ("RGB line", colours.colours, on(PRINT, content(b"0 0 1 RG 0 0 9 9 re S")), "màu RGB 0 0 1"),
    ("cyan", colours.colours, on(PRINT, content(b"1 0 0 0 k 0 0 9 9 re f")), "màu CMYK 1 0 0 0, không phải chỉ đen"),
    ("RGB picture", colours.colours, on(PRINT, pictured(300, "RGB")), "hình /X9: DeviceRGB"),
    ("CMYK picture", colours.colours, on(PRINT, pictured(300, "CMYK")), "hình /X9: DeviceCMYK"),
    ("RGB picture in line", colours.colours, on(PRINT, content(INLINE)), "hình trong dòng: DeviceRGB"),
    ("calibrated grey", colours.colours, on(PRINT, content(b"/Z9 cs 0 sc", ColorSpace=calibrated(1))), "không gian màu /Z9: ICCBased 1 thành phần"),
    ("calibrated RGB", colours.colours, on(PRINT, content(b"", ColorSpace=calibrated(3))), "ICCBased 3 thành phần"),
    ("RGB by name", colours.colours, on(PRINT, content(b"/DeviceRGB cs 1 0 0 sc")), "chữ hoặc nét: DeviceRGB"),
    ("another spot", colours.colours, on(PRINT, content(b"", ColorSpace=spot("Xanh"))), "màu pha “Xanh”, phải là “Đỏ bản tin”"),
    ("a palette", colours.colours, on(PRINT, content(b"", ColorSpace=lambda w: names("/Indexed", "/DeviceRGB", NumberObject(0), TextStringObject("abc")))), "DeviceRGB"),
    ("a gradient", colours.colours, on(PRINT, content(b"/Z9 sh", Shading=shading)), "chuyển màu /Z9: DeviceRGB"),
    ("a pattern", colours.colours, on(PRINT, content(b"", Pattern=tile)), "màu RGB 1 0 0"),
    ("a form", colours.colours, on(PRINT, content(b"/Z9 Do", XObject=form(b"0 1 0 rg 0 0 9 9 re f"))), "màu RGB 0 1 0"),
    ("a group", colours.colours, on(PRINT, group), "nhóm trong suốt: DeviceRGB"),
    ("a spot of another name", colours.colours, proof(spot="Xanh"), "màu pha “Đỏ bản tin”, phải là “Xanh”"),
    ("pages exchanged", imposition.imposition, on(BOOKLET, exchanged), "tờ 1 mặt 1 nửa phải: phải là trang 1, lại là 8"),
    ("back before front", imposition.imposition, on(BOOKLET, fronts_and_backs), "phải là trang 1, lại là"),
    ("A5", imposition.imposition, on(BOOKLET, box("MediaBox", 0, 0, 210, 148)), "phải là A4 nằm"),
    ("over the spine", imposition.imposition, on(BOOKLET, moved(1, 60)), "tờ 1 mặt 2"),
    ("creep outwards", imposition.imposition, on(BOOKLET, outwards), "tờ 2: trang lùi vào gáy"),
    ("a sheet too few", imposition.imposition, on(BOOKLET, one_sheet), "gấp lại được 4 trang, phải là 8"),
    ("one byte more", builds.reproducibility, lambda f: (f / PRINT).write_bytes((f / PRINT).read_bytes() + b"\n") and None, "print.pdf: khác proof.json"),
    ("another record", builds.reproducibility, proof(copies=99), "proof.json: khác bản dựng lại"),
    ("a file gone", builds.reproducibility, gone(BOOKLET), "thiếu tệp booklet.pdf"),
    ("covered", builds.codes, on(PRINT, covered), "không đọc được mã QR nào tới https://"),
    ("a code to elsewhere", builds.codes, on(PRINT, coded("https://khac.example/")), "dẫn tới “https://khac.example/”"),
    ("an internal address", builds.codes, lambda f: record(f, internal_address), "bài nội bộ “Bài chỉ để in” có địa chỉ"),
    ("no licence", words.imprint, imprinted(licence=""), "chưa có giấy phép"),
    ("no day of licence", words.imprint, imprinted(licensed=""), "chưa có ngày cấp phép"),
    ("another licence", words.imprint, imprinted(licence="13/GP-XBBT"), "trang 8: không có giấy phép “13/GP-XBBT”"),
    ("another day", words.imprint, imprinted(licensed="2024-01-06"), "không có ngày cấp phép “06/01/2024”"),
    ("other copies", words.imprint, imprinted(copies=4916), "không có số lượng in “In 4.916 cuốn”"),
    ("no copies", words.imprint, imprinted(copies=0), "chưa có số lượng in"),
    ("nobody responsible", words.imprint, imprinted(responsible=""), "chưa có người chịu trách nhiệm"),
    ("no last page", words.imprint, on(SCREEN, lambda w: w.remove_page(7)), "không có nộp lưu chiểu"),
]  # fmt: skip


@pytest.mark.parametrize("check", preflight.CHECKS, ids=lambda check: check.__name__)
def test_the_small_issue_passes(check: Check, small: tuple[Path, Issuing]) -> None:
    finding = found(check, *small)
    assert finding.problems == () and finding.figure and not finding.skipped


@pytest.mark.parametrize(
    ("how", "check", "damage", "said"), DAMAGES, ids=[f"{check.__name__}: {how}" for how, check, _, _ in DAMAGES]
)
def test_a_damage_is_found(how: str, check: Check, damage: Damage, said: str, folder: Path, small: tuple[Path, Issuing]) -> None:
    damage(folder)
    problems = found(check, folder, small[1]).problems
    assert any(said in problem for problem in problems), problems


def test_every_check_is_shown_to_fail() -> None:
    """veraPDF's and those of lines have their tests in test_preflight_lines.py."""
    assert set(preflight.CHECKS) - {check for _, check, _, _ in DAMAGES} == {tags.verapdf}


@pytest.mark.parametrize("check", preflight.CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("data", [None, b"", b"%PDF-1.7\n%%EOF", b"{}", b"[]", b"\xff\x00 no such thing" * 99])
def test_nothing_at_all_is_a_finding_and_no_traceback(check: Check, data: bytes | None, tmp_path: Path) -> None:
    for name in ("screen.pdf", "print.pdf", "booklet.pdf", "proof.json") if data is not None else ():
        (tmp_path / name).write_bytes(data or b"")
    finding = found(check, tmp_path)
    assert finding.problems and not finding.skipped


@pytest.mark.parametrize(("key", "check"), [("/Contents", files.page_count), ("/Resources", words.text)])
def test_pages_of_a_wrecked_file_are_findings(key: str, check: Check, folder: Path) -> None:
    """Something of a page is not what it should be."""
    edit(folder / SCREEN, lambda w: w.pages[2].update({NameObject(key): FloatObject(3)}))
    assert not found(check, folder).passed


@pytest.mark.parametrize(
    "check",
    [c for c in preflight.CHECKS if c in (files.soundness, files.fonts, files.pictures, words.contents, builds.codes)],
    ids=lambda c: c.__name__,
)
def test_a_missing_tool_is_named_with_its_package(check: Check, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (problem,) = found(check, folder).problems
    assert "sudo apt-get install " + ("qpdf" if check is files.soundness else "poppler-utils") in problem


def test_without_java_verapdf_is_skipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    finding = found(tags.verapdf, folder)
    assert (finding.skipped, finding.problems, finding.verdict) == (True, (), "bỏ qua")
    assert "default-jdk-headless libjaxb-java" in finding.figure


def test_without_content_nothing_is_set_again(folder: Path) -> None:
    assert found(builds.reproducibility, folder).skipped
    gone(PRINT)(folder)
    assert found(builds.reproducibility, folder).problems == ("thiếu tệp print.pdf",)


def test_without_content_names_of_documents_are_left_unread(folder: Path, small: tuple[Path, Issuing]) -> None:
    """A page may say “Nghị quyết Trung ương 4”: only the registry knows which number that is."""
    record(folder, lambda it: it["documents"][0].update(id="36", number="36-NQ/TW"))
    finding = found(words.index, folder)
    assert finding.passed and finding.figure.endswith("1 chưa đối chiếu (không có nội dung)")
    assert not found(words.index, folder, small[1]).passed


def test_a_sample_needs_no_day_of_licence(folder: Path) -> None:
    imprinted(licence="(chưa cấp)", licensed="")(folder)
    assert found(words.imprint, folder).problems == ("trang 8: không có giấy phép “(chưa cấp)”",)


def test_a_damage_leaves_the_other_files_alone(folder: Path) -> None:
    """The damages above are no more than they say: rewriting alone fails no check."""
    for name in (SCREEN, PRINT, BOOKLET):
        edit(folder / name, lambda _: None)
    failed = [
        check.__name__ for check in preflight.CHECKS if check is not builds.reproducibility and not found(check, folder).passed
    ]
    assert failed in ([], ["verapdf"])


def test_pdf_gives_pages_from_one(folder: Path) -> None:
    pdf = Pdf(folder / SCREEN)
    assert {link.page for link in pdf.links} <= set(range(1, 9)) and all(link.goal for link in pdf.links)
    assert [len(page) for page in pdf.words][6] == 0 and "Bản tin thử" in pdf.texts[7]
