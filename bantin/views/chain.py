"""The chain that a document is part of, from the top down: as a tree, and as a picture with its layout. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unicodedata import normalize

from bantin.documents import Document
from bantin.registry import Registry
from bantin.views.document_pieces import Chain, ChainBox, ChainItem, ChainPicture, ChainText
from bantin.views.pieces import DocumentRef

LEVELS = {"trung-uong": "Trung ương", "tinh": "Cấp tỉnh", "huyen": "Cấp huyện", "co-so": "Cơ sở"}

WIDTH, EDGE = 340, 2  # of the picture; what is kept free for strokes at its sides
INDENT, ROOM = 24, 120  # a level's step to the right; what all steps together may take
PAD_X, PAD_Y, GAP = 14, 9, 14
SIZES = {"level": 13, "name": 15, "issuer": 13, "state": 13, "mark": 13}  # of the text; theme/static/css has the same
HEIGHTS = {"level": 18, "name": 22, "issuer": 18, "state": 18, "mark": 18}

# Widths of letters in hundredths of the size: the bold face of Be Vietnam Pro, measured, rounded up; tones add nothing.
_WIDTHS = {
    width: set(letters)
    for width, letters in (
        (24, "' "), (36, "Iijl·.:,;"), (46, "frt\"“”()1"), (56, "Jsz/"), (64, "ceghknuvxyEFL7-"), (72, "abdopq0235689PSTZđ–"),
        (80, "BDHKRUXYVN4&"), (88, "ACGOQĐ…"), (92, "mwM%"), (108, "W"),
    )
}  # fmt: skip
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_WIDEST = 108

Show = Callable[[Document], DocumentRef]


def chain(registry: Registry, document: Document, show: Show) -> Chain | None:
    """What the document implements and what implements it, at any distance; None where there is only itself.

    A document with two superiors stands below each, the second time without its own children; so cycles end, too.
    """
    above, below = _reach(registry, document, "implements"), _reach(registry, document, "implements_by")
    members = above | below | {document.id: document}
    if len(members) == 1:
        return None
    seen: set[str] = set()

    def item(member: Document) -> ChainItem:
        repeated = member.id in seen
        seen.add(member.id)
        children = () if repeated else [d for d in registry.related(member, "implements_by") if d.id in members]
        level = member.issuer.level
        below_it = tuple(item(child) for child in children)
        return ChainItem(show(member), LEVELS.get(level, ""), level, member is document, repeated, below_it)

    ordered = sorted(members.values(), key=lambda d: d.order)
    tops = [d for d in ordered if not any(s.id in members for s in registry.related(d, "implements"))]
    roots = [item(top) for top in tops]
    roots += [item(rest) for rest in ordered if rest.id not in seen]  # only where they implement each other
    items = tuple(roots)
    return Chain(len(members), items, draw(items, len(members)))


def _reach(registry: Registry, document: Document, relation: str) -> dict[str, Document]:
    """Everything that can be reached from a document by one relation, by id; not the document itself."""
    found: dict[str, Document] = {}
    waiting = [document]
    while waiting:
        for other in registry.related(waiting.pop(), relation):
            if other.id not in found and other is not document:
                found[other.id] = other
                waiting.append(other)
    return found


def draw(items: tuple[ChainItem, ...], count: int) -> ChainPicture:
    """The picture of a tree: a box a row, children one step to the right, below their superior."""
    rows = list(_rows(items, 0, None))
    deepest = max(depth for _, depth, _ in rows)
    step = min(INDENT, ROOM // deepest) if deepest else 0
    boxes: list[ChainBox] = []
    paths = []
    y = EDGE
    for item, depth, parent in rows:
        placed = _box(item, EDGE + depth * step, y)
        if parent is not None:
            paths.append(_connector(boxes[parent], placed, step))
        boxes.append(placed)
        y += placed.height + GAP
    names = "; ".join(item.document.name for item, _, _ in rows if not item.repeated)
    return ChainPicture(WIDTH, y - GAP + EDGE, f"Chuỗi {count} văn bản, từ trên xuống: {names}", tuple(paths), tuple(boxes))


def _rows(items: Iterable[ChainItem], depth: int, parent: int | None) -> Iterator[tuple[ChainItem, int, int | None]]:
    """(item, depth, row of its superior) from the top down."""
    row = 0 if parent is None else parent + 1
    for item in items:
        yield item, depth, parent
        below = list(_rows(item.children, depth + 1, row))
        yield from below
        row += 1 + len(below)


def _connector(above: ChainBox, box: ChainBox, step: int) -> str:
    """Down from the superior's lower edge, then right to the middle of the box."""
    x = above.x + step // 2
    return f"M{x} {above.y + above.height}V{box.y + box.height // 2}H{box.x}"


def _box(item: ChainItem, x: int, y: int) -> ChainBox:
    width = WIDTH - EDGE - x
    lines, bottom = [], y + PAD_Y
    for text, kind in _texts(item, width - 2 * PAD_X):
        bottom += HEIGHTS[kind]
        lines.append(ChainText(text, kind, x + PAD_X, bottom - 4))
    return ChainBox(x, y, width, bottom + PAD_Y - y, item.rank, item.current, item.repeated, tuple(lines))


def _texts(item: ChainItem, room: int) -> Iterator[tuple[str, str]]:
    """The lines of a box, each with its kind."""
    document = item.document
    if item.current:
        yield "Văn bản này", "mark"
    elif item.repeated:
        yield "Đã có ở trên", "mark"
    yield fit(" · ".join(filter(None, (item.level, document.date or document.year))) or "Không rõ ngày", "level", room), "level"
    yield from ((line, "name") for line in wrap(document.name, "name", room))
    yield from ((line, "issuer") for line in wrap(document.issuer, "issuer", room))
    if document.state:
        newer = ", ".join(link.title for link in document.replaced_by)
        text = f"Đã được thay thế bởi {newer}" if newer else "Hết hiệu lực"
        yield from ((line, "state") for line in wrap(text, "state", room))


def measure(text: str, kind: str) -> float:
    """The width of a line of that kind in units; never less than what is drawn."""
    letters = (_WIDTH_OF.get(letter) or _WIDTH_OF.get(normalize("NFD", letter)[0], _WIDEST) for letter in text)
    return sum(letters) * SIZES[kind] / 100


def fit(text: str, kind: str, room: float) -> str:
    """The text, or as many whole words of it as there is room for, and "…"; a single long word is cut."""
    if measure(text, kind) <= room:
        return text
    words = text.split()
    for end in range(len(words) - 1, 0, -1):
        short = " ".join(words[:end]).rstrip(",;:·") + "…"
        if measure(short, kind) <= room:
            return short
    word = words[0] if words else ""
    while word and measure(word + "…", kind) > room:
        word = word[:-1]
    return word + "…"


def wrap(text: str, kind: str, room: float) -> list[str]:
    """The text on one line, or on two, the second ending with "…" where even that is too little."""
    words = text.split()
    for end in range(len(words), 0, -1):
        first = " ".join(words[:end])
        if measure(first, kind) <= room:
            rest = " ".join(words[end:])
            return [first, fit(rest, kind, room)] if rest else [first]
    return [fit(text, kind, room)]
