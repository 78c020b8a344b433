import gzip
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from vierdepijler.formats.archives import files_below
from vierdepijler.hosting import write_hosting
from vierdepijler.hosting_rules import (
    CACHE,
    CSP,
    DATA_FILES,
    FRAMED,
    KNOWN_TO_HOSTS,
    NOT_FOUND,
    PLAIN,
    RULES,
    TEXTS,
    TYPES,
    UNFRAMED,
    Rule,
)
from web_servers import Server, apache, nginx

ROOTS = ("/", "/pijler/")
MISSING = ("nothing.html", "data/latest/nothing.csv", "data/1.0.0/nothing.csv", "api/v1/nothing.json")


def rules_at(address: str, *, is_found: bool = True) -> list[Rule]:
    return [rule for rule in RULES if re.match(rule.where, address if rule.is_asked or is_found else NOT_FOUND)]


def expected(address: str, *, is_found: bool = True) -> dict[str, str]:
    """Give the headers that the rules ask for at an address, counted from the root of the site."""
    headers: dict[str, str] = {}
    for rule in rules_at(address, is_found=is_found):
        headers |= rule.headers
    extension = Path(address if is_found else NOT_FOUND).suffix.removeprefix(".")
    return {**headers, "Content-Type": TYPES.get(extension, PLAIN)}


