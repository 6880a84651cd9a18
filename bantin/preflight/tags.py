"""Checks of what screen readers and archives need: tags, titles, alternative texts, veraPDF's two profiles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bantin.preflight.objects import held
from bantin.preflight.proofs import Outcome, Proofs, check
from bantin.preflight.tools import PROFILES


@check("Thẻ, tên, dấu trang, lời thay hình")
def tags(proofs: Proofs) -> Outcome:
    """Vietnamese, tagged, its title shown, an outline with every article, an alternative text for every picture."""
    pdf, root = proofs.screen, proofs.screen.root
    title = str(pdf.reader.metadata.title or "") if pdf.reader.metadata else ""
    problems = [
        message
        for holds, message in (
            (str(root.get("/Lang", "")).split("-")[0] == "vi", f"/Lang là “{root.get('/Lang', '')}”, phải là vi"),
            (_true(root, "/MarkInfo", "/Marked"), "không có thẻ (/Marked)"),
            (_true(root, "/ViewerPreferences", "/DisplayDocTitle"), "không hiện tên tài liệu"),
            (str(proofs.said("title")) in title, f"tên tài liệu là “{title}”"),
        )
        if not holds
    ]
    counted = Counter(b.title for b in pdf.outline)
    missing = Counter(" ".join(str(a["title"]).split()) for a in proofs.said("articles")) - counted
    problems += [f"không có dấu trang “{name}”" for name in missing]
    figures = [block for block in proofs.structure.blocks if block.kind in ("Figure", "Formula")]
    problems += [f"trang {block.pages[0]}: hình không có lời thay" for block in figures if not block.alt.strip()]
    return f"{len(proofs.structure.blocks)} khối, {len(pdf.outline)} dấu trang, {len(figures)} hình", problems


def _true(holder: Any, *keys: str) -> bool:
    """Whether that is PDF's `true`, which pypdf wraps."""
    return getattr(held(holder, *keys), "value", None) is True


@check("PDF/A-2a và PDF/UA-1 (veraPDF)")
def verapdf(proofs: Proofs) -> Outcome:
    """veraPDF finds nothing against either profile."""
    verdicts = proofs.validation.result()
    missing = set(PROFILES.values()) - {verdict.profile for verdict in verdicts}
    problems = [f"veraPDF không xét {profile}" for profile in sorted(missing)]
    for verdict in verdicts:
        problems += verdict.failed or ([] if verdict.compliant else [f"{verdict.profile}: không đạt"])
    return "; ".join(_figures(verdicts)), problems


def _figures(verdicts: Any) -> Iterator[str]:
    yield from (f"{v.profile}: {v.assertions:,} điều đã xét".replace(",", ".") for v in verdicts)
