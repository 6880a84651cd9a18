"""What differs when the site is published: absolute addresses, no drafts, strictness.

`pelican content -s publishconf.py` or `invoke publish`.
"""

import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: E402, F403

# Empty: `website` in content/danh-muc/co-quan-xuat-ban.toml.
SITEURL = os.environ.get("SITEURL", "")
LOG_FILTER = [(logging.WARNING, "Feeds generated without SITEURL or FEED_DOMAIN set properly may not be valid")]
RELATIVE_URLS = False
OUTPUT_PATH = "public"
BANTIN_DRAFTS = False
BANTIN_READ_INTERNAL = False  # what is not read cannot leak
BANTIN_OFFLINE = True
BANTIN_STRICT = True
LOAD_CONTENT_CACHE = False  # what goes out is made whole; nothing is taken from earlier builds
