"""Showing the site on this machine while it is worked on: files and pages by HTTP, and a word when they changed."""

import mimetypes
import posixpath
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Thread
from urllib.parse import unquote, urlsplit

SCRIPT = "/_reload.js"  # nothing of the site starts with `_`
PATIENCE = 25.0  # seconds until a browser that waits for a change has to ask again
RELOAD = """"use strict";
// Wait for the next change of the site, and show the page again; where the server is gone, try now and then.
const shown = document.currentScript.dataset.state;
const wait = async () => {
  try {
    const answer = await fetch("/_changes?after=" + shown);
    if ((await answer.text()) === shown) wait();
    else location.reload();
  } catch {
    setTimeout(wait, 2000);
  }
};
addEventListener("load", wait);
"""

Find = Callable[[str], bytes | Path | None]


class SiteServer(ThreadingHTTPServer):
    """Serves what `find` gives for a path from the root of the site: a page, a file, or None for what is not there."""

    daemon_threads = True

    def __init__(self, find: Find, host: str, port: int) -> None:
        """Listen at an address of this machine; raises `OSError` where that cannot be."""
        super().__init__((host, port), Handler)
        self.find = find
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

    def wait(self, state: int) -> int:
        """Wait for a change after a state of the site, but not for ever; gives the state that it is in."""
        with self.news:
            self.news.wait_for(lambda: self.state != state, PATIENCE)
            return self.state


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: SiteServer

    def do_GET(self) -> None:  # the name that http.server asks for
        """Answer with a page, a file, the script that reloads pages, or the news that something changed."""
        address = urlsplit(self.path)
        match address.path:
            case "/_reload.js":
                self._answer(HTTPStatus.OK, "text/javascript", RELOAD.encode())
            case "/_changes":
                after = address.query.partition("=")[2]
                state = self.server.wait(int(after) if after.isdigit() else -1)
                self._answer(HTTPStatus.OK, "text/plain", str(state).encode())
            case path:
                self._show(unquote(path))

    do_HEAD = do_GET  # noqa: N815  # the name that http.server asks for

    def _show(self, path: str) -> None:
        state = self.server.state  # before the page is made: what changes meanwhile is asked for again
        name = posixpath.normpath("/" + path).lstrip("/")  # nothing above the root
        if not name or path.endswith("/"):
            name = posixpath.join(name, "index.html")
        found = self.server.find(name)
        if found is None:
            content, status = self.server.find("404.html") or b"", HTTPStatus.NOT_FOUND
        else:
            content, status = found, HTTPStatus.OK
        data = content if isinstance(content, bytes) else content.read_bytes()
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if kind == "text/html" or found is None:
            kind, data = "text/html; charset=utf-8", with_script(data, state)
        self._answer(status, kind, data)

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
