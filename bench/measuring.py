"""One build of a site in a process of its own: how long, how much processor, how much memory, how many files. Linux and macOS."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

OFTEN = 0.05  # seconds between two looks at the memory
REST = 20  # times as long as a look took, so that looking costs little where there is much to look at
PART = 0.25  # of the time that has gone by: no longer than that nobody looks, however slow a look was
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Figures:
    """wall, cpu: seconds, cpu of all processes together; peak: megabytes; files in the output, and how many of them were written.

    peak: the most that the command and all its processes held at once, as looks in between saw it; on Linux a page that several
    share counts once. (What the system itself says of the largest process begins with what the process that started it held.)
    """

    wall: float
    cpu: float
    peak: float
    written: int
    files: int


def measured(command: Sequence[str], output: Path) -> Figures:
    """Run a command that makes `output`. Ends the program with what the command said where it failed."""
    before = _states(output)
    if hasattr(os, "sync"):
        os.sync()  # what the run before wrote goes to the disk in nobody's time
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    seen = [0.0]
    threading.Thread(target=_look, args=(process.pid, seen), daemon=True).start()
    said = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{said.decode('utf-8', 'replace')}")
    after = _states(output)
    written = sum(before.get(path) != state for path, state in after.items())
    return Figures(wall, usage.ru_utime + usage.ru_stime, seen[0], written, len(after))


def _look(number: int, seen: list[float]) -> None:
    """Keep the most megabytes that a process and all below it hold together, until it ends."""
    try:
        root, began = psutil.Process(number), time.monotonic()
        while root.status() != psutil.STATUS_ZOMBIE:
            start = time.monotonic()
            seen[0] = max(seen[0], sum(_held(one) for one in (root, *root.children(recursive=True))) / MEGABYTE)
            now = time.monotonic()
            time.sleep(max(OFTEN, min(REST * (now - start), PART * (now - began))))
    except psutil.Error:
        return


def _held(process: psutil.Process) -> int:
    """Bytes; of a page that several processes share each has its part. 0 where it ended meanwhile."""
    try:
        held = process.memory_full_info()
    except psutil.Error:
        return 0
    return getattr(held, "pss", held.rss)


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """(inode, nanoseconds of the last change) of every file."""
    found = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in found.items()}


def machine() -> dict[str, Any]:
    """What was measured on; `load`: how many processes wanted to run in the minute before."""
    names = Path("/proc/cpuinfo")
    lines = names.read_text(encoding="utf-8").splitlines() if names.is_file() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {
        "cpu": name or platform.machine(),
        "cores": psutil.cpu_count(),
        "gigabytes": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
