"""Files for the tests of the preflight: a small issue, and ways to damage a PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst
from conftest import DOCUMENT, ROOT, article, picture
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, NumberObject

from bantin.outputs import bulletin
from bantin.outputs.setter import Issuing
from bantin.plugin import settings_of

MONTH = "2024-02"
PROSE = "Chi bộ họp thường kỳ mỗi tháng một lần, bàn việc của tháng và phân công từng đảng viên. " * 9
SMALL = {
    "bai-viet/2024/mot.md": article(
        f"Theo Nghị quyết số 35-NQ/TW[^1], {PROSE}\n\n## Mục nhỏ\n\n{PROSE}\n\n- Một việc.\n- Hai việc.\n\n[^1]: Chú thích cuối trang.\n",
        Title="Bài thứ nhất có hình", Date="2024-02-03", Authors="Tổ Biên tập", Summary="Đoạn dẫn.", Source="Báo Một, https://bao.example/mot",
        Image="hinh.png", Image_alt="Một hình", Image_caption="Chú thích hình", Resolutions="35-NQ/TW", Column="Xây dựng Đảng",
    ),
    "bai-viet/2024/hai.md": article(f"{PROSE}\n\n{PROSE}", Title="Bài thứ hai", Date="2024-02-04", Column="Từ cơ sở"),
    "noi-bo/2024/ba.md": article(PROSE, Title="Bài chỉ để in", Date="2024-02-05", Column="Sinh hoạt chi bộ"),
    "van-ban/35-nq-tw-2018.md": DOCUMENT,
    "ban-tin/2024-02.md": "Title: Bản tin thử\nNumber: 2\nMonth: 2024-02\nLicence: 12/GP-XBBT\nLicensed: 2024-01-05\nPrint_run: 100\n"
    "Printer: Xưởng in của trường\nResponsible: Trưởng ban\n\nLời đầu số.\n",
    "anh/dau-hieu.png": picture(),
    "anh/hinh.png": picture("red", (1600, 900)),
}  # fmt: skip


def prepared(content: Path, cache: Path) -> Issuing:
    """A content folder, read for print; its pictures are made in `cache`."""
    return bulletin.prepare(settings_of(ROOT / "pelicanconf.py", PATH=str(content), CACHE_PATH=str(cache)))


def small_issue(folder: Path) -> tuple[Path, Issuing]:
    """A small issue that lacks nothing: its folder, and what it was made from."""
    for name, data in SMALL.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    issuing = prepared(folder / "content", folder / "cache")
    return bulletin.make(issuing, MONTH, folder / "in").folder, issuing


def typeset(folder: Path, source: str, file: str = "screen.pdf") -> None:
    """A tagged PDF of our own Typst text in the faces of the issue; it may show `hinh.png`."""
    main = folder / "thu.typ"
    (folder / "hinh.png").write_bytes(picture("red", (30, 30)))
    main.write_text(source, encoding="utf-8")
    fonts = [str(ROOT / "theme" / "print" / "fonts")]
    data = typst.compile(str(main), font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"], timestamp=0)
    (folder / file).write_bytes(data)


def edit(path: Path, change: Callable[[PdfWriter], None]) -> None:
    """Rewrite a PDF with pypdf."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(path.read_bytes())))
    change(writer)
    writer.write(path)


def record(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite proof.json."""
    path = folder / "proof.json"
    found = json.loads(path.read_text("utf-8"))
    change(found)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def stream(writer: PdfWriter, data: bytes, **entries: Any) -> Any:
    """A new stream object with these entries in its dictionary."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{key}"): value for key, value in entries.items()})
    return writer._add_object(made)


def paint(writer: PdfWriter, number: int, content: bytes, **resources: Any) -> None:
    """Add content after all else on a page; resources: entries by kind and name, `XObject={"/X9": …}`. number: from 1."""
    page = writer.pages[number - 1]
    before = page["/Contents"].get_object()
    kept = b"q\n" + (
        b"\n".join(p.get_object().get_data() for p in before) if isinstance(before, ArrayObject) else before.get_data()
    )
    page[NameObject("/Contents")] = stream(writer, kept + b"\nQ\nq\n" + content + b"\nQ")
    own = DictionaryObject(page.get("/Resources", DictionaryObject()).get_object())
    for kind, entries in resources.items():
        held = DictionaryObject(own.get(f"/{kind}", DictionaryObject()).get_object())
        held.update({NameObject(name): entry for name, entry in entries.items()})
        own[NameObject(f"/{kind}")] = held
    page[NameObject("/Resources")] = own


def image(writer: PdfWriter, picture: Image.Image) -> Any:
    """A picture as an object, uncompressed."""
    space = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}[picture.mode]
    return stream(
        writer, picture.tobytes(), Type=NameObject("/XObject"), Subtype=NameObject("/Image"), Width=NumberObject(picture.width),
        Height=NumberObject(picture.height), ColorSpace=NameObject(space), BitsPerComponent=NumberObject(8),
    )  # fmt: skip


def numbers(*values: float) -> ArrayObject:
    """An array of numbers."""
    return ArrayObject(FloatObject(value) for value in values)
