"""A new answer taken up in one go, and taken back: its rows drafted, looked at by a person, and written in one step."""

import csv
import datetime
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vierdepijler.checks.checking import check_package
from vierdepijler.checks.reports import Report
from vierdepijler.checks.rules.derivation import left_behind
from vierdepijler.checks.rules.rule import BY_SCHEMA
from vierdepijler.core.cells import SOURCE, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Message, Problem, Severity, in_language, say, unreadable
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.text import value_text
from vierdepijler.core.text_files import csv_text
from vierdepijler.core.times import over_time, time_cell
from vierdepijler.core.writing import scratch
from vierdepijler.core.yaml_texts import last_item
from vierdepijler.figures.alignments import is_known_language
from vierdepijler.figures.documents import HEAD, Document, read_document
from vierdepijler.figures.figure_records import first_records, row_texts
from vierdepijler.figures.new_tables import item_text, with_item, write_texts
from vierdepijler.figures.patterns import Row, laid_beside
from vierdepijler.figures.proposals import Draft, propose
from vierdepijler.figures.quotations import PRINTED, shown
from vierdepijler.figures.registrations import heading_of
from vierdepijler.figures.traces import SHA256, Trace, trace_document
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

from .command_line import PROBLEMS, VALID, show
from .working_copy import as_published

LISTED = "sources"  # the property of a descriptor that names them too
COLUMN = "*"  # in the key of an address that leads to a whole column
Rows = Sequence[tuple[Table, list[Row]]]


def texts_with(package: Package, drafted: Rows) -> dict[str, str]:
    """Give the files of a package, by path from its folder, with more rows; the source was seen today."""
    today = datetime.datetime.now().astimezone().date().isoformat()
    texts: dict[str, str] = {}
    for table, rows in drafted:
        seen = {"seen_on": today} if table.role == Role.SOURCES and "seen_on" in table.field_names else {}
        texts[table.file] = _with_rows(package, table, [row | seen for row in rows])
        if table.role == Role.SOURCES:
            texts[package.path.name] = with_item(_read(package.path), LISTED, {"title": rows[0]["title"]})
    return texts


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _records(package: Package, table: Table) -> list[tuple[str, list[str]]]:
    """Give the records of a table, the header first, each as it stands in its file and as its cells."""
    lines = _read(package.root / table.file).splitlines(keepends=True)
    reader, start, records = csv.reader(lines), 0, []
    for cells in reader:
        records.append(("".join(lines[start : reader.line_num]), cells))
        start = reader.line_num
    return records


def _with_rows(package: Package, table: Table, rows: list[Row]) -> str:
    """Add rows to a table, each in its place where that is sorted."""
    header, *every = _records(package, table)
    every += [(csv_text([cells]), [*cells]) for row in rows if (cells := tuple(row[n] for n in table.field_names))]
    for name in reversed(table.descriptor.get("sortedBy", [])):
        field = name.removeprefix("-")
        column = [cells[table.field_names.index(field)] for _, cells in every]
        places = _places(package, table, field, column)
        order = sorted(range(len(every)), key=places.__getitem__, reverse=name.startswith("-"))
        every = [every[place] for place in order]
    return "".join(text for text, _ in [header, *every])


def _places(package: Package, table: Table, name: str, column: list[str]) -> Sequence[float | str | tuple[str, ...]]:
    """Give what the cells of a column are sorted by: the places of codes in their list, numbers, or texts."""
    for key in table.foreign_keys:
        if key.fields == (name,) and key.table != table.name:
            keys = package.tables[key.table].keys
            return [keys.get((cell,), len(keys)) for cell in column]
    return [float(cell or 0) for cell in column] if table.field(name).is_number else column


def texts_without(package: Package, source: str) -> dict[str, str]:
    """Give the files of a package, by path from its folder, without all that is from a source."""
    texts: dict[str, str] = {}
    gone: set[str] = set()
    for table in package.tables.values():
        if own := _rows_from(package, table, source):
            gone |= {record["cell"] for record in first_records(package, table, own)}
            name = table.primary_key[0] if table.role == Role.DERIVED else SOURCE
            texts[table.file] = _without(package, table, name, {row[name] for row in own})
    if history := package.table_of(Role.HISTORY):
        texts[history.file] = _without(package, history, "cell", gone)
    titles = {row[SOURCE]: row["title"] for row in row_texts(package.by_role[Role.SOURCES], "title")}
    descriptor = _read(package.path)
    item = item_text({"title": titles[source]}, last_item(descriptor, LISTED).column)
    return texts | {package.path.name: descriptor.replace(item, "", 1)}


