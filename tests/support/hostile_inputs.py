"""Inputs that were made to do harm: to keep a reader busy for ever, to fill the memory, or to make it fall over.

Each is a small package, or a document, with one thing wrong in it; `told` is what the one message about it says.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Content = str | bytes | Callable[[Path], object]
FIELDS = [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]
TABLE, PAGE = "a,b\nx,y\n", "---\npage: een\ntitle: Een\ndescription: Eerste.\n---\n\nTekst.\n"
CHART = "table: t\nkind: bars\ncategory: a\nvalue: b\n"
SETTINGS = "site_name: Klein\n"
DEEP = (3000, 50_000)
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """An input: its files, by name, beside those of a sound package; and what is said of it, at which place."""

    name: str
    files: Mapping[str, Content]
    told: str
    place: str | tuple[str, ...] = ""
    verb: str = "validate"
    options: tuple[str, ...] = ()
    most: int = 1  # messages

    def write(self, folder: Path) -> None:
        """Write the files, those of a sound package too."""
        for name, content in {**package(), **self.files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if callable(content):
                content(path)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())


def package(fields: Any = FIELDS, schema: Any = None, **said: Any) -> dict[str, Content]:
    """Give the files of a sound package of one table."""
    described = {"schema": {"fields": fields, **(schema or {})}, **said}
    resource = {"name": "t", "path": "t.csv", **{key: value for key, value in described.items() if value is not None}}
    descriptor = json.dumps({"name": "klein", "resources": [resource]}, indent=1)
    return {"datapackage.json": descriptor, "t.csv": TABLE}


# Patterns that keep an engine busy that tries one way after the other.
TEXT = "a" * 40
BUSY: Mapping[str, tuple[str, str]] = {
    "repeat in a repeat": ("(a+)+", f"{TEXT}!"),
    "repeat in a repeat, without end": ("(a*)*b", TEXT),
    "overlapping choices": ("(a|aa)+", f"{TEXT}!"),
    "the same choice twice": ("(a|a)*c", TEXT),
    "anything, again and again": ("(.*)*x", TEXT),
    "words": (r"(\w+\s?)*x", "woord " * 12),
    "letters": (r"([a-z]+)*\d", TEXT),
    "three repeats": ("((a+)+)+b", TEXT),
    "many anythings": (".*.*.*.*.*.*.*.*x", TEXT * 20),
    "beyond ASCII": ("(é+)+x", "é" * 40),
    "beyond ASCII in the text": ("([a-zé]+)*x", f"{TEXT}é"),
    "words beyond ASCII": (r"(\w+)*x", f"{TEXT}é"),
    "looking ahead": ("(?=(a+)+x).*", TEXT),
    "looking behind": ("(a+)+(?<=b)c", TEXT),
    "what was found before": (r"(a+)+\1x", TEXT),
    "a line end": (r"(\s*a)*x", f"{TEXT}\n{TEXT}"),
    "too many repeats for a linear engine": ("(a{1,900}){1,900}x", TEXT),
    "whatever the case": ("(?i:(a+)+)x", f"{TEXT}İ"),
}
# Patterns that cannot be used at all.
UNUSABLE: Mapping[str, str] = {
    "too large a number": "a{4294967295}",
    "a far too large number": "a{" + "9" * 5000 + "}",
    "5 000 parentheses": "(" * 5000 + ")" * 5000,
    "5 000 groups": "(?:" * 5000 + "a" + ")" * 5000,
    "5 000 that are not closed": "(" * 5000,
    "100 000 parentheses": "(" * 100_000 + ")" * 100_000,
    "a set that is not closed": "[a",
    "what is not there": r"\9",
    "looking behind without a width": "(?<=a+)b",
    "a name twice": "(?P<a>x)(?P<a>y)",
    "numbers the wrong way round": "a{5,2}",
    "nothing to repeat": "*" * 1000,
}


def patterns() -> Iterator[Hostile]:
    """Give tables whose schema has such a pattern."""
    for name, (pattern, text) in BUSY.items():
        fields = [{**FIELDS[0], "constraints": {"pattern": pattern}}, FIELDS[1]]
        files = {**package(fields), "t.csv": f'a,b\n"{text}",y\n'}
        yield Hostile(f"pattern: {name}", files, "", ("datapackage.json:", "t.csv:2:"))
    for name, pattern in UNUSABLE.items():
        for kind in ("string", "any"):
            fields = [{**FIELDS[0], "type": kind, "constraints": {"pattern": pattern}}, FIELDS[1]]
            yield Hostile(f"unusable pattern, {kind}: {name}", package(fields), "cannot be used", "datapackage.json:")


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.chdir(here)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


NO_FILES: Mapping[str, Callable[[Path], None]] = {
    "fifo": _fifo, "socket": _socket, "endless device": _endless, "folder": _folder,
    "link to nowhere": _nowhere, "link to itself": _itself,
}  # fmt: skip
REPLACED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "table": ("t.csv", {}),
    "table without a schema": ("t.csv", {"schema": None}),
    "table in another encoding": ("t.csv", {"encoding": "utf-16"}),
    "schema": ("schema.json", {"schema": "schema.json"}),
    "dialect": ("dialect.json", {"dialect": "dialect.json"}),
    "page": ("site/nl/een.md", {}),
    "words": ("site/nl/_words.yml", {}),
    "block": ("site/blocks/een.html", {}),
    "chart": ("site/charts/een.yml", {}),
    "settings": ("mkdocs.yml", {}),
}


def no_files() -> Iterator[Hostile]:
    """Give packages, and documents, with something else in the place of a file."""
    for kind, make in NO_FILES.items():
        for place, (file, said) in REPLACED.items():
            described = {"schema": said["schema"], "fields": None} if "schema" in said else {}
            if make is _folder and place in ("page", "words", "block"):
                continue  # a folder may have such a name
            files = {**_described(said, described), "site/nl/twee.md": PAGE, file: make}
            yield Hostile(f"{kind} as {place}", files, "", (file, "datapackage.json:5:"))
        yield Hostile(f"{kind} as descriptor", {"datapackage.json": make}, "", "datapackage.json")
        for suffix in ("txt", "md", "docx", "pdf"):
            file = f"answer.{suffix}"
            yield Hostile(f"{kind} as document, {suffix}", {file: make}, "", file, "trace", (file,))


def _described(said: Mapping[str, Any], _: object) -> dict[str, Content]:
    files = package(**{name: value for name, value in said.items() if name != "schema"})
    if "schema" not in said:
        return files
    descriptor = json.loads(str(files["datapackage.json"]))
    resource = descriptor["resources"][0]
    resource.pop("schema")
    if said["schema"]:
        resource["schema"] = said["schema"]
    return {**files, "datapackage.json": json.dumps(descriptor, indent=1)}


def _nested_json(opening: str, closing: str, depth: int) -> str:
    return opening * depth + "1" + closing * depth


def deep() -> Iterator[Hostile]:
    """Give texts that are nested deeper than anybody means."""
    for depth in DEEP:
        lists, objects = _nested_json("[", "]", depth), _nested_json('{"a":', "}", depth)
        sound = str(package()["datapackage.json"])
        told = "nested"
        for name, text in (("lists", lists), ("objects", objects)):
            begun = sound.replace('"name": "klein",', f'"name": "klein",\n "more": {text},', 1)
            files: dict[str, Content] = {"datapackage.json": begun}
            yield Hostile(f"{depth} {name} in a descriptor", files, told, "datapackage.json:3:")
            yield Hostile(f"{depth} {name} for a descriptor", {"datapackage.json": text}, told, "datapackage.json:1:")
            for part in ("schema", "dialect"):
                files = {**_described({part: "part.json"} if part == "schema" else {}, {}), "part.json": text}
                if part == "dialect":
                    files |= package(dialect="part.json")
                yield Hostile(f"{depth} {name} for a {part}", files, told, "part.json:1:")
        yield Hostile(f"{depth} lists that never end", {"datapackage.json": "[" * depth}, "", "datapackage.json:1:")
        for place, file in (
            ("chart", "site/charts/een.yml"),
            ("settings", "mkdocs.yml"),
            ("words", "site/nl/_words.yml"),
        ):
            for name, text in (("lists", f"a: {lists}\n"), ("mappings", "a: " + "{a: " * depth + "1" + "}" * depth)):
                files = {"site/nl/een.md": PAGE, file: text}
                yield Hostile(f"{depth} {name} in {place}", files, "cannot be read", f"{file}:1:")
        files = {"site/nl/een.md": PAGE.replace("Eerste.", lists)}
        yield Hostile(f"{depth} lists in the head of a page", files, told, "site/nl/een.md:4:")
    levels = "".join(f"{' ' * level}a:\n" for level in range(2000))
    yield Hostile(
        "2000 mappings in blocks", {"site/nl/een.md": PAGE, "site/charts/een.yml": levels}, "", "site/charts/een.yml:"
    )
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    for place, file in (("chart", "site/charts/een.yml"), ("words", "site/nl/_words.yml")):
        yield Hostile(f"nine times nine times in {place}", {"site/nl/een.md": PAGE, file: bomb}, "", file, most=20)


DIALECTS: Mapping[str, Any] = {
    "nested lists of rows": {"headerRows": [[1]]},
    "very nested lists": {"headerRows": [[[[[[1]]]]]]},
    "comments in lists": {"commentRows": [[2], [3]]},
    "a row below the first": {"headerRows": [0]},
    "a row that is a text": {"headerRows": ["1"]},
    "a row that is half": {"headerRows": [1.5]},
    "no rows": {"headerRows": None},
    "a row far away": {"headerRows": [10**9]},
    "a row farther than there is": {"headerRows": [10**30]},
    "a list of delimiters": {"delimiter": [","]},
    "two delimiters": {"delimiter": ",,"},
    "no delimiter": {"delimiter": ""},
    "an object for a delimiter": {"delimiter": {"a": 1}},
    "a line end for a delimiter": {"delimiter": "\n"},
    "a return for a delimiter": {"delimiter": "\r"},
    "a quote for a delimiter": {"delimiter": '"'},
    "a NUL for a delimiter": {"delimiter": "\x00"},
    "two quotes": {"quoteChar": '""'},
    "a list for a quote": {"quoteChar": [['"']]},
    "a long escape": {"escapeChar": "\\\\"},
    "a number for a comment": {"commentChar": 1},
    "a list for a comment": {"commentChar": [["#"]]},
    "a text for a truth": {"header": "no"},
    "a list for a truth": {"skipInitialSpace": [True]},
    "a list for what joins": {"headerJoin": [[" "]]},
    "a list for an end of line": {"lineTerminator": [["\n"]]},
    "a list for nothing": {"nullSequence": [[""]]},
    "a list for CSV": {"csv": [[]]},
    "a text for CSV": {"csv": "csv"},
    "lists in CSV": {"csv": {"delimiter": [[","]]}},
    "lists of lists that nobody knows": {"excel": [[[]]], "header": [[[]]]},
    "a list": [[[]]],
    "a number": 1,
}


def dialects() -> Iterator[Hostile]:
    """Give tables with a dialect that cannot be."""
    for name, dialect in DIALECTS.items():
        yield Hostile(f"dialect: {name}", package(dialect=dialect), "", ("datapackage.json:", "t.csv:"), most=3)


DIGITS = "7" * 40_000


def numbers() -> Iterator[Hostile]:
    """Give texts with very many digits, or other signs that a search may pass over again and again."""
    page = "site/nl/een.md"
    runs = {
        "digits": DIGITS, "digits and points": "7." * 40_000, "digits and commas": "7," * 20_000 + "x",
        "fractions": "½" * 40_000, "digits and spaces": "7 " * 40_000 + "x",
    }  # fmt: skip
    for name, text in runs.items():
        yield Hostile(f"{name} on a page", {page: f"{PAGE}{text}\n"}, "typed", f"{page}:8:", most=100_000)
    quiet = {
        "braces": "{{ " * 40_000, "tags": "<a " * 40_000, "brackets": "](" * 40_000, "comments": "<!--" * 40_000,
        "code": "```\n" * 40_001, "names": "a" * 200_000 + "@", "attributes": "{: " * 40_000, "remarks": "{#" * 40_000,
        "expressions that a statement ends": "{{ " * 40_000 + "%}", "lookups": "{{ row(" * 5000 + "}}",
        "lookups in lookups": "{{ " + "row(" * 20_000 + ")" * 20_000 + "}}", "quotes": "{{ '" * 40_000,
        "entities": "&#" * 100_000, "dots": "a." * 100_000,
        "addresses": "http://" * 40_000, "closed code": "<code>" * 30_000, "scripts": "<script" * 30_000,
        "spaces": " " * 300_000, "figures": " a.b[" * 60_000, "marks of git": "<<<<<<< " * 40_000,
    }  # fmt: skip
    for name, text in quiet.items():
        yield Hostile(f"{name} before a number on a page", {page: f"{PAGE}{text}\n\n7\n"}, "", page, most=100_000)
    for kind, text in (
        ("integer", DIGITS),
        ("number", DIGITS),
        ("number", "1e999999999"),
        ("date", DIGITS),
        ("year", DIGITS),
        ("datetime", DIGITS),
        ("time", DIGITS),
        ("boolean", DIGITS),
        ("duration", "P" + DIGITS),
        ("geopoint", DIGITS),
        ("object", "{" * 40_000),
        ("array", "[" * 40_000),
        ("geojson", "[" * 40_000),
        ("yearmonth", DIGITS),
    ):
        fields = [{"name": "a", "type": kind}, FIELDS[1]]
        yield Hostile(
            f"{len(text)} characters for a {kind}",
            {**package(fields), "t.csv": f'a,b\n"{text}",y\n'},
            "",
            "t.csv:",
            most=2,
        )
    for form in ("email", "uuid"):
        fields = [{"name": "a", "type": "string", "format": form}, FIELDS[1]]
        for text in (DIGITS, "a." * 40_000, "a@" * 40_000, "http://" + "%" * 40_000):
            files = {**package(fields), "t.csv": f'a,b\n"{text}",y\n'}
            yield Hostile(f"{text[:4]} for a text that is a {form}", files, "", "t.csv:2:", most=2)
    for name, kind, limit in (
        ("a limit of 40 000 digits", "integer", DIGITS),
        ("a limit out of reach", "number", "1e999"),
        ("a limit that is no number", "number", "NaN"),
        ("a limit without end", "integer", "-Infinity"),
    ):
        asked: Any = [{"name": "a", "type": kind, "constraints": {"minimum": "LIMIT"}}, FIELDS[1]]
        files = package(asked)
        yield Hostile(
            name,
            {**files, "datapackage.json": str(files["datapackage.json"]).replace('"LIMIT"', limit)},
            "",
            "datapackage.json",
        )


def tables() -> Iterator[Hostile]:
    """Give tables whose text does what no writer of CSV does, of a few megabytes at most."""
    bare = _described({"schema": None}, {})
    spaces = " " * 300_000
    wide = {"t.csv": f'{spaces}"\n{spaces}",b\n'}  # and a cell too many, or a stranger's spaces would be no error
    yield Hostile("two lines of spaces and quotes", {**bare, **wide}, "", "t.csv", most=5)
    yield Hostile(
        "two lines of quotes and spaces", {**bare, "t.csv": '" ' * 150_000 + "\n" + "' " * 150_000}, "", "t.csv", most=5
    )
    yield Hostile(
        "quotes between spaces, with a schema", {"t.csv": 'a, b\n"' + f'{spaces}"\n{spaces}"\n'}, "", "t.csv", most=5
    )
    yield Hostile("a quote that is never closed", {"t.csv": f'a,b\nx,"{"y" * MEGABYTE}'}, "", "t.csv:2:")
    yield Hostile(
        "a quote that is never closed, in many lines", {"t.csv": 'a,b\nx,"' + "y,z\n" * 400_000}, "", "t.csv:2:"
    )
    yield Hostile("100 000 columns", {"t.csv": ",".join("a" * 100_000) + "\n"}, "columns", "t.csv:1:")
    yield Hostile(
        "100 000 columns, without a schema", {**bare, "t.csv": ",".join("a" * 100_000) + "\n"}, "columns", "t.csv:1:"
    )
    yield Hostile("100 000 cells in a row", {"t.csv": TABLE + "," * 100_000 + "\n"}, "cells", "t.csv:3:", most=3)
    yield Hostile("a megabyte of NULs", {"t.csv": b"\0" * MEGABYTE}, "", "t.csv", most=3)
    yield Hostile("a megabyte of line ends", {"t.csv": "\n" * MEGABYTE}, "", "t.csv", most=1100)
    yield Hostile("a megabyte of returns", {"t.csv": "\r" * MEGABYTE}, "", "t.csv", most=1100)
    yield Hostile("a megabyte of quotes", {"t.csv": '"' * (MEGABYTE + 1)}, "", "t.csv", most=3)
    yield Hostile("a megabyte of commas", {"t.csv": "," * MEGABYTE}, "", "t.csv", most=3)
    yield Hostile("a megabyte of commas in lines", {"t.csv": TABLE + ",,\n" * 350_000}, "", "t.csv", most=1100)
    yield Hostile("line ends below a header", {"t.csv": TABLE + "\n" * MEGABYTE}, "", "t.csv", most=1100)
    yield Hostile("a sparse file", {"t.csv": sparse(10 << 30)}, "128 MB", "t.csv")
    yield Hostile("a sparse file without a schema", {**bare, "t.csv": sparse(10 << 30)}, "128 MB", "t.csv")
    for place in ("schema", "dialect"):
        files = _described({"schema": "part.json"}, {}) if place == "schema" else package(dialect="part.json")
        yield Hostile(f"a sparse file for a {place}", {**files, "part.json": sparse(10 << 30)}, "", "part.json")
    for place, file in (
        ("page", "site/nl/een.md"),
        ("chart", "site/charts/een.yml"),
        ("settings", "mkdocs.yml"),
        ("words", "site/nl/_words.yml"),
    ):
        yield Hostile(f"a sparse file for a {place}", {"site/nl/twee.md": PAGE, file: sparse(10 << 30)}, "", file)
    yield Hostile("a sparse file for a descriptor", {"datapackage.json": sparse(10 << 30)}, "", "datapackage.json")
    for suffix in ("txt", "md", "docx", "pdf"):
        file = f"answer.{suffix}"
        yield Hostile(f"a sparse document, {suffix}", {file: sparse(10 << 30)}, "", file, "trace", (file,))


def sparse(size: int) -> Callable[[Path], None]:
    """Give what makes a file that seems large and takes no place."""

    def make(path: Path) -> None:
        with path.open("wb") as file:
            file.truncate(size)

    return make


def many() -> Iterator[Hostile]:
    """Give descriptors of very many parts, each with one thing wrong so that all of it is looked at."""
    wrong = {"name": "wrong", "type": "integer"}
    fields = [{"name": f"f{n}", "type": "string"} for n in range(4000)]
    header = ",".join(str(f["name"]) for f in fields)
    text = f"{header},wrong\n{',' * 4000}x\n"
    yield Hostile("4 000 fields", {**package([*fields, wrong]), "t.csv": text}, "", "t.csv:2:")
    lacking = package([*fields, wrong])
    yield Hostile("4 000 fields that are not there", lacking, "", "t.csv:1:", most=1100)
    twice = package([*fields, fields[0]])
    yield Hostile("a field twice among 4 000", {**twice, "t.csv": f"{header},f0\n"}, "", "", most=3)
    resources = [{"name": f"t{n}", "path": f"t{n}.csv", "schema": {"fields": FIELDS}} for n in range(2000)]
    files: dict[str, Content] = {f"t{n}.csv": TABLE for n in range(2000)}
    resources[1999]["schema"] = {"fields": [FIELDS[0], {**FIELDS[1], "type": "integer"}]}
    files["datapackage.json"] = json.dumps({"name": "veel", "resources": resources}, indent=1)
    yield Hostile("2 000 resources", files, "", "t1999.csv:2:")
    missing = {name: content for name, content in files.items() if name != "t1999.csv"}
    yield Hostile("2 000 resources, of which one is not there", missing, "", "t1999.csv")
    shapes = json.loads(str(files["datapackage.json"]))
    for resource in shapes["resources"]:
        resource["dialect"] = {"header": 1}
    yield Hostile(
        "2 000 resources that are all wrong",
        {**files, "datapackage.json": json.dumps(shapes, indent=1)},
        "",
        "datapackage.json",
        most=2000,
    )
    nowhere = [{"fields": "a", "reference": {"resource": "x", "fields": "a"}}] * 1000
    yield Hostile("1 000 keys to nowhere", package(schema={"foreignKeys": nowhere}), "", "datapackage.json", most=1000)
    one = [{"fields": "a", "reference": {"resource": "", "fields": "b"}}] * 1000
    yield Hostile("1 000 keys that are lost", package(schema={"foreignKeys": one}), "", "t.csv:2:", most=1000)
    keys = [{"fields": f"f{n}", "reference": {"resource": "", "fields": f"f{n + 1}"}} for n in range(1000)]
    text = f"{header},wrong\n{'x,' * 4000}1\n{'y,' * 4000}x\n"
    yield Hostile(
        "1 000 keys of 4 000 fields",
        {**package([*fields, wrong], {"foreignKeys": keys}), "t.csv": text},
        "",
        "t.csv:3:",
        most=1100,
    )
    unique = {"uniqueKeys": [[f"f{n}", f"f{n + 1}"] for n in range(1000)]}
    yield Hostile("1 000 unique keys", {**package([*fields, wrong], unique), "t.csv": text}, "", "t.csv:3:", most=1100)
    choices = [{"name": "a", "type": "string", "constraints": {"enum": [f"x{n}" for n in range(100_000)]}}, FIELDS[1]]
    yield Hostile("100 000 choices", package(choices), "", "t.csv:2:")
    names = {"missingValues": [f"x{n}" for n in range(100_000)]}
    yield Hostile("100 000 words for nothing", {**package(schema=names), "t.csv": "a,b\nx,y,z\n"}, "", "t.csv:2:")
    lines = {"site/nl/een.md": PAGE + "woord " * 400_000 + "\n" + "7 a\n" * 20_000}
    yield Hostile("20 000 numbers on a long page", lines, "typed", "site/nl/een.md:9:", most=30_000)
    again = '{"name":"a",' + ",".join(f'"p{n}":1' for n in range(100_000)) + ',"p0":1}'
    yield Hostile("a property twice among 100 000", {"datapackage.json": again}, "twice", "datapackage.json")
