"""Check of the print file's colours: every way that a PDF has to say one, in pages, forms, patterns and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bantin.preflight.content import INLINE_IMAGE, Operation, operations
from bantin.preflight.objects import direct, held
from bantin.preflight.pdf import Pdf
from bantin.preflight.proofs import Outcome, Proofs, check

DEEPEST = 12


@check("Màu của bản in")
def colours(proofs: Proofs) -> Outcome:
    """Black, and the one spot colour that the publisher names; nothing else, used or not."""
    pdf, reading = proofs.print, _Reading(proofs.print, str(proofs.said("spot")))
    problems: dict[str, None] = {}
    for number in range(1, len(pdf.pages) + 1):
        problems |= dict.fromkeys(f"trang {number}: {problem}" for problem in reading.page(number))
    spots = ", ".join(f"“{name}”" for name in reading.spots)
    return "đen" + (f" và {spots}" if spots else "") + f", {sum(reading.seen.values())} lần đặt màu", list(problems)


class _Reading:
    """Walks through everything that can hold a colour; an object that many pages share is read once, and told on the first."""

    def __init__(self, pdf: Pdf, spot: str) -> None:
        self._pdf, self._spot = pdf, spot
        self._known: set[int] = set()
        self.seen, self.spots = Counter[str](), dict[str, None]()

    def page(self, number: int) -> Iterator[str]:
        """What is wrong with the colours of a page. number: from 1."""
        page = self._pdf.pages[number - 1]
        yield from self._resources(page.get("/Resources", {}), 0)
        yield from self._content(self._pdf.content(number), page.get("/Resources", {}))
        yield from self._group(page)
        for annotation in page.get("/Annots") or []:
            yield from self._annotation(direct(annotation))

    def _annotation(self, annotation: Any) -> Iterator[str]:
        for key in ("/C", "/IC"):
            if len(annotation.get(key, [])) == 3:
                yield "chú giải có màu RGB"
        for stream in _streams(annotation.get("/AP", {})):
            yield from self._form(stream, 0)

    def _first(self, entry: Any) -> bool:
        key = getattr(entry, "idnum", None) or id(direct(entry))
        new = key not in self._known
        self._known.add(key)
        return new

    def _resources(self, resources: Any, depth: int) -> Iterator[str]:
        if depth > DEEPEST:
            return
        for name, space in held(resources, "/ColorSpace").items():
            yield from self._space(space, resources, f"không gian màu {name}")
        for name, shading in held(resources, "/Shading").items():
            yield from self._space(held(shading, "/ColorSpace"), resources, f"chuyển màu {name}")
        for name, pattern in held(resources, "/Pattern").items():
            found = direct(pattern)
            if "/Shading" in found:
                yield from self._space(held(found, "/Shading", "/ColorSpace"), resources, f"mẫu tô {name}")
            elif self._first(pattern):
                yield from self._form(found, depth)
        for state in held(resources, "/ExtGState").values():
            mask = held(state, "/SMask")
            if "/G" in mask and not isinstance(mask, str):
                yield from self._form(held(mask, "/G"), depth)
        for name, entry in held(resources, "/XObject").items():
            if self._first(entry):
                found = direct(entry)
                yield from self._form(found, depth) if found.get("/Subtype") == "/Form" else self._image(found, name, resources)

    def _form(self, form: Any, depth: int) -> Iterator[str]:
        resources = form.get("/Resources", {})
        yield from self._resources(resources, depth + 1)
        yield from self._content(operations(form.get_data()), resources)
        yield from self._group(form)

    def _group(self, holder: Any) -> Iterator[str]:
        if "/CS" in held(holder, "/Group"):
            yield from self._space(held(holder, "/Group", "/CS"), {}, "nhóm trong suốt")

    def _image(self, image: Any, name: str, resources: Any) -> Iterator[str]:
        if not image.get("/ImageMask", False):
            yield from self._space(image.get("/ColorSpace"), resources, f"hình {name}")
        for key in ("/SMask", "/Mask"):
            if hasattr(image.get(key), "get_data"):
                yield from self._image(image[key], f"{name} (mặt nạ)", resources)

    def _content(self, content: Iterable[Operation], resources: Any) -> Iterator[str]:
        """cs and CS name a space that `_resources` has looked at, or one of the device's own."""
        for operands, operator in content:
            if operator in ("g", "G"):
                self.seen["đen"] += 1
            elif operator in ("rg", "RG"):
                yield f"chữ hoặc nét màu RGB {_numbers(operands)}"
            elif operator in ("k", "K"):
                self.seen["đen"] += 1
                if any(float(part) for part in operands[:3]):
                    yield f"chữ hoặc nét màu CMYK {_numbers(operands)}, không phải chỉ đen"
            elif operator in ("cs", "CS"):
                self.seen["không gian"] += 1
                yield from self._space(operands[0], resources, "chữ hoặc nét")
            elif operator == INLINE_IMAGE and operands[0]:
                yield from self._space(operands[0], {}, "hình trong dòng")

    def _space(self, space: Any, resources: Any, where: str) -> Iterator[str]:
        """A colour space that is neither black nor the spot."""
        space, own = direct(space), held(resources, "/ColorSpace")
        if isinstance(space, str):
            if space in own:
                return  # `_resources` says what that one is
            if space not in ("/DeviceGray", "/Pattern"):
                yield f"{where}: {space[1:]}"
            return
        kind = str(space[0]) if space else "/không rõ"
        if kind == "/Indexed":
            yield from self._space(space[1], resources, where)
        elif kind == "/Pattern":
            yield from self._space(space[1], resources, where) if len(space) > 1 else ()
        elif kind == "/Separation":
            yield from self._separation(space, where)
        else:
            parts = f" {held(space[1], '/N')} thành phần" if kind == "/ICCBased" else ""
            yield f"{where}: {kind[1:]}{parts}"

    def _separation(self, space: Any, where: str) -> Iterator[str]:
        name = _name(space[1])
        if name == "Black":
            return
        self.spots[name] = None
        if name != self._spot:
            yield f"{where}: màu pha “{name}”, phải là “{self._spot}”"


def _name(written: Any) -> str:
    """A name as text: PDF writes letters outside ASCII as UTF-8 bytes, `#xx` each."""
    text = str(written)[1:]
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _numbers(operands: Sequence[Any]) -> str:
    return " ".join(f"{float(x):g}" for x in operands)


def _streams(entry: Any) -> Iterator[Any]:
    found = direct(entry)
    if hasattr(found, "get_data"):
        yield found
    elif hasattr(found, "values"):
        for inner in found.values():
            yield from _streams(inner)
