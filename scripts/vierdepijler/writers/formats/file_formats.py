"""The formats that every table, and the whole package, are published in; the others are distributions of the first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Table

from .csv_files import write_csv, write_excel_csv
from .databases import write_database
from .json_files import write_json
from .parquet_files import write_parquet
from .publication import Publication
from .workbooks import write_package_workbook, write_table_workbook


@dataclass(frozen=True)
class TableFormat:
    """A format of tables: its name, what its files end in, the titles people know it by, and its writer."""

    name: str
    suffix: str
    title: str
    title_en: str
    write: Callable[[Publication, Table, Path], None]

    def file(self, table: Table) -> str:
        """Name the file of a table in this format."""
        return table.name + self.suffix


TABLE_FORMATS: tuple[TableFormat, ...] = (
    TableFormat("csv", ".csv", "CSV", "CSV", write_csv),
    TableFormat("xlsx", ".xlsx", "Excel", "Excel", write_table_workbook),
    TableFormat("excel-csv", ".nl.csv", "CSV voor Excel (België)", "CSV for Excel (Belgium)", write_excel_csv),
    TableFormat("json", ".json", "JSON", "JSON", write_json),
    TableFormat("parquet", ".parquet", "Parquet", "Parquet", write_parquet),
)


_SUFFIXES = {form.suffix for form in TABLE_FORMATS}
WHOLE = "-whole"  # behind the name of a package that is that of a table


@dataclass(frozen=True)
class PackageFormat:
    """A format of packages: its name, what its file ends in, the titles people know it by, and its writer."""

    name: str
    suffix: str
    title: str
    title_en: str
    write: Callable[[Publication, Path], None]

    def file(self, package: Package) -> str:
        """Name the file of a package in this format; a table of the same name, which has it too, keeps its own."""
        name = str(package.descriptor.get("name", "package"))
        is_taken = self.suffix in _SUFFIXES and any(name.casefold() == table.casefold() for table in package.tables)
        return f"{name}{WHOLE if is_taken else ''}{self.suffix}"


PACKAGE_FORMATS: tuple[PackageFormat, ...] = (
    PackageFormat("xlsx", ".xlsx", "Excel-werkmap", "Excel workbook", write_package_workbook),
    PackageFormat("sqlite", ".sqlite", "SQLite-databank", "SQLite database", write_database),
)
