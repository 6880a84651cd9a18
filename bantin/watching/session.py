"""Build, tell, wait: the loop of watch mode. It ends with Ctrl-C, or where this process has to start again."""

from __future__ import annotations

import gc
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bantin.build import Busy
from bantin.diagnostics import Diagnostic, errors, summary
from bantin.glance import Glance
from bantin.watching.news import News
from bantin.watching.watch import Watched

PAUSE = 0.3  # seconds: a browser needs the cores, too, to show what it is told of

_FRAME = re.compile(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)


class Overtaken(Exception):
    """Somebody saved again: what is being built is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One build. whole: with all that nobody waits for; glance: who waits for it; it raises `Overtaken` where somebody saved again."""

    whole: bool
    glance: Glance


@dataclass(frozen=True, slots=True)
class Built:
    """How a build went; with an error among the problems it wrote nothing.

    changed, removed: names from the site's root, without those that were shown before the rest; due: something that nobody looks at
    meanwhile was put off.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    due: bool = False


def keep_built(
    build: Callable[[Turn], Built],
    prove: Callable[[], object],
    news: News,
    watched: Watched,
    bursts: Iterable[frozenset[Path] | None],
    overtaken: Callable[[], bool] = lambda: False,
) -> None:
    """One build for each burst of saves, and where that put something off, a whole one in the silence after it.

    Returns when program or settings are others, and a new process would come up.

    build prints what is wrong with what was written; whatever it raises is shown, and the loop goes on. overtaken: whether there is
    another burst already.
    """
    program: set[Path] = set()  # changed, and not yet taken over
    due = False
    for burst in bursts:
        if burst is None:
            if due:
                due = _once(build, True, news, watched, overtaken) or False
            gc.collect()  # now that nobody waits: meanwhile no page is served
            continue
        program |= {path for path in burst if watched.restarts(path)}
        if not program:
            put_off = _once(build, False, news, watched, overtaken)
            due = due if put_off is None else put_off
        elif _sound(program, prove, news, watched):
            _say(f"{', '.join(sorted(map(_shown, program)))} đã đổi; khởi động lại")
            return


def _once(
    build: Callable[[Turn], Built], whole: bool, news: News, watched: Watched, overtaken: Callable[[], bool]
) -> bool | None:
    """One build, told; a whole one where it changed something. Whether something was put off; None where nothing was built."""
    news.building()
    shown: list[str] = []

    def show(names: tuple[str, ...]) -> None:
        if names:
            shown.extend(names)
            news.shown(names, PAUSE)

    def go_on() -> None:
        if overtaken():
            raise Overtaken

    try:
        built = build(Turn(whole, Glance(news.looked_at, show, go_on)))
    except Overtaken:
        _say("có tệp lưu thêm trong khi dựng; dựng lại từ đầu")
        return True
    except Busy as busy:
        _say(str(busy))
        news.broke(str(busy))
    except Exception as error:
        _broke(error, news, watched)
    else:
        if errors(built.problems):
            _say(summary(built.problems))
            news.refused(built.problems)
            return None
        changed = len(shown) + len(built.changed)
        if not whole or changed or built.removed:
            removed = f", xóa {len(built.removed)}" if built.removed else ""
            _say(f"dựng lại {changed} tệp{removed} trong {built.seconds:.1f} giây".replace(".", ","))
        news.built(built.changed, built.removed)
        return built.due
    return None


def _sound(program: Iterable[Path], prove: Callable[[], object], news: News, watched: Watched) -> bool:
    """Whether a new process would not die of these files at once; where it would, that is told, and this one stays."""
    try:
        for path in program:
            if path.suffix == ".py" and path.is_file():
                compile(path.read_bytes(), path, "exec")
        prove()
    except Exception as error:
        _broke(error, news, watched)
        return False
    return True


def _broke(error: Exception, news: News, watched: Watched) -> None:
    """The whole story on the terminal, its end in the browser."""
    told = "".join(traceback.format_exception(error))
    print(told, file=sys.stderr, flush=True)
    _say("chưa dựng được; trang vẫn là bản dựng được gần nhất")
    where = _place(error, told, watched)
    news.broke("\n".join(filter(None, (where, f"{type(error).__name__}: {error}"))))


def _place(error: Exception, told: str, watched: Watched) -> str:
    """The line that is to blame: named by a syntax error, else the last in content or theme, else in the program. Workers tell theirs as text."""
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if isinstance(file, str) and line:
        return f"{_shown(Path(file))}:{line}"
    frames = [(Path(found["file"]), found["line"]) for found in _FRAME.finditer(told)]
    edited = [frame for frame in frames if any(map(frame[0].is_relative_to, watched.folders))]
    blamed = edited or [frame for frame in frames if watched.restarts(frame[0])]
    return f"{_shown(blamed[-1][0])}:{blamed[-1][1]}" if blamed else ""


def _shown(path: Path) -> str:
    """As somebody knows it who works in this folder."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)
