"""The search index: copies of pages, what is restored from them, its two parts, and what stays out of it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import cbor2
import pytest
from conftest import DOCUMENT, ROOT, Write, article, build, tree
from hypothesis import given
from hypothesis import strategies as st

from bantin.outputs import search
from bantin.outputs.search import chunks, lists, shadow, tool
from bantin.vietnamese import ZONE
from bantin.views.page import Facts
from bantin.views.search import Numbered

NOW = datetime(2024, 5, 2, 8, 0, tzinfo=ZONE)
SPELLED = [
    ("hoà bình", "hòa\u2060 bình"), ("hòa bình", "hòa bình"), ("HOÀ", "HÒA\u2060"), ("Hoà", "Hòa\u2060"), ("uỷ ban", "ủy\u2060 ban"), ("khoẻ", "khỏe\u2060"),
    ("quý", "quý"), ("qúy", "quý\u2060"), ("toàn", "toàn"), ("toán", "toán"), ("thuế", "thuế"), ("khuỷu", "khuỷu"), ("ngoài", "ngoài"), ("mùa", "mùa"),
    ("hoà-thuỷ", "hòa\u2060-thủy\u2060"), ("Đảng đã", "D\u0335ảng d\u0335ã"), ("quả", "quả"), ("quỳ", "quỳ"), ("uỷ, hoá.", "ủy\u2060, hóa\u2060."),
]  # fmt: skip
VIETNAMESE = st.text("aàáảãạăằâầeèéêềiìoòóôồơờuùúủưừyỳýdđqhtnHOÀĐUỶ -.,12<&\n", max_size=40)


@pytest.mark.parametrize(("text", "expected"), SPELLED)
def test_spelling_of_the_index(text: str, expected: str) -> None:
    assert shadow.spelled(text) == expected
    assert shadow.restored(expected) == text


@given(VIETNAMESE)
def test_whatever_was_spelled_is_restored(text: str) -> None:
    assert shadow.restored(shadow.spelled(text)) == text


@given(VIETNAMESE)
def test_spelling_changes_no_words(text: str) -> None:
    """The places of words in a record are counted by white space."""
    assert len(shadow.spelled(text).split()) == len(text.split())


PAGE = """<!DOCTYPE html><html lang="vi"><head><title>T</title>{head}</head><body><nav>{around}</nav>
<article class="{around}" data-pagefind-body data-pagefind-filter="năm:2023"><h1 data-pagefind-meta="title">Tên</h1>
<p data-pagefind-ignore="index"><a href="/{around}" data-pagefind-meta="chuyên mục">Mục</a> {around}</p>
<ul data-pagefind-ignore>{around}</ul><img src="{around}.webp" alt="{around}"><script>{around}</script><!-- {around} -->
<p title="{around}">Thân <em>đậm</em></p></article><footer>{around}</footer></body></html>"""


def test_a_copy_is_what_can_be_found() -> None:
    copy = shadow.shadow(PAGE.format(head="", around="quavang").encode())
    assert copy and copy == shadow.shadow(PAGE.format(head="", around="khác hẳn").encode())
    assert "quavang" not in copy and "<p>Thân <em>d\u0335ậm</em></p>" in copy and "filter" not in copy
    assert '<a data-pagefind-meta="chuyên mục">Mục</a>' in copy and '<h1 data-pagefind-meta="title">Tên</h1>' in copy


LAID_OUT = [
    ("<p>Một</p> <p hidden></p>\n", "<p>Một</p> ", True), ("<p>Một</p>\n\n  <p>Hai</p>\t", "<p>Một</p> <p>Hai</p> ", True),
    ("<p>Một <b><i></i> </b> hai</p>", "<p>Một hai</p>", True), ("<p>Một<span></span>hai</p>", "<p>Mộthai</p>", False),
    ("<p>Một<br> hai</p>", "<p>Một hai</p>", False), ("<p>Một\u00a0hai</p>", "<p>Một hai</p>", False),
    ('<p>Một</p><b data-pagefind-meta="tên:A"></b> ', "<p>Một</p> ", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), LAID_OUT)
def test_how_a_page_is_laid_out_is_nothing_to_a_search(one: str, other: str, same: bool) -> None:
    copies = [shadow.shadow(f"<article data-pagefind-body>{text}</article>".encode()) for text in (one, other)]
    assert all(copies) and (copies[0] == copies[1]) == same


@pytest.mark.parametrize("page", ["<p>Thân</p>", PAGE.format(head='<meta name="robots" content="noindex">', around="")])
def test_pages_that_are_not_for_the_index(page: str) -> None:
    assert shadow.shadow(page.encode()) is None


def test_another_form_of_record_is_noticed() -> None:
    with pytest.raises(RuntimeError, match="another form"):
        shadow.record(gzip.compress(b"pagefind_dcd[]"))


def test_facets_are_places_in_lists() -> None:
    facts = {
        "a/index.html": Facts("Xây dựng Đảng", "2023", ("BTG", "An"), (("35-nq-tw-2018", "35-NQ/TW, 2018"),)),
        "b/index.html": Facts("Văn bản", "", (), (), "b/"),
    }
    made = json.loads(
        lists.facets({"vi_2": "a/index.html", "vi_1": "b/index.html", "vi_0": "trang/index.html"}, facts, ["luu-tru/"])
    )
    assert made == {
        "phan": ["luu-tru/"], "chuyen-muc": [["van-ban", "Văn bản"], ["xay-dung-dang", "Xây dựng Đảng"]], "nam": [["2023", "2023"]],
        "tac-gia": [["an", "An"], ["btg", "BTG"]], "van-ban": [["35-nq-tw-2018", "35-NQ/TW, 2018"]],
        "trang": [["vi_1", [0], [], [], [], "b/"], ["vi_2", [1], [0], [1, 0], [0]]],
    }  # fmt: skip


def test_numbered_things_share_issuers_and_states() -> None:
    made = json.loads(
        lists.numbered(
            [Numbered("a/", "Nghị quyết số 1-NQ/TW", issuer="Bộ Chính trị", state="Hết hiệu lực"), Numbered("b/", "Số 2")]
        )
    )
    assert made == {
        "co-quan": ["", "Bộ Chính trị"],
        "tinh-trang": ["", "Hết hiệu lực"],
        "muc": [["a/", "Nghị quyết số 1-NQ/TW", "", 1, "", "", 1], ["b/", "Số 2", "", 0, "", "", 0]],
    }


def content() -> dict[str, str]:
    """Articles of three years, a document, an issue's month, and what is kept back."""
    return {
        "bai-viet/2022/cu.md": article("Bài cũ nói về chimxanh.", Title="Bài cũ", Date="2022-03-01", Category="Từ cơ sở"),
        "bai-viet/2023/kia.md": article("Bài kia, uỷ ban.", Title="Bài kia", Date="2023-03-01", Resolutions="35-NQ/TW"),
        "bai-viet/2024/moi.md": article("Bài mới.", Title="Bài mới", Date="2024-03-01", Column="Xây dựng Đảng"),
        "bai-viet/2024/an.md": article(
            "Bài quavanga.", Title="Bài quavanga", Date="2024-03-02", Status="hidden", Authors="Người quavangb"
        ),
        "bai-viet/2024/nhap.md": article(
            "Bài quavangc.", Title="Bài quavangc", Date="2024-03-02", Status="draft", Category="Mục quavangd"
        ),
        "bai-viet/2024/mai.md": article("Bài quavange.", Title="Bài quavange", Date="2024-06-02", Authors="Người quavangf"),
        "noi-bo/2024/kin.md": article("Bài quavangg.", Title="Bài quavangg", Date="2024-04-02", Category="Mục quavangh"),
        "van-ban/35-nq-tw-2018.md": DOCUMENT,
    }


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pages each run of Pagefind was given."""
    seen: list[int] = []
    run = tool.run

    def counted(copies: Mapping[str, str]) -> tool.Found:
        if copies.keys() != {"index.html"}:  # for the program alone
            seen.append(len(copies))
        return run(copies)

    monkeypatch.setattr(tool, "run", counted)
    return seen


def index(output: Path) -> dict[str, bytes]:
    """The files of the index."""
    return tree(output / "pagefind")


def records(files: dict[str, bytes]) -> Iterator[dict[str, str]]:
    """What Pagefind keeps of each page."""
    for name, data in files.items():
        if name.endswith(".pf_fragment"):
            yield json.loads(gzip.decompress(data).removeprefix(shadow.MAGIC))


def test_an_article_of_this_year_does_not_touch_the_years_before(write: Write, tmp_path: Path, runs: list[int]) -> None:
    output = tmp_path / "output"
    files = content()
    build(write(files), output, now=NOW)
    first = index(output)
    assert len(runs) == 2 and {r["url"] for r in records(first)} == {
        "/bai-viet/2022/cu/",
        "/bai-viet/2023/kia/",
        "/bai-viet/2024/moi/",
        "/van-ban/35-nq-tw-2018/",
        *issues(output),
    }
    files["bai-viet/2024/moi.md"] = article("Bài mới đã sửa.", Title="Bài mới, sửa", Date="2024-03-01", Category="Từ cơ sở")
    files["bai-viet/2024/nua.md"] = article(
        "Thêm một bài.", Title="Thêm", Date="2024-04-30", Resolutions="35-NQ/TW", Tags="học tập nghị quyết"
    )
    build(write(files), output, now=NOW)
    second = index(output)
    closed = {name for name in first if name.startswith(search.CLOSED)}
    assert len(closed) > 5 and all(first[name] == second[name] for name in closed)
    assert {name for name in second if name.startswith(search.CLOSED)} == closed and first != second
    assert len(runs) == 3 and runs[2] < runs[0] + runs[1]


def issues(output: Path) -> set[str]:
    """Addresses of issues."""
    return {f"/ban-tin/{p.parent.name}/" for p in output.glob("ban-tin/*/index.html")}


def test_what_no_search_can_see_runs_nothing(write: Write, tmp_path: Path, runs: list[int]) -> None:
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    build(write(content()), tmp_path / "output", now=NOW, THEME=str(theme))
    first = tree(tmp_path / "output")
    base = theme / "templates" / "base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("</body>", "<p>Chân trang khác</p></body>"), encoding="utf-8")
    build(write(content()), tmp_path / "output", now=NOW, THEME=str(theme))
    second = tree(tmp_path / "output")
    assert (
        first["index.html"] != second["index.html"]
        and len(runs) == 2
        and index(tmp_path / "output")
        == {name.removeprefix("pagefind/"): data for name, data in first.items() if name.startswith("pagefind/")}
    )


def test_few_at_a_time_are_as_all_at_once(write: Write, tmp_path: Path, runs: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word has the same pages and places, and every page its record, however pages are put into batches."""
    many = {
        f"bai-viet/2024/{n}.md": article(f"Bài {n} nói về hòa bình, khoẻ {n % 7}.", Title=f"Bài số {n}", Date="2024-03-01")
        for n in range(30)
    }
    meanings = []
    for few in (1000, 3):
        monkeypatch.setattr(search, "FEW", few)
        build(write({**content(), **many}), tmp_path / str(few), now=NOW)
        meanings.append(meaning(index(tmp_path / str(few)), ""))
    assert len(runs) > 10 and max(runs) > 30 and meanings[0] == meanings[1]
    assert len(meanings[0]) > 50 and any(len(pages) > 29 for pages in meanings[0].values())


