"""What a descriptor refers to: which of its resources are tables, and the schemas and dialects in files of their own.

Everything refers to a file in the package; nothing is fetched from another host.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from vierdepijler.core.columnar import SAMPLE, Sniffer, lines_of

from .descriptors import ADDRESS, IN_FILES, check_shape, is_of_house, line_of, place_of, read_json, shape
from .problems import Problem, Severity, UnreadableError, quoted, say, unreadable
from .tables import Descriptor

CSV = frozenset({".csv", ".tsv"})
SUFFIXES = CSV | {".txt"}
FORMATS = frozenset({"csv", "tsv"})
TABULAR = "tabular-data-resource"  # the profile of a table in Data Package 1
DELIMITERS = ",\t;|"  # what Frictionless looks for in a table without a schema and a dialect
GROUP = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True)
class Filled:
    """A descriptor of which each resource is a table, with its schema in it; and the other resources, by place.

    `whole` are the names of all. What was left out is `unread`, and why is `told`.
    """

    descriptor: dict[str, Any]
    others: Mapping[int, Descriptor]
    whole: tuple[str, ...] = ()
    told: tuple[Problem, ...] = ()
    unread: Mapping[str, Descriptor] = field(default_factory=dict)


def fill(package: Path, descriptor: Descriptor, copies: Path | None = None, *, leniently: bool = False) -> Filled:
    """Put what a descriptor refers to in its place; raises `UnreadableError` where that cannot be done.

    `package` is the path of the descriptor. `leniently` leaves out what cannot be read, and tells why; `copies` is a
    folder with copies of the schemas that stand at an address.
    """
    _check_names(package, descriptor)
    tables: list[Descriptor] = []
    others: dict[int, Descriptor] = {}
    told: list[Problem] = []
    unread: dict[str, Descriptor] = {}
    for place, resource in enumerate(descriptor["resources"]):
        try:
            _check_held(package, resource, leniently=leniently)
            if is_table(resource):
                tables.append(filled(package, resource, copies, leniently=leniently))
                if not leniently:
                    text_file(package, tables[-1])
            else:
                others[place] = resource
        except UnreadableError as error:
            told += error.problems
            unread[resource["name"]] = resource
    if told and not leniently:
        raise UnreadableError(sorted(told))
    if not tables and not leniently:
        raise unreadable(package.name, "none of the resources is a table in a CSV file", "name one in its 'path'")
    names = tuple(resource["name"] for resource in descriptor["resources"])
    return Filled({**descriptor, "resources": tables}, others, names, tuple(told), unread)


def _check_names(package: Path, descriptor: Descriptor) -> None:
    names: set[str] = set()
    for name in (resource["name"] for resource in descriptor["resources"]):
        if name in names:
            what = say("two tables are called '{name}'", name=name)
            raise resource_error(package, name, what, "give each table its own name")
        names.add(name)
    for name in (group["name"] for group in descriptor.get("groups", ()) if is_of_house(descriptor)):
        if not GROUP.fullmatch(name):
            what = say("{name} cannot be the name of a group, for that is a folder", name=quoted(name))
            line = line_of(package, "groups", name)
            raise unreadable(package.name, what, "use small letters, digits, '-' and '_'", line=line)


def _check_held(package: Path, resource: Descriptor, *, leniently: bool) -> None:
    """Make sure that a resource lies in files of the package; raises `UnreadableError` otherwise."""
    name = resource["name"]
    if "path" not in resource and not leniently:
        what = say("the content of '{name}' stands in the descriptor itself, in 'data'", name=name)
        raise resource_error(package, name, what, "save it as a CSV file in the package, and name that in 'path'")
    for file in files_of(resource):
        shown = quoted(file)
        if ADDRESS in file:
            what = say("the path {path} of '{name}' leaves the package: nothing is fetched", path=shown, name=name)
            raise passed_over(package, name, what, "save the file in the package, and name it from there")
        if not is_inside(package, file):
            what = say("the path {path} of '{name}' leaves the package, or is no path", path=shown, name=name)
            todo = "put the file below the folder of this descriptor and name it from there"
            raise resource_error(package, name, what, todo)


def files_of(resource: Descriptor) -> tuple[str, ...]:
    """Give the paths of a resource, which may be one or a list; none where its content stands in the descriptor."""
    files = resource.get("path", ())
    return (files,) if isinstance(files, str) else tuple(files)


def is_table(resource: Descriptor) -> bool:
    """Tell whether a resource is meant to be a table: it says so, has a schema, or lies in a file of CSV.

    What has a schema is one whatever else is said of it: a slip there must not switch off what is asked of the rows.
    """
    if "schema" in resource or TABULAR in (resource.get("profile") or ""):
        return True
    if resource.get("type"):
        return bool(resource["type"] == "table")
    if "data" in resource:
        return is_tabular(resource["data"])
    if resource.get("format"):
        return resource["format"] in FORMATS
    return not CSV.isdisjoint(suffix.lower() for file in files_of(resource) for suffix in Path(file).suffixes)


def is_tabular(data: object) -> bool:
    """Tell whether content that stands in a descriptor is that of a table: rows, each a list or an object."""
    return isinstance(data, list) and bool(data) and {type(row) for row in data} in ({list}, {dict})


def text_file(package: Path, resource: Descriptor) -> str:
    """Give the path of a table, and check that it is one of CSV; raises `UnreadableError` for any other."""
    file, name = resource["path"], resource["name"]
    if not is_text(resource, file):
        what = say("{file} is not a CSV file", file=quoted(file))
        raise passed_over(package, name, what, "save the table as CSV, with a name in .csv")
    return Path(file).as_posix()


def is_text(resource: Descriptor, file: str) -> bool:
    """Tell whether the file of a table is one of CSV, by its name or by what its resource says."""
    return Path(file).suffix.lower() in SUFFIXES or (not Path(file).suffix and resource.get("format") in FORMATS)


def filled(package: Path, resource: Descriptor, copies: Path | None = None, *, leniently: bool = False) -> Descriptor:
    """Give a table with its one file, its schema and its dialect; raises `UnreadableError` where it has no such.

    Read `leniently`, it may lie in any file that can be gathered.
    """
    files = files_of(resource)
    if leniently and "data" in resource and not is_tabular(resource["data"]):
        what = say("the data of '{name}' in the descriptor are no rows", name=resource["name"])
        raise resource_error(package, resource["name"], what, "write a list of lists there, or of objects")
    if len(files) > 1 and not leniently:
        what = say("the table '{name}' is in {count} files", name=resource["name"], count=len(files))
        raise resource_error(
            package, resource["name"], what, "join them in one file, with one header, and name that in 'path'"
        )
    found = {**resource, "path": files[0]} if len(files) == 1 else {**resource}
    for part in IN_FILES:
        if isinstance(found.get(part), str):
            found[part] = _read_part(package, resource, part, copies)
    if dialect := _dialect(package, found):
        found["dialect"] = dialect
    return found


def _copy_of(address: str, copies: Path | None) -> Path | None:
    """Find the copy of what stands at an address: by its host and path, by the end of its path, or by its name."""
    steps = address.partition(ADDRESS)[2].partition("?")[0].split("/")
    places = (copies.joinpath(*steps[start:]) for start in range(len(steps))) if copies and ".." not in steps else ()
    return next((place for place in places if place.is_file()), None)


def _read_part(package: Path, resource: Descriptor, part: str, copies: Path | None) -> Descriptor:
    """Read the schema or the dialect of a table from the file that stands in its place."""
    file, name = resource[part], resource["name"]
    copy = _copy_of(file, copies) if ADDRESS in file else None
    if copy is None and (ADDRESS in file or not is_inside(package, file)):
        what = say("the {part} of '{name}' is not in the package: {path}", part=part, name=name, path=quoted(file))
        if ADDRESS in file:
            todo = "nothing is fetched: save it in the package, or name a folder with a copy in --offline-schemas"
            raise passed_over(package, name, what, todo)
        raise resource_error(package, name, what, "save it as a JSON file in the package, and name its path from there")
    path, shown = copy or package.parent / file, Path(file).as_posix()
    value = read_json(path, shown)
    check_shape(value, shape(part), path, shown)
    found: Descriptor = value
    return found


def is_inside(package: Path, file: str) -> bool:
    """Tell whether a path leads to a place in the folder of the package, as the standard asks of a safe path."""
    try:
        return (package.parent / file).resolve().is_relative_to(package.parent.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _dialect(package: Path, resource: Descriptor) -> Descriptor:
    """Give the dialect of a table, with what else tells of its delimiter: a name in .tsv, or the text without a schema.

    Frictionless writes what it knows of CSV in a part of its own, `csv`.
    """
    declared: Descriptor = resource.get("dialect", {})
    if not isinstance(resource.get("path"), str):
        return declared  # of a table that is gathered
    inner = {name: value for name, value in declared.get("csv", {}).items() if name != "type"}
    dialect = {**{name: value for name, value in declared.items() if name != "csv"}, **inner}
    if "delimiter" not in dialect:
        is_tsv = (resource.get("format") or Path(resource["path"]).suffix.removeprefix(".")).lower() == "tsv"
        found = "\t" if is_tsv else _guessed(package, resource)
        return {**dialect, **({"delimiter": found} if found else {})}
    return dialect


def _guessed(package: Path, resource: Descriptor) -> str:
    """Find what separates the cells of a table without a schema, as Frictionless does; empty where the standard says.

    With a schema the standard's comma is meant, and a rule tells where it is not.
    """
    path = package.parent / resource["path"]
    if "schema" in resource or not path.is_file():
        return ""
    try:
        with path.open(encoding=resource.get("encoding", "utf-8"), newline="") as lines:
            sample = "".join(islice(lines_of(lines), SAMPLE))
        delimiter = Sniffer().sniff(sample, DELIMITERS).delimiter
    except (OSError, ValueError, LookupError, csv.Error):
        return ""  # whoever reads the table tells what is wrong with it
    return "" if delimiter == "," else delimiter


def passed_over(package: Path, name: str, what: str, todo: str) -> UnreadableError:
    """Make the error about a resource that others could read: who checks the rest is only warned of it."""
    error = resource_error(package, name, what, todo)
    return UnreadableError(replace(problem, severity=Severity.WARNING) for problem in error.problems)


def resource_error(package: Path, name: str, what: str, todo: str, *steps: str) -> UnreadableError:
    """Make the error about a resource, or a part of it, at its line of the descriptor."""
    file, line = place_of(package, "resources", name, *steps)
    return unreadable(file, what, todo, line=line)
