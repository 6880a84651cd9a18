"""Bytes become NFC text, a header with exact positions, and a body; what is wrong gets its place."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bantin.diagnostics import Diagnostic
from bantin.header import names
from bantin.source import Source, check_keys, decode, parse, read

Found = tuple[str, int, int]


def parsed(text: str) -> tuple[Source, list[Diagnostic]]:
    """A text that has to give a source, and what is wrong with it."""
    source, problems = parse(text, "bai-viet/a.md", "a.md")
    assert source
    return source, problems


def fields(text: str) -> list[tuple[str, str, int, int]]:
    """The header of a faultless text."""
    source, problems = parsed(text)
    assert not problems
    return [(f.key, f.value, f.line, f.column) for f in source.fields]


def places(problems: list[Diagnostic]) -> list[Found]:
    """Code, line and column of each."""
    return [(p.code, p.line, p.column) for p in problems]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Title: a\n\nb", "Title: a\n\nb"),
        (b"\xef\xbb\xbfTitle: a", "Title: a"),
        (b"Title: a\r\n\r\nb\r\n", "Title: a\n\nb\n"),
        (b"Title: a\r\rb", "Title: a\n\nb"),
        (b"a\r\nb\nc\rd", "a\nb\nc\nd"),
        ("u\u031b\u0309y".encode(), "\u1eedy"),
        (unicodedata.normalize("NFD", "Đường lối").encode(), "Đường lối"),
        (b"", ""),
        ("tab\tvà nb\u00a0sp".encode(), "tab\tvà nb\u00a0sp"),
        ("\ufeffgiữa\ufeff".encode(), "giữa\ufeff"),
    ],
)
def test_bytes_become_text(data: bytes, text: str) -> None:
    assert decode(data, "a.md") == (text, [])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff", ("TP02", 1, 1)),
        ("Xã Tân\n".encode() + b"ab\xe9", ("TP02", 2, 3)),
        ("Thị xã ".encode() + b"\xff", ("TP02", 1, 8)),
        (b"\xef\xbb\xbfab\nc\xff", ("TP02", 2, 2)),
        (b"\xef\xbb\xbf\xff", ("TP02", 1, 1)),
        (b"a\r\nb\rc\xff", ("TP02", 3, 2)),
        ("e\u0302\u0301".encode() + b"\xff", ("TP02", 1, 2)),
        ("Tin mới".encode("utf-16"), ("TP02", 1, 1)),
        ("Tin xã".encode()[:-1], ("TP02", 1, 6)),
    ],
)
def test_bytes_that_are_no_utf8_have_a_place(data: bytes, place: Found) -> None:
    text, problems = decode(data, "a.md")
    assert text is None
    assert places(problems) == [place]
    assert "UTF-8" in problems[0].hint


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Title: a\x00b", ("TP03", 1, 9)),
        ("một\r\nhai\x0cba", ("TP03", 2, 4)),
        ("\x1b[31m", ("TP03", 1, 1)),
        ("a\n\nb\x85", ("TP03", 3, 2)),
        ("a\ufffe", ("TP03", 1, 2)),
        ("Title: Hội nghá»‹", ("TP06", 1, 15)),
        ("dòng một\nÄ\x90ảng", ("TP03", 2, 2)),
        ("c\ufffdn bộ", ("TP06", 1, 2)),
    ],
)
def test_characters_that_no_text_may_hold(text: str, place: Found) -> None:
    _, problems = decode(text.encode(), "a.md")
    assert place in places(problems)


@pytest.mark.parametrize(
    "text", ["Tiếng Việt có đủ dấu: ắ ằ ẳ ẵ ặ, Ấ, ữ, ỹ", "© 2024 – “ngoặc” … 25 °C, 5 µm, 30 %", "naïve café São"]
)
def test_good_text_is_not_called_broken(text: str) -> None:
    assert decode(text.encode(), "a.md") == (text, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title: Đại hội\n\nx", [("title", "Đại hội", 1, 8)]),
        ("\n \n\nTitle:x\n", [("title", "x", 4, 7)]),
        ("Title:   xa   \nDate:\t2024-05-06", [("title", "xa", 1, 10), ("date", "2024-05-06", 2, 7)]),
        ("IMAGE ALT: cột mốc", [("image_alt", "cột mốc", 1, 12)]),
        ("Title: Chủ đề: tám việc", [("title", "Chủ đề: tám việc", 1, 8)]),
        ("Source: https://a.vn/b:c", [("source", "https://a.vn/b:c", 1, 9)]),
        ("Summary: dòng một\n    dòng hai\n\tdòng ba", [("summary", "dòng một dòng hai dòng ba", 1, 10)]),
        ("Summary:\n    cả ở dưới: đây", [("summary", "cả ở dưới: đây", 1, 9)]),
        ("Tags:\nTitle: a", [("tags", "", 1, 6), ("title", "a", 2, 8)]),
        ("Title: --- a ---", [("title", "--- a ---", 1, 8)]),
        ("---\ntitle: a\n---\n", [("title", "a", 2, 8)]),
        ("\n\n---\ntitle: a\n...\n", [("title", "a", 4, 8)]),
        ('---\ntitle:   "Nghị quyết: số 9"\n---', [("title", "Nghị quyết: số 9", 2, 10)]),
        ("---\ntags: [xã, 'phường: mới']\n---", [("tags", "xã; phường: mới", 2, 7)]),
        ("---\ntags:\n  - một\n  - hai\n---", [("tags", "một; hai", 3, 3)]),
        ("---\nfeatured: no\nnumber: 1.10\ndate: 2024-05-06 07:30\n---",
         [("featured", "no", 2, 11), ("number", "1.10", 3, 9), ("date", "2024-05-06 07:30", 4, 7)]),
        ("---\nsummary: >\n  gấp\n  lại\ntitle: a\n---", [("summary", "gấp lại", 2, 10), ("title", "a", 5, 8)]),
        ("---\n# chú thích\n\ntitle: a # nữa\n---", [("title", "a", 4, 8)]),
        ("---\ntitle: &ten chữ\nsummary: *ten\n---", [("title", "chữ", 2, 8), ("summary", "chữ", 2, 8)]),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---", [("title", "ls", 2, 8)]),
        ("---\ntags: []\n---", [("tags", "", 2, 7)]),
        ("---\n---\nthân", []),
        ("", []),
    ],
)  # fmt: skip
def test_headers(text: str, expected: list[tuple[str, str, int, int]]) -> None:
    assert fields(text) == expected


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("Title: a\n\n\n\nthân\n\ncuối\n\n", "thân\n\ncuối", 5),
        ("---\ntitle: a\n---\nthân", "thân", 4),
        ("---\ntitle: a\n---\n\n\n    mã", "    mã", 6),
        ("Title: a", "", 2),
        ("Title: a\n\n---\n\nsau vạch", "---\n\nsau vạch", 3),
    ],
)
def test_where_the_body_starts(text: str, body: str, line: int) -> None:
    source, problems = parsed(text)
    assert (source.body, source.body_line, problems) == (body, line, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title: a\nkhông có hai chấm\nDate: b", [("DB06", 2, 1)]),
        ("Title: a\n  lùi hai cách\n", [("DB06", 2, 1)]),
        ("chỉ có thân", [("DB06", 1, 1)]),
        ("\n\n# Tiêu đề\n\nthân", [("DB06", 3, 1)]),
        ("    thừa: thụt", [("DB06", 1, 1)]),
        ("Title: a\nDate: x\ntitle: b\nTITLE: c", [("DB05", 3, 1), ("DB05", 4, 1)]),
        ("---\ntitle: a\ntitle: b\n---", [("DB05", 3, 1)]),
        ("---\ntitle: Chủ đề: tám việc\n---", [("DB07", 2, 14)]),
        ('---\ndate: x\ntitle: "dở dang\n---', [("DB07", 3, 16)]),
        ("---\n- một\n- hai\n---", [("DB07", 2, 1)]),
        ("---\nchữ trơn\n---", [("DB07", 2, 1)]),
        ("---\n\ttitle: a\n---", [("DB07", 2, 1)]),
        ("---\ntitle: *thieu\n---", [("DB07", 2, 8)]),
        ("---\nimage:\n  src: a.png\n---", [("DB07", 3, 3)]),
        ("---\ntags: [a, [b]]\n---", [("DB07", 2, 7)]),
        ("---\n? [a, b]\n: c\n---", [("DB07", 3, 3)]),
        ("---\na: &x {b: c}\n<<: *x\n---", [("DB07", 2, 4), ("DB07", 2, 4)]),
        ("---\ntitle: " + "[" * 5000 + "\n---", [("DB07", 2, 1)]),
    ],
)  # fmt: skip
def test_faulty_headers(text: str, expected: list[Found]) -> None:
    _, problems = parsed(text)
    assert places(problems) == expected


def test_an_unclosed_block_leaves_nothing_to_read() -> None:
    source, problems = parse("\n---\ntitle: a\n\nthân", "bai-viet/a.md", "a.md")
    assert source is None
    assert places(problems) == [("DB07", 2, 1)]
    assert "---" in problems[0].hint


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ('["nông nghiệp, nông dân", ruộng]', ("nông nghiệp, nông dân", "ruộng")),
        ('["nông nghiệp, nông dân"]', ("nông nghiệp, nông dân",)),
        ("[một, hai, một]", ("một", "hai")),
        ("một, hai", ("một", "hai")),
    ],
)
def test_a_list_of_yaml_keeps_its_entries(tags: str, expected: tuple[str, ...]) -> None:
    source, _ = parsed(f"---\ntags: {tags}\n---")
    assert names(source.get("tags")) == expected


def test_positions_in_the_body() -> None:
    source, _ = parsed("Title: a\n\nđoạn một\n\nxem [đây](x.md)")
    found = source.in_body("x.md", "LK01", "m")
    assert (found.line, found.column) == (5, 11)
    missing = source.in_body("y.md", "LK01", "m")
    assert (missing.line, missing.column) == (3, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Titel: a\nDate: b", [("DB01", 1, 1, "Title"), ("DB02", 1, 1, "Title: …")]),
        ("Title: a\nDate:", [("DB02", 1, 1, "Date: …")]),
        ("Title: a\nDate: b\nzzzz: c", [("DB01", 3, 1, "Title, Date")]),
    ],
)
def test_keys(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    source, _ = parsed(text)
    problems = check_keys(source, ("Title", "Date"), ("Title", "Date"))
    assert places(problems) == [e[:3] for e in expected]
    for problem, (*_, hint) in zip(problems, expected, strict=True):
        assert hint in problem.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    source, problems = read(tmp_path, "bai-viet/a.md", "content/bai-viet/a.md")
    assert source is None
    assert [str(p).split(" ")[0:2] for p in problems] == [["content/bai-viet/a.md:1:1:", "TP01"]]


LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffd"), max_size=40
)
VALUE = LINE.map(lambda s: unicodedata.normalize("NFC", s).strip()).filter(bool)
KEY = st.from_regex(r"[A-Za-z][A-Za-z_]{0,11}", fullmatch=True)
HEADER = st.lists(st.tuples(KEY, VALUE), min_size=1, max_size=6, unique_by=lambda kv: kv[0].lower())


@given(HEADER, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_law_a_written_header_reads_back(header: list[tuple[str, str]], newline: str, bom: bool) -> None:
    lines = [f"{key}: {value}" for key, value in header]
    text, _ = decode(newline.join([*lines, "", "thân"]).encode("utf-8-sig" if bom else "utf-8"), "a.md")
    assert text is not None
    source, problems = parsed(text)
    assert not problems
    assert [(f.key, f.value) for f in source.fields] == [(key.lower(), value) for key, value in header]
    assert source.body == "thân"
    for number, field in enumerate(source.fields):
        assert field.line == number + 1
        assert text.split("\n")[number][field.column - 1 :].startswith(field.value[:1])


@given(HEADER)
def test_law_a_header_in_yaml_reads_as_in_lines(header: list[tuple[str, str]]) -> None:
    quoted = [f"{key}: '" + value.replace("'", "''") + "'" for key, value in header]
    source, problems = parsed("\n".join(["---", *quoted, "---", "thân"]))
    if not problems:  # YAML allows fewer characters than Unicode has
        assert [(f.key, f.value) for f in source.fields] == [(k.lower(), " ".join(v.split())) for k, v in header]
    assert all(p.code == "DB07" for p in problems)


@given(st.binary(max_size=200))
def test_law_any_bytes_are_read_without_a_traceback(data: bytes) -> None:
    text, problems = decode(data, "a.md")
    assert (text is None) == any(p.code == "TP02" for p in problems)
    if text is not None:
        assert unicodedata.is_normalized("NFC", text) and "\r" not in text
        parse(text, "bai-viet/a.md", "a.md")


@given(st.text(alphabet="---\n\n:: \t'\"[]{}&*!|>#ab", max_size=120))
def test_law_any_text_has_a_source_or_a_reason(text: str) -> None:
    source, problems = parse(text, "bai-viet/a.md", "a.md")
    assert source or problems
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines) + 1 and problem.column >= 1
