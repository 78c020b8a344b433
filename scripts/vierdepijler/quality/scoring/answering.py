"""Which addresses answer: each is asked of a server on this machine that serves the site as it was built.

An address of the site is asked for at that server instead; one of another site is not asked at all, and does not count
as answered: nothing here calls anyone.
"""

import http.client
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urldefrag

LOOPBACK = "127.0.0.1"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Serve a folder on this machine alone, for as long as the block lasts; gives the port."""
    server = ThreadingHTTPServer((LOOPBACK, 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answered(folder: Path, url: str, addresses: Iterable[str]) -> frozenset[str]:
    """Give the addresses that answer with 200 when the folder is served as the site at `url`."""
    ours = sorted({address for address in addresses if address.startswith(url)})
    with serving(folder) as port:
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
        try:
            return frozenset(address for address in ours if _answers(connection, urldefrag(address).url, url))
        finally:
            connection.close()


def _answers(connection: http.client.HTTPConnection, address: str, url: str) -> bool:
    connection.request("HEAD", "/" + address.removeprefix(url))
    response = connection.getresponse()
    response.read()
    return response.status == HTTPStatus.OK
