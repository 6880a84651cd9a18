"""Watch mode: build on save, reload the page in the browser, and show there what has to be mended.

`watch` says what was saved, `session` builds, `news` tells, `server` shows; nothing here knows of Pelican.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from bantin.watching.news import News
from bantin.watching.server import Server
from bantin.watching.session import Built, keep_built
from bantin.watching.watch import Watched, changes


def show(
    output: Path, host: str, port: int, watched: Watched, build: Callable[[bool], Built], prove: Callable[[], object]
) -> None:
    """Build, serve and watch until Ctrl-C. Raises `PortTaken`.

    build: one build; prove: raises what a new process would fail with that reads the settings again.
    """
    news = News()
    with Server(output, news, host, port) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        print(f"Xem trang: http://localhost:{server.server_port}/ (Ctrl+C để dừng)", flush=True)
        try:
            keep_built(build, prove, news, watched, changes(watched))
        except KeyboardInterrupt:
            return
        finally:
            server.shutdown()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
