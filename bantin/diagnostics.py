"""What is wrong in a file that somebody wrote: where, what, and what to write instead.

A diagnostic is a value. Readers and checks collect them all; whoever runs the build prints them and stops.
The text is Vietnamese, for editors; `CODES` names every code once and docs/ma-loi.md explains each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops the build; a warning is printed and the build goes on."""

    ERROR = "lỗi"
    WARNING = "cảnh báo"


CODES: dict[str, str] = {
    "TP01": "tệp không đọc được",
    "TP02": "tệp không phải UTF-8",
    "TP03": "ký tự điều khiển trong văn bản",
    "TP04": "tệp nằm ngoài các thư mục đã biết",
    "TP05": "liên kết tượng trưng trong thư mục nội dung",
    "TP06": "chữ viết bằng bảng mã cũ hoặc bị hỏng dấu",
    "TP07": "nội dung lồng nhau quá sâu",
    "TP08": "tệp quá lớn",
    "TP09": "dấu độ mật",
    "TP10": "loại tệp đính kèm không được nhận",
    "DB01": "khóa đầu bài không có trong danh sách",
    "DB02": "thiếu khóa bắt buộc",
    "DB03": "ngày giờ không đúng",
    "DB04": "giá trị không có trong danh sách",
    "DB05": "khóa đầu bài viết hai lần",
    "DB06": "dòng đầu bài không đúng dạng “Khóa: giá trị”",
    "DB07": "khối YAML không đúng",
    "DB08": "bài nội bộ ghi là công khai",
    "DB09": "đính chính không đúng dạng",
    "DB10": "số không đúng",
    "DB11": "đầu bài quá dài",
    "DC01": "hai tệp cùng một địa chỉ",
    "DC02": "tên tệp hoặc địa chỉ không dùng được",
    "VB01": "văn bản không có trong danh mục",
    "VB02": "số hiệu thuộc về nhiều văn bản",
    "VB03": "không đọc được số hiệu văn bản",
    "VB04": "hai tệp khai cùng một văn bản",
    "VB05": "ngày ghi khác ngày trong danh mục",
    "VB06": "văn bản có quan hệ với chính nó",
    "TD01": "số hiệu lạ, gần giống một số hiệu đã biết",
    "TD02": "trích dẫn có thể là nhiều văn bản",
    "TD03": "văn bản được dẫn đã bị thay thế",
    "TD04": "ngày trong bài khác ngày trong danh mục",
    "TD05": "tên loại không khớp với số hiệu",
    "TD06": "số hiệu không đúng dạng",
    "TD07": "có ở đầu bài nhưng không được dẫn",
    "TD08": "được dẫn nhưng không có ở đầu bài",
    "TD09": "lần dẫn đầu tiên chưa đầy đủ",
    "TD10": "dẫn lại đầy đủ một văn bản đã dẫn",
    "LK01": "liên kết nội bộ không tới đâu",
    "LK02": "bài công khai dẫn tới nội dung không công khai",
    "LK03": "địa chỉ liên kết không được phép",
    "HA01": "không có ảnh",
    "HA02": "ảnh thiếu mô tả",
    "HA03": "tệp ảnh không dùng được",
    "HA04": "ảnh quá nhỏ để in rõ",
    "BT01": "số bản tin khai hai lần",
    "BT02": "cột mục của bản tin không có trong danh mục",
    "BT03": "bản tin thiếu thông tin",
    "BT04": "số bản tin không có tệp",
    "BT05": "chữ mà phông của bản in không có",
    "BT06": "thẻ mà mẫu in không biết",
    "BT07": "số bản của nơi nhận không khớp số bản in",
    "BT08": "chữ viết tắt chưa có cách đọc",
    "DM01": "tệp danh mục không đúng",
}


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One finding. path: as the editor knows it; line, column: from 1; code: a key of `CODES`."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        mark = "" if self.severity is Severity.ERROR else f"({self.severity}) "
        hint = f"\n    → {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.code} {mark}{self.message}{hint}"


class Refused(Exception):
    """The content has errors, so nothing was written. `diagnostics`: all of them, warnings too."""

    exitcode = 1

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sorted(set(diagnostics))
        super().__init__(summary(self.diagnostics))

    def __reduce__(self) -> tuple[type[Refused], tuple[list[Diagnostic]]]:
        return type(self), (self.diagnostics,)


# Findings in running text are never more than warnings, however strict the build.
RUNNING_TEXT = frozenset(code for code in CODES if code.startswith("TD"))


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those that stop the build."""
    return [d for d in diagnostics if d.severity is Severity.ERROR]


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """One Vietnamese line with the number of errors and warnings."""
    found = list(diagnostics)
    bad = len(errors(found))
    tail = "chưa ghi gì ra kết quả." if bad else "vẫn làm tiếp được."
    return f"{bad} lỗi, {len(found) - bad} cảnh báo; {tail}"


def as_text(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings by place, one or two lines each."""
    return "\n".join(str(d) for d in sorted(set(diagnostics)))


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """All findings by place as a JSON list of objects, for editors' tools."""
    return json.dumps([asdict(d) for d in sorted(set(diagnostics))], ensure_ascii=False, indent=1)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like `word`, or an empty string; letter case does not count."""
    by_fold = {k.casefold(): k for k in known}
    close = get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else ""
