"""Every command of Bản tin. `python3 tasks.py NAME` on a bare machine, `invoke NAME` once `.venv` is there.

The first makes the second possible: without invoke this file needs only Python's standard library.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

from bantin import environment  # noqa: E402

if __name__ == "__main__":
    sys.exit(environment.enter(sys.argv[1:] or ["--list"]))

from invoke import Context, Exit, task  # noqa: E402

from bantin import commands  # noqa: E402

environment.speak_utf8()


@task(help={"content": "thư mục nội dung", "output": "nơi ghi trang", "internal": "nơi ghi bản in"})
def build(_c: Context, content: str = "content", output: str = "output", internal: str = "output-internal") -> None:
    """Dựng trang, nguồn tin và số bản tin mới nhất."""
    _leave(commands.build(ROOT, Path(content), Path(output), Path(internal)))


@task(
    help={
        "month": "tháng, như 2023-11; bỏ trống là số mới nhất",
        "all": "mọi tháng",
        "sheet": "tờ họp: một cột mục, chữ lớn, khổ A4",
        "column": "cột mục của tờ họp",
        "speech": "lời đọc cho đài truyền thanh (chỉ bài công khai)",
        "content": "thư mục nội dung",
        "output": "nơi ghi",
    }
)
def bulletin(
    _c: Context, month: str = "", all: bool = False, sheet: bool = False, column: str = "", speech: bool = False,
    content: str = "content", output: str = "output-internal",
) -> None:  # fmt: skip
    """Dàn số bản tin in (PDF): xem trên màn hình, tệp cho nhà in, tập gấp A4, hồ sơ số."""
    _leave(commands.bulletin(ROOT, Path(content), Path(output), month, all, sheet, speech, column))


@task(
    positional=["month"],
    help={"month": "tháng, như 2023-11", "content": "thư mục nội dung", "output": "nơi đã ghi"},
)
def preflight(_c: Context, month: str, content: str = "content", output: str = "output-internal") -> None:
    """Kiểm tra các tệp in của một số trước khi gửi nhà in."""
    _leave(commands.preflight(ROOT, Path(content), Path(output), month))


@task(help={"content": "thư mục nội dung", "json": "in kết quả dạng JSON"})
def check(_c: Context, content: str = "content", json: bool = False) -> None:
    """Kiểm tra nội dung, không ghi gì."""
    _leave(commands.check(ROOT, Path(content), json))


@task(
    positional=["kind", "title"],
    help={
        "kind": "bai-viet, noi-bo, van-ban hoặc ban-tin",
        "title": "tiêu đề, số hiệu hoặc tháng",
        "content": "thư mục nội dung",
    },
)
def new(_c: Context, kind: str, title: str, content: str = "content") -> None:
    """Tạo tệp mới với đầu bài điền sẵn."""
    _leave(commands.new(Path(content), kind, title))


@task(help={"port": "cổng", "drafts": "hiện cả bản thảo", "content": "thư mục nội dung"})
def serve(_c: Context, port: int = 8000, drafts: bool = False, content: str = "content") -> None:
    """Xem trang trên máy này, dựng lại khi có tệp thay đổi."""
    _leave(commands.serve(ROOT, Path(content), port, drafts))


@task(help={"only": "chỉ các kiểm thử có tên khớp"})
def test(_c: Context, only: str = "") -> None:
    """Cài công cụ kiểm thử và chạy mọi kiểm thử."""
    _leave(commands.test(ROOT, only))


@task(
    positional=["what"],
    help={
        "what": "phép đo trong bench/, ví dụ site",
        "articles": "site, search, serve: số bài sinh ra",
        "corpus": "citations: tệp mẫu đã chú giải",
        "pages": "bulletin: khoảng bao nhiêu trang",
        "runs": "bulletin, serve, site, web: mỗi thứ đo mấy lần",
        "patience": "site: Pelican nào dựng lần đầu lâu hơn số giây này thì thôi không đo tiếp",
        "json": "bulletin, search, serve, site, web: tệp ghi mọi con số",
        "growth": "site: tệp SVG vẽ thời gian từ 1.000 đến 20.000 bài",
    },
)
def bench(
    _c: Context, what: str, articles: int = 0, corpus: str = "", pages: int = 0, runs: int = 0, patience: int = 0, json: str = "",
    growth: str = "",
) -> None:  # fmt: skip
    """Đo: site (so với Pelican nguyên bản và Hugo), citations (tìm và đối chiếu trích dẫn), bulletin (dàn bản in), search (tìm kiếm trong trình duyệt), serve (từ lúc lưu đến khi trang hiện ra), web (Lighthouse)."""
    counts = {"--articles": articles, "--pages": pages, "--runs": runs, "--patience": patience}
    options = {
        "--corpus": corpus,
        "--json": json,
        "--growth": growth,
        **{name: str(count) for name, count in counts.items() if count},
    }
    _leave(commands.bench(ROOT, what, options))


@task(
    help={
        "to": "thư mục các bản phát hành; máy chủ đọc hien-hanh trong đó",
        "content": "thư mục nội dung",
        "dry-run": "chỉ nói sẽ đổi gì, không đổi gì",
    }
)
def publish(_c: Context, to: str = "phat-hanh", content: str = "content", dry_run: bool = False) -> None:
    """Công bố: kiểm tra, dựng (publishconf.py), soát lộ lọt, soát liên kết, nén, rồi chuyển sang bản mới."""
    _leave(commands.publish(ROOT, Path(content), Path(to), dry_run))


@task(
    help={
        "to": "thư mục các bản phát hành",
        "release": "tên bản, như 20250601-060000; bỏ trống là bản ngay trước",
        "list": "liệt kê các bản",
    }
)
def rollback(_c: Context, to: str = "phat-hanh", release: str = "", list: bool = False) -> None:
    """Cho hiện lại một bản phát hành trước."""
    _leave(commands.rollback(Path(to), release, list))


@task
def clean(_c: Context) -> None:
    """Xóa mọi thứ được dựng ra; nội dung và .venv giữ nguyên."""
    _leave(commands.clean(ROOT))


def _leave(code: int) -> None:
    if code:
        raise Exit(code=code)
