"""The texts of the month that strains the printed issue: prose without a meaning, lists, tables, notes, letters, long words."""

from __future__ import annotations

import random
import unicodedata

from bench.corpus import WORDS

# 12 vowels with 6 tones and đ, small and capital: 146.
LETTERS = [
    unicodedata.normalize("NFC", vowel + tone)
    for case in ("aăâeêioôơuưy", "AĂÂEÊIOÔƠUƯY")
    for vowel in case
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
] + ["đ", "Đ"]

# As real articles spell them; what has a file in van-ban/ is cited, the rest is text.
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
SPRINKLED = (
    "ngày 05/8/2023", "(97,5%)", "tỉnh Hòa Bình", "**Bắc Kạn**", "“trích lời”", "năm 2021–2025", "theo 35-NQ/TW", "*tăng cường*", "Nghị quyết số 35-NQ/TW",
    "trong 1.234 chi bộ", "Quy định 902-QĐ/TW", "1.200 m²", "– nhìn chung –", "***rất quan trọng***", "Chỉ thị 05-CT/TW", "thành phố Hồ Chí Minh",
)  # fmt: skip


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
