"""What the commands say of releases, in Vietnamese."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bantin.publishing import record
from bantin.publishing.publish import Published
from bantin.publishing.record import KINDS, OTHERS, PAGES, Change, kind_of
from bantin.publishing.releases import Releases

SHOWN = 20  # addresses of changed pages


def published(done: Published, home: Path) -> str:
    """After a publication."""
    counts, size = done.record.counts, sum(size for _, size in done.record.files.values()) / 1e6
    made = f"{counts['pages']} trang ({counts['articles']} bài), {counts['feeds']} nguồn tin; địa chỉ {done.record.base}"
    if not done.name:
        return f"Không có gì đổi từ lần trước, không làm bản mới: {made}"
    change = done.change
    did = f"{len(change.new)} mới, {len(change.changed)} đổi, {len(change.gone)} mất"
    return f"{made}\nĐang hiện: bản {done.name} ở {home} ({len(done.record.files)} tệp, {_mega(size)} MB; {did})"


def rehearsed(done: Published) -> str:
    """After a rehearsal."""
    if not done.change:
        return "Soát xong, không có lỗi. Không có gì đổi; chưa ghi gì."
    return f"Soát xong, không có lỗi. Nếu công bố thì đổi như sau; chưa ghi gì.\n{changes(done.change)}"


def changes(change: Change) -> str:
    """How many of each kind, and the addresses of pages."""
    kinds: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"+": [], "~": [], "-": []})
    for mark, names in (("+", change.new), ("~", change.changed), ("-", change.gone)):
        for name in names:
            kinds[kind_of(name)][mark].append(name)
    lines = []
    for kind in (*KINDS, OTHERS):
        if kind in kinds:
            found = kinds[kind]
            lines.append(f"{kind}: {len(found['+'])} mới, {len(found['~'])} đổi, {len(found['-'])} mất")
    for mark, pages in kinds[PAGES].items():
        shown = pages[:SHOWN] if mark == "~" else pages
        lines += [f"  {mark} /{name.removesuffix('index.html')}" for name in shown]
        lines += [f"  {mark} … và {len(pages) - SHOWN} trang nữa"] if len(shown) < len(pages) else []
    return "\n".join(lines)


def listed(releases: Releases) -> str:
    """All releases, the newest first; the one that is served is marked."""
    current, lines = releases.current(), []
    for name in reversed(releases.names()):
        found = record.load(releases.path(name))
        about = f"{found.counts['pages']} trang, {found.counts['articles']} bài" if found else "không có hồ sơ"
        commit = f", {found.commit[:10]}{'' if found.clean else '+'}" if found and found.commit else ""
        lines.append(f"{'*' if name == current else ' '} {name}  {about}{commit}")
    return "\n".join(lines) or f"Chưa có bản nào trong {releases.home}"


def _mega(size: float) -> str:
    return f"{size:.1f}".replace(".", ",")
