"""What was saved: one set of files for each burst of saves, without what editors leave beside a file while they write it."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import translate
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Self

from watchfiles import watch

from bantin.files import IGNORED

# Vim tries with 4913 whether it may write; the others write beside the file and rename.
EDITORS = ("4913", "*.tmp", "*.part", "*.crdownload", "*___jb_*___", "flycheck_*", "__pycache__", "*.pyc", "node_modules")
SILENCE = 10.0  # seconds
BLINK = 0.5  # seconds: who waits hears Ctrl-C at least so often, whatever the system
QUIET, LONGEST = 25, 500  # ms: so long nothing was saved, then the burst is over; in any case after the longest


@dataclass(frozen=True, slots=True)
class Watched:
    """What a site is made of. All paths absolute, without links.

    folders: content, theme, catalogues; program: bantin itself; settings: the file, whose neighbours it may import.
    never: what builds write, wherever it lies; ignored: patterns of names, besides ours.
    """

    folders: tuple[Path, ...]
    program: Path
    settings: Path
    never: tuple[Path, ...]
    ignored: tuple[str, ...] = ()

    def restarts(self, path: Path) -> bool:
        """Whether a process that runs already cannot know this change."""
        return path.is_relative_to(self.program) or path.parent == self.settings.parent and path.suffix == ".py"


class Saves:
    """What is saved, gathered meanwhile by a thread of its own, so that a build can ask whether there is more.

    First an empty set, once nothing is missed any more; then what was saved since the last one was taken. None, once, when nothing
    was saved for so many seconds after that.
    """

    def __init__(self, watched: Watched, silence: float = SILENCE) -> None:
        self._silence, self._ended = silence, Event()
        self._bursts: SimpleQueue[frozenset[Path] | Exception] = SimpleQueue()
        self._thread = Thread(target=self._gather, args=(watched,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def waiting(self) -> bool:
        """Whether something was saved since the last set was taken."""
        return not self._bursts.empty()

    def __iter__(self) -> Iterator[frozenset[Path] | None]:
        until = math.inf
        while True:
            saved = self._saved(until)
            yield saved
            until = math.inf if saved is None else time.monotonic() + self._silence

    def _saved(self, until: float) -> frozenset[Path] | None:
        while (left := until - time.monotonic()) > 0:
            with suppress(Empty):
                saved = self._one(min(BLINK, left))
                while self.waiting():
                    saved |= self._one(BLINK)
                return saved
        return None

    def _one(self, timeout: float) -> frozenset[Path]:
        found = self._bursts.get(timeout=timeout)
        if isinstance(found, Exception):
            raise found
        return found

    def _gather(self, watched: Watched) -> None:
        try:
            for burst in changes(watched, self._ended):
                self._bursts.put(burst)
        except Exception as error:  # too many folders for the system, say: told where somebody listens
            self._bursts.put(error)


def changes(watched: Watched, ended: Event | None = None) -> Iterator[frozenset[Path]]:
    """First an empty set, once nothing is missed any more; then one set a burst of saves. ended: no more of them, once it is set."""
    ignored = re.compile("|".join(map(translate, (*IGNORED, *EDITORS, *(p.removeprefix("**/") for p in watched.ignored)))))

    def below(_change: object, name: str) -> bool:
        path = Path(name)
        roots = [root for root in (*watched.folders, watched.program) if path.is_relative_to(root)]
        parts = path.relative_to(max(roots, key=lambda root: len(root.parts))).parts if roots else ()
        return not (any(map(ignored.match, parts)) or any(map(path.is_relative_to, watched.never)))

    def beside(_change: object, name: str) -> bool:
        path = Path(name)
        return path.suffix == ".py" and not ignored.match(path.name)

    folders = [folder for folder in (*watched.folders, watched.program) if folder.is_dir()]
    often = partial(watch, yield_on_timeout=True, stop_event=ended)
    deep = often(*folders, watch_filter=below, step=QUIET, debounce=LONGEST, rust_timeout=QUIET)
    # The folder, not the file: an editor that renames puts another file in its place.
    flat = often(watched.settings.parent, watch_filter=beside, step=1, rust_timeout=1, recursive=False)
    started = False
    for burst, settings in zip(deep, flat, strict=False):
        if burst or settings or not started:
            started = True
            yield frozenset(Path(name) for _, name in burst | settings)
