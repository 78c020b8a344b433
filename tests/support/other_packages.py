"""Small packages in the styles in which others publish, none with a property of ours."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CDLA = "https://opendatacommons.org/licenses/pddl/"
V1: dict[str, Any] = {
    "profile": "tabular-data-package",
    "name": "country-codes",
    "title": "Country codes",
    "version": "0.1",
    "created": "2016-05-12",
    "licenses": [{"name": "ODC-PDDL-1.0", "path": CDLA, "title": "Open Data Commons PDDL v1.0"}],
    "sources": [{"title": "ISO", "path": "https://www.iso.org/"}],
    "contributors": [{"title": "Jane Doe", "role": "author", "email": "jane@example.org"}],
    "keywords": ["codes"],
    "views": [],
    "datahub": {"owner": "core"},
}
V1_DIALECT = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": True,
    "header": True, "caseSensitiveHeader": False, "csvddfVersion": 1.2,
}  # fmt: skip
ID_NAME = {"fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}]}
PLAIN = "id,name\n1,a\n2,b\n"


@dataclass(frozen=True)
class Other:
    """A package: what its descriptor says, and its files."""

    resources: list[dict[str, Any]]
    files: Mapping[str, str | bytes]
    about: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write it into a folder; gives the path of its descriptor."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        descriptor = folder / "datapackage.json"
        descriptor.write_text(
            json.dumps({"name": "other", **self.about, "resources": self.resources}, indent=1), "utf-8"
        )
        return descriptor


def one(text: str | bytes, schema: Any = None, path: str = "a.csv", **said: Any) -> Other:
    """Make a package of one table."""
    described = {} if schema is None else {"schema": schema}
    return Other([{"name": "a", "path": path, **described, **said}], {path: text})


def of(*fields: Any, **said: Any) -> dict[str, Any]:
    """Make a schema of fields, each a name, a type and what more is said of it."""
    return {"fields": [{"name": name, "type": kind, **more} for name, kind, more in fields], **said}


def _typed() -> Other:
    kinds = {
        "datetime": "2020-01-02T03:04:05Z", "time": "03:04:05", "duration": "P1Y", "geopoint": '"45.5, 3.25"',
        "geojson": '"{""type"": ""Point"", ""coordinates"": [1, 2]}"', "object": '"{""a"": 1}"', "array": '"[1, 2]"',
        "list": '"a,b"', "yearmonth": "2020-03", "any": "x", "year": "2020", "boolean": "true", "number": "1.5",
    }  # fmt: skip
    schema = of(*((kind, kind, {}) for kind in kinds))
    schema["fields"].append({"name": "untyped"})
    return one(f"{','.join([*kinds, 'untyped'])}\n{','.join([*kinds.values(), 'x'])}\n", schema)


def _datahub() -> Other:
    schema = {**ID_NAME, "primaryKey": "id", "missingValues": [""]}
    said = {"profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    resource = {"name": "country-codes", "path": "data/Codes.CSV", **said, "dialect": V1_DIALECT, "schema": schema}
    return Other([resource], {"data/Codes.CSV": PLAIN, "data/README.md": "# About\n"}, V1)


def _energy() -> Other:
    keys = [{"fields": ["plant", "unit"], "reference": {"resource": "units", "fields": ["plant", "unit"]}}]
    units = of(("plant", "integer", {}), ("unit", "string", {}), ("code", "string", {}), primaryKey=["plant", "unit"])
    year = ("report_date", "date", {"constraints": {"required": True}})
    output = of(year, ("plant", "integer", {}), ("unit", "string", {}), ("mwh", "number", {}), foreignKeys=keys)
    return Other(
        [
            {"name": "units", "path": "units.csv", "schema": {**units, "fields": units["fields"]}},
            {"name": "output", "path": ["output.csv"], "schema": output},
        ],
        {
            "units.csv": "plant,unit,code\n1,A,x\n1,B,y\n",
            "output.csv": "report_date,plant,unit,mwh\n2020-01-01,1,A,10.5\n2020-01-01,1,B,\n",
        },
        {
            "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
            "title": "Plants",
            "created": "2020-01-01",
        },
    )


def _described() -> Other:
    said = {"type": "table", "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    resource = {"name": "a", "path": "a.csv", **said, "dialect": {"csv": {"delimiter": ";"}}, "schema": ID_NAME}
    return Other([resource], {"a.csv": PLAIN.replace(",", ";")}, {"profiles": [], "license": "CC0", "source": "x"})


def _survey() -> Other:
    sources = of(
        ("source_id", "string", {}), ("title", "string", {}), ("address", "string", {}), primaryKey="source_id"
    )
    count = ("Count", "integer", {"units": "people", "example": 3, "decimalChar": "."})
    answers = of(("Code", "string", {}), count, ("source_id", "string", {}))
    return Other(
        [
            {"name": "Survey Answers (2020)", "path": "survey.tsv", "schema": answers},
            {"name": "sources", "path": "sources.csv", "schema": sources},
            {"name": "units", "path": "units.csv", "schema": of(("code", "string", {}))},
            {"name": "readme", "path": "README.md"},
            {"name": "paper", "path": "docs/paper.pdf", "mediatype": "application/pdf"},
            {"name": "raw", "type": "json", "path": "raw.json"},
        ],
        {
            "survey.tsv": "Code\tCount\tsource_id\nx\t1\ts1\ny\t2\ts1\n",
            "sources.csv": "source_id,title,address\ns1,One,https://a.example\ns2,Two,https://b.example\n",
            "units.csv": "code\nkg\n",
            **dict.fromkeys(("README.md", "docs/paper.pdf", "raw.json"), "x"),
        },
        {"name": "Survey 2020", "sources": [{"title": "Somebody"}], "image": "logo.png"},
    )


MISSING = of(("a", "number", {}), ("b", "string", {}), missingValues=["", "NA", "-"])
LABELLED = of(
    ("a", "integer", {}),
    ("b", "string", {}),
    missingValues=[{"value": "-99", "label": "refused"}, {"value": "", "label": "none"}],
)
BARE = {"fields": [{"name": "id"}, {"name": "name"}]}
GOOD: Mapping[str, Other] = {
    "a catalogue of the first version": _datahub(),
    "plants with keys of two fields": _energy(),
    "as Frictionless describes it": _described(),
    "a survey with names and files of its own": _survey(),
    "every type": _typed(),
    "a schema in a file": Other(
        [{"name": "a", "path": "a.csv", "schema": "meta/schema.json", "dialect": "meta/dialect.json"}],
        {"a.csv": "id|name\n1|a\n", "meta/schema.json": json.dumps(ID_NAME), "meta/dialect.json": '{"delimiter": "|"}'},
    ),
    "no schema": one(PLAIN),
    "no schema and semicolons": one("id;name\n1;a\n2;b,c\n3;d\n"),
    "no schema and mixed types": one("id,name\n1,a\nx,b\n"),
    "fields without a type": one(PLAIN, BARE),
    "latin-1": one("id,name\n1,é\n".encode("latin-1"), ID_NAME, encoding="iso-8859-1"),
    "cp1252": one("id,name\n1,€\n".encode("cp1252"), ID_NAME, encoding="windows-1252"),
    "utf-16": one("id,name\n1,é\n".encode("utf-16"), ID_NAME, encoding="utf-16"),
    "tabs": one("id\tname\n1\ta\n", ID_NAME, path="a.tsv"),
    "tabs in a text file": one("id\tname\n1\ta\n", ID_NAME, path="a.txt", dialect={"delimiter": "\t"}),
    "semicolons": one("id;name\n1;a\n", ID_NAME, dialect={"delimiter": ";"}),
    "returns and line feeds": one("id,name\r\n1,a\r\n", ID_NAME),
    "no header": one("1,a\n2,b\n", ID_NAME, dialect={"header": False}),
    "no header and no schema": one("1,a\n2,b\n", dialect={"header": False}),
    "a header of two rows": one(
        "a,a\nx,y\n1,2\n", of(("a x", "integer", {}), ("a y", "integer", {})), dialect={"headerRows": [1, 2]}
    ),
    "a header further down": one("about this\n\nid,name\n1,a\n", ID_NAME, dialect={"headerRows": [3]}),
    "comments": one("id,name\n# more\n1,a\n#x\n2,b\n", ID_NAME, dialect={"commentChar": "#"}),
    "blank rows": one("id,name\n1,a\n\n2,b\n", ID_NAME, dialect={"skipBlankRows": True}),
    "single quotes": one("id,name\n1,'a,b'\n", ID_NAME, dialect={"quoteChar": "'"}),
    "escapes": one('id,name\n1,"a\\"b"\n', ID_NAME, dialect={"escapeChar": "\\", "doubleQuote": False}),
    "another case of the header": one("ID,Name\n1,a\n", ID_NAME, dialect={"headerCase": False}),
    "missing values": one("a,b\nNA,x\n1.5,-\n", MISSING),
    "missing values with labels": one("a,b\n-99,x\n1,y\n", LABELLED),
}
