"""Pieces of work that are done again only where they have to be: another question, another answer, or a file that is not as it was left.

A piece is a name and a function. Names that are gone are forgotten, and so are their files.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from bantin.alike import alike
from bantin.asking import ANSWER, Question, Record, answering, asker, fingerprint, recorded
from bantin.glance import on
from bantin.memory import Index, Kept, Ledger, Made
from bantin.parallel import spread
from bantin.unexpected import during

LIVE = 0.9  # of the questions that are remembered, at least so many are asked
FEW = 100  # questions that are looked at one by one
NO_ANSWER = bytes(ANSWER)  # of a question that nobody asks any more: who asks it again has to hear what is answered then

Files = dict[str, bytes | None]  # None: it lies there, as `Works.left` says


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work: what it gives is its files, by their place on the site, and whatever else it found out."""

    name: str
    work: Callable[[], tuple[Files, Any]]

    @classmethod
    def of(cls, name: str, files: Callable[[], Files]) -> Job:
        """One that makes files and finds out nothing else."""
        return cls(name, lambda: (files(), (None, None)))


@dataclass
class Works:
    """Does the work of one kind. owners: who answers; before: what is known of the last time; intact: whether a file of the
    site is as it was left; write: writes a file that was made, in whatever process that was; put: is told what that returned."""

    owners: Mapping[str, object]
    before: Ledger
    intact: Callable[[str], bool]
    write: Callable[[str, bytes], Any]
    put: Callable[[str, Any], object]
    keep: Callable[[Any], Kept | None]  # turns what a piece found out into what is remembered of it
    still: frozenset[str] = frozenset()  # who is known to answer as the last time, by `answering`
    go_on: Callable[[], object] = on  # called many times a second, raises where the work is to be given up
    done: dict[str, Made] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)  # names of what was done now
    due: dict[str, Made] = field(default_factory=dict)  # what was put off, as it was done an earlier time

    def __post_init__(self) -> None:
        self._questions = list(self.before.questions)
        index = self.before.index
        if not index or len(index.places) != len(self._questions):  # a build that was refused may have added some
            index = Index()
            for question, _ in self._questions:
                index.add(question)
        self._index = index
        self._judged: set[int] = set()  # questions of the last time that were asked again
        self._first = len(self._questions)  # from here on they are new, and nobody has another answer
        self._changed: set[int] = set()  # those of them that were answered otherwise the last time
        self._renewed: set[int] = set()
        self._asks: dict[str, Callable[..., Any]] = {}
        self.origins: dict[str, Any] = {}

    def do(
        self,
        jobs: Sequence[Job],
        track: Callable[[Iterable[Any], int], Iterable[Any]] = lambda items, _: items,
        later: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """All of these. track: shows how far it is; later: what may wait for another build where an earlier one did it.

        Raises what the work raises, or `go_on`.
        """
        stale, done = [], {}
        known = [self.before.pieces.get(job.name) for job in jobs]
        self._judge(set[int]().union(*(made.questions for made in known if made)))
        for job, made in zip(jobs, known, strict=True):
            if made and self._stands(made):
                done[job.name] = made
            elif later(job.name) and (old := made or self.before.due.get(job.name)) and all(map(self.intact, old.outputs)):
                done[job.name] = self.due[job.name] = old
            else:
                stale.append(job)
        self.origins.update((name, self.before.origins[name]) for made in done.values() for name in made.uses)
        for place, (files, extra, record) in track(spread(self._work, stale, go_on=self.go_on), len(stale)):
            job = stale[place]
            for name, written in files.items():
                if written is not None:
                    self.put(name, written)
            self.again.append(job.name)
            self.origins.update(record.uses)
            places = array("I", sorted(self._place(question) for question in record.questions))
            done[job.name] = Made(places, tuple(files), alike(tuple(record.uses)), self.keep(extra))
        self.done.update((job.name, done[job.name]) for job in jobs)  # in their order, whoever was first

    def left(self, job: str, name: str) -> bool:
        """Whether the last run of a piece, in the same world, made a file that still lies there as it was left.

        Where the name of a file is made of what is in it, it need not be made again.
        """
        made = self.before.pieces.get(job) or self.before.due.get(job)
        return made is not None and name in made.outputs and self.intact(name)

    def _work(self, job: Job) -> tuple[dict[str, Any], Any, Record]:
        with during(f"làm {job.name}"):
            (files, extra), record = recorded(job.work)
        return {name: self.write(name, data) if data is not None else None for name, data in files.items()}, extra, record

    def _stands(self, made: Made) -> bool:
        return self._changed.isdisjoint(made.questions) and all(map(self.intact, made.outputs))

    def _judge(self, places: set[int]) -> None:
        """Ask these questions of the last time again."""
        for place in self._doubtful(places) - self._judged:
            self.go_on()
            question, was = self._questions[place]
            if was == NO_ANSWER or self._answer(question) != was:
                self._changed.add(place)
        self._judged |= places

    def _doubtful(self, places: set[int]) -> set[int]:
        """Those of these places whose answer may be another one. What has none is asked of nothing that was done the last time."""
        if len(places) < FEW:
            return {n for n in places if self._questions[n][1] == NO_ANSWER or answering(self._questions[n][0]) not in self.still}
        asked = [found for name, found in self._index.by.items() if name not in self.still]
        return places.intersection(chain.from_iterable(asked))

    def _answer(self, question: Question) -> bytes:
        name, arguments = question
        ask = self._asks.get(name)
        if not ask:
            ask = self._asks[name] = asker(name, self.owners)
        return fingerprint(ask(*arguments))

    def _place(self, question: Question) -> int:
        """Where a question stands; its answer is what is answered now. Whoever relied on another one is done again."""
        place = self._index.places.get(question)
        if place is None:
            place = self._index.add(question)
            self._questions.append((question, self._answer(question)))
            return place
        if place >= self._first:
            return place
        self._judge({place})
        if place in self._changed and place not in self._renewed:
            self._questions[place] = question, self._answer(question)
            self._renewed.add(place)
        return place

    def ledger(self, world: str) -> Ledger:
        """What is to be remembered: the questions that are still asked, and few others."""
        current = {name: made for name, made in self.done.items() if name not in self.due}
        used = set[int]().union(*(made.questions for made in current.values()))
        if len(used) >= LIVE * len(self._questions):
            for place in set(range(len(self._questions))) - used:
                if self._questions[place][1] != NO_ANSWER:
                    self._questions[place] = self._questions[place][0], NO_ANSWER
            return Ledger(world, current, self._questions, self.origins, self.due, self._index)
        moved = {place: n for n, place in enumerate(sorted(used))}
        pieces = {
            name: made._replace(questions=array("I", [moved[place] for place in made.questions]))
            for name, made in current.items()
        }
        return Ledger(world, pieces, [self._questions[place] for place in moved], self.origins, self.due)

    @property
    def files(self) -> Iterator[str]:
        """Every file that this work leaves on the site, but those that it uses."""
        for made in self.done.values():
            yield from made.outputs
