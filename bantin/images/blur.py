"""What stands in a picture's place while it loads: a mean colour and six shades, as classes of the theme's stylesheet.

The site's policy forbids inline styles and data addresses, and a stylesheet with a rule for each picture would grow with
the archive. So a picture says what it looks like with a handful of classes from a fixed set; 5x-picture.css turns them
into soft gradients. It costs no request, the same few hundred bytes of CSS for any number of pictures, and no layout.
"""

from __future__ import annotations

from PIL import Image

CELLS = "pqrstu"  # three above, three below
LIGHTNESS = tuple(step / 20 for step in range(2, 21))  # of OKLab: .l0 to .l18
TINT = (-0.14, -0.08, -0.04, -0.015, 0.0, 0.015, 0.04, 0.08, 0.14)  # .a0 to .a8, .b0 to .b8: finest where eyes are
SHADE = (-0.24, -0.14, -0.06, 0.0, 0.06, 0.14, 0.24)  # by which a cell is lighter: .p0 to .p6
Colour = tuple[float, float, float]


def blur(image: Image.Image) -> str:
    """The classes, or nothing where the ground would show through. image: RGB or RGBA."""
    if image.mode == "RGBA":
        return ""
    small = image.resize((3, 2), Image.Resampling.BOX)
    cells = [oklab(small.getpixel((x, y))) for y in range(2) for x in range(3)]  # type: ignore[arg-type]
    mean = [sum(part) / len(cells) for part in zip(*cells, strict=True)]
    levels = {"l": LIGHTNESS, "a": TINT, "b": TINT}
    near = {name: _nearest(value, levels[name]) for name, value in zip("lab", mean, strict=True)}
    base = LIGHTNESS[near["l"]]
    shades = {name: _nearest(cell[0] - base, SHADE) for name, cell in zip(CELLS, cells, strict=True)}
    # A level of zero needs no class.
    said = [
        f"l{near['l']}",
        *(f"{n}{near[n]}" for n in "ab" if TINT[near[n]]),
        *(f"{n}{s}" for n, s in shades.items() if SHADE[s]),
    ]
    return " ".join(("blur", *said))


def oklab(colour: tuple[int, int, int]) -> Colour:
    """Ottosson's OKLab of an sRGB colour of 0 to 255."""
    r, g, b = (_linear(part / 255) for part in colour[:3])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(part: float) -> float:
    return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)


def _nearest(value: float, levels: tuple[float, ...]) -> int:
    return min(range(len(levels)), key=lambda i: abs(levels[i] - value))
