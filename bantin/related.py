"""Which articles are related: those that share documents first, then those that share tags; the newer one where that is equal."""

from __future__ import annotations

from collections.abc import Mapping, Set
from heapq import nsmallest


def most_related(documents: Mapping[str, int], tags: Mapping[str, int], place: Mapping[str, int], limit: int) -> list[str]:
    """The first `limit` paths of those that share anything. documents, tags: how many are shared, by path; place: newest first.

    From the most down: a tag may have thousands of articles, of which four are wanted.
    """
    best: list[str] = []
    for count in sorted({*documents.values(), 0}, reverse=True):
        sharing = {path for path, n in documents.items() if n == count} if count else tags.keys() - documents.keys()
        best += _most(sharing, tags, place, limit - len(best))
        if len(best) == limit:
            break
    return best


def _most(paths: Set[str], tags: Mapping[str, int], place: Mapping[str, int], limit: int) -> list[str]:
    best: list[str] = []
    for count in sorted({tags.get(path, 0) for path in paths}, reverse=True):
        alike = [path for path in paths if tags.get(path, 0) == count]
        best += nsmallest(limit - len(best), alike, key=place.__getitem__)
        if len(best) == limit:
            break
    return best
