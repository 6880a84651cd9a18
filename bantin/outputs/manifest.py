"""The web app manifest (https://www.w3.org/TR/appmanifest/): name, colours and icons for a phone's home screen."""

from __future__ import annotations

import json

from bantin.catalogue import Publisher

MANIFEST = "manifest.webmanifest"
PAPER = "#ffffff"  # while the page has not come yet
# As outputs/icons.py makes them: (path, sizes, purpose).
_ICONS = (
    ("bieu-tuong/192.png", "192x192", "any"),
    ("bieu-tuong/512.png", "512x512", "any"),
    ("bieu-tuong/512-maskable.png", "512x512", "maskable"),
)


def manifest(publisher: Publisher) -> str:
    """The text of the manifest; addresses are relative to it."""
    data = {
        "name": publisher.name,
        "short_name": publisher.short_name or publisher.name,
        "description": publisher.description,
        "lang": "vi",
        "dir": "ltr",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": publisher.accent,
        "icons": [{"src": src, "sizes": sizes, "type": "image/png", "purpose": purpose} for src, sizes, purpose in _ICONS],
    }
    return json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, indent=1) + "\n"
