"""The attack vectors of attacks.toml as a content folder: each in every place where people write."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, article, picture

from bantin.diagnostics import Diagnostic, errors

EVERYWHERE = ("body", "header", "names", "document", "page", "author", "issue")
FILE = ROOT / "tests" / "attacks.toml"


@dataclass(frozen=True)
class Vector:
    """One vector. number: from 1, as it stands in the names of its files."""

    number: int
    name: str
    kind: str
    text: str
    places: tuple[str, ...]

    @property
    def line(self) -> str:
        """The text on one line, as a header takes it."""
        return " ".join(self.text.split()) or "x"


def vectors() -> list[Vector]:
    """All vectors, in their order."""
    classes = tomllib.loads(FILE.read_text("utf-8"))["class"]
    found: list[Vector] = []
    for one in classes:
        places = tuple(one.get("places", EVERYWHERE))
        for place, text in enumerate(one["vectors"], 1):
            found.append(Vector(len(found) + 1, f"{one['name']} {place}", one["name"], text, places))
    return found


def files(found: list[Vector], each: int, month: str = "") -> dict[str, str | bytes]:
    """A content folder; the number of a vector ends the name of its files.

    each: places of a vector, in turns. month: of all that is made, where not each vector has an issue of its own.
    """
    made: dict[str, str | bytes] = {"anh/x.png": picture(size=(64, 48)), "anh/x": picture(size=(64, 48))}
    for vector in found:
        wanted = {vector.places[(vector.number + n) % len(vector.places)] for n in range(min(each, len(vector.places)))}
        made.update((path, text) for place, path, text in places(vector, month or month_of(vector)) if place in wanted)
    return made


def month_of(vector: Vector) -> str:
    """The month of a vector's issue."""
    return f"{2000 + vector.number // 12}-{vector.number % 12 + 1:02}"


def lay(content: Path, made: Mapping[str, str | bytes]) -> None:
    """Write the files of a content folder."""
    for path, text in made.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def without_refused(content: Path, problems: Callable[[], Iterable[Diagnostic]]) -> dict[str, set[str]]:
    """Take away what the checks refuse until they refuse nothing: the codes by path."""
    refused: dict[str, set[str]] = {}
    while found := errors(problems()):
        for problem in found:
            path = problem.path.removeprefix("content/")
            refused.setdefault(path, set()).add(problem.code)
            (content / path).unlink(missing_ok=True)
    return refused


def places(vector: Vector, month: str) -> Iterator[tuple[str, str, str]]:
    """(place, file, text) of everything that is made of a vector."""
    n, line, day = vector.number, vector.line, f"{month}-15"
    body = f"Trước.\n\n{vector.text}\n\nSau {vector.line}.\n"
    shown = {"Image": "x.png", "Image_alt": line, "Image_caption": line, "Image_credit": line}
    yield "body", f"bai-viet/than-{n}.md", article(body, Title=f"Thân {n}", Date=day, Authors=f"Người {n}")
    yield (
        "header",
        f"bai-viet/dau-{n}.md",
        article(Title=line, Date=day, Summary=line, Source=f"{line}, https://a.example/{line}", **shown),
    )
    # What parts entries would make two names of one vector.
    name = f"N{n} {line.replace(',', ' ').replace(';', ' ')}"
    yield (
        "names",
        f"bai-viet/ten-{n}.md",
        article(Title=f"Tên {n}", Date=day, Tags=name, Authors=name, Category=name, Correction=f"{day}: {name} → {name}"),
    )
    header = f"Title: {line}\nNumber: {n}-QĐ/TW\nKind: Quyết định\nIssuer: Bộ Chính trị\nIssued: 2020-01-02\n"
    more = f"Signer: {line}\nNote: {line}\nSource: {line}\nKnown_as: N{n} {line}\n"
    yield "document", f"van-ban/vb-{n}.md", f"{header}{more}\n{body}"
    yield "page", f"trang/trang-{n}.md", f"Title: {line}\nSummary: {line}\n\n{body}"
    yield "author", f"tac-gia/nguoi-{n}.md", f"Name: {line}\nRole: {line}\n\n{body}"
    yield "issue", f"ban-tin/{month}.md", f"Title: {line}\nNumber: {n}\nMonth: {month}\n\n{body}"
