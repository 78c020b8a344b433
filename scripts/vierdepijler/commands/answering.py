"""A new answer taken up in one go, and taken back: its rows drafted, looked at by a person, and written in one step."""

import csv
import datetime
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vierdepijler.checks.checking import check_package
from vierdepijler.checks.reports import Report
from vierdepijler.checks.rules.rule import BY_SCHEMA
from vierdepijler.checks.rules.unseen_texts import is_unwritten
from vierdepijler.core.cells import SOURCE
from vierdepijler.core.messages import Message, in_language, say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, Severity, unreadable
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Role, Table
from vierdepijler.core.text_files import csv_text
from vierdepijler.core.writing import scratch
from vierdepijler.core.yaml_texts import last_item
from vierdepijler.figures.documents import HEAD, Document, read_document
from vierdepijler.figures.figure_records import first_records, row_texts
from vierdepijler.figures.masks import is_known_language
from vierdepijler.figures.new_tables import item_text, with_item, write_texts
from vierdepijler.figures.patterns import Row, laid_beside
from vierdepijler.figures.proposals import Draft, Proposal, propose
from vierdepijler.figures.quotations import PRINTED, shown
from vierdepijler.figures.registrations import heading_of
from vierdepijler.figures.traces import SHA256, Trace, trace_document
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

from .command_line import PROBLEMS, VALID, show
from .working_copy import as_published

Ask = Callable[[str], str]
YES = ("y", "j")
LISTED = "sources"  # the property of a descriptor that names them too
WORDS_SHOWN = 100
CERTAIN, PERHAPS = "{row}: {values}; take it? [Y/n]", "perhaps {row}: {values}; take it? [y/N]"


def add_answer(descriptor: Path, file: Path, source: str | None, ask: Ask | None, language: str) -> int:
    """Take up an answer: what `ask` is told yes to, or without it what is certain. Gives the exit code.

    Raises `UnreadableError` for a document that is no next answer, and has then written nothing.
    """
    package, document = read_package(descriptor), read_document(file)
    _refuse(package, document)
    source = source or _next_source(package)
    proposal = propose(package, document, source, _accepting(ask, language) if ask else None)
    texts = texts_with(package, proposal)
    with scratch() as folder:
        before = _pages(package, check_package(package, package.root / "site"), folder / "before")
        write_texts(package, texts)
        after = read_package(descriptor)
        report = check_package(after, package.root / "site")
        changed = sorted(
            page for page, text in _pages(after, report, folder / "after").items() if before.get(page) != text
        )
    errors = [problem for problem in report.problems if problem.severity is Severity.ERROR]
    trace = trace_document(after, document, source)
    for line in (*_done(trace, proposal, changed), *_left(proposal, errors)):
        print(in_language(line, language))
    show(errors, package.root, sys.stdout, language)
    return VALID if trace.is_complete and not errors else PROBLEMS


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
    holders = {row[SHA256]: row[SOURCE] for row in row_texts(package.table_of(Role.SOURCES), SHA256)}
    if taken := holders.get(document.sha256):
        what = say("this document is in the package already, as {source}", source=taken)
        raise unreadable(document.name, what, say("trace it, or add the next one"))
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


def texts_with(package: Package, proposal: Proposal) -> dict[str, str]:
    """Give the files of a package, by path from its folder, with the rows of a proposal; the source was seen today."""
    today = datetime.datetime.now().astimezone().date().isoformat()
    texts: dict[str, str] = {}
    for table, rows in proposal.rows:
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
        if SOURCE in table.field_names and table.rows_with(SOURCE, source):
            rows = [dict(zip(table.field_names, cells, strict=True)) for _, cells in _records(package, table)[1:]]
            own = [row for row in rows if row[SOURCE] == source]
            gone |= {record["cell"] for record in first_records(package, table, own)}
            texts[table.file] = _without(package, table, SOURCE, {source})
    if history := package.table_of(Role.HISTORY):
        texts[history.file] = _without(package, history, "cell", gone)
    titles = {row[SOURCE]: row["title"] for row in row_texts(package.by_role[Role.SOURCES], "title")}
    descriptor = _read(package.path)
    item = item_text({"title": titles[source]}, last_item(descriptor, LISTED).column)
    return texts | {package.path.name: descriptor.replace(item, "", 1)}


def _without(package: Package, table: Table, name: str, values: set[str]) -> str:
    place = table.field_names.index(name)
    return "".join(text for text, cells in _records(package, table) if cells[place] not in values)


def _pages(package: Package, report: Report, folder: Path) -> dict[str, str]:
    """Make the written pages of a package, by path; none where it has no pages, or one of them cannot be made.

    So it is where a cell does not fit its schema: nothing can be published then.
    """
    pages = package.root / "site"
    if not pages.is_dir() or any(problem.rule in BY_SCHEMA for problem in report.problems):
        return {}
    try:
        published = as_published(package, report, folder)
        sources = read_sources(pages, package.languages)
        return {
            f"{language}/{page.path}": page.markdown
            for language in package.languages
            for page in Renderer(published, sources, language, "").render_written()
        }
    except ContentError:
        return {}


def _done(trace: Trace, proposal: Proposal, changed: list[str]) -> Iterator[Message]:
    """Say what was written, and what it changes."""
    rows = sum(len(rows) for _, rows in proposal.rows)
    pattern = "Added {source}: {rows} rows, {placed} of them with a figure."
    yield say(pattern, source=trace.source, rows=rows, placed=proposal.placed)
    yield say(
        "figures: {accounted} of {figures} accounted for; cells: {found} of {cells} found",
        accounted=trace.accounted, figures=len(trace.figures), found=trace.found, cells=len(trace.cells),
    )  # fmt: skip
    if changed:
        yield say("Pages that change: {pages}", pages=", ".join(changed))
    else:
        yield say("Pages that change: none, or none can be made before the errors are mended")


def _left(proposal: Proposal, errors: Sequence[Problem]) -> Iterator[Message]:
    """Say what is left to do."""
    if proposal.unplaced:
        pattern = "1. give each of these {count} figures a row of a table, or one of '{table}' with the reason:"
        yield say(pattern, count=len(proposal.unplaced), table=proposal.not_data)
    for row in proposal.unplaced:
        hints = "; ".join(row[name] for name in ("like", "new_code", "held_in") if row[name])
        pattern = "   line {line}: {figure} in: {words} ({hints})" if hints else "   line {line}: {figure} in: {words}"
        yield say(pattern, line=row["line"], figure=row[PRINTED], words=row["words"][:WORDS_SHOWN], hints=hints)
    for table, drafted in proposal.rows:
        marked = sorted({name for row in drafted for name, text in row.items() if is_unwritten(text)})
        if marked:
            yield say("2. write the marked texts in {file}: {fields}", file=table.file, fields=", ".join(marked))
    if errors:
        yield say("3. mend these {count} errors, and run validate.py:", count=len(errors))
