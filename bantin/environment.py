"""The environment on a bare machine: `.venv`, pinned packages, the tools of the tests. Standard library only.

`python3 tasks.py …` runs on any Python 3.11 or later; what is missing is installed where that is allowed, else named.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11)

# A command that the tests call → Debian's package.
TOOLS = {
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfimages": "poppler-utils",
    "qpdf": "qpdf",
    "javac": "default-jdk-headless",
    "nginx": "nginx-light",
    "caddy": "caddy",
    "npm": "npm",
}
# Java's own libraries lack it, and veraPDF reads its profiles by it.
JARS = {"/usr/share/java/jaxb-runtime.jar": "libjaxb-java"}
# What drives Chromium links with it, and a small Debian does not have it.
LIBRARIES = {"libatomic.so.1": "libatomic1"}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Missing(Exception):
    """Something has to be installed by hand; the message is Vietnamese and says what and how."""


def speak_utf8() -> None:
    """Vietnamese on every console; Windows' own code page would refuse it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def enter(arguments: list[str]) -> int:
    """Run `invoke ARGUMENTS` inside `.venv`, made first where it is not there; the exit code."""
    speak_utf8()
    try:
        ensure("requirements.txt")
        if arguments[:1] == ["test"]:
            ensure("tests/requirements.txt")
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is for the command; this waits for how it ends
    return subprocess.run([str(PYTHON), "-m", "invoke", "--search-root", str(ROOT), *arguments], cwd=ROOT, check=False).returncode


def ensure(requirements: str) -> None:
    """The packages of a requirements file are in `.venv`. Raises `Missing`."""
    if sys.version_info < NEEDED:
        raise Missing(f"Cần Python {NEEDED[0]}.{NEEDED[1]} trở lên; đang chạy Python {sys.version.split()[0]}.")
    wanted = hashlib.sha256((ROOT / requirements).read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f".{requirements.replace('/', '-')}.sha256"
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.exists():
        return
    if not PYTHON.exists():
        _make_venv()
    print(f"Cài các gói trong {requirements} vào .venv (chỉ lần đầu)…", flush=True)
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *quiet, "-r", str(ROOT / requirements)]
    if subprocess.run(command, check=False).returncode:
        raise Missing(f"Không cài được các gói trong {requirements}; xem thông báo của pip ở trên (cần mạng tới kho gói Python).")
    stamp.write_text(wanted)


def _make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and Ubuntu split it off.
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install(["python3-venv"]) and not install([package]):
            raise Missing(f"Thiếu gói hệ thống “python3-venv”. Cài bằng: sudo apt-get install python3-venv (hoặc {package})")
    print("Tạo môi trường .venv…", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Missing("Không tạo được .venv. Trên Debian, Ubuntu: sudo apt-get install python3-venv")


def install(packages: Iterable[str]) -> bool:
    """Install system packages with apt where that needs no question; whether they are there now."""
    names = sorted(set(packages))
    command = _apt()
    if not command:
        return False
    print("Cài gói hệ thống: " + " ".join(names), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "update", "-q"], env=environment, check=False, stdout=subprocess.DEVNULL)
    done = subprocess.run(
        [*command, "install", "-y", "-q", "--no-install-recommends", *names],
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
    )
    return done.returncode == 0


def _apt() -> list[str]:
    """apt-get as root, or through a sudo that asks nothing; empty where neither is allowed."""
    apt = shutil.which("apt-get")
    if not apt:
        return []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return [apt]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0:
        return [sudo, "-n", apt]
    return []


def chromium() -> str:
    """The path of a Chromium, or an empty string."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((found for name in CHROMIUMS if (found := shutil.which(name))), "")


def missing_tools() -> dict[str, str]:
    """Commands and libraries that the tests need and that are not there → Debian's package."""
    missing = {command: package for command, package in TOOLS.items() if not shutil.which(command)}
    if sys.platform == "linux":
        missing |= {library: package for library, package in LIBRARIES.items() if not _loads(library)}
        missing |= {jar: package for jar, package in JARS.items() if not Path(jar).is_file()}
    return missing if chromium() else {**missing, "chromium": "chromium"}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_node(folder: str) -> None:
    """What the package.json of a folder names is in its node_modules, as the lock file has it. Raises `Missing`."""
    lock, modules = ROOT / folder / "package-lock.json", ROOT / folder / "node_modules"
    stamp, wanted = modules / ".sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    npm = shutil.which("npm")
    if not npm:
        raise Missing("Thiếu lệnh npm. Trên Debian, Ubuntu: sudo apt-get install npm")
    print(f"Cài các gói trong {folder}/package.json (chỉ lần đầu)…", flush=True)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT / folder, check=False, stdout=subprocess.DEVNULL).returncode:
        raise Missing(f"Không cài được các gói trong {folder}/package.json (cần mạng tới kho gói npm).")
    stamp.write_text(wanted)


def ensure_test_tools() -> None:
    """The tests' tools are there, or are named. Raises `Missing` in CI only: elsewhere the tests that need them say so."""
    missing = missing_tools()
    if missing:
        install(missing.values())
        missing = missing_tools()
    if missing:
        text = "Thiếu công cụ cho kiểm thử: " + ", ".join(
            f"{command} (gói {package})" for command, package in sorted(missing.items())
        )
        text += "\nCài bằng: sudo apt-get install " + " ".join(sorted(set(missing.values())))
        if os.environ.get("CI"):
            raise Missing(text)
        print(text, file=sys.stderr)
    if not missing or "npm" not in missing:
        ensure_node("tests")
