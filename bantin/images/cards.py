"""The picture by which a link to a page is shown elsewhere: 1200 x 630, the title in our fonts, made once for what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import PIL
from PIL import Image, ImageColor, ImageDraw, ImageOps

from bantin.build import replace
from bantin.images.flat import FILTER, FORM, Stripe, blank, flat_png, stripe
from bantin.images.letters import FONTS, LAYOUT, Face, block, fitted, readable, write
from bantin.images.reading import open_picture
from bantin.images.within import jpeg_within

CARD_WIDTH, CARD_HEIGHT = 1200, 630
BAND = 104  # height of the band at the foot
MARGIN = 64
PICTURE = 528  # width of an article's picture
TALLEST, FLATTEST = CARD_HEIGHT - BAND, PICTURE * 9 // 16  # nothing is cropped from 16:9 to square
BESIDE = 300  # side of the mark where there is no picture
TITLE, TEXT = "BeVietnamPro-Bold", "BeVietnamPro-Medium"
LARGEST, LARGEST_BESIDE, SMALLEST = 84, 66, 36  # sizes of a title, alone and beside a picture
LINES = 5
NEAR = 12  # a colour of the mark that is closer to a ground would be taken for it
PAPER, INK, SOFT, WHITE = "#ffffff", "#1c1a18", "#5c5852", "#ffffff"
RECIPE = f"3 {PIL.__version__} {LAYOUT.name} {FORM}"
MOST_BYTES = 80_000
BLENDS = 10  # steps between two colours of a palette; closer ones would be taken for the ground, as Pillow looks roughly
KEPT = 1 << 11  # packed lines that may come again: sections, days


@dataclass(frozen=True, slots=True)
class Share:
    """What a card says. `picture` and `mark`: the files, or None; `accent`: a CSS colour that white can be read on."""

    title: str
    above: str  # the section, in the accent colour
    below: str  # the date line
    name: str  # of the publication
    publisher: str
    accent: str
    picture: Path | None = None
    mark: Path | None = None


def card_name(share: Share) -> str:
    """The file's name below the folder of pictures: by what the card says, shows, and is drawn with."""
    said = (share.title, share.above, share.below, share.name, share.publisher, share.accent)
    shown = [seen[1] if seen else "" for seen in (_seen(share.picture), _seen(share.mark))]
    key = hashlib.sha256(chr(0).join((RECIPE, _fonts(), *said, *shown)).encode()).hexdigest()[:16]
    return f"the/{key}.{'jpg' if share.picture else 'png'}"


Seen = tuple[Path, str]  # a file and what it holds, so that what is kept for the next card is of this very picture


def _seen(path: Path | None) -> Seen | None:
    if not path:
        return None
    state = path.stat()
    return path, _digest(path, (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino))


@cache
def _digest(path: Path, _state: tuple[int, ...]) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _fonts() -> str:
    return hashlib.sha256(b"".join((FONTS / f"{name}.ttf").read_bytes() for name in (TITLE, TEXT))).hexdigest()


def card_file(share: Share, cache: Path) -> Path:
    """The card, PNG or with a picture JPEG, at most 80 KB; what the cache has is not drawn again. Raises `BadPicture`.

    Fonts, letters, lines and the band are kept for the next card of the process; the bytes are the same in every process.
    """
    target = cache / "anh" / card_name(share)
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, jpeg_within(draw(share), MOST_BYTES) if share.picture else _flat(share))
    return target


# By the blend: the number of the colour for each of 256 degrees of cover. All on paper share the number of paper.
_BLENDED = [
    bytes(step and blend * (BLENDS + 1) + step for step in (round(cover * BLENDS / 255) for cover in range(256)))
    for blend in range(3)
]


