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
from bantin.watching.session import Built, Overtaken, Turn, keep_built
from bantin.watching.watch import Saves, Watched, changes

__all__ = ["Built", "News", "Overtaken", "Saves", "Server", "Turn", "Watched", "changes", "keep_built", "show"]
SWITCH = 0.0005  # seconds until the build lets the server work: what is shown early is fetched while the rest is made


def show(
    output: Path, host: str, port: int, watched: Watched, build: Callable[[Turn], Built], prove: Callable[[], object]
) -> None:
    """Build, serve and watch until Ctrl-C. Raises `PortTaken`.

    build: one build; prove: raises what a new process would fail with that reads the settings again.
    """
    news = News()
    sys.setswitchinterval(SWITCH)
    with Server(output, news, host, port) as server, Saves(watched) as saves:
        Thread(target=server.serve_forever, daemon=True).start()
        print(f"Xem trang: http://localhost:{server.server_port}/ (Ctrl+C để dừng)", flush=True)
        try:
            keep_built(build, prove, news, watched, saves, saves.waiting)
        except KeyboardInterrupt:
            return
        finally:
            server.shutdown()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
