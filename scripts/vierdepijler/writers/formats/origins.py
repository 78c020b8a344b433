"""Where a table comes from and how it may be used, as each of its files says it."""

import datetime
from typing import Any

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor, Table

from .publication import Publication

NEVER = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # for a package that does not say when it was made


def origin_of(publication: Publication, table: Table, file: str) -> dict[str, Any]:
    """Say what a file of a table holds, under which licence, from which sources, and where it was published.

    Each language of the package has its title, the first without its code; `retrieved_from` is a full address.
    """
    package = publication.package
    texts = {name: text for name, text in table.descriptor.items() if name.startswith("title")}
    return {
        **(texts or {"title": table.name}),
        "licence": licences(package, table),
        "source": sources(package, table),
        "version": str(package.descriptor.get("version", "")),
        "retrieved_from": publication.address(file),
    }


def licences(package: Package, table: Table | None = None) -> str:
    """Name the licences of a table, or of the package: their names, and the addresses where they can be read."""
    found = _own(package, table, "licenses")
    return "; ".join(" ".join(filter(None, (one.get("name"), one.get("path")))) for one in found)


def licence_title(licence: Descriptor) -> str:
    """Name a licence for a reader: by its title, else its identifier, else its address."""
    return str(licence.get("title") or licence.get("name") or licence.get("path", ""))


def sources(package: Package, table: Table | None = None) -> list[str]:
    """Name the sources of a table, or of the package: their titles, and their addresses where they have one."""
    found = _own(package, table, "sources")
    return [" ".join(filter(None, (one.get("title"), one.get("path")))) for one in found]


def publisher(package: Package) -> str:
    """Name who publishes the package: the first of its contributors, empty where it names none."""
    return next((str(one.get("title", "")) for one in package.descriptor.get("contributors", ())), "")


def made(package: Package) -> datetime.datetime:
    """Give the moment at which the package says it was made: the only moment that its files know."""
    try:
        moment = datetime.datetime.fromisoformat(str(package.descriptor.get("created")))
    except ValueError:
        return NEVER
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _own(package: Package, table: Table | None, name: str) -> list[dict[str, Any]]:
    """Give a property of a table, or that of the package where the table has none."""
    return list((table.descriptor.get(name) if table else None) or package.descriptor.get(name, ()))
