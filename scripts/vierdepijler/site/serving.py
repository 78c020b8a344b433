"""Showing the site on this machine while it is worked on: files and pages by HTTP, and a word when they changed."""

import mimetypes
import posixpath
import re
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import unquote, urlsplit

from .hosting_rules import UNSERVED
from .templates import fill_ours

SCRIPT = "/_reload.js"  # nothing of the site starts with `_`
HERE = {"localhost", "127.0.0.1", "::1"}
PATIENCE = 25.0  # seconds until a browser that waits for a change has to ask again
RELOAD = fill_ours("reload.js")

Find = Callable[[str], bytes | Path | None]


class SiteServer(ThreadingHTTPServer):
    """Serves what `find` gives for a path from the root of the site: a page, a file, or None for what is not there."""

    daemon_threads = True

    def __init__(self, find: Find, host: str, port: int) -> None:
        """Listen at an address of this machine; raises `OSError` where that cannot be."""
        super().__init__((host, port), Handler)
        self.find = find
        self.names = {*HERE, host.lower()}
        self.state = 0
        self.news = Condition()

    def start(self) -> None:
        """Serve from now on, beside what else is done."""
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def reload(self) -> None:
        """Let every browser that shows a page ask for it again."""
        with self.news:
            self.state += 1
            self.news.notify_all()

    def wait(self, state: str) -> int:
        """Wait for a change after a state of the site, but not for ever; gives the state that it is in."""
        with self.news:
            self.news.wait_for(lambda: str(self.state) != state, PATIENCE)
            return self.state


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: SiteServer

    def do_GET(self) -> None:  # the name that http.server asks for
        """Answer with a page, a file, the script that reloads pages, or the news that something changed."""
        try:
            address, host = urlsplit(self.path), urlsplit(f"//{self.headers.get('Host', '')}").hostname
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        # A page of elsewhere could give its name the address of this machine, and read what is shown (DNS rebinding).
        if host not in self.server.names | {self.connection.getsockname()[0]}:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        match address.path:
            case "/_reload.js":
                self._answer(HTTPStatus.OK, "text/javascript", RELOAD.encode())
            case "/_changes":
                state = self.server.wait(address.query.partition("=")[2])
                self._answer(HTTPStatus.OK, "text/plain", str(state).encode())
            case path:
                self._show(unquote(path))

    do_HEAD = do_GET  # noqa: N815  # the name that http.server asks for

    def _show(self, path: str) -> None:
        state = self.server.state  # before the page is made: what changes meanwhile is asked for again
        name = posixpath.normpath("/" + path).lstrip("/")  # nothing above the root
        if not name or path.endswith("/"):
            name = posixpath.join(name, "index.html")
        found = self._content(name)
        status = HTTPStatus.NOT_FOUND if found is None else HTTPStatus.OK
        data = (self._content("404.html") or b"") if found is None else found
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html" or found is None:
            kind, data = "text/html; charset=utf-8", with_script(data, state)
        self._answer(status, kind, data)

    def _content(self, name: str) -> bytes | None:
        """Give what is shown at a path; None where nothing is, for what is for hosts, and for what no file can have."""
        try:
            found = None if re.match(UNSERVED, name) else self.server.find(name)
            return found.read_bytes() if isinstance(found, Path) else found
        except (OSError, ValueError):  # a name that is too long, or has a zero in it
            return None

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")  # what was changed must be seen
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for what changed."""


def with_script(page: bytes, state: int) -> bytes:
    """Let a page wait for the next change of the site."""
    script = f'<script src="{SCRIPT}" data-state="{state}"></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script
