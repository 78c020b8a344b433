"""Data on the Web: identifiers, formats, access and the API (best practices 9 to 14 and 17 to 26).

The practices, with how to test each, are those of the W3C (https://www.w3.org/TR/dwbp/).
"""

import re
import zipfile
from collections.abc import Mapping
from typing import Any

from vierdepijler.formats.publication import DOWNLOADS

from .measured import NOT_APPLICABLE, Finding, found
from .published_site import DESCRIPTOR, PublishedSite
from .quality import EU, FILE_TYPES, MACHINE_READABLE, NON_PROPRIETARY, Measure

API = "api/v1/"
OPENAPI = f"{API}openapi.json"
STANDARD_FORMATS = NON_PROPRIETARY & MACHINE_READABLE
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
NEUTRAL: Mapping[str, re.Pattern[str]] = {"date": DATE, "number": NUMBER, "integer": re.compile(r"-?\d+")}
CONTINUOUS = (f"{EU}frequency/CONT", f"{EU}frequency/UPDATE_CONT")
TIME_OR_PLACE = {"reference_date", "network_id", "year"}


def measure_identifiers(site: PublishedSite) -> Finding:
    """9: every data set has an address of its own that leads to it and does not change with the version."""
    version = str(site.descriptor.get("version", ""))
    return found(site.leads_to(dataset) and version not in dataset for dataset in site.catalogue.datasets)


def measure_identifiers_within(site: PublishedSite) -> Finding:
    """10: every row with a key has an address of its own in the API, tried on the first row of each table."""
    return found(_has_rows(site, resource["name"]) for resource in site.resources if _key(resource))


def _key(resource: Mapping[str, Any]) -> Any:
    return resource.get("schema", {}).get("primaryKey")


def _has_rows(site: PublishedSite, table: str) -> bool:
    return any((site.folder / API / "tables" / table).joinpath("rows").glob("*.json"))


def measure_versions(site: PublishedSite) -> Finding:
    """11: every release has an address of its own, and so has the newest, whichever that is."""
    current = str(site.descriptor.get("version", ""))
    told = [row["version"] for row in site.rows("releases")]
    kept = [site.has(f"{DOWNLOADS}/{version}/datapackage.json") for version in told if version != current]
    return found([current in told and site.has(DESCRIPTOR), *kept])


def _formats(site: PublishedSite, dataset: str) -> set[str]:
    said = (
        value
        for file in site.catalogue.values(dataset, "dcat:distribution")
        for value in site.catalogue.values(file, "dct:format")
    )
    return {value.removeprefix(FILE_TYPES) for value in said}


def measure_standard_formats(site: PublishedSite) -> Finding:
    """12: every data set has a file in a format that is a standard and that machines read."""
    return found(_formats(site, dataset) & STANDARD_FORMATS for dataset in site.catalogue.datasets)


def measure_neutral(site: PublishedSite) -> Finding:
    """13: dates and numbers in the CSV files are written as no language writes them, and as any program reads them."""
    return found(_is_neutral(site, resource) for resource in site.resources)


def _is_neutral(site: PublishedSite, resource: Mapping[str, Any]) -> bool:
    patterns = {field["name"]: NEUTRAL.get(field.get("type", "")) for field in resource["schema"]["fields"]}
    return all(
        pattern.fullmatch(row[name])
        for row in site.rows(resource["name"])
        for name, pattern in patterns.items()
        if pattern and row[name]
    )


def measure_formats(site: PublishedSite) -> Finding:
    """14: every data set can be had in more than one format."""
    return found(len(_formats(site, dataset)) > 1 for dataset in site.catalogue.datasets)


def measure_bulk(site: PublishedSite) -> Finding:
    """17: one file holds every table."""
    name = site.data_file(f"{site.descriptor.get('name', '')}.zip")
    packed: set[str] = set()
    if site.has(name):
        with zipfile.ZipFile(site.folder / name) as archive:
            packed = {entry.rpartition("/")[2] for entry in archive.namelist()}
    return found(f"{resource['name']}.csv" in packed for resource in site.resources)


def measure_subsets(site: PublishedSite) -> Finding:
    """18: of tables by date or place there are files for each date or place, together with as many rows."""
    return found(
        _is_complete(site, resource, subset) for resource in site.resources for subset in resource.get("subsets", ())
    )


def _is_complete(site: PublishedSite, resource: Mapping[str, Any], subset: Mapping[str, Any]) -> bool:
    files = subset.get("files", ())
    rows = sum(file.get("rows", 0) for file in files)
    filled = sum(bool(row.get(subset["field"])) for row in site.rows(resource["name"]))
    return bool(files) and all(site.has(site.data_file(file["path"])) for file in files) and rows == filled


