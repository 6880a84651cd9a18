"""Real servers for tests: Debian's nginx and Caddy with the files of docs/may-chu/ as they are, but for the lines to edit."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT, need

FOLDER = ROOT / "docs" / "may-chu"
WAIT = 20  # seconds until a server that has not answered is broken

# Where workers may write, away from the system's own folders.
MAIN = """
daemon off;
pid {home}/nginx.pid;
error_log {home}/error.log;
{user}
events {{ worker_connections 128; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    include {site};
}}
"""


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def edited(name: str, changes: Mapping[str, str]) -> str:
    """A file of docs/may-chu/ with its lines to edit changed; each has to be there once."""
    text = (FOLDER / name).read_text("utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, f"{name}: {old}"
        text = text.replace(old, new)
    return text


@dataclass
class Server:
    """A server over a folder; `start` and `stop` may be called again and again, the address stays."""

    home: Path
    root: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        """What is run; writes the configuration."""
        raise NotImplementedError

    def start(self) -> None:
        """Run it and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        log = (self.home / "output.log").open("ab")
        self.running = subprocess.Popen(self.command(), stdout=log, stderr=log, env={**os.environ, "HOME": str(self.home)})
        end = time.monotonic() + WAIT
        while time.monotonic() < end and self.running.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/", timeout=WAIT).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError("".join(p.read_text("utf-8", "replace") for p in self.home.glob("*.log")))

    def stop(self) -> None:
        """End it and wait until it is gone."""
        if self.running:
            self.running.terminate()
            self.running.wait(WAIT)
            self.running = None


class Nginx(Server):
    """Debian's nginx; as root its workers are root too, since the folders of tests are closed to others."""

    def command(self) -> list[str]:
        """nginx with a frame around the file of docs/may-chu/."""
        changes = {
            "    listen 80;                                      # edit": f"    listen 127.0.0.1:{self.port};  #",
            "server_name bantin.example;                     # edit": "server_name _;  #",
            "root /srv/ban-tin/hien-hanh;": f"root {self.root};",
        }
        site, main = self.home / "site.conf", self.home / "nginx.conf"
        site.write_text(edited("nginx.conf", changes), "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        main.write_text(MAIN.format(home=self.home, user=user, site=site), "utf-8")
        return [need("nginx"), "-e", str(self.home / "error.log"), "-p", str(self.home), "-c", str(main)]


class Caddy(Server):
    """Debian's Caddy, without its administration port."""

    def command(self) -> list[str]:
        """Caddy with the file of docs/may-chu/."""
        return [need("caddy"), "run", "--adapter", "caddyfile", "--config", str(self.write())]

    def write(self) -> Path:
        """The configuration."""
        self.home.mkdir(parents=True, exist_ok=True)
        changes = {
            "http://bantin.example {": f"http://127.0.0.1:{self.port} {{",
            "root * /srv/ban-tin/hien-hanh": f"root * {self.root}",
        }
        file = self.home / "Caddyfile"
        file.write_text("{\n\tadmin off\n}\n" + edited("Caddyfile", changes), "utf-8")
        return file


def header(address: str, **asked: str) -> tuple[int, Mapping[str, str]]:
    """Status and headers of an answer; asked: headers of the request."""
    request = urllib.request.Request(address, headers=asked)
    try:
        with urllib.request.urlopen(request, timeout=WAIT) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


def remove(folder: Path) -> None:
    """A folder that was made by a server."""
    shutil.rmtree(folder, ignore_errors=True)
