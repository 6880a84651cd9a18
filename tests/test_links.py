"""Where a written link leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pelicanconf
from bantin.addresses import Addresses
from bantin.body import ROOT
from bantin.links import Links, Target

SETTINGS = {name: value for name, value in vars(pelicanconf).items() if name.isupper()}
HERE = "bai-viet/2024/o-day.md"


class Folder:
    """A content folder that has these files."""

    def __init__(self, *files: str) -> None:
        self._files = files

    def stamp(self, path: str) -> str:
        """As `Content.stamp`."""
        return "có" if path in self._files else ""


LINKS = Links(
    Addresses(SETTINGS, "https://xa.example"),
    {
        "bai-viet/2024/khac.md": "bai-viet/2024/khac/",
        "bai-viet/2023/cu.md": "bai-viet/2023/cu/",
        "van-ban/5-ct.md": "van-ban/5-ct/",
        "trang/lien-he.md": "lien-he/",
    }.get,
    Folder(  # type: ignore[arg-type]
        HERE,
        "bai-viet/2024/khac.md",
        "bai-viet/2024/nhap.md",
        "noi-bo/2024/kin.md",
        "tep/mau đơn.pdf",
        "anh/so-do.png",
        "danh-muc/khoa.toml",
    ),
    lambda: frozenset({"", "tim-kiem/", "lien-he/", "the/ruong-dat/", "chuyen-muc/tu-co-so/", "tac-gia/to-bien-tap/"}),
)

TO = [
    ("https://nhandan.vn/a?b=1&c#d", Target("https://nhandan.vn/a?b=1&c#d")),
    ("http://a.example", Target("http://a.example")),
    ("mailto:xa@a.example", Target("mailto:xa@a.example")),
    ("tel:+84123", Target("tel:+84123")),
    ("#muc-2", Target("#muc-2")),
    ("khac.md", Target(f"{ROOT}bai-viet/2024/khac/")),
    ("./khac.md#muc-2", Target(f"{ROOT}bai-viet/2024/khac/#muc-2")),
    ("../2023/cu.md", Target(f"{ROOT}bai-viet/2023/cu/")),
    ("{filename}khac.md", Target(f"{ROOT}bai-viet/2024/khac/")),
    ("{filename}/van-ban/5-ct.md", Target(f"{ROOT}van-ban/5-ct/")),
    ("%7Bfilename%7D/van-ban/5-ct.md", Target(f"{ROOT}van-ban/5-ct/")),
    ("|filename|/trang/lien-he.md#so", Target(f"{ROOT}lien-he/#so")),
    ("{static}/tep/mau%20%C4%91%C6%A1n.pdf", Target(f"{ROOT}tep/mau đơn.pdf", file="tep/mau đơn.pdf")),
    ("{attach}../../tep/mau đơn.pdf", Target(f"{ROOT}tep/mau đơn.pdf", file="tep/mau đơn.pdf")),
    ("{index}", Target(ROOT)),
    ("{tag}ruộng đất", Target(f"{ROOT}the/ruong-dat/")),
    ("{category}Từ cơ sở", Target(f"{ROOT}chuyen-muc/tu-co-so/")),
    ("{author}Tổ biên tập", Target(f"{ROOT}tac-gia/to-bien-tap/")),
    ("/", Target(ROOT)),
    ("/lien-he/", Target(f"{ROOT}lien-he/")),
    ("/tim-kiem/?q=đất#ket-qua", Target(f"{ROOT}tim-kiem/?q=đất#ket-qua")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "target"), TO, ids=[t[0] for t in TO])
def test_where_it_leads(written: str, target: Target) -> None:
    assert LINKS.follow(written, HERE) == target


NOWHERE = [
    ("khong-co.md", "LK01"),
    ("{filename}/khong-co.md", "LK01"),
    ("{static}/tep/khong-co.pdf", "LK01"),
    ("/khong-co/", "LK01"),
    ("/lien-he", "LK01"),
    ("{tag}không có", "LK01"),
    ("{lạ}x", "LK01"),
    ("{url}x", "LK01"),
    ("../../../etc/passwd", "LK01"),
    ("{static}/../tasks.py", "LK01"),
    ("", "LK01"),
    ("nhap.md", "LK02"),
    ("{filename}/noi-bo/2024/kin.md", "LK02"),
    ("../../danh-muc/khoa.toml", "LK02"),
    ("javascript:alert(1)", "LK03"),
    ("JaVaScRiPt&colon;alert(1)", "LK03"),
    ("java%73cript:alert(1)", "LK03"),
    ("data:text/html,x", "LK03"),
    ("file:///etc/passwd", "LK03"),
    ("C:\\anh\\a.png", "LK03"),
    ("//a.example/x", "LK03"),
    ("ftp://a.example", "LK03"),
    ("http://[x", "LK03"),
]


@pytest.mark.parametrize(("written", "code"), NOWHERE, ids=[n[0] for n in NOWHERE])
def test_where_it_may_not_lead(written: str, code: str) -> None:
    assert LINKS.follow(written, HERE) == Target(code=code)


@given(st.text(alphabet="{}|/.:#?%&;abc fileNAMEjvscript\\[]\t\n", max_size=40))
def test_law_a_link_has_an_address_or_a_code(written: str) -> None:
    found = LINKS.follow(written, HERE)
    assert bool(found.address) != bool(found.code)
    assert not found.address or found.address.startswith((ROOT, "#", "http:", "https:", "mailto:", "tel:"))
