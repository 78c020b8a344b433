"""The metadata quality points of data.europa.eu: how its portal would rate our catalogue.

Follows the method of its Metadata Quality Assessment (https://data.europa.eu/mqa/methodology): what is asked of data
sets counts by the share of data sets that have it, what is asked of files by the share of files. For interoperability
the files of a data set are taken for the same content, and only the file with the most points counts.

The portal asks live addresses; here a server on this machine serves the site, and is asked instead.
"""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain

from .answering import answered
from .catalogue_graph import CatalogueGraph, in_list
from .conformance import conforms, has_shapes
from .measured import NOT_MEASURED, Finding, found
from .published_site import PublishedSite

EU = "http://publications.europa.eu/resource/authority/"
FILE_TYPES = f"{EU}file-type/"
MEDIA_TYPES = ("http://www.iana.org/assignments/media-types/", "https://www.iana.org/assignments/media-types/")
# The lists of the portal (edp-vocabularies, edp-non-proprietary-format and edp-machine-readable-format).
NON_PROPRIETARY = frozenset(
    {
        "BMP", "CSV", "DBF", "GEOJSON", "GZIP", "HTML", "ICS", "JPEG2000", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF",
        "ODS", "PNG", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "RTF", "TAR", "TIFF",
        "TSV", "TXT", "WMS_SRVC", "XML", "ZIP",
    }
)  # fmt: skip
MACHINE_READABLE = frozenset(
    {
        "CSV", "GEOJSON", "ICS", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF", "ODS", "RDFA", "RDF_N_QUADS",
        "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "SHP", "XLS", "XLSX", "XML",
    }
)  # fmt: skip

Measure = Callable[[PublishedSite], Finding]
OfFile = Callable[[CatalogueGraph, str], bool]


def _of_datasets(*names: str, lists: tuple[str, ...] = ("",)) -> Measure:
    """Count the data sets of which something is said, with a value of one of the lists."""

    def measure(site: PublishedSite) -> Finding:
        said = site.catalogue.values
        return found(in_list(said(dataset, *names), *lists) for dataset in site.catalogue.datasets)

    return measure


def _of_files(*names: str, lists: tuple[str, ...] = ("",)) -> Measure:
    """Count the files of which something is said, with a value of one of the lists."""

    def measure(site: PublishedSite) -> Finding:
        said = site.catalogue.values
        return found(in_list(said(file, *names), *lists) for file in site.catalogue.distributions)

    return measure


def _of_both(name: str) -> Measure:
    """Count the data sets and the files of which something is said."""

    def measure(site: PublishedSite) -> Finding:
        described = chain(site.catalogue.datasets, site.catalogue.distributions)
        return found(site.catalogue.values(one, name) for one in described)

    return measure


def _answering(name: str) -> Measure:
    """Count the files whose addresses all answer."""

    def measure(site: PublishedSite) -> Finding:
        asked = [site.catalogue.values(file, name) for file in site.catalogue.distributions]
        answering = answered(site.folder, site.url, chain.from_iterable(asked))
        return found(addresses and answering.issuperset(addresses) for addresses in asked)

    return measure


def _file_types(catalogue: CatalogueGraph, file: str) -> set[str]:
    """Give the codes of the types of a file in the European list of file types."""
    said = catalogue.values(file, "dct:format")
    return {value.removeprefix(FILE_TYPES) for value in said if value.startswith(FILE_TYPES)}


def _is_listed(catalogue: CatalogueGraph, file: str) -> bool:
    formats, media = catalogue.values(file, "dct:format"), catalogue.values(file, "dcat:mediaType")
    return in_list(formats, FILE_TYPES) and in_list(media, *MEDIA_TYPES)


# What is asked of a file for interoperability, with the points that decide which file of a data set is the best.
OF_FILE: Mapping[str, tuple[int, OfFile]] = {
    "mqa-format": (20, lambda catalogue, file: bool(catalogue.values(file, "dct:format"))),
    "mqa-media-type": (10, lambda catalogue, file: bool(catalogue.values(file, "dcat:mediaType"))),
    "mqa-format-from-list": (10, _is_listed),
    "mqa-open-format": (20, lambda catalogue, file: bool(_file_types(catalogue, file) & NON_PROPRIETARY)),
    "mqa-machine-readable": (20, lambda catalogue, file: bool(_file_types(catalogue, file) & MACHINE_READABLE)),
}


def _best_file(catalogue: CatalogueGraph, dataset: str) -> str:
    """Give the file of a data set that gets the most points; an empty name where there is none."""
    files = catalogue.values(dataset, "dcat:distribution")
    return max(
        files, key=lambda file: sum(points * asks(catalogue, file) for points, asks in OF_FILE.values()), default=""
    )


def _of_best_file(metric: str, site: PublishedSite) -> Finding:
    """Count the data sets whose best file has what a metric asks."""
    catalogue, (_, asks) = site.catalogue, OF_FILE[metric]
    return found(asks(catalogue, _best_file(catalogue, dataset)) for dataset in catalogue.datasets)


def measure_conformance(site: PublishedSite) -> Finding:
    """Find out whether the catalogue conforms to DCAT-AP; not measured where its shapes are not at hand."""
    if site.shapes is None or not has_shapes(site.shapes):
        return NOT_MEASURED
    return found([bool(site.catalogue.datasets) and conforms(site.catalogue.graph, site.shapes)])


QUALITY: Mapping[str, Measure] = {
    "mqa-keyword": _of_datasets("dcat:keyword"),
    "mqa-theme": _of_datasets("dcat:theme"),
    "mqa-spatial": _of_datasets("dct:spatial"),
    "mqa-temporal": _of_datasets("dct:temporal"),
    "mqa-access-answers": _answering("dcat:accessURL"),
    "mqa-download": _of_files("dcat:downloadURL"),
    "mqa-download-answers": _answering("dcat:downloadURL"),
    **{metric: partial(_of_best_file, metric) for metric in OF_FILE},
    "mqa-conformance": measure_conformance,
    "mqa-licence": _of_files("dct:license"),
    "mqa-licence-from-list": _of_files("dct:license", lists=(f"{EU}licence/",)),
    "mqa-access-rights": _of_datasets("dct:accessRights"),
    "mqa-access-rights-from-list": _of_datasets("dct:accessRights", lists=(f"{EU}access-right/",)),
    "mqa-contact": _of_datasets("dcat:contactPoint"),
    "mqa-publisher": _of_datasets("dct:publisher"),
    "mqa-rights": _of_files("dct:rights"),
    "mqa-size": _of_files("dcat:byteSize"),
    "mqa-issued": _of_both("dct:issued"),
    "mqa-modified": _of_both("dct:modified"),
}