def _without(package: Package, table: Table, name: str, values: set[str]) -> str:
    place = table.field_names.index(name)
    return "".join(text for text, cells in _records(package, table) if cells[place] not in values)


def write_what_follows(package: Package, source: str, *, is_whole: bool) -> tuple[Package, int]:
    """Write the rows that are certain once the figures of a source have theirs; gives the package, and how many.

    They are the first record of each figure, and the figures of our own that are computed anew, with their time or
    source in the label: those of a whole column only where the source `is_whole`.
    """
    count = 0
    while rows := _what_follows(package, source, is_whole=is_whole):
        write_texts(package, texts_with(package, rows))
        count += sum(len(own) for _, own in rows)
        package = read_package(package.path)
    return package, count


def _what_follows(package: Package, source: str, *, is_whole: bool) -> Rows:
    history, derived = package.table_of(Role.HISTORY), package.table_of(Role.DERIVED)
    found = left_behind(package) if derived else ()
    certain = (one for one in found if one[2] and (is_whole or not any(COLUMN in address for address in one[1])))
    anew = [_computed_anew(package, source, *one) for one in certain]
    told = [(table, _rows_from(package, table, source)) for table in package.tables.values()]
    told += [(derived, anew)] if derived else []
    known = {row["cell"] for row in row_texts(history, "cell")}
    records = [record for table, rows in told for record in first_records(package, table, rows)]
    new = [record for record in records if record["cell"] not in known]
    return [(table, rows) for table, rows in ((derived, anew), (history, new)) if table and rows]


def _computed_anew(package: Package, source: str, row: int, inputs: list[str], value: str) -> Row:
    table = package.by_role[Role.DERIVED]
    first = over_time(package, table, row)[0]
    texts = {name: cell_text(table.value(row, name)) for name in table.field_names}
    used = (one for address in inputs for one in select(package, address).cells)
    if time := next(filter(None, (time_cell(package, one) for one in used)), None):
        for language in package.languages:
            label = f"label_{language}"
            texts[label] = f"{cell_text(table.value(first, label))}, {value_text(time.value, time.unit, language)}"
    name = table.row_keys[first][0] + _mark(source)
    return texts | {table.primary_key[0]: name, "value": value, "inputs": ";".join(inputs)}


def _mark(source: str) -> str:
    """Give what stands behind the name of a figure of ours that a source let us compute anew."""
    return f"_{source}".lower()


def _rows_from(package: Package, table: Table, source: str) -> list[Row]:
    rows = [dict(zip(table.field_names, cells, strict=True)) for _, cells in _records(package, table)[1:]]
    if table.role == Role.DERIVED:
        return [row for row in rows if row[table.primary_key[0]].endswith(_mark(source))]
    return [row for row in rows if row.get(SOURCE) == source]


Ask = Callable[[str], str]
YES = ("y", "j")
WORDS_SHOWN = 100
UNWRITTEN = "unwritten-texts"
CERTAIN, PERHAPS = "{row}: {values}; take it? [Y/n]", "perhaps {row}: {values}; take it? [y/N]"


def add_answer(descriptor: Path, file: Path, source: str | None, ask: Ask | None, language: str) -> int:
    """Take up an answer: what `ask` is told yes to, or without it what is certain. Gives the exit code.

    Raises `UnreadableError` for a document that is no next answer, and has then written nothing.
    """
    package, document = read_package(descriptor), read_document(file)
    _refuse(package, document)
    source = source or _next_source(package)
    proposal = propose(package, document, source, _accepting(ask, language) if ask else None)
    with scratch() as folder:
        before, _ = _pages(package, check_package(package, package.root / "site"), folder / "before")
        write_texts(package, texts_with(package, proposal.rows))
        after, more = write_what_follows(read_package(descriptor), source, is_whole=False)
        report = check_package(after, package.root / "site")
        pages, refused = _pages(after, report, folder / "after")
    changed = sorted(page for page, text in pages.items() if before.get(page) != text)
    trace = trace_document(after, document, source)
    rows = more + sum(len(rows) for _, rows in proposal.rows)
    pattern = "Added {source}: {rows} rows, {placed} of them with a figure."
    told = say(pattern, source=source, rows=rows, placed=proposal.placed)
    changes = say("Pages that change: {pages}", pages=", ".join(changed))
    if not changed:
        changes = say("Pages that change: none, or none can be made before the errors are mended")
    state = _State(after, trace, [*report.problems, *refused], file)
    return _end(state, [told, _traced(trace), changes], proposal.unplaced, language)


