"""Checks of the issue against what it was made from: the same bytes again, and QR codes that lead to its articles."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import zxingcpp
from PIL import Image

from bantin.outputs import bulletin
from bantin.preflight.finding import Skipped
from bantin.preflight.pdf import Pdf
from bantin.preflight.proofs import PROOF, Outcome, Proofs, check
from bantin.preflight.tools import said

PPI = 150  # a code of 17 mm has 100 points then: what a telephone sees is better


@check("Dựng lại (SHA-256)")
def reproducibility(proofs: Proofs) -> Outcome:
    """The issue set again has the bytes of every file in the folder, and those are the bytes that proof.json records."""
    recorded = {str(name): str(file["sha256"]) for name, file in proofs.said("files").items()}
    problems = [problem for name, sha in recorded.items() if (problem := _differs(proofs.folder / name, sha, PROOF))]
    if proofs.issuing is None:
        if problems:
            return "không dựng lại", problems
        raise Skipped("không có nội dung để dựng lại")
    with tempfile.TemporaryDirectory(prefix="bantin-") as place:
        bulletin.make(proofs.issuing, proofs.month, Path(place))
        made = sorted(path for path in Path(place).rglob("*") if path.is_file())
        for path in made:
            problem = _differs(proofs.folder / path.name, _sha(path), "bản dựng lại")
            problems += [problem] if problem and problem not in problems else []
    return f"{len(made)} tệp, dựng hai lần như nhau" if not problems else f"{len(made)} tệp", problems


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _differs(path: Path, sha: str, other: str) -> str:
    if not path.is_file():
        return f"thiếu tệp {path.name}"
    return "" if _sha(path) == sha else f"{path.name}: khác {other}"


@check("Mã QR")
def codes(proofs: Proofs) -> Outcome:
    """The codes that a camera sees on the printed pages lead to the public articles, each once, and to nothing else."""
    wanted = {str(a["url"]): str(a["title"]) for a in proofs.said("articles") if a["url"]}
    internal = [str(a["title"]) for a in proofs.said("articles") if a["audience"] != "public" and a["url"]]
    problems = [f"proof.json: bài nội bộ “{title}” có địa chỉ" for title in internal]
    found: dict[str, int] = {}
    for page, address in _decoded(proofs.print):
        if address not in wanted:
            problems.append(f"trang {page}: mã QR dẫn tới “{address}”, không phải bài công khai của số này")
        elif address in found:
            problems.append(f"trang {page}: mã QR lặp lại của trang {found[address]}")
        found.setdefault(address, page)
    problems += [f"bài “{title}”: không đọc được mã QR nào tới {url}" for url, title in wanted.items() if url not in found]
    return f"{len(found)} mã đọc được, {len(wanted)} bài công khai", problems


def _decoded(pdf: Pdf) -> Iterator[tuple[int, str]]:
    """(page, text) of every code in the raster."""
    with tempfile.TemporaryDirectory(prefix="bantin-") as place:
        said("pdftoppm", "-r", str(PPI), "-gray", pdf.path, Path(place) / "trang")  # PNG would take ten times as long
        for path in sorted(Path(place).glob("*.pgm"), key=_number):
            with Image.open(path) as image:
                for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
                    yield _number(path), code.text


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])
