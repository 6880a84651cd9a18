"""Citations in running text: the forms in which people cite, and what is none."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import permutations

import pytest
from conftest import CATALOGUES
from hypothesis import given
from hypothesis import strategies as st

from bantin.catalogue import Catalogue, DocumentType, load
from bantin.citations import Mention, find, parse, symbol_key
from bantin.vietnamese import roman, short_date

HYPHENS = "-\u2010\u2011\u2012\u2013\u2014"
NBSP, ZERO, JOINER = "\u00a0", "\u200b", "\u2060"


@cache
def known() -> Catalogue:
    """The project's catalogues, for the laws (which take no fixture)."""
    return load(CATALOGUES)


def only(text: str) -> Mention:
    """The one mention in a text."""
    (mention,) = find(text, known())
    assert text[mention.start : mention.end] == mention.surface
    return mention


FORMS = [
    ("Chi bộ học 35-NQ/TW buổi sáng.", "35-NQ/TW", "35-NQ/TW", "NQ", False),
    ("Chi bộ học Nghị quyết số 35-NQ/TW.", "Nghị quyết số 35-NQ/TW", "35-NQ/TW", "NQ", True),
    ("Chi bộ học Nghị quyết 35-NQ/TW.", "Nghị quyết 35-NQ/TW", "35-NQ/TW", "NQ", True),
    ("NGHỊ QUYẾT SỐ 35-NQ/TW", "NGHỊ QUYẾT SỐ 35-NQ/TW", "35-NQ/TW", "NQ", True),
    ("nghị quyết 35-nq/tw ra đời", "nghị quyết 35-nq/tw", "35-NQ/TW", "NQ", True),
    ("theo Chỉ thị Số: 5 - CT/TW,", "Chỉ thị Số: 5 - CT/TW", "5-CT/TW", "CT", True),
    ("(94- KH/BTGDVTW)", "94- KH/BTGDVTW", "94-KH/BTGDVTW", "KH", False),
    ("số31-QĐ/TW", "31-QĐ/TW", "31-QĐ/TW", "QĐ", False),
    ("bản 26 NQ/TW in lại", "26 NQ/TW", "26-NQ/TW", "NQ", False),
    ("“12–HD/BTGTU”", "12–HD/BTGTU", "12-HD/BTGTU", "HD", False),
    ("Chỉ thị\n7-CT/T.Ư", "Chỉ thị\n7-CT/T.Ư", "7-CT/TW", "CT", True),
    ("Chỉ thị 7-CT/TƯ;", "Chỉ thị 7-CT/TƯ", "7-CT/TW", "CT", True),
    (f"Kết{NBSP}luận số{NBSP}14{NBSP}-{NBSP}KL/TW", f"Kết{NBSP}luận số{NBSP}14{NBSP}-{NBSP}KL/TW", "14-KL/TW", "KL", True),
    (f"Kết luận{ZERO} 14{ZERO}-{JOINER}KL/TW", f"Kết luận{ZERO} 14{ZERO}-{JOINER}KL/TW", "14-KL/TW", "KL", True),
    ("Quy định 22-QĐ/TW", "Quy định 22-QĐ/TW", "22-QĐ/TW", "QĐi", True),
    ("Quyết định 22-QĐ/TW", "Quyết định 22-QĐ/TW", "22-QĐ/TW", "QĐ", True),
    ("22-QĐi/TW", "22-QĐi/TW", "22-QĐi/TW", "QĐi", False),
    ("Chương trình 3-Ctr/TU", "Chương trình 3-Ctr/TU", "3-CTr/TU", "CTr", True),
    ("Thông tri 2-TT/TW", "Thông tri 2-TT/TW", "2-TT/TW", "TTri", True),
    ("Nghị định số 61/2018/NĐ-CP", "Nghị định số 61/2018/NĐ-CP", "61/2018/NĐ-CP", "NĐ", True),
    ("Nghị định 61 / 2018 / NĐ – CP", "Nghị định 61 / 2018 / NĐ – CP", "61/2018/NĐ-CP", "NĐ", True),
    ("Thông tư 15/2015/TT-BTTTT", "Thông tư 15/2015/TT-BTTTT", "15/2015/TT-BTTTT", "TT", True),
    ("Quyết định 1999/QĐ-TTg", "Quyết định 1999/QĐ-TTg", "1999/QĐ-TTg", "QĐ", True),
    ("Luật số 91/2025/QH15", "Luật số 91/2025/QH15", "91/2025/QH15", "Luật", True),
    ("văn bản số 8-CV/TU", "văn bản số 8-CV/TU", "8-CV/TU", "CV", False),
    ("8-CV/TU/9", "8-CV/TU", "8-CV/TU", "CV", False),
]


