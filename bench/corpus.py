"""A content folder of any size from a fixed seed: articles with citations, tags, authors, and a registry."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

SECTIONS, AUTHORS, TAGS = 12, 30, 40
# Words of any bulletin; what they say does not matter, how long they are does.
WORDS = (
    "công tác tuyên truyền nghị quyết chi bộ đảng viên học tập quán triệt triển khai thực hiện kết quả chất lượng sinh hoạt cơ sở địa phương "
    "nội dung hình thức phù hợp kế hoạch chương trình hội nghị trực tuyến điểm cầu cán bộ nhân dân đơn vị nhiệm vụ trọng tâm giải pháp "
    "nâng cao đổi mới phát triển kinh tế văn hóa xã hội xây dựng chỉnh đốn kiểm tra giám sát báo cáo viên tài liệu thông tin"
).split()


def generate(root: Path, articles: int, seed: int = 1) -> None:
    """Write `articles` articles of 600 to 1,200 words and a document for every twenty; catalogues are the project's."""
    chance = random.Random(seed)
    documents = [_document(root, number) for number in range(1, max(2, articles // 20) + 1)]
    for number in range(articles):
        _article(root, number, documents, chance)


def _document(root: Path, number: int) -> str:
    """A resolution of a term of its own, so that each number is one document."""
    path = root / "van-ban" / f"{number:04}-nq-tw.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    issued = datetime(2016, 2, 1) + timedelta(days=number % 1700)
    text = f"Title: về nội dung thứ {number}\nNumber: {number:02}-NQ/TW\nKind: Nghị quyết\nIssuer: Bộ Chính trị\nIssued: {issued:%Y-%m-%d}\n"
    path.write_text(f"{text}\nVăn bản sinh ra để đo.\n", encoding="utf-8")
    return f"{number:02}-NQ/TW"


def _article(root: Path, number: int, documents: list[str], chance: random.Random) -> None:
    day = datetime(2021, 1, 1, 7, 0) + timedelta(hours=4 * number)
    cited = chance.sample(documents, k=min(len(documents), chance.randint(0, 3)))
    paragraphs = []
    for _ in range(chance.randint(6, 12)):
        words = " ".join(chance.choices(WORDS, k=100))
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
    ]
    path = root / "bai-viet" / f"{day:%Y}" / f"bai-{number:05}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n\n## Mục tiếp theo\n\n".join("\n\n".join(paragraphs[n : n + 3]) for n in range(0, len(paragraphs), 3))
    path.write_text("\n".join(header) + f"\n\n{body}\n", encoding="utf-8")


def _letters(number: int) -> str:
    """`aa`, `ab` …: a name that ends in a digit collides with Pelican's page numbers."""
    return "abcdefghij"[number // 10] + "abcdefghij"[number % 10]
