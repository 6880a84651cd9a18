"""How long a printed issue takes, step by step, each in a process of its own; against the least template that sets the same text.

    invoke bench bulletin [--pages 96]

Steps take turns, so that a slow minute of the machine is everybody's. Medians of the seconds, the most memory that a process
held. The ratio to the floor holds from machine to machine, seconds do not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import MONTH, generate_issue  # noqa: E402

PAGES = (96, 300)
PER_ARTICLE = 4.2  # pages that an article of the corpus comes to, with its share of contents and index
IMPRINT = (
    f"Title: Thông báo nội bộ\nNumber: 2\nMonth: {MONTH}\nLicence: (bản mẫu: chưa cấp giấy phép)\nPrint_run: 100\n"
    "Printer: In tại chỗ (bản mẫu)\nResponsible: Ban Biên tập\n\nLời đầu của số dùng để đo.\n"
)


class Steps:
    """What is measured. `folder` holds content/, caches and what earlier steps made."""

    def __init__(self, folder: Path) -> None:
        from bantin.outputs import bulletin
        from bantin.plugin import settings_of

        self.folder, self.bulletin = folder, bulletin
        self.settings: Callable[[str], Any] = lambda cache: settings_of(
            ROOT / "pelicanconf.py", PATH=str(folder / "content"), THEME=str(ROOT / "theme"), CACHE_PATH=str(folder / cache)
        )
        self.template = ROOT / "theme" / "print"

    def read(self) -> Callable[[], Any]:
        """Reading and checking the content."""
        settings = self.settings("cache")
        return lambda: self.bulletin.prepare(settings)

    def nodes(self, cache: str, work: str) -> Callable[[], Any]:
        """Articles to nodes, pictures to sizes; then what Typst reads is laid in a folder."""
        from bantin.outputs.issue_data import issue_data
        from bantin.outputs.setter import Setter
        from bantin.outputs.typesetting import lay

        issuing, place = self.bulletin.prepare(self.settings(cache)), self.folder / work
        issue = self.bulletin.issue_of_month(issuing, MONTH)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        return lambda: lay(self.template, place, issue_data(issuing, issue, Setter(issuing, place)))

    def cold(self) -> Callable[[], Any]:
        """The data where no picture was made before."""
        shutil.rmtree(self.folder / "cold", ignore_errors=True)
        return self.nodes("cold", "work-cold")

    def warm(self) -> Callable[[], Any]:
        """The data where every picture was made before."""
        return self.nodes("cache", "work")

    def screen(self) -> Callable[[], Any]:
        """screen.pdf from the data."""
        return self.set("screen.pdf", self.bulletin.SCREEN)

    def press(self) -> Callable[[], Any]:
        """print.pdf from the data."""
        from bantin.outputs.imposition import for_press

        made = self.set("print.pdf", self.bulletin.PRESS)
        return lambda: (self.folder / "print.pdf").write_bytes(for_press(made()))

    def set(self, name: str, job: Any) -> Callable[[], bytes]:
        """One run of Typst, its file kept."""
        from bantin.outputs.typesetting import set_type

        def run() -> bytes:
            (data,) = set_type(self.template, self.folder / "work", MONTH, [job])
            (self.folder / name).write_bytes(data)
            return data

        return run

    def booklet(self) -> Callable[[], Any]:
        """booklet.pdf from screen.pdf."""
        from bantin.outputs.imposition import imposed

        data = (self.folder / "screen.pdf").read_bytes()
        return lambda: (self.folder / "booklet.pdf").write_bytes(imposed(data, 0.1))

    def make(self) -> Callable[[], Any]:
        """All files of the issue from content that was read, as `invoke bulletin` makes them."""
        issuing, output = self.bulletin.prepare(self.settings("cache")), self.folder / "output"
        shutil.rmtree(output, ignore_errors=True)
        return lambda: self.bulletin.make(issuing, MONTH, output)

    def again(self) -> Callable[[], Any]:
        """The same where the issue stands already."""
        issuing = self.bulletin.prepare(self.settings("cache"))
        return lambda: self.bulletin.make(issuing, MONTH, self.folder / "output")

    def floor(self) -> Callable[[], Any]:
        """The same data by a template of 40 lines."""
        import typst

        place = self.folder / "work"
        shutil.copy(ROOT / "bench" / "floor.typ", place)
        return lambda: (self.folder / "floor.pdf").write_bytes(
            typst.compile(
                str(place / "floor.typ"),
                root=str(place),
                font_paths=[str(self.template / "fonts")],
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=0,
            )
        )


# In this order: each finds what it needs. What is shown, and the file that a step makes.
SHOWN = {
    "read": ("đọc và kiểm tra nội dung", ""),
    "cold": ("dữ liệu, chưa có ảnh", ""),
    "warm": ("dữ liệu, đã có ảnh", ""),
    "floor": ("mẫu tối thiểu 40 dòng", "floor.pdf"),
    "screen": ("dàn screen.pdf", "screen.pdf"),
    "press": ("dàn print.pdf", "print.pdf"),
    "booklet": ("ghép booklet.pdf", "booklet.pdf"),
    "make": ("cả số, nội dung đã đọc", f"output/{MONTH}/screen.pdf"),
    "again": ("cả số, không đổi gì", f"output/{MONTH}/screen.pdf"),
}


def child(step: str, folder: Path) -> None:
    """Do one step, and print its seconds and the most megabytes that the process held (0 where the system does not say)."""
    run = getattr(Steps(folder), step)()
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    unit = 2**20 if sys.platform == "darwin" else 2**10  # macOS counts bytes, Linux kilobytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit if resource else 0
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


def measure(pages: int, runs: int, folder: Path) -> dict[str, Any]:
    """The steps of an issue of about that many pages. Asserts that every run makes the same bytes."""
    content = folder / "content"
    generate_issue(content, max(1, round(pages / PER_ARTICLE)))
    shutil.copytree(ROOT / "content" / "danh-muc", content / "danh-muc", ignore=shutil.ignore_patterns("noi-nhan.toml"))
    shutil.copy(ROOT / "content" / "anh" / "dau-hieu.png", content / "anh")  # the publisher's mark
    (content / "ban-tin").mkdir()
    (content / "ban-tin" / f"{MONTH}.md").write_text(IMPRINT, encoding="utf-8")
    taken: dict[str, list[dict[str, float]]] = {step: [] for step in SHOWN}
    prints: dict[str, set[str]] = {}
    one("warm", folder)  # makes the pictures
    for _ in range(runs):
        for step, (_, name) in SHOWN.items():
            taken[step].append(one(step, folder))
            for file, digest in digests(folder, step, name):
                prints.setdefault(f"{step}: {file}", set()).add(digest)
    assert not (differing := [made for made, found in prints.items() if len(found) > 1]), f"two runs, two results: {differing}"
    return {"pages": count(folder / "screen.pdf"), "steps": {step: row(folder, step, taken[step]) for step in SHOWN}}


def one(step: str, folder: Path) -> dict[str, float]:
    """One step in a process of its own."""
    command = [sys.executable, __file__, "--step", step, "--folder", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def digests(folder: Path, step: str, name: str) -> Iterator[tuple[str, str]]:
    """(name, SHA-256) of each file that a step made; of whole issues all files."""
    for path in sorted((folder / name).parent.iterdir()) if step in ("make", "again") else [folder / name] if name else []:
        yield path.name, hashlib.sha256(path.read_bytes()).hexdigest()


def row(folder: Path, step: str, runs: list[dict[str, float]]) -> dict[str, float]:
    """The figures of a step."""
    made = folder / SHOWN[step][1] if SHOWN[step][1] else None
    return {
        "seconds": statistics.median(run["seconds"] for run in runs),
        "fastest": min(run["seconds"] for run in runs),
        "megabytes": max(run["megabytes"] for run in runs),
        "pages": count(made) if made else 0,
        "bytes": made.stat().st_size if made else 0,
    }


def count(path: Path) -> int:
    """Pages of a PDF."""
    from pypdf import PdfReader

    return len(PdfReader(path).pages)


def table(measured: dict[str, Any]) -> str:
    """The figures of one issue for people to read."""
    steps = measured["steps"]
    lines = [
        f"{measured['pages']} trang",
        f"{'':<26} {'giây':>7} {'nhanh nhất':>11} {'MB':>6} {'trang':>6} {'kB':>7} {'so với tối thiểu':>17}",
    ]
    for step, found in steps.items():
        ratio = f"{found['seconds'] / steps['floor']['seconds']:.2f}" if step in ("floor", "screen", "press", "make") else ""
        pages, size = str(found["pages"] or ""), f"{found['bytes'] / 1000:.0f}" if found["bytes"] else ""
        lines.append(
            f"{SHOWN[step][0]:<26} {found['seconds']:>7.2f} {found['fastest']:>11.2f} {found['megabytes']:>6.0f} {pages:>6} {size:>7} {ratio:>17}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print a table for each size, and write all figures where --json says so."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=0, help="about how many; 96 and 300 where not given")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--step", choices=SHOWN, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        child(given.step, given.folder)
        return
    results = []
    for pages in (given.pages,) if given.pages else PAGES:
        with tempfile.TemporaryDirectory(prefix="bantin-bench-") as folder:
            results.append(measure(pages, given.runs, Path(folder)))
        print(table(results[-1]), flush=True)
    if given.json:
        given.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
