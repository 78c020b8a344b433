"""The server that shows the site while it is worked on, asked over HTTP."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path

import pytest

from vierdepijler.site.serving import SiteServer, with_script

PAGES = {
    "index.html": b"<html><body>Start</body></html>",
    "en/index.html": b"<body>Home</body>",
    "404.html": b"<body>Niet gevonden</body>",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    (tmp_path / "rows.csv").write_bytes(b"a,b\n1,2\n")

    def find(path: str) -> bytes | Path | None:
        file = tmp_path / path
        return PAGES.get(path) or (file if file.is_file() else None)

    started = SiteServer(find, "127.0.0.1", 0)
    started.start()
    yield started
    started.shutdown()
    started.server_close()


def ask(server: SiteServer, path: str) -> tuple[HTTPResponse, bytes]:
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}{path}", timeout=30) as answer:
        return answer, answer.read()


def test_a_folder_shows_its_first_page_which_waits_for_the_next_change(server: SiteServer) -> None:
    for path, text in (("/", b"Start"), ("/en/", b"Home"), ("/en/../", b"Start")):
        answer, page = ask(server, path)
        assert text in page
        assert b'<script src="/_reload.js" data-state="0"></script></body>' in page
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_is_shown_as_it_is(server: SiteServer) -> None:
    answer, content = ask(server, "/rows.csv")
    assert content == b"a,b\n1,2\n"
    assert answer.headers["Content-Type"] == "text/csv"


@pytest.mark.parametrize("path", ["/nowhere.html", "/rows.csv/", "/../rows.csv.html", "/%2e%2e/%2e%2e/etc/passwd"])
def test_what_is_not_there_is_said_with_the_page_for_that(server: SiteServer, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, path)
    assert caught.value.code == 404
    assert b"Niet gevonden" in caught.value.read()


def test_a_browser_that_waits_is_told_of_a_change(server: SiteServer) -> None:
    assert b"/_changes" in ask(server, "/_reload.js")[1]
    with ThreadPoolExecutor() as threads:
        news = threads.submit(ask, server, "/_changes?after=0")
        server.reload()
        assert news.result()[1] == b"1"


def test_a_browser_that_missed_a_change_need_not_wait(server: SiteServer) -> None:
    server.reload()
    assert ask(server, "/_changes?after=0")[1] == b"1"


def test_a_page_without_an_end_gets_the_script_too() -> None:
    assert with_script(b"text", 3) == b'text<script src="/_reload.js" data-state="3"></script>'
