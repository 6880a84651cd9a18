"""Fifty canaries where nothing may sing, looked for by a search that shares nothing with the audit; then each layer of the gate fails."""

from __future__ import annotations

import gzip
import io
import random
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from conftest import ROOT, Write, article, tree
from PIL import Image
from releasing import served

from bantin import article as reader
from bantin import audience
from bantin.publishing import publish as publishing
from bantin.publishing.releases import Unfit
from bantin.vietnamese import ZONE

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=ZONE)
KINDS = (
    "tieu-de", "sapo", "than", "tac-gia", "the", "chuyen-muc", "cot-muc", "anh-exif", "anh-ten", "anh-mo-ta", "anh-chu-thich", "anh-nguon",
    "hinh-mo-ta", "hinh-chu-thich", "hinh-ten", "tep-ten", "tep-chu", "noi-toi", "chu-noi", "cuoi-trang", "o-bang", "dau-bang", "khoi-ma",
    "ma", "ghi-chu", "viet-tat", "tieu-de-nho", "muc", "trich", "nguon", "nguon-noi", "dinh-chinh-sai", "dinh-chinh-dung", "dia-chi",
    "ten-tep", "van-ban", "thuoc-tinh", "ten-noi", "vai-tro", "gioi-thieu", "cau-hoi", "dam", "nghieng", "noi-bo-trong-bai-viet", "nhap",
    "cho-gio", "tuong-lai", "bo-qua", "trang-nhap", "tep-khong-ai-dung", "anh-khong-ai-dung", "goi", "so-hieu",
)  # fmt: skip


def word(kind: str) -> str:
    """A word that stands in one place only; letters alone, so that no folding changes it."""
    number = KINDS.index(kind)
    return f"quavang{chr(97 + number // 26)}{chr(97 + number % 26)}"


def mosaic(seed: int, told: str = "") -> bytes:
    """A picture like no other: coloured squares; told: what its metadata say."""
    chance = random.Random(seed)
    squares = Image.frombytes("RGB", (16, 9), chance.randbytes(16 * 9 * 3))
    out, exif = io.BytesIO(), Image.Exif()
    if told:
        exif[0x010E] = exif[0x8298] = told
    squares.resize((960, 540), Image.Resampling.NEAREST).save(out, "JPEG", quality=90, exif=exif, comment=told.encode() or None)
    return out.getvalue()


def packed(text: str) -> bytes:
    """A ZIP with one text in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("trong.txt", text)
    return out.getvalue()


def secret() -> str:
    """An internal article that has every place in which a text may stand."""
    w = word
    return f"""Title: Bài {w("tieu-de")} của riêng chi bộ
Date: 2024-04-20 07:00
Category: Mục {w("chuyen-muc")}
Authors: Người {w("tac-gia")}
Tags: {w("the")}
Summary: Dẫn {w("sapo")} của bài.
Slug: {w("dia-chi")}
Column: Cột {w("cot-muc")}
Image: dau-{w("anh-ten")}.jpg
Image_alt: Ảnh {w("anh-mo-ta")}
Image_caption: Chú thích {w("anh-chu-thich")}
Image_credit: Tranh {w("anh-nguon")}
Source: Báo {w("nguon")}, https://{w("nguon-noi")}.example/bai
Correction: 2024-04-25: {w("dinh-chinh-sai")} → {w("dinh-chinh-dung")}

