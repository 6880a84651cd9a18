"""The files of an issue, opened once for all checks, and what makes a function a check."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

from bantin.environment import ROOT
from bantin.outputs.setter import Issuing
from bantin.preflight.finding import Finding, MissingTool, Skipped, Unreadable
from bantin.preflight.pdf import Pdf
from bantin.preflight.structure import Structure
from bantin.preflight.tools import Verdict, verapdf

SCREEN, PRINT, BOOKLET, PROOF = "screen.pdf", "print.pdf", "booklet.pdf", "proof.json"


class Proofs:
    """The folder of an issue. issuing: the content that it was made from, None where only the files are at hand.

    Its properties raise `Unreadable` where a file is missing or damaged.
    """

    def __init__(self, folder: Path, issuing: Issuing | None, month: str) -> None:
        self.folder, self.issuing, self.month = folder, issuing, month
        self.screen, self.print, self.booklet = (Pdf(folder / name) for name in (SCREEN, PRINT, BOOKLET))

    @property
    def pdfs(self) -> tuple[Pdf, Pdf, Pdf]:
        """Screen, print, booklet."""
        return self.screen, self.print, self.booklet

    @cached_property
    def structure(self) -> Structure:
        """The tags of the screen file; the other two have none."""
        return Structure(self.screen)

    @cached_property
    def record(self) -> dict[str, Any]:
        """proof.json."""
        try:
            found = json.loads((self.folder / PROOF).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise Unreadable(f"thiếu tệp {PROOF}") from None
        except (OSError, ValueError) as error:
            raise Unreadable(f"{PROOF}: không đọc được: {error}") from None
        if not isinstance(found, dict):
            raise Unreadable(f"{PROOF}: không phải một bảng")
        return found

    def said(self, key: str) -> Any:
        """What proof.json says of something. Raises `Unreadable` where it says nothing."""
        if key not in self.record:
            raise Unreadable(f"{PROOF}: thiếu “{key}”")
        return self.record[key]

    @property
    def fonts(self) -> Path:
        """The folder of the faces that the issue was set in."""
        return (self.issuing.theme if self.issuing else ROOT / "theme") / "print" / "fonts"

    @cached_property
    def validation(self) -> Future[list[Verdict]]:
        """veraPDF at work on the screen file beside the other checks; whoever asks first starts it."""
        pool = ThreadPoolExecutor(max_workers=1)
        try:
            return pool.submit(verapdf, self.screen.path)
        finally:
            pool.shutdown(wait=False)


Outcome = tuple[str, Iterable[str]]  # the figure, and what is wrong
Check = Callable[[Proofs], Finding]


def check(name: str) -> Callable[[Callable[[Proofs], Outcome]], Check]:
    """Makes a check of a function. It never raises: what cannot be read or is not installed is its finding."""

    def make(function: Callable[[Proofs], Outcome]) -> Check:
        @wraps(function)
        def run(proofs: Proofs) -> Finding:
            try:
                figure, problems = function(proofs)
                return Finding(name, figure, tuple(problems))
            except Skipped as reason:
                return Finding(name, str(reason), skipped=True)
            except (Unreadable, MissingTool) as reason:
                return Finding(name, "không xem được", (str(reason),))
            except Exception as error:  # a damaged file makes a reader stumble anywhere; unseen is not passed
                return Finding(name, "không xem được", (f"tệp hỏng hoặc lạ: {type(error).__name__}: {error}",))

        return run

    return make
