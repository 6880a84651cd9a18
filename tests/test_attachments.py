"""Attachments by what they are, names that stay inside, links that lead nowhere else, and what is not followed."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from conftest import CATALOGUES, DOCUMENT, ROOT, Write, article, build, picture
from test_secrecy import docx, pdf

from bantin.attachments import LARGEST, MEGABYTE, faults
from bantin.diagnostics import Diagnostic
from bantin.files import misnamed
from bantin.plugin import check

MIB = LARGEST * MEGABYTE
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
HTML = b"<!DOCTYPE html><script>HIT()</script>"


def zipped(*members: str) -> bytes:
    """A ZIP archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return out.getvalue()


GOOD: dict[str, bytes] = {
    "a.pdf": pdf("x"), "A.PDF": b"%PDF-1.7\n", "a.docx": docx("x"), "a.xlsx": zipped("xl/workbook.xml"), "a.pptx": zipped("ppt/presentation.xml"),
    "a.odt": zipped("mimetype", "content.xml"), "a.doc": OLE, "a.xls": OLE, "a.rtf": b"{\\rtf1 x}", "a.txt": "Chữ\n".encode(),
    "b.csv": "\ufeffsố,tên\n".encode(), "a.zip": zipped("x"), "a.png": picture(), "a.jpg": b"\xff\xd8\xff\xe0", "a.mp3": b"ID3\x04", "a.mp4": b"\x00\x00\x00\x18ftypmp42",
    "rong.txt": b"", "dai.txt": ("ạ" * 2000).encode(),
}  # fmt: skip

