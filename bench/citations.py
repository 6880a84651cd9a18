"""How fast citations are found and resolved, and, on annotated texts that you have, how many are found right.

    invoke bench citations [--corpus gold.jsonl]

Gold: JSON Lines with `id, text, citations[]` (`start, end, canonical, date, issuer, term`; null where the text is silent).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bantin.catalogue import Catalogue, load  # noqa: E402
from bantin.citations import Mention, find  # noqa: E402
from bantin.documents import read_document  # noqa: E402
from bantin.registry import Registry  # noqa: E402
from bantin.source import parse  # noqa: E402
from bantin.vietnamese import short_date  # noqa: E402

DOCUMENTS, CITATIONS, CHARACTERS = 5_000, 50_000, 1_000_000


def registry_of(catalogue: Catalogue, size: int) -> Registry:
    """A registry of `size` resolutions: every number in each of several terms."""
    documents = []
    for n in range(size):
        day = date(1992, 1, 1) + timedelta(days=(n % 6) * 1827 + n % 1500)
        text = f"Title: về việc {n}\nNumber: {n // 6 + 1}-NQ/TW\nKind: Nghị quyết\nIssuer: Bộ Chính trị\nIssued: {day}\n\nChữ."
        source, _ = parse(text, f"van-ban/{n}.md", f"{n}.md")
        document = read_document(source, str(n), catalogue)[0] if source else None
        documents += [document] if document else []
    return Registry(documents, catalogue)


def speed(catalogue: Catalogue) -> None:
    """Print how long finding in a megabyte and resolving 50,000 citations take."""
    registry, chance = registry_of(catalogue, DOCUMENTS), random.Random(1)
    cited = [chance.choice(registry.documents) for _ in range(CITATIONS)]
    words = "Cấp ủy các cấp tổ chức học tập và đưa nội dung vào kế hoạch công tác của từng quý, có phân công rõ người rõ việc. "
    text = "".join(f"{words * 3}Theo {d.name}, ngày {short_date(d.issued)} của Bộ Chính trị. " for d in cited if d.issued)[
        :CHARACTERS
    ]
    start = time.perf_counter()
    found = sum(1 for _ in find(text, catalogue))
    finding = time.perf_counter() - start
    mentions: list[Mention] = [m for d in cited for m in find(d.citation, catalogue)]
    start = time.perf_counter()
    right = sum(registry.resolve(mention).document is document for mention, document in zip(mentions, cited, strict=True))
    resolving = time.perf_counter() - start
    print(f"tìm trong {len(text):,} ký tự: {found:,} trích dẫn, {finding:.2f} giây")
    print(f"đối chiếu {len(mentions):,} trích dẫn với {len(registry.documents):,} văn bản: đúng {right:,}, {resolving:.2f} giây")


def score(catalogue: Catalogue, gold: Iterable[dict[str, Any]]) -> None:
    """Print exact and canonical F1 and, where the gold has one, how often date, issuer and term agree."""
    exact, canonical, said, total, alarms = Counter[str](), Counter[str](), Counter[str](), Counter[str](), 0
    for entry in gold:
        found = list(find(entry["text"], catalogue))
        parts = entry.get("partial", [])
        counted = [m for m in found if not any(m.start < p["end"] and p["start"] < m.end for p in parts)]
        alarms += bool(counted and not entry["citations"])
        wanted = Counter((c["start"], c["end"], c["canonical"]) for c in entry["citations"])
        made = Counter((m.start, m.end, m.canonical) for m in counted)
        _count(exact, wanted, made)
        _count(canonical, Counter(k[2] for k in wanted.elements()), Counter(k[2] for k in made.elements()))
        by_span = {(m.start, m.end): m for m in found}
        for citation in entry["citations"]:
            mention = by_span.get((citation["start"], citation["end"]))
            for name in ("date", "issuer", "term"):
                if citation.get(name):
                    total[name] += 1
                    said[name] += bool(mention) and _same(getattr(mention, name), citation[name])
    print(f"exact F1 {_f1(exact):.3f}, canonical F1 {_f1(canonical):.3f}, đoạn không có mà báo có: {alarms}")
    print(", ".join(f"{name} {said[name] / total[name]:.3f} ({total[name]})" for name in total))


def _count(tally: Counter[str], wanted: Counter[Any], made: Counter[Any]) -> None:
    tally["right"] += (wanted & made).total()
    tally["wanted"] += wanted.total()
    tally["made"] += made.total()


def _f1(tally: Counter[str]) -> float:
    return 2 * tally["right"] / (tally["wanted"] + tally["made"]) if tally["wanted"] + tally["made"] else 1.0


def _same(one: object, other: str) -> bool:
    def plain(value: object) -> str:
        return " ".join(unicodedata.normalize("NFC", str(value)).casefold().replace("uỷ", "ủy").split())

    return plain(one) == plain(other)


def main() -> None:
    """Print speed, and quality where a corpus is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    arguments = parser.parse_args()
    catalogue = load(ROOT / "content" / "danh-muc")
    speed(catalogue)
    if arguments.corpus:
        score(catalogue, [json.loads(line) for line in arguments.corpus.read_text(encoding="utf-8").splitlines() if line.strip()])


if __name__ == "__main__":
    main()
