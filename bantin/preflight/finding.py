"""What a check says: its name, its figure, and what is wrong; and all of them as a table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 12  # problems of one check; a broken file has hundreds of the same kind


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the preflight. name, figure, problems: Vietnamese; a problem says its file or page. skipped: not looked at."""

    name: str
    figure: str
    problems: tuple[str, ...] = ()
    skipped: bool = False

    @property
    def passed(self) -> bool:
        """Nothing is wrong, as far as was looked at."""
        return not self.problems

    @property
    def verdict(self) -> str:
        """đạt, KHÔNG ĐẠT or bỏ qua."""
        return "KHÔNG ĐẠT" if self.problems else "bỏ qua" if self.skipped else "đạt"


class Unreadable(Exception):
    """A file is missing or damaged; the message is Vietnamese."""


class Skipped(Exception):
    """A check cannot be made here and need not be; the message says why, in Vietnamese."""


class MissingTool(Exception):
    """A command is not installed; the message names Debian's package, in Vietnamese."""


def table(findings: Sequence[Finding]) -> str:
    """The findings as lines of text: name, figure, verdict; below each row what is wrong."""
    name = max((len(f.name) for f in findings), default=0)
    figure = max((len(f.figure) for f in findings), default=0)
    lines = []
    for finding in findings:
        lines.append(f"{finding.name:<{name}}  {finding.figure:<{figure}}  {finding.verdict}")
        lines += [f"    {problem}" for problem in finding.problems[:SHOWN]]
        if len(finding.problems) > SHOWN:
            lines.append(f"    … và {len(finding.problems) - SHOWN} lỗi nữa")
    failed, skipped = sum(not f.passed for f in findings), sum(f.skipped and f.passed for f in findings)
    lines.append("")
    lines.append(f"{len(findings)} mục: {len(findings) - failed - skipped} đạt, {failed} không đạt, {skipped} bỏ qua")
    return "\n".join(lines)
