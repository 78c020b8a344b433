"""Five-star open data, the ladder of Tim Berners-Lee (https://5stardata.info): each star asks those before it too."""

from collections.abc import Mapping
from functools import partial

from .catalogue_graph import in_list
from .measured import Finding, found
from .published_site import PublishedSite
from .quality import EU, FILE_TYPES, MACHINE_READABLE, NON_PROPRIETARY, Measure

OPEN_LICENCES = tuple(f"{EU}licence/{name}" for name in ("CC0", "CC_BY", "CC_BYSA", "ODC_BY", "ODC_PDDL", "ODC_BL"))


def _is_open(site: PublishedSite, dataset: str) -> bool:
    """One star: it is on the web, under an open licence."""
    files = site.catalogue.values(dataset, "dcat:distribution")
    addresses = [address for file in files for address in site.catalogue.values(file, "dcat:downloadURL")]
    licences = [licence for file in files for licence in site.catalogue.values(file, "dct:license")]
    return in_list(licences, *OPEN_LICENCES) and bool(addresses) and all(map(site.leads_to, addresses))


def _is_structured(site: PublishedSite, dataset: str) -> bool:
    """Two stars: a machine can read its structure."""
    return bool(_file_types(site, dataset) & MACHINE_READABLE)


def _is_not_proprietary(site: PublishedSite, dataset: str) -> bool:
    """Three stars: in a format that nobody owns."""
    return bool(_file_types(site, dataset) & MACHINE_READABLE & NON_PROPRIETARY)


def _has_address(site: PublishedSite, dataset: str) -> bool:
    """Four stars: it has an address that others can point at, and is described there as linked data (RDF)."""
    return site.leads_to(dataset) and bool(site.catalogue.values(dataset, "dct:title"))


def _is_linked(site: PublishedSite, dataset: str) -> bool:
    """Five stars: it is linked to things of others that give it context: places, themes, documents."""
    links = [site.catalogue.links(dataset, name) for name in ("dct:spatial", "dcat:theme", "prov:wasDerivedFrom")]
    return all(any(not link.startswith(site.url) for link in found_there) for found_there in links)


RUNGS = (_is_open, _is_structured, _is_not_proprietary, _has_address, _is_linked)


def _file_types(site: PublishedSite, dataset: str) -> set[str]:
    files = site.catalogue.values(dataset, "dcat:distribution")
    said = (value for file in files for value in site.catalogue.values(file, "dct:format"))
    return {value.removeprefix(FILE_TYPES) for value in said if value.startswith(FILE_TYPES)}


def _star(number: int, site: PublishedSite) -> Finding:
    rungs = RUNGS[:number]
    return found(all(rung(site, dataset) for rung in rungs) for dataset in site.catalogue.datasets)


STARS: Mapping[str, Measure] = {f"star-{number}": partial(_star, number) for number in range(1, len(RUNGS) + 1)}
