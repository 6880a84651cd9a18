"""What a build has to say, told to every page that is open; a page that opens later hears how things stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from queue import SimpleQueue
from secrets import token_hex
from threading import Event, Lock
from typing import Any

from bantin.diagnostics import Diagnostic

Message = bytes  # an event of a stream of server-sent events, whole


class News:
    """The state of the site and those who listen to it. Any thread may call anything."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listening: dict[SimpleQueue[Message], str] = {}  # and at which page
        self._run, self._good = token_hex(4), 0
        self._last: list[Message] = []  # how the last build that ended went
        self._building: list[Message] = []
        self._came = Event()  # somebody, since something was shown

    @property
    def stamp(self) -> str:
        """Names the site as it is shown: another one after each good build, before that where something is shown already, and in
        each process."""
        return f"{self._run}.{self._good}"

    def building(self) -> None:
        """A build begins."""
        with self._lock:
            self._building = [_message("dang-dung", {})]
            self._tell(self._building)

    def shown(self, changed: Iterable[str], pause: float = 0.0) -> None:
        """A build put these files into place, and goes on: once a page is there again, or after so many seconds."""
        with self._lock:
            self._came.clear()
            self._last = [self._better(changed, ())]
            self._tell([*self._last, *self._building])
        self._came.wait(pause)

    def built(self, changed: Iterable[str], removed: Iterable[str]) -> None:
        """A build went well. changed, removed: names of files from the site's root."""
        with self._lock:
            self._end(self._better(changed, removed))

    def refused(self, problems: Iterable[Diagnostic]) -> None:
        """A build found errors in what somebody wrote; the site is what it was."""
        with self._lock:
            self._end(_message("loi", {"problems": [_plain(problem) for problem in problems]}))

    def broke(self, text: str) -> None:
        """A build failed for another reason; the site is what it was."""
        with self._lock:
            self._end(_message("loi", {"text": text}))

    def looked_at(self) -> frozenset[str]:
        """The pages at which somebody listens: names of files from the site's root, whether there are such or not."""
        with self._lock:
            return frozenset(self._listening.values())

    @contextmanager
    def heard(self, page: str = "") -> Iterator[SimpleQueue[Message]]:
        """Messages as they come; the first say how things stand. page: at which somebody listens."""
        queue: SimpleQueue[Message] = SimpleQueue()
        with self._lock:
            for message in self._last + self._building:
                queue.put(message)
            self._listening[queue] = page
            self._came.set()
        try:
            yield queue
        finally:
            with self._lock:
                del self._listening[queue]

    def _better(self, changed: Iterable[str], removed: Iterable[str]) -> Message:
        previous = self.stamp
        self._good += 1
        names = {"changed": list(changed), "removed": list(removed)}
        return _message("dung-xong", {"stamp": self.stamp, "previous": previous, **names})

    def _end(self, message: Message) -> None:
        self._last, self._building = [message], []
        self._tell(self._last)

    def _tell(self, messages: Iterable[Message]) -> None:
        for queue in self._listening:
            for message in messages:
                queue.put(message)


def _message(name: str, data: Mapping[str, Any]) -> Message:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def _plain(problem: Diagnostic) -> dict[str, Any]:
    return {
        "file": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
    }
