"""One process that gives a reader input after input: `readers.py READER FINDINGS`, and the options of libFuzzer.

It reads an input or raises one of the project's problems. Anything else is a finding, of which one input is kept.
"""

import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / name) for name in ("scripts", "tests", "tests/support")]

import atheris  # type: ignore[import-not-found, unused-ignore]  # RESULTS.md says where it comes from

with atheris.instrument_imports(include=["vierdepijler"]):  # what they run through leads to the next inputs
    from vierdepijler.checks.pages.page_texts import check_page_texts
    from vierdepijler.checks.pages.prose import check_pages
    from vierdepijler.core.descriptors import read_descriptor
    from vierdepijler.core.problems import ContentError
    from vierdepijler.core.reading import read_table
    from vierdepijler.core.references import fill
    from vierdepijler.figures.documents import read_document
    from vierdepijler.site.sources import read_sources

MINIATURE = PROJECT / "tests" / "miniature"
RESOURCES = {one["name"]: one for one in json.loads((MINIATURE / "datapackage.json").read_text("utf-8"))["resources"]}


def read_csv(file: Path) -> None:
    """Read a table, and the value of every cell."""
    table = read_table(file.parents[1] / "datapackage.json", RESOURCES["counts"], RESOURCES)
    for name in table.field_names:
        table.column(name).to_pylist()


def read_description(file: Path) -> None:
    """Read a descriptor, and what it refers to."""
    fill(file, read_descriptor(file))


def read_page(file: Path) -> None:
    """Read a page as validation does, and as the build does."""
    folder = file.parents[1]
    for problem in (*check_pages(folder), *check_page_texts(folder)):
        str(problem)
    read_sources(folder, ("nl",))


READERS: Mapping[str, Callable[[Path], object]] = {
    "csv": read_csv,
    "descriptor": read_description,
    "page": read_page,
    "document": read_document,
}
# The files that each reads; the first byte of an input chooses one.
FILES: Mapping[str, tuple[str, ...]] = {
    "csv": ("data/counts.csv",),
    "descriptor": ("datapackage.json",),
    "page": ("site/nl/index.md",),
    "document": ("answer.txt", "answer.docx", "answer.pdf"),
}


def try_input(name: str, project: Path, findings: Path, data: bytes) -> None:
    """Let a reader read an input; keep one that gives something else than a result or a problem."""
    file = project / FILES[name][data[0] % len(FILES[name]) if data else 0]
    file.write_bytes(data[1:])
    try:
        READERS[name](file)
    except ContentError:
        return
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        kept = findings / f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
        if not kept.exists():
            kept.write_bytes(data)


def main() -> None:
    """Fuzz a reader; libFuzzer ends the process."""
    name, findings, *options = sys.argv[1:]
    project = Path(tempfile.mkdtemp()) / "project"
    shutil.copytree(MINIATURE, project)
    (project / "site" / "nl").mkdir(parents=True)
    (project / "site" / "nl" / "_words.yml").write_text("claims: minstens\n", "utf-8")
    for number in range(len(FILES[name])):  # what is loaded when it is needed would count as time of the first input
        try_input(name, project, Path(findings), bytes([number]) + b"a,b\nx,y\n")
    atheris.Setup([sys.argv[0], *options], partial(try_input, name, project, Path(findings)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
