"""FAIR: what the principles for findable, accessible, interoperable and reusable data ask, by the metrics of FAIRsFAIR.

The seventeen metrics of version 0.8, as its tool F-UJI scores them, with 26 points in all
(https://doi.org/10.5281/zenodo.4081213). Like that tool, these checks read what the page of a data set says of itself
for search engines, and the catalogue. No registry is asked: nothing here calls anyone.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from .answering import answered
from .catalogue_graph import namespace
from .measured import Finding, found
from .published_site import PublishedSite
from .quality import EU, Measure

SCHEMA = ("https://schema.org", "http://schema.org")
# Identifiers that an authority resolves for good: DOI, Handle, ARK, URN:NBN, PURL and w3id.
PERSISTENT = re.compile(
    r"https?://(dx\.)?doi\.org/|https?://hdl\.handle\.net/|.*ark:/?\d|urn:nbn:|https?://(purl|w3id)\.org/"
)
UNIQUE = re.compile(r"https?://[^\s]+|urn:uuid:[0-9a-f-]{36}", re.IGNORECASE)
PROTOCOLS = {"http", "https", "ftp", "sftp"}
WITH_LOGIN = {"http", "https", "sftp"}  # protocols that can ask who you are
PLAIN_MEDIA = {"text/csv", "application/json", "application/ld+json", "text/turtle", "application/xml"}
CITED = ("creator", "name", "identifier", "datePublished", "publisher", "@type")
DESCRIBED = (*CITED, "description", "keywords")
ACCESS = ("isAccessibleForFree", "conditionsOfAccess")
RELATED = ("isPartOf", "hasPart", "isBasedOn", "citation", "includedInDataCatalog", "sameAs")
PROVENANCE = ("isBasedOn", "creator", "publisher", "datePublished", "dateModified")

Said = Mapping[str, Any]


def said_of_datasets(site: PublishedSite) -> list[Said]:
    """Give what the page of each data set says of it; nothing for a page that says nothing."""
    pages = (site.catalogue.values(dataset, "dcat:landingPage") for dataset in site.catalogue.datasets)
    return [_said_at(site, addresses) for addresses in pages]


def _said_at(site: PublishedSite, addresses: Iterable[str]) -> Said:
    paths = (site.path_of(address) for address in addresses)
    found_there = (said for path in paths if path for said in site.data_in_page(path))
    return next((said for said in found_there if "Dataset" in as_list(said.get("@type"))), {})


def as_list(value: Any) -> list[Any]:
    """Give one value or several, as JSON-LD writes them, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def identifiers(said: Said) -> list[str]:
    """Give the identifiers of a data set."""
    values = [said.get("@id"), *as_list(said.get("identifier"))]
    texts = (value.get("value", value.get("@id")) if isinstance(value, Mapping) else value for value in values)
    return [text for text in texts if isinstance(text, str)]


def files(said: Said) -> list[Said]:
    """Give the files that a data set can be had in."""
    return [file for file in as_list(said.get("distribution")) if isinstance(file, Mapping)]


def _every(site: PublishedSite, *tests: Any) -> Finding:
    """Count the tests that every data set passes; without any data set none is passed."""
    all_said = said_of_datasets(site)
    return found(bool(all_said) and all(test(said) for said in all_said) for test in tests)


def _has(*names: str) -> Any:
    return lambda said: all(said.get(name) for name in names)


def _has_one(*names: str) -> Any:
    return lambda said: any(said.get(name) is not None for name in names)


def _file_addresses(said: Said) -> list[str]:
    return [str(file.get("contentUrl", "")) for file in files(said)]


def _is_embedded(said: Said) -> bool:
    return str(said.get("@context", SCHEMA[0])).startswith(SCHEMA) and "Dataset" in as_list(said.get("@type"))


def measure_unique(site: PublishedSite) -> Finding:
    """F1-01: every data set has an identifier that is unique in the world."""
    return _every(site, lambda said: any(UNIQUE.fullmatch(one) for one in identifiers(said)))


def measure_persistent(site: PublishedSite) -> Finding:
    """F1-02: every data set has an identifier of a kind that an authority keeps alive, and that authority knows it.

    The second half would need that authority to be asked, which is not done here; it counts as not met.
    """
    persistent = _every(site, lambda said: any(PERSISTENT.match(one) for one in identifiers(said)))
    return Finding(persistent.have, 2)


