"""Content folders of any size from a fixed seed: a site's articles with citations, tags, authors, and a registry; a printed issue."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image

SECTIONS, AUTHORS, TAGS = 12, 30, 40
PICTURED = 10  # one article in so many shows a photograph
# Words of any bulletin; what they say does not matter, how long they are does.
WORDS = (
    "công tác tuyên truyền nghị quyết chi bộ đảng viên học tập quán triệt triển khai thực hiện kết quả chất lượng sinh hoạt cơ sở địa phương "
    "nội dung hình thức phù hợp kế hoạch chương trình hội nghị trực tuyến điểm cầu cán bộ nhân dân đơn vị nhiệm vụ trọng tâm giải pháp "
    "nâng cao đổi mới phát triển kinh tế văn hóa xã hội xây dựng chỉnh đốn kiểm tra giám sát báo cáo viên tài liệu thông tin"
).split()


def generate(
    root: Path,
    articles: int,
    seed: int = 1,
    first: datetime = datetime(2021, 1, 1, 7),
    every: timedelta = timedelta(hours=4),
    photos: int = 0,
) -> None:
    """Write `articles` articles of 600 to 1,200 words and a document for every twenty; catalogues are the project's.

    first: when the first one appeared, after all documents; every: how soon the others follow. photos: how many different photographs there are for
    one article in ten to show; the texts are the same for any number.
    """
    chance = random.Random(seed)
    documents = [_document(root, number) for number in range(1, max(2, articles // 20) + 1)]
    pictures = _photographs(root / "anh", photos, seed)
    for number in range(articles):
        shown = pictures[number // PICTURED % photos] if photos and number % PICTURED == 0 else ""
        _article(root, number, documents, chance, first + every * number, shown)


def _photographs(folder: Path, count: int, seed: int) -> list[str]:
    """Names of the photographs: small ones, since how long an encoder takes is no matter of the generator."""
    chance, names = random.Random(seed), [f"anh-{number:02}.jpg" for number in range(count)]
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        photograph(chance, (320, 214)).save(folder / name, quality=70)
    return names


def _document(root: Path, number: int) -> str:
    """A resolution of a term of its own, so that each number is one document."""
    path = root / "van-ban" / f"{number:04}-nq-tw.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    issued = datetime(2016, 2, 1) + timedelta(days=number % 1700)
    text = f"Title: về nội dung thứ {number}\nNumber: {number:02}-NQ/TW\nKind: Nghị quyết\nIssuer: Bộ Chính trị\nIssued: {issued:%Y-%m-%d}\n"
    path.write_text(f"{text}\nVăn bản sinh ra để đo.\n", encoding="utf-8")
    return f"{number:02}-NQ/TW"


def _article(root: Path, number: int, documents: list[str], chance: random.Random, day: datetime, shown: str) -> None:
    cited = chance.sample(documents, k=min(len(documents), chance.randint(0, 3)))
    paragraphs = []
    for _ in range(chance.randint(6, 11)):  # with what cites, and subheads, fewer than 1,200 words
        words = " ".join(chance.choices(WORDS, k=chance.randint(100, 104)))
        paragraphs.append(words[0].upper() + words[1:] + ".")
    for place, document in enumerate(cited):
        paragraphs[place] += f" Thực hiện Nghị quyết số {document} của Bộ Chính trị."
    header = [
        f"Title: Bài thứ {number} về {' '.join(chance.choices(WORDS, k=6))}",
        f"Date: {day:%Y-%m-%d %H:%M}",
        f"Category: Chuyên mục {_letters(chance.randrange(SECTIONS))}",
        f"Authors: Tác giả {_letters(chance.randrange(AUTHORS))}",
        "Tags: " + ", ".join(f"thẻ {_letters(n)}" for n in chance.sample(range(TAGS), 3)),
        "Summary: " + " ".join(chance.choices(WORDS, k=35)),
        *(["Resolutions: " + "; ".join(cited)] if cited else []),
        *([f"Image: {shown}", "Image_alt: Ảnh sinh ra để đo", f"Image_caption: Ảnh của bài thứ {number}"] if shown else []),
    ]
    path = root / "bai-viet" / f"{day:%Y}" / f"bai-{number:05}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n## Mục tiếp theo\n\n".join("\n\n".join(paragraphs[n : n + 3]) for n in range(0, len(paragraphs), 3))
    path.write_text("\n".join(header) + f"\n\n{body}\n", encoding="utf-8")


def _letters(number: int) -> str:
    """`aa`, `ab` …: a name that ends in a digit collides with Pelican's page numbers."""
    return "abcdefghij"[number // 10] + "abcdefghij"[number % 10]


COLUMNS = (
    "Định hướng thông tin, công tác tuyên truyền", "Xây dựng Đảng", "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    "Tìm hiểu văn bản", "Sinh hoạt chi bộ", "Ngày này, tháng này", "Từ cơ sở",
)  # fmt: skip
MONTH = "2024-02"


def generate_issue(root: Path, articles: int, seed: int = 1) -> str:
    """Write an issue of `articles` articles of about three pages each into `root`, and return its month.

    All have citations, subheads and a list; some a table, notes, a picture or questions; one in eight is internal.
    """
    chance = random.Random(seed)
    documents = [_document(root, number) for number in range(1, max(4, articles // 2) + 1)]
    (root / "anh").mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        _printed(root, number, documents, chance)
    return MONTH


def prose(chance: random.Random, words: int) -> str:
    """Sentences of 8 to 30 words with commas, a date or a percentage here and there; at least `words` words, and no facts."""
    made: list[str] = []
    while sum(len(sentence.split()) for sentence in made) < words:
        sentence = chance.choices(WORDS, k=chance.randint(8, 30))
        for place in range(chance.randint(5, 9), len(sentence) - 2, 9):
            sentence[place] += ","
        if chance.random() < 0.2:
            sentence += chance.choice(
                (f"ngày {chance.randint(10, 28)}/{chance.randint(3, 12)}/2023", f"đạt {chance.randint(11, 99)},5%")
            ).split()
        made.append(" ".join(sentence).capitalize() + ".")
    return " ".join(made)


def _printed(root: Path, number: int, documents: list[str], chance: random.Random) -> None:
    internal, photo = number % 8 == 5, number % 3 == 1
    header = [
        f"Title: Bài thứ {number} về {' '.join(chance.choices(WORDS, k=chance.randint(6, 18)))}",
        f"Date: {datetime(2024, 2, 1, 7) + timedelta(hours=4 * number % 600):%Y-%m-%d %H:%M}",
        f"Column: {COLUMNS[number % len(COLUMNS)]}",
        "Category: Xây dựng Đảng",
        f"Authors: Tác giả {_letters(chance.randrange(AUTHORS))}",
        f"Summary: {prose(chance, 35)}",
        "Source: Nguồn thứ nhất, https://mot.example/bai; Nguồn thứ hai",
    ]
    if photo:
        photograph(chance, (2400, 1600)).save(root / "anh" / f"bai-{number:03}.jpg", quality=88)
        header += [f"Image: bai-{number:03}.jpg", "Image_alt: Ảnh sinh ra để đo", f"Image_caption: {prose(chance, 8)}"]
    path = root / ("noi-bo" if internal else "bai-viet") / "2024" / f"bai-{number:03}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(header) + f"\n\n{_printed_body(number, documents, chance)}\n", encoding="utf-8")


def _printed_body(number: int, documents: list[str], chance: random.Random) -> str:
    parts: list[str] = []
    for place in range(chance.randint(8, 12)):
        cited = chance.choice(documents)
        parts += [f"## {prose(chance, 6).rstrip('.')}"] if place % 4 == 2 else []
        note = f"[^{place}]" if place % 5 == 1 else ""
        parts.append(
            f"{prose(chance, chance.randint(60, 110))} Thực hiện Nghị quyết số {cited} của Bộ Chính trị{note}. {prose(chance, 8)}"
        )
    parts.insert(4, "\n".join(f"- {prose(chance, 12)}" for _ in range(4)))
    if number % 4 == 0:
        rows = [f"| {n} | {' '.join(chance.choices(WORDS, k=5))} | {chance.randint(1000, 9999)} | đạt |" for n in range(1, 13)]
        parts.insert(6, "\n".join(("| STT | Nội dung | Số liệu | Ghi chú |", "|--:|:--|--:|:-:|", *rows)))
    if number % 5 == 0:
        parts += ["## Câu hỏi thảo luận", *(f"{n}. {prose(chance, 14)}" for n in (1, 2))]
    parts += [f"[^{place}]: {prose(chance, 14)}" for place in range(1, 12, 5)]
    return "\n\n".join(parts)


def photograph(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """Blurred noise in RGB: as hard for a JPEG as a photograph, and the same for the same seed. size: pixels."""
    grain = (max(1, size[0] // 10), max(1, size[1] // 10))
    return Image.frombytes("RGB", grain, chance.randbytes(3 * grain[0] * grain[1])).resize(size, Image.Resampling.BICUBIC)
