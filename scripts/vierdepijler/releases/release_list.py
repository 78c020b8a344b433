"""The releases of a package: those that are kept, and the one that is published now."""

from collections.abc import Mapping
from dataclasses import dataclass

from vierdepijler.core.cells import find_rows
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text

from .release_archives import Archive, read_archives
from .versions import Version, version_of

RELEASES = "releases"
NOTES = "changes"  # the field, once per language, that says what a release changed


@dataclass(frozen=True)
class Release:
    """A release: its package, and the archive that keeps it; none as long as it is not sealed.

    `released` is its day, and `notes` say in each language what changed; both are empty where nobody wrote them down.
    """

    version: str
    package: Package
    archive: Archive | None
    released: str
    notes: Mapping[str, str]

    @property
    def number(self) -> Version:
        """The version as numbers."""
        return version_of(self.version) or Version(0, 0, 0)


def releases_of(package: Package) -> tuple[Release, ...]:
    """Give the releases of a package in the order of their versions; the package itself is the last, or among them."""
    archives = read_archives(package.root)
    kept = [_release(package, archive.version, archive.package, archive) for archive in archives]
    current = str(package.descriptor.get("version", ""))
    if version_of(current) and current not in {release.version for release in kept}:
        kept.append(_release(package, current, package, None))
    return tuple(sorted(kept, key=lambda release: release.number))


def _release(today: Package, version: str, package: Package, archive: Archive | None) -> Release:
    row = _row(today, version)
    notes = {language: row.get(f"{NOTES}_{language}", "") for language in today.languages}
    return Release(version, package, archive, row.get("released", ""), notes)


def _row(today: Package, version: str) -> Mapping[str, str]:
    """Give what the table of releases tells of a version, as texts; nothing where it does not."""
    table = today.tables.get(RELEASES)
    rows = find_rows(table, {"version": version}) if table is not None and "version" in table.field_names else []
    return {name: cell_text(table.value(rows[0], name)) for name in table.field_names} if table and rows else {}
