"""Releases on the disk: each in a folder of its own, one symbolic link to the one that is served.

    phat-hanh/
      hien-hanh -> ban/20250601-060000    what a server shows
      ban/20250601-060000/                a release; nothing in it changes any more
      ban/.20250602-060000/               one that is being made; whatever a killed run leaves has a dot before its name
      da-phat-hanh.json                   the names of those that were served, so that one that never was can be told
      dung/                               builds are made here; releases share their files by hard links

A build moves files into place and never writes into one (`build.Stage`), so a shared file keeps its bytes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from bantin.files import replace, walk

CURRENT, FOLDER, BUILD, SERVED = "hien-hanh", "ban", "dung", "da-phat-hanh.json"
KEPT = 5
_FORM, _NAME = "%Y%m%d-%H%M%S", re.compile(r"\d{8}-\d{6}")


class Unfit(Exception):
    """What was asked for cannot be published; the message is Vietnamese and says why. What is served stays."""

    exitcode = 1


class Releases:
    """The releases below `home`. Not for two at once: callers hold `build.alone`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.link, self.folder, self.output = home / CURRENT, home / FOLDER, home / BUILD / "trang"
        if self.link.exists() and not self.link.is_symlink():
            raise Unfit(f"{self.link} phải là liên kết tượng trưng tới một bản trong {self.folder}/; hãy đổi tên nó đi")

    def names(self) -> list[str]:
        """Whole releases, the oldest first."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(path.name for path in found if _NAME.fullmatch(path.name) and path.is_dir())

    def current(self) -> str:
        """The one that is served, or an empty string."""
        name = os.path.basename(os.readlink(self.link)) if self.link.is_symlink() else ""
        return name if name in self.names() else ""

    def path(self, name: str) -> Path:
        """Where a release lies."""
        return self.folder / name

    def sweep(self) -> None:
        """Remove what killed runs left: drafts, and releases that were finished but never served."""
        known = self._served()
        current = self.current()
        if known is not None and current and current not in known:  # killed between the switch and the note of it
            known.append(current)
            self._note(known)
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            unserved = known is not None and _NAME.fullmatch(path.name) and path.name not in known
            if path.name.startswith(".") or unserved:
                shutil.rmtree(path)
        for path in (self._draft_link(), *self.home.glob(f".{SERVED}.*")):
            path.unlink(missing_ok=True)

    def begin(self, now: datetime) -> Path:
        """An empty folder for a release; its name is the moment, later than that of every other."""
        self.folder.mkdir(parents=True, exist_ok=True)
        newest = max(self.names(), default="")
        if not newest:
            self._note([])
        later = datetime.strptime(newest, _FORM) + timedelta(seconds=1) if newest else datetime.min
        name = max(now.replace(tzinfo=None), later).strftime(_FORM)
        draft = self.folder / f".{name}"
        draft.mkdir()
        return draft

    def finish(self, draft: Path) -> str:
        """The draft is whole: on the disk, under its name, and served. Gives the name."""
        _settle()
        name = draft.name.removeprefix(".")
        os.rename(draft, self.path(name))
        self.switch(name)
        self._drop([old for old in self.names()[:-KEPT] if old != name])
        return name

    def switch(self, name: str) -> None:
        """Serve that release from now on. Raises `Unfit` where the system has no symbolic links."""
        link = self._draft_link()
        link.unlink(missing_ok=True)
        try:
            os.symlink(os.path.join(FOLDER, name), link, target_is_directory=True)
            os.replace(link, self.link)  # one system call: there is no moment without a site
        except OSError as error:
            raise Unfit(f"không tạo được liên kết tượng trưng {self.link}: {error.strerror}") from error
        _settle()
        self._note([*(served for served in self._served() or self.names() if served in self.names()), name])

    def before(self, name: str) -> str:
        """The release before that one, or an empty string."""
        return max((other for other in self.names() if other < name), default="")

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            old = self.folder / f".{name}"
            os.rename(self.path(name), old)  # a name without a dot is always whole
            shutil.rmtree(old)

    def _draft_link(self) -> Path:
        return self.home / f".{CURRENT}"

    def _served(self) -> list[str] | None:
        """Names of releases that were served; None where nobody noted them, and none may be taken for a leftover."""
        try:
            return [str(name) for name in json.loads((self.home / SERVED).read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError):
            return None

    def _note(self, names: Iterable[str]) -> None:
        replace(self.home / SERVED, json.dumps(sorted(set(names)), indent=0).encode())


def files_of(folder: Path) -> list[str]:
    """The names of all files below a folder, with `/`, sorted."""
    return sorted(name for name, _ in walk(folder, lambda _: False))


def share(source: Path, target: Path) -> None:
    """The same file in another place: one more name of it, or a copy with its times where the disk cannot."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _settle() -> None:
    """All that was written is on the disk, should the power fail."""
    if hasattr(os, "sync"):
        os.sync()
