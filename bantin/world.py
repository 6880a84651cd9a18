"""What work is done with, besides what it asks for: the program, the libraries, the settings. Another world, another result."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
# Where things are made, and what only says how: none of these changes a byte of what is made.
_ELSEWHERE = {
    "OUTPUT_PATH", "PATH", "THEME", "DELETE_OUTPUT_DIRECTORY", "LOAD_CONTENT_CACHE", "CACHE_CONTENT", "CHECK_MODIFIED_METHOD", "BANTIN_SITE",
    "BIND", "PORT", "AUTORELOAD_IGNORE_CACHE", "DEBUG", "LOG_FILTER",
}  # fmt: skip


@cache
def program() -> str:
    """Changes with this package, with Python and with any installed library."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(f for f in PACKAGE.rglob("*") if f.is_file() and "__pycache__" not in f.parts):
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    for folder in sys.path:
        if folder and Path(folder).is_dir():
            digest.update("\n".join(sorted(p.name for p in Path(folder).glob("*.dist-info"))).encode())
    return digest.hexdigest()


def settings_digest(settings: Mapping[str, Any]) -> str:
    """Changes with any of Pelican's settings that what is made could depend on."""
    known = sorted((key, value) for key, value in settings.items() if key.isupper() and key not in _ELSEWHERE)
    return hashlib.sha256("\n".join(f"{key}={_plain(value)}" for key, value in known).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_plain(k)}:{_plain(v)}' for k, v in value.items()))}}}"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_plain, value))}]"
    if isinstance(value, set | frozenset):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if callable(value):
        return _named(value)
    return f"{type(value).__name__}:{_ADDRESS.sub('', repr(value))}"


def _named(function: Callable[..., Any]) -> str:
    """A function or class by its name and the text of its module."""
    module = inspect.getmodule(function)
    file = getattr(module, "__file__", None)
    text = Path(file).read_bytes() if file and file.endswith(".py") else b""
    name = getattr(function, "__qualname__", _ADDRESS.sub("", repr(function)))
    return f"{getattr(module, '__name__', '')}.{name}:{hashlib.sha256(text).hexdigest()[:16]}"


def joined(parts: Iterable[str]) -> str:
    """One name for a world made of these."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
