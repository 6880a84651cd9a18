"""What must not be found: everything by which an internal piece is known, and that nothing public says, too."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bantin.addresses import Addresses
from bantin.parallel import spread
from bantin.publishing import haystack, pictures
from bantin.publishing.pictures import Look
from bantin.publishing.raw import Piece, Raw
from bantin.publishing.words import BREAK, RUN, address, bare, number, plain, windows, words
from bantin.vietnamese import parse_day, parse_moment, short_date, slug

LONG = 8  # letters of a word that is no Vietnamese syllable, and so may be known by itself
# By key of a header: what it is called, and with how many words it is no chance.
SAID = {
    "title": ("tiêu đề", 3), "name": ("tên tác giả", 2), "role": ("vai trò", 4), "summary": ("sapo", 4), "category": ("chuyên mục", 3),
    "column": ("cột mục", 3), "image_alt": ("mô tả ảnh", 3), "image_caption": ("chú thích ảnh", 3), "image_credit": ("nguồn ảnh", 3),
    "source": ("nguồn tin", 3), "correction": ("đính chính", 4), "resolutions": ("văn bản", 3),
}  # fmt: skip
OTHER = ("đầu bài", 4)
_LISTS = {"authors": ("tên tác giả", 2), "author": ("tên tác giả", 2), "tags": ("thẻ", 3)}
_SILENT = {"date", "modified", "embargo", "status", "audience", "bulletin", "featured", "image", "slug", "issued", "kind"}
_NUMBER = re.compile(r"\d+(?:/\d{4})?[-/][A-ZĐ]\w*(?:[-/][A-ZĐ]\w*)+|\d+[-/][A-ZĐ]\w*/[A-ZĐ]\w*")
_PROGRAM = ("*.html", "*.js", "*.css", "*.txt", "*.py")
BODY, LINK, WORD, ADDRESS, FILE = "nội dung", "liên kết", "chữ", "địa chỉ", "tên tệp"

Secret = tuple[str, str]  # the raw file, and what of it


@dataclass(eq=False)
class Needles:
    """`phrases`: by how many words they have, and by number (`words.windows`); `files`: by SHA-256; `looks`: of pictures."""

    phrases: dict[int, dict[int, Secret]] = field(default_factory=lambda: defaultdict(dict))
    files: dict[bytes, str] = field(default_factory=dict)
    looks: list[tuple[Look, str]] = field(default_factory=list)
    clean: set[int] = field(default_factory=set)  # texts that were searched, and nothing was found

    def phrase(self, found: list[str], secret: Secret, least: int) -> None:
        """Words of a piece: every `RUN` of them where there are as many, else all of them unless they are too few."""
        if len(found) >= RUN:
            self.phrases[RUN].update(dict.fromkeys(windows(found, RUN), secret))
        elif len(found) >= least or len(found) > 1 and any(map(_long, found)):
            self.phrases[len(found)].setdefault(number(found), secret)

    def units(self, found: list[str], secret: Secret, least: int) -> None:
        """Words of a text in units: each unit, and each long word."""
        start = 0
        for end in (n for n, word in enumerate((*found, BREAK)) if word == BREAK):
            self.phrase(found[start:end], secret, least)
            start = end + 1
        for word in filter(_long, found):
            self.phrases[1].setdefault(number([word]), (secret[0], WORD))

    @property
    def stamp(self) -> str:
        """Changes with whatever is looked for."""
        phrases = sorted((size, *one) for size, table in self.phrases.items() for one in table.items())
        looks = sorted((path, look.shape, look.dots) for look, path in self.looks)
        return hashlib.sha256(repr((phrases, sorted(self.files.items()), looks)).encode("utf-8", "surrogatepass")).hexdigest()

    def without(self, public: Iterable[list[str]]) -> None:
        """Forget what stands in a public text, too."""
        texts = list(public)
        for _, found in spread(self._in, texts):
            for size, numbers in found.items():
                for one in numbers:
                    self.phrases[size].pop(one, None)

    def _in(self, text: list[str]) -> dict[int, set[int]]:
        known = [word for word in text if word != BREAK]
        return {size: numbers for size, table in self.phrases.items() if (numbers := table.keys() & windows(known, size))}


def needles(raw: Raw, addresses: Addresses, program: Iterable[Path]) -> Needles:
    """What of a content folder must not be found in what is published. program: folders whose words are in every page."""
    found = Needles()
    for piece in raw.internal:
        _of_piece(found, piece, addresses)
    for path in raw.kept:
        _of_file(found, path, (raw.root / path).read_bytes())
    if raw.internal or raw.kept:
        found.without(public_words(raw, addresses, program))
        _forget_shown(found, raw)
    return found


def _of_piece(found: Needles, piece: Piece, addresses: Addresses) -> None:
    path = piece.path
    for key, values in piece.fields.items():
        for value in values if key not in (*_SILENT, *_LISTS) else ():
            kind, least = SAID.get(key, OTHER)
            found.units(words(value), (path, kind), least)
    for key, (kind, least) in _LISTS.items():
        for name in piece.names(key):
            found.units(words(name), (path, kind), least)
    found.phrase(bare(address(piece.get("title"))), (path, "tiêu đề"), 3)
    found.phrase(bare(_slug(piece)), (path, FILE), 3)
    shown, hidden = plain(piece.body)
    found.units(words(shown), (path, BODY), 4)
    for text in hidden:
        found.units(words(address(text)), (path, LINK), 4)
    for text in _NUMBER.findall(piece.text):
        found.phrase(words(text), (path, "văn bản"), 3)
    for url in _addresses(piece, addresses):
        found.phrase(bare(url), (path, ADDRESS), 2)


def _of_file(found: Needles, path: str, data: bytes) -> None:
    """A picture or attachment that nothing public names: its name, bytes, looks, and what it says."""
    found.phrase(bare(path), (path, FILE), 3)
    found.phrase(bare(f"{path.partition('/')[0]}/{slug(Path(path).stem)[:60]}"), (path, FILE), 3)
    found.files[hashlib.sha256(data).digest()] = path
    look = pictures.look(data)
    if look and look.distinctive:
        found.looks.append((look, path))
    for text in haystack.texts(path, data):
        if not isinstance(text, haystack.Noise):
            found.units(words(text), (path, BODY), 4)


def _addresses(piece: Piece, addresses: Addresses) -> Iterator[str]:
    """Where a piece would be, and the lists of what is said of it."""
    folder, name = piece.path.partition("/")[0], _slug(piece)
    date = parse_moment(piece.get("date"))
    if folder in ("bai-viet", "noi-bo") and date:
        yield addresses.of("ARTICLE", slug=name, date=date).url
    elif folder == "trang":
        yield addresses.of("PAGE", slug=name).url
    for kind, names in (
        ("CATEGORY", piece.names("category")), ("TAG", piece.names("tags")), ("AUTHOR", piece.names("authors", "author", "name")),
    ):  # fmt: skip
        yield from (addresses.named(kind, one).url for one in names)


def public_words(raw: Raw, addresses: Addresses, program: Iterable[Path]) -> Iterator[list[str]]:
    """The words of everything that is public: as it was written, as it is read, as addresses have it, and as it is cited."""
    for piece in raw.public:
        shown, hidden = plain(piece.body)
        yield words(piece.text)
        yield words(f"{shown} {' '.join(hidden)}")
        yield bare(f"{piece.text} {_slug(piece)} {address(' '.join(hidden))}")
        yield bare(" ".join(_addresses(piece, addresses)))
        yield from map(words, _citations(piece))
    for text in raw.catalogues:
        yield from (words(text), bare(text))
    for path in raw.shown:
        yield bare(f"{path} {path.partition('/')[0]}/{slug(Path(path).stem)}")
        yield from map(words, haystack.texts(path, (raw.root / path).read_bytes()))
    for folder in program:
        for pattern in _PROGRAM:
            for file in sorted(folder.rglob(pattern)):
                yield words(file.read_text(encoding="utf-8", errors="replace"))


def _citations(piece: Piece) -> Iterator[str]:
    """A document as pages cite it: put together from its header, and so in no file as a whole."""
    if not piece.get("number"):
        return
    day = parse_day(piece.get("issued"))
    dates = (short_date(day), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}") if day else ("",)
    for date in dates:
        for term in ("", f"khóa {piece.get('term')}"):
            said = f"{piece.get('kind')} số {piece.get('number')} ngày {date} của {piece.get('issuer')} {term}"
            yield f"{said} {piece.get('title')} {said}"


def _forget_shown(found: Needles, raw: Raw) -> None:
    """The same file under two names, or the same picture, of which one is public."""
    for path in raw.shown:
        data = (raw.root / path).read_bytes()
        found.files.pop(hashlib.sha256(data).digest(), None)
        if _may_be(found, data):
            look = pictures.look(data)
            found.looks = [(kept, name) for kept, name in found.looks if not (look and kept.like(look))]


def _may_be(found: Needles, data: bytes) -> bool:
    shape = pictures.shape(data) if found.looks else 0
    return any(look.shaped(shape) for look, _ in found.looks)


def _slug(piece: Piece) -> str:
    written = piece.get("slug")
    return slug(written or Path(piece.path).stem)


def _long(word: str) -> bool:
    return len(word) >= LONG and not any(c.isdigit() for c in word)
