"""Every endpoint of the API: what its files, its OpenAPI document and its page are all made from."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from vierdepijler.writers.formats.json_files import render_json

from . import openapi
from .endpoint import ROOT, Answer, Api, Endpoint, Parameter, Texts
from .figure_answers import answer_figure, answer_release, figure_names, list_figures, list_releases, versions
from .table_answers import answer_codes, answer_schema, answer_table, code_lists, list_codes, list_tables, table_names

TABLE = Parameter("table", "de naam van een tabel", "the name of a table")
LIST = Parameter("list", "de naam van een lijst van codes", "the name of a list of codes")
FIGURE = Parameter("figure", "de naam van een getal", "the name of a figure", is_listed=False)
RELEASE = Parameter("version", "het nummer van een uitgave", "the number of a release")


def answer_index(api: Api) -> Answer:
    """Answer what the API has: every endpoint, with an example."""
    descriptor = api.package.descriptor
    content = {
        "title": api.texts(descriptor, "title"),
        "description": api.texts(descriptor, "description"),
        "languages": list(api.package.languages),
        "endpoints": [_described(endpoint, api) for endpoint in ENDPOINTS if next(endpoint.paths(api), None)],
    }
    return Answer(content, page=api.page("home"))


def _described(endpoint: Endpoint, api: Api) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "path": f"/{ROOT}{endpoint.path}",
        "title": _texts(api, endpoint.title, endpoint.title_en),
        "description": _texts(api, endpoint.description, endpoint.description_en),
        "example": api.address(next(endpoint.paths(api))),
    }


def _texts(api: Api, dutch: str, english: str) -> Texts:
    return {language: dutch if language == "nl" else english for language in api.package.languages}


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "index",
        "index.json",
        "Wat er is",
        "What there is",
        "Begin hier: elk soort adres, met een voorbeeld.",
        "Start here: every kind of address, with an example.",
        openapi.INDEX,
        answer_index,
    ),
    Endpoint(
        "tables",
        "tables.json",
        "Alle tabellen",
        "All tables",
        "Elke tabel, met haar titel, haar beschrijving en hoeveel rijen ze heeft.",
        "Every table, with its title, its description and how many rows it has.",
        openapi.TABLES,
        list_tables,
    ),
    Endpoint(
        "table",
        "tables/{table}.json",
        "Een tabel",
        "A table",
        "De kolommen en alle rijen van een tabel. Is een cel leeg? Bij ‘reasons’ staat waarom.",
        "The columns and all rows of a table. Is a cell empty? Its reason is under ‘reasons’.",
        openapi.WHOLE_TABLE,
        answer_table,
        table_names,
        (TABLE,),
    ),
    Endpoint(
        "schema",
        "tables/{table}/schema.json",
        "Het schema van een tabel",
        "The schema of a table",
        "Welke kolommen er zijn en wat erin mag: als Table Schema en als JSON Schema.",
        "Which columns there are and what they may hold: as Table Schema and as JSON Schema.",
        openapi.SCHEMAS,
        answer_schema,
        table_names,
        (TABLE,),
    ),
    Endpoint(
        "codeLists",
        "codes.json",
        "Alle lijsten van codes",
        "All lists of codes",
        "Elke lijst van codes die de tabellen gebruiken.",
        "Every list of codes that the tables use.",
        openapi.LISTS,
        list_codes,
    ),
    Endpoint(
        "codes",
        "codes/{list}.json",
        "Een lijst van codes",
        "A list of codes",
        "Wat elke code betekent, en welke kolommen de lijst gebruiken.",
        "What each code means, and which columns use the list.",
        openapi.CODES,
        answer_codes,
        code_lists,
        (LIST,),
    ),
    Endpoint(
        "figures",
        "figures.json",
        "Alle getallen",
        "All figures",
        "Elk getal dat we publiceren, met zijn waarde, zijn eenheid en zijn dag.",
        "Every figure that we publish, with its value, its unit and its day.",
        openapi.FIGURES,
        list_figures,
    ),
    Endpoint(
        "figure",
        "figures/{figure}.json",
        "Een getal",
        "A figure",
        "Alles wat in zijn paspoort staat: betekenis, bron, geschiedenis en een zin om over te nemen.",
        "All that its passport says: meaning, source, history and a sentence to copy.",
        openapi.WHOLE_FIGURE,
        answer_figure,
        figure_names,
        (FIGURE,),
    ),
    Endpoint(
        "releases",
        "releases.json",
        "Alle uitgaven",
        "All releases",
        "Elke uitgave van de gegevens, met haar dag en wat er nieuw was.",
        "Every release of the data, with its day and what was new.",
        openapi.RELEASES,
        list_releases,
    ),
    Endpoint(
        "release",
        "releases/{version}.json",
        "Een uitgave",
        "A release",
        "Wat een uitgave veranderde, en welke getallen ze bracht of wijzigde.",
        "What a release changed, and which figures it brought or changed.",
        openapi.WHOLE_RELEASE,
        answer_release,
        versions,
        (RELEASE,),
    ),
    Endpoint(
        "openapi",
        "openapi.json",
        "De beschrijving voor programma's",
        "The description for programs",
        "Alle adressen en de vorm van elk antwoord, volgens de standaard OpenAPI.",
        "All addresses and the shape of each answer, by the OpenAPI standard.",
        openapi.OPENAPI,
        lambda api: Answer(openapi.openapi_document(ENDPOINTS, api)),
        is_bare=True,
    ),
)


def api_contents(api: Api) -> Iterator[tuple[str, Any]]:
    """Give every answer with its path, counted from the root of the site."""
    for endpoint in ENDPOINTS:
        for values in endpoint.values(api):
            yield ROOT + endpoint.filled(values), endpoint.content(api, values)


def write_api(api: Api, stage: Path) -> Mapping[str, Path]:
    """Write every answer below `stage`, the root of the site; gives the files by their addresses.

    Raises `RuntimeError` where two answers would have one name, on a file system that knows no capitals.
    """
    written: dict[str, Path] = {}
    for path, content in api_contents(api):
        if path.lower() in written:
            raise RuntimeError(f"two answers of the API are called {path}")
        file = stage / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(render_json(content), encoding="utf-8", newline="\n")
        written[path.lower()] = file
    return written
