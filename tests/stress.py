"""A month that strains the printed issue: 60 articles of every length and shape. Seeded, and without facts: the prose means nothing.

What stands in it: pictures of ten shapes, tables of 70 rows, of 9 columns, with merged cells; twenty notes in one article; every
Vietnamese letter in four styles; numbers of documents in every spelling; titles of four lines; words without a space.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT, article
from PIL import Image
from stress_text import (
    CITED,
    DEEP,
    LETTERS,
    LONG,
    LONG_TITLE,
    SPELLINGS,
    alphabet,
    long_cells,
    long_words,
    merged,
    notes,
    paragraphs,
    prose,
    table,
    thirty_pages,
)

from bench.corpus import COLUMNS, photograph

MONTH = "2024-02"
RECEIVERS = {
    f"Đơn vị nhận thứ {n}": copies for n, copies in enumerate((5, 15, 60, 5, 5, 10, *([120] * 38), 256), 1)
}  # 4.916 copies


@dataclass
class Piece:
    """One article: its file below `content/` without the number, the text, and the keys of its header."""

    name: str
    text: str
    header: dict[str, str] = field(default_factory=dict)
    internal: bool = False


def stress(folder: Path) -> str:
    """Write the content folder, and return its month."""
    chance = random.Random(MONTH)
    for name in ("danh-muc", "van-ban"):
        shutil.copytree(ROOT / "content" / name, folder / name)
    receivers = (f'[[noi-nhan]]\nname = "{name}"\ncopies = {copies}\n' for name, copies in RECEIVERS.items())
    (folder / "danh-muc" / "noi-nhan.toml").write_text("\n".join(receivers), encoding="utf-8")
    pictures(folder / "anh", chance)
    for name, text in documents().items():
        (folder / "van-ban" / f"{name}.md").write_text(text, encoding="utf-8")
    pieces = [*lengths(chance, 9), *shapes(chance), *one_paragraph(chance), *pictured(chance)]
    pieces += lengths(chance, 60 - len(pieces))
    for number, piece in enumerate(pieces):
        header = {
            "Title": f"Bài {number}: {prose(chance, 7).rstrip('.')}",
            "Date": f"2024-02-{1 + number // 3:02} {8 + number % 3:02}:00",
        }
        header |= {"Column": COLUMNS[number * len(COLUMNS) // len(pieces)], "Authors": "Tổ Biên tập", **piece.header}
        write(folder, piece, number, header)
    for number in (1, 2):
        corrections = f"2024-02-{number + 10}: {prose(chance, 3)} → {prose(chance, 4)}; 2024-03-01: để số sau → sẽ in"
        write(
            folder,
            Piece("truoc", prose(chance, 30)),
            number,
            {"Title": f"Bài số trước {number}", "Date": "2024-01-05", "Correction": corrections},
        )
    (folder / "ban-tin").mkdir()
    imprint = (
        "Licence: (bản mẫu: chưa cấp giấy phép)\nPrint_run: 4.916\nPrinter: In tại chỗ (bản mẫu)\nResponsible: Ban Biên tập\n"
    )
    head = f"Title: Thông báo nội bộ\nNumber: 2\nMonth: {MONTH}\n{imprint}Columns: {'; '.join(COLUMNS)}\n"
    (folder / "ban-tin" / f"{MONTH}.md").write_text(f"{head}\n{paragraphs(chance, 3)}\n", encoding="utf-8")
    return MONTH


def write(folder: Path, piece: Piece, number: int, header: dict[str, str]) -> None:
    """A piece as a file of the content folder."""
    path = folder / ("noi-bo" if piece.internal else "bai-viet") / "2024" / f"{piece.name}-{number:02}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(article(piece.text, **header), encoding="utf-8")


def documents() -> dict[str, str]:
    """Documents that nobody issued: a chain of three that replace each other, two of this month, one with a long title."""
    about = "về nội dung chỉ dùng để thử việc dàn trang"
    rows = {
        "901": ("2021-03-01", about, ""), "902": ("2022-03-01", about, "901-QĐ/TW"), "903": ("2023-03-01", f"{about}, lần ba", "902-QĐ/TW"),
        "904": ("2024-02-05", f"{about} trong tháng", ""), "905": ("2024-02-19", f"{about}, {LONG_TITLE[0].lower()}{LONG_TITLE[1:]}", ""),
    }  # fmt: skip
    return {
        f"thu-{number}": f"Title: {title}\nNumber: {number}-QĐ/TW\nKind: Quy định\nIssuer: Ban Bí thư\nIssued: {day}\n"
        + (f"Replaces: {replaces}\n" if replaces else "")
        + "\nVăn bản chỉ có trong kiểm thử.\n"
        for number, (day, title, replaces) in rows.items()
    }


# ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────


def lengths(chance: random.Random, count: int) -> Iterator[Piece]:
    """Articles each about a line longer than the last, so that ends of pages fall everywhere; every fourth is internal."""
    for n in range(count):
        text = f"{paragraphs(chance, 2 + n % 4)}\n\n## {prose(chance, 6).rstrip('.')}\n\n{prose(chance, 90 + 11 * n)}\n\n{prose(chance, 3 + n)}"
        if n % 6 == 2:
            text += f"\n\n## Câu hỏi thảo luận\n\n1. {prose(chance, 14)}\n2. {prose(chance, 25)}\n3. Chi bộ làm gì?\n"
        header = {
            "Summary": prose(chance, 9 * (n % 7)),
            "Source": "; ".join(f"Nguồn {m}, https://mot.example/{m}" for m in range(n % 4)),
        }
        yield Piece("dai-ngan", text, header, internal=n % 4 == 3)


def shapes(chance: random.Random) -> Iterator[Piece]:
    """One article for each way to go wrong."""
    yield Piece("mot-dong", "Một dòng.", {"Title": "Bài một dòng", "Authors": ""})
    yield Piece("ba-muoi-trang", thirty_pages(chance), {"Title": LONG_TITLE, "Authors": "Tác giả một; Tác giả hai; Tổ Biên tập"})
    yield Piece("hai-muoi-chu-thich", notes(chance), {"Resolutions": "35-NQ/TW ngày 22/10/2018"})
    yield Piece(
        "bang-dai",
        f"{prose(chance, 60)}\n\n{table(chance, 4, 70, 9)}\n\n{prose(chance, 40)}\n\n{table(chance, 3, 7)}\n\n{prose(chance, 20)}",
    )
    yield Piece("chi-bang", table(chance, 5, 64), {"Title": "Bài chỉ có một bảng", "Summary": ""})
    yield Piece("chin-cot", f"{prose(chance, 30)}\n\n{table(chance, 9, 18)}\n\n{long_cells()}\n\n{prose(chance, 30)}")
    yield Piece("o-gop", f"{prose(chance, 30)}\n\n{merged(chance)}\n\n{prose(chance, 30)}", internal=True)
    yield Piece(
        "tu-dai",
        long_words(chance),
        {"Title": "Từ dài " + LONG["gạch nối"][:70], "Summary": LONG["chữ"], "Source": LONG["địa chỉ"]},
    )
    yield Piece(
        "chu-cai", alphabet(), {"Title": "Chữ cái " + " ".join(LETTERS[:73]), "Summary": " ".join(LETTERS), "Authors": "Tổ Ảnh"}
    )
    yield Piece(
        "so-hieu",
        "".join(f"{prose(chance, 12)} {one}, {prose(chance, 9)}\n\n" for one in SPELLINGS),
        {"Resolutions": "66-QĐ/TW ngày 06/02/2017"},
    )
    yield Piece(
        "bi-thay-the",
        "\n\n".join(f"{one} {prose(chance, 40)}" for one in CITED),
        {"Resolutions": "35-NQ/TW ngày 22/10/2018; 901-QĐ/TW"},
    )
    yield Piece("mo-danh-sach", DEEP.format(a=prose(chance, 20), b=prose(chance, 45)) + f"\n{prose(chance, 40)}", {"Summary": ""})
    yield Piece("cuoi-bang", f"{prose(chance, 60)}\n\n{table(chance, 3, 5)}")
    yield Piece("cuoi-anh", f'{prose(chance, 60)}\n\n![Ảnh cuối](vuong.jpg "Chú thích của ảnh cuối bài")')
    yield Piece("cuoi-trich", f"{prose(chance, 60)}\n\n> {prose(chance, 50)}\n>\n> {prose(chance, 10)}")
    yield Piece("cuoi-chu-thich", f"{prose(chance, 60)} Chữ cuối.[^1]\n\n[^1]: {prose(chance, 70)}")
    yield Piece(
        "cuoi-muc",
        f"{prose(chance, 60)}\n\n## Mục cuối\n\n- {prose(chance, 12)}\n- hết",
        {"Correction": "2024-02-20: mười → một trăm"},
    )


def one_paragraph(chance: random.Random) -> Iterator[Piece]:
    """Five articles of one paragraph in a row."""
    for n in range(5):
        yield Piece(
            "mot-doan",
            prose(chance, 25 + 20 * n),
            {"Title": f"Tin ngắn {n}", "Summary": "", "Source": "Nguồn, https://mot.example" if n % 2 else ""},
        )


def pictured(chance: random.Random) -> Iterator[Piece]:
    """Each shape of picture once at the head of an article and once inside one, with and without caption and credit."""
    for n, file in enumerate(SHAPES):
        header = {"Image": file, "Image_alt": f"Ảnh thử {n}", "Summary": prose(chance, 30 * (n % 3))}
        header |= {"Image_caption": prose(chance, 4 + 9 * (n % 4))} if n % 2 == 0 else {}
        header |= {"Image_credit": "Tổ Ảnh (ảnh thử)"} if n % 3 == 0 else {}
        other, caption = SHAPES[(n + 3) % len(SHAPES)], f' "{prose(chance, 12)}"' if n % 2 else ""
        text = f"{prose(chance, 50 + 17 * n)}\n\n![Ảnh trong bài]({other}{caption})\n\n{prose(chance, 30)} ![nhỏ](nho.png) {prose(chance, 9)}"
        yield Piece("anh", text, header, internal=n % 5 == 4)


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────────────────

SHAPES = (
    "rat-rong.jpg",
    "rat-cao.jpg",
    "vuong.jpg",
    "nho.png",
    "rat-lon.jpg",
    "xam-16.png",
    "cmyk.jpg",
    "bang-mau.png",
    "trong-suot.png",
    "xoay.jpg",
)


def pictures(folder: Path, chance: random.Random) -> None:
    """Ten pictures: 8:1, 1:5, square, 90 pixels, 6000 pixels, 16 bits of grey, CMYK, a palette, transparent, turned by EXIF."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "content" / "anh" / "dau-hieu.png", folder)  # the publisher's mark
    photo = photograph(chance, (1600, 1000))
    turned = Image.Exif()
    turned[0x0112] = 6
    photograph(chance, (3200, 400)).save(folder / "rat-rong.jpg", quality=85)
    photograph(chance, (500, 2500)).save(folder / "rat-cao.jpg", quality=85)
    photo.crop((0, 0, 1000, 1000)).save(folder / "vuong.jpg", quality=85)
    photo.resize((90, 56)).save(folder / "nho.png")
    photo.resize((6000, 3750)).save(folder / "rat-lon.jpg", quality=70)
    Image.linear_gradient("L").resize((1400, 900)).convert("I").point(lambda value: value * 257).convert("I;16").save(
        folder / "xam-16.png"
    )
    photo.convert("CMYK").save(folder / "cmyk.jpg", quality=85)
    photo.resize((1200, 750)).quantize(64).save(folder / "bang-mau.png")
    clear = photo.convert("RGBA")
    clear.putalpha(Image.radial_gradient("L").resize(clear.size))
    clear.resize((900, 560)).save(folder / "trong-suot.png")
    photo.save(folder / "xoay.jpg", quality=85, exif=turned)