def test_words_that_nobody_touched_are_not_packed_again(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless their file is no more as it was left."""
    monkeypatch.setattr(chunks, "SIZE", 200)
    packed: list[bytes] = []
    pack = chunks.packed
    monkeypatch.setattr(chunks, "packed", lambda data: packed.append(data) or pack(data))
    files, output = content(), tmp_path / "output"
    files["bai-viet/2022/dai.md"] = article(" ".join(f"từ{n:04}" for n in range(900)), Title="Bài dài", Date="2022-03-02")
    build(write(files), output, now=NOW)
    first, many = index(output), len(packed)
    packed.clear()
    words = sorted((output / "pagefind").rglob("*.pf_index"))
    words[0].write_bytes(b"x")
    words[1].unlink()
    files["bai-viet/2022/cu.md"] = files["bai-viet/2022/cu.md"].replace("chimxanh", "chimtrắng")
    build(write(files), output, now=NOW)
    assert 4 < len(packed) < many / 3
    build(write(files), tmp_path / "clean", now=NOW)
    assert first != index(output) == index(tmp_path / "clean")


def meaning(files: dict[str, bytes], part: str) -> dict[tuple[str, str], dict[str, object]]:
    """(word, form) → address → places in its text and, by name, in its fields."""
    hash_ = json.loads(files[f"{part}pagefind-entry.json"])["languages"]["vi"]["hash"]

    def read(name: str) -> bytes:
        return gzip.decompress(files[part + name]).removeprefix(shadow.MAGIC)

    _, pages, ranges, _, _, fields = cbor2.loads(read(f"pagefind.{hash_}.pf_meta"))
    urls = [(json.loads(read(f"fragment/{name}.pf_fragment"))["url"], count) for name, count in pages]
    found: dict[tuple[str, str], dict[str, object]] = {}
    for first, last, name in ranges:
        for word, plain, variants in cbor2.loads(read(f"index/{name}.pf_index"))[0]:
            assert first <= word and (word <= last or word.startswith(last))
            for form, listed in [("", plain), *variants]:
                number = 0
                for step, places, told in listed:
                    number += step
                    named = [fields[-1 - place] if place < 0 else place for place in told]
                    assert found.setdefault((word, form), {}).setdefault(urls[number][0], (places, named, urls[number][1]))
                    assert len(listed) == 1 or step or listed[0][0] == 0
    return found


def test_the_same_content_gives_the_same_bytes(write: Write, tmp_path: Path) -> None:
    made = []
    for turn in range(4):
        build(write(content()), tmp_path / f"output{turn}", now=NOW)
        made.append(index(tmp_path / f"output{turn}"))
    assert all(found == made[0] for found in made)


def test_what_is_kept_back_is_not_found(write: Write, tmp_path: Path) -> None:
    """Nor is a hidden article, which has a page and stands in no list."""
    build(write(content()), tmp_path / "output", now=NOW)
    packed = {
        name: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for name, data in index(tmp_path / "output").items()
    }
    assert [name for name, data in packed.items() if re.search(b"quavang", data, re.IGNORECASE)] == []
    assert any(b"chimxanh" in data for data in packed.values())


def test_records_are_as_written(write: Write, tmp_path: Path) -> None:
    build(write(content()), tmp_path / "output", now=NOW)
    found = {r["url"]: r for r in records(index(tmp_path / "output"))}
    assert "Bài kia, uỷ ban" in found["/bai-viet/2023/kia/"]["content"]
    assert "tư tưởng của Đảng" in found["/van-ban/35-nq-tw-2018/"]["content"]


@pytest.mark.parametrize("files", [{}, {"bai-viet/a.md": article()}, {"van-ban/35-nq-tw-2018.md": DOCUMENT}])
def test_one_part_is_enough_where_one_year_is_all(write: Write, tmp_path: Path, files: dict[str, str]) -> None:
    build(write(files), tmp_path / "output", now=NOW)
    names = set(index(tmp_path / "output"))
    assert not any(name.startswith(search.CLOSED) for name in names)
    assert not files or {"pagefind.js", "loc.json", "so-hieu.json"} <= names


def test_a_failure_of_pagefind_is_told(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho hong >&2; exit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(tool, "get_executable", lambda: str(broken))
    with pytest.raises(RuntimeError, match="pagefind: hong"):
        build(write(content()), tmp_path / "output", now=NOW)
    assert not (tmp_path / "output").exists()


def test_another_form_of_index_is_noticed(tmp_path: Path) -> None:
    for data in (b"pagefind_xyz", shadow.MAGIC + cbor2.dumps(["khác"]), shadow.MAGIC + cbor2.dumps("khác")):
        (tmp_path / "a.pf_meta").write_bytes(gzip.compress(data))
        with pytest.raises(RuntimeError, match="another form"):
            tool._listed(tmp_path / "a.pf_meta", 6)


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("title", {"title"}), ("ngày:01/02/2024, sáng", {"ngày"}), ("a, ảnh[src], b:c:d", {"a", "ảnh", "b"}), ("&quot;x&quot;:1", {"&quot;x&quot;"}),
    ],
)  # fmt: skip
def test_names_of_what_a_page_tells(told: str, names: set[str]) -> None:
    assert set(shadow.fields(f'<p data-pagefind-meta="{told}" data-pagefind-body>0</p>')) == names
    found = tool.run(
        {"index.html": f'<html><body data-pagefind-body><h1>T</h1><p data-pagefind-meta="{told}" src="s">0</p></body></html>'}
    )
    assert set(found.fields) == {*names, "title"}
