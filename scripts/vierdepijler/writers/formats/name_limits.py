"""Names that cannot be those of files everywhere: on Windows, macOS and Linux, on a server, and in a zip.

What Windows takes is in "Naming Files, Paths, and Namespaces" of its manual; 255 bytes is the limit of ext4 and NTFS.
"""

import re
import unicodedata
from collections.abc import Iterator

from vierdepijler.core.messages import Message, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted

from .package_formats import PACKAGE_FORMATS
from .table_formats import TABLE_FORMATS

MOST_BYTES = 255
SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *", re.IGNORECASE)
# What else is made from each table: its metadata, and its page on the site.
SUFFIXES = (*(form.suffix for form in TABLE_FORMATS), ".csv-metadata.json", ".bib", ".ris", ".html")
OWN_FILES = (
    *("datapackage.json", "validation.json", "validation.schema.json", "SHA256SUMS", "verify.py", "README.md"),
    *("LEESMIJ.md", "dictionary.csv", "metadata.json", "croissant.json", "CITATION.cff", "citation.bib"),
    *("citation.ris", "subsets", "index.html"),
)


def check_names(package: Package) -> Iterator[Problem]:
    """Find names of tables, and that of the package, that cannot be names of files, or of which two would be one."""
    name = str(package.descriptor.get("name", "package"))
    if told := _flaw(name):
        yield _problem(package, ("name",), "name", *told)
    taken = {_folded(file): say("a file of the package itself") for file in own_files(package)}
    for table in package.tables:
        if told := _flaw(table):
            yield _problem(package, ("resources", table), table, *told)
            continue
        files = [table + suffix for suffix in SUFFIXES]
        clash = next((file for file in files if _folded(file) in taken), None)
        if clash is not None:
            other = taken[_folded(clash)]
            what = say("the file {file} would be {other} too", file=quoted(clash), other=other)
            todo = say("give the table a name that differs in more than capitals")
            yield _problem(package, ("resources", table), table, what, todo)
        taken |= {_folded(file): say("a file of the table '{name}'", name=table) for file in files}


def own_files(package: Package) -> tuple[str, ...]:
    """Name the files that are there whatever tables a package has."""
    return (*OWN_FILES, package.archive, *(form.file(package) for form in PACKAGE_FORMATS))


def _flaw(name: str) -> tuple[Message, Message] | None:
    """Say what is wrong with a name, and what to do; None for a good one."""
    shown, longest = quoted(name), max(len(suffix) for suffix in SUFFIXES)
    if found := SIGNS.search(name):
        what = say("no file can have {sign} in its name: {name}", sign=quoted(found[0]), name=shown)
        return what, say("use letters, digits, - and _")
    if DEVICES.fullmatch(name.partition(".")[0]):
        return say("Windows takes {name} for a device, not for a file", name=shown), say("choose another name")
    if name != name.strip(" .") or not name:
        what = say("a name of a file cannot begin or end with a dot or a space: {name}", name=shown)
        return what, say("leave it out")
    if len(name.encode()) + longest > MOST_BYTES:
        return say("the names of the files would be longer than {most} bytes", most=MOST_BYTES), say("shorten the name")
    return None


def _folded(file: str) -> str:
    return unicodedata.normalize("NFKC", file).casefold()


def _problem(package: Package, steps: tuple[str, ...], column: str, what: Message, todo: Message) -> Problem:
    return package.problem(steps, column, what, todo)
