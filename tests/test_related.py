"""Related articles against the rule as it is told: sort all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bantin.related import most_related

PATHS = [f"bai-{n}.md" for n in range(12)]
counts = st.dictionaries(st.sampled_from(PATHS), st.integers(1, 3))


@given(counts, counts, st.permutations(PATHS), st.integers(0, 5))
def test_as_if_all_were_sorted(documents: dict[str, int], tags: dict[str, int], order: list[str], limit: int) -> None:
    place = {path: n for n, path in enumerate(order)}
    wanted = sorted(documents.keys() | tags.keys(), key=lambda p: (-documents.get(p, 0), -tags.get(p, 0), place[p]))
    assert most_related(documents, tags, place, limit) == wanted[:limit]
