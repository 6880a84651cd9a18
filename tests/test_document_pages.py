"""Pages of documents: the chain and its picture, dates, JSON-LD, the list's facets, overviews, and the exported registry."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import CATALOGUES, FLAGS, ROOT, Write, article, build, need, source_of
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from bantin.catalogue import Catalogue, DocumentType, load
from bantin.documents import Document, read_document
from bantin.outputs.exports import Record, as_csv, cell
from bantin.registry import Registry
from bantin.vietnamese import ZONE, short_date
from bantin.views.chain import EDGE, PAD_X, SIZES, WIDTH, chain, fit, measure, wrap
from bantin.views.document_pieces import Chain, ChainItem
from bantin.views.json_ld import script
from bantin.views.legislation import legislation
from bantin.views.overview import abbreviations, validity
from bantin.views.pieces import DocumentRef

NOW = datetime(2026, 6, 1, 8, tzinfo=ZONE)


def header(number: str, kind: str, issuer: str, issued: str = "", **more: str) -> str:
    """The file of a document."""
    lines = {"Title": f"về {number}", "Number": number, "Kind": kind, "Issuer": issuer, "Issued": issued, **more}
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value) + "\nVăn bản dùng trong kiểm thử.\n"


# From the centre to a cell: 1 ← 2 ← 3 ← 4; 5 implements 2 and 9; 7 and 8 implement each other; 6 stands alone.
FILES = {
    "1": header("01-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2021-03-01"),
    "2": header("02-CTr/TU", "Chương trình", "Ban Thường vụ Tỉnh ủy Bắc Kạn", "2021-04-01", Implements="01-NQ/TW"),
    "3": header("03-KH/HU", "Kế hoạch", "Huyện ủy Ba Bể", "2021-05-01", Implements="02-CTr/TU"),
    "4": header("04-KH/ĐU", "Kế hoạch", "Đảng ủy xã Hà Hiệu", "2021-06-01", Implements="03-KH/HU"),
    "5": header("05-KH/TU", "Kế hoạch", "Tỉnh ủy Bắc Kạn", "2021-07-01", Implements="02-CTr/TU; 09-CT/TW"),
    "6": header("06-CT/TW", "Chỉ thị", "Ban Bí thư", "2021-08-01"),
    "7": header("07-KL/TW", "Kết luận", "Ban Bí thư", "2021-09-01", Implements="08-KL/TW"),
    "8": header("08-KL/TW", "Kết luận", "Ban Bí thư", "2021-10-01", Implements="07-KL/TW"),
    "9": header("09-CT/TW", "Chỉ thị", "Ban Bí thư", "2021-02-01"),
}


def registry_of(files: dict[str, str], catalogue: Catalogue) -> Registry:
    """A registry of these files."""
    found = [read_document(source_of(text, f"van-ban/{name}.md"), name, catalogue) for name, text in files.items()]
    assert not [problems for _, problems in found if problems]
    return Registry([document for document, _ in found if document], catalogue)


def show(document: Document) -> DocumentRef:
    """A document where it is mentioned, without a site around it."""
    day = short_date(document.issued) if document.issued else ""
    return DocumentRef(document.name, document.number, document.title, f"{document.id}/", document.type.name,
                       document.issuer_name, document.term, day, "", "", ())  # fmt: skip


def lines(items: tuple[ChainItem, ...], depth: int = 0) -> Iterator[str]:
    """A chain as text: `>` marks the document itself, `=` one that stood there before."""
    for i in items:
        yield "  " * depth + ">" * i.current + "=" * i.repeated + i.document.url.strip("/") + f" {i.level}"
        yield from lines(i.children, depth + 1)


@pytest.fixture(scope="module")
def registry(catalogue: Catalogue) -> Registry:
    """All of FILES."""
    return registry_of(FILES, catalogue)


def chain_of(registry: Registry, name: str) -> Chain:
    """The chain of a document that has one."""
    found = chain(registry, registry.document(name), show)
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("3", ["1 Trung ương", "  2 Cấp tỉnh", "    >3 Cấp huyện", "      4 Cơ sở"]),
        ("1", [">1 Trung ương", "  2 Cấp tỉnh", "    3 Cấp huyện", "      4 Cơ sở", "    5 Cấp tỉnh"]),
        ("5", ["9 Trung ương", "  >5 Cấp tỉnh", "1 Trung ương", "  2 Cấp tỉnh", "    >=5 Cấp tỉnh"]),
        ("7", [">7 Trung ương", "  8 Trung ương", "    >=7 Trung ương"]),
        ("8", ["7 Trung ương", "  >8 Trung ương", "    =7 Trung ương"]),
    ],
)  # fmt: skip
def test_the_chain_from_the_top(registry: Registry, name: str, expected: list[str]) -> None:
    found = chain_of(registry, name)
    assert list(lines(found.items)) == expected
    assert found.count == len({line.strip(" >=") for line in expected})


def test_a_document_alone_has_no_chain(registry: Registry) -> None:
    assert chain(registry, registry.document("6"), show) is None


@pytest.mark.parametrize("name", [name for name in FILES if name != "6"])
def test_the_picture_holds_its_text(registry: Registry, name: str) -> None:
    found = chain_of(registry, name)
    picture = found.picture
    rows = list(lines(found.items))
    assert len(picture.boxes) == len(rows) and len(picture.paths) == len([r for r in rows if r.startswith(" ")])
    bottom = 0
    for box in picture.boxes:
        assert box.y >= bottom and box.x >= 0 and box.x + box.width + EDGE == WIDTH == picture.width
        bottom = box.y + box.height
        for text in box.lines:
            assert text.x >= box.x + PAD_X and text.x + measure(text.text, text.kind) <= box.x + box.width - PAD_X
            assert box.y < text.y < box.y + box.height
    assert bottom < picture.height
    assert registry.document(name).name in picture.label


def test_a_deep_chain_stays_wide_enough(catalogue: Catalogue) -> None:
    files = {str(n): header(f"{n:02}-KH/TU", "Kế hoạch", "Tỉnh ủy Bắc Kạn", f"2021-01-{n:02}",
                            Implements=f"{n - 1:02}-KH/TU" if n > 1 else "") for n in range(1, 21)}  # fmt: skip
    picture = chain_of(registry_of(files, catalogue), "10").picture
    assert len(picture.boxes) == 20 and min(box.width for box in picture.boxes) >= 200


@given(st.text(st.sampled_from("Ban Tuyên giáo và Dân vận Tỉnh ủy, 35-NQ/TW WWW …"), max_size=120), st.integers(60, 340))
def test_text_is_cut_at_words_and_fits(text: str, room: int) -> None:
    words = text.split()
    for kind in SIZES:
        found = wrap(text, kind, room)
        assert len(found) <= 2 and all(measure(line, kind) <= room for line in found)
        if found[-1] == text[len(text) - len(found[-1]) :] or not words:
            continue
        assert found[-1].endswith("…") or " ".join(found).split() == words


def test_text_that_fits_is_left_alone() -> None:
    assert fit("Bộ Chính trị", "issuer", 200) == "Bộ Chính trị"
    assert fit("Ban Tuyên giáo và Dân vận Tỉnh ủy", "issuer", 150) == "Ban Tuyên giáo và…"
    assert fit("W" * 90, "name", 100).endswith("W…")


def test_json_ld_says_what_is_known_and_nothing_else(registry: Registry) -> None:
    where = "https://bantin.example/van-ban/{}/".format
    data = legislation(registry, registry.document("2"), lambda d: where(d.id), False)
    assert data["@context"] == "https://schema.org" and data["@type"] == "Legislation" and data["inLanguage"] == "vi"
    assert data["legislationIdentifier"] == "02-CTr/TU" and data["legislationDate"] == "2021-04-01"
    assert data["legislationType"] == "Chương trình" and data["url"] == where("2")
    assert data["legislationPassedBy"]["name"] == "Ban Thường vụ Tỉnh ủy Bắc Kạn"
    assert [d["url"] for d in data["legislationEnsuresImplementationOf"]] == [where("1")]
    assert not {"legislationLegalForce", "legislationRepeals", "legislationChanges", "expires", "sameAs"} & set(data)
    ended = legislation(registry, registry.document("2"), lambda d: where(d.id), True)
    assert ended["legislationLegalForce"] == "https://schema.org/NotInForce"


@given(
    st.text(st.characters(codec="utf-8"), max_size=40)
    | st.sampled_from(["</script><script>alert(1)//", "<!--<script>", "\u2028&"])
)
def test_no_text_ends_the_script_element(text: str) -> None:
    made = str(script({"name": text}))
    inside = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"name": text}


EVIL = "</script><img src=x onerror=alert(1)>\"'&<!-- {{ 7*7 }}"
SITE = {
    "van-ban/cu.md": header("47-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "2011-11-01", Effective="2011-12-01",
                            Expires="2021-10-24", Title=EVIL, Note="=1+1", Signer="-A1"),
    "van-ban/giua.md": header("37-QĐ/TW", "Quy định", "Ban Chấp hành Trung ương", "2021-10-25", Replaces="47-QĐ/TW",
                              Attachment="tep/a.pdf"),
    "van-ban/sua.md": header("40-QĐ/TW", "Quy định", "Bộ Chính trị", "2015-05-05", Amends="47-QĐ/TW"),
    "van-ban/moi.md": header("99-QĐ/TW", "Quy định", "Bộ Chính trị", "2024-02-03", Replaces="37-QĐ/TW"),
    "van-ban/kh.md": header("12-KH/TU", "Kế hoạch", "Tỉnh ủy Bắc Kạn", "2012-01-05", Implements="47-QĐ/TW"),
    "van-ban/het.md": header("13-KH/TU", "Kế hoạch", "Tỉnh ủy Bắc Kạn", "2010-02-03", Expires="2013-01-05"),
    "bai-viet/2023/a.md": article("Theo Quy định số 47-QĐ/TW, ngày 01/11/2011 và Kế hoạch số 13-KH/TU, ngày 03/02/2010 của Tỉnh ủy Bắc Kạn.", Resolutions="47-QĐ/TW; 13-KH/TU"),
    "bai-viet/2024/b.md": article("Bài thứ hai.", Title="Bài mới", Date="2024-02-20 07:00", Resolutions="47-QĐ/TW"),
    "tep/a.pdf": b"%PDF-1.4\n",
}  # fmt: skip


@pytest.fixture
def made(write: Write, tmp_path: Path) -> Path:
    """The output for SITE."""
    build(write(SITE), tmp_path / "output", now=NOW)
    return tmp_path / "output"


def main(path: Path) -> str:
    """What stands in <main>, without the spans that only hold a number together."""
    html = path.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    return re.sub(r'<span class="unbroken">([^<]*)</span>', r"\1", html)


def test_dates_of_a_document(made: Path) -> None:
    html = main(made / "van-ban" / "cu" / "index.html").partition('class="timeline"')[2].partition("</ol>")[0]
    found = re.findall(r'<li><time datetime="([^"]+)">[^<]*</time> <div>([^<]+)', html)
    assert [(day, label.strip()) for day, label in found] == [
        ("2011-11-01", "Ban hành"), ("2011-12-01", "Có hiệu lực"), ("2012-01-05", "Được thực hiện bởi"),
        ("2015-05-05", "Được sửa đổi, bổ sung bởi"), ("2021-10-24", "Hết hiệu lực"), ("2021-10-25", "Được thay thế bởi"),
        ("2023-11-28", "Được nói tới trong bài"), ("2024-02-20", "Được nói tới trong bài"),
    ]  # fmt: skip
    assert '<a href="/bai-viet/2024/b/">Bài mới</a>' in html


def test_a_hostile_title_stays_text(made: Path) -> None:
    html = (made / "van-ban" / "cu" / "index.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert [json.loads(block)["@type"] for block in blocks] == ["Legislation", "BreadcrumbList"]
    data = json.loads(blocks[0])
    assert data["description"] == EVIL and data["expires"] == "2021-10-24"
    assert data["legislationLegalForce"] == "https://schema.org/NotInForce"
    for page in made.rglob("*.html"):
        assert "<img src=x" not in page.read_text("utf-8"), page


def test_superseded_is_said_beside_every_link(made: Path) -> None:
    """In lists, references, chains, dates, overviews: wherever a page names a document that was replaced."""
    at_top = main(made / "van-ban" / "cu" / "index.html")
    assert 'class="banner"' in at_top and "37-QĐ/TW (cũng đã được thay thế)" in at_top
    pages = [
        "van-ban",
        "van-ban/do-phu",
        "van-ban/kh",
        "van-ban/sua",
        "van-ban/giua",
        "bai-viet/2023/a",
        "bai-viet/2024/b",
        "ban-tin/2024-02",
    ]
    for page in pages:
        text = main(made / page / "index.html")
        links = list(re.finditer(r'<a href="/van-ban/cu/"[^>]*>[^<]*</a>', text))
        assert links, page
        for link in links:
            assert "Đã được thay thế bởi" in text[link.end() : link.end() + 700], page
    prose = main(made / "bai-viet" / "2023" / "a" / "index.html").partition('class="prose"')[2]
    assert re.search(r'<a class="van-ban het-hieu-luc"[^>]* title="[^"]*; đã được thay thế bởi', prose)
    assert re.search(r'<a class="van-ban het-hieu-luc" href="/van-ban/het/" title="[^"]*; đã hết hiệu lực"', prose)
    style = (made / "theme" / "css" / "main.css").read_text("utf-8")
    assert re.search(r'content: ?" \(đã thay\)"', style) and re.search(r'content: ?" \(hết hiệu lực\)"', style)


def test_the_picture_and_the_list_say_the_same(made: Path) -> None:
    html = main(made / "van-ban" / "kh" / "index.html")
    picture, words = html.partition("<svg")[2].partition("</svg>")[::2]
    listed = words.partition("Dạng danh sách</summary>")[2].partition("</details>")[0]
    assert 'role="img"' in picture and "style=" not in picture
    for text in (
        "Quy định số 47-QĐ/TW",
        "Kế hoạch số 12-KH/TU",
        "Tỉnh ủy Bắc Kạn",
        "05/01/2012",
        "Cấp tỉnh",
        "Trung ương",
        "Văn bản này",
    ):
        assert text in picture and text in listed, text
    assert 'href="/van-ban/cu/"' in listed and "<svg" not in main(made / "van-ban" / "het" / "index.html")


def test_facet_of_force(made: Path) -> None:
    html = main(made / "van-ban" / "index.html")
    found = {name: force for force, name in re.findall(r'data-hieu-luc="(\w+)".*?href="/van-ban/([\w-]+)/"', html, re.DOTALL)}
    assert found == {"cu": "het", "giua": "het", "het": "het", "sua": "con", "moi": "con", "kh": "con"}
    assert '<option value="con">Chưa thấy văn bản thay thế (3)</option>' in html and "(3)</option>" in html
    for name in ("chu-viet-tat/", "do-phu/", "van-ban.csv", "van-ban.json"):
        assert f'href="/van-ban/{name}"' in html


def test_coverage_names_every_document_once(made: Path) -> None:
    html = main(made / "van-ban" / "do-phu" / "index.html")
    cited, rest = html.partition('id="_chua-co"')[::2]
    assert re.findall(r"<strong>(\d+)</strong>", cited) == ["2", "1"]
    assert re.findall(r'<span class="doc-name"><a href="/van-ban/(\w+)/', cited) == ["cu", "het"]
    assert re.findall(r'<span class="doc-name"><a href="/van-ban/(\w+)/', rest) == ["moi", "giua", "sua", "kh"]
    assert "2 trong 6 văn bản" in cited


def test_new_documents_of_the_month(made: Path, write: Write, tmp_path: Path) -> None:
    html = main(made / "index.html").partition('id="van-ban-moi"')[2].partition("</section>")[0]
    assert "Văn bản mới trong tháng 2/2024" in html and re.findall(r'href="/van-ban/(\w+)/', html) == ["moi"]
    content = write({})
    (content / "van-ban" / "moi.md").unlink()
    build(content, tmp_path / "output", now=NOW)
    html = main(tmp_path / "output" / "index.html").partition('id="van-ban-moi"')[2].partition("</section>")[0]
    assert ">Văn bản mới</a>" in html and re.findall(r'doc-name"><a href="/van-ban/(\w+)/', html)[:2] == ["giua", "sua"]


def test_abbreviations_are_the_catalogues(made: Path) -> None:
    html = main(made / "van-ban" / "chu-viet-tat" / "index.html")
    catalogue = load(CATALOGUES)
    symbols = {s for entry in (*catalogue.types, *catalogue.issuers) for s in entry.symbols}
    assert symbols == set(re.findall(r'<th scope="row">([^<]+)</th>', html))
    types = (DocumentType("Quyết định", "QĐ", ("QĐ",)), DocumentType("Quy định", "QĐi", ("QĐ", "QyĐ"), until=date(2025, 2, 2)))
    first, second = abbreviations(types)
    assert (first.symbol, [(m.name, m.note) for m in first.meanings]) == (
        "QĐ",
        [("Quyết định", ""), ("Quy định", "đến 02/02/2025")],
    )
    assert (second.symbol, second.meanings[0].note) == ("QyĐ", "đến 02/02/2025, thường viết QĐ")
    assert validity(date(2025, 3, 1), date(2026, 1, 9)) == "từ 01/3/2025 đến 09/01/2026" and validity(None, None) == ""


def test_exported_json(made: Path) -> None:
    data = json.loads((made / "van-ban" / "van-ban.json").read_text("utf-8"))
    assert data["version"] == 1 and data["url"] == "http://localhost:8000/van-ban/"
    found = {d["id"]: d for d in data["documents"]}
    assert set(found) == {"cu", "giua", "sua", "moi", "kh", "het"} and list(found)[0] == "moi"
    old = found["cu"]
    assert (old["replaced_by"], old["amended_by"], old["implemented_by"]) == (["giua"], ["sua"], ["kh"])
    assert found["giua"]["replaces"] == ["cu"] and found["kh"]["implements"] == ["cu"] and found["sua"]["amends"] == ["cu"]
    assert (old["state"], old["articles"], old["issued"], old["title"]) == ("het", 2, "2011-11-01", EVIL)
    assert old["url"] == "http://localhost:8000/van-ban/cu/"
    assert found["giua"]["attachment"] == "http://localhost:8000/tep/a.pdf" and (made / "tep" / "a.pdf").is_file()
    assert all(tuple(d) == tuple(f.name for f in dataclasses.fields(Record)) for d in data["documents"])


def test_exported_csv(made: Path) -> None:
    data = (made / "van-ban" / "van-ban.csv").read_bytes()
    assert data.startswith("\ufeffid,number,".encode()) and data.endswith(b"\r\n")
    rows = {r["id"]: r for r in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))}
    assert list(rows["cu"]) == [f.name for f in dataclasses.fields(Record)]
    assert (rows["cu"]["note"], rows["cu"]["signer"], rows["cu"]["title"]) == ("'=1+1", "'-A1", EVIL)
    assert rows["giua"]["replaces"] == "cu" and rows["cu"]["articles"] == "2"
    assert as_csv([]).count(b"\r\n") == 1


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(text: str) -> None:
    made = cell(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and made in (text, f"'{text}")


def test_every_exported_field_is_documented() -> None:
    text = (ROOT / "docs" / "xuat-danh-muc.md").read_text("utf-8").partition("| field |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == [f.name for f in dataclasses.fields(Record)]


def test_each_of_them_can_be_switched_off(write: Write, tmp_path: Path) -> None:
    off = ("DOCUMENTS_CSV", "DOCUMENTS_JSON", "ABBREVIATIONS_SAVE_AS", "COVERAGE_SAVE_AS")
    build(write(SITE), tmp_path / "output", now=NOW, **dict.fromkeys(off, ""))
    folder = tmp_path / "output" / "van-ban"
    for name in ("van-ban.csv", "van-ban.json", "chu-viet-tat", "do-phu"):
        assert not (folder / name).exists() and f"/van-ban/{name}" not in main(folder / "index.html")


@pytest.mark.parametrize("name", ["121-kl-tw-2025", "127-kl-tw-2025", "56-hd-btgtu-hoa-binh-2022"])
def test_the_picture_as_a_browser_draws_it(server: str, name: str) -> None:
    """No text runs out of its box, whatever face draws it; the picture is as wide as a phone, and no wider on a desk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need("chromium"), args=FLAGS)
        page = browser.new_page()
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{server}/van-ban/{name}/")
            page.evaluate("() => document.fonts.ready")
            over = page.evaluate(
                "() => { let box; const out = []; for (const e of document.querySelector('.chain-picture').children) {"
                "if (e.tagName === 'rect') box = e.getBBox(); if (e.tagName === 'text') { const b = e.getBBox();"
                "if (b.x + b.width > box.x + box.width - 8 || b.y < box.y || b.y + b.height > box.y + box.height)"
                "out.push(e.textContent); } } return out; }"
            )
            assert over == []
            shown = page.locator(".chain-picture").bounding_box()
            assert shown and 300 < shown["width"] <= 400
        page.goto(f"{server}/van-ban/?hieu-luc=het")
        gone = page.locator("#danh-sach > li[data-hieu-luc=het]").count()
        assert page.locator("#danh-sach > li:visible").count() == gone > 0
        browser.close()
