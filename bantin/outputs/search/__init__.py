"""The search index by Pagefind, in two parts: the year of the newest article, and in a folder all years before it.

An article of this year does not touch the part of the years before, so browsers keep what they have of it; they put the two
together. Pagefind runs over copies of the pages (`shadow`), so nothing can be found that has no page, some at a time
(`batch`), and a part is those batches put together (`part`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from bantin.outputs.search import chunks, shadow, tool, words
from bantin.outputs.search.words import Batch, Words

CLOSED = "luu-tru/"
FACETS, NUMBERED = "loc.json", "so-hieu.json"
FEW = 64  # pages of a batch, at most about so many

Files = dict[str, bytes | None]


def batch(copies: Mapping[str, str], fields: Sequence[str]) -> tuple[Files, Batch]:
    """The records of some pages by their path in the part's folder, and their words.

    copies: by the page's file; fields: names of all that `data-pagefind-meta` names, anywhere on the site. Raises RuntimeError with
    what Pagefind said where it fails.
    """
    found = tool.run(copies)
    named = {"/" + name.removesuffix("index.html"): name for name in copies}
    files: Files = {}
    pages = []
    for name, count in found.pages:
        data, url = shadow.record(found.records[name])
        record = chunks.named(data)
        files[f"fragment/{record}.pf_fragment"] = chunks.packed(data)
        pages.append((record, count, named[url]))
    return files, words.batch(found, pages, fields)


def part(found: Words, fields: Sequence[str], first: bool, left: Callable[[str], bool] = lambda _: False) -> Files:
    """The files of one part by their path in its folder, but the records. found: its batches; first: it brings the program for both.

    left: whether a file of that name, which is made of what is in it, lies there already; it is not made again, and None.
    """
    program = tool.runtime()
    pages = [(record, count) for record, count, _ in found.pages]
    name, files = chunks.cut(found.items(), program.entry["version"], pages, fields, left)
    about = {**program.entry["languages"][tool.LANGUAGE], "hash": name, "page_count": len(pages)}
    entry = {**program.entry, "languages": {tool.LANGUAGE: about}}
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return {**files, **(program.runtime if first else {}), "pagefind-entry.json": text.encode("utf-8")}