@pytest.mark.parametrize(("text", "surface", "canonical", "kind", "typed"), FORMS, ids=[f[0] for f in FORMS])
def test_forms(text: str, surface: str, canonical: str, kind: str, typed: bool) -> None:
    found = only(text)
    assert (found.surface, found.canonical, found.kind, found.typed) == (surface, canonical, kind, typed)


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021-2025", "phục vụ 24/7", "ngày 26/3/1931", "85/2025 hồ sơ", "mã 12-AB/TW", "5-NQ", "NQ/TW", "a35-NQ/TW", "7/35-NQ/TW",
        "123456-NQ/TW", "35--NQ/TW", "35-nq-tw", "35.NQ/TW", "QCVN 41:2016/BGTVT", "12/A5-KTX", "biển 29-HC/2345", "61/1818/NĐ-CP", "91/2025/QH", "tỷ lệ 3/5-7 tổ", "", " ",
    ],
)  # fmt: skip
def test_what_is_no_citation(text: str) -> None:
    assert list(find(text, known())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kết luận 1-KL/TW và Chỉ thị 2-CT/TW", ["1-KL/TW", "2-CT/TW"]),
        ("1-KL/TW, 2-CT/TW; 3/2020/NĐ-CP", ["1-KL/TW", "2-CT/TW", "3/2020/NĐ-CP"]),
        ("số 198-KL/TW, không phải 198-KH/TW", ["198-KL/TW", "198-KH/TW"]),
        ("Quy chế kèm theo Quyết định 44-QĐ/BTGTW", ["44-QĐ/BTGTW"]),
    ],
)
def test_several_in_one_text(text: str, found: list[str]) -> None:
    assert [m.canonical for m in find(text, known())] == found


Tail = tuple[date | None, str | None, str | None]
DAY = date(2019, 3, 7)

TAILS: list[tuple[str, Tail]] = [
    (" ngày 07/3/2019", (DAY, None, None)),
    (", ngày 7-3-2019", (DAY, None, None)),
    (" , ngày 07.03.2019", (DAY, None, None)),
    (" ngày 7 tháng 3 năm 2019", (DAY, None, None)),
    (" ban hành ngày 7 / 3 / 2019", (DAY, None, None)),
    (f"\nngày{NBSP}07/03/2019", (DAY, None, None)),
    (" NGÀY 7 THÁNG 3 NĂM 2019", (DAY, None, None)),
    (" ngày 31/02/2019", (None, None, None)),
    (" ngày hôm sau 07/3/2019", (None, None, None)),
    (" (07/3/2019)", (DAY, None, None)),
    (" khóa XII", (None, None, "XII")),
    (", khoá xii", (None, None, "XII")),
    (" (Khóa 12)", (None, None, "XII")),
    (" [khóa XII]", (None, None, "XII")),
    (" khóa 99", (None, None, None)),
    (" khóa IIX", (None, None, None)),
    (" khóa học hè", (None, None, None)),
    (" của Bộ Chính trị", (None, "Bộ Chính trị", None)),
    (" của Bộ Chính trị về đất đai", (None, "Bộ Chính trị", None)),
    (", của Ban Chấp hành Trung ương Đảng.", (None, "Ban Chấp hành Trung ương Đảng", None)),
    (" của Tỉnh ủy Hòa Bình và các huyện", (None, "Tỉnh ủy Hòa Bình", None)),
    (" của Tỉnh uỷ, khóa XII", (None, "Tỉnh uỷ", "XII")),
    (" của tổ dân phố", (None, None, None)),
    (" về nông thôn, ngày 07/3/2019", (None, None, None)),
    (". Ngày 07/3/2019", (None, None, None)),
    ("", (None, None, None)),
]


@pytest.mark.parametrize(("tail", "expected"), TAILS, ids=[t[0] for t in TAILS])
def test_tails(tail: str, expected: Tail) -> None:
    found = only(f"Nghị quyết 35-NQ/TW{tail}")
    assert (found.date, found.issuer, found.term) == expected
    assert found.surface == "Nghị quyết 35-NQ/TW"


@pytest.mark.parametrize("order", list(permutations([" ngày 07/3/2019", " của Bộ Chính trị", " (khóa XII)"])))
@pytest.mark.parametrize("comma", ["", ","])
def test_a_tail_in_any_order(order: tuple[str, ...], comma: str) -> None:
    found = only("Quy định số 35-QĐ/TW" + "".join(comma + part for part in order) + " đã nêu")
    assert (found.date, found.issuer, found.term) == (DAY, "Bộ Chính trị", "XII")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5-CT/TW", "05-ct/tw", True),
        ("5-CT/TW", "005 – CT/T.Ư", True),
        ("5-QĐ/TW", "5-QyĐ/TW", True),
        ("5-QĐ/TW", "5-QĐi/TW", True),
        ("5-CT/TW", "5-CT/TU", False),
        ("5-CT/TW", "50-CT/TW", False),
        ("5-KL/TW", "5-KH/TW", False),
        ("5/2018/NĐ-CP", "05/2018/nđ-cp", True),
        ("5/2018/NĐ-CP", "5/2019/NĐ-CP", False),
        ("5/QĐ-TTg", "5/2018/QĐ-TTg", False),
        ("5/2025/QH15", "5/2025/QH14", False),
    ],
)
def test_keys(one: str, other: str, same: bool) -> None:
    assert (only(one).key == only(other).key) is same


