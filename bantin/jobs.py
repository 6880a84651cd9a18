"""Pieces of work that are done again only where they have to be: another question, another answer, or a file that is not as it was left.

A piece is a name and a function. Names that are gone are forgotten, and so are their files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bantin.asking import Question, Record, answer, recorded
from bantin.memory import Ledger, Made
from bantin.parallel import spread

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work: what it gives is its files, by their place on the site, and whatever else it found out."""

    name: str
    work: Callable[[], tuple[Files, Any]]


@dataclass
class Works:
    """Does the work of one kind. owners: who answers; before: what is known of the last time; intact: whether a file of the
    site is as it was left; put: takes a file that was made."""

    owners: Mapping[str, object]
    before: Ledger
    intact: Callable[[str], bool]
    put: Callable[[str, bytes], Any]
    keep: Callable[[Any], Any] = lambda extra: extra  # turns what a piece found out into what is remembered of it
    done: dict[str, Made] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)  # names of what was done now

    def __post_init__(self) -> None:
        self._places = {question: place for place, (question, _) in enumerate(self.before.questions)}
        self._questions = list(self.before.questions)
        self._verdicts: dict[int, bool] = {}
        self.origins: dict[str, Any] = {}

    def do(self, jobs: Sequence[Job], track: Callable[[Iterable[Any], int], Iterable[Any]] = lambda items, _: items) -> None:
        """All of these. track: shows how far it is. Raises what the work raises."""
        stale, done = [], {}
        for job in jobs:
            made = self.before.pieces.get(job.name)
            if made and self._stands(made):
                done[job.name] = made
                self.origins.update((name, self.before.origins[name]) for name in made.uses)
            else:
                stale.append(job)
        for place, (files, extra, record) in track(spread(self._work, stale), len(stale)):
            job = stale[place]
            for name, data in files.items():
                self.put(name, data)
            self.again.append(job.name)
            self.origins.update(record.uses)
            places = tuple(sorted(self._place(question) for question in record.questions))
            done[job.name] = Made(places, tuple(files), tuple(record.uses), self.keep(extra))
        self.done.update((job.name, done[job.name]) for job in jobs)  # in their order, whoever was first

    def _work(self, job: Job) -> tuple[Files, Any, Record]:
        (files, extra), record = recorded(job.work)
        return files, extra, record

    def _stands(self, made: Made) -> bool:
        return all(self._same(place) for place in made.questions) and all(self.intact(name) for name in made.outputs)

    def _same(self, place: int) -> bool:
        verdict = self._verdicts.get(place)
        if verdict is None:
            question, was = self._questions[place]
            verdict = self._verdicts[place] = answer(question, self.owners) == was
        return verdict

    def _place(self, question: Question) -> int:
        """Where a question stands; its answer is what is answered now."""
        place = self._places.get(question)
        if place is None or not self._same(place):
            place = self._places[question] = len(self._questions)
            self._questions.append((question, answer(question, self.owners)))
            self._verdicts[place] = True
        return place

    def ledger(self, world: str) -> Ledger:
        """What is to be remembered: the questions that are still asked, and no others."""
        used = sorted({place for made in self.done.values() for place in made.questions})
        moved = {place: n for n, place in enumerate(used)}
        pieces = {
            name: Made(tuple(moved[place] for place in made.questions), made.outputs, made.uses, made.extra)
            for name, made in self.done.items()
        }
        return Ledger(world, pieces, [self._questions[place] for place in used], self.origins)

    @property
    def files(self) -> Iterator[str]:
        """Every file that this work leaves on the site, but those that it uses."""
        for made in self.done.values():
            yield from made.outputs
