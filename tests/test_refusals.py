"""What editors write wrong: all of it is named with its place, nothing is written, and nobody sees a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DOCUMENT, ROOT, Write, article, build, pelican, picture, tree

from bantin import standing, works
from bantin.build import LOCK, MANIFEST
from bantin.diagnostics import Diagnostic, Refused
from bantin.plugin import check

PLENARY = "Title: về một việc\nNumber: 26-NQ/TW\nKind: Nghị quyết\nIssuer: Ban Chấp hành Trung ương\n"

FAULTY: dict[str, str | bytes] = {
    "ghi-chu.txt": "để nhầm chỗ",
    "bai-viet/anh.jpg": picture(),
    "bai-viet/2024/01-chu.md": "Title: Tổ\xe3 bài".encode("latin-1", "replace"),
    "bai-viet/2024/02-ngay.md": article(Date="2024-02-30 07:30"),
    "bai-viet/2024/03-khoa.md": article(Titel="Sai khóa", Statuss="draft"),
    "bai-viet/2024/04-thieu.md": "Title: Không ngày\n\nThân.\n",
    "bai-viet/2024/05-nguoi-doc.md": article(Audience="nội bộ"),
    "bai-viet/2024/06-anh.md": article("![Biểu đồ](bieu-do.png)\n\n![](co-anh.png)", Image="co-ahn.png", Image_alt="Ảnh"),
    "bai-viet/2024/07-mo-ta.md": article(Image="co-anh.png"),
    "bai-viet/2024/08-lien-ket.md": article("Xem [đây]({filename}/bai-viet/2024/khong-co.md).\n\n[Mã](javascript:alert(1)) và [nơi](/the/khong/)."),
    "bai-viet/2024/09-van-ban.md": article(Resolutions="36-NQ/TW; 26-NQ/TW; nghị quyết hôm nọ"),
    "bai-viet/2024/10-tieu-khien.md": article("chữ\x08lỗi"),
    "bai-viet/2024/11-yaml.md": "---\ntitle: a: b\n---\n\nThân.\n",
    "bai-viet/2024/12-cot.md": article(Column="Xây dựng Đản", Bulletin="2024-13", Correction="hôm qua: sai"),
    "bai-viet/2024/13-dong.md": "Title: Một\nmột dòng lạ\nDate: 2024-01-01\nCategory: A\nDate: 2024-01-02\n\nThân.\n",
    "bai-viet/2023/trung.md": article(),
    "bai-viet/2023/khac.md": article(Slug="trung"),
    "bai-viet/2024/14-vni.md": article("Nghò quyeát cuûa Ñaûng, cÃ´ng tÃ¡c."),
    "noi-bo/2024/kin.md": article(Audience="public"),
    "anh/co-anh.png": picture(), "anh/hong.png": b"\x89PNG\r\n\x1a\nhong", "bai-viet/2024/15-hong.md": article("![Hỏng](hong.png)"),
    "van-ban/35-nq-tw-2018.md": DOCUMENT, "van-ban/35-nhac-lai.md": DOCUMENT,
    "van-ban/26-nq-tw-2008.md": PLENARY + "Issued: 2008-08-05\n", "van-ban/26-nq-tw-2018.md": PLENARY + "Issued: 2018-05-19\n",
    "van-ban/xa-la.md": "Title: x\nNumber: 9/ZZ\nKind: Nghị quyếtt\nIssuer: Hội Ai Đó\nIssued: 32/1/2020\nAttachment: tep/khong.pdf\n",
    "ban-tin/2024-01.md": "Title: Số một\nNumber: một\nMonth: 2024-01\n", "ban-tin/2024-02.md": "Title: Hai\nNumber: 2\nMonth: 2024-02\n",
    "ban-tin/2024-02b.md": "Title: Hai\nNumber: 2\nMonth: 2024-02\nColumns: Cột Lạ Lùng\n",
    "tac-gia/khong-ten.md": "Role: Phóng viên\n", "trang/+++.md": "Title: Chấm\n",
    "van-ban/47-qd-tw.md": "Title: x\nNumber: 47-QĐ/TW\nKind: Quy định\nIssuer: Bộ Chính trị\n"
    "Attachment: tep/khong.pdf\nReplaces: 19-QĐ/TW\n",
}  # fmt: skip

# Where the diagnostics have to point: path:line:column: code.
FOUND = """
anh/noi.png:1:1: TP05
bai-viet/2023/trung.md:1:1: DC01
bai-viet/2024/01-chu.md:1:10: TP02
bai-viet/2024/02-ngay.md:2:7: DB03
bai-viet/2024/03-khoa.md:4:1: DB01
bai-viet/2024/03-khoa.md:5:1: DB01
bai-viet/2024/04-thieu.md:1:1: DB02
bai-viet/2024/04-thieu.md:1:1: DB02
bai-viet/2024/05-nguoi-doc.md:4:11: DB04
bai-viet/2024/06-anh.md:4:8: HA01
bai-viet/2024/06-anh.md:7:12: HA01
bai-viet/2024/06-anh.md:9:5: HA02
bai-viet/2024/07-mo-ta.md:4:8: HA02
bai-viet/2024/08-lien-ket.md:5:11: LK01
bai-viet/2024/08-lien-ket.md:7:6: LK03
bai-viet/2024/08-lien-ket.md:7:36: LK01
bai-viet/2024/09-van-ban.md:4:14: VB01
bai-viet/2024/09-van-ban.md:4:14: VB02
bai-viet/2024/09-van-ban.md:4:14: VB03
bai-viet/2024/10-tieu-khien.md:5:4: TP03
bai-viet/2024/11-yaml.md:2:9: DB07
bai-viet/2024/12-cot.md:4:9: BT02
bai-viet/2024/12-cot.md:5:11: DB03
bai-viet/2024/12-cot.md:6:13: DB09
bai-viet/2024/13-dong.md:2:1: DB06
bai-viet/2024/13-dong.md:5:1: DB05
bai-viet/2024/14-vni.md:5:26: TP06
bai-viet/2024/15-hong.md:5:9: HA03
bai-viet/anh.jpg:1:1: TP04
ban-tin/2024-01.md:2:9: DB10
ban-tin/2024-02b.md:3:8: BT01
ban-tin/2024-02b.md:4:10: BT02
ghi-chu.txt:1:1: TP04
noi-bo/2024/kin.md:4:11: DB08
tac-gia/khong-ten.md:1:1: DB02
trang/+++.md:1:1: DC02
van-ban/35-nq-tw-2018.md:2:9: VB04
van-ban/47-qd-tw.md:5:13: LK01
van-ban/47-qd-tw.md:6:11: VB01
van-ban/xa-la.md:2:9: VB03
van-ban/xa-la.md:3:7: DB04
van-ban/xa-la.md:4:9: DB04
van-ban/xa-la.md:5:9: DB03
"""


def places(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[str]:
    """Diagnostics without their words."""
    return [f"{d.path.removeprefix('content/')}:{d.line}:{d.column}: {d.code}" for d in found]


def test_every_fault_is_found_in_its_place(write: Write) -> None:
    content = write(FAULTY)
    (content / "anh/noi.png").symlink_to(content / "anh/co-anh.png")
    found = check(ROOT / "pelicanconf.py", PATH=str(content))
    assert places(found) == FOUND.split("\n")[1:-1]
    assert all(d.hint for d in found if d.code not in {"DB07"})


@pytest.mark.parametrize("flags", [(), ("-q",), ("--fatal", "errors"), ("--log-handler", "plain"), ("-v",)], ids=" ".join)
def test_pelican_prints_all_and_writes_nothing(write: Write, tmp_path: Path, flags: tuple[str, ...]) -> None:
    content, output = write(FAULTY), tmp_path / "output"
    done = pelican(content, output, *flags)
    said = re.findall(r"^content/(\S+:\d+:\d+: [A-Z]{2}\d\d) \S", done.stderr, re.MULTILINE)
    assert said == [line for line in FOUND.split("\n")[1:-1] if "noi.png" not in line]
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert not output.exists() and sorted(p.name for p in (tmp_path / ".output.bantin").iterdir()) == [LOCK]


def test_a_broken_file_beside_good_ones_leaves_the_old_output(write: Write, tmp_path: Path) -> None:
    content, output = write({"bai-viet/a.md": article()}), tmp_path / "output"
    build(content, output)
    before = {p: p.stat().st_mtime_ns for p in output.rglob("*")}
    write({"bai-viet/a.md": article("Chữ mới."), "bai-viet/b.md": article(Date="mai")})
    with pytest.raises(Refused):
        build(content, output)
    assert {p: p.stat().st_mtime_ns for p in output.rglob("*")} == before
    write({"bai-viet/b.md": article()})
    build(content, output)
    assert "Chữ mới" in (output / "bai-viet/2023/a/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("files", "message", "hint"),
    [
        ({"bai-viet/a.md": article(Resolutions="53-NQ/TW")}, "53-NQ/TW không có trong danh mục văn bản", "có phải 35-NQ/TW?"),
        (
            {"bai-viet/a.md": article(Resolutions="26-NQ/TW")},
            "26-NQ/TW có thể là 2 văn bản",
            "“Nghị quyết số 26-NQ/TW, ngày 05/8/2008 của Ban Chấp hành Trung ương (khóa X)”; “Nghị quyết số 26-NQ/TW, ngày 19/5/2018",
        ),
        ({"bai-viet/a.md": article(Resolutions="26-NQ/TW (khóa XI)")}, "không có văn bản nào đúng như", "khóa X)”; "),
        (
            {"bai-viet/a.md": article(Image="co-hop.png", Image_alt="x"), "anh/co-hopp.png": picture()},
            "“anh/co-hop.png”",
            "“co-hopp.png”?",
        ),
        ({"bai-viet/a.md": article(Summry="x")}, "khóa “summry”", "có phải “Summary”?"),
        ({"bai-viet/a.md": article(Column="Xay dung Dang")}, "“Xay dung Dang”", "có phải “Xây dựng Đảng”?"),
        ({"van-ban/lac-lich.toml": "x = 1"}, "van-ban/ chỉ nhận tệp .md", "anh/"),
        ({"bai-viet/tim-kiem/a.md": article(), "trang/van-ban.md": "Title: Trùng\n"}, "cùng địa chỉ với trang có sẵn", "Slug"),
        (
            {"bai-viet/a.md": article(Tags="Ủy ban"), "bai-viet/b.md": article(Tags="cơ sở, uỷ ban")},
            "cùng địa chỉ với “Ủy ban” ở bai-viet/a.md",
            "thống nhất",
        ),
        (
            {"bai-viet/a.md": article(Authors="Lê An"), "bai-viet/b.md": article(Author="LÊ AN")},
            "cùng địa chỉ với “Lê An”",
            "thống nhất",
        ),
        ({"bai-viet/a.md": article(Tags="…")}, "“…” không làm địa chỉ được", "chữ hoặc số"),
        ({"trang/chuyen-muc.md": "Title: Trùng\n", "bai-viet/a.md": article()}, "cùng địa chỉ với trang có sẵn", "Slug"),
        (
            {"van-ban/do-phu.md": DOCUMENT.replace("35-NQ", "44-NQ"), "bai-viet/a.md": article()},
            "cùng địa chỉ với trang có sẵn",
            "Slug",
        ),
    ],
)
def test_messages_help(write: Write, files: dict[str, str | bytes], message: str, hint: str) -> None:
    """What is nearest is suggested; where several fit, all are named."""
    registry = {
        name: data for name, data in FAULTY.items() if name.startswith("van-ban/26") or name == "van-ban/35-nq-tw-2018.md"
    }
    (found,) = check(ROOT / "pelicanconf.py", PATH=str(write({**registry, **files})))
    assert message in found.message and hint in found.hint


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("khoa.toml", "[[khoa]\n", 1),
        ("cot-muc.toml", '[[cot-muc]]\nname = "A"\norder = "một"\n', 1),
        ("co-quan-xuat-ban.toml", 'name = "Bản tin"\n', 1),
        ("chuyen-muc.toml", '[[chuyen-muc]]\nname = "A"\nnmae = "B"\n', 1),
    ],
)
def test_malformed_catalogue(write: Write, tmp_path: Path, name: str, text: str, line: int) -> None:
    content = write({"bai-viet/a.md": article(), f"danh-muc/{name}": text})
    done = pelican(content, tmp_path / "output")
    assert re.match(rf"content/danh-muc/{name}:{line}:\d+: DM01 \S", done.stderr), done.stderr
    assert done.returncode == 1 and "Traceback" not in done.stderr and not (tmp_path / "output").exists()


def test_a_link_to_a_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "lo.md").write_text(article(Title="Không được đọc"), "utf-8")
    content = write({"bai-viet/a.md": article()})
    (content / "bai-viet/noi").symlink_to(outside)
    assert places(check(ROOT / "pelicanconf.py", PATH=str(content))) == ["bai-viet/noi:1:1: TP05"]


# Kills the build at the Nth file that is moved into place or removed, as a power cut would.
KILLED = """
import os, signal, sys
import bantin.build as build
left = int(sys.argv.pop(1))
def counted(step):
    def run(*args):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*args)
    return run
