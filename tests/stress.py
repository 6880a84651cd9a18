"""A month that strains the printed issue: 60 articles of every length and shape. Seeded, and without facts: the prose means nothing.

What stands in it: pictures of ten shapes, tables of 70 rows, of 9 columns, with merged cells; twenty notes in one article; every
Vietnamese letter in four styles; numbers of documents in every spelling; titles of four lines; words without a space.
"""

from __future__ import annotations

import random
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT, article
from PIL import Image

from bench.corpus import COLUMNS, WORDS, photograph

MONTH = "2024-02"
RECEIVERS = {
    f"Đơn vị nhận thứ {n}": copies for n, copies in enumerate((5, 15, 60, 5, 5, 10, *([120] * 38), 256), 1)
}  # 4.916 copies

# 12 vowels with 6 tones and đ, small and capital: 146.
LETTERS = [
    unicodedata.normalize("NFC", vowel + tone)
    for case in ("aăâeêioôơuưy", "AĂÂEÊIOÔƠUƯY")
    for vowel in case
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
] + ["đ", "Đ"]

# As ../shared/domain.md found them; what has a file in van-ban/ is cited, the rest is text.
SPELLINGS = (
    "Nghị quyết số 35-NQ/TW, ngày 22/10/2018 của Bộ Chính trị (khóa XII)", "Nghị quyết 35 - NQ/TW, ngày 22/10/2018", "Kế hoạch 94- KH/BTGDVTW",
    "Quyết định số31-QĐ/TW", "Nghị quyết 35 NQ/TW", "Nghị quyết số: 35-NQ/TW", "Nghị quyết 35‑NQ/TW", "Nghị quyết 35‐NQ/TW", "Nghị quyết 35–NQ/TW",
    "Nghị quyết\u00a0số\u00a035-NQ/TW", unicodedata.normalize("NFD", "Nghị quyết số 35-NQ/TW ngày 22 tháng 10 năm 2018"), "Nghị quyết 35-\u200bNQ/TW",
    "Nghị quyết số 35-\nNQ/TW", "nghị quyết 35-nq/tw", "NGHI QUYET 35-NQ/TW", "Nghị quyết 26-NQ/TW, ngày 05/8/2008 (khoá X)",
    "Nghị quyết số 26-NQ/TW, ngày 19-5-2018, Khóa 12", "Nghị quyết T.Ư 4, khóa XI", "Nghị quyết Trung ương 4 khóa XII", "Chỉ thị 05-CT/TW",
    "Nghị định số 42/2022/NĐ-CP", "Thông tư 26/2020/TT-BTTTT", "Quyết định 1287/QĐ-TTg", "Luật số 126/2025/QH15", "Luật Báo chí số 103/2016/QH13",
    "Quy định số 66-QĐ/TW, ngày 06/02/2017 của Ban Bí thư", "Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018", "Đề án 13-ĐA/TU", "Hướng dẫn 56-HD/BTGTU",
    "Quyết định số 518-QĐ/BTGTW, ngày 10/11/2011", "các nghị quyết số 11, 12 và 18-NQ/TW", "Nghị quyết Đại hội XIII", "275/2025 và 24/7, giai đoạn 2021-2025",
)  # fmt: skip
CITED = (
    SPELLINGS[0],
    "Quy định số 66-QĐ/TW, ngày 06/02/2017",
    "Quy định số 902-QĐ/TW",
    "Hướng dẫn số 36-HD/VPTW",
    "Chỉ thị số 05-CT/TW",
)
LONG = {
    "gạch nối": "không-dấu-cách-" * 24 + "hết", "chữ": "nghiêng" * 30, "địa chỉ": "https://dai.example/" + "muc-rat-dai/" * 12 + "tep-cuoi-cung.html",
    "thư": "hop-thu-co-ten-rat-dai-" * 3 + "@thu.example", "số": "1234567890" * 9, "gạch dưới": "ten_tep_" * 12,
}  # fmt: skip
LONG_TITLE = (
    "Tiêu đề dài bốn dòng về công tác tuyên truyền, quán triệt và tổ chức thực hiện các nghị quyết, chỉ thị, kết luận ở từng chi bộ trực thuộc, "
    "gắn với sinh hoạt chuyên đề, đối thoại với nhân dân và kiểm tra, giám sát thường xuyên ở cơ sở"
)
DEEP = "- một\n    - hai, {a}\n        - ba, {b}\n        - ba nữa\n    - hai nữa\n- bốn\n\n1. {a}\n    1. {b}\n        1. ba\n    2. bốn\n2. năm\n"


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


# ── prose ────────────────────────────────────────────────────────────────────────────────────────────────────


def prose(chance: random.Random, words: int) -> str:
    """About `words` words in sentences as long as real ones, with commas, days, places, names of documents, some bold or italic."""
    made: list[str] = []
    left = words
    while left > 0:
        sentence = chance.choices(WORDS, k=min(left, chance.randint(7, 32)))
        left -= len(sentence)
        for place in range(chance.randint(5, 9), len(sentence) - 2, 9):
            sentence[place] += ","
        if len(sentence) > 12 and chance.random() < 0.5:
            sentence.insert(chance.randint(3, 9), chance.choice(SPRINKLED))
        text = " ".join(sentence)
        made.append(text[0].upper() + text[1:] + ".")
    return " ".join(made)


SPRINKLED = (
    "ngày 05/8/2023", "(97,5%)", "tỉnh Hòa Bình", "**Bắc Kạn**", "“trích lời”", "năm 2021–2025", "theo 35-NQ/TW", "*tăng cường*", "Nghị quyết số 35-NQ/TW",
    "trong 1.234 chi bộ", "Quy định 902-QĐ/TW", "1.200 m²", "– nhìn chung –", "***rất quan trọng***", "Chỉ thị 05-CT/TW", "thành phố Hồ Chí Minh",
)  # fmt: skip


