"""The audit: what it knows an internal piece by, wherever that is planted; what it takes for public; and that it keeps silent."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import brotli
import pikepdf
import pytest
import typst
from conftest import CATALOGUES, ROOT, Write, article, build
from PIL import Image, PngImagePlugin
from test_leaks import mosaic

from bantin import plugin
from bantin.addresses import Addresses
from bantin.outputs.search.shadow import spelled
from bantin.publishing import audit, pictures, raw
from bantin.publishing.needles import Needles, needles
from bantin.publishing.words import BREAK, number, plain, windows, words
from bantin.vietnamese import ZONE
from bantin.world import PACKAGE

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=ZONE)
PATH = "noi-bo/2024/hop-kin-ban-viec-lang.md"

INTERNAL = """Title: Họp kín bàn việc làng Vạc
Date: 2024-04-20 07:00
Category: Chuyện riêng làng Vạc
Authors: Mạc Thị Thoa; Lò Văn Piêng
Tags: quà giỗ, nếp nương
Summary: Người già kể chuyện chín cây cầu treo gỗ lim bắc qua suối.
Column: Lời ru bên bếp
Image: bep-lua-nha-san.jpg
Image_alt: Bếp lửa nhà sàn đêm đông
Image_caption: Nồi cơm nếp trên kiềng
Image_credit: Bút chì Lò Văn Piêng
Source: Sổ tay bản Vạc, https://sotay.example/ban-vac/chin-cay-cau
Correction: 2024-04-25: chín cây cầu gỗ → mười cây cầu gỗ