def go_on(descriptor: Path, file: Path, language: str) -> int:
    """Write what follows from the rows that an answer has by now, and say what is left. Gives the exit code.

    Raises `UnreadableError` for a document that was not added.
    """
    package, document = read_package(descriptor), read_document(file)
    if not (source := _added_as(package, document)):
        what = say("this document is not in the package yet")
        raise unreadable(document.name, what, say("add it first, without --go-on"))
    package, count = write_what_follows(package, source, is_whole=True)
    report, trace = check_package(package, package.root / "site"), trace_document(package, document, source)
    with scratch() as folder:
        _, refused = _pages(package, report, folder / "pages")
    told = say("Went on with {source}: {rows} rows that follow from others.", source=source, rows=count)
    figures = (traced.figure for traced in trace.figures if traced.is_open)
    unplaced = [{"line": str(one.line.number), PRINTED: one.text, "words": one.line.text.strip()} for one in figures]
    state = _State(package, trace, [*report.problems, *refused], file)
    return _end(state, [told, _traced(trace)], unplaced, language)


@dataclass(frozen=True)
class _State:
    """An answer that was added: the package with it, its trace, what is wrong, and its file."""

    package: Package
    trace: Trace
    problems: Sequence[Problem]
    file: Path


def _end(state: _State, told: Sequence[Message], unplaced: Sequence[Row], language: str) -> int:
    """Say what was done and what is left to do, where, and how to go on. Gives the exit code."""
    errors = [problem for problem in state.problems if problem.severity is Severity.ERROR]
    marked = list(_marked(state.problems))
    for line in (*told, *_unplaced(unplaced, state.package), *marked):
        print(in_language(line, language))
    if errors:
        print(in_language(say("mend these {count} places:", count=len(errors)), language))
    show(errors, state.package.root, sys.stdout, language)
    if state.trace.is_complete and not errors and not marked:
        print(in_language(say("Nothing is left: publish and build the site."), language))
        return VALID
    print(in_language(say("Then: scripts/add_answer.py {file} --go-on", file=state.file), language))
    return PROBLEMS


def take_back(descriptor: Path, source: str, language: str) -> int:
    """Take an answer out of the package again: every row of it, as if it had never been added. Gives the exit code."""
    package = read_package(descriptor)
    answers = package.by_role[Role.ANSWERS]
    if (source,) not in answers.keys:
        what = say("there is no answer '{source}' in the package", source=source)
        raise unreadable(package.path.name, what, say("look in the table '{table}'", table=answers.name))
    write_texts(package, texts_without(package, source))
    print(in_language(say("Took back {source}: all its rows are gone.", source=source), language))
    return VALID


def _refuse(package: Package, document: Document) -> None:
    """Raise `UnreadableError` for a document that is no next answer."""
    beside, heading = laid_beside(package, document, ""), heading_of(document)
    known = [old.sentence.masked for old in beside.pattern.phrases]
    if taken := _added_as(package, document):
        what = say("this document is in the package already, as {source}", source=taken)
        raise unreadable(document.name, what, say("go on with it by --go-on, or add the next one"))
    if not is_known_language([phrase.sentence.masked for phrase in beside.phrases], known):
        what = say("this is in another language than the answers before it, or about something else")
        raise unreadable(document.name, what, say("add the answer in the language it was given in"))
    if heading is None:
        what = say("this is no answer to a written question: it does not say of which number and day the question is")
        raise unreadable(document.name, what, say("add the whole document, with its heading"))
    if not any(phrase.figures for phrase in beside.phrases if phrase.sentence.item != HEAD):
        what = say("this answer holds no figures")
        raise unreadable(document.name, what, say("look whether it is the whole document"))
    _refuse_order(package, document, (shown(heading.date), shown(heading.number)))


def _added_as(package: Package, document: Document) -> str:
    """Name the source that a document was added as; empty for none."""
    holders = {row[SHA256]: row[SOURCE] for row in row_texts(package.table_of(Role.SOURCES), SHA256)}
    return holders.get(document.sha256, "")


