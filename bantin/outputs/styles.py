"""The theme's styles, joined into one file, in which every file of the theme is asked for with the theme's version."""

from __future__ import annotations

import re
from pathlib import Path

# Relative to css/main.css; templates that preload a font write the same address.
_FILE = re.compile(r"""url\((["']?)(\.\./[^)"'?#]+)\1\)""")
_QUOTED = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_BLANK = re.compile(rf"(?P<text>{_QUOTED})|/\*.*?\*/|\s*(?P<mark>[{{}};,])\s*|(?P<colon>:)\s+|\s+", re.DOTALL)


def joined(static: Path, version: str) -> str:
    """css/parts/*.css of a theme's static folder as the text of css/main.css; empty where there are none."""
    parts = sorted((static / "css" / "parts").glob("*.css"))
    text = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    return short(_FILE.sub(lambda found: f"url({found[2]}?v={version})", text))


def short(style: str) -> str:
    """A style without comments and without blanks that mean nothing.

    Only where no selector can tell the difference: `.a :is(b)` and `.a:is(b)` are two things, and minifiers take them for one.
    """

    def kept(found: re.Match[str]) -> str:
        if found["text"] or found["mark"] or found["colon"]:
            return found["text"] or found["mark"] or found["colon"]
        return "" if found[0].startswith("/*") else " "

    return _BLANK.sub(kept, style).strip()