def measure_negotiation(site: PublishedSite) -> Finding:
    """19: a server that hands out files cannot choose a format for its visitor; each has an address of its own."""
    addresses = [site.catalogue.values(file, "dcat:downloadURL") for file in site.catalogue.distributions]
    each = {address for found_there in addresses for address in found_there}
    is_apart = bool(addresses) and all(addresses) and len(each) == sum(map(len, addresses))
    return NOT_APPLICABLE if is_apart and all(map(site.leads_to, each)) else Finding(0, 1)


def measure_real_time(site: PublishedSite) -> Finding:
    """20: applies only to data that change all the time, which each data set says of itself."""
    said = [site.catalogue.values(dataset, "dct:accrualPeriodicity") for dataset in site.catalogue.datasets]
    is_slow = bool(said) and all(said) and not any(value in CONTINUOUS for values in said for value in values)
    return NOT_APPLICABLE if is_slow else Finding(0, 1)


def measure_up_to_date(site: PublishedSite) -> Finding:
    """21: it is said how often each data set changes; and the day of the newest release is the day of the data."""
    catalogue = site.catalogue
    day = str(site.descriptor.get("created", "?"))[:10]
    newest = max((row["released"] for row in site.rows("releases")), default="")
    return found(
        catalogue.values(dataset, "dct:accrualPeriodicity")
        and newest == day
        and all(value.startswith(day) for value in catalogue.values(dataset, "dct:modified") or ("",))
        for dataset in catalogue.datasets
    )


def measure_unavailable(site: PublishedSite) -> Finding:
    """22: what is not there has its reason: every unknown in the register, and every cell that is empty for it."""
    unknowns = site.rows("unknowns")
    known = {row["unknown_id"] for row in unknowns}
    explained = [bool(row["reason"]) for row in unknowns]
    cells = [
        row["unknown_id"] in known
        for resource in site.resources
        if resource["name"] != "unknowns"
        for row in site.rows(resource["name"])
        if row.get("unknown_id")
    ]
    return found([*explained, *cells])


def _openapi(site: PublishedSite) -> Mapping[str, Any]:
    content = site.json(OPENAPI)
    return content if isinstance(content, dict) else {}


def _operations(site: PublishedSite) -> list[Mapping[str, Any]]:
    return [path.get("get", {}) for path in _openapi(site).get("paths", {}).values()]


def measure_api(site: PublishedSite) -> Finding:
    """23: every table can be asked for through the API."""
    return found(site.has(f"{API}tables/{resource['name']}.json") for resource in site.resources)


def measure_web_standards(site: PublishedSite) -> Finding:
    """24: the API is plain HTTP: addresses that are read with GET and answer in JSON, described by OpenAPI."""
    is_openapi = str(_openapi(site).get("openapi", "")).startswith("3.")
    paths = _openapi(site).get("paths", {}).values()
    only_get = [set(path) & {"post", "put", "patch", "delete"} == set() and "get" in path for path in paths]
    return found([is_openapi, bool(only_get) and all(only_get), all(map(_answers_in_json, _operations(site)))])


def _answers_in_json(operation: Mapping[str, Any]) -> bool:
    contents = [one.get("content", {}) for one in operation.get("responses", {}).values() if one.get("content")]
    return bool(contents) and all(any("json" in media for media in content) for content in contents)


def measure_api_documents(site: PublishedSite) -> Finding:
    """25: every way to ask the API something is explained."""
    return found(operation.get("summary") or operation.get("description") for operation in _operations(site))


def measure_api_stability(site: PublishedSite) -> Finding:
    """26: the API has its version in its addresses, and says which changes it will not make."""
    servers = [server.get("url", "") for server in _openapi(site).get("servers", ())]
    is_versioned = any("/v1" in server for server in servers) or all(
        "/v1/" in path for path in _openapi(site).get("paths", ())
    )
    return found([bool(_openapi(site)) and is_versioned, _openapi(site).get("info", {}).get("version")])


ACCESS: Mapping[str, Measure] = {
    "bp-09": measure_identifiers,
    "bp-10": measure_identifiers_within,
    "bp-11": measure_versions,
    "bp-12": measure_standard_formats,
    "bp-13": measure_neutral,
    "bp-14": measure_formats,
    "bp-17": measure_bulk,
    "bp-18": measure_subsets,
    "bp-19": measure_negotiation,
    "bp-20": measure_real_time,
    "bp-21": measure_up_to_date,
    "bp-22": measure_unavailable,
    "bp-23": measure_api,
    "bp-24": measure_web_standards,
    "bp-25": measure_api_documents,
    "bp-26": measure_api_stability,
}
