"""Pictures as pages and bodies show them."""

from __future__ import annotations

from bantin.article import PictureUse
from bantin.body import Figure
from bantin.images import PictureSet
from bantin.images import Rendition as Made
from bantin.images.cards import CARD_HEIGHT, CARD_WIDTH, Share, card_name, card_words
from bantin.views.pieces import Picture, PictureSource, Rendition

LOGO, LOGO_SIDE = "bieu-tuong/512.png", 512  # made of the publisher's mark; pixels


def shown(made: PictureSet, folder: str, use: PictureUse) -> Picture:
    """A picture below the address `folder` with what an article says of it."""
    by_type = {"image/avif": made.avif, "image/webp": made.webp}
    return Picture(
        src=folder + made.fallback.name,
        width=made.fallback.width,
        height=made.fallback.height,
        alt=use.alt,
        sources=tuple(PictureSource(kind, _at(folder, found)) for kind, found in by_type.items() if found),
        renditions=_at(folder, made.plain),
        blur=made.blur,
        caption=use.caption,
        credit=use.credit,
    )


def card(share: Share, folder: str) -> Picture:
    """The card of a page, drawn when files are made."""
    return Picture(folder + card_name(share), CARD_WIDTH, CARD_HEIGHT, card_words(share))


def logo(name: str) -> Picture:
    """The publisher's mark as every site has it, from which `name` is read."""
    return Picture(LOGO, LOGO_SIDE, LOGO_SIDE, name)


def figure(picture: Picture) -> Figure:
    """The same for a body."""
    sources = tuple((s.type, tuple((r.src, r.width) for r in s.renditions)) for s in picture.sources)
    srcset = tuple((r.src, r.width) for r in picture.renditions)
    return Figure(picture.src, picture.width, picture.height, sources, srcset, picture.blur)


def _at(folder: str, made: tuple[Made, ...]) -> tuple[Rendition, ...]:
    return tuple(Rendition(folder + r.name, r.width) for r in made)
