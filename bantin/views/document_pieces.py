"""The pieces of the pages of documents: the chain and its picture, dated events, abbreviations.

Lengths of the picture are units of its own, about a pixel each where it is shown; x grows to the right, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from bantin.views.pieces import DocumentRef, Link


@dataclass(frozen=True, slots=True)
class ChainItem:
    """A document of a chain with those that implement it. `repeated`: it stood there before, without its children here."""

    document: DocumentRef
    level: str  # "Trung ương" | "Cấp tỉnh" | "Cấp huyện" | "Cơ sở"
    rank: str  # the level's name in class names: "trung-uong" | "tinh" | "huyen" | "co-so"
    current: bool  # the document whose page this is
    repeated: bool
    children: tuple[ChainItem, ...]


@dataclass(frozen=True, slots=True)
class ChainText:
    """A line of text in the picture; x, y: where its base line begins. `kind`: "level" | "name" | "issuer" | "state" | "mark"."""

    text: str
    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A document in the picture."""

    x: int
    y: int
    width: int
    height: int
    rank: str
    current: bool
    repeated: bool
    lines: tuple[ChainText, ...]


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """The chain as a drawing: `paths` are connectors, as the `d` of an SVG path; `label` says in words what it shows."""

    width: int
    height: int
    label: str
    paths: tuple[str, ...]
    boxes: tuple[ChainBox, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """What a document implements and what implements it, from the top: as a list, and the same as a picture."""

    count: int
    items: tuple[ChainItem, ...]
    picture: ChainPicture


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event of a document: `iso` is 2018-10-22, `day` as printed; of `document` and `article` one at most."""

    iso: str
    day: str
    label: str
    document: DocumentRef | None = None
    article: Link | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a symbol stands for; `note`: dates of validity, or the usual form; empty where there is nothing to say."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A symbol of document numbers with all that it stands for."""

    symbol: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class AbbreviationTable:
    """The abbreviations of one kind: `title` is "Loại văn bản", "Cơ quan ban hành"."""

    title: str
    rows: tuple[Abbreviation, ...]
