"""The properties of a descriptor: against our own profile, the standard's and no others, each with a sensible value.

`descriptor_profile.json` refuses whatever the official profile of Data Package 2.0 refuses, and more. A package that
has none of our own properties (no `languages`) is only held to what the standard says.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from vierdepijler.core.descriptors import errors_of, shape_problem
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Message, Problem, Severity, quoted, say
from vierdepijler.core.tables import Descriptor, Role

from .conventions import check_subsets
from .rule import BY_SCHEMA, PackageRule, explanations, is_ours, listed, own_severity

if TYPE_CHECKING:
    from jsonschema import ValidationError

PROFILE = Path(__file__).with_name("descriptor_profile.json")
CONDITIONS = {"if", "anyOf", "oneOf"}
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")  # semver.org
# What the Open Definition, to whose identifiers the standard holds, calls otherwise than SPDX does.
OPEN_DEFINITION = {"ODC-PDDL-1.0", "ODC-BY-1.0", "OGL-Canada-2.0", "other-open", "other-pd", "other-at", "Against-DRM"}
FIXED = BY_SCHEMA | {"severities", "properties"}
# What we add to the standard: nobody who writes without it means one of these.
ADDED = {
    *("languages", "groups", "severities", "validation", "group", "rows", "distributions", "expectations"),
    *(
        "catalogue",
        "role",
        "subsets",
        "temporal",
        "mustBeUsed",
        "sortedBy",
        "unit",
        "unitIn",
        "printedIn",
        "notedIn",
        "reasonIn",
        "decimals",
        "decimalsIn",
        "strengthIn",
        "upperIn",
        "confidenceIn",
        "sourceIn",
        "forbids",
        "notKnown",
        "adds",
    ),
    "sentence",
}
# No slips, but what earlier versions of the standard, and Frictionless, call so.
ELSEWHERE = {"license", "source", "contributor", "scheme", "profiles"}
LOOSER = {"$schema", "created", "example", "hash"}  # of which other versions of the standard ask less
SIMILAR = 0.75  # how much a slip looks like what was meant
SHORTEST = 5  # letters of a name, below which one letter more or less makes another word
FEWEST_WORDS = 3  # of a reason that says something
SCHEMES = {"http", "https", "mailto"}  # of what may be led to: the others run something, or reach into a machine
RUNNING = {"javascript", "vbscript", "data"}  # of these, what runs where a reader clicks
SCHEME = re.compile(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")  # as a browser reads it (URL standard of WHATWG)
Steps = tuple[str | int, ...]
ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)


@cache
def profile() -> dict[str, Any]:
    """Give our profile of a descriptor."""
    known: dict[str, Any] = json.loads(PROFILE.read_text("utf-8"))
    return known


@cache
def standard_profile() -> Any:
    """Give the profile without what must be there: a package that is not ours need not have what ours must."""
    return _without_required(profile())


def _without_required(part: Any) -> Any:
    """Leave that out of a part of a profile, but where it is a condition, or tells one form from another."""
    if isinstance(part, list):
        return [_without_required(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: value if name in CONDITIONS else _without_required(value)
        for name, value in part.items()
        if name != "required" or not isinstance(value, list)
    }


def check_properties(package: Package) -> Iterator[Problem]:
    """Find properties that nobody reads, often a slip of the pen, and values that the profile refuses."""
    ours = is_ours(package)
    errors = errors_of(profile() if ours else standard_profile(), package.whole)
    told: set[Steps] = set()
    for error in sorted(errors, key=lambda error: [*map(str, error.absolute_path)]):
        if error.validator == "additionalProperties":
            yield from _unknown(package, error, ours=ours)
        elif not _is_of_other(package, error) and (ours or _is_standard(error)):
            told.add(tuple(error.absolute_path))
            problem = shape_problem(package.path, error)
            yield problem if ours else replace(problem, severity=Severity.WARNING)  # Frictionless takes most of these
    yield from (problem for steps, problem in _refused_links(package) if steps not in told)
    yield from () if ours else _misplaced(package)
    yield from check_subsets(package)


def _misplaced(package: Package) -> Iterator[Problem]:
    """Find `missingValues` beside a schema instead of in it, where nobody reads it; Frictionless refuses it there."""
    places: list[tuple[Steps, Descriptor]] = [((), package.whole)]
    places += [(("resources", place), resource) for place, resource in enumerate(package.whole["resources"])]
    for steps, descriptor in places:
        if "missingValues" in descriptor:
            what = say("nobody reads 'missingValues' here")
            todo = say("move it into the 'schema' of each table")
            yield package.problem((*steps, "missingValues"), ".".join([*_steps(steps), "missingValues"]), what, todo)


def may_be_led_to(address: str) -> bool:
    """Tell whether a page, a feed or a file may lead to an address: by the web or by mail, or within the site."""
    return _scheme(address) in {"", *SCHEMES}


def _scheme(address: str) -> str:
    found = SCHEME.match(re.sub(r"[\t\n\r]", "", address))  # which a browser passes over
    return "" if found is None else found[1].lower()


def _refused_links(package: Package) -> Iterator[tuple[Steps, Problem]]:
    """Find what would be a link to nothing that a reader may be led to; gives its place and the problem."""
    for steps, address in _links(package.whole):
        if not may_be_led_to(address):
            what = say("nobody may be led to {address}", address=quoted(address))
            todo = say("write an address that begins with https://, http:// or mailto:")
            problem = package.problem(steps, ".".join(_steps(steps)), what, todo)
            runs = is_ours(package) or _scheme(address) in RUNNING
            yield steps, problem if runs else replace(problem, severity=Severity.WARNING)


def _links(descriptor: Descriptor, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Give the addresses in a package or a resource, and in its licences, sources and contributors."""
    for name in ("homepage", "image"):
        if isinstance(address := descriptor.get(name), str):
            yield (*steps, name), address
    for name in ("licenses", "sources", "contributors"):
        named = descriptor.get(name)
        for number, one in enumerate(named if isinstance(named, list) else ()):
            if isinstance(one, dict) and isinstance(address := one.get("path"), str):
                yield (*steps, name, number, "path"), address
    for number, resource in enumerate(descriptor.get("resources", ())):
        yield from _links(resource, ("resources", number))


