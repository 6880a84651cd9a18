"""What was saved: one set of files for each burst of saves, without what editors leave beside a file while they write it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path

from watchfiles import watch

from bantin.files import IGNORED

# Vim tries with 4913 whether it may write; the others write beside the file and rename.
EDITORS = ("4913", "*.tmp", "*.part", "*.crdownload", "*___jb_*___", "flycheck_*", "__pycache__", "*.pyc", "node_modules")
SILENCE = 10  # seconds
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


def changes(watched: Watched, silence: float = SILENCE) -> Iterator[frozenset[Path] | None]:
    """First an empty set, once nothing is missed any more; then one set a burst of saves. What is saved meanwhile comes next.

    None, once, when nothing was saved for so many seconds after that.
    """
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
    deep = watch(*folders, watch_filter=below, step=QUIET, debounce=LONGEST, rust_timeout=QUIET, yield_on_timeout=True)
    # The folder, not the file: an editor that renames puts another file in its place.
    flat = watch(watched.settings.parent, watch_filter=beside, step=1, rust_timeout=1, yield_on_timeout=True, recursive=False)
    started, last = False, 0.0
    for burst, settings in zip(deep, flat, strict=False):
        if burst or settings or not started:
            started = True
            yield frozenset(Path(name) for _, name in burst | settings)
            last = time.monotonic()
        elif last and time.monotonic() - last > silence:
            last = 0.0
            yield None
