"""A bar for long work, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

T = TypeVar("T")
Track = Callable[[Iterable[T], str, int], Iterable[T]]


def silent(items: Iterable[T], _label: str, _total: int = 0) -> Iterable[T]:
    """No bar."""
    return items


@contextmanager
def bar() -> Iterator[Track]:
    """A `track(items, label, total)` that shows how far the work is, where standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description:<22}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:

        def track(items: Iterable[T], label: str, total: int = 0) -> Iterable[T]:
            return progress.track(items, total=total or None, description=label)

        yield track
