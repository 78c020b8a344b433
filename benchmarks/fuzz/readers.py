"""One process that gives a reader input after input: `readers.py READER FINDINGS`, and the options of libFuzzer.

It reads an input or raises one of the project's problems. Anything else is a finding, of which one input is kept.
"""

import gc
import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / name) for name in ("scripts", "tests", "tests/support")]

import atheris  # type: ignore[import-not-found, unused-ignore]  # RESULTS.md says where it comes from
from inputs import packed

with atheris.instrument_imports(include=["vierdepijler"]):  # what they run through leads to the next inputs
    from vierdepijler.checks.pages.prose import check_page_texts, check_pages, page_sources
    from vierdepijler.core.columnar import reference
    from vierdepijler.core.columnar.plans import is_plain
    from vierdepijler.core.columnar.reference import cell_reader
    from vierdepijler.core.descriptors import read_descriptor
    from vierdepijler.core.problems import ContentError
    from vierdepijler.core.reading import read_table
    from vierdepijler.core.references import fill
    from vierdepijler.figures.documents import read_document
    from vierdepijler.site.sources import read_sources

MINIATURE = PROJECT / "tests" / "miniature"
WARM = b"day,group,persons,unknown_id,as_printed\nx,a,x,,xxx"  # its length takes the first column
RESOURCES = {one["name"]: one for one in json.loads((MINIATURE / "datapackage.json").read_text("utf-8"))["resources"]}


def read_csv(file: Path) -> None:
    """Read a table, and the values of one of its columns, of which none knows of another."""
    table = read_table(file.parents[1] / "datapackage.json", RESOURCES["counts"], RESOURCES)
    table.column(table.field_names[file.stat().st_size % len(table.fields)]).to_pylist()


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
    "document": ("answer.txt", "answer.docx", "answer.pdf", "parts.docx"),
}


def keep_what_is_the_same(project: Path) -> None:
    """Find out once what is so for each input: what Frictionless makes of a field, a plain schema, pages, words."""
    made, plain = cache(lambda texts: cell_reader(*json.loads(texts))), is_plain(RESOURCES["counts"], RESOURCES)
    pages = page_sources(project / "site")
    patch.object(reference, "cell_reader", lambda *parts: made(json.dumps(parts))).start()
    patch("vierdepijler.core.reading.is_plain", lambda *_: plain).start()
    patch("vierdepijler.site.sources._read_words", lambda *_: {"claims": "minstens"}).start()
    patch("vierdepijler.checks.pages.prose.page_sources", lambda _: pages).start()
    gc.freeze()


def try_input(name: str, project: Path, findings: Path, data: bytes) -> None:
    """Let a reader read an input; keep one that gives something else than a result or a problem."""
    file = project / FILES[name][data[0] % len(FILES[name]) if data else 0]
    file.write_bytes(packed(data[1:]) if file.name == "parts.docx" else data[1:])
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
    (project / FILES["page"][0]).touch()
    for number in range(len(FILES[name])):  # what is loaded when it is needed would count as time of the first input
        try_input(name, project, Path(findings), bytes([number]) + WARM)
    keep_what_is_the_same(project)
    atheris.Setup([sys.argv[0], *options], partial(try_input, name, project, Path(findings)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