def _refuse_order(package: Package, document: Document, question: tuple[str, str]) -> None:
    """Raise `UnreadableError` for an answer that was taken up, or that is older than one that was."""
    answers = row_texts(package.table_of(Role.ANSWERS), "question_date", "question_number")
    known = {(row["question_date"], row["question_number"]): row[SOURCE] for row in answers}
    if question in known:
        what = say("the answer to this question is in the package already, as {source}", source=known[question])
        raise unreadable(document.name, what, say("take that one back first, or add the next one"))
    if known and question < (last := max(known)):
        what = say("this is not the next answer: {source} is about a later question", source=known[last])
        raise unreadable(document.name, what, say("add answers in the order of their questions"))


def _next_source(package: Package) -> str:
    names = [match for key in package.by_role[Role.SOURCES].keys if (match := re.fullmatch(r"(\D*)(\d+)", key[0]))]
    last = max(names, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1}"


def _accepting(ask: Ask, language: str) -> Callable[[Draft], bool]:
    def accept(draft: Draft) -> bool:
        named = (own.name for own in draft.table.fields if own.property("printedIn"))
        values = ", ".join(f"{name} {draft.row[name]}" for name in named)
        pattern = CERTAIN if draft.is_certain else PERHAPS
        row = f"{draft.table.name}[{','.join(draft.key)}]"
        answer = ask(
            in_language(say(pattern, words=draft.phrase.text.strip(), row=row, values=values), language)
        ).strip()
        return answer.lower().startswith(YES) if answer else draft.is_certain

    return accept


def _pages(package: Package, report: Report, folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Make the written pages of a package, by path, and give what is wrong with those that cannot be made.

    There are none where it has no pages, or a cell does not fit its schema: nothing can be published then. A page of
    which the report tells already is refused for the same.
    """
    pages, made, refused = package.root / "site", dict[str, str](), list[Problem]()
    told = {problem.file for problem in report.problems if problem.severity is Severity.ERROR}
    if not pages.is_dir() or any(problem.rule in BY_SCHEMA for problem in report.problems):
        return made, refused
    try:
        published = as_published(package, report, folder)
        sources = read_sources(pages, package.languages)
    except ContentError as error:
        return made, [*error.problems]
    for language in package.languages:
        try:
            written = Renderer(published, sources, language, "").render_written()
            made |= {f"{language}/{page.path}": page.markdown for page in written}
        except ContentError as error:
            refused += (problem for problem in error.problems if problem.file not in told)
    return made, refused


def _traced(trace: Trace) -> Message:
    return say(
        "figures: {accounted} of {figures} accounted for; cells: {found} of {cells} found",
        accounted=trace.accounted, figures=len(trace.figures), found=trace.found, cells=len(trace.cells),
    )  # fmt: skip


def _marked(problems: Sequence[Problem]) -> Iterator[Message]:
    """Name the texts that a person must write, file by file."""
    found = [problem for problem in problems if problem.rule == UNWRITTEN]
    for file in dict.fromkeys(problem.file for problem in found):
        own = [problem for problem in found if problem.file == file]
        lines = ", ".join(dict.fromkeys(str(problem.line) for problem in own))
        fields = ", ".join(dict.fromkeys(problem.column for problem in own))
        yield say("write the marked texts in {file}, lines {lines}: {fields}", file=file, lines=lines, fields=fields)


def _unplaced(unplaced: Sequence[Row], package: Package) -> Iterator[Message]:
    """Name each figure without a row, with its words, and the rows to write where these are known but for a name."""
    if unplaced:
        table = package.table_of(Role.NOT_DATA)
        pattern = "give each of these {count} figures a row of a table, or one of '{table}' with the reason:"
        yield say(pattern, count=len(unplaced), table=table.name if table else Role.NOT_DATA)
    for row in unplaced:
        hints = "; ".join(row[name] for name in ("like", "new_code", "held_in") if row.get(name))
        pattern = "   line {line}: {figure} in: {words} ({hints})" if hints else "   line {line}: {figure} in: {words}"
        yield say(pattern, line=row["line"], figure=row[PRINTED], words=row["words"][:WORDS_SHOWN], hints=hints)
        for written in row.get("rows", "").splitlines():
            yield say("      write in {written}", written=written)
