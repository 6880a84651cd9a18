"""TOML tables of the catalogues as values, with the line of what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from bantin.bounds import DEEPEST, LONGEST
from bantin.diagnostics import Diagnostic, nearest
from bantin.secrecy import marked
from bantin.source import decode, too_long

T = TypeVar("T")
Row = Mapping[str, Any]


def read(folder: Path, fallback: Path | None, name: str, problems: list[Diagnostic]) -> tuple[dict[str, Any] | None, str, str]:
    """What a file says (None where it cannot be read), its text, and how messages call it."""
    path = next((f / name for f in (folder, fallback) if f and (f / name).is_file()), folder / name)
    label = f"{path.parent.parent.name}/danh-muc/{name}"
    if path.is_symlink():
        problems.append(Diagnostic(label, 1, 1, "TP05", "liên kết tượng trưng không được đọc", "thay bằng chính tệp đó"))
        return None, "", label
    try:
        if (size := path.stat().st_size) > LONGEST:
            problems.append(too_long(label, size))
            return None, "", label
        text, found = decode(path.read_bytes(), label)
        problems += found
        if text is None:
            return None, "", label
        problems += marked(text, label, toml=True)
        if line := _dotted(text):
            problems.append(Diagnostic(label, line, 1, "DM01", f"khóa có quá {DEEPEST} dấu chấm", "xem lại dòng này"))
            return None, "", label
        return tomllib.loads(text), text, label
    except FileNotFoundError:
        problems.append(Diagnostic(label, 1, 1, "DM01", "không có tệp danh mục này", "chép tệp cùng tên từ kho mẫu"))
    except (ValueError, OSError, RecursionError) as error:  # tomllib's own, a number of 5000 digits, brackets in brackets
        message = f"tệp danh mục không đọc được: {error}"
        problems.append(Diagnostic(label, *_place(str(error)), "DM01", message, "xem lại dòng này"))
    return None, "", label


def _dotted(text: str) -> int:
    """The line of a key with so many parts that tomllib takes long (their square), or 0."""
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if line.partition("=")[0].count(".") > DEEPEST and line[:1] != "#"), 0)


def _place(message: str) -> tuple[int, int]:
    """tomllib says `(at line 3, column 7)`; anything else is the top of the file."""
    _, _, tail = message.partition("(at line ")
    line, _, column = tail.rstrip(")").partition(", column ")
    return (int(line), int(column)) if line.isdigit() and column.isdigit() else (1, 1)


def rows_of(rows: Any, make: Callable[[Row], T], label: str, key: str, starts: list[int], problems: list[Diagnostic]) -> list[T]:
    """Rows as values. starts: the line on which each row begins, as far as they could be told."""
    built = []
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        try:
            built.append(make(row))
        except (TypeError, ValueError) as error:
            line = starts[number - 1] if number <= len(starts) else 1
            message = f"mục thứ {number} của “{key}” không đúng: {error}"
            problems.append(Diagnostic(label, line, 1, "DM01", message, "so với mẫu trong docs/danh-muc.md"))
    return built


def build(kind: type[T], row: Row) -> T:
    """A row as its dataclass. Raises ValueError, in Vietnamese, for unknown, missing or mistyped keys."""
    if not isinstance(row, Mapping):
        raise ValueError("phải là một bảng “khóa = giá trị”")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in row.items():
        name = {"from": "since"}.get(key, key)
        if name not in known:
            asked = f"; có phải “{near}”?" if (near := nearest(key, known)) else ""
            raise ValueError(f"khóa “{key}” không có trong danh sách{asked}")
        values[name] = tuple(value) if isinstance(value, list) else value
        wanted = str(known[name].type).split(" | ")[0].split("[")[0]
        words = wanted != "tuple" or "str" not in str(known[name].type) or all(isinstance(v, str) for v in value)
        if wanted != type(values[name]).__name__ or not words:
            raise ValueError(f"“{key}” phải là kiểu {wanted}")
    missing = [n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING and n not in values]
    if missing:
        raise ValueError("thiếu " + ", ".join(missing))
    return kind(**values)
