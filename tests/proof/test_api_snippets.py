"""The pieces of code on the page of the API, run as they stand there, against the site on this machine."""

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
from lxml.html import HtmlElement

from built_pages import every, first, read, text_of
from conftest import NODE, cannot_run, installed
from loopback import served
from vierdepijler.site.api.endpoints import ENDPOINTS

ADDRESS = "https://vierde-pijler.example"


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address.removesuffix("/")


def shown(site: Path) -> list[HtmlElement]:
    """Give the endpoints as the page shows them."""
    found = every(read(site / "en" / "api.html"), "section.endpoint")
    assert len(found) == len(ENDPOINTS)
    return found


def code(section: HtmlElement, language: str, host: str) -> str:
    """Give a snippet as the page shows it, with the address of the site on this machine."""
    details = first(section, "details")
    labels = [text_of(label) for label in every(details, "p")]
    text = text_of(every(details, "pre")[labels.index(language)])
    assert ADDRESS in text
    return text.replace(ADDRESS, host)


def asked(section: HtmlElement, host: str) -> Any:
    link = text_of(first(section, "a[href$='.json']"))
    with urlopen(link.replace(ADDRESS, host)) as answer:  # noqa: S310  # of this machine
        return json.load(answer)


def part(answer: Any) -> Any:
    return answer["data"] if "data" in answer else answer["paths"]


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
        done = subprocess.run([installed(*NODE), str(script)], capture_output=True, check=False)
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
