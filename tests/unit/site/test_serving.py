"""The server that shows the site while it is worked on, asked over HTTP."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import quote

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


@pytest.mark.parametrize(
    "path",
    ["/" + "a" * 300, "/" + "a/" * 3000, "/%00.html", "/_headers", "/hosting/nginx.conf", "/.htaccess", "/en/%2egit/a"],
)
def test_what_no_reader_may_see_and_no_file_can_be_called_is_not_there(
    server: SiteServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    for name in ("_headers", "hosting/nginx.conf", ".htaccess", "en/.git/a"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("niet voor lezers")
    with pytest.raises(urllib.error.HTTPError) as caught:
        ask(server, path)
    assert caught.value.code == 404
    assert capsys.readouterr().err == ""


def answer_to(server: SiteServer, request: str) -> int:
    """Give the status of the answer to a request, as it is sent: urllib would mend it."""
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=30) as connection:
        connection.sendall(request.encode())
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST", 200),
        ("elsewhere.example:8000", 421),
        ("localhost.elsewhere.example", 421),
        ("127.0.0.1@elsewhere.example", 421),
        ("", 421),
        ("[::1", 400),
    ],
)
def test_who_asks_for_a_site_by_another_name_is_refused(server: SiteServer, host: str, status: int) -> None:
    assert answer_to(server, f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n") == status


def test_the_address_that_was_asked_for_is_a_name_of_the_site() -> None:
    with SiteServer(lambda _: b"", "127.0.0.2", 0) as named:
        assert "127.0.0.2" in named.names
    with SiteServer(lambda _: b"", "0.0.0.0", 0) as named:  # noqa: S104  # nobody else is told of it
        named.start()
        assert ask(named, "/")[1].endswith(b"</script>")
        named.shutdown()


def test_an_address_that_is_none_is_refused(server: SiteServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer_to(server, "GET http://[a HTTP/1.1\r\nHost: localhost\r\n\r\n") == 400
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("after", ["9" * 5000, "\u00b2", "-1", ""])
def test_a_state_that_is_none_is_answered_at_once(server: SiteServer, after: str) -> None:
    assert ask(server, f"/_changes?after={quote(after)}")[1] == b"0"


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
