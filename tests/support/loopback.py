"""A folder shown at an address of this machine, while a test asks for it."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Quiet(SimpleHTTPRequestHandler):
    """Answers with files and the same headers each time, and keeps no log."""

    def __init__(self, *given: Any, headers: Mapping[str, str], **named: Any) -> None:
        self.given = headers
        super().__init__(*given, **named)

    def end_headers(self) -> None:
        for name, value in self.given.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library names it so
        pass


@contextmanager
def served(folder: Path, headers: Mapping[str, str] = {}) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder), headers=headers))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