Đêm ấy cả làng thức trắng bên bếp lửa chờ nước suối rút. Xem Công văn số 987-CV/TU, bài của nhà nghiên cứu Kazantzakis[^1] và [chuyện cũ](https://kho.example/chuyen/ban-vac-xua.html "kho chuyện bản Vạc xưa").

## Khi nước suối rút

| Tên cầu | Người giữ chìa khóa |
|---|---|
| Cầu thứ nhất bằng gỗ | Bà Piêng ở cuối bản |

    lệnh mở cầu treo gỗ

<!-- chưa hỏi lại già làng Vạc -->

[Tải về]({static}/tep/so-do-cau-treo.txt)

[^1]: Kể lại theo lời già Piêng.
"""

PUBLIC = {
    "bai-viet/2024/cau-treo.md": article("Cây cầu treo bằng gỗ bắc qua suối ở bản. Nghị quyết số 35-NQ/TW.\n\n![Cầu](cau.jpg)", Date="2024-04-01", Authors="Ban Biên tập", Tags="cầu"),
    "van-ban/35-nq-tw-2018.md": "Title: về một việc lớn của nhiều người\nNumber: 35-NQ/TW\nKind: Nghị quyết\nIssuer: Bộ Chính trị\nTerm: XII\nIssued: 2018-10-22\n",
    "anh/cau.jpg": mosaic(1),
}  # fmt: skip

# What an internal piece is known by, and how it may be written where it does not belong.
NEEDLES = {
    "tiêu đề": "Họp kín bàn việc làng Vạc",
    "tên tác giả": "Lò Văn Piêng",
    "sapo": "kể chuyện chín cây cầu treo gỗ lim bắc qua",
    "chuyên mục": "Chuyện riêng làng Vạc",
    "cột mục": "Lời ru bên bếp",
    "mô tả ảnh": "Bếp lửa nhà sàn đêm đông",
    "chú thích ảnh": "Nồi cơm nếp trên kiềng",
    "nguồn tin": "Sổ tay bản Vạc, https://sotay.example/ban-vac/chin-cay-cau",
    "đính chính": "chín cây cầu gỗ → mười cây cầu gỗ",
    "nội dung": "cả làng thức trắng bên bếp lửa chờ nước suối",
    "tiêu đề nhỏ": "Khi nước suối rút",
    "ô bảng": "Cầu thứ nhất bằng gỗ",
    "khối mã": "lệnh mở cầu treo gỗ",
    "ghi chú": "chưa hỏi lại già làng Vạc",
    "cuối trang": "Kể lại theo lời già Piêng",
    "văn bản": "987-CV/TU",
    "chữ": "Kazantzakis",
    "liên kết": "https://kho.example/chuyen/ban-vac-xua.html",
    "tên liên kết": "kho chuyện bản Vạc xưa",
    "tệp": "Sơ đồ cầu treo cũ của bản Vạc do già làng vẽ",
}
ADDRESSES = {
    "địa chỉ": "https://bantin.example/bai-viet/2024/hop-kin-ban-viec-lang/",
    "thẻ": "https://bantin.example/the/qua-gio/",
    "tác giả": "/tac-gia/mac-thi-thoa/",
    "chuyên mục": "../chuyen-muc/chuyen-rieng-lang-vac/",
    "tên tệp": "anh/bep-lua-nha-san-0123456789ab-320.webp",
    "đính kèm": "/tep/so-do-cau-treo.txt",
    "mã hóa": "/the/qua%2Dgio/",
    "tiêu đề không dấu": "x/hop-kin-ban-viec-lang-vac.png",
}


def page(inside: str, head: str = "") -> bytes:
    """A page with that in it."""
    return f"<!DOCTYPE html><html><head><title>x</title>{head}</head><body><main>{inside}</main></body></html>".encode()


def escaped(text: str) -> str:
    """For XML and HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def cbor(text: str) -> bytes:
    """A list of words as Pagefind's index has it."""
    out = bytes([0x82, 0x19, 0x01, 0x02, 0x98, len(text.split())])
    for word in text.split():
        data = spelled(word).encode()
        out += b"\x83" + (bytes([0x60 + len(data)]) if len(data) < 24 else bytes([0x78, len(data)])) + data + b"\x81\x05\x80"
    return gzip.compress(b"pagefind_dcd" + out)


def pdf(text: str, **metadata: str) -> bytes:
    """A PDF that Typst sets."""
    source = (
        f"#set document(title: {json.dumps(metadata.get('title', 'x'), ensure_ascii=False)})\n#set page(width: 12cm)\n"
        + f"#text[{text.replace('#', '')}]".replace("→", "->").replace("//", "/\\/")
    )
    return bytes(typst.compile(source.encode(), font_paths=[str(ROOT / "theme/print/fonts")]))


def attached(text: str) -> bytes:
    """A PDF with a text file in it."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.attachments["x.txt"] = pikepdf.AttachedFileSpec(document, text.encode(), filename="x.txt")
    document.save(out)
    return out.getvalue()


def image(kind: str, **options: Any) -> bytes:
    """A picture with something in it besides its pixels."""
    out = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(out, kind, **options)
    return out.getvalue()


def exif(tag: int, text: str) -> Image.Exif:
    """Metadata of a camera."""
    found = Image.Exif()
    found[tag] = text.encode()  # as programs write it, whatever EXIF says
    return found


def png(text: str, packed: bool) -> bytes:
    """A PNG with a text."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("Note", text, zip=packed)
    return image("PNG", pnginfo=info)


def archive(**files: str) -> bytes:
    """A packed file; `_` in names stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            opened.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def docx(text: str) -> str:
    """A paragraph of Word, in which words are parted anywhere."""
    parts = "".join(f"<w:r><w:t>{escaped(text[n : n + 5])}</w:t></w:r>" for n in range(0, len(text), 5))
    return f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>{parts}</w:p></w:body></w:document>'


Plant = Callable[[str], bytes]
TEXTS: dict[str, tuple[str, Plant]] = {
    "HTML": ("a/index.html", lambda t: page(f"<p>Mở đầu. {escaped(t)}. Rồi hết.</p>")),
    "HTML with tags inside words": ("index.html", lambda t: page("<p>" + "<b></b>".join(map(escaped, t)) + "</p>")),
    "HTML over lines": ("index.html", lambda t: page("<p>" + escaped(t).replace(" ", "\n   <i>", 1).replace(" ", "</i> ") + "</p>")),
    "no-break spaces, soft hyphens, joiners": ("index.html", lambda t: page(t.replace(" ", "&nbsp;").replace("ê", "ê&shy;").replace("-", "-\u2060"))),
    "NFD and capitals": ("index.html", lambda t: page(unicodedata.normalize("NFD", escaped(t.upper())))),
    "numeric entities": ("index.html", lambda t: page("".join(f"&#{ord(c)};" for c in t))),
    "an attribute": ("index.html", lambda t: page(f'<img alt="{escaped(t)}" src="x.png">')),
    "a data attribute": ("index.html", lambda t: page(f'<p data-x="{escaped(t)}">x</p>')),
    "a comment": ("index.html", lambda t: page(f"<!-- {t.replace('--', '-')} -->")),
    "metadata": ("index.html", lambda t: page("", f'<meta name="description" content="{escaped(t)}">')),
    "JSON-LD": ("index.html", lambda t: page("", f'<script type="application/ld+json">{json.dumps({"@graph": [{"headline": t}]})}</script>')),
    "a script": ("index.html", lambda t: page(f"<script>let x = '{t}';</script>")),
    "behind the end": ("index.html", lambda t: page("") + f"<p>{escaped(t)}".encode()),
    "a comment before the page": ("index.html", lambda t: f"<!-- {t.replace('--', '-')} -->".encode() + page("")),
    "a comment behind XML": ("rss.xml", lambda t: f"<rss></rss><!-- {t.replace('--', '-')} -->".encode()),
    "a template": ("index.html", lambda t: page(f"<template><p>{escaped(t)}</p></template>")),
    "RSS": ("rss.xml", lambda t: f'<?xml version="1.0"?><rss><item><title>{escaped(t)}</title></item></rss>'.encode()),
    "HTML in RSS": ("rss.xml", lambda t: f"<rss><description>{escaped('<p>a <b>' + escaped(t) + '</b></p>')}</description></rss>".encode()),
    "CDATA": ("rss.xml", lambda t: f'<rss xmlns:c="x"><c:encoded><![CDATA[<p title="x">{escaped(t)}</p>]]></c:encoded></rss>'.encode()),
    "a comment in XML": ("sitemap.xml", lambda t: f"<urlset><!-- {t.replace('--', '-')} --></urlset>".encode()),
    "an attribute in XML": ("atom.xml", lambda t: f'<feed><entry title="{escaped(t)}"/></feed>'.encode()),
    "XML that is not well formed": ("rss.xml", lambda t: f"<rss><item><title>{escaped(t)}</item>&khong;</rss>".encode()),
    "JSON": ("van-ban.json", lambda t: json.dumps({"muc": [[1, t]]}).encode()),
    "a key in JSON": ("x.json", lambda t: json.dumps({t: 1}).encode()),
    "HTML in JSON": ("rss.json", lambda t: json.dumps({"content_html": f"<p>a <em>{escaped(t)}</em></p>"}).encode()),
    "JSON that is not well formed": ("x.json", lambda t: f'{{"a": "{t}"'.encode()),
    "CSV": ("van-ban.csv", lambda t: f'a,b\n1,"{t}"\n'.encode()),
    "robots": ("robots.txt", lambda t: f"# {t}\nUser-agent: *\n".encode()),
    "a text over lines": ("tep/a.txt", lambda t: t.replace(" ", "\r\n").encode()),
    "a manifest": ("manifest.webmanifest", lambda t: json.dumps({"name": t}, ensure_ascii=False).encode()),
    "a stylesheet": ("theme/x.css", lambda t: f"/* {t} */ a {{ color: red }}".encode()),
    "SVG": ("x.svg", lambda t: f'<svg xmlns="http://www.w3.org/2000/svg"><title>{escaped(t)}</title></svg>'.encode()),
    "SVG in parts": ("x.svg", lambda t: '<svg xmlns="http://www.w3.org/2000/svg"><text>' + "".join(f"<tspan>{escaped(c)}</tspan>" for c in t) + "</text></svg>"),
    "a record of the search": ("pagefind/fragment/a.pf_fragment", lambda t: gzip.compress(b"pagefind_dcd" + json.dumps({"url": "/", "content": t}).encode())),
    "a packed copy": ("index.html.gz", lambda t: gzip.compress(page(escaped(t)))),
    "the other packed copy": ("index.html.br", lambda t: brotli.compress(page(escaped(t)))),
    "PDF": ("tep/a.pdf", pdf),
    "the title of a PDF": ("tep/a.pdf", lambda t: pdf("x", title=t)),
    "a file in a PDF": ("tep/a.pdf", attached),
    "PNG": ("anh/a.png", lambda t: png(t, False)),
    "packed in PNG": ("anh/a.png", lambda t: png(t, True)),
    "EXIF": ("anh/a.jpg", lambda t: image("JPEG", exif=exif(0x010E, t))),
    "EXIF of WebP": ("anh/a.webp", lambda t: image("WEBP", exif=exif(0x8298, t))),
    "EXIF of AVIF": ("anh/a.avif", lambda t: image("AVIF", exif=exif(0x8298, t))),
    "XMP": ("anh/a.jpg", lambda t: image("JPEG", xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{escaped(t)}</x:xmpmeta>".encode())),
    "a comment in JPEG": ("anh/a.jpg", lambda t: image("JPEG", comment=t.encode())),
    "behind a picture": ("anh/a.png", lambda t: image("PNG") + t.encode()),
    "DOCX": ("tep/a.docx", lambda t: archive(word__document_xml=docx(t))),
    "XLSX": ("tep/a.xlsx", lambda t: archive(xl__sharedStrings_xml=f"<sst><si><t>{escaped(t)}</t></si></sst>")),
    "ZIP": ("tep/a.zip", lambda t: archive(a__b_txt=t)),
    "ZIP in ZIP": ("tep/a.zip", lambda t: gzip.compress(archive(a_html=page(t).decode()))),
    "bytes in UTF-8": ("tep/a.bin", lambda t: b"\x00\xff\xfe" + t.encode() + b"\x00\x80"),
    "bytes in UTF-16": ("tep/a.doc", lambda t: b"\xd0\xcf\x11\xe0\x00" + f"\x01{t}\x02".encode("utf-16-le") + b"\x80"),
    "bytes in UTF-16, the other way": ("tep/a.doc", lambda t: b"\xd0\xcf\x11\xe0\xff\xff" + f"\x01{t}\x02".encode("utf-16-be")),
}  # fmt: skip
LINKS: dict[str, tuple[str, Plant]] = {
    "a link": ("index.html", lambda t: page(f'<a href="{t}">x</a>')),
    "a source": ("index.html", lambda t: page(f'<img srcset="{t} 320w">')),
    "the sitemap": ("sitemap.xml", lambda t: f"<urlset><url><loc>{t}</loc></url></urlset>".encode()),
    "robots": ("robots.txt", lambda t: f"Disallow: {t}\n".encode()),
    "the service worker": ("sw.js", lambda t: f'const SHELL = ["a/", "{t}"];'.encode()),
    "a feed": ("rss.xml", lambda t: f'<rss><item><enclosure url="{t}"/></item></rss>'.encode()),
    "a JSON feed": ("rss.json", lambda t: json.dumps({"items": [{"url": t}]}).encode()),
    "a list of the search": ("pagefind/loc.json", lambda t: json.dumps({"trang": [[t, 1]]}).encode()),
    "a record of the search": ("pagefind/fragment/a.pf_fragment", lambda t: gzip.compress(b'pagefind_dcd{"url":"' + t.encode() + b'"}')),
    "a file's name": ("{}", lambda _: b""),
}  # fmt: skip


def known_of(content: Path, **settings: Any) -> Needles:
    """What the audit looks for, of a content folder."""
    found = plugin.settings_of(ROOT / "publishconf.py", PATH=str(content), **settings)
    return needles(raw.read(content, NOW), Addresses(found, "https://bantin.example"), (ROOT / "theme", PACKAGE))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Needles:
    """What the audit looks for, of one internal article beside a public one."""
    root = tmp_path_factory.mktemp("noi-dung")
    files = {
        **PUBLIC, PATH: INTERNAL, "anh/bep-lua-nha-san.jpg": mosaic(2), "tep/so-do-cau-treo.txt": NEEDLES["tệp"],
        "danh-muc/loai-van-ban.toml": (CATALOGUES / "loai-van-ban.toml").read_bytes(),
    }  # fmt: skip
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return known_of(root)


def plant(folder: Path, name: str, data: bytes | str) -> Path:
    """Put a file into a finished release."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


@pytest.mark.parametrize("place", TEXTS)
def test_every_text_is_found_everywhere(known: Needles, tmp_path: Path, place: str) -> None:
    name, make = TEXTS[place]
    missed = []
    for kind, text in NEEDLES.items():
        plant(tmp_path, name, make(text))
        found = audit.search(known, tmp_path, name)
        if kind == "chữ" and name.endswith(".css"):
            continue  # a program has words of its own: one alone says nothing there
        if not any(leak.path in (PATH, "tep/so-do-cau-treo.txt") and leak.file == name for leak in found):
            missed.append(kind)
    plant(tmp_path, name, make("Cây cầu treo bằng gỗ bắc qua suối."))
    assert (missed, [leak for leak in audit.search(known, tmp_path, name) if leak.path]) == ([], [])


@pytest.mark.parametrize("place", LINKS)
def test_every_address_is_found_everywhere(known: Needles, tmp_path: Path, place: str) -> None:
    name, make = LINKS[place]
    missed = []
    for kind, address in ADDRESSES.items():
        file = name.format(address.removeprefix("https://").lstrip("/.").removesuffix("/"))
        plant(tmp_path, file, make(address))
        if not audit.search(known, tmp_path, file):
            missed.append(kind)
    assert missed == []
    file = name.format("bai-viet/2024/cau-treo")
    assert audit.search(known, plant(tmp_path, file, make("https://bantin.example/bai-viet/2024/cau-treo/")), file) == []


def test_a_word_in_the_index(known: Needles, tmp_path: Path) -> None:
    """Words stand there one by one: those are found that no other piece has, and that are no syllable."""
    name = "pagefind/index/vi_0123.pf_index"
    assert [leak.said for leak in audit.search(known, plant(tmp_path, name, cbor("cầu đường hoà kazantzakis quý")), name)] == [
        "kazantzakis"
    ]
    assert audit.search(known, plant(tmp_path, name, cbor("cầu đường hoà quý")), name) == []


@pytest.mark.parametrize(
    ("kind", "width"), [("JPEG", 960), ("JPEG", 320), ("WEBP", 720), ("AVIF", 512), ("PNG", 320), ("GIF", 480)]
)
@pytest.mark.parametrize("inside", ["", "zip", "pdf"])
def test_a_picture_is_known_by_what_it_shows(known: Needles, tmp_path: Path, kind: str, width: int, inside: str) -> None:
    """In any size and format, also inside other files; another picture is not."""
    for seed, hit in ((2, True), (1, False), (5, False)):
        shown, out = Image.open(io.BytesIO(mosaic(seed))), io.BytesIO()
        shown.resize((width, width * 9 // 16), Image.Resampling.LANCZOS).save(out, kind, quality=55)
        data = out.getvalue()
        if inside == "zip":
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as opened:
                opened.writestr("a.bin", data)
            data = packed.getvalue()
        elif inside == "pdf":
            packed = io.BytesIO()
            shown.resize((width, width * 9 // 16)).save(packed, "PDF")
            data = packed.getvalue()
        found = audit.search(known, plant(tmp_path, "x.bin", data), "x.bin")
        assert [(leak.path, leak.kind) for leak in found] == ([("anh/bep-lua-nha-san.jpg", "hình")] if hit else []), seed


def test_a_file_is_known_by_its_bytes(known: Needles, tmp_path: Path) -> None:
    name = "tep/khac.bin"
    (leak,) = audit.search(known, plant(tmp_path, name, mosaic(2)), name)[:1]
    assert (leak.path, leak.kind) == ("anh/bep-lua-nha-san.jpg", "tệp")


@pytest.mark.parametrize(
    ("name", "data"),
    [("tep/a.pdf", b"%PDF-1.7\nhong"), ("tep/a.zip", b"PK\x03\x04hong"), ("index.html.gz", b"\x1f\x8bhong"), ("x.html.br", b"\0\1\2hong")],
)  # fmt: skip
def test_what_cannot_be_searched_does_not_go_out(known: Needles, tmp_path: Path, name: str, data: bytes) -> None:
    (leak,) = audit.search(known, plant(tmp_path, name, data), name)
    assert str(leak).startswith(f"{name}: không soát được")


def test_a_locked_pdf_does_not_go_out(known: Needles, tmp_path: Path) -> None:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert audit.search(known, plant(tmp_path, "tep/a.pdf", out.getvalue()), "tep/a.pdf")


def test_a_copy_that_holds_something_else(known: Needles, tmp_path: Path) -> None:
    plant(tmp_path, "index.html", page("Chữ."))
    plant(tmp_path, "index.html.br", brotli.compress(page("Chữ.")))
    assert audit.search(known, tmp_path, "index.html.br") == []
    plant(tmp_path, "index.html.br", brotli.compress(page(NEEDLES["tiêu đề"])))
    assert audit.search(known, tmp_path, "index.html.br")


# Headers of a file, and whether everybody may read it now.
OPEN = {
    "Title: A\nDate: 2024-04-01\nCategory: B": True,
    "Title: A\nDate: 2024-04-01\nAudience: public\nStatus: published": True,
    "Title: A\nDate: 2024-04-01\nStatus: hidden": True,
    "Title: A\nDate: 2024-05-01 08:00": True,
    "Title: A\nDate: 2024-05-01 08:01": False,
    "Title: A\nDate: hôm qua": False,
    "Title: A": False,
    "Title: A\nDate: 2024-04-01\nAudience: internal": False,
    "Title: A\nDate: 2024-04-01\nAudience: Internal": False,
    "Title: A\nDate: 2024-04-01\nAudience: puplic": False,
    "Title: A\nDate: 2024-04-01\naudience :   internal": False,
    "Title: A\nDate: 2024-04-01\nAudience:\n    internal": False,
    "Title: A\nDate: 2024-04-01\nAudience: public\nAudience: internal": False,
    "Title: A\nDate: 2024-04-01\nStatus: draft": False,
    "Title: A\nDate: 2024-04-01\nStatus: skip": False,
    "Title: A\nDate: 2024-04-01\nEmbargo: 2024-05-01 07:59": True,
    "Title: A\nDate: 2024-04-01\nEmbargo: 2024-05-02": False,
    "Title: A\nDate: 2024-04-01\nEmbargo: mai": False,
    "---\ntitle: A\ndate: 2024-04-01\naudience: public\n---": True,
    "---\ntitle: A\ndate: '2024-04-01'\n---": True,
    "---\ntitle: A\ndate: 2024-04-01\naudience: internal\n---": False,
    "---\ntitle: A\ndate: 2024-04-01\n\"audience\": 'internal'\n---": False,
    "---\ntitle: A\ndate: 2024-04-01\nstatus:\n  draft\n---": False,
    "---\n{title: A, date: 2024-04-01, audience: internal}\n---": False,
    "---\n{title: A, date: 2024-04-01}\n---": True,
    "---\ntitle: A\ndate: 2024-04-01\naudience: internal": False,
    "\ufeffTitle: A\r\nDate: 2024-04-01\r\nAudience: internal": False,
}


@pytest.mark.parametrize("header", OPEN)
@pytest.mark.parametrize("folder", ["bai-viet", "noi-bo"])
def test_what_is_public_is_told_from_the_raw_file(tmp_path: Path, header: str, folder: str) -> None:
    plant(tmp_path, f"{folder}/2024/a.md", f"{header}\n\nChữ.\n\nAudience: internal\n")
    found = raw.read(tmp_path, NOW)
    assert [bool(found.public), bool(found.internal)] == (
        [True, False] if OPEN[header] and folder == "bai-viet" else [False, True]
    )


def test_what_else_is_public(tmp_path: Path) -> None:
    files: dict[str, str] = {
        "bai-viet/a.md": article("![x](mot.png) [x]({static}/tep/hai.pdf) <img src='/anh/ba.png'>\n\n[y]: ../anh/bon.png", Authors="Mở; Cả hai", Image="nam sau.png"),
        "noi-bo/b.md": article("![x](kin.png) ![x](mot.png)", Authors="Kín; Cả hai"),
        "tac-gia/mo.md": "Name: Mở\n", "tac-gia/kin.md": "Name: Kín\n", "tac-gia/hai.md": "Name: Cả hai\n", "tac-gia/khong.md": "Name: Không ai\n",
        "trang/mo.md": "Title: T\n", "trang/nhap.md": "Title: N\nStatus: draft\n", "van-ban/v.md": "Title: V\nAttachment: tep/v.pdf\n",
        "van-ban/w.md": "Title: W\nAudience: internal\n", "danh-muc/x.toml": 'mark = "dau.png"\n', "danh-muc/noi-nhan.toml": 'name = "anh/nhan.png"\n',
        **{f"anh/{n}.png": n for n in ("mot", "ba", "bon", "nam sau", "kin", "dau", "nhan", "2024/mot")}, "tep/hai.pdf": "h", "tep/v.pdf": "v", "tep/mot.png": "t",
    }  # fmt: skip
    for name, text in files.items():
        plant(tmp_path, name, text)
    found = raw.read(tmp_path, NOW)
    assert sorted(p.path for p in found.internal) == [
        "noi-bo/b.md",
        "tac-gia/khong.md",
        "tac-gia/kin.md",
        "trang/nhap.md",
        "van-ban/w.md",
    ]
    assert sorted(found.kept) == ["anh/2024/mot.png", "anh/kin.png", "anh/nhan.png", "tep/mot.png"]


def test_nothing_is_found_in_the_sample_site(site: Path) -> None:
    """Three internal articles and a draft lie beside it, which quote the same documents, names and tags."""
    settings = plugin.settings_of(ROOT / "pelicanconf.py", PATH=str(ROOT / "content"))
    now = datetime.now(ZONE)
    assert audit.leaks(ROOT / "content", settings, site, settings["SITEURL"], now) == []
    found = raw.read(ROOT / "content", now)
    assert len(found.internal) > 3 and found.kept
    known = needles(found, Addresses(settings, settings["SITEURL"]), (ROOT / "theme", PACKAGE))
    assert len(known.phrases[8]) > 500


def test_what_is_public_too_is_no_secret(write: Write, tmp_path: Path) -> None:
    """An internal article that says what a public one says, has its author, its tag, its picture and a short title."""
    public = article(
        "Toàn văn của bài này ai cũng được đọc và truyền tay nhau từ lâu rồi.\n\n![x](a.jpg)",
        Title="Tin vắn",
        Tags="chung",
        Authors="Ban Biên tập",
    )
    files = {
        "bai-viet/2023/cong-khai.md": public,
        "noi-bo/2024/tin-van.md": public.replace("a.jpg", "b.jpg").replace("2023-11-28", "2024-01-01"),
        "anh/a.jpg": mosaic(1), "anh/b.jpg": mosaic(1, "khác"),
    }  # fmt: skip
    build(write(files), tmp_path / "output", "publishconf.py", now=NOW)
    settings = plugin.settings_of(ROOT / "publishconf.py")
    assert audit.leaks(tmp_path / "content", settings, tmp_path / "output", "https://bantin.example", NOW) == []


def test_what_was_found_clean_is_searched_again_for_something_else_only(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    search = audit.search
    monkeypatch.setattr(audit, "search", lambda known, release, name: searched.append(name) or search(known, release, name))
    secret = "Con chim vàng anh đậu trên cành khế ngọt sau vườn nhà ngoại."
    files = {
        "bai-viet/2023/mo.md": article("Ai cũng đọc được."),
        "noi-bo/2023/kin.md": article(secret, Title="Chuyện kín đáo nội bộ"),
    }
    release, kept, settings = tmp_path / "ban", tmp_path / "dung" / "soat.json", plugin.settings_of(ROOT / "publishconf.py")
    for name, text in {"a.html": "<p>Một</p>", "b.html": "<p>Hai</p>", "c.html": f"<p>{secret}</p>"}.items():
        release.mkdir(exist_ok=True)
        (release / name).write_text(text, "utf-8")

    def leaks() -> tuple[list[str], set[str]]:
        searched.clear()
        found = audit.leaks(write(files), settings, release, "https://bantin.example", NOW, kept=kept)
        return sorted({leak.file for leak in found}), set(searched)

    assert leaks() == (["c.html"], {"a.html", "b.html", "c.html"})
    assert leaks() == (["c.html"], {"c.html"})
    (release / "a.html").rename(release / "d.html")  # a name says something, too
    (release / "b.html").write_text(f"<p>{secret}</p>", "utf-8")
    assert leaks() == (["b.html", "c.html"], {"b.html", "c.html", "d.html"})
    files["bai-viet/2023/nua.md"] = article("Bài công khai khác, không nói gì đến chuyện kia.")
    assert leaks() == (["b.html", "c.html"], {"b.html", "c.html"})
    files["noi-bo/2023/hai.md"] = article("Một", Title="Một chuyện kín khác hẳn")
    assert leaks() == (["b.html", "c.html"], {"b.html", "c.html", "d.html"})
    for damage in (b"", b"{", b"[]", b'{"x": 1}'):
        kept.write_bytes(damage)
        assert leaks()[1] == {"b.html", "c.html", "d.html"}


def test_what_is_looked_for_is_the_same_in_every_process(write: Write) -> None:
    content = write(
        {
            "noi-bo/2023/kin.md": article("Một câu nào đó dài hơn tám chữ để mà so.", Title="Chuyện kín", Image="a.jpg"),
            "anh/a.jpg": mosaic(1),
        }
    )
    code = (
        "import sys; from pathlib import Path; from datetime import datetime; from bantin.vietnamese import ZONE\n"
        "from bantin.publishing import raw; from bantin.publishing.needles import needles; from bantin.addresses import Addresses\n"
        "print(needles(raw.read(Path(sys.argv[1]), datetime(2024, 6, 1, tzinfo=ZONE)), Addresses({}, 'https://a.example'), ()).stamp)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, content],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_findings_are_told_by_file_and_not_without_end() -> None:
    leaked = [audit.Leak("noi-bo/a.md", f"{n}.html", "tiêu đề", "x y z") for n in range(9)] + [
        audit.Leak("noi-bo/b.md", "1.html", "nội dung", "a b")
    ]
    lines = audit.told(leaked).split("\n")
    assert lines[0] == "0.html: lộ tiêu đề của noi-bo/a.md: “x y z”" and lines[5] == "  … và 4 chỗ nữa của tệp này"
    assert lines[6:] == ["1.html: lộ nội dung của noi-bo/b.md: “a b”"]


def test_words() -> None:
    assert words("Hoà  bình, THUÝ; d\u0335ó\u2060 a\u00adb\nc") == ["hòa", "bình", "thúy", "đó", "ab", BREAK, "c"]
    assert words(unicodedata.normalize("NFD", "Uỷ ban")) == words("Ủy ban")
    assert list(windows(["a", BREAK, "b"], 1)) == [number(["a"]), number([BREAK]), number(["b"])]
    shown, hidden = plain(
        "# Tên\n\n**a** [b *c*](d.html 'e') ![f](g.png)\n\n| h | i |\n|---|---|\n\n[^1]: k <b title=\"l\">m</b>"
    )
    assert shown.split() == ["Tên", "**a**", "b", "*c*", "f", "h", "i", "k", "m"] or words(shown)
    assert hidden == ["d.html", "e", "g.png", "l"]


def test_pictures_of_one_colour_say_nothing() -> None:
    look = pictures.look(image("PNG"))
    assert look and not look.distinctive
    assert pictures.look(b"khong") is None and pictures.shape(b"khong") == 0
