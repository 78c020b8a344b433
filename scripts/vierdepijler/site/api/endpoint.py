"""What an endpoint is: a path with a parameter, the values that this takes, and what it answers."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from vierdepijler.checks.rules.history import entries
from vierdepijler.core.cells import Cell, figure_fields, row_anchor
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Table
from vierdepijler.core.yaml_texts import read_texts
from vierdepijler.writers.formats.publication import DOWNLOADS, LATEST, Publication

API_FOLDER = "api"
VERSION = "1"
ROOT = f"{API_FOLDER}/v{VERSION}/"
DOCS_PAGE = "api"
ROWS_SHOWN = 180  # the page of a longer table shows a part of it, so that it stays light
LONGEST = 150  # file systems take 255 bytes for a name, and Windows 260 characters for a whole path
KEPT = 80
KNOWN_PARTS = 10_000  # of keys: those of a table stand in many names
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)")  # of Windows, whatever the extension
Texts = Mapping[str, str]
DECLARED = read_texts(Path(__file__).with_name("endpoints.yml").read_text("utf-8"))


@dataclass(frozen=True)
class Api:
    """The API of one published package; `pages` has the full address of each page, by language and identifier.

    `own_sentence` is what comes behind a sentence to copy about a figure that we calculated, in each language.
    """

    publication: Publication
    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own_sentence: Mapping[str, str] = field(default_factory=dict)

    @property
    def package(self) -> Package:
        """The package that is published."""
        return self.publication.package

    def address(self, path: str) -> str:
        """Give the full address of an answer by its path, counted from the folder of this version of the API."""
        return f"{self.publication.url}{ROOT}{path}"

    def page(self, identifier: str, anchor: str = "") -> Texts | None:
        """Give the addresses of a page, or of a place on it, in each language; None where there is no such page."""
        place = f"#{anchor}" if anchor else ""
        found = {language: pages[identifier] for language, pages in self.pages.items() if identifier in pages}
        return {language: address + place for language, address in found.items()} or None

    def download(self, file: str) -> str | None:
        """Give the address of a file in the folder of the newest release; None where it was not published."""
        return self.publication.address(file) if (self.package.root / file).is_file() else None

    def release(self, version: str) -> str | None:
        """Give the address of the description of a release, in its own folder; None where that was not kept."""
        file = self.package.root.parent / version / self.package.path.name
        kept = file.is_file() and version != LATEST
        return f"{self.publication.url}{DOWNLOADS}/{version}/{file.name}" if kept else None

    def texts(self, descriptor: Descriptor, name: str) -> Texts:
        """Give a text of the descriptor in each language that has it."""
        found = {language: self.package.text(descriptor, name, language) for language in self.package.languages}
        return {language: text for language, text in found.items() if text}

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by their names in addresses."""
        return {file_name([name]): table for name, table in self.package.tables.items()}

    @cached_property
    def figures(self) -> Mapping[str, Cell]:
        """Every published figure by its identifier: the table, the key and the field."""
        return dict(self._figures())

    def _figures(self) -> Iterator[tuple[str, Cell]]:
        for table in self.package.tables.values():
            fields = sorted(figure_fields(table), key=lambda field: field.type == "date")
            for row, key in enumerate(table.row_keys):
                for column in fields:
                    cell = Cell(table, row, column)
                    if cell.value is not None:
                        yield file_name((table.name, *key, column.name)), cell

    @cached_property
    def history(self) -> Mapping[str, Sequence[int]]:
        """The rows of the table of histories, by the cell that they are about."""
        return entries(self.package)

    def row_page(self, table: Table, row: int) -> Texts | None:
        """Give the place of a row on the page of its table; of one that a long page leaves out, that page."""
        return self.page(f"table:{table.name}", row_anchor(table.row_keys[row]) if row < ROWS_SHOWN else "")


@dataclass(frozen=True)
class Answer:
    """What an endpoint answers: its content, and where the same can be had as CSV and read as a page."""

    data: Any
    csv: str | None = None
    page: Texts | None = None


@dataclass(frozen=True)
class Endpoint:
    """A kind of address, as `endpoints.yml` declares it; `values` gives the values that its parameter has.

    Without a parameter in its path it has one value, the empty text, and `answer` is asked without. The shape of what
    it answers is `data`.
    """

    name: str
    declared: Mapping[str, Any]
    answer: Callable[..., Answer]
    values: Callable[[Api], Iterable[str]]

    @property
    def path(self) -> str:
        """Its path, counted from the folder of this version of the API, with the name of its parameter in it."""
        return str(self.declared["path"])

    @property
    def parameter(self) -> str:
        """The name of the part of its path that differs; empty where there is none."""
        return self.path.partition("{")[2].partition("}")[0]

    @property
    def data(self) -> Any:
        """The shape of what it answers."""
        return self.declared["data"]

    @property
    def is_bare(self) -> bool:
        """Whether it answers with its data alone, because a standard says how these look."""
        return bool(self.data == "openapi")

    def texts(self, language: str) -> tuple[str, str]:
        """Give its title and its description."""
        title, description = self.declared["nl" if language == "nl" else "en"]
        return title, description

    def filled(self, value: str) -> str:
        """Give the path of one answer: a value in the place of the name of the parameter."""
        return self.path.replace(f"{{{self.parameter}}}", value)

    def paths(self, api: Api) -> Iterator[str]:
        """Give the path of every answer."""
        return map(self.filled, self.values(api))

    def content(self, api: Api, value: str) -> Any:
        """Give one answer whole, in its envelope."""
        answer = self.answer(api, *([value] if self.parameter else []))
        if self.is_bare:
            return answer.data
        licence: Mapping[str, str] = next(iter(api.package.descriptor.get("licenses", ())), {})
        return {
            "api_version": VERSION,
            "package": api.package.descriptor.get("name"),
            "version": api.package.descriptor.get("version"),
            "licence": licence.get("name"),
            "data": answer.data,
            "links": {
                "self": api.address(self.filled(value)),
                "index": api.address("index.json"),
                "csv": answer.csv,
                "page": answer.page,
                "docs": api.page(DOCS_PAGE),
                "licence": licence.get("path"),
            },
        }


def file_name(parts: Iterable[str]) -> str:
    """Give the name of the file for a key, without its extension: `2025-02-25.obliged`, `~s00.5`.

    It fits every file system, is always the same, and another one for every key. Small letters, digits, `-` and `_`
    stand for themselves. A capital is `~` and its small letter, so that no two names differ in capitals alone; any
    other character is `~~` and two hexadecimals for each of its bytes in UTF-8; an empty part is `~0`. Parts are joined
    by a dot. The first letter of a name that Windows keeps for a device is written as a byte. Of a name that is too
    long the head is kept, with `~.` and half of the SHA-256 of the whole.
    """
    name = ".".join(_part(part) for part in parts)
    if DEVICES.match(name):
        name = f"{_byte(ord(name[0]))}{name[1:]}"
    return name if len(name) <= LONGEST else f"{name[:KEPT]}~.{_digest(name)}"


def version_name(version: str) -> str:
    """Give the name of the file for a version, which keeps its dots: `0.2.0`."""
    return file_name(version.split("."))


@lru_cache(maxsize=KNOWN_PARTS)
def _part(text: str) -> str:
    return "".join(_character(character) for character in text) or "~0"


def _character(character: str) -> str:
    if re.fullmatch(r"[a-z0-9_-]", character):
        return character
    if re.fullmatch(r"[A-Z]", character):
        return f"~{character.lower()}"
    return "".join(_byte(byte) for byte in character.encode("utf-8"))


def _byte(byte: int) -> str:
    return f"~~{byte:02x}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