def paragraphs(chance: random.Random, count: int) -> str:
    """Paragraphs of one line to twelve."""
    return "\n\n".join(prose(chance, chance.randint(8, 130)) for _ in range(count))


def table(chance: random.Random, columns: int, rows: int, cell: int = 3) -> str:
    """A table of `rows` rows after its head; the first column counts, `cell` is how many words the others hold at most."""
    head = ["TT", *(f"Cột thứ {n}" for n in range(2, columns + 1))]
    lines = [
        [str(n), *(" ".join(chance.choices(WORDS, k=chance.randint(1, cell))) for _ in range(columns - 1))]
        for n in range(1, rows + 1)
    ]
    rule = ["--:", *((":--", ":-:")[n % 2] for n in range(columns - 1))]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *lines))


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
        "chu-cai", alphabet(), {"Title": "Chữ cái " + " ".join(LETTERS[:73]), "Summary": " ".join(LETTERS), "Authors": "Đỗ Thị Ý"}
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


def thirty_pages(chance: random.Random) -> str:
    """Running prose under subheads, with lists, quotations, definitions, code and rules."""
    parts = []
    for n in range(1, 22):
        parts += [f"{'###' if n % 3 == 0 else '##'} {n}. {prose(chance, 5 + n % 9).rstrip('.')}", paragraphs(chance, 4)]
        parts += [DEEP.format(a=prose(chance, 9), b=prose(chance, 25))] if n % 4 == 1 else []
        parts += [f"> {prose(chance, 40)}\n>\n> *{prose(chance, 6)}*"] if n % 4 == 2 else []
        parts += ["\n\n".join(f"Thuật ngữ {m}\n:   {prose(chance, 20)}" for m in range(3))] if n % 4 == 3 else []
        parts += (
            [
                "---",
                f"Mã `tep_{n}.md` và lần đầu tiên ghi <del>bỏ</del>, m<sup>2</sup>, H<sub>2</sub>O.",
                "    dòng mã một\n      dòng mã hai",
            ]
            if n % 8 == 0
            else []
        )
        parts.append(paragraphs(chance, 3))
    return "\n\n".join(parts)


def notes(chance: random.Random) -> str:
    """Twenty notes: two in one line, two beside each other, of a word and of a dozen lines, between paragraphs of all lengths."""
    lines = []
    for n in range(1, 20, 2):
        apart = " " if n % 4 == 1 else f" {prose(chance, 5)[:-1].lower()} "
        lines.append(
            f"{prose(chance, 20 + 13 * n)} Hai chú thích một dòng[^{n}]{apart}gần nhau[^{n + 1}]. {prose(chance, 3 * n)}"
        )
    lines += [
        f"[^{n}]: {prose(chance, (2, 14, 120, 30)[n % 4])}" + (" Xem 35-NQ/TW." if n % 5 == 0 else "") for n in range(1, 21)
    ]
    return "\n\n".join(lines)


def long_cells() -> str:
    """A table whose words are longer than its columns."""
    return "| Từ dài | Giữa | Cuối |\n|:--|:-:|--:|\n" + "".join(
        f"| {kind} | {word[:60]} | {word[:33]} |\n" for kind, word in LONG.items()
    )


def merged(chance: random.Random) -> str:
    """A table with cells over two rows, over two columns, and over both."""
    row = "<tr>" + "".join(f"<td>{prose(chance, 4)}</td>" for _ in range(4)) + "</tr>"
    return (
        '<table><thead><tr><th rowspan="2">TT</th><th colspan="2">Gộp hai cột</th><th rowspan="2">Ghi chú</th></tr><tr><th>Trái</th><th>Phải</th></tr>'
        f'</thead><tbody>{row}<tr><td rowspan="3">Ba hàng</td><td colspan="3">{prose(chance, 15)}</td></tr>'
        '<tr><td colspan="2" rowspan="2">Hai hàng, hai cột</td><td>a</td></tr><tr><td>b</td></tr>' + row * 12 + "</tbody></table>"
    )


def long_words(chance: random.Random) -> str:
    """Words that fit no line: in prose, a subhead, a list, a quotation, bold, a link, a note, code."""
    lines = [f"{prose(chance, 9)} {word} {prose(chance, 9)}" for word in LONG.values()]
    return "\n\n".join([
        *lines, f"## Mục {LONG['gạch nối'][:90]}", f"- {LONG['chữ']}\n- **{LONG['gạch nối']}**", f"> {LONG['chữ']}", f"`{LONG['gạch dưới']}`",
        f"[{LONG['chữ'][:80]}]({LONG['địa chỉ']}) và <{LONG['địa chỉ']}>[^1]", "Chữ không phải lệnh: #set text(red) $x^2$ \\\\ <b> @dai // /* “ngoặc”",
        f"[^1]: {LONG['địa chỉ']} {LONG['số']}",
    ])  # fmt: skip


def alphabet() -> str:
    """All letters in regular, bold, italic and bold italic, in the text and in subheads of both levels."""
    letters = " ".join(LETTERS)
    styles = [f"{mark}{letters}{mark}" for mark in ("", "**", "*", "***")]
    return "\n\n".join(
        [
            *styles,
            f"## {letters}",
            *(f"- {style}" for style in styles),
            f"### {letters}",
            f"> {letters}",
            f"| Chữ | Đậm |\n|---|---|\n| {letters} | **{letters}** |",
        ]
    )


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
