"""The fold test: the booklet's sheets are printed, laid into each other, folded and read in thought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bantin.preflight.files import CLOSE, TRIM
from bantin.preflight.pdf import MM, Word
from bantin.preflight.proofs import Outcome, Proofs, check

A4 = (297.0, 210.0)


class Half(NamedTuple):
    """What is printed on one half of a side; the words' boxes in points from the lower left of the sheet."""

    side: int
    right: bool
    words: tuple[Word, ...]


@check("Bình bản (gấp thử)")
def imposition(proofs: Proofs) -> Outcome:
    """Read in the order of the folded sheets the halves are pages 1…n; all lies inside A4 and on its side of the spine."""
    pdf, pages = proofs.booklet, proofs.screen.words
    problems = list(_sizes(proofs))
    halves = [half for number in range(len(pdf.pages)) for half in _halves(number, pdf.words[number])]
    read = list(_folded(halves))
    if len(read) != len(pages):
        problems.append(f"gấp lại được {len(read)} trang, phải là {len(pages)}")
    order = [_page_of(half, pages, wanted) for wanted, half in enumerate(read)]
    problems += [
        f"tờ {half.side // 2 + 1} mặt {half.side % 2 + 1} nửa {'phải' if half.right else 'trái'}: phải là trang {n}, lại là {found or 'trang lạ'}"
        for n, (half, found) in enumerate(zip(read, order, strict=True), 1)
        if found != n
    ]
    shifts = []
    if not problems:
        shifts = [_shift(half, pages[n]) for n, half in enumerate(read)]
        problems += _creep(read, shifts)
    most = max((abs(s) for s in shifts if s is not None), default=0.0) / MM
    return f"{len(read)} trang trên {len(pdf.pages) // 2} tờ, lùi vào gáy tới {most:.2f} mm", problems


def _sizes(proofs: Proofs) -> Iterator[str]:
    for number, page in enumerate(proofs.booklet.pages, 1):
        box = page.mediabox
        size = float(box.width) / MM, float(box.height) / MM
        if any(abs(a - b) > CLOSE for a, b in zip(size, A4, strict=True)) or page.get("/Rotate", 0):
            yield f"booklet.pdf trang {number}: {size[0]:.1f} × {size[1]:.1f} mm, phải là A4 nằm"


def _halves(side: int, words: list[Word]) -> Iterator[Half]:
    """A word belongs to the half in which its middle lies."""
    spine = A4[0] / 2 * MM
    for right in (False, True):
        yield Half(side, right, tuple(w for w in words if ((w.left + w.right) / 2 > spine) == right))


def _folded(halves: list[Half]) -> Iterator[Half]:
    """The pages of the booklet as a reader turns them.

    Sides are front and back of sheet 1, 2, …; sheet 1 is outermost. A sheet is turned over its short edge, so behind
    the right half of the front lies the left half of the back, the right way up.
    """
    at = {(half.side, half.right): half for half in halves}
    sheets = len(halves) // 4
    for sheet in range(sheets):
        yield at[2 * sheet, True]
        yield at[2 * sheet + 1, False]
    for sheet in reversed(range(sheets)):
        yield at[2 * sheet + 1, True]
        yield at[2 * sheet, False]


def _text(words: tuple[Word, ...] | list[Word]) -> list[str]:
    return sorted(w.text for w in words)


def _page_of(half: Half, pages: list[list[Word]], wanted: int) -> int:
    """The page that a half shows, from 1; the wanted one where several show the same; 0 for none."""
    text = _text(half.words)
    order = [wanted, *range(len(pages))] if wanted < len(pages) else range(len(pages))
    return next((n + 1 for n in order if _text(pages[n]) == text), 0)


def _ordered(words: tuple[Word, ...] | list[Word]) -> list[Word]:
    return sorted(words, key=lambda w: (w.text, round(w.bottom), w.left))


def _shift(half: Half, page: list[Word]) -> float | None:
    """How far a page moved towards the spine from where it would touch it, in points; None for a blank page."""
    if not half.words:
        return None
    spine, width = A4[0] / 2 * MM, TRIM[0] * MM
    moved = [w.left - p.left for w, p in zip(_ordered(half.words), _ordered(page), strict=True)]
    middle = sorted(moved)[len(moved) // 2]
    return spine - middle if half.right else middle - (spine - width)


def _creep(read: list[Half], shifts: list[float | None]) -> Iterator[str]:
    """Inner sheets move no less than outer ones, on both sides alike; no word leaves A4 or its half."""
    spine, wide, high = A4[0] / 2 * MM, A4[0] * MM, A4[1] * MM
    for half in read:
        low, most = (spine, wide) if half.right else (0.0, spine)
        for word in half.words:
            if word.left < low or word.right > most or word.bottom < 0 or word.top > high:
                yield f"tờ {half.side // 2 + 1} mặt {half.side % 2 + 1}: “{word.text}” ra ngoài nửa tờ"
    by_sheet = sorted((half.side // 2, shift) for half, shift in zip(read, shifts, strict=True) if shift is not None)
    for (outer, less), (inner, more) in zip(by_sheet, by_sheet[1:], strict=False):
        if more < less - 0.1 or (outer == inner and more > less + 0.1) or less < -0.1:
            yield f"tờ {inner + 1}: trang lùi vào gáy {more / MM:.2f} mm, tờ {outer + 1} lùi {less / MM:.2f} mm"
