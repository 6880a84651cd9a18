"""The picture by which a link to a page is shown elsewhere: 1200 x 630, the title in our fonts, made once for what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

import PIL
from PIL import Image, ImageColor, ImageDraw, ImageOps

from bantin.images.files import save
from bantin.images.letters import FONTS, LAYOUT, fitted, readable, write
from bantin.images.reading import open_picture

CARD_WIDTH, CARD_HEIGHT = 1200, 630
BAND = 104  # height of the band at the foot
MARGIN = 64
PICTURE = 528  # width of an article's picture
TALLEST, FLATTEST = CARD_HEIGHT - BAND, PICTURE * 9 // 16  # nothing is cropped from 16:9 to square
BESIDE = 300  # side of the mark where there is no picture
TITLE, TEXT = "BeVietnamPro-Bold", "BeVietnamPro-Medium"
LARGEST, LARGEST_BESIDE, SMALLEST = 84, 66, 36  # sizes of a title, alone and beside a picture
LINES = 5
MANY = 64  # cards for which further processes are worth their start
NEAR = 12  # a colour of the mark that is closer to a ground would be taken for it
PAPER, INK, SOFT, WHITE = "#ffffff", "#1c1a18", "#5c5852", "#ffffff"
RECIPE = f"1 {PIL.__version__} {LAYOUT.name}"
MOST_BYTES = 80_000
QUALITIES = (85, 75, 65, 55, 45)
BLENDS = 10  # steps between two colours of a palette; closer ones would be taken for the ground, as Pillow looks roughly


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
    said = [str(part) for part in astuple(share) if not isinstance(part, Path)]
    shown = [_digest(path, path.stat().st_mtime_ns) if path else "" for path in (share.picture, share.mark)]
    key = hashlib.sha256(chr(0).join((RECIPE, _fonts(), *said, *shown)).encode()).hexdigest()[:16]
    return f"the/{key}.{'jpg' if share.picture else 'png'}"


@cache
def _digest(path: Path, _stamp: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _fonts() -> str:
    return hashlib.sha256(b"".join((FONTS / f"{name}.ttf").read_bytes() for name in (TITLE, TEXT))).hexdigest()


def card_file(share: Share, cache: Path) -> Path:
    """The card, PNG or with a picture JPEG, at most 80 KB; what the cache has is not drawn again. Raises `BadPicture`."""
    target = cache / "anh" / card_name(share)
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        card = draw(share)
        if not share.picture:
            flat = card.quantize(palette=_palette(share.accent, share.mark), dither=Image.Dither.NONE)
            return save(flat, target, compress_level=6)
        for quality in QUALITIES:  # full colour resolution: letters in the accent colour stay sharp
            save(card, target, quality=quality, subsampling=0, optimize=True)
            if target.stat().st_size <= MOST_BYTES:
                break
    return target


def card_files(shares: Iterable[Share], cache: Path, workers: int | None = None) -> dict[str, Path]:
    """The file of each card by its name. Many are drawn side by side, by as many processes as there are cores."""
    named = {card_name(share): share for share in shares}
    missing = [share for name, share in named.items() if not (cache / "anh" / name).is_file()]
    if len(missing) >= MANY:
        # Started afresh, not forked: the same on every system. Where none can be started, the loop below does it all.
        with suppress(OSError, BrokenProcessPool), ProcessPoolExecutor(workers, get_context("spawn")) as pool:
            list(pool.map(partial(card_file, cache=cache), missing, chunksize=16))
    return {name: card_file(share, cache) for name, share in named.items()}


@cache
def _palette(accent: str, mark: Path | None) -> Image.Image:
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
        small = _on_white(open_picture(mark)).quantize(256 - len(colours) // 3, dither=Image.Dither.NONE)
        shades: list[tuple[int, ...]] = [shade for _, shade in small.convert("RGB").getcolors(256) or ()]  # type: ignore[misc]
        far = [
            s for s in shades if all(max(abs(a - b) for a, b in zip(s, g, strict=True)) > NEAR for pair in grounds for g in pair)
        ]
        colours += [part for shade in far for part in shade]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return palette


def draw(share: Share) -> Image.Image:
    """The card as a picture."""
    card = Image.new("RGB", (CARD_WIDTH, CARD_HEIGHT), PAPER)
    pen = ImageDraw.Draw(card)
    right = CARD_WIDTH - MARGIN
    if share.picture:
        right = CARD_WIDTH - PICTURE - MARGIN // 2
        _place_picture(card, share.picture)
    elif share.mark and not share.below:  # the site's own
        right = CARD_WIDTH - 2 * MARGIN - BESIDE
        card.paste(_mark(share.mark, BESIDE), (CARD_WIDTH - MARGIN - BESIDE, (CARD_HEIGHT - BAND - BESIDE) // 2))
    _write_text(pen, share, right - MARGIN)
    card.paste(_band(share.name, share.publisher, share.accent, share.mark), (0, CARD_HEIGHT - BAND))
    return card


def _write_text(pen: ImageDraw.ImageDraw, share: Share, width: int) -> None:
    """Section, title and date: the title in the middle of what the others leave."""
    above, lines_above = fitted(TITLE, share.above, range(30, 21, -2), width, 80, 2)
    below, lines_below = fitted(TEXT, share.below, range(26, 19, -2), width, 40, 1)
    top = write(pen, (MARGIN, MARGIN - 8), above, lines_above, share.accent) if share.above else MARGIN - 8
    bottom = CARD_HEIGHT - BAND - MARGIN + 16 - (below.step if share.below else 0)
    sizes = range(LARGEST_BESIDE if share.picture else LARGEST, SMALLEST - 1, -2)
    title, lines = fitted(TITLE, share.title, sizes, width, bottom - top - 44, LINES)
    write(pen, (MARGIN, top + 20), title, lines, INK)
    if share.below:
        write(pen, (MARGIN, bottom), below, lines_below, SOFT)


@cache
def _band(name: str, publisher: str, accent: str, mark: Path | None) -> Image.Image:
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


def _place_picture(card: Image.Image, path: Path) -> None:
    """At the right, whole where its shape is usual; what is left above and below goes on in the colour of its edge."""
    picture = _on_white(open_picture(path, 2 * PICTURE))
    height = min(TALLEST, max(FLATTEST, round(PICTURE * picture.height / picture.width)))
    shown = ImageOps.fit(picture, (PICTURE, height), Image.Resampling.LANCZOS)
    left, top = CARD_WIDTH - PICTURE, (TALLEST - height) // 2
    for row, area in ((0, (left, 0, CARD_WIDTH, top)), (height - 1, (left, top + height, CARD_WIDTH, TALLEST))):
        edge = shown.crop((0, row, PICTURE, row + 1)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        card.paste(edge, area)  # type: ignore[arg-type]
    card.paste(shown, (left, top))


@cache
def _mark(path: Path, side: int) -> Image.Image:
    whole = open_picture(path).convert("RGBA")
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
