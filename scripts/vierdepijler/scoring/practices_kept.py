"""Data on the Web: keeping, feedback, enrichment and republication (best practices 27 to 35).

The practices, with how to test each, are those of the W3C (https://www.w3.org/TR/dwbp/).
"""

import re
from collections.abc import Mapping

from vierdepijler.formats.publication import DOWNLOADS

from .measured import NOT_APPLICABLE, Finding, found
from .published_site import PublishedSite
from .quality import Measure

CORRECTIONS = "corrections"
REPORTED = "reported"  # the kind of a correction after somebody told us of a mistake
MADE_AGAIN = (".zip", ".xlsx", ".parquet", ".sqlite")  # from the other files of a release, wherever that can be
CHART = re.compile(r'data-chart="')
DATA_SETS = {"data_set", "dataset"}  # kinds of documents that would be data sets of others


def measure_kept(site: PublishedSite) -> Finding:
    """27: every file of every earlier release is at its address, but for those that are made again from others."""
    current = str(site.descriptor.get("version", ""))
    folders = [f"{DOWNLOADS}/{row['version']}" for row in site.rows("releases") if row["version"] != current]
    listed = [
        f"{folder}/{line.split('  ', 1)[1]}"
        for folder in folders
        for line in site.text(f"{folder}/SHA256SUMS").splitlines()
    ]
    lists = (f"{folder}/SHA256SUMS" for folder in folders)
    return found(site.has(path) for path in (*lists, *listed) if not path.endswith(MADE_AGAIN))


def measure_coverage(site: PublishedSite) -> Finding:
    """28: what is kept can be understood by itself: every list that a table refers to is in the package."""
    names = {resource["name"] for resource in site.resources}
    keys = (key for resource in site.resources for key in resource.get("schema", {}).get("foreignKeys", ()))
    return found(key["reference"].get("resource", "") in {"", *names} for key in keys)


def measure_feedback(site: PublishedSite) -> Finding:
    """29: every data set says whom to write to, and so does a page."""
    catalogue = site.catalogue
    contacts = [catalogue.values(dataset, "dcat:contactPoint") for dataset in catalogue.datasets]
    reachable = [any(catalogue.values(one, "vcard:hasEmail") for one in found_there) for found_there in contacts]
    return found([*reachable, any("mailto:" in page.read_text("utf-8") for page in site.folder.glob("*.html"))])


def measure_feedback_shown(site: PublishedSite) -> Finding:
    """30: what readers report is public: each correction that they led to, with its reason.

    As long as no correction followed a report there is nothing to show, but for the place where it would stand: the
    table of corrections, in which such a correction is of the kind `reported`.
    """
    reported = [row for row in site.rows(CORRECTIONS) if row.get("revision_kind") == REPORTED]
    if site.has(site.data_file(f"{CORRECTIONS}.csv")) and not reported:
        return NOT_APPLICABLE
    return found(row.get("reason_nl") and row.get("reason_en") for row in reported)


def measure_enriched(site: PublishedSite) -> Finding:
    """31: we add figures of our own, and each says how it was calculated."""
    return found(row.get("formula_nl") and row.get("inputs") for row in site.rows("derived_figures"))


def measure_presentations(site: PublishedSite) -> Finding:
    """32: the data are shown in charts and sentences too, on pages of the site."""
    charts = sum(len(CHART.findall(page.read_text("utf-8"))) for page in site.folder.glob("*.html"))
    return found([charts > 0])


def measure_told_publisher(site: PublishedSite) -> Finding:
    """33: applies to data sets of others that we publish again; our sources are documents, and none is a data set."""
    kinds = {row["document_kind"] for row in site.rows("sources")}
    return NOT_APPLICABLE if kinds and not kinds & DATA_SETS else Finding(0, 1)


def measure_terms(site: PublishedSite) -> Finding:
    """34: what we take over is only facts of public documents, each named; and our own licence allows everything."""
    licences = [licence.get("name") for licence in site.descriptor.get("licenses", ())]
    named = [row.get("publisher") and row.get("title") for row in site.rows("sources")]
    return found([licences == ["CC0-1.0"], *named])


def measure_cited(site: PublishedSite) -> Finding:
    """35: every row that was taken from a document names it, and the place in it."""
    sources = {row["source_id"] for row in site.rows("sources")}
    return found(
        row["source_id"] in sources and row["source_item"]
        for resource in site.resources
        for row in site.rows(resource["name"])
        if row.get("as_printed") and "source_id" in row
    )


KEPT: Mapping[str, Measure] = {
    "bp-27": measure_kept,
    "bp-28": measure_coverage,
    "bp-29": measure_feedback,
    "bp-30": measure_feedback_shown,
    "bp-31": measure_enriched,
    "bp-32": measure_presentations,
    "bp-33": measure_told_publisher,
    "bp-34": measure_terms,
    "bp-35": measure_cited,
}
