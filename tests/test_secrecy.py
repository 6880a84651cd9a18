"""Marks of secrecy: what stands alone is refused wherever it stands, what stands in a sentence is prose."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path

import pytest
from conftest import DOCUMENT, ROOT, Write, article, pelican
from hypothesis import given
from hypothesis import strategies as st

from bantin import secrecy
from bantin.diagnostics import Diagnostic
from bantin.plugin import check
from bantin.secrecy import is_key, is_mark, is_name, marked
from bantin.source import decode, read

NAMES = ("Mật", "Tối mật", "Tuyệt mật")

ALONE = [
    "MẬT", "TỐI MẬT", "TUYỆT MẬT", "Mật", "Tối mật", "tuyệt mật", "M Ậ T", "T Ố I   M Ậ T", "T.U.Y.Ệ.T M.Ậ.T", "TUYỆT  MẬT", "TỐI\tMẬT",
    "**MẬT**", "__Tối mật__", "***TUYỆT MẬT***", "~~MẬT~~", "`MẬT`", "# MẬT", "### Tối mật ###", "# MẬT {#dau}", "> MẬT", "> > Tối mật",
    "- MẬT", "* TUYỆT MẬT", "1. MẬT", "[^1]: MẬT", "(MẬT)", "[MẬT]", "“Tối mật”", "MẬT.", "MẬT:", "— MẬT —", "*** MẬT ***", "M**Ậ**T",
    "    MẬT", "\tMẬT", "MẬT\\", "MẬT  ", "| MẬT |", "| Số | TỐI MẬT |", "MẬT | 3", "<p>MẬT</p>", '<p align="right"><b>TUYỆT MẬT</b></p>',
    "<td>Số</td><td>Mật</td>", "<!-- MẬT -->", "M&#7852;T", "M&#x1EAC;T", "[MẬT](https://a.example)", "![TỐI MẬT](a.png)", "ＭẬＴ", "MÂ\u0323T", "MÂT\u0323",
    "TUỴÊT MẬT", "TỐI\u00a0MẬT", "M\u200bẬ\u00adT", "\ufeffMẬT", "TOI MAT", "TUYET MAT", "Độ mật: Mật", "Độ mật: TỐI MẬT", "ĐỘ MẬT: Tuyệt mật",
    "**Độ mật:** Mật", "Mức độ mật: Tối mật", "Dấu chỉ mức độ mật: MẬT", "Độ bảo mật: Mật", "Độ mật:", "Đô mật\u0323 : Mật", "Mức độ: mật",
]  # fmt: skip

PROSE = [
    "bảo đảm bí mật nhà nước", "Bảo vệ bí mật nhà nước", "hộp thư mật", "Mật ong", "mật khẩu", "Mật độ dân số", "mất", "MẤT", "Mặt", "MẶT TRẬN", "mát",
    "Tội mật vụ", "tối mật tới mức ai cũng biết", "Tài liệu mật được quản lý theo luật.", "Văn bản có dấu Mật, Tối mật, Tuyệt mật không đăng.",
    "Độ mật: không", "Độ mật: thường", "Độ mật của văn bản", "**Mật** là một trong ba mức.", "Tuyệt", "Tối", "MAT", "Đỗ Mật", "BÍ MẬT", "Bảo mật",
    "| bí mật | nhà nước |", "- Tuyệt mật là mức cao nhất", "MẬT MÃ", "Mật thư", "Tuyệt mất", "", "***", "Mật 5 giờ, tối 6 giờ",
    "<b>Mật</b> ong rừng", "Công tác cơ yếu: mật mã", "TM", "Hà Nội, ngày 5 tháng 6", "Mạt", "TUYỆT MẠT",
]  # fmt: skip


def found(text: str) -> list[Diagnostic]:
    """What is marked in a text as it is read."""
    decoded, _ = decode(text.encode(), "a.md")
    return list(marked(decoded or "", "a.md"))


@pytest.mark.parametrize("line", ALONE)
def test_a_mark_alone_is_found_in_its_line(line: str) -> None:
    (one,) = found(f"Đoạn thứ nhất.\n\n{line}\n\nĐoạn sau.")
    assert (one.code, one.line) == ("TP09", 3) and one.column <= len(line) + 1 and one.hint


@pytest.mark.parametrize("line", PROSE)
def test_the_same_words_in_a_sentence_are_prose(line: str) -> None:
    assert found(f"Đoạn thứ nhất.\n\n{line}\n\nĐoạn sau.") == []


DECORATION = st.lists(st.sampled_from(["*", "_", "**", " ", "\t", "\u00a0", "\u200b", "\u00ad", ">", "-", "(", ")", ".", ":", "~", "“", "”", "|", "#"]), max_size=4).map("".join)  # fmt: skip


@given(st.sampled_from(NAMES), st.integers(0, 2), st.sampled_from(["NFC", "NFD"]), st.lists(DECORATION, min_size=14, max_size=14))
def test_law_no_spelling_hides_a_mark(name: str, case: int, form: str, between: list[str]) -> None:
    word = (name, name.upper(), name.lower())[case]
    # What parts cells would make two texts of one mark; inside it only what parts letters.
    inside = [part.replace("|", "").replace("#", "").replace(":", "") for part in between]
    spelt = between[-1] + "".join(a + b for a, b in zip(word, [*inside[: len(word) - 1], ""], strict=True)) + between[-2]
    assert found(unicodedata.normalize(form, f"Trên.\n\n{spelt}\n\nDưới.")), spelt


@given(
    st.text(st.sampled_from("mMậẬâtTốiTUYỆdđộ 1234567890.)(:*_\u0323|"), max_size=90),
    st.sampled_from(NAMES),
    st.sampled_from(["NFC", "NFD", "NFKD"]),
)
def test_law_the_quick_look_hides_no_mark(text: str, name: str, form: str) -> None:
    for line in (text, text + name, f"{text[:9]}. {name}", f"{text[:12]}Dấu chỉ mức độ bảo mật: {name}"):
        line = unicodedata.normalize(form, line)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bantin.secrecy._SENTENCE", re.compile("(?!)"))
            slow = is_mark(line)
        assert is_mark(line) == slow


@given(st.lists(st.sampled_from("mật tối tuyệt độ bí nhà nước thư tài liệu được trong".split()), min_size=3, max_size=12))
def test_law_a_sentence_with_other_words_is_prose(words: list[str]) -> None:
    line = " ".join(["Ngày mai", *words])
    assert not is_mark(line)


def test_cells_that_are_alike_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(secrecy, "is_mark", lambda part: looked.append(part) or is_mark(part))
    (found,) = marked(f"{'| |' * 500}| MẬT | MẬT |", "a.md")
    assert (found.line, found.column) == (1, 1503) and looked == ["", " ", " MẬT "]


@pytest.mark.parametrize("key", ["Độ mật", "độ_mật", "Do_mat", "DO MAT", "Mức độ mật", "Dấu chỉ mức độ mật", "Do-mat", "Dau mat"])
def test_keys_of_headers(key: str, tmp_path: Path) -> None:
    assert is_key(key)
    (tmp_path / "a.md").write_text(article().replace("Title:", f"{key}: thường\nTitle:", 1), "utf-8")
    _, problems = read(tmp_path, "a.md", "a.md")
    assert ("TP09", 1) in [(p.code, p.line) for p in problems]


@pytest.mark.parametrize("key", ["Title", "Mật", "Mật độ", "Độ", "Doma", "Bí mật"])
def test_other_keys(key: str) -> None:
    assert not is_key(key)


@pytest.mark.parametrize(("path", "marks"), [
    ("tep/MẬT.pdf", True), ("tep/toi-mat.docx", True), ("noi-bo/tuyet_mat.md", True), ("tep/mat.pdf", True), ("tep/bi-mat-nha-nuoc.pdf", False), ("anh/mat-tran.png", False),
])  # fmt: skip
def test_names_of_files(path: str, marks: bool) -> None:
    assert is_name(path) is marks


def docx(text: str) -> bytes:
    """A Word file of one paragraph, its letters in runs of their own."""
    out = io.BytesIO()
    runs = "".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in text)
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="urn:w"><w:p>{runs}</w:p></w:document>')
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A PDF of one page with one line."""
    stream = f"BT /F1 20 Tf 50 700 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        made + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    )


