"""The preflight of every month of content/ and of an issue that strains the template: what a printer gets must pass."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
from conftest import ROOT, need
from preflight_files import prepared
from stress import stress

from bantin import environment, preflight
from bantin.outputs import bulletin
from bantin.preflight import tools
from bantin.preflight.glyphs import Glyph
from bantin.preflight.pdf import squeeze
from bantin.preflight.proofs import Check, Proofs

MONTHS = sorted(p.stem for p in (ROOT / "content" / "ban-tin").glob("*.md"))


@pytest.fixture(scope="module", params=[*MONTHS, "stress"])
def proofs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Proofs:
    """The files of an issue, opened once for all its checks."""
    for tool in ("qpdf", "pdftotext", "pdftoppm", "pdffonts", "pdfimages"):
        need(tool)
    folder, month, content = tmp_path_factory.mktemp("preflight"), request.param, ROOT / "content"
    if month == "stress":
        content = folder / "content"
        month = stress(content)
    issuing = prepared(content, folder / "cache")
    return Proofs(bulletin.make(issuing, month, folder / "in").folder, issuing, month)


@pytest.mark.parametrize("check", preflight.CHECKS, ids=lambda check: check.__name__)
def test_every_issue_passes(check: Check, proofs: Proofs) -> None:
    finding = check(proofs)
    assert finding.problems == (), preflight.table([finding])
    if finding.skipped and not os.environ.get("CI"):
        pytest.skip(finding.figure)
    assert not finding.skipped


def test_letters_are_read_where_poppler_reads_them(proofs: Proofs) -> None:
    """Half of the checks stand on our own reading of content streams; two readers agree on every page."""
    for pdf in (proofs.screen, proofs.print):
        for number, page in enumerate(pdf.glyphs):
            ours, poppler = (squeeze(normalize("NFKC", text)) for text in ("".join(g.text for g in page), pdf.texts[number]))
            assert Counter(ours) == Counter(poppler), (pdf.name, number + 1)  # poppler reads ² as 2


def place(glyph: Glyph) -> tuple[str, float, float]:
    """A letter and where it is."""
    return glyph.text, glyph.x, glyph.y


def test_every_letter_of_a_page_belongs_to_a_block_or_is_an_artifact(proofs: Proofs) -> None:
    blocks = proofs.structure.blocks
    shown = Counter(place(g) for block in blocks for line in block.lines for g in line.glyphs)
    tagged = Counter(place(g) for page in proofs.screen.glyphs for g in page if g.mark is not None)
    assert shown == tagged


def test_run_says_every_row_in_order(tmp_path: Path) -> None:
    findings = preflight.run(tmp_path, None, "2024-02")
    assert [f.name for f in findings] == [check(Proofs(tmp_path, None, "2024-02")).name for check in preflight.CHECKS]
    assert len({f.name for f in findings}) == 18 and not any(f.passed for f in findings)


def test_tests_bring_the_tools_that_the_preflight_calls() -> None:
    assert tools.PACKAGES.keys() - {"java"} <= environment.TOOLS.keys()
    assert environment.TOOLS["javac"] == tools.PACKAGES["java"]
    assert environment.JARS[str(tools.JAXB)] == "libjaxb-java"
