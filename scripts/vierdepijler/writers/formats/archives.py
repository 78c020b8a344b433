"""Archives and checksums, and the archive of the whole package, with what explains it and what checks it."""

import csv
import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from string import Template

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor

from .csv_files import write_rows
from .databases import METADATA, write_datasette_metadata
from .dictionary import DICTIONARY, dictionary_header, dictionary_rows
from .publication import Publication, licence_title

# The zip format has no earlier moment; a fixed one keeps the archive the same from day to day.
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS"
VERIFY = "verify.py"
TEXTS = Path(__file__).with_name("bundle")
README: Mapping[str, str] = {"nl": "LEESMIJ.md", "en": "README.md"}
FREE: Mapping[str, str] = {
    "nl": "Je mag de gegevens gebruiken volgens {licence}.",
    "en": "The data may be used under {licence}.",
}
DATA_SET: Mapping[str, str] = {"nl": "versie {version}, gegevensset", "en": "version {version}, data set"}


def write_zip(files: Mapping[str, Path], path: Path) -> None:
    """Pack `files` (name in the archive, file on disk) in the order of their names."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, wherever it is written
            entry.external_attr = 0o644 << 16
            # With an entry of our own, what is asked of the archive as a whole does not count.
            archive.writestr(entry, files[name].read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file, in hexadecimals."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checksums(files: Mapping[str, Path]) -> str:
    """Write the checksums of `files` (the name to give them, the file on disk) as `sha256sum --check` reads them."""
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files))


def files_below(folder: Path) -> Mapping[str, Path]:
    """Give every file in a folder and in those below it, by its path from the folder, in the order of the paths."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def write_checksums(files: Mapping[str, Path], path: Path) -> None:
    """Write the checksums of `files` to a file of their own."""
    path.write_text(checksums(files), encoding="utf-8", newline="\n")


def write_bundle(publication: Publication, folder: Path) -> None:
    """Add the dictionary, the texts and the program that checks, and pack all that lies in `folder`.

    The checksums in the archive are those of all else in it; those beside it know the archive as well.
    """
    write_rows(dictionary_header(publication.package), dictionary_rows(publication.package), folder / DICTIONARY)
    write_datasette_metadata(publication, folder / METADATA)
    shutil.copyfile(Path(__file__).with_name(VERIFY), folder / VERIFY)
    write_readmes(publication, folder, [*files_below(folder), SUMS])
    checksums = folder / SUMS
    write_checksums(files_below(folder), checksums)
    archive = folder / publication.package.archive
    write_zip(files_below(folder), archive)
    write_checksums({name: path for name, path in files_below(folder).items() if path != checksums}, checksums)


def write_readmes(publication: Publication, folder: Path, files: Iterable[str]) -> None:
    """Write both texts into `folder`; `files` names what will be in the archive."""
    names = sorted({*files, *README.values()})
    for language, file in README.items():
        (folder / file).write_text(render_readme(publication, language, names), encoding="utf-8", newline="\n")


def render_readme(publication: Publication, language: str, files: Iterable[str]) -> str:
    """Write the text in one language, in Markdown."""
    package, descriptor = publication.package, publication.descriptor
    filled = {
        "title": package.text(descriptor, "title", language) or package.descriptor.get("name", ""),
        "description": package.text(descriptor, "description", language),
        "version": descriptor.get("version", ""),
        "date": _date(descriptor),
        "address": publication.url,
        "downloads": publication.folder,
        "database": f"{package.descriptor.get('name', 'package')}.sqlite",
        "tables": "\n".join(_table_lines(package, language)),
        "files": "\n".join(_file_lines(package, language, list(files))),
        "licence": FREE[language].format(licence=_licences(descriptor)),
        "citation": citation(publication, language),
    }
    return Template((TEXTS / README[language]).read_text("utf-8")).substitute(filled)


def citation(publication: Publication, language: str) -> str:
    """Write how to cite the package, as a reader of a text does: maker, year, title, version, address."""
    package, descriptor = publication.package, publication.descriptor
    makers = ", ".join(maker["title"] for maker in descriptor.get("contributors", ()) if "title" in maker)
    title = package.text(descriptor, "title", language)
    kind = DATA_SET[language].format(version=descriptor.get("version", ""))
    return f"{makers} ({_date(descriptor)[:4]}). {title} [{kind}]. {publication.url}"


def explained(package: Package, file: str) -> str | None:
    """Give the pattern that explains a file of the archive, None where none does."""
    return next((pattern for pattern in _patterns(package) if fnmatchcase(file, pattern)), None)


def _patterns(package: Package) -> dict[str, Mapping[str, str]]:
    name = str(package.descriptor.get("name", "package"))
    return {row["pattern"].replace("{name}", name): row for row in _explanations()}


@cache
def _explanations() -> tuple[Mapping[str, str], ...]:
    with (TEXTS / "files.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _file_lines(package: Package, language: str, files: list[str]) -> Iterator[str]:
    shown = {explained(package, file) for file in files}
    for pattern, row in _patterns(package).items():
        if pattern in shown:
            yield f"| `{pattern}` | {row[language]} |"


def _table_lines(package: Package, language: str) -> Iterator[str]:
    for table in package.tables.values():
        title = package.text(table.descriptor, "title", language).replace("|", "\\|")
        yield f"| `{table.name}` | {title} | {table.rows} |"


def _date(descriptor: Descriptor) -> str:
    return str(descriptor.get("created", ""))[:10]


def _licences(descriptor: Descriptor) -> str:
    """Name the licences, each with its address where the descriptor has one."""
    named = []
    for licence in descriptor.get("licenses", ()):
        title = licence_title(licence)
        named.append(f"[{title}]({licence['path']})" if "path" in licence else title)
    return ", ".join(named)
