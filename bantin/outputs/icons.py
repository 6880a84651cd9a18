"""The site's icons: from the publisher's mark, or from the first letter of the site's name."""

from __future__ import annotations

from pathlib import Path

from bantin.images.icons import icon_files
from bantin.views.composer import Composer


def icons(composer: Composer) -> dict[str, Path]:
    """Path on the site → file in the cache: `favicon.ico`, `apple-touch-icon.png`, `bieu-tuong/192.png` and so on."""
    publisher = composer.content.catalogue.publisher
    letter = (publisher.short_name or publisher.name or "B")[0].upper()
    return icon_files(composer.mark_file(), letter, publisher.accent, composer.store)