Đoạn {w("than")} của bài, theo Công văn số 987-CV/{w("so-hieu").upper()}[^1] và [chữ {w("chu-noi")}](https://ngoai.example/{w("noi-toi")}/ "tên {w("ten-noi")}"), **đậm {w("dam")}**, *nghiêng {w("nghieng")}*, `mã {w("ma")}`. HTML. [Tải]({{static}}/tep/{w("tep-ten")}.txt), [gói]({{static}}/tep/goi.zip). Dẫn 35-NQ/TW; {w("van-ban")}.

<!-- ghi chú {w("ghi-chu")} -->

## Tiêu đề {w("tieu-de-nho")}

![hình {w("hinh-mo-ta")}](than-{w("hinh-ten")}.jpg "chú thích {w("hinh-chu-thich")}")

| {w("dau-bang")} | b |
|---|---|
| {w("o-bang")} | d |

- mục {w("muc")}

> trích {w("trich")}

    khối {w("khoi-ma")}

<abbr title="{w("thuoc-tinh")}">VT</abbr>

## Câu hỏi thảo luận

1. Hỏi {w("cau-hoi")}?

*[HTML]: viết tắt {w("viet-tat")}

[^1]: Cuối trang {w("cuoi-trang")}.
"""


def canaries() -> dict[str, str | bytes]:
    """Files of a content folder: three public ones, and all that must not be published."""
    w = word
    return {
        "bai-viet/2024/mo.md": article("Bài của mọi người, [tải]({static}/tep/mo.txt).\n\n![Hình](mo.jpg)", Date="2024-04-01", Tags="mở"),
        "anh/mo.jpg": mosaic(1, f"máy ảnh {w('anh-exif')}"), "tep/mo.txt": "Tệp của mọi người.",
        "trang/mo.md": "Title: Trang của mọi người\n\nChữ.\n",
        f"noi-bo/2024/kin-{w('ten-tep')}.md": secret(),
        f"anh/dau-{w('anh-ten')}.jpg": mosaic(2, w("anh-exif")), f"anh/than-{w('hinh-ten')}.jpg": mosaic(3, w("anh-exif")),
        f"tep/{w('tep-ten')}.txt": f"Tệp {w('tep-chu')}", "tep/goi.zip": packed(f"Trong gói {w('goi')}"),
        f"tac-gia/{w('tac-gia')}.md": f"Name: Người {w('tac-gia')}\nRole: Vai {w('vai-tro')}\n\nGiới thiệu {w('gioi-thieu')}.\n",
        "bai-viet/2024/kin-hai.md": article(f"Chữ {w('noi-bo-trong-bai-viet')}.", Title="Hai", Audience="internal", Date="2024-04-01"),
        "bai-viet/2024/kin-ba.md": article(f"Chữ {w('nhap')}.", Title="Ba", Status="draft", Date="2024-04-01"),
        "bai-viet/2024/kin-bon.md": article(f"Chữ {w('cho-gio')}.", Title="Bốn", Embargo="2024-05-01 08:01", Date="2024-04-01"),
        "bai-viet/2024/kin-nam.md": article(f"Chữ {w('tuong-lai')}.", Title="Năm", Date="2024-05-02"),
        "bai-viet/2024/kin-sau.md": article(f"Chữ {w('bo-qua')}.", Title="Sáu", Status="skip", Date="2024-04-01"),
        "trang/nhap.md": f"Title: Trang {w('trang-nhap')}\nStatus: draft\n\nChữ.\n",
        f"tep/{w('tep-khong-ai-dung')}.txt": "Không ai dùng.", f"anh/{w('anh-khong-ai-dung')}.jpg": mosaic(4),
        "van-ban/35-nq-tw-2018.md": "Title: về một việc\nNumber: 35-NQ/TW\nKind: Nghị quyết\nIssuer: Bộ Chính trị\nTerm: XII\nIssued: 2018-10-22\n",
    }  # fmt: skip


@pytest.fixture
def content(write: Write) -> Path:
    """A content folder with all canaries; the column that only the internal article has is in the catalogue."""
    root = write(canaries())
    with (root / "danh-muc/cot-muc.toml").open("a", encoding="utf-8") as columns:
        columns.write(f'\n[[cot-muc]]\nname = "Cột {word("cot-muc")}"\norder = 99\n')
    return root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where releases go."""
    return tmp_path / "phat-hanh"


def asked(content: Path, home: Path, outgoing: Path = ROOT / "publishconf.py", laptop: Path = ROOT / "pelicanconf.py") -> Any:
    """A publication of that content."""
    return publishing.Publishing(laptop, outgoing, content, home, NOW)


# The search: nothing of bantin is used.


def opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and all that is packed in it."""
    yield name, data
    if data[:2] == b"\x1f\x8b":
        yield from opened(name, gzip.decompress(data))
    if name.endswith(".br"):
        yield from opened(name[:-3], brotli.decompress(data))
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from opened(inner, archive.read(inner))


def holding(release: Path, needle: str) -> list[str]:
    """Files that say a word: in their name, in UTF-8 or UTF-16, with letters of any case."""
    forms = {form.encode(encoding) for form in (needle, needle.upper()) for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    found = []
    for name, data in tree(release).items():
        for inner, part in opened(name, data):
            plain = unicodedata.normalize("NFC", part.decode("utf-8", "ignore")).casefold()
            if needle in inner or needle in plain or any(form in part for form in forms):
                found.append(name)
                break
    return found


def showing(release: Path, picture: bytes) -> list[str]:
    """Published pictures whose squares have the colours of that picture."""
    wanted = Image.open(io.BytesIO(picture)).convert("RGB").resize((16, 9), Image.Resampling.BOX).tobytes()
    found = []
    for name, data in tree(release).items():
        try:
            shown = Image.open(io.BytesIO(data)).convert("RGB").resize((16, 9), Image.Resampling.BOX).tobytes()
        except OSError:
            continue
        if sum(abs(a - b) for a, b in zip(shown, wanted, strict=True)) < 10 * len(wanted):
            found.append(name)
    return found


def test_no_canary_is_published(content: Path, home: Path) -> None:
    publishing.publish(asked(content, home))
    release = home / "hien-hanh"
    assert {kind: found for kind in KINDS if (found := holding(release, word(kind)))} == {}
    assert {n: found for n in (2, 3, 4) if (found := showing(release, mosaic(n)))} == {}
    assert holding(release, "987-cv") == []
    # The search finds what is there.
    assert len(showing(release, mosaic(1))) > 5
    for place in (
        "index.html",
        "index.html.gz",
        "index.html.br",
        "rss.xml",
        "pagefind/fragment/",
        "tep/mo.txt",
        "theme/css/main.css.br",
    ):
        needle = "mọi người" if "css" not in place else "font-face"
        assert any(name.startswith(place) for name in holding(release, needle)), place


def settings(tmp_path: Path, base: str, text: str) -> Path:
    """A settings file of the user's own."""
    file = tmp_path / f"cua-minh-{base}"
    lines = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom {base.removesuffix('.py')} import *\nTHEME = {str(ROOT / 'theme')!r}\n"
    file.write_text(f"{lines}{text}\n", "utf-8")
    return file


def everything(*_: object, **__: object) -> bool:
    return True


# What fails of the gate: settings of the outgoing site, functions; raw files that have to be named then.
FAILURES: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "drafts are shown": ("BANTIN_DRAFTS = True", {}, ("bai-viet/2024/kin-ba.md", "trang/nhap.md")),
    "the future is shown": ("WITH_FUTURE_DATES = True", {}, ("bai-viet/2024/kin-nam.md",)),
    "attachments are copied": ("STATIC_PATHS = ['tep']", {}, ("tep/goi.zip", f"tep/{word('tep-ten')}.txt", f"tep/{word('tep-khong-ai-dung')}.txt")),
    "pictures are copied": ("STATIC_PATHS = ['anh']", {}, (f"anh/dau-{word('anh-ten')}.jpg", f"anh/{word('anh-khong-ai-dung')}.jpg")),
    "internal files are copied": ("STATIC_PATHS = ['noi-bo']\nARTICLE_EXCLUDES = ['noi-bo']\nSTATIC_EXCLUDE_SOURCES = False", {}, (f"noi-bo/2024/kin-{word('ten-tep')}.md",)),
    "everybody is let through": ("", {"_public": everything}, ("bai-viet/2024/kin-hai.md", "bai-viet/2024/kin-ba.md", "bai-viet/2024/kin-bon.md", "bai-viet/2024/kin-nam.md")),
    "the folder is read and everybody let through": ("BANTIN_READ_INTERNAL = True", {"_public": everything}, (f"noi-bo/2024/kin-{word('ten-tep')}.md", "bai-viet/2024/kin-hai.md", f"anh/dau-{word('anh-ten')}.jpg", f"anh/than-{word('hinh-ten')}.jpg", "tep/goi.zip", f"tac-gia/{word('tac-gia')}.md")),
    "the folder is read and the audience is not": ("BANTIN_READ_INTERNAL = True", {"_audience": lambda *_: reader.Audience.PUBLIC}, (f"noi-bo/2024/kin-{word('ten-tep')}.md", "bai-viet/2024/kin-hai.md")),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILURES)
