"""The figures of a comparison as Markdown, to be read on a terminal and pasted into README.md."""

from __future__ import annotations

from typing import Any

from bench.contestants import LABELS

STEPS = {
    "cold": "dựng lần đầu",
    "unchanged": "không đổi gì",
    "body": "sửa chữ trong một bài",
    "title": "sửa tiêu đề một bài",
    "document": "sửa tên một văn bản",
    "template": "sửa mẫu của trang bài",
}
BASE = "hugo"  # whose time all others are compared with


def table(measured: dict[str, Any]) -> str:
    """Two tables with a row a step and a column a contestant: time with its ratio to Hugo's; processor, memory and files."""
    machine, rows, version = measured["machine"], measured["rows"], measured["versions"]
    keys = [key for key in LABELS if key in next(iter(rows.values()))]
    head = [f"| {measured['articles']:,} bài ".replace(",", ".") + "".join(f"| {LABELS[key]} " for key in keys) + "|"]
    head += ["|---" + "|--:" * len(keys) + "|"]

    def lines(cell: Any) -> list[str]:
        return head + [
            f"| {STEPS[step]} | {' | '.join(cell(found[key], found[BASE]) if key in found else '–' for key in keys)} |"
            for step, found in rows.items()
        ]

    where = (
        f"{machine['cpu']}, {machine['cores']} nhân, {machine['gigabytes']} GB, {machine['system']}, tải {number(machine['load'])}; "
        f"Python {machine['python']}, Pelican {version['pelican']}, Hugo {version['hugo']}; ngày {measured['date']}."
    )
    return "\n".join(
        [
            where,
            "",
            "Giây, trong ngoặc là tỷ lệ so với Hugo:",
            "",
            *lines(lambda one, base: f"{number(one['wall'])} ({number(one['wall'] / base['wall'])})"),
            "",
            "Giây CPU của mọi tiến trình / MB bộ nhớ lúc nhiều nhất / số tệp đã ghi trong số tệp của trang:",
            "",
            *lines(lambda one, _: f"{number(one['cpu'])} / {one['peak']:.0f} / {one['written']} trong {one['files']}"),
        ]
    )


def number(value: float) -> str:
    """As Vietnamese writes it, with three digits that say something: `0,034`, `1,28`, `51,2`, `120`."""
    places = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:.{places}f}".replace(".", ",")