BAD: dict[str, tuple[bytes, str]] = {
    "a.html": (HTML, "TP10"), "a.htm": (HTML, "TP10"), "a.svg": (b"<svg onload='HIT()'/>", "TP10"), "a.xhtml": (HTML, "TP10"), "a.js": (b"HIT()", "TP10"),
    "a.xml": (b"<?xml-stylesheet href='x'?>", "TP10"), "a.exe": (b"MZ", "TP10"), "a.md": (b"# x", "TP10"), "khong-duoi": (b"%PDF-", "TP10"), "a.docm": (docx("x"), "TP10"),
    "html.pdf": (HTML, "TP10"), "svg.png": (b"<svg/>", "TP10"), "exe.docx": (b"MZ\x90", "TP10"), "zip.docx": (zipped("x"), "TP10"), "html.txt": (b"a\x00b", "TP10"),
    "utf16.txt": (("chữ" * 9).encode("utf-16"), "TP10"), "rong.pdf": (b"", "TP10"), "pdf.docx": (b"%PDF-1.4", "TP10"), "hong.docx": (b"PK\x03\x04hong", "TP10"),
    "macro.docx": (zipped("word/document.xml", "word/vbaProject.bin"), "TP10"), "macro.odt": (zipped("content.xml", "Basic/Standard/x.xml"), "TP10"),
    "mat.txt.txt": ("Kính gửi\n\nTỐI MẬT\n".encode(), "TP09"), "pdf2.pdf": (pdf("TUYET MAT"), "TP09"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(GOOD[name])
    assert faults(tmp_path / name, f"tep/{name}", MIB) == []


@pytest.mark.parametrize("name", BAD)
def test_what_is_something_else(tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    (tmp_path / name).write_bytes(data)
    (fault,) = faults(tmp_path / name, f"tep/{name}", MIB)
    assert fault.code == code and name in fault.message and fault.hint


def test_a_message_says_both_sizes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1_250_000)
    (fault,) = faults(tmp_path / "a.txt", "tep/a.txt", 1_000_000)
    assert (fault.code, fault.message) == ("TP08", "“tep/a.txt” nặng 1,2 MB, quá 1,0 MB")


def checked(content: Path, **overrides: object) -> list[tuple[str, int, int, str]]:
    """Where what is wrong."""
    found: tuple[Diagnostic, ...] = check(ROOT / "pelicanconf.py", PATH=str(content), **overrides)
    assert all(d.hint for d in found)
    return [(d.path, d.line, d.column, d.code) for d in found]


def test_every_way_to_an_attachment_is_looked_at(write: Write) -> None:
    linked = "Xem [một](../tep/html.pdf), [hai]({static}/tep/a.html) và [ba](/tep/b.html)."
    content = write({
        "bai-viet/a.md": article(linked), "van-ban/35-nq-tw-2018.md": DOCUMENT.replace("Term:", "Attachment: tep/a.html\nTerm:"),
        "tep/html.pdf": HTML, "tep/a.html": HTML, "tep/khong-ai-dung.exe": b"MZ", "trang/b.md": "Title: B\n\n[x](../tep/a.html)\n",
    })  # fmt: skip
    assert checked(content) == [
        ("content/bai-viet/a.md", 5, 11, "TP10"), ("content/bai-viet/a.md", 5, 35, "TP10"), ("content/bai-viet/a.md", 5, 64, "LK01"),
        ("content/trang/b.md", 3, 5, "TP10"), ("content/van-ban/35-nq-tw-2018.md", 5, 13, "TP10"),
    ]  # fmt: skip


def test_the_size_is_a_setting(write: Write) -> None:
    content = write({"bai-viet/a.md": article("[x](../tep/a.txt)"), "tep/a.txt": "x" * 200_000})
    assert checked(content) == []
    assert [code for *_, code in checked(content, BANTIN_ATTACHMENT_MB=0.1)] == ["TP08"]


@pytest.mark.parametrize(
    "file",
    [
        "noi-bo/2024/kin.md",
        "tep/../noi-bo/2024/kin.md",
        "../ngoai.pdf",
        "danh-muc/khoa.toml",
        "/etc/passwd",
        "anh/dau-hieu.png",
        "van-ban/35-nq-tw-2018.md",
    ],
)
def test_no_other_file_can_be_attached(write: Write, tmp_path: Path, file: str) -> None:
    (tmp_path / "ngoai.pdf").write_bytes(b"%PDF-1.4")
    content = write(
        {
            "noi-bo/2024/kin.md": article("Kín."),
            "van-ban/35-nq-tw-2018.md": DOCUMENT.replace("Term:", f"Attachment: {file}\nTerm:"),
        }
    )
    assert checked(content) == [("content/van-ban/35-nq-tw-2018.md", 5, 13, "LK01")]


NAMES = {
    "Báo cáo.pdf": False, "bao cao.pdf": False, "bao-cao.pdf": True, "BC_01.2024.pdf": True, ".an": False, "a%2e%2e.pdf": False, "a\\b.pdf": False, "a\u0000": False,
    "con.pdf": False, "NUL": False, "aux.md": False, "com1.txt": False, "console.pdf": True, "a.": False, "-rf.pdf": False, "a" * 121: False, "a" * 120: True,
    "a\u202efdp.exe": False, "<b>.pdf": False, "a'b.pdf": False, "\udce9.pdf": False, "a?b": False, "a:b": False, "..": False, "a#b.pdf": False,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert (not misnamed(f"tep/{name}")) is NAMES[name]
    assert (not misnamed(f"bai-viet/{name}/a.md")) is NAMES[name]


def test_long_paths() -> None:
    assert not misnamed("/".join(["a" * 49] * 4)) and misnamed("/".join(["a" * 50] * 4))


@pytest.mark.parametrize(
    "name",
    [
        "bai-viet/Hội nghị.md",
        "bai-viet/ha-\udce9.md",
        "bai-viet/con.md",
        "tep/báo cáo.pdf",
        "anh/ảnh 1.png",
        "bai-viet/" + "a" * 200 + ".md",
        "bai-viet/nửa đêm/a.md",
        "tep/a\nb.pdf",
    ],
)
def test_a_name_that_is_no_address_is_refused(write: Write, name: str) -> None:
    content = write({})
    path = os.fsencode(content / name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    Path(os.fsdecode(path)).write_text(article(), "utf-8")
    (found,) = check(ROOT / "pelicanconf.py", PATH=str(content))
    assert (found.line, found.column, found.code) == (1, 1, "DC02") and "đổi tên" in found.hint
    assert found.path.encode() and "\n" not in found.path


@pytest.mark.parametrize("slug", ["../a", "/a", "a/b", "..%2fa", "a\\b", "con", "nul", "a" * 200, "%2e%2e", "a?b", ".", "-", "A"])
def test_slugs_that_are_no_addresses(write: Write, slug: str) -> None:
    found = checked(write({"bai-viet/a.md": article(Slug=slug)}))
    assert found == [("content/bai-viet/a.md", 4, 7, "DC02")]


@pytest.mark.parametrize("key", ["Tags", "Authors", "Category"])
def test_a_taxonomy_cannot_leave_or_outgrow_the_output(write: Write, tmp_path: Path, key: str) -> None:
    content = write({"bai-viet/a.md": article(**{key: "../../ngoai"})})
    build(content, tmp_path / "output", SEARCH_SAVE_AS="")
    assert not (tmp_path / "ngoai").exists() and list((tmp_path / "output").glob("*/ngoai/index.html"))
    for name in ("con", "x" * 300):
        (found,) = checked(write({"bai-viet/a.md": article(**{key: name})}))
        assert found[3] == "DC02" and found[1] >= 3


LINKS = [
    "bai-viet/noi.md", "noi-bo/noi", "anh/noi.png", "tep/noi.pdf", "tep/noi", "danh-muc/chuyen-muc.toml", "van-ban/noi.md", "trang/vong",
]  # fmt: skip


@pytest.mark.parametrize("place", LINKS)
def test_links_are_not_followed(write: Write, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "mo.md").write_text(article(Title="Lộ"), "utf-8")
    content = write({"bai-viet/a.md": article()})
    (content / place).parent.mkdir(parents=True, exist_ok=True)
    (content / place).unlink(missing_ok=True)
    target = content if place == "trang/vong" else outside / "mo.md" if "." in place else outside
    (content / place).symlink_to(target)
    found = checked(content)
    assert (f"content/{place}", 1, 1, "TP05") in found
    assert all("Lộ" not in str(one) for one in found)


def test_the_folder_of_catalogues_is_no_link(write: Write, tmp_path: Path) -> None:
    content = write({"bai-viet/a.md": article()})
    (content / "danh-muc").rename(tmp_path / "khac")
    (content / "danh-muc").symlink_to(tmp_path / "khac")
    assert checked(content) == [("content/danh-muc", 1, 1, "TP05")]


@pytest.mark.skipif(os.name == "nt", reason="named pipes")
@pytest.mark.parametrize("place", ["bai-viet/ong.md", "tep/ong.pdf", "danh-muc/cot-muc.toml"])
def test_a_pipe_does_not_hold_the_build(write: Write, place: str) -> None:
    content = write({"bai-viet/a.md": article()})
    (content / place).parent.mkdir(parents=True, exist_ok=True)
    (content / place).unlink(missing_ok=True)
    os.mkfifo(content / place)
    assert (f"content/{place}", 1, 1, "TP01") in checked(content) or (f"content/{place}", 1, 1, "DM01") in checked(content)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " jAvAsCrIpT:1",
        "//a.example",
        "/van-ban/",
        'https://a.example/"onclick=x',
        "ftp://a.example",
        "https:a",
        "https://",
    ],
)
def test_the_address_of_a_document(write: Write, link: str) -> None:
    content = write({"van-ban/35-nq-tw-2018.md": DOCUMENT.replace("Term:", f"Link: {link}\nTerm:")})
    assert [code for *_, code in checked(content)] == ["LK03"]


@pytest.mark.parametrize(("line", "value"), [
    ("website", "javascript:alert(1)"), ("website", "https://a.example/' x"), ("accent", "red;}*{background:url(//a.example)"), ("accent", "#a3161"),
    ("email", "a@b.example?subject=x y"), ("email", '"onclick=x@a'), ("phone", "javascript:1"), ("tag_domain", "a b"), ("mark", "../noi-bo/a.png"), ("mark", "/etc/a.png"),
])  # fmt: skip
def test_what_the_publisher_says_is_of_its_shape(write: Write, line: str, value: str) -> None:
    written = (CATALOGUES / "co-quan-xuat-ban.toml").read_text("utf-8")
    kept = "\n".join(one for one in written.split("\n") if not one.startswith(f"{line} ="))
    found = checked(write({"danh-muc/co-quan-xuat-ban.toml": f"{line} = {value!r}\n{kept}"}))
    assert [(path, code) for path, _, _, code in found] == [("content/danh-muc/co-quan-xuat-ban.toml", "DM01")]