def differences(headers: Mapping[str, str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Give the headers that a server sends otherwise than asked, or while nobody asked."""
    governed = {name for rule in RULES for name in rule.headers} | {"Content-Type"}
    sent = {name: headers.get(name.lower(), "") for name in governed}
    return {name: value for name, value in sent.items() if value != wanted.get(name, "")}


def fill(folder: Path, url: str, site: Path | None = None) -> list[str]:
    """Make a site with a file of every kind, a release and the rules; gives the addresses of its files."""
    if site is not None:
        shutil.copytree(site, folder, dirs_exist_ok=True)
    samples = [f"data/latest/sample.{extension}" for extension in TYPES]
    samples += ["data/1.0.0/sample.csv", "data/1.0.0/SHA256SUMS", "data/latest/SHA256SUMS", "data/10.2.33/a.parquet"]
    samples += ["data/1.0.0/index.html", "data/counts.html", "en/index.html", "embed/a.html", "en/embed/a.html"]
    for name in [*samples, "api/v1/index.json", "index.html", "data/catalog.ttl", "data/1.0/draft.csv", NOT_FOUND]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).write_text("Niet gevonden" if name == NOT_FOUND else "inhoud", encoding="utf-8")
    for extension in TYPES:
        (folder / f"data/latest/large.{extension}").write_text("inhoud " * 200, encoding="utf-8")
    write_hosting(folder, url)
    return [name for name in files_below(folder) if not name.startswith((".", "_")) and name != NOT_FOUND]


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


def test_no_rule_is_without_a_check(tmp_path: Path) -> None:
    names = fill(tmp_path, "https://pijler.example/")
    assert {rule.name for name in names for rule in rules_at(name)} == {rule.name for rule in RULES}
    assert {Path(name).suffix.removeprefix(".") for name in names} == {"", *TYPES}


def test_a_header_that_is_wrong_or_too_much_is_seen() -> None:
    right = {name.lower(): value for name, value in expected("data/1.0.0/a.csv").items()}
    assert differences(right, expected("data/1.0.0/a.csv")) == {}
    assert list(differences({**right, "cache-control": "no-store"}, expected("data/1.0.0/a.csv"))) == [CACHE]
    assert "Access-Control-Allow-Origin" in differences(right, expected("index.html"))


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


def check_compression(server: Server, root: str) -> None:
    """Ask for a file of every kind as a browser does: what is text comes smaller, and stays known to who has it."""
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


def test_nginx_sends_text_compressed_to_who_can_read_that(hosted: tuple[Server, str, list[str]]) -> None:
    check_compression(*hosted[:2])


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


@pytest.fixture(scope="module", params=ROOTS, ids=["at the root", "in a folder"])
def by_apache(request: pytest.FixtureRequest) -> Iterator[tuple[Server, str, list[str]]]:
    root: str = request.param
    with tempfile.TemporaryDirectory() as name:  # not below the folder of pytest, which Apache may not enter
        top, work = Path(name) / "root", Path(name) / "work"
        work.mkdir()
        names = fill(top / root.strip("/"), f"https://pijler.example{root}")
        for path in (Path(name), work):
            path.chmod(0o755)
        with apache(top, work) as server:
            yield server, root, names


def test_apache_answers_every_file_as_the_rules_say(by_apache: tuple[Server, str, list[str]]) -> None:
    server, root, names = by_apache
    for name in names:
        reply = server.ask(root + name)
        assert reply.status == 200, name
        assert differences(reply.headers, expected(name)) == {}, name
    assert "immutable" not in server.ask(f"{root}data/1.0.0/").headers["cache-control"]


def test_apache_sends_text_compressed_to_who_can_read_that(by_apache: tuple[Server, str, list[str]]) -> None:
    check_compression(*by_apache[:2])


def test_apache_shows_the_page_for_what_is_not_there_and_lets_others_ask(
    by_apache: tuple[Server, str, list[str]],
) -> None:
    server, root, _ = by_apache
    for name in MISSING:
        reply = server.ask(root + name)
        assert (reply.status, reply.body.decode()) == (404, "Niet gevonden")
        assert differences(reply.headers, expected(name, is_found=False)) == {}, name
    asked = server.ask(f"{root}api/v1/index.json", "OPTIONS", Origin="https://elders.example")
    assert (asked.status, asked.headers["access-control-allow-headers"]) == (200, "*")
    first = server.ask(f"{root}api/v1/index.json")
    assert server.ask(f"{root}api/v1/index.json", If_None_Match=first.headers["etag"]).status == 304


def is_framed(name: str) -> bool:
    """Tell whether other sites may show a file in a frame; only for pages it matters."""
    return "embed/" in name or not name.endswith(".html")


@pytest.mark.parametrize("root", ROOTS)
def test_only_what_was_made_for_it_may_stand_in_the_frame_of_another_site(tmp_path: Path, root: str) -> None:
    fill(tmp_path, f"https://pijler.example{root}")
    text = (tmp_path / "_headers").read_text("utf-8")
    for name in ("embed/a.html", "en/embed/a.html"):
        assert expected(name)[CSP].endswith(FRAMED)
        assert UNFRAMED not in joined(text, root + name)[CSP]
    for name in ("", "index.html", "en/", "en/index.html", "data/counts.html", "data/1.0.0/"):
        assert UNFRAMED in joined(text, root + name)[CSP], name
        assert expected(name)[CSP].endswith(UNFRAMED)


def blocks(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read a `_headers` file: patterns, each with its headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def joined(text: str, address: str) -> dict[str, str]:
    """Give the headers at an address as these hosts do: those of rules that overlap are joined."""
    headers: dict[str, str] = {}
    for pattern, given in blocks(text):
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(":page", "[^/]+"), address):
            for name, value in given.items():
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


@pytest.mark.parametrize("root", ROOTS)
def test_the_file_for_netlify_and_cloudflare_says_the_same(tmp_path: Path, root: str) -> None:
    names = fill(tmp_path, f"https://pijler.example{root}")
    text = (tmp_path / "_headers").read_text("utf-8")
    for name in names:
        wanted = expected(name)
        if Path(name).suffix.removeprefix(".") in KNOWN_TO_HOSTS:
            wanted.pop("Content-Type")
        is_of_release = name.startswith(("data/1.0.0/", "data/10.2.33/")) and name.endswith(DATA_FILES)
        if not is_of_release and not name.startswith(("api/", "data/latest/")):
            wanted.pop(CACHE)  # by themselves these hosts ask again each time
        sent, policy = joined(text, root + name), set(wanted.pop(CSP).split("; "))
        obeyed = set(sent.pop(CSP).replace(", ", "; ").split("; "))  # of two policies a browser obeys both
        loose = {FRAMED, UNFRAMED} if is_framed(name) else set()
        assert obeyed | loose == policy | loose, name
        assert sent == wanted, name


def test_the_file_for_netlify_and_cloudflare_keeps_within_their_limits(tmp_path: Path) -> None:
    fill(tmp_path, "https://pijler.example/")
    found = blocks((tmp_path / "_headers").read_text("utf-8"))
    assert len(found) < 100
    assert all(pattern.count("*") <= 1 for pattern, _ in found)
    assert all(len(f"  {name}: {value}") < 2000 for _, headers in found for name, value in headers.items())


def test_the_built_site_holds_the_rules_and_no_file_that_they_do_not_know(site: Path) -> None:
    for name in (".htaccess", "_headers", "hosting/nginx.conf"):
        assert (site / name).is_file()
    assert len(blocks((site / "_headers").read_text("utf-8"))) < 100  # what Cloudflare Pages reads
    known = {"", *(f".{extension}" for extension in TYPES)}
    assert [name for name in files_below(site) if Path(name).suffix not in known] == []
