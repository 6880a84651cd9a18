"""The site on this machine: files as they lie in the output, nothing kept by the browser, and news of each build.

Pages get one script on their way out; the files on the disk stay what a build made.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from bantin.watching.news import News

OWN = "/_xem-thu/"  # below it lies what belongs to the preview and not to the site
EVENTS = f"{OWN}tin"
HERE = Path(__file__).resolve().parent
SCRIPTS = {f"{OWN}{name}": HERE / name for name in ("nap-lai.js", "nap-lai.css")}
BEAT = 15.0  # seconds of silence after which a listener is asked whether it is still there

HTML, UNKNOWN = "text/html; charset=utf-8", "application/octet-stream"
# Not by the standard library: it asks the system, and every system says something else.
TYPES = {
    ".avif": "image/avif", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".gif": "image/gif", ".html": HTML,
    ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
    ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".pdf": "application/pdf", ".png": "image/png", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json", ".webp": "image/webp",
    ".woff": "font/woff", ".woff2": "font/woff2", ".xml": "application/xml",
}  # fmt: skip
# Feeds are known by how they begin, whatever they are called.
FEEDS = {b"<rss": "application/rss+xml", b"<feed": "application/atom+xml", b"https://jsonfeed.org/": "application/feed+json"}

# Shown where a build has not yet made any page; the script puts the real one, or the errors, in its place.
NOTHING_YET = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Chưa có trang này</title></head>
<body><p>Chưa có trang này. Dựng xong, trang sẽ tự hiện.</p></body></html>
""".encode()

_VERSION = re.compile(rb"\?v=\w+")  # of a style or script: its change alone does not change a page


class PortTaken(Exception):
    """Nothing can be shown at that port; the message is Vietnamese."""

    exitcode = 1

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"không mở được cổng {port} ({reason}); chọn cổng khác, ví dụ --port {port % 60000 + 1}")


@dataclass(frozen=True, slots=True)
class Found:
    """What lies at an address. location: where else to ask, with 301 only."""

    status: HTTPStatus
    kind: str = HTML
    data: bytes = b""
    location: str = ""


def find(folder: Path, path: str) -> Found:
    """What an address of the site stands for. path: decoded, begins with `/`. Raises nothing for any path."""
    name = path.lstrip("/")
    file = folder / name
    if not _below(folder, name):
        return _missing(folder)
    if not name or name.endswith("/"):
        file = file / "index.html"
    elif file.is_dir():
        return Found(HTTPStatus.MOVED_PERMANENTLY, location=f"/{quote(name)}/")
    try:
        data = file.read_bytes()
    except OSError:
        return _missing(folder)
    return Found(HTTPStatus.OK, _kind(file, data), data)


def _below(folder: Path, name: str) -> bool:
    """Also after every link was followed."""
    if "\\" in name or "\0" in name or ":" in name:
        return False
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _missing(folder: Path) -> Found:
    try:
        return Found(HTTPStatus.NOT_FOUND, HTML, (folder / "404.html").read_bytes())
    except OSError:
        return Found(HTTPStatus.NOT_FOUND, HTML, NOTHING_YET)


def _kind(file: Path, data: bytes) -> str:
    kind = TYPES.get(file.suffix.lower(), UNKNOWN)
    if kind in (TYPES[".xml"], TYPES[".json"]):
        return next((feed for mark, feed in FEEDS.items() if mark in data[:400]), kind)
    return kind


def fingerprint(page: bytes) -> str:
    """The same for pages that differ in nothing but the versions of their styles and scripts."""
    return blake2b(_VERSION.sub(b"", page), digest_size=12).hexdigest()


def with_script(page: bytes, stamp: str) -> bytes:
    """A page that hears of builds. stamp: of the site when it was read."""
    script = f'<script src="{OWN}nap-lai.js" data-stamp="{stamp}" data-page="{fingerprint(page)}" defer></script>\n'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


class Server(ThreadingHTTPServer):
    """Serves a folder and the news of it. Raises `PortTaken`."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers share a port

    def __init__(self, folder: Path, news: News, host: str, port: int) -> None:
        self.folder, self.news = folder, news
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            raise PortTaken(port, getattr(error, "strerror", None) or str(error)) from None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is nothing to speak of."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes
    server: Server

    def do_GET(self) -> None:
        """One file, or the news."""
        path = unquote(urlsplit(self.path).path)
        if not self._meant():
            self._send(Found(HTTPStatus.FORBIDDEN, TYPES[".txt"]))
        elif path == EVENTS:
            self._tell()
        elif path in SCRIPTS:
            self._send(Found(HTTPStatus.OK, TYPES[SCRIPTS[path].suffix], SCRIPTS[path].read_bytes()))
        else:
            stamp = self.server.news.stamp  # before the file: a page is never thought newer than it is
            self._send(find(self.server.folder, path), stamp)

    do_HEAD = do_GET

    def _meant(self) -> bool:
        """Another site may have its name point to this machine, to read drafts with its own scripts."""
        asked = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        own = str(self.server.server_address[0])
        return not ip_address(own).is_loopback or asked in ("localhost", "127.0.0.1", "::1", own)

    def _send(self, found: Found, stamp: str = "") -> None:
        page = found.kind == HTML and not found.location
        data = with_script(found.data, stamp) if page else found.data
        self.send_response(found.status)
        self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if page:
            self.send_header("ETag", f'"{fingerprint(found.data)}"')
        if found.location:
            query = urlsplit(self.path).query
            self.send_header("Location", f"{found.location}?{query}" if query else found.location)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def _tell(self) -> None:
        """News until the browser goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "GET":
            return
        asked = parse_qs(urlsplit(self.path).query)
        with self.server.news.heard(*asked.get("trang", [])[:1]) as messages:
            self.wfile.write(b"retry: 300\n\n")
            while True:
                try:
                    self.wfile.write(messages.get(timeout=BEAT))
                except Empty:
                    self.wfile.write(b":\n\n")

    def log_message(self, *_: object) -> None:
        """The terminal is for builds."""