def measure_retrievable(site: PublishedSite) -> Finding:
    """A1-02: the addresses of the descriptions, and of the files, answer."""
    all_said = said_of_datasets(site)
    catalogue = site.catalogue
    pages = [page for dataset in catalogue.datasets for page in catalogue.values(dataset, "dcat:landingPage")]
    data = [address for said in all_said for address in _file_addresses(said)]
    answering = answered(site.folder, site.url, [*pages, *data])
    return found(bool(asked) and answering.issuperset(asked) for asked in (pages, data))


def _protocols(allowed: set[str]) -> Measure:
    """Count whether descriptions, and files, are at addresses with one of the protocols."""

    def uses(addresses: list[str]) -> bool:
        return bool(addresses) and all(urlsplit(address).scheme in allowed for address in addresses)

    return lambda site: _every(
        site, lambda said: uses([str(said.get("url", ""))]), lambda said: uses(_file_addresses(said))
    )


def measure_formal(site: PublishedSite) -> Finding:
    """I1-01: what is said can be read as linked data, in the page and as a catalogue."""
    return found([_every(site, _is_embedded).is_full, bool(site.catalogue.datasets)])


def measure_vocabularies(site: PublishedSite) -> Finding:
    """I2-01: what is said uses terms of vocabularies that are registered."""
    wanted = (namespace("dcat"), namespace("dct"), namespace("foaf"))
    return found(any(term.startswith(prefix) for term in site.catalogue.terms) for prefix in wanted)


def measure_access(site: PublishedSite) -> Finding:
    """A1-01: it is said who can get the data."""
    rights = [site.catalogue.values(dataset, "dct:accessRights") for dataset in site.catalogue.datasets]
    is_listed = bool(rights) and all(any(one.startswith(f"{EU}access-right/") for one in values) for values in rights)
    return found([is_listed or _every(site, _has_one(*ACCESS)).is_full])


def _is_related(said: Said) -> bool:
    links = (
        value.get("@id", value.get("url")) if isinstance(value, Mapping) else value
        for name in RELATED
        for value in as_list(said.get(name))
    )
    return any(isinstance(link, str) and UNIQUE.fullmatch(link) for link in links)


def _is_open(said: Said) -> bool:
    return any(file.get("encodingFormat") in PLAIN_MEDIA for file in files(said))


def measure_standard(site: PublishedSite) -> Finding:
    """R1.3-01: the description follows a standard that a community chose: DCAT."""
    followed = [site.catalogue.values(dataset, "rdf:type") for dataset in site.catalogue.datasets]
    return found([bool(followed) and all(f"{namespace('dcat')}Dataset" in kinds for kinds in followed)])


FAIR: Mapping[str, Measure] = {
    "fsf-f1-01md": measure_unique,
    "fsf-f1-02md": measure_persistent,
    "fsf-f2-01m": lambda site: _every(site, _has(*CITED), _has(*DESCRIBED)),
    "fsf-f3-01m": lambda site: _every(site, lambda said: any(_file_addresses(said))),
    "fsf-f4-01m": lambda site: _every(site, _is_embedded),
    "fsf-a1-01m": measure_access,
    "fsf-a1-02md": measure_retrievable,
    "fsf-a1-1-01md": _protocols(PROTOCOLS),
    "fsf-a1-2-01md": _protocols(WITH_LOGIN),
    "fsf-i1-01m": measure_formal,
    "fsf-i2-01m": measure_vocabularies,
    "fsf-i3-01m": lambda site: _every(site, _is_related),
    "fsf-r1-01m": lambda site: _every(
        site,
        _has("@type"),
        lambda said: (
            bool(files(said)) and all(file.get("contentSize") and file.get("encodingFormat") for file in files(said))
        ),
    ),
    "fsf-r1-1-01m": lambda site: _every(site, _has("license")),
    "fsf-r1-2-01m": lambda site: _every(site, _has_one(*PROVENANCE)),
    "fsf-r1-3-01m": measure_standard,
    "fsf-r1-3-02d": lambda site: _every(site, _is_open),
}
