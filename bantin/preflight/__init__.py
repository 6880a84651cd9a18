"""Preflight: every row of the table of checks on the files of an issue as they were written. One function a row."""

from __future__ import annotations

from pathlib import Path

from bantin.outputs.setter import Issuing
from bantin.preflight import builds, colours, files, imposition, letters, lines, tags, words
from bantin.preflight.finding import Finding, table
from bantin.preflight.proofs import Check, Proofs

__all__ = ["CHECKS", "Check", "Finding", "Proofs", "run", "table"]

CHECKS: tuple[Check, ...] = (
    files.soundness,
    files.page_count,
    files.boxes,
    files.fonts,
    letters.letters,
    files.pictures,
    words.text,
    words.contents,
    words.index,
    lines.justification,
    lines.lonely,
    tags.tags,
    tags.verapdf,
    colours.colours,
    imposition.imposition,
    builds.reproducibility,
    builds.codes,
    words.imprint,
)


def run(folder: Path, issuing: Issuing | None, month: str) -> list[Finding]:
    """All checks on the files in `folder`, in the table's order. issuing: None where the content is not at hand. Raises nothing."""
    proofs = Proofs(folder, issuing, month)
    _ = proofs.validation  # Java starts now, and is asked late
    return [one(proofs) for one in CHECKS]
