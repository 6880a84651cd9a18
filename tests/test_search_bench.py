"""What the benchmark of search makes and how it counts; what it measures is no matter of tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, tree
from search_queries import QUERIES

from bench import search


def test_generated_articles_are_in_no_issue(tmp_path: Path) -> None:
    """Issues of other months would answer what is asked for ours."""
    search.corpus(tmp_path / "content", 12)
    made = tree(tmp_path / "content")
    generated = [text.decode() for name, text in made.items() if Path(name).name.startswith("bai-0")]
    assert len(generated) == 12 and all("\nBulletin: none\n" in text for text in generated)
    for name, text in tree(ROOT / "content" / "bai-viet").items():
        assert made[f"bai-viet/{name}"] == text


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/pagefind/index/vi_1.pf_index", "từ"), ("/pagefind/luu-tru/fragment/vi_2.pf_fragment", "bản ghi"), ("/pagefind/pagefind.vi_1.pf_meta", "danh sách tệp"),
        ("/pagefind/pagefind.js", "chương trình"), ("/pagefind/wasm.unknown.pagefind", "chương trình"), ("/pagefind/luu-tru/loc.json", "bộ lọc"),
        ("/pagefind/so-hieu.json", "số hiệu"), ("/tim-kiem/?q=a", "trang"), ("/theme/js/search.js", "trang"),
    ],
)  # fmt: skip
def test_bytes_by_kind(address: str, kind: str) -> None:
    sums = search.kinds({f"http://127.0.0.1:1{address}": 7})
    assert sums[kind] == 7 == sum(sums.values())


def test_the_report_says_what_is_wrong() -> None:
    def row(query: str, first: str) -> dict[str, Any]:
        counted = dict.fromkeys(("index", "bytes", "requests", "cold", "warm"), 1000)
        return {"query": query, "first": first, "expected": "a/", "found": "3", "kinds": search.kinds({"/x": 1000}), **counted}

    measured = {
        "articles": 2,
        "files": 3,
        "size": 4,
        "builds": {},
        "list": (5, 6),
        "queries": [row("số 4", "a/"), row("bốn", "b/")],
    }
    said = search.report(measured)
    assert "SAI: b/" in said and "đúng 1/2" in said and "bytes, hỏi theo số: trung vị 1,000" in said


def test_queries_of_both_sorts_are_asked() -> None:
    numbered = [any(map(str.isdigit, query.text)) for query in QUERIES if query.large]
    assert any(numbered) and not all(numbered)