def _is_of_other(package: Package, error: "ValidationError") -> bool:
    """Tell whether an error is about a resource that is no table: the profile knows only tables."""
    place = list(error.absolute_path)
    return place[:1] == ["resources"] and len(place) > 1 and place[1] in package.others


def _is_standard(error: "ValidationError") -> bool:
    """Tell whether every version of the standard would refuse this too; what we add to it, others may add otherwise."""
    steps = error.absolute_path
    return (
        error.validator not in ("required", "minItems")
        and ADDED.isdisjoint(steps)
        and (not steps or steps[-1] not in LOOSER)
    )


def _unknown(package: Package, error: "ValidationError", *, ours: bool) -> Iterator[Problem]:
    schema: Any = error.schema
    instance: Any = error.instance
    known = [name for name in schema["properties"] if ours or name not in {*ADDED, *instance}]
    patterns = list(schema.get("patternProperties", ()))
    for name in instance:
        if name in schema["properties"] or any(re.search(pattern, name) for pattern in patterns):
            continue
        meant = difflib.get_close_matches(name, known, n=1, cutoff=SIMILAR)
        is_slip = any(is_slip_of(name, one) for one in meant) and name not in ELSEWHERE
        if not ours and (not is_slip or _is_of_other(package, error)):
            continue  # the standard lets anybody add properties
        place = (*error.absolute_path, name)
        column = ".".join([*_steps(error.absolute_path), name])
        what = say("nobody reads a property {name} here", name=quoted(name))
        todo = say("write '{meant}', if that is what is meant", meant=meant[0]) if meant else say("leave it out")
        yield package.problem(place, column, what, todo)


def is_slip_of(name: str, meant: str) -> bool:
    """Tell whether a name is another but for one letter, two that changed places, or marks and capitals.

    More than one of what is meant (`titles`) is no slip: others may add any name.
    """
    own, other = (re.sub(r"[^a-z0-9]", "", one.lower()) for one in (name, meant))
    if own == other:
        return True
    if own == f"{other}s":
        return False
    edits = [edit for edit in difflib.SequenceMatcher(None, own, other).get_opcodes() if edit[0] != "equal"]
    match [max(there - here, to - start) for _, here, there, start, to in edits]:
        case [1]:
            return min(len(own), len(other)) >= SHORTEST
        case [1, 1]:  # taken out here and put in there, one letter further
            return abs(edits[0][1] - edits[1][1]) <= 2 and sorted(own) == sorted(other)
        case _:
            return False


def _steps(path: Iterable[str | int]) -> list[str]:
    return [str(step + 1) if isinstance(step, int) else step for step in path]


def check_licences(package: Package) -> Iterator[Problem]:
    """Find a package without a licence, and names that are no licence (https://spdx.org/licenses/)."""
    licences = package.descriptor.get("licenses", ())
    if not is_ours(package):
        return  # the standard asks for no licence, and knows other names
    if not licences:
        what = say("the package has no licence, so that nobody may use it")
        yield Problem(package.path.name, 1, "licenses", what, say("add one, such as CC0-1.0 or CC-BY-4.0"))
    for number, licence in enumerate(licences):
        name = licence.get("name")
        if name is not None and not _is_licence(str(name)):
            place = ("licenses", number, "name")
            what = say("there is no licence {name}", name=quoted(str(name)))
            todo = say("write the identifier of spdx.org/licenses, such as CC0-1.0")
            yield package.problem(place, f"licenses.{number + 1}.name", what, todo)