build._place, build._remove = counted(build._place), counted(build._remove)
from pelican import main
main()
"""


@pytest.mark.parametrize("after", [1, 2, 9, 20, 30])
def test_killed_build_leaves_nothing_for_the_next(write: Write, tmp_path: Path, after: int) -> None:
    """Whatever a killed build left, the next one equals a clean one."""
    names = [f"bai-viet/2024/{n}.md" for n in range(6)]
    content = write({name: article(Date="2024-01-02", Tags=f"thẻ {name[-4]}") for name in names})
    output = tmp_path / "output"
    build(content, output)
    for name in names[:3]:
        (content / name).unlink()
    write({"bai-viet/2024/moi.md": article(Date="2024-01-03", Category="Mục khác")})
    command = [sys.executable, "-c", KILLED, str(after), str(content), "-s", str(ROOT / "pelicanconf.py"), "-o", str(output)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    build(content, output)
    build(content, tmp_path / "clean")
    assert tree(output) == tree(tmp_path / "clean")
    assert [p for p in output.rglob("*") if p.is_dir() and not any(p.iterdir())] == []
    left = {p.name for p in (tmp_path / ".output.bantin").iterdir()}
    assert left - {standing.NAME} == {MANIFEST, LOCK, standing.MEMORY, works.COMPILED} | {
        name for name in left if name.startswith(standing.STORE)
    }
