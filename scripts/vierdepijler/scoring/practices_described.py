"""Data on the Web: what is said of the data, in which versions and words (best practices 1 to 8, 15 and 16).

The practices, with how to test each, are those of the W3C (https://www.w3.org/TR/dwbp/).
"""

from collections.abc import Mapping
from typing import Any

from .catalogue_graph import in_list, is_known_term
from .measured import Finding, found
from .published_site import CATALOGUE, PublishedSite
from .quality import EU, FILE_TYPES, MEDIA_TYPES, Measure

DESCRIPTIVE = (
    "dct:title", "dct:description", "dcat:keyword", "dct:issued", "dct:publisher", "dcat:contactPoint",
    "dct:spatial", "dcat:theme",
)  # fmt: skip  # no period: a table whose sources give no day has none
# Properties whose values come from lists of others, with how the addresses of those begin.
LISTED: Mapping[str, tuple[str, ...]] = {
    "dcat:theme": (f"{EU}data-theme/", "http://vocab.belgif.be/"),
    "dct:language": (f"{EU}language/",),
    "dct:accessRights": (f"{EU}access-right/",),
    "dct:accrualPeriodicity": (f"{EU}frequency/",),
    "dct:spatial": (f"{EU}atu/", f"{EU}country/"),
}
LISTED_OF_FILES: Mapping[str, tuple[str, ...]] = {
    "dct:format": (FILE_TYPES,),
    "dcat:mediaType": MEDIA_TYPES,
    "dct:license": (f"{EU}licence/",),
}
RELEASES = "api/v1/releases.json"


def measure_metadata(site: PublishedSite) -> Finding:
    """1: people can read about each data set on a page, and machines in a catalogue."""
    pages = (site.catalogue.values(dataset, "dcat:landingPage") for dataset in site.catalogue.datasets)
    return found(bool(page) and all(map(site.leads_to, page)) for page in pages)


def measure_descriptive(site: PublishedSite) -> Finding:
    """2: title, description, keywords, day, publisher, contact, place and theme of each data set."""
    said = site.catalogue.values
    return found(all(said(dataset, name) for name in DESCRIPTIVE) for dataset in site.catalogue.datasets)


def measure_structural(site: PublishedSite) -> Finding:
    """3: every column of every table is described, in the descriptor and as CSV on the Web."""
    return found(_is_described(site, resource) for resource in site.resources)


def _is_described(site: PublishedSite, resource: Mapping[str, Any]) -> bool:
    header = site.header(resource["name"])
    fields = resource.get("schema", {}).get("fields", ())
    described = site.json(site.data_file(f"{resource['name']}.csv-metadata.json")) or {}
    tables = described.get("tables", [described])
    own: Mapping[str, Any] = next((table for table in tables if table.get("url") == f"{resource['name']}.csv"), {})
    columns = own.get("tableSchema", {}).get("columns", ())
    in_descriptor = [field["name"] for field in fields if field.get("title") and field.get("description")]
    return bool(header) and header == in_descriptor == [column.get("name") for column in columns]


def measure_licence(site: PublishedSite) -> Finding:
    """4: every file says under which licence it is, by a link."""
    return found(site.catalogue.links(file, "dct:license") for file in site.catalogue.distributions)


def measure_provenance(site: PublishedSite) -> Finding:
    """5: every data set says in words where it comes from, and leads to the documents."""
    catalogue = site.catalogue
    return found(
        catalogue.values(dataset, "dct:provenance") and catalogue.links(dataset, "prov:wasDerivedFrom", "dct:source")
        for dataset in catalogue.datasets
    )


def measure_data_quality(site: PublishedSite) -> Finding:
    """6: a report says of all tables what was checked and found; none of them has an error."""
    report = site.json(site.data_file("validation.json")) or {}
    checked = report.get("checked", {}).get("tables")
    is_clean = site.descriptor.get("validation", {}).get("errors") == 0
    return found([bool(site.resources) and checked == len(site.resources), is_clean])


def measure_version(site: PublishedSite) -> Finding:
    """7: every data set says which version it is."""
    version = str(site.descriptor.get("version", ""))
    said = site.catalogue.values
    return found(bool(version) and version in said(dataset, "dcat:version") for dataset in site.catalogue.datasets)


def measure_version_history(site: PublishedSite) -> Finding:
    """8: what changed in each version is said, in the table of releases, in the API, and of each data set."""
    told = {row["version"] for row in site.rows("releases") if row.get("changes_nl") and row.get("changes_en")}
    is_told = str(site.descriptor.get("version", "")) in told
    notes = (site.catalogue.values(dataset, "adms:versionNotes") for dataset in site.catalogue.datasets)
    is_listed = bool(told) and all(f'"{version}"' in site.text(RELEASES) for version in told)
    return found([is_told, bool(site.catalogue.datasets) and all(notes), is_listed])


def measure_vocabularies(site: PublishedSite) -> Finding:
    """15: places, themes, languages, licences and file types are words of public lists."""
    catalogue = site.catalogue
    of_datasets = [(dataset, LISTED) for dataset in catalogue.datasets]
    of_files = [(file, LISTED_OF_FILES) for file in catalogue.distributions]
    return found(
        in_list(catalogue.values(subject, name), *lists)
        for subject, listed in (*of_datasets, *of_files)
        for name, lists in listed.items()
    )


def measure_formalization(site: PublishedSite) -> Finding:
    """16: no terms of our own where others have one: everything in the catalogue is of a known vocabulary."""
    return found(map(is_known_term, site.catalogue.terms)) if site.has(CATALOGUE) else Finding(0, 1)


DESCRIBED: Mapping[str, Measure] = {
    "bp-01": measure_metadata,
    "bp-02": measure_descriptive,
    "bp-03": measure_structural,
    "bp-04": measure_licence,
    "bp-05": measure_provenance,
    "bp-06": measure_data_quality,
    "bp-07": measure_version,
    "bp-08": measure_version_history,
    "bp-15": measure_vocabularies,
    "bp-16": measure_formalization,
}
