"""The rules for hosts, asked of nginx itself."""

import gzip
from collections.abc import Iterator

import pytest

from vierdepijler.site.hosting_rules import TEXTS, TYPES
from web_servers import ROOTS, Server, differences, expected, fill, nginx

CACHE = "Cache-Control"

MISSING = ("nothing.html", "data/latest/nothing.csv", "data/1.0.0/nothing.csv", "api/v1/nothing.json")


@pytest.fixture(scope="module", params=ROOTS, ids=["at the root", "in a folder"])
def hosted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str, list[str]]]:
    root: str = request.param
    top = tmp_path_factory.mktemp("nginx-root")
    folder = top / root.strip("/")
    names = fill(folder, f"https://pijler.example{root}")
    with nginx(top, folder / "hosting" / "nginx.conf", tmp_path_factory.mktemp("nginx")) as server:
        yield server, root, names


def test_nginx_answers_every_file_as_the_rules_say(hosted: tuple[Server, str, list[str]]) -> None:
    server, root, names = hosted
    for name in names:
        reply = server.ask(root + name)
        assert reply.status == 200, name
        assert differences(reply.headers, expected(name)) == {}, name
    assert server.ask(root).body == server.ask(f"{root}index.html").body
    assert "immutable" in server.ask(f"{root}data/1.0.0/sample.csv").headers["cache-control"]
    assert "immutable" not in server.ask(f"{root}data/1.0.0/").headers["cache-control"]


def test_nginx_shows_the_page_for_what_is_not_there(hosted: tuple[Server, str, list[str]]) -> None:
    server, root, _ = hosted
    for name in MISSING:
        reply = server.ask(root + name)
        assert (reply.status, reply.body.decode()) == (404, "Niet gevonden")
        assert differences(reply.headers, expected(name, is_found=False)) == {}, name
    assert "immutable" not in server.ask(f"{root}data/1.0.0/nothing.csv").headers["cache-control"]


def test_nginx_lets_pages_of_other_sites_ask_for_data_only(hosted: tuple[Server, str, list[str]]) -> None:
    server, root, _ = hosted
    asks = {"Origin": "https://elders.example", "Access_Control_Request_Method": "GET"}
    for name in ("data/latest/sample.csv", "api/v1/index.json", "data/1.0.0/sample.csv", "api/v1/nothing.json"):
        reply = server.ask(root + name, "OPTIONS", Access_Control_Request_Headers="if-none-match", **asks)
        assert (reply.status, reply.body) == (204, b""), name
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["access-control-allow-headers"] == "*"
        assert "GET" in reply.headers["access-control-allow-methods"]
        assert server.ask(root + name, Origin="https://elders.example").headers["access-control-allow-origin"] == "*"
    assert server.ask(f"{root}index.html", "OPTIONS", **asks).status == 405
    assert "access-control-allow-origin" not in server.ask(root, Origin="https://elders.example").headers


def test_nginx_sends_text_compressed_to_who_can_read_that(hosted: tuple[Server, str, list[str]]) -> None:
    """What is text comes smaller, and stays known to who has it."""
    server, root, _ = hosted
    for extension in TYPES:
        name = f"{root}data/latest/large.{extension}"
        plain, small = server.ask(name), server.ask(name, Accept_Encoding="gzip, br")
        assert "content-encoding" not in plain.headers, name
        if extension in TEXTS:
            assert (small.headers["content-encoding"], small.headers["vary"]) == ("gzip", "Accept-Encoding"), name
            assert len(small.body) < len(plain.body) / 10
            assert gzip.decompress(small.body) == plain.body
        else:
            assert "content-encoding" not in small.headers, name
            assert small.body == plain.body
        again = server.ask(name, Accept_Encoding="gzip, br", If_None_Match=small.headers["etag"])
        assert (again.status, again.body) == (304, b""), name


def test_nginx_says_that_nothing_changed_to_who_has_it_already(hosted: tuple[Server, str, list[str]]) -> None:
    server, root, _ = hosted
    for name in ("index.html", "data/latest/sample.csv", "data/1.0.0/sample.csv", "api/v1/index.json"):
        first = server.ask(root + name)
        again = server.ask(root + name, If_None_Match=first.headers["etag"])
        since = server.ask(root + name, If_Modified_Since=first.headers["last-modified"])
        assert [(reply.status, reply.body) for reply in (again, since)] == [(304, b"")] * 2
        assert again.headers["cache-control"] == expected(name)[CACHE]
        assert server.ask(root + name, If_None_Match='"other"').status == 200


def test_nginx_tells_about_a_file_without_sending_it_and_sends_a_part(hosted: tuple[Server, str, list[str]]) -> None:
    server, root, names = hosted
    for name in names:
        whole, head = server.ask(root + name), server.ask(root + name, "HEAD")
        assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
        assert differences(head.headers, expected(name)) == {}
    part = server.ask(f"{root}data/latest/sample.parquet", Range="bytes=0-2")
    assert (part.status, part.body) == (206, b"inh")


@pytest.mark.parametrize("name", ["_headers", "hosting/nginx.conf", ".git/config", "data/.env", "%5fheaders"])
def test_nginx_shows_no_reader_what_is_for_who_shows_the_site(hosted: tuple[Server, str, list[str]], name: str) -> None:
    server, root, _ = hosted
    reply = server.ask(root + name)
    assert (reply.status, reply.body.decode()) == (404, "Niet gevonden")
