"""The service worker that keeps what was read, or where that is switched off one that removes it and itself.

A worker rules over the folder that it lies in, so it lies at the site's root; every address in it is relative to that.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from bantin.addresses import Addresses

WORKER = "sw.js"
_SOURCE, _NONE = (Path(__file__).with_name(name) for name in ("worker.js", "no_worker.js"))
_VERSIONED = re.compile(r"""(?:href|src)="([^"]+\?v=[^"]+)\"""")
_COMMENT = re.compile(r"^\s*(?://|/\*\*).*\n", re.MULTILINE)


def worker(addresses: Addresses, page: str, theme: str) -> str:
    """The text of `sw.js`. page: the HTML of the page without a network; theme: folder of the theme's static files.

    It changes with that page and with the theme, whose version stands in the page's links, so browsers install it anew.
    """
    if not addresses.offline:
        return without_comments(_NONE)
    offline = addresses.of("OFFLINE")
    root = addresses.root(offline.save_as)
    shell = [offline.url, *dict.fromkeys(found.removeprefix(root) for found in _VERSIONED.findall(page))]
    source = without_comments(_SOURCE)
    named = {
        "OFFLINE": offline.url,
        "SHELL": shell,
        "PICTURE_FOLDER": addresses.setting("PICTURES"),
        "THEME_FOLDER": f"{theme}/",
    }
    constants = "".join(f"const {name} = {json.dumps(value, ensure_ascii=False)};\n" for name, value in named.items())
    version = hashlib.sha256((constants + source + page).encode()).hexdigest()[:8]
    return f'const VERSION = "{version}";\n{constants}{source}'


def without_comments(file: Path) -> str:
    """A script without the lines that are comments: every reader fetches it."""
    return _COMMENT.sub("", file.read_text(encoding="utf-8"))
