"""The archive of the whole package, with what explains it, in Dutch and in English, and what checks it."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from string import Template

from vierdepijler.core.package import Package
from vierdepijler.core.tables import Descriptor
from vierdepijler.core.text_files import csv_rows, render_json, save_text
from vierdepijler.core.yaml_texts import read_texts

from .csv_files import write_rows
from .databases import datasette_metadata
from .dictionary import DICTIONARY, dictionary_header, dictionary_rows
from .file_formats import PACKAGE_FORMATS
from .publication import SUMS, Publication, files_below, licence_title, write_checksums, write_zip

VERIFY, METADATA = "verify.py", "metadata.json"
TEXTS = Path(__file__).with_name("bundle")
README: Mapping[str, str] = {"nl": "LEESMIJ.md", "en": "README.md"}
WORDS: Mapping[str, Mapping[str, str]] = read_texts((TEXTS / "words.yml").read_text("utf-8"))


def write_bundle(publication: Publication, folder: Path) -> None:
    """Add the dictionary, the texts and the program that checks, and pack all that lies in `folder`.

    The checksums in the archive are those of all else in it; those beside it know the archive as well.
    """
    write_rows(dictionary_header(publication.package), dictionary_rows(publication.package), folder / DICTIONARY)
    save_text(folder / METADATA, render_json(datasette_metadata(publication)))
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
        save_text(folder / file, render_readme(publication, language, names))


def render_readme(publication: Publication, language: str, files: Iterable[str]) -> str:
    """Write the text in one language, in Markdown."""
    package, descriptor = publication.package, publication.descriptor
    filled = {
        "title": package.text(descriptor, "title", language) or package.descriptor.get("name", ""),
        "description": package.text(descriptor, "description", language),
        "release": _release(descriptor, language),
        "address": publication.url,
        "downloads": publication.folder,
        "database": f"{package.descriptor.get('name', 'package')}.sqlite",
        "tables": "\n".join(_table_lines(package, language)),
        "files": "\n".join(_file_lines(package, language, list(files))),
        "licence": WORDS[language]["free"].format(licence=_licences(descriptor))
        if descriptor.get("licenses")
        else WORDS[language]["none"],
        "citation": citation(publication, language),
    }
    return Template((TEXTS / README[language]).read_text("utf-8")).substitute(filled)


def _release(descriptor: Descriptor, language: str) -> str:
    """Say in a sentence which release it is, and of when, as far as the package tells that."""
    version, day, words = descriptor.get("version"), _date(descriptor), WORDS[language]
    if not version:
        return ""
    return words["release"].format(version=version, day=words["of_day"].format(day=day) if day else "")


def citation(publication: Publication, language: str) -> str:
    """Write how to cite the package, as a reader of a text does: maker, year, title, version, address.

    What the package does not tell is left out.
    """
    package, descriptor = publication.package, publication.descriptor
    makers = ", ".join(maker["title"] for maker in descriptor.get("contributors", ()) if "title" in maker)
    year = f"({_date(descriptor)[:4]})" if _date(descriptor) else ""
    made = " ".join(filter(None, [makers, year]))
    title = package.text(descriptor, "title", language) or str(descriptor.get("name", ""))
    kind = WORDS[language]["data_set"].format(version=descriptor["version"]) if descriptor.get("version") else ""
    named = f"{title} [{kind}]" if kind else title
    return ". ".join(filter(None, [made, named, publication.url]))


def explained(package: Package, file: str) -> str | None:
    """Give the pattern that explains a file of the archive, None where none does."""
    return next((pattern for pattern in _patterns(package) if fnmatchcase(file, pattern)), None)


def _patterns(package: Package) -> dict[str, Mapping[str, str]]:
    wholes = {f"{{name}}{form.suffix}": form.file(package) for form in PACKAGE_FORMATS}
    return {wholes.get(row["pattern"], row["pattern"]): row for row in _explanations()}


@cache
def _explanations() -> tuple[Mapping[str, str], ...]:
    return tuple(csv_rows(TEXTS / "files.csv"))


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
