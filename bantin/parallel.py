"""Work spread over the cores: each worker is this process once more (a fork), does its share and sends back what it found.

The result does not depend on how many there are. Where a system cannot fork, one process does it all.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from bantin.glance import on

T = TypeVar("T")
R = TypeVar("R")

LEAST = 24  # pieces for which a second process pays
BATCH = 16  # results sent at a time
OFTEN = 0.05  # seconds between two looks whether to go on


def cores() -> int:
    """How many workers this process may have: `BANTIN_WORKERS`, else as many as there are cores for it."""
    wanted = os.environ.get("BANTIN_WORKERS", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def hurried() -> Iterator[None]:
    """Nothing is collected meanwhile: a build makes a lot of values at once that stay, and looking through them all takes long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spread(
    work: Callable[[T], R], items: Sequence[T], workers: int = 0, go_on: Callable[[], object] = on
) -> Iterator[tuple[int, R]]:
    """(place of an item, what `work` made of it), in any order. Raises what `work` raises, and RuntimeError where a worker died.

    workers: 0 for as many as there are cores; go_on: called many times a second, raises where the work is to be given up. What
    `work` changes in a worker's memory is lost.
    """
    count = min(workers or cores(), len(items) // LEAST)
    if count < 2 or not hasattr(os, "fork"):
        for place, item in enumerate(items):
            go_on()
            yield place, work(item)
        return
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # the workers share what is there: collecting would touch, and so copy, all of it
    context = multiprocessing.get_context("fork")
    running: dict[Connection, BaseProcess] = {}
    try:
        for number in range(count):
            ours, theirs = context.Pipe(duplex=False)
            # A worker has all ends that this process has. Where it kept those to read from, none would ever be told that nobody does.
            args = ((*running, ours), theirs, work, items, number, count, os.getpid())
            process = context.Process(target=_share, args=args, daemon=True)
            process.start()
            theirs.close()
            running[ours] = process
        yield from _gathered(running, go_on)
    finally:
        for one in running.values():
            one.terminate()
        for one in running.values():
            one.join()
        gc.unfreeze()


def _gathered(running: dict[Connection, BaseProcess], go_on: Callable[[], object]) -> Iterator[tuple[int, Any]]:
    """What all workers send, as it comes."""
    open_ends = list(running)
    while open_ends:
        go_on()
        for end in wait(open_ends, OFTEN):
            assert isinstance(end, Connection)
            try:
                found = pickle.loads(end.recv_bytes())
            except EOFError:
                raise RuntimeError("a worker died") from None
            if found is None:
                open_ends.remove(end)
            elif isinstance(found, BaseException):
                raise found
            else:
                yield from found


def _share(
    others: Iterable[Connection], end: Connection, work: Callable, items: Sequence, number: int, count: int, parent: int
) -> None:
    """Every `count`-th item from `number` on; then None. Ends with the process that started it. others: ends that are not its own."""
    gc.enable()
    for other in others:
        other.close()
    try:
        for batch in batches(range(number, len(items), count), BATCH):
            if os.getppid() != parent:
                return
            end.send_bytes(pickle.dumps([(place, work(items[place])) for place in batch], protocol=5))
        end.send_bytes(pickle.dumps(None))
    except BrokenPipeError:
        pass
    except BaseException as error:
        error.add_note(f"in a worker:\n{traceback.format_exc()}")
        end.send_bytes(pickle.dumps(_sendable(error)))
    finally:
        end.close()
        os._exit(0)  # nothing of the parent is to be tidied here


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in their order, `size` at a time; what is left comes last."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _sendable(error: BaseException) -> BaseException:
    """The error itself, or one that says the same where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        said = RuntimeError(f"{type(error).__name__}: {error}")
        for note in getattr(error, "__notes__", ()):
            said.add_note(note)
        return said
    return error
