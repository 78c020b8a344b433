"""Working examples of each endpoint: an address that exists, code that asks for it, and how its answer starts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vierdepijler.writers.formats.json_files import render_json

from .endpoint import ROOT, Api, Endpoint
from .endpoints import ENDPOINTS

LINES_SHOWN = 16
CURL = 'curl --fail --silent "{address}"'
PYTHON = """import json
from urllib.request import urlopen

with urlopen("{address}") as answer:
    content = json.load(answer)
print(content["{part}"])"""
JAVASCRIPT = """const answer = await fetch("{address}");
const content = await answer.json();
console.log(content.{part});"""
R = """library(jsonlite)
content <- fromJSON(url("{address}"))
print(content${part})"""


@dataclass(frozen=True)
class Snippet:
    """A piece of code that asks for an example, in the language that it is written in."""

    language: str
    code: str


@dataclass(frozen=True)
class Example:
    """An endpoint with one of its addresses, in full and counted from the root of the site, and its answer's start."""

    endpoint: Endpoint
    address: str
    place: str
    snippets: Sequence[Snippet]
    start: str


def examples(api: Api) -> Iterator[Example]:
    """Give an example of each endpoint that has any address in this package."""
    for endpoint in ENDPOINTS:
        values = next(iter(endpoint.values(api)), None)
        if values is not None:
            path = endpoint.filled(values)
            start = _start(render_json(endpoint.content(api, values)))
            yield Example(endpoint, api.address(path), ROOT + path, snippets(api.address(path), endpoint), start)


def snippets(address: str, endpoint: Endpoint) -> tuple[Snippet, ...]:
    """Write the code that asks for an address and shows the part of the answer that matters."""
    part = "paths" if endpoint.is_bare else "data"
    patterns = {"curl": CURL, "Python": PYTHON, "JavaScript": JAVASCRIPT, "R": R}
    return tuple(
        Snippet(language, pattern.replace("{address}", address).replace("{part}", part))
        for language, pattern in patterns.items()
    )


def _start(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return "\n".join(lines[:LINES_SHOWN] + (["…"] if len(lines) > LINES_SHOWN else []))
