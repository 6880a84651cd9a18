"""Draw the illustrations of the sample content.

    python docs/illustrations.py content/anh

Quiet, flat, abstract pictures in one small palette: no photographs, no faces, no flags, no emblems. Each picture is a
function that draws on a `Sheet`; the table at the end names the files. Everything is drawn three times too large and
scaled down, which gives smooth edges; the same code gives the same bytes on every run.

The pictures are our own work, CC BY-SA 4.0.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

RED = "#a3161a"
DEEP = "#7d1014"  # red in shadow
INK = "#1f2430"
PAPER = "#f6f1e7"
SHADE = "#e6dece"  # paper in shadow
GREY = "#b9b0a3"
STONE = "#8d857a"
BLUE = "#5b7189"
MIST = "#c3ced8"  # blue-grey in the distance
WHITE = "#fffdf8"

WIDE = (1600, 900)
SQUARE = (512, 512)
SCALE = 3
COLOURS = 48  # of the palette of a file: ten colours and their blends along the edges

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Sheet:
    """A drawing surface in the units of the finished picture (pixels, origin top left)."""

    def __init__(self, size: tuple[int, int], ground: str) -> None:
        self.size = size
        self._image = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, area: Box, fill: str, radius: float = 0) -> None:
        """A rectangle `(left, top, right, bottom)`, its corners rounded by `radius`."""
        self._draw.rounded_rectangle(_scaled(area), radius * SCALE, fill)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        """A filled circle."""
        x, y = centre
        self._draw.ellipse(_scaled((x - radius, y - radius, x + radius, y + radius)), fill)

    def shape(self, points: Iterable[Point], fill: str) -> None:
        """A filled polygon."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def line(self, points: Sequence[Point], fill: str, width: float) -> None:
        """A line through `points`, with round joints and ends."""
        self._draw.line([(x * SCALE, y * SCALE) for x, y in points], fill, round(width * SCALE))
        for point in points:
            self.disc(point, width / 2, fill)

    def arc(self, centre: Point, radius: float, degrees: tuple[float, float], fill: str, width: float) -> None:
        """A stroke along a circle; degrees run clockwise from three o'clock."""
        steps = [math.radians(degrees[0] + (degrees[1] - degrees[0]) * i / 90) for i in range(91)]
        self.line([(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in steps], fill, width)

    def text(self, centre: Point, words: str, height: float, fill: str) -> None:
        """Numerals, centred. Pillow brings the face along, so no font file is needed."""
        face = ImageFont.load_default(height * SCALE)
        self._draw.text((centre[0] * SCALE, centre[1] * SCALE), words, fill, face, anchor="mm")

    def rows(self, area: Box, count: int, fill: str, thickness: float = 8, last: float = 0.6) -> None:
        """`count` strokes that stand for lines of writing; the last one is shorter."""
        left, top, right, bottom = area
        step = (bottom - top) / max(count - 1, 1)
        for row in range(count):
            end = right if row < count - 1 else left + (right - left) * last
            y = top + row * step
            self.box((left, y - thickness / 2, end, y + thickness / 2), fill, thickness / 2)

    def page(self, area: Box, lines: int, heading: str = RED) -> None:
        """A sheet of paper with a shadow, a heading and `lines` lines of writing."""
        left, top, right, bottom = area
        pad = (right - left) * 0.14
        self.box((left + 10, top + 12, right + 10, bottom + 12), SHADE, 6)
        self.box(area, WHITE, 6)
        self.box((left + pad, top + pad, left + (right - left) * 0.56, top + pad + 14), heading, 7)
        if lines:
            self.rows((left + pad, top + pad + 56, right - pad, bottom - pad), lines, GREY)

    def save(self, path: Path) -> None:
        """Scale down, reduce to a palette and write an optimised PNG."""
        small = self._image.resize(self.size, Image.Resampling.LANCZOS)
        flat = small.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        flat.save(path, optimize=True)


def _scaled(area: Box) -> Box:
    left, top, right, bottom = area
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


def _around(centre: Point, radius: Point, count: int, turn: float = 0) -> list[Point]:
    """`count` points, evenly spread on an ellipse; `turn` in degrees."""
    angles = [math.radians(turn + 360 * i / count) for i in range(count)]
    return [(centre[0] + radius[0] * math.cos(a), centre[1] + radius[1] * math.sin(a)) for a in angles]


def _curve(start: Point, bend: Point, end: Point, steps: int = 60) -> list[Point]:
    """A quadratic Bézier curve as points."""
    parts = [i / steps for i in range(steps + 1)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * bend[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * bend[1] + t**2 * end[1],
        )
        for t in parts
    ]


def online_hall(sheet: Sheet) -> None:
    """Rows of seats before a wide screen divided in tiles."""
    sheet.box((0, 620, 1600, 900), SHADE)
    sheet.box((230, 90, 1370, 530), INK, 14)
    for row in range(3):
        for column in range(6):
            left, top = 262 + column * 180, 122 + row * 128
            main = (row, column) == (1, 2)
            sheet.box((left, top, left + 164, top + 112), RED if main else (BLUE if (row + column) % 3 else MIST), 6)
            sheet.box((left + 30, top + 74, left + 134, top + 86), PAPER, 6)
            sheet.box((left + 30, top + 34, left + 94, top + 46), PAPER, 6)
    sheet.box((770, 530, 830, 580), INK)
    sheet.box((660, 574, 940, 590), INK, 8)
    for y, count, width, fill in ((640, 14, 74, STONE), (722, 12, 92, BLUE), (818, 10, 116, INK)):
        pitch = width * 1.26
        for seat in range(count):
            x = 800 + (seat - count / 2) * pitch + width * 0.13
            sheet.box((x, y, x + width, y + width * 1.1), fill, width * 0.22)


def books_and_documents(sheet: Sheet) -> None:
    """A stack of documents and an open book on a table."""
    sheet.box((0, 640, 1600, 900), SHADE)
    for level, (shift, fill) in enumerate(((0, RED), (26, WHITE), (-10, BLUE), (14, WHITE), (-22, INK), (6, WHITE), (-6, RED))):
        bottom = 724 - level * 58
        sheet.box((170 + shift, bottom - 52, 620 + shift, bottom), fill, 8)
        sheet.box((170 + shift, bottom - 14, 620 + shift, bottom - 7), GREY if fill == WHITE else PAPER, 3)
    sheet.shape(((500, 368), (544, 368), (544, 512), (522, 486), (500, 512)), DEEP)
    sheet.box((700, 690, 1470, 726), DEEP, 12)
    left = _curve((1085, 330), (900, 230), (720, 320)) + [(720, 690)] + _curve((720, 690), (900, 610), (1085, 700))
    right = _curve((1085, 330), (1270, 230), (1450, 320)) + [(1450, 690)] + _curve((1450, 690), (1270, 610), (1085, 700))
    sheet.shape(left, WHITE)
    sheet.shape(right, WHITE)
    sheet.shape([(1085, 330), (1085, 700), *_curve((1085, 700), (1060, 680), (1030, 672)), (1030, 304)], SHADE)
    sheet.line(((1085, 330), (1085, 700)), GREY, 4)
    for row in range(6):
        y = 400 + row * 42
        sheet.line(_curve((772, y - 16), (880, y - 58), (1004, y - 14)), RED if row == 0 else GREY, 8)
        sheet.line(_curve((1140, y - 2), (1270, y - 60), (1398, y - 16)), GREY, 8)


def cell_meeting(sheet: Sheet) -> None:
    """A round table from above, with chairs, papers and cups."""
    centre = (800.0, 450.0)
    for x, y in _around(centre, (374, 374), 10, 18):
        sheet.disc((x, y), 54, STONE)
        sheet.disc((x, y), 40, BLUE)
    sheet.disc((808, 460), 312, GREY)
    sheet.disc(centre, 312, SHADE)
    sheet.disc(centre, 294, WHITE)
    for place, angle in enumerate(range(18, 378, 36)):
        a = math.radians(angle)
        across, along = (math.cos(a), math.sin(a)), (-math.sin(a), math.cos(a))
        middle = (centre[0] + 216 * across[0], centre[1] + 216 * across[1])
        sheet.shape(_card(middle, across, along, 50, 38), RED if place == 0 else MIST)
        for step in (-22, 0, 22):
            start = (middle[0] + step * across[0] - 22 * along[0], middle[1] + step * across[1] - 22 * along[1])
            end = (middle[0] + step * across[0] + 22 * along[0], middle[1] + step * across[1] + 22 * along[1])
            sheet.line((start, end), PAPER if place == 0 else BLUE, 5)
        cup = (middle[0] + 66 * along[0], middle[1] + 66 * along[1])
        sheet.disc(cup, 15, GREY)
        sheet.disc(cup, 10, PAPER)
    sheet.disc(centre, 84, SHADE)
    for leaf in _around(centre, (44, 44), 6):
        sheet.disc(leaf, 20, BLUE)
    sheet.disc(centre, 26, RED)


def _card(middle: Point, across: Point, along: Point, half_height: float, half_width: float) -> list[Point]:
    """The corners of a turned rectangle."""
    return [
        (
            middle[0] + u * half_height * across[0] + v * half_width * along[0],
            middle[1] + u * half_height * across[1] + v * half_width * along[1],
        )
        for u, v in ((-1, -1), (-1, 1), (1, 1), (1, -1))
    ]


def loudspeaker(sheet: Sheet) -> None:
    """A loudspeaker on a post over roofs and hills."""
    sheet.shape(
        [
            (0, 640),
            *_curve((0, 600), (400, 380), (820, 600)),
            *_curve((820, 600), (1200, 400), (1600, 560)),
            (1600, 900),
            (0, 900),
        ],
        MIST,
    )
    sheet.box((0, 780, 1600, 900), SHADE)
    for left, top, width, fill in (
        (-60, 650, 420, STONE),
        (250, 690, 380, RED),
        (930, 680, 400, BLUE),
        (1240, 640, 460, STONE),
        (560, 730, 430, DEEP),
    ):
        sheet.box((left + 40, top + 90, left + width - 40, 900), PAPER)
        sheet.shape(((left, top + 100), (left + width * 0.2, top), (left + width * 0.8, top), (left + width, top + 100)), fill)
        for window in range(3):
            x = left + 80 + window * (width - 190) / 2
            sheet.box((x, top + 136, x + 40, top + 190), GREY, 4)
    sheet.box((700, 230, 722, 900), INK)
    sheet.shape(((724, 200), (742, 200), (900, 110), (900, 350), (742, 262), (724, 262)), RED)
    sheet.box((690, 196, 744, 266), DEEP, 14)
    sheet.box((892, 96, 918, 364), DEEP, 13)
    for radius in (120, 190, 260):
        sheet.arc((880, 230), radius, (-34, 34), BLUE, 12)


def november(sheet: Sheet) -> None:
    """A calendar sheet with the numeral 11 and a grid of days."""
    sheet.box((0, 760, 1600, 900), SHADE)
    sheet.box((394, 122, 1230, 812), GREY, 20)
    sheet.box((378, 104, 1214, 794), WHITE, 20)
    sheet.box((378, 104, 1214, 310), RED, 20)
    sheet.box((378, 270, 1214, 310), RED)
    sheet.text((796, 212), "11", 150, PAPER)
    for x in (500, 698, 894, 1092):
        sheet.disc((x, 132), 20, DEEP)
        sheet.box((x - 9, 64, x + 9, 142), INK, 9)
    for day in range(30):
        row, column = divmod(day + 2, 7)
        left, top = 430 + column * 108, 344 + row * 86
        fill = RED if day + 1 in (18, 20) else (BLUE if day + 1 == 9 else SHADE)
        sheet.box((left, top, left + 84, top + 62), fill, 10)


def network(sheet: Sheet) -> None:
    """Places linked with a centre and with one another."""
    centre = (800.0, 450.0)
    inner = _around(centre, (300, 190), 8, 10)
    outer = _around(centre, (610, 350), 22, 4)
    for place, end in enumerate(outer):
        sheet.line((inner[round(place * 8 / 22) % 8], end), MIST, 5)
    for end in inner:
        sheet.line((centre, end), BLUE, 8)
    for place, end in enumerate(outer):
        sheet.disc(end, 26 if place % 3 else 34, BLUE if place % 3 else STONE)
        sheet.disc(end, 11, PAPER)
    for end in inner:
        sheet.disc(end, 46, INK)
        sheet.disc(end, 20, PAPER)
    sheet.disc(centre, 96, RED)
    sheet.box((744, 412, 856, 478), PAPER, 8)
    sheet.box((790, 478, 810, 498), PAPER)
    sheet.box((762, 494, 838, 506), PAPER, 6)


def bar_chart(sheet: Sheet) -> None:
    """Places that took part in four online conferences of Bắc Kạn in 2023 (Báo Bắc Kạn): 196, 188, 200, 204."""
    base, unit = 740, 2.5
    for step in range(0, 251, 50):
        y = base - step * unit
        sheet.box((240, y - 2, 1400, y + 2), SHADE if step else INK)
        sheet.text((186, y), str(step), 34, STONE)
    for place, value in enumerate((196, 188, 200, 204)):
        left = 330 + place * 270
        top = base - value * unit
        sheet.box((left, top, left + 170, base), RED if value == 204 else BLUE, 8)
        sheet.box((left, base - 12, left + 170, base), RED if value == 204 else BLUE)
        sheet.text((left + 85, top - 42), str(value), 56, INK)
        sheet.text((left + 85, base + 58), str(place + 1), 40, STONE)
    sheet.box((240, base - 3, 1400, base + 3), INK)


def resolution_35(sheet: Sheet) -> None:
    """A document with the numeral 35 and a shield."""
    sheet.box((0, 700, 1600, 900), SHADE)
    sheet.page((380, 100, 900, 790), 0)
    sheet.text((640, 330), "35", 200, INK)
    sheet.rows((453, 480, 827, 700), 6, GREY, 10)
    sheet.shape(_shield((1060, 470), 196, 236), DEEP)
    sheet.shape(_shield((1060, 470), 172, 210), RED)
    sheet.shape(_shield((1060, 470), 120, 148), PAPER)
    sheet.line(((1004, 462), (1046, 506), (1122, 412)), RED, 24)


def _shield(centre: Point, half_width: float, half_height: float) -> list[Point]:
    """A shield as a polygon: straight top, sides that meet in a point."""
    x, y = centre
    top, low = y - half_height, y + half_height
    return [
        *_curve((x, top - 26), (x + half_width * 0.5, top + 16), (x + half_width, top + 14)),
        *_curve((x + half_width, y), (x + half_width * 0.92, y + half_height * 0.62), (x, low)),
        *_curve((x, low), (x - half_width * 0.92, y + half_height * 0.62), (x - half_width, y)),
        *_curve((x - half_width, top + 14), (x - half_width * 0.5, top + 16), (x, top - 26)),
    ]


def four_columns(sheet: Sheet) -> None:
    """Four columns on common ground, under one roof."""
    sheet.box((160, 764, 1440, 800), INK, 6)
    sheet.box((200, 728, 1400, 764), STONE, 6)
    sheet.shape(((180, 230), (800, 70), (1420, 230)), RED)
    sheet.box((180, 224, 1420, 282), DEEP, 4)
    for place, number in enumerate(("57", "59", "66", "68")):
        left = 262 + place * 288
        sheet.box((left, 280, left + 212, 318), BLUE, 8)
        sheet.box((left + 20, 318, left + 192, 700), WHITE)
        for groove in range(5):
            x = left + 44 + groove * 31
            sheet.box((x - 3, 330, x + 3, 420), SHADE, 3)
            sheet.box((x - 3, 580, x + 3, 690), SHADE, 3)
        sheet.text((left + 106, 500), number, 108, INK)
        sheet.box((left, 700, left + 212, 728), BLUE, 8)


def bridge(sheet: Sheet) -> None:
    """A cable-stayed bridge that runs to the horizon."""
    vanishing = (800.0, 452.0)
    edges = ((420.0, 900.0), (1180.0, 900.0))
    hills = [
        *_curve((0, 420), (300, 300), (660, 440)),
        *_curve((660, 440), (1100, 330), (1600, 410)),
        (1600, 480),
        (0, 480),
    ]
    sheet.shape(hills, MIST)
    sheet.box((0, 452, 1600, 900), BLUE)
    for y, left, right in (
        (520, 1200, 1360),
        (600, 1180, 1480),
        (700, 1260, 1440),
        (800, 1340, 1560),
        (540, 300, 520),
        (640, 90, 340),
        (760, 60, 240),
    ):
        sheet.box((left, y - 4, right, y + 4), MIST, 4)
    sheet.shape((*edges, vanishing), INK)
    sheet.shape(((456, 900), (1144, 900), vanishing), PAPER)
    for part in (0.04, 0.36, 0.58, 0.73, 0.83):
        near, far = _between((800, 900), vanishing, part), _between((800, 900), vanishing, part + (1 - part) * 0.2)
        wide, narrow = 12 * (1 - part), 12 * (1 - part) * 0.8
        sheet.shape(
            (
                (near[0] - wide, near[1]),
                (near[0] + wide, near[1]),
                (far[0] + narrow, far[1]),
                (far[0] - narrow, far[1]),
            ),
            GREY,
        )
    for part in (0.76, 0.26):
        _tower(sheet, edges, vanishing, part)


def _tower(sheet: Sheet, edges: tuple[Point, Point], vanishing: Point, part: float) -> None:
    """A pair of posts with stays and two cross beams, at `part` of the way to the vanishing point."""
    size = 1 - part
    feet = [_between(edge, vanishing, part) for edge in edges]
    base, top = feet[0][1], feet[0][1] - 980 * size
    for edge, foot in zip(edges, feet, strict=True):
        head = (foot[0] + (vanishing[0] - foot[0]) * 0.34, top)
        for stay in (-0.3, -0.2, -0.1, 0.12, 0.24, 0.36, 0.48):
            anchor = _between(edge, vanishing, part + stay * size)
            sheet.line(((head[0], top + 60 * size), anchor), STONE, 5 * size + 1)
        sheet.line((foot, head), INK, 40 * size)
    for height, reach in ((0.62, 0.22), (0.97, 0.33)):
        y = base - 980 * size * height
        left = feet[0][0] + (vanishing[0] - feet[0][0]) * reach
        sheet.line(((left, y), (2 * vanishing[0] - left, y)), RED, 30 * size)


def _between(start: Point, end: Point, part: float) -> Point:
    """The point at `part` (0 to 1) of the way from `start` to `end`."""
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def chip_and_leaf(sheet: Sheet) -> None:
    """A chip whose lines grow into leaves."""
    for place in range(7):
        offset = -150 + place * 50
        for start, end in (
            ((560 + offset, 250), (560 + offset, 170)),
            ((560 + offset, 650), (560 + offset, 730)),
            ((360, 450 + offset), (280, 450 + offset)),
        ):
            sheet.line((start, end), STONE, 10)
            sheet.disc(end, 13, STONE)
    for offset, bend in ((-150, 250), (-50, 400), (50, 500), (150, 650)):
        sheet.line(_curve((760, 450 + offset), (900, 450 + offset), (1010, bend)), BLUE, 10)
    sheet.box((340, 230, 780, 670), INK, 28)
    sheet.box((380, 270, 740, 630), BLUE, 16)
    sheet.box((450, 340, 670, 560), PAPER, 12)
    sheet.box((490, 380, 630, 520), RED, 10)
    for start, end, width, fill in (
        ((1010, 250), (1290, 130), 80, RED),
        ((1010, 400), (1420, 330), 100, BLUE),
        ((1010, 500), (1440, 560), 100, STONE),
        ((1010, 650), (1290, 780), 80, RED),
    ):
        _leaf(sheet, start, end, width, fill)


def _leaf(sheet: Sheet, start: Point, end: Point, width: float, fill: str) -> None:
    """A leaf from its stalk to its tip."""
    long = math.dist(start, end)
    side = ((start[1] - end[1]) / long * width, (end[0] - start[0]) / long * width)
    middle = _between(start, end, 0.45)
    upper = _curve(start, (middle[0] + side[0], middle[1] + side[1]), end)
    lower = _curve(end, (middle[0] - side[0], middle[1] - side[1]), start)
    sheet.shape(upper + lower, fill)
    sheet.line((start, _between(start, end, 0.86)), PAPER, 5)


def mark(sheet: Sheet) -> None:
    """The mark of the bulletin: an open booklet and a line that rises from it."""
    sheet.shape([*_curve((256, 262), (166, 204), (78, 236)), *_curve((78, 398), (166, 366), (256, 420))], PAPER)
    sheet.shape([*_curve((256, 262), (346, 204), (434, 236)), *_curve((434, 398), (346, 366), (256, 420))], WHITE)
    sheet.line(((256, 266), (256, 418)), RED, 10)
    sheet.line(((96, 190), (190, 142), (256, 172), (398, 84)), PAPER, 22)
    sheet.disc((398, 84), 25, PAPER)


PICTURES: dict[str, tuple[tuple[int, int], str, Callable[[Sheet], None]]] = {
    "hoi-truong-truc-tuyen": (WIDE, PAPER, online_hall),
    "sach-va-van-ban": (WIDE, PAPER, books_and_documents),
    "hop-chi-bo": (WIDE, PAPER, cell_meeting),
    "loa-truyen-thanh": (WIDE, PAPER, loudspeaker),
    "lich-thang-muoi-mot": (WIDE, PAPER, november),
    "ban-do-diem-cau": (WIDE, PAPER, network),
    "bieu-do-cot": (WIDE, PAPER, bar_chart),
    "nghi-quyet-35": (WIDE, PAPER, resolution_35),
    "bon-tru-cot": (WIDE, PAPER, four_columns),
    "cau-noi": (WIDE, PAPER, bridge),
    "may-tinh-va-la": (WIDE, PAPER, chip_and_leaf),
    "dau-hieu": (SQUARE, RED, mark),
}


def draw_all(folder: Path) -> None:
    """Write every picture into `folder`, which is made if it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (size, ground, draw) in PICTURES.items():
        sheet = Sheet(size, ground)
        draw(sheet)
        sheet.save(folder / f"{name}.png")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python docs/illustrations.py OUT_DIR")
    draw_all(Path(sys.argv[1]))