LINKED = "[Tải]({static}/tep/tai-ve.%s)"
PLACES: dict[str, dict[str, str | bytes]] = {
    "public": {"bai-viet/a.md": article("Một.\n\nMẬT\n\nHai.")},
    "a draft": {"bai-viet/a.md": article("TỐI MẬT", Status="draft")},
    "skipped": {"bai-viet/a.md": article("TỐI MẬT", Status="skip")},
    "internal": {"noi-bo/a.md": article("TUYỆT MẬT")},
    "header": {"bai-viet/a.md": article(Summary="Tối mật")},
    "tag": {"bai-viet/a.md": article(Tags="chi bộ, Mật")},
    "yaml": {"bai-viet/a.md": "---\ntitle: A\ndate: 2024-01-02\ncategory: B\nĐộ mật: Mật\n---\n\nx\n"},
    "broken header": {"bai-viet/a.md": "---\ntitle: A\n\nMẬT\n"},
    "document": {"van-ban/35-nq-tw-2018.md": DOCUMENT + "\nMẬT\n"},
    "note": {"van-ban/35-nq-tw-2018.md": DOCUMENT.replace("Term:", "Note: Mật\nTerm:")},
    "issue": {"ban-tin/2024-01.md": "Title: A\nNumber: 1\nMonth: 2024-01\n\nMẬT\n"},
    "page": {"trang/a.md": "Title: A\n\n| MẬT |\n|---|\n| x |\n"},
    "author": {"tac-gia/a.md": "Name: A\n\n## Mật\n"},
    "catalogue": {"danh-muc/cot-muc.toml": '[[cot-muc]]\nname = "Tối mật"\n'},
    "comment": {"danh-muc/cot-muc.toml": '# MẬT\n[[cot-muc]]\nname = "A"\n'},
    "name": {"tep/MAT.pdf": b"%PDF-1.4\n"},
    "word": {"bai-viet/a.md": article(LINKED % "docx"), "tep/tai-ve.docx": docx("TỐI MẬT")},
    "pdf": {"bai-viet/a.md": article(LINKED % "pdf"), "tep/tai-ve.pdf": pdf("TUYET MAT")},
    "text": {"bai-viet/a.md": article(LINKED % "txt"), "tep/tai-ve.txt": "Kính gửi\nMẬT\n"},
    "attachment": {"van-ban/35-nq-tw-2018.md": DOCUMENT.replace("Term:", "Attachment: tep/a.docx\nTerm:"), "tep/a.docx": docx("MẬT")},
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_looked_at(write: Write, place: str) -> None:
    problems = check(ROOT / "pelicanconf.py", PATH=str(write(PLACES[place])))
    marks = [p for p in problems if p.code == "TP09"]
    assert marks and all(p.hint and p.line >= 1 for p in marks), problems


def test_the_build_is_refused(write: Write, tmp_path: Path) -> None:
    done = pelican(write({"noi-bo/a.md": article("Một.\n\n**T Ố I  M Ậ T**\n")}), tmp_path / "output")
    assert done.returncode == 1 and "a.md:7:1: TP09" in done.stderr and not (tmp_path / "output").exists()


def test_prose_is_built(write: Write) -> None:
    text = "\n\n".join(line for line in PROSE if line and not line.startswith("|"))
    files: dict[str, str | bytes] = {"bai-viet/a.md": article(text, Summary="Giữ bí mật nhà nước"), "noi-bo/b.md": article(text)}
    assert [p for p in check(ROOT / "pelicanconf.py", PATH=str(write(files))) if p.code == "TP09"] == []
