"""The one boundary at which files are read: bytes become NFC text, a header with positions, and a body.

Every newline becomes `\\n`, a BOM goes, text is normalised once (so positions are those of the NFC text,
which editors see the same). A header is `Key: value` lines, or YAML between `---` lines as web forms write it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import yaml

from bantin.bounds import FIELDS, LONGEST, LONGEST_HEADER, LONGEST_VALUE
from bantin.diagnostics import Diagnostic, Severity, nearest
from bantin.secrecy import at as secret_at
from bantin.secrecy import is_key, is_mark, marked
from bantin.vietnamese import control_at

_LINE = re.compile(r"(?P<key>[^\W\d][\w .\-]*):(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)[ \t]*(?P<value>\S.*)")
_LISTS = ("tags", "authors", "author")
# TCVN3 and VNI text, and UTF-8 read as Latin-1, leave runs that no Vietnamese word has.
_BROKEN = re.compile(r"�|[Ðð](?=\w)|Ã[\u0080-\u00bf¡-¿]|áº|á»|Æ°|[¸µ¶·¹]\w{0,9}[®©ª«¬­]|[®]\w{0,9}[¸µ¶·¹]|\w[ÖÜä][ùøûõï]")
# VNI writes a vowel and its tone as two letters, the second one no Vietnamese letter; a foreign word has one of them.
_VNI = re.compile(r"(?<=[aeiouyAEIOUY])[ûøïäëöüÛØÏÄËÖÜ]|[ñÑ](?=[aeiouyöAEIOUYÖ])")
FOREIGN = 2  # such pairs in a text that are taken for foreign words


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a header: `key` in lower case; line, column: of the value's first character, from 1."""

    key: str
    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read. path: from the content folder, with `/`; label: what messages call it; text: all of it."""

    path: str
    label: str
    fields: tuple[Field, ...]
    body: str
    body_line: int

    @property
    def head(self) -> str:
        """Changes with any key or value of the header."""
        return _digest(repr([(self.path, f.key, f.value) for f in self.fields]))

    @property
    def text_stamp(self) -> str:
        """Changes with the body."""
        return _digest(self.body)

    @property
    def stamp(self) -> str:
        """Changes with anything that the file says."""
        return _digest(self.head + self.body)

    def field(self, key: str) -> Field | None:
        """The field of that key, or None where it is missing or empty."""
        return next((f for f in self.fields if f.key == key and f.value), None)

    def get(self, key: str) -> str:
        """The value of that key, or an empty string."""
        found = self.field(key)
        return found.value if found else ""

    def at(self, field: Field | None, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
        """A diagnostic at a field, or at the top of the file."""
        line, column = (field.line, field.column) if field else (1, 1)
        return Diagnostic(self.label, line, column, code, message, hint, severity)

    def in_body(self, needle: str, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
        """A diagnostic at the first place in the body where `needle` stands, or at the body's first line."""
        return self.at_index(max(self.body.find(needle), 0), code, message, hint, severity)

    def at_index(self, at: int, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
        """A diagnostic at a code point of the body, from 0."""
        line = self.body.count("\n", 0, at)
        return Diagnostic(self.label, self.body_line + line, at - self.body.rfind("\n", 0, at), code, message, hint, severity)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def read(root: Path, path: str, label: str) -> tuple[Source | None, list[Diagnostic]]:
    """Read the file `path` below `root`. None where no header and body could be made out of it."""
    try:
        size = (root / path).stat().st_size
        if size > LONGEST:
            return None, [too_long(label, size)]
        data = (root / path).read_bytes()
    except OSError as error:
        return None, [Diagnostic(label, 1, 1, "TP01", f"không đọc được tệp: {error.strerror}", "kiểm tra quyền đọc của tệp")]
    text, problems = decode(data, label)
    if text is None:
        return None, problems
    source, found = parse(text, path, label)
    marks = [*marked(text, label), *_secret(source.fields if source else (), label)]
    return source, problems + found + marks


def read_again(root: Path, path: str, label: str) -> Source | None:
    """A file that `read` has already judged, for its text alone. None where it is gone or is no text any more."""
    try:
        return parse(_normal((root / path).read_bytes().decode("utf-8-sig")), path, label)[0]
    except (OSError, UnicodeDecodeError):
        return None


def too_long(label: str, size: int) -> Diagnostic:
    """TP08 for a text of so many bytes."""
    message = f"tệp chữ dài {size:_} byte, quá {LONGEST:_} byte".replace("_", ".")
    return Diagnostic(label, 1, 1, "TP08", message, "chia thành nhiều bài; toàn văn để ở tệp đính kèm trong tep/")


def _secret(fields: Iterable[Field], label: str) -> list[Diagnostic]:
    """Headers that say how secret a file is, or consist of a mark."""
    found = [field for field in fields if is_key(field.key) or any(map(is_mark, re.split("[;,]", field.value)))]
    return [secret_at(label, field.line, field.column, field.value or field.key) for field in found]


def decode(data: bytes, label: str) -> tuple[str | None, list[Diagnostic]]:
    """Bytes to NFC text with `\\n` newlines and no BOM; None where they are no UTF-8 text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _normal(error.object[: error.start].decode("utf-8"))  # of what follows a BOM
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        hint = "mở tệp trong trình soạn thảo và lưu lại với bảng mã “UTF-8”"
        return None, [Diagnostic(label, line, column, "TP02", "tệp không phải UTF-8", hint)]
    text, problems = _normal(text), []
    at = control_at(text)
    if at >= 0:
        problems.append(_at(text, at, label, "TP03", f"ký tự điều khiển U+{ord(text[at]):04X} trong văn bản", "xóa ký tự này"))
    broken = _BROKEN.search(text) or next(islice(_VNI.finditer(text), FOREIGN, None), None)
    if broken:
        hint = "chuyển đoạn này sang Unicode (bảng mã TCVN 6909) rồi lưu lại bằng UTF-8"
        problems.append(
            _at(text, broken.start(), label, "TP06", f"chữ hỏng dấu hoặc viết bằng bảng mã cũ: “{broken.group()}”", hint)
        )
    return text, problems


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _at(text: str, index: int, label: str, code: str, message: str, hint: str) -> Diagnostic:
    line = text.count("\n", 0, index) + 1
    return Diagnostic(label, line, index - text.rfind("\n", 0, index), code, message, hint)


def parse(text: str, path: str, label: str) -> tuple[Source | None, list[Diagnostic]]:
    """Header and body of an NFC text. Raises nothing."""
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    if first < len(lines) and lines[first].rstrip() == "---":
        end = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() in ("---", "...")), None)
        if end is None:
            return None, [
                Diagnostic(
                    label, first + 1, 1, "DB07", "khối YAML mở bằng “---” nhưng không đóng", "thêm một dòng “---” sau đầu bài"
                )
            ]
        block = "\n".join(lines[first + 1 : end])
        if len(block) > LONGEST_HEADER:
            return None, [_long(label, first + 1, 1, f"đầu bài quá {LONGEST_HEADER} ký tự")]
        fields, problems = _yaml_fields(block, first + 2, label)
        start = end + 1
    else:
        fields, problems, start = _line_fields(lines, first, label)
    long = (field for field in fields if len(field.value) > LONGEST_VALUE)
    problems += [_long(label, f.line, f.column, f"“{f.key[:60]}” quá {LONGEST_VALUE} ký tự") for f in long]
    fields = [field for field in fields if len(field.value) <= LONGEST_VALUE]
    if len(fields) > FIELDS:
        problems.append(_long(label, fields[FIELDS].line, 1, f"đầu bài quá {FIELDS} khóa"))
        del fields[FIELDS:]
    while start < len(lines) and not lines[start].strip():
        start += 1
    problems += _twice(fields, label)
    return Source(path, label, tuple(fields), "\n".join(lines[start:]).rstrip("\n"), start + 1), problems


def _long(label: str, line: int, column: int, message: str) -> Diagnostic:
    return Diagnostic(label, line, column, "DB11", message, "để một dòng trống sau đầu bài; phần dài viết vào nội dung")


def _line_fields(lines: list[str], first: int, label: str) -> tuple[list[Field], list[Diagnostic], int]:
    fields: list[Field] = []
    problems = []
    number = first
    for number in range(first, len(lines) + 1):
        if number == len(lines) or not lines[number].strip():
            break
        line = lines[number]
        if (more := _MORE.fullmatch(line)) and fields:
            last = fields[-1]
            fields[-1] = Field(last.key, f"{last.value} {more['value'].rstrip()}".strip(), last.line, last.column)
            continue
        if found := _LINE.fullmatch(line):
            value = found["value"].rstrip()
            column = found.start("value") + len(value) - len(value.lstrip()) + 1
            fields.append(Field(found["key"].rstrip(" \t").lower().replace(" ", "_"), value.strip(), number + 1, column))
            continue
        hint = "mỗi dòng đầu bài là “Khóa: giá trị”; để một dòng trống giữa đầu bài và nội dung"
        problems.append(Diagnostic(label, number + 1, 1, "DB06", f"dòng đầu bài không đúng dạng: “{line.strip()[:60]}”", hint))
        if not fields:
            break
    return fields, problems, number


def _yaml_fields(block: str, line: int, label: str) -> tuple[list[Field], list[Diagnostic]]:
    try:
        # BaseLoader composes plain strings only: `no`, `1.10` and dates stay as typed, no tag makes an object.
        node = yaml.compose(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row, column = (mark.line, mark.column) if mark else (0, 0)
        hint = 'giá trị có dấu hai chấm phải đặt trong ngoặc kép, ví dụ title: "Nghị quyết: số 35"'
        return [], [Diagnostic(label, line + row, column + 1, "DB07", "khối YAML không đọc được", hint)]
    except (yaml.YAMLError, RecursionError, ValueError):
        return [], [
            Diagnostic(label, line, 1, "DB07", "khối YAML không đọc được", "viết lại đầu bài, mỗi dòng một “khóa: giá trị”")
        ]
    if node is None:
        return [], []
    if not isinstance(node, yaml.MappingNode):
        return [], [Diagnostic(label, line, 1, "DB07", "khối YAML không phải các dòng “khóa: giá trị”", "")]
    fields, problems = [], []
    for key, value in node.value:
        name = str(key.value if isinstance(key, yaml.ScalarNode) else "?").strip().lower().replace(" ", "_")
        text = _plain(value, name) if isinstance(key, yaml.ScalarNode) else None
        if text is None:
            problems.append(
                Diagnostic(
                    label,
                    line + value.start_mark.line,
                    value.start_mark.column + 1,
                    "DB07",
                    f"giá trị của “{name}” phải là chữ hoặc danh sách chữ",
                    "",
                )
            )
        else:
            mark = value.start_mark
            fields.append(Field(name, text, line + mark.line, mark.column + 1))
    return fields, problems


def _plain(node: yaml.Node, key: str) -> str | None:
    """A scalar as one line; a list joined as the `Key: value` form would write it."""
    if isinstance(node, yaml.ScalarNode):
        return " ".join(str(node.value).split())
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        items = [" ".join(str(item.value).split()) for item in node.value]
        # A final `;` keeps the comma inside the only entry of a list from parting it.
        return "; ".join(items) + (";" if key in _LISTS and len(items) == 1 and "," in items[0] else "")
    return None


def _twice(fields: Iterable[Field], label: str) -> list[Diagnostic]:
    seen: dict[str, int] = {}
    problems = []
    for field in fields:
        if field.key in seen:
            message = f"khóa “{field.key}” đã có ở dòng {seen[field.key]}"
            problems.append(Diagnostic(label, field.line, 1, "DB05", message, "giữ lại một dòng"))
        seen.setdefault(field.key, field.line)
    return problems


def check_keys(source: Source, known: Iterable[str], required: Iterable[str]) -> list[Diagnostic]:
    """Unknown keys with the nearest known one, and required keys that are missing or empty."""
    names = {k.lower(): k for k in known}
    problems = []
    for field in source.fields:
        if field.key not in names:
            near = nearest(field.key, names)
            hint = f"có phải “{names[near]}”?" if near else "các khóa dùng được: " + ", ".join(names.values())
            problems.append(Diagnostic(source.label, field.line, 1, "DB01", f"khóa “{field.key}” không có trong danh sách", hint))
    for key in required:
        if not source.field(key.lower()):
            problems.append(source.at(None, "DB02", f"thiếu “{key}”", f"thêm dòng “{key}: …” vào đầu bài"))
    return problems