def _is_licence(name: str) -> bool:
    if name in OPEN_DEFINITION:
        return True
    try:
        return str(canonicalize_license_expression(name)) == name
    except InvalidLicenseExpression:
        return False


def check_version(package: Package) -> Iterator[Problem]:
    """Find a version that is none (https://semver.org), or that the table of releases does not know."""
    version = package.descriptor.get("version")
    if version is None or not is_ours(package):
        return
    releases = package.table_of(Role.RELEASES)
    if not VERSION.fullmatch(str(version)):
        what = say("{version} is not a version", version=quoted(str(version)))
        todo = say("write three numbers, such as 1.2.0")
    elif (
        releases is not None
        and "version" in releases.field_names
        and version not in releases.text("version").to_pylist()
    ):
        what = say("the table '{table}' has no version {version}", table=releases.name, version=quoted(str(version)))
        todo = say("add its row, with what changed")
    else:
        return
    yield package.problem(("version",), "version", what, todo)


def check_severities(package: Package) -> Iterator[Problem]:
    """Find severities that are not changed as they may be: of a known rule, and downwards with a written reason."""
    ours = is_ours(package)
    declared = package.descriptor.get("severities")
    for number, entry in enumerate(declared if isinstance(declared, list) else ()):
        # The rule `properties` tells of what is no entry.
        if isinstance(entry, dict) and (flaw := _flaw_of_entry(package, entry, ours=ours)):
            yield package.problem(("severities", number), f"severities.{number + 1}", *flaw)


def _flaw_of_entry(package: Package, entry: Descriptor, *, ours: bool) -> tuple[Message, Message] | None:
    """Say what is wrong with an entry of `severities`, and what to do; None for a good one."""
    rule, wanted = str(entry.get("rule", "")), entry.get("severity")
    if rule not in explanations():
        return say("there is no rule {name}", name=quoted(rule)), say("correct the name")
    if rule in FIXED:
        todo = say("mend what it finds, or change the schema")
        return say("the severity of '{rule}' cannot be lowered", rule=rule), todo
    by_itself = own_severity(rule, ours=ours)
    if not isinstance(wanted, str) or wanted not in [*ORDER] or wanted == by_itself:
        what = say("this does not change the severity of '{rule}'", rule=rule)
        return what, say("write error, warning or info, another than the rule has by itself")
    if ORDER.index(Severity(wanted)) < ORDER.index(by_itself) and not _has_reason(package, entry):
        todo = say("write the reason in {names}, in a few words", names=", ".join(_reasons(package)))
        return say("a severity is lowered without a reason"), todo
    if "resource" in entry and not _is_resource(package, entry["resource"]):
        what = say("there is no table {name}", name=quoted(str(entry["resource"])))
        return what, say("correct the name")
    return None


def _reasons(package: Package) -> list[str]:
    """Name the properties that hold the reason, one for each language."""
    return ["reason", *(f"reason_{language}" for language in package.languages[1:])]


def _has_reason(package: Package, lowered: Any) -> bool:
    return all(len(str(lowered.get(name, "")).split()) >= FEWEST_WORDS for name in _reasons(package))


def _is_resource(package: Package, name: object) -> bool:
    return any(resource["name"] == name for resource in package.descriptor["resources"])


def severities_of(
    package: Package, chosen: Mapping[str, Severity | None] = MappingProxyType({})
) -> Callable[[Problem], Severity | None]:
    """Give what tells the severity of a problem: as `chosen` for its rule (None: not told), or as the descriptor says.

    Where neither says anything, it is that of the rule by itself. A descriptor lowers it only with a reason.
    """
    files = {resource["name"]: resource["path"] for resource in package.descriptor["resources"]}
    ours = is_ours(package)
    declared = [
        entry
        for entry in listed(package.descriptor, "severities", dict)
        if not _flaw_of_entry(package, entry, ours=ours)
    ]

    def severity(problem: Problem) -> Severity | None:
        if problem.rule in chosen:
            return chosen[problem.rule]
        if problem.severity is not Severity.ERROR:
            return problem.severity  # whoever found it knows that it is none
        for entry in declared:
            about = entry.get("resource")
            if entry["rule"] == problem.rule and (about is None or files.get(about) == problem.file):
                return Severity(entry["severity"])
        return own_severity(problem.rule, ours=ours)

    return severity


PROPERTIES = (
    PackageRule("properties", check_properties, of_text=True),
    PackageRule("licences", check_licences, of_text=True),
    PackageRule("version", check_version, of_text=True),
    PackageRule("severities", check_severities, of_text=True),
)
