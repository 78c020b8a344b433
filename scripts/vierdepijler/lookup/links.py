"""Links and addresses: which table, row or cell of ours each of them leads to, whatever host it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from .findings import Document

CELL = re.compile(r"(?P<table>[^.\[\]\s]+)\.(?P<field>[^.\[\]\s]+)\[(?P<key>[^\[\]]*)\]")
TOKEN = re.compile(r"\S*/\S*|\S+\.(?:csv|json|xlsx|parquet|html)(?:[?#]\S*)?")
AROUND = "<>()[]{}\"'“”‘’.,;:!?"  # what stands around a link in a text
HOST = re.compile(r"^[a-z][a-z0-9+.-]*://[^/?#]*", re.IGNORECASE)
VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
FILE = re.compile(r"(?P<table>.+?)(?:\.nl)?\.(?:csv|json|xlsx|parquet|csv-metadata\.json|html)")
PAGES = ("data", "paspoort", "passport")


@dataclass(frozen=True)
class Lead:
    """What a link leads to: a table, or a row or a cell of it, perhaps as it was in a release."""

    text: str
    table: str
    key: tuple[str, ...] = ()
    field: str = ""
    version: str = ""


def leads(text: str, index: Document) -> list[Lead]:
    """Find the links and cell addresses in a text that lead to a table of ours; each once."""
    found = [lead for lead in (*_cells(text), *_links(text, index)) if lead.table in index["tables"]]
    unique: dict[tuple[str, tuple[str, ...], str, str], Lead] = {}
    for lead in found:
        unique.setdefault((lead.table, lead.key, lead.field, lead.version), lead)
    return list(unique.values())


def has_link(text: str) -> bool:
    """Tell whether a text is nothing but something that looks like a link or an address of a cell."""
    bare = text.strip()
    return not re.search(r"\s", bare) and bool(re.search(r"://|/.*[a-z]", bare, re.IGNORECASE) or CELL.fullmatch(bare))


def _cells(text: str) -> Iterator[Lead]:
    for found in CELL.finditer(text):
        key = tuple(unquote(part) for part in found["key"].split(","))
        yield Lead(found[0], found["table"].lstrip(AROUND), key, found["field"])


def _links(text: str, index: Document) -> Iterator[Lead]:
    for found in TOKEN.finditer(CELL.sub(" ", text)):
        link = found[0].strip(AROUND)
        path, _, anchor = HOST.sub("", link).partition("#")
        steps = [unquote(step) for step in path.partition("?")[0].split("/") if step]
        if steps:
            yield from _lead(link, steps, unquote(anchor), index)


def _lead(link: str, steps: list[str], anchor: str, index: Document) -> Iterator[Lead]:
    """Follow a path: to the API, to a subset, to the page of a table or its passports, or to a download."""
    if steps[-3:-2] == ["subsets"] or steps[-4:-3] == ["subsets"]:
        steps = [*steps[: steps.index("subsets")], f"{steps[steps.index('subsets') + 1]}.csv"]
    if "api" in steps:
        yield from _api(link, steps[steps.index("api") + 2 :], index)
    elif found := FILE.fullmatch(steps[-1]):
        table = found["table"]
        if not steps[-1].endswith(".html"):
            version = next((step for step in steps[-2:-1] if VERSION.fullmatch(step)), "")
            yield Lead(link, table, version=version)
        elif steps[-2:-1] and steps[-2] in PAGES and table in index["tables"]:
            yield _at_anchor(link, table, anchor, len(index["tables"][table]["key"]))


def _at_anchor(link: str, table: str, anchor: str, size: int) -> Lead:
    """Read the place on the page of a table or its passports: that of a row, or of a cell in it."""
    parts = [unquote(part.replace("~", "%")) for part in anchor.removesuffix("-name").split(".")] if anchor else []
    if len(parts) == size + 1:
        return Lead(link, table, tuple(parts[:-1]), parts[-1])
    return Lead(link, table, tuple(parts) if len(parts) == size else ())


def _api(link: str, steps: list[str], index: Document) -> Iterator[Lead]:
    """Read what follows the version in an address of the API: a table, one of its rows, or a figure."""
    match [step.removesuffix(".json") for step in steps]:
        case ["figures", figure]:
            table, *key = [_decoded(part) for part in figure.split(".")]
            yield Lead(link, table, tuple(key[:-1]), "".join(key[-1:]))
        case ["tables", table, "rows", row]:
            key = [_decoded(part) for part in row.split(".")]
            name = _decoded(table)
            is_whole = name in index["tables"] and len(key) == len(index["tables"][name]["key"])
            yield Lead(link, name, tuple(key) if is_whole else ())
        case ["tables", table, *_]:
            yield Lead(link, _decoded(table))


def _decoded(part: str) -> str:
    """Undo how the API writes a part of a key in the name of a file: `~a` is A, `~~2c` a comma, `~0` nothing."""
    bytes_ = re.sub("~~([0-9a-f]{2})", r"%\1", part)
    return unquote(re.sub("~([a-z0])", lambda found: found[1].upper().replace("0", ""), bytes_))
