"""The letters of a page with their places, as its content sets them: what poppler's text cannot tell (tags, exact gaps)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bantin.preflight.content import Operation, operations
from bantin.preflight.fonts import UNKNOWN, Font, font_of
from bantin.preflight.objects import direct, held

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST = 8  # forms within forms


class Glyph(NamedTuple):
    """One shown code. x, y: its origin, to_x, to_y: where the next would begin, in points from the page's lower left."""

    text: str
    code: int
    font: Font
    size: float
    x: float
    y: float
    to_x: float
    to_y: float
    mark: int | None  # MCID; None outside tagged content


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that places letters (PDF 32000-1, 9.3)."""

    matrix: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    between: float = 0.0
    words: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """inner, then outer."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def glyphs_of(content: Iterable[Operation], resources: Any, fonts: dict[int, Font]) -> tuple[Glyph, ...]:
    """The letters of a page, also in its forms, in the order of its content. fonts: a memory by object number."""
    return tuple(_Reading(fonts).run(content, resources, State(), 0))


class _Reading:
    """Walks through a content stream and its forms."""

    def __init__(self, fonts: dict[int, Font]) -> None:
        self._fonts = fonts
        self._state, self._stack = State(), list[State]()
        self._marks: list[int | None] = []
        self._text, self._line = UNIT, UNIT
        self._resources: Any = {}

    def run(self, content: Iterable[Operation], resources: Any, state: State, depth: int) -> Iterator[Glyph]:
        outside = (self._state, self._stack, self._resources)
        self._state, self._stack, self._resources = state, [], resources
        for operands, operator in content:
            if operator in ("Tj", "TJ", "'", '"'):
                yield from self._show(operator, operands)
            elif operator == "Do":
                yield from self._form(operands[0], depth)
            else:
                step = _STEPS.get(operator)
                if step:
                    step(self, operands)
        self._state, self._stack, self._resources = outside

    def _form(self, name: str, depth: int) -> Iterator[Glyph]:
        form = direct(held(self._resources, "/XObject")[name])
        if form.get("/Subtype") == "/Form" and depth < DEEPEST:
            own = tuple(float(x) for x in form.get("/Matrix", UNIT))
            state = replace(self._state, matrix=times(own, self._state.matrix))  # type: ignore[arg-type]
            yield from self.run(operations(form.get_data()), form.get("/Resources", self._resources), state, depth + 1)

    def _show(self, operator: str, operands: Sequence[Any]) -> Iterator[Glyph]:
        if operator in ("'", '"'):
            self.next_line(())
        if operator == '"':
            self._state = replace(self._state, words=float(operands[0]), between=float(operands[1]))
        shown = operands[0] if operator == "TJ" else [operands[-1]]
        for part in shown:
            if isinstance(part, bytes):
                yield from self._string(part)
            else:
                self._advance(-part / 1000 * self._state.size * self._state.scale)

    def _string(self, data: bytes) -> Iterator[Glyph]:
        state, font = self._state, self._state.font
        if font is None:
            return
        mark = next((m for m in reversed(self._marks) if m is not None), None)
        for code in font.codes(data):
            width = font.advances.get(code, font.default) / 1000 * state.size
            space = state.words if font.width == 1 and code == 32 else 0.0
            a, b, c, d, e, f = times(self._text, state.matrix)
            x, y = e + state.rise * c, f + state.rise * d
            step = width * state.scale
            size = state.size * (c * c + d * d) ** 0.5
            yield Glyph(font.letters.get(code, UNKNOWN), code, font, size, x, y, x + step * a, y + step * b, mark)
            self._advance((width + state.between + space) * state.scale)

    def _advance(self, along: float) -> None:
        a, b, c, d, e, f = self._text
        self._text = (a, b, c, d, e + along * a, f + along * b)

    def save(self, _: Sequence[Any]) -> None:
        self._stack.append(self._state)

    def restore(self, _: Sequence[Any]) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def transform(self, operands: Sequence[Any]) -> None:
        self._state = replace(self._state, matrix=times(_matrix(operands), self._state.matrix))

    def begin(self, _: Sequence[Any]) -> None:
        self._text = self._line = UNIT

    def place(self, operands: Sequence[Any]) -> None:
        self._text = self._line = _matrix(operands)

    def move(self, operands: Sequence[Any]) -> None:
        self._text = self._line = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self._line)

    def move_and_lead(self, operands: Sequence[Any]) -> None:
        self._state = replace(self._state, leading=-float(operands[1]))
        self.move(operands)

    def next_line(self, _: Sequence[Any]) -> None:
        self.move((0, -self._state.leading))

    def use(self, operands: Sequence[Any]) -> None:
        entry = held(self._resources, "/Font").raw_get(operands[0])
        key = getattr(entry, "idnum", None) or id(entry)
        if key not in self._fonts:
            self._fonts[key] = font_of(direct(entry))
        self._state = replace(self._state, font=self._fonts[key], size=float(operands[1]))

    def set(self, name: str, operands: Sequence[Any]) -> None:
        value = float(operands[0]) / (100 if name == "scale" else 1)
        self._state = replace(self._state, **{name: value})  # type: ignore[arg-type]

    def mark(self, operands: Sequence[Any]) -> None:
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, str):
            properties = held(self._resources, "/Properties", properties)
        number = properties.get("/MCID")
        self._marks.append(None if number is None else int(number))

    def unmark(self, _: Sequence[Any]) -> None:
        if self._marks:
            self._marks.pop()


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(x) for x in operands)
    return a, b, c, d, e, f


def _setter(name: str) -> Callable[[_Reading, Sequence[Any]], None]:
    return lambda reading, operands: reading.set(name, operands)


_STEPS: dict[str, Callable[[_Reading, Sequence[Any]], None]] = {
    "q": _Reading.save,
    "Q": _Reading.restore,
    "cm": _Reading.transform,
    "BT": _Reading.begin,
    "Tm": _Reading.place,
    "Td": _Reading.move,
    "TD": _Reading.move_and_lead,
    "T*": _Reading.next_line,
    "Tf": _Reading.use,
    "BDC": _Reading.mark,
    "BMC": _Reading.mark,
    "EMC": _Reading.unmark,
    "Tc": _setter("between"),
    "Tw": _setter("words"),
    "Tz": _setter("scale"),
    "TL": _setter("leading"),
    "Ts": _setter("rise"),
}
