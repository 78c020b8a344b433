"""What is left after `add_answer.py`, written as a maintainer would: rows from a file beside the answer, and sentences.

A sentence on a page that a newer row contradicts is found by the entry of the register that it stands on.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from conftest import Copy
from vierdepijler.checks.rules.unseen_texts import MARKED
from vierdepijler.commands.answering import texts_with
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.tables import Descriptor, Role
from vierdepijler.core.times import UNKNOWN, answer_to
from vierdepijler.figures.figure_records import first_records
from vierdepijler.figures.new_tables import Wanted, draft_table, write_texts

Row = dict[str, str]
SAID = re.compile(r"\{\{ said\(.*?\)\.\w+\) \}\}")
WHY = "new_source,Een nieuw antwoord.,A new answer.\n"
# What validation says to do about a figure of ours that was computed anew: the row, and the file it belongs in.
ASKED = (
    (re.compile(r"add the row (.+),…,…,… to the table (corrections)$"), WHY),
    (re.compile(r"add the row (.+),…,… to (\S+)$"), WHY.partition(",")[2]),
    (re.compile(r"write (.+),…,… in place of its record of this version()$"), WHY.partition(",")[2]),
)


def place_by_hand(copy: Copy, answer: Path) -> None:
    """Write what the file beside an answer says, the texts that are marked, and the rows that validation asks for."""
    for part in re.split(r"^== ", answer.with_suffix(".rows").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, text = part.split("\n", 1)
        name, _, group = head.partition(": ")
        table, _, field = name.partition(".")
        if group:
            path = copy.write(f"build/{table}.csv", text).folder / f"build/{table}.csv"
            package = copy.read()
            write_texts(package, draft_table(package, Wanted(path, group=group)).texts)
        elif field:
            _change_field(copy, table, field, *text.split())
        else:
            _write_rows(copy, table, list(csv.DictReader(io.StringIO(text))))
    for path in (*copy.folder.glob("data/**/*.csv"), *copy.folder.glob("data/**/*.json"), copy.descriptor):
        whole = re.sub(rf'(?<=[",]){MARKED.pattern}(?=[",\n])', "Voorbeeld.", path.read_text("utf-8"))
        path.write_text(re.sub(f" ?{MARKED.pattern}", "", whole), "utf-8")
    _do_as_asked(copy)


def _write_rows(copy: Copy, name: str, given: list[Row]) -> None:
    package = copy.read()
    table = package.tables[name]
    with (copy.folder / table.file).open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    by_key = {",".join(key): every[row] for key, row in table.keys.items()}
    for row in given:
        if of := row.pop("of", ""):
            by_key[of] |= row
    new = [by_key[like] | row for row in given if (like := row.pop("like", ""))]
    if len(new) < len(given):
        text = io.StringIO()
        writer = csv.DictWriter(text, table.field_names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(every)
        copy.write(table.file, text.getvalue())
    rows = [(table, new), (package.by_role[Role.HISTORY], list(first_records(package, table, new)))]
    write_texts(package, texts_with(package, [one for one in rows if one[1]]))


def _change_field(copy: Copy, table: str, field: str, name: str, value: str) -> None:
    file = f"{copy.read().tables[table].file.removesuffix('.csv')}.schema.json"
    schema = json.loads((copy.folder / file).read_text("utf-8"))
    next(one for one in schema["fields"] if one["name"] == field)[name] = value
    copy.write(file, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


def _do_as_asked(copy: Copy) -> None:
    package = copy.read()
    files = {"corrections": package.by_role[Role.CORRECTIONS].file, "": package.by_role[Role.HISTORY].file}
    for error in copy.errors():
        told = error.rpartition(" [")[0] or error
        for pattern, reason in ASKED:
            if found := pattern.search(told):
                file = files.get(found[2], found[2])
                lines = (copy.folder / file).read_text("utf-8").splitlines(keepends=True)
                start = found[1].rpartition(",")[0] + "," if not found[2] else None
                kept = [line for line in lines if start is None or not line.startswith(start)]
                copy.write(file, "".join([*kept, f"{found[1]},{reason}"]))
                break


def answered(package: Package) -> list[str]:
    """Give the codes of the entries of the register that a source answers."""
    table = package.by_role[Role.UNKNOWNS]
    return [str(table.value(row, UNKNOWN)) for row in range(table.rows) if answer_to(package, row)]


def close_sentences(copy: Copy) -> None:
    """Let every caveat, page and chart say something else where it says that what is known is not known."""
    codes = answered(copy.read())

    def caveats(descriptor: Descriptor) -> None:
        for resource in descriptor["resources"]:
            named = resource.get("notKnown", ())
            open_ones = [code for code in named if code not in codes]
            if len(open_ones) < len(named):
                resource |= {"notKnown": open_ones, "caveat": "Een voorbeeld.", "caveat_en": "An example."}

    copy.change(caveats)
    either = "|".join(codes)
    for path in _sources(copy):
        text = re.sub(rf'not_known\("(?:{either})", ', "as_written(", path.read_text("utf-8"))
        path.write_text(re.sub(rf'page\("unknowns"\) }}}}#(?:{either})\b', 'page("sources") }}', text), "utf-8")


def rewrite_said(copy: Copy, error: ContentError) -> None:
    """Leave out the texts of a source, on the lines that the build names, that say that what is known is not."""
    for problem in error.problems:
        lines = (copy.folder / problem.file).read_text("utf-8").split("\n")
        assert SAID.search(lines[problem.line - 1]), problem
        lines[problem.line - 1] = SAID.sub("", lines[problem.line - 1])
        copy.write(problem.file, "\n".join(lines))


def _sources(copy: Copy) -> Iterator[Path]:
    yield from copy.folder.glob("site/*/*.md")
    yield from copy.folder.glob("site/charts/*.yml")