def test_symbols_fold() -> None:
    assert symbol_key("QyĐ/TW") == symbol_key("QĐi/tw") == symbol_key("QĐ/TW") != symbol_key("QC/TW")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("35-NQ/TW", "35-NQ/TW"),
        ("  Nghị quyết 35-NQ/TW ngày 07/3/2019", "35-NQ/TW"),
        ("35-NQ/TW (thay 12-NQ/TW)", "35-NQ/TW"),
        ("theo 35-NQ/TW", None),
        ("NQ 35-NQ/TW", "35-NQ/TW"),
        ("Đại hội", None),
        ("", None),
    ],
)
def test_an_entry_of_a_header(text: str, canonical: str | None) -> None:
    found = parse(text, known())
    assert (found and found.canonical) == canonical


PARTY_TYPES = [t for t in known().types if "dang" in t.regimes and t.symbols]
PARTY_ISSUERS = sorted({s for i in known().issuers if i.regime == "dang" for s in i.symbols})
STATE_TYPES = [t for t in known().types if "nha-nuoc" in t.regimes and t.symbols and not {"QH", "UBTVQH"} & set(t.symbols)]
STATE_ISSUERS = sorted(
    {s for i in known().issuers if i.regime == "nha-nuoc" for s in i.symbols if not s.startswith(("QH", "UBTVQH"))}
)
BODIES = sorted(i.name for i in known().issuers if i.regime == "dang")
WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyắềọũ ,;", max_size=25)
SPACES = st.sampled_from(["", " ", NBSP, "\n", f"{ZERO} ", "\u202f"])
DASHES = st.builds(lambda a, dash, b: a + dash + b, SPACES, st.sampled_from(HYPHENS), SPACES)


@given(WORDS, st.sampled_from(PARTY_TYPES), st.booleans(), st.integers(1, 9999), DASHES, st.sampled_from(PARTY_ISSUERS),
       st.dates(date(1930, 1, 1), date(2099, 12, 31)), st.sampled_from(BODIES), st.integers(1, 39), st.permutations(range(3)), WORDS)  # fmt: skip
def test_law_a_party_citation_reads_back_from_any_sentence(
    before: str,
    kind: DocumentType,
    typed: bool,
    number: int,
    dash: str,
    issuer: str,
    day: date,
    body: str,
    term: int,
    order: list[int],
    after: str,
) -> None:
    symbol = kind.symbols[0]
    tail = (f", ngày {short_date(day)}", f" của {body}", f" (khóa {roman(term)})")
    text = f"{before} ({kind.name + ' số ' if typed else ''}{number}{dash}{symbol}/{issuer}{''.join(tail[n] for n in order)}) {after}"
    found = only(text)
    assert (found.canonical, found.number, found.symbol) == (f"{number}-{symbol}/{issuer}", str(number), f"{symbol}/{issuer}")
    assert (found.date, found.term, found.typed) == (day, roman(term), typed)
    assert found.issuer == body
    assert found.kind == (kind.kind if typed else symbol)


@given(WORDS, st.sampled_from(STATE_TYPES), st.booleans(), st.integers(1, 9999), st.integers(1945, 2099) | st.none(), DASHES,
       st.sampled_from(STATE_ISSUERS), SPACES)  # fmt: skip
def test_law_a_state_citation_reads_back(
    before: str, kind: DocumentType, typed: bool, number: int, year: int | None, dash: str, issuer: str, space: str
) -> None:
    slash = f"{space}/{space}"
    symbol = kind.symbols[0]
    middle = f"{slash}{year}" if year else ""
    found = only(f"{before} ({kind.name + ' ' if typed else ''}{number}{middle}{slash}{symbol}{dash}{issuer}).")
    assert found.canonical == f"{number}/{f'{year}/' if year else ''}{symbol}-{issuer}"
    assert (found.year, found.typed) == (year, typed)


@given(st.lists(st.sampled_from(["35", "NQ", "TW", "-", "/", " ", "số", "ngày ", "05/8/2008", "của ", "Bộ Chính trị", "khóa ", "X", "\n", "2018", "NĐ", "CP", "(", ","]), max_size=30))  # fmt: skip
def test_law_mentions_stand_in_order_and_raise_nothing(parts: list[str]) -> None:
    text, end = "".join(parts), 0
    for mention in find(text, known()):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert only(mention.canonical).key == mention.key
        end = mention.end
