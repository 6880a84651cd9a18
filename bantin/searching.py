"""The search index as pieces of work: Pagefind over a few pages at a time, and each part put together of what that found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import blake2b
from typing import NamedTuple

from bantin.asking import asked
from bantin.jobs import Files, Job, Works
from bantin.memory import Made, Store, packed, unpacked
from bantin.outputs import search
from bantin.outputs.search import lists
from bantin.outputs.search.words import Batch, Words
from bantin.views import Composer
from bantin.views.page import Facts
from bantin.views.search import numbered, open_year

PARTS = ("", search.CLOSED)
_NAME = "search "


class Copy(NamedTuple):
    """The copy of a page: the page's file, the facts that it is filtered by, and the names of its fields."""

    name: str
    facts: Facts | None
    fields: tuple[str, ...]
    stamp: str  # of all of it, and of what stands in the copy


def may_wait(name: str) -> bool:
    """Whether a piece of work is for the search alone."""
    return name.startswith(_NAME)


class Copies:
    """The copies of all pages that can be found, by what was found out while the pages were made: parts, and batches of these.

    year: the open one; a page with facts of an earlier year is of the closed part, unless there are no others.
    """

    def __init__(self, pieces: Mapping[str, Made], year: int) -> None:
        self._pieces, self._year = pieces, year

    @cached_property
    def _parts(self) -> dict[str, list[list[Copy]]]:
        """The batches of each part. A page stays in its batch until there are twice or half as many."""
        parts: dict[str, list[Copy]] = {part: [] for part in PARTS}
        for name, made in self._pieces.items():
            kept = made.extra
            if kept and kept.stamp:
                _, facts, fields, about = kept.rest
                closed = facts is not None and int(facts.year or 0) < self._year
                parts[search.CLOSED if closed else ""].append(Copy(name, facts, fields, f"{name} {kept.stamp} {about}"))
        if not parts[""]:
            parts = {"": parts[search.CLOSED], search.CLOSED: []}
        return {part: _batches(copies) for part, copies in parts.items()}

    def batches(self, part: str) -> int:
        """How many batches a part has; none where it is empty."""
        return len(self._parts[part])

    @asked
    def batch(self, part: str, number: int) -> tuple[Copy, ...]:
        """One batch, sorted; nothing where there are not so many any more."""
        return tuple(copy for batch in self._parts[part][number : number + 1] for copy in batch)

    @asked
    def parts(self) -> tuple[str, ...]:
        """The parts that are not empty."""
        return tuple(part for part in PARTS if self._parts[part])

    @asked
    def fields(self, part: str) -> tuple[str, ...]:
        """Names of all that pages of this part tell of themselves."""
        return tuple(sorted({"title"}.union(*(copy.fields for batch in self._parts[part] for copy in batch))))

    def place(self, name: str) -> tuple[tuple[int, int], str]:
        """Where the copy of a page is kept, and its stamp."""
        kept = self._pieces[name].extra
        assert kept and kept.place
        return kept.place, kept.stamp


def _batches(copies: list[Copy]) -> list[list[Copy]]:
    if not copies:
        return []
    count = 1
    while count * search.FEW < len(copies):
        count *= 2
    batches: list[list[Copy]] = [[] for _ in range(count)]
    for copy in sorted(copies, key=lambda found: found.name):
        batches[_scattered(copy.name) % count].append(copy)
    return [batch for batch in batches if batch]


def _scattered(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8"), digest_size=4).digest(), "big")


class Batches:
    """The batches of each part, as they were made."""

    def __init__(self, pieces: Mapping[str, Made], copies: Copies, store: Store) -> None:
        self._pieces, self._copies, self._store = pieces, copies, store

    def _names(self, part: str) -> list[str]:
        return [_name(part, number) for number in range(self._copies.batches(part))]

    @asked
    def stamps(self, part: str) -> tuple[str, ...]:
        """Of each batch of a part, what changes with it."""
        return tuple(made.stamp for name in self._names(part) if (made := self._pieces[name].extra))

    def all(self, part: str) -> Iterator[Batch]:
        """The batches of a part, each read when it is taken."""
        self.stamps(part)
        found = (self._pieces[name].extra for name in self._names(part))
        return (Batch(*unpacked(self._store.get(made.place, made.stamp))) for made in found if made and made.place)


def _name(part: str, number: int) -> str:
    return f"{_NAME}{part}{number}"


def _whole(part: str) -> str:
    return f"{_NAME}all {part}"


class Searching:
    """The search of a site. works: what its pages were made by; store: where their copies are kept."""

    def __init__(self, composer: Composer, works: Works, store: Store) -> None:
        self._composer, self._works, self._store = composer, works, store
        self.copies = Copies(works.done, open_year(composer))
        self.made = Batches(works.done, self.copies, store)
        self._folder: str = composer.addresses.setting("SEARCH_INDEX")

    def batches(self) -> list[Job]:
        """Pagefind over a few pages each."""
        numbers = [(part, number) for part in PARTS for number in range(self.copies.batches(part))]
        return [Job(_name(part, number), partial(self._batch, part, number)) for part, number in numbers]

    def parts(self) -> list[Job]:
        """What is made of all batches, and the lists beside the index."""
        jobs: dict[str, Callable[[], Files]] = {_whole(part): partial(self._part, part) for part in PARTS}
        jobs[f"{_NAME}numbers"] = self._numbers
        return [Job.of(name, files) for name, files in jobs.items()]

    def _batch(self, part: str, number: int) -> tuple[Files, tuple[bytes, None]]:
        copies = {name: self._copy(name) for name in (one.name for one in self.copies.batch(part, number))}
        files, found = search.batch(copies, self.copies.fields(part))
        return self._below(part, files), (packed(tuple(found)), None)

    def _copy(self, name: str) -> str:
        return self._store.get(*self.copies.place(name)).decode("utf-8")

    def _part(self, part: str) -> Files:
        parts = self.copies.parts()
        if part not in parts:
            return {}
        found, others = Words(self.made.all(part)), [one for one in parts if one != part]
        files = search.part(
            found,
            self.copies.fields(part),
            not part,
            lambda name: self._works.left(_whole(part), f"{self._folder}{part}{name}"),
        )
        facts = {
            one.name: one.facts
            for number in range(self.copies.batches(part))
            for one in self.copies.batch(part, number)
            if one.facts
        }
        pages = {record: name for record, _, name in found.pages}
        files[search.FACETS] = lists.facets(pages, facts, others if not part else ()).encode("utf-8")
        return self._below(part, files)

    def _numbers(self) -> Files:
        if not self.copies.parts():
            return {}
        return self._below("", {search.NUMBERED: lists.numbered(numbered(self._composer)).encode("utf-8")})

    def _below(self, part: str, files: Files) -> Files:
        return {f"{self._folder}{part}{name}": data for name, data in files.items()}