def test_the_audit_stops_what_the_gate_lets_through(
    content: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    text, functions, named = FAILURES[case]
    (home / "ban/20240401-080000").mkdir(parents=True)
    (home / "ban/20240401-080000/index.html").write_text("cũ", "utf-8")
    (home / "hien-hanh").symlink_to("ban/20240401-080000")
    for name, function in functions.items():
        monkeypatch.setattr(audience if hasattr(audience, name) else reader, name, function)
    outgoing = settings(tmp_path, "publishconf.py", f"BANTIN_STRICT = False\n{text}")
    with pytest.raises(Unfit) as stopped:
        publishing.publish(asked(content, home, outgoing))
    said = str(stopped.value)
    assert said.startswith("nội dung không công khai nằm trong")
    assert [path for path in named if f" của {path}: " not in said] == [], said
    assert served(home) == "20240401-080000" and [p.name for p in (home / "ban").iterdir()] == ["20240401-080000"]


@pytest.mark.parametrize("text", ["BANTIN_READ_INTERNAL = True", "BANTIN_READ_INTERNAL = True\nLOAD_CONTENT_CACHE = True"])
def test_one_layer_alone_holds(content: Path, home: Path, tmp_path: Path, text: str) -> None:
    """Internal articles are read, and still nothing of them goes out."""
    publishing.publish(asked(content, home, settings(tmp_path, "publishconf.py", text)))
    assert {kind: found for kind in KINDS if (found := holding(home / "hien-hanh", word(kind)))} == {}
