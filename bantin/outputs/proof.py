"""proof.json: what an issue is made of, for the licence application, the archive, and for not setting it twice."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bantin import __version__
from bantin.catalogue import Publisher
from bantin.content import Content
from bantin.issue import imprint
from bantin.outputs.imposition import BLEED, MM, SHEET
from bantin.outputs.setter import Setter
from bantin.outputs.typesetting import as_json
from bantin.printed import PrintedIssue

NAME = "proof.json"
TRIM = (145, 205)  # mm, as theme/print/common.typ sets it
CODE = ("bulletin", "imposition", "proof", "typesetting")  # of ours, what makes files of data; all else shows in the data
SOFTWARE = ("typst", "pikepdf", "pillow", "segno", "Markdown", "lxml", "nh3")


def software() -> dict[str, str]:
    """Versions of what an issue is made with."""
    return {"bantin": __version__, "python": platform.python_version(), **{name: version(name) for name in SOFTWARE}}


def fingerprint(data: Mapping[str, Any], folder: Path, template: Path) -> str:
    """A hash of everything that the files of an issue depend on: data, pictures, template, fonts, our code, versions."""
    whole = hashlib.sha256(as_json({"data": data, "software": software()}).encode())
    code = [Path(__file__).with_name(f"{name}.py") for name in CODE]
    for root, files in ((folder, folder.rglob("*")), (template, template.rglob("*")), (Path(__file__).parent, code)):
        for path in sorted(p for p in files if p.is_file()):
            whole.update(path.relative_to(root).as_posix().encode() + b"\0" + _sha(path.read_bytes()).encode())
    return whole.hexdigest()


def stands(folder: Path, key: str) -> bool:
    """Whether the folder holds the files of exactly this fingerprint, untouched."""
    try:
        proof = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return proof["fingerprint"] == key and all(
            _sha((folder / name).read_bytes()) == file["sha256"] for name, file in proof["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def proof(
    content: Content, issue: PrintedIssue, setter: Setter, files: Mapping[str, bytes], pages: tuple[int, int], key: str
) -> bytes:
    """The record of an issue. pages: all and blank; key: its fingerprint. No time of day, so the same issue gives the same bytes."""
    publisher, header = content.catalogue.publisher, issue.issue
    stated = imprint(header, publisher)
    record = {
        "month": header.month,
        "title": header.title,
        "number": header.number,
        "label": header.label,
        "kind": publisher.kind,
        "pages": pages[0],
        "blanks": pages[1],
        "sheets": pages[0] // SHEET,
        "copies": stated.print_run,
        "trim": list(TRIM),
        "bleed": round(BLEED / MM),
        "spot": publisher.spot_colour,
        "files": {name: {"sha256": _sha(data), "bytes": len(data)} for name, data in files.items()},
        "imprint": _imprint(issue, publisher),
        "articles": [_article(content, issue, setter, path) for path in (a.path for a in issue.articles)],
        "documents": [
            {
                "id": d.id,
                "name": d.name,
                "number": d.number,
                "replaced_by": [newer.id for newer in content.registry.related(d, "replaces_by")],
            }
            for d in sorted(setter.cited, key=lambda d: d.id)
        ],
        "distribution": [{"name": r.name, "copies": r.copies} for r in content.catalogue.receivers_in(header.month)],
        "software": software(),
        "fingerprint": key,
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _imprint(issue: PrintedIssue, publisher: Publisher) -> dict[str, Any]:
    stated = imprint(issue.issue, publisher)
    return {
        "name": issue.issue.title,
        "publisher": publisher.publisher,
        "licence": stated.licence,
        "licensed": stated.licensed,
        "copies": stated.print_run,
        "printer": stated.printer,
        "responsible": stated.responsible,
        "deposit": publisher.deposit,
        "period": publisher.period,
    }


def _article(content: Content, issue: PrintedIssue, setter: Setter, path: str) -> dict[str, Any]:
    article = next(a for a in issue.articles if a.path == path)
    return {
        "path": path,
        "title": article.title,
        "audience": article.audience.value,
        "column": article.column or article.section,
        "authors": list(article.authors),
        "date": article.date.isoformat(),
        "modified": article.modified.isoformat() if article.modified else "",
        "sha256": _sha((content.root / path).read_bytes()),
        "url": setter.address(article),
        "documents": [d.id for d in issue.documents_of[path]],
    }


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
