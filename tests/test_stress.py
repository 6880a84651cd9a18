"""The month that strains the printed issue can be read without an error, and holds what it promises."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT, tree
from PIL import Image
from stress import COLUMNS, RECEIVERS, SHAPES, stress
from stress_text import LETTERS, SPELLINGS

from bantin.audience import admit_printed
from bantin.diagnostics import errors
from bantin.images import open_picture
from bantin.outputs import bulletin as printing
from bantin.outputs.imprint import check_issue
from bantin.outputs.setter import Issuing
from bantin.plugin import settings_of
from bantin.printed import PrintedIssue, printed_issue


@pytest.fixture(scope="module")
def issuing(tmp_path_factory: pytest.TempPathFactory) -> Issuing:
    """The content, read and checked. An error raises."""
    folder = tmp_path_factory.mktemp("stress")
    stress(folder / "content")
    return printing.prepare(settings_of(ROOT / "pelicanconf.py", PATH=str(folder / "content"), CACHE_PATH=str(folder / "cache")))


@pytest.fixture(scope="module")
def issue(issuing: Issuing) -> PrintedIssue:
    """The month as it will be printed."""
    return printed_issue(issuing.content, admit_printed(issuing.content.articles), "2024-02")


@pytest.fixture(scope="module")
def texts(issuing: Issuing, issue: PrintedIssue) -> dict[str, str]:
    """The texts of its articles by the name of the file, in the order of print."""
    return {a.path.rpartition("/")[2]: issuing.content.text(a.path) for a in issue.articles}


def text(texts: dict[str, str], name: str) -> str:
    """The text of the article whose file's name begins so."""
    return next(found for file, found in texts.items() if file.startswith(name))


def test_the_issue_may_be_printed(issuing: Issuing, issue: PrintedIssue) -> None:
    assert not errors([*issuing.warnings, *check_issue(issue, issuing.content)])
    assert sum(RECEIVERS.values()) == 4916 == issue.issue.print_run


def test_sixty_articles_in_all_columns_public_and_internal(issue: PrintedIssue) -> None:
    assert len(issue.articles) == 60
    assert tuple(name for name, _ in issue.columns) == COLUMNS
    assert Counter(a.audience for a in issue.articles).most_common()[-1][1] >= 8
    assert len({a.title for a in issue.articles}) == 60


def test_every_letter_stands_in_every_style(issue: PrintedIssue, texts: dict[str, str]) -> None:
    assert len(set(LETTERS)) == 146 and all(len(letter) == 1 for letter in LETTERS)
    lines = text(texts, "chu-cai").split("\n\n")
    for mark in ("", "**", "*", "***", "## ", "### "):
        line = next(line for line in lines if re.match(re.escape(mark) + r"a ", line))
        assert set(LETTERS) <= set(line), mark


def test_notes_tables_questions_and_corrections(issuing: Issuing, issue: PrintedIssue, texts: dict[str, str]) -> None:
    notes = text(texts, "hai-muoi-chu-thich")
    assert {f"[^{n}]" for n in range(1, 21)} == set(re.findall(r"\[\^\d+\](?!:)", notes)) and notes.count("]: ") == 20
    assert len(re.findall(r"^\| \d", text(texts, "bang-dai"), re.MULTILINE)) >= 60
    assert text(texts, "chi-bang").startswith("| TT |") and text(texts, "chin-cot").count("| Cột thứ 9 |") == 1
    assert sum("## Câu hỏi thảo luận" in found for found in texts.values()) >= 4
    earlier = [a for a in issuing.content.articles if a.month < "2024-02"]
    assert sum(c.day.month == 2 for a in earlier for c in a.corrections) == 2


def test_documents_are_cited_superseded_and_new(issuing: Issuing, issue: PrintedIssue, texts: dict[str, str]) -> None:
    numbers = text(texts, "so-hieu")
    assert all(spelling in numbers for spelling in map(normal, SPELLINGS))
    registry = issuing.content.registry
    cited = {d for a in issue.articles for d in issue.documents_of[a.path]}
    assert any(registry.related(d, "replaces_by") for d in cited)
    assert sum(bool(d.issued and f"{d.issued:%Y-%m}" == "2024-02") for d in registry.documents) == 2


def normal(words: str) -> str:
    """As the reader gives a text: composed."""
    return unicodedata.normalize("NFC", words)


def test_pictures_of_every_shape(issuing: Issuing, issue: PrintedIssue, texts: dict[str, str]) -> None:
    found = {}
    for name in SHAPES:
        with Image.open(issuing.content.root / "anh" / name) as image:
            found[name] = (image.mode, image.size, image.getexif().get(0x0112))
        open_picture(issuing.content.root / "anh" / name)
    assert (
        found["rat-rong.jpg"][1] == (3200, 400) and found["rat-cao.jpg"][1] == (500, 2500) and found["rat-lon.jpg"][1][0] == 6000
    )
    assert [found[name][0] for name in ("xam-16.png", "cmyk.jpg", "bang-mau.png", "trong-suot.png")] == [
        "I;16",
        "CMYK",
        "P",
        "RGBA",
    ]
    assert found["xoay.jpg"][2] == 6 and max(found["nho.png"][1]) == 90
    assert {a.picture.file for a in issue.articles if a.picture} == {f"anh/{name}" for name in SHAPES}
    assert all(any(f"]({name}" in found for found in texts.values()) for name in SHAPES)


def test_articles_differ_by_lines(issue: PrintedIssue, texts: dict[str, str]) -> None:
    words = [len(found.split()) for found in texts.values()]
    assert min(words) < 5 and max(words) > 9000 and len(set(words)) > 50
    short = [n for n, a in enumerate(issue.articles) if "/mot-doan" in a.path]
    assert short == list(range(short[0], short[0] + 5))  # in a row


def test_it_is_the_same_each_time(issuing: Issuing, tmp_path: Path) -> None:
    stress(tmp_path / "again")
    assert tree(tmp_path / "again") == tree(issuing.content.root)
