"""The formats that the whole package is published in, each as one file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.core.package import Package

from .databases import write_database
from .package_workbooks import write_package_workbook
from .publication import Publication


@dataclass(frozen=True)
class PackageFormat:
    """A format of packages: its name, what its file ends in, the titles people know it by, and its writer."""

    name: str
    suffix: str
    title: str
    title_en: str
    write: Callable[[Publication, Path], None]

    def file(self, package: Package) -> str:
        """Name the file of a package in this format."""
        return f"{package.descriptor.get('name', 'package')}{self.suffix}"


PACKAGE_FORMATS: tuple[PackageFormat, ...] = (
    PackageFormat("xlsx", ".xlsx", "Excel-werkmap", "Excel workbook", write_package_workbook),
    PackageFormat("sqlite", ".sqlite", "SQLite-databank", "SQLite database", write_database),
)