@cache
def _palette(accent: str, mark: Seen | None) -> Image.Image:
    """The colours of a card without a picture: blends of text and ground, and those of the mark."""
    pairs = ((PAPER, INK), (PAPER, accent), (PAPER, SOFT), (accent, WHITE))
    grounds = [tuple(ImageColor.getrgb(colour)[:3] for colour in pair) for pair in pairs]
    colours = [
        round(a + (b - a) * step / BLENDS)
        for one, other in grounds
        for step in range(BLENDS + 1)
        for a, b in zip(one, other, strict=True)
    ]
    if mark:
        small = _on_white(open_picture(mark[0])).quantize(256 - len(colours) // 3, dither=Image.Dither.NONE)
        shades: list[tuple[int, ...]] = [shade for _, shade in small.convert("RGB").getcolors(256) or ()]  # type: ignore[misc]
        far = [
            s for s in shades if all(max(abs(a - b) for a, b in zip(s, g, strict=True)) > NEAR for pair in grounds for g in pair)
        ]
        colours += [part for shade in far for part in shade]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def draw(share: Share) -> Image.Image:
    """The card as a picture, in full colour. Raises `BadPicture`."""
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), PAPER)
    if share.picture:
        _place_picture(card, share.picture)
    mark = _seen(share.mark)
    if mark and _alone(share):
        card.paste(_mark(mark, BESIDE), (CARD_WIDTH - MARGIN - BESIDE, (TALLEST - BESIDE) // 2))
    wide = CARD_WIDTH - PICTURE if share.picture else CARD_WIDTH
    for y, line in _text(share):
        made = block(line.face, line.lines, wide, MARGIN)
        card.paste((INK, share.accent, SOFT)[line.blend], (0, y - made.rise), made.mask)
    card.paste(_band(share.name, share.publisher, share.accent, mark), (0, TALLEST))
    return card


def _alone(share: Share) -> bool:
    """The site's own card, with the mark beside what it says."""
    return bool(share.mark and not share.below and not share.picture)


def _flat(share: Share) -> bytes:
    """A card without a picture, as PNG. An article's is written in numbers of colours from the start, above the packed band."""
    mark = _seen(share.mark)
    stripes = [_packed(_numbered(draw(share), share.accent, mark))] if _alone(share) else _stripes(share, mark)
    return flat_png(bytes(_palette(share.accent, mark).getpalette() or ()), stripes)


def _stripes(share: Share, mark: Seen | None) -> Iterator[Stripe]:
    end = 0
    for y, line in _text(share):
        kept = _kept_line if line.blend else _line  # a title comes once
        rise, made = kept(line)
        start, stop = max(end, y - rise), min(TALLEST, y - rise + made.height)
        if start >= stop:
            continue  # the marks of the line above cover it
        if stop - start != made.height:  # letters with towers of marks
            _, made = _line(line, start - y + rise, stop - y + rise)
        yield blank(CARD_WIDTH, start - end)
        yield made
        end = stop
    yield blank(CARD_WIDTH, TALLEST - end)
    yield _packed_band(share.name, share.publisher, share.accent, mark)


@dataclass(frozen=True, slots=True)
class _Line:
    """Section, title or date as it is set. blend: which of `_BLENDED`."""

    face: Face
    lines: tuple[str, ...]
    blend: int


def _line(line: _Line, first: int = 0, end: int | None = None) -> tuple[int, Stripe]:
    """How far a line's marks rise above it, and its rows from there, or some of them, as wide as the card."""
    made = block(line.face, line.lines, CARD_WIDTH + FILTER, MARGIN + FILTER)
    rows = made.mask.tobytes().translate(_BLENDED[line.blend])
    row = CARD_WIDTH + FILTER
    return made.rise, stripe(rows[first * row : None if end is None else end * row], CARD_WIDTH)


_kept_line = lru_cache(maxsize=KEPT)(_line)


def _text(share: Share) -> Iterator[tuple[int, _Line]]:
    """Section, title and date, from the top down, each with the row of its first line; the title in the middle of the rest."""
    taken = PICTURE - MARGIN // 2 if share.picture else MARGIN + BESIDE if _alone(share) else 0
    width = CARD_WIDTH - 2 * MARGIN - taken
    above, lines_above = _fitted(TITLE, share.above, range(30, 21, -2), width, 80, 2)
    below, lines_below = _fitted(TEXT, share.below, range(26, 19, -2), width, 40, 1)
    top = MARGIN - 8 + (above.step * len(lines_above) if share.above else 0)
    bottom = TALLEST - MARGIN + 16 - (below.step if share.below else 0)
    sizes = range(LARGEST_BESIDE if share.picture else LARGEST, SMALLEST - 1, -2)
    title, lines_title = fitted(TITLE, share.title, sizes, width, bottom - top - 44, LINES)
    for said, y, face, lines, blend in (
        (share.above, MARGIN - 8, above, lines_above, 1),
        (share.title, top + 20, title, lines_title, 0),
        (share.below, bottom, below, lines_below, 2),
    ):
        if said:
            yield y, _Line(face, tuple(lines), blend)


@lru_cache(maxsize=KEPT)
def _fitted(name: str, text: str, sizes: range, width: int, height: int, most: int) -> tuple[Face, list[str]]:
    """As `fitted`, for what may come again."""
    return fitted(name, text, sizes, width, height, most)


@cache
def _band(name: str, publisher: str, accent: str, mark: Seen | None) -> Image.Image:
    """The band in the accent colour with the mark on white, the publication and its publisher: the same on every card."""
    band = Image.new("RGB", (CARD_WIDTH, BAND), accent)
    pen, left = ImageDraw.Draw(band), MARGIN
    if mark:
        side = BAND - 32
        pen.rectangle((left, 16, left + side - 1, 16 + side - 1), fill=WHITE)
        band.paste(_mark(mark, side - 8), (left + 4, 20))
        left += side + 24
    width = CARD_WIDTH - MARGIN - left
    face, lines = fitted(TITLE, name, range(30, 17, -2), width, BAND // 2, 1)
    low, others = fitted(TEXT, publisher, range(24, 17, -2), width, BAND // 2, 1)
    y = write(pen, (left, (BAND - face.step - (low.step if publisher else 0)) // 2), face, lines, WHITE)
    if publisher:
        write(pen, (left, y), low, others, WHITE)
    return band


@cache
def _packed_band(name: str, publisher: str, accent: str, mark: Seen | None) -> Stripe:
    return _packed(_numbered(_band(name, publisher, accent, mark), accent, mark))


def _numbered(image: Image.Image, accent: str, mark: Seen | None) -> Image.Image:
    """A picture as numbers of colours (mode P)."""
    return image.quantize(palette=_palette(accent, mark), dither=Image.Dither.NONE)


def _packed(numbers: Image.Image) -> Stripe:
    rows = Image.new("L", (numbers.width + FILTER, numbers.height))
    rows.paste(Image.frombytes("L", numbers.size, numbers.tobytes()), (FILTER, 0))
    return stripe(rows.tobytes(), numbers.width, small=True)


def _place_picture(card: Image.Image, picture: Path) -> None:
    """At the right; what is left above and below goes on in the colour of its edge."""
    shown = _shown(picture)
    height = shown.height
    left, top = CARD_WIDTH - PICTURE, (TALLEST - height) // 2
    for row, area in ((0, (left, 0, CARD_WIDTH, top)), (height - 1, (left, top + height, CARD_WIDTH, TALLEST))):
        edge = shown.crop((0, row, PICTURE, row + 1)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        card.paste(edge, area)  # type: ignore[arg-type]
    card.paste(shown, (left, top))


def _shown(picture: Path) -> Image.Image:
    """A picture as wide as it stands on a card, whole where its shape is usual."""
    whole = _on_white(open_picture(picture, 2 * PICTURE))
    height = min(TALLEST, max(FLATTEST, round(PICTURE * whole.height / whole.width)))
    return ImageOps.fit(whole, (PICTURE, height), Image.Resampling.LANCZOS)


@cache
def _mark(mark: Seen, side: int) -> Image.Image:
    whole = open_picture(mark[0]).convert("RGBA")
    return _on_white(ImageOps.pad(whole, (side, side), Image.Resampling.LANCZOS, (0, 0, 0, 0)))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, WHITE)
    white.paste(image, mask=image.getchannel("A"))
    return white


def card_words(share: Share) -> str:
    """What stands on a card, for those who do not see it."""
    return ". ".join(readable(TEXT, part) for part in (share.title, share.above, share.below, share.name) if part)
