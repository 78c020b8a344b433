"""Validation: schemas first, then our own rules over the tables that fit them, then the pages.

Rows of a table too large to hold are seen once, while its schema is checked: `Watch` shows them to the rules about
single rows. Of all that is found only first causes are told.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from vierdepijler.checks.pages.prose import check_claims, check_pages, page_sources
from vierdepijler.checks.reports import Report, identity
from vierdepijler.checks.rules.conventions import CONVENTIONS
from vierdepijler.checks.rules.derivation import DERIVATION
from vierdepijler.checks.rules.expectations import EXPECTATIONS
from vierdepijler.checks.rules.history import RULES as HISTORY_RULES
from vierdepijler.checks.rules.hygiene import HYGIENE
from vierdepijler.checks.rules.properties import PROPERTIES, severities_of
from vierdepijler.checks.rules.provenance import check_printed
from vierdepijler.checks.rules.reference_rules import REFERENCE_RULES
from vierdepijler.checks.rules.rule import SHOWN, PackageRule, Rule, TableRule, is_ours, rules_for
from vierdepijler.checks.rules.sentences import RULES as SENTENCE_RULES
from vierdepijler.checks.rules.table_rules import TABLE_RULES
from vierdepijler.checks.rules.unseen_texts import DESCRIPTOR_TEXT, HEADER_TEXT, UNWRITTEN
from vierdepijler.core.columnar import Block, is_printable, text_bytes
from vierdepijler.core.gathering import placed
from vierdepijler.core.package import LargeTable, Package, line_behind, line_numbers
from vierdepijler.core.problems import Problem, Severity
from vierdepijler.core.progress import Progress
from vierdepijler.core.references import files_of
from vierdepijler.core.tables import Layout, Table
from vierdepijler.core.text_files import is_plain_content

from .changes import Scope
from .pages.prose import check_page_texts
from .rules.reference_rules import RULES as QUESTION_RULES
from .schemas import Watcher, check_schemas, count_schema_rules

# Where one of these speaks, the figure itself is in doubt: to record it in the history would record the mistake.
ABOUT_FIGURES = frozenset({"printed", "derived", "totals", "decimals", "notation", "numbers", "shares", "ranges"})
OF_ROWS = 1 << 40  # lines of rows are counted from here on, as long as nobody knows how many go before these
LANGUAGE = 2  # letters of the name of its folder
OF_LABELS = frozenset({"header-text", "mojibake"})


def first_causes(found: Iterable[Problem], *, ours: bool = True) -> set[Problem]:
    """Leave out what only follows from another mistake.

    That is what is said of a file that is cut in the wrong places, and of the history of a figure that is wrong. Where
    a header differs from the name of its field by a character nobody sees, that is said of it; to others, for whom such
    a character alone is no error, by the rule of the header.
    """
    problems = set(found)
    miscut = {problem.file for problem in problems if problem.rule == "delimiter"}
    doubted = {(problem.file, problem.line) for problem in problems if problem.rule in ABOUT_FIGURES}
    wrong = {(problem.file, problem.column) for problem in problems if problem.rule == "header"}
    labels = {problem for problem in problems if problem.rule in OF_LABELS and problem.line == 1}
    spoilt = {problem for problem in labels if place(problem) in wrong}
    spoilt_places = {place(problem) for problem in spoilt}
    return {
        replace(problem, rule="header") if problem in spoilt and not ours else problem
        for problem in problems
        if (problem.file not in miscut or problem.rule == "delimiter")
        and (problem.rule != "history" or (problem.file, problem.line) not in doubted)
        and (problem.rule != "header" or place(problem) not in spoilt_places)
    }


def place(problem: Problem) -> tuple[str, str]:
    """Give the file and the column of a problem."""
    return problem.file, problem.column


@dataclass
class SeenRows:
    """What was seen of a large table so far: how many rows and cells, on which lines, and what is wrong with them."""

    table: LargeTable
    rules: Sequence[TableRule]
    was_odd: bool
    next_line: int = 2
    rows: int = 0
    cells: int = 0
    problems: set[Problem] = field(default_factory=set)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def compare(self, rows: Sequence[int], block: Block, rule: TableRule) -> None:
        """Ask a rule about rows from all over the table."""
        part = self.table.part(block, [self.table.lines[row] for row in rows])
        self.problems.update(replace(problem, rule=rule.name) for problem in rule.check_table(part))

    def look(self, block: Block) -> "Seen":
        """Ask the rules about some rows, whose lines are counted from the first of them; changes nothing."""
        lines = line_numbers(block, OF_ROWS)
        is_plain = all(is_printable(one) or is_plain_content(text_bytes(one).tobytes()) for one in block.columns)
        part = replace(self.table.part(block, lines), layout=Layout(is_plain=is_plain))
        found = [replace(problem, rule=rule.name) for rule in self.rules for problem in rule.check_table(part)]
        return lines, line_behind(block, lines), block.size, found

    def note(self, lines: Sequence[int], behind: int, cells: int, found: Sequence[Problem]) -> None:
        """Take up what was found in the next rows."""
        before = self.next_line - OF_ROWS
        self.table.lines.add(lines, before)
        for problem in found:
            self.told[problem.rule, problem.column] += 1
            if self.told[problem.rule, problem.column] <= SHOWN:
                line = problem.line + before if problem.line >= OF_ROWS else problem.line
                self.problems.add(replace(problem, line=line))
        self.next_line = behind + before if lines else self.next_line
        self.rows += len(lines)
        self.cells += cells


Seen = tuple[Sequence[int], int, int, Sequence[Problem]]


class Watch(Watcher):
    """Is shown the rows of all tables while they are checked; keeps what is to be known of the large ones."""

    def __init__(self, large: Mapping[str, LargeTable], rules: Iterable[TableRule], progress: Progress | None) -> None:
        """Watch with those of the rules that need not see all rows at once; `progress` is told of every block."""
        asked = tuple(rules)
        self._of_rows = tuple(rule for rule in asked if rule.of_rows)
        self._of_keys = tuple(rule for rule in asked if rule.of_keys)
        self._progress = progress
        self.parts = {name: self._anew(table) for name, table in large.items()}

    def _anew(self, table: LargeTable) -> SeenRows:
        table.lines.clear()
        return SeenRows(table, self._of_rows, table.source.is_odd)

    def compare(self, table: str, rows: Sequence[int], block: Block) -> None:
        """Look at rows of a large table that may have a unique key in common."""
        for rule in self._of_keys:
            self.parts[table].compare(rows, block, rule)

    def look(self, table: str, block: Block) -> Callable[[], None]:
        """Look at some rows of a table, in any thread."""
        part = self.parts.get(table)
        seen = part.look(block) if part else None
        texts = sum(len(text_bytes(column)) for column in block.columns) if self._progress else 0
        return partial(self._note, table, seen, block.rows, texts + block.rows * len(block.columns))

    def _note(self, table: str, seen: Seen | None, rows: int, size: int) -> None:
        """Take up what was seen; a table that turns out to need care is shown from its start again."""
        if seen is not None:
            part = self.parts[table]
            if part.was_odd != part.table.source.is_odd:
                part = self.parts[table] = self._anew(part.table)
            part.note(*seen)
        if self._progress:
            self._progress.advance(rows, size)


OWN_RULES: tuple[Rule, ...] = (
    *HYGIENE,
    *HEADER_TEXT,
    *DESCRIPTOR_TEXT,
    *TABLE_RULES,
    *EXPECTATIONS,
    *REFERENCE_RULES,
    *DERIVATION,
    *CONVENTIONS,
    *PROPERTIES,
    *UNWRITTEN,
    PackageRule("printed", check_printed),
    *SENTENCE_RULES,
    *QUESTION_RULES,
    *HISTORY_RULES,
)
CHARTS = "charts/*.yml"  # in `site`
CHART_RULE = "properties"  # what a chart declares is held to what there is, as what a table declares
CLAIM_RULE = "claims"  # asks the tables too
PAGE_RULES = {"typed-numbers": check_pages, "page-text": check_page_texts}


def check_package(
    package: Package,
    pages: Path | None = None,
    scope: Scope | None = None,
    progress: Progress | None = None,
    chosen: Mapping[str, Severity | None] = MappingProxyType({}),
) -> Report:
    """Check a package, and the page sources in `pages` where that folder is given and exists.

    With a `scope` only its tables are checked, and only the problems of its files are told. `chosen` gives rules
    another severity than they would have; one without (None) is not asked.
    Our own rules are asked only about tables that fit their schema, unless they are about the text of a file: what
    the others would say follows from what the schema says. `progress` is told of the rows that are done.
    """
    rules = [rule for rule in rules_for(package, OWN_RULES) if chosen.get(rule.name, Severity.ERROR) is not None]
    if package.unread:  # what compares tables, or pages with them, would find that some are not there
        rules = [rule for rule in rules if isinstance(rule, TableRule) or rule.of_text]
        pages = None
    # What can be asked of a table that is seen only once: the others need all of its rows, or other tables beside it.
    part_rules = [rule for rule in rules if isinstance(rule, TableRule) and (rule.of_rows or rule.of_keys)]
    asked_for = package if scope is None else package.only(scope.tables)
    watch = Watch(asked_for.large, part_rules, progress)
    found = {*package.told, *(problem for table in asked_for.tables.values() for problem in table.told)}
    found.update(check_schemas(package, None if scope is None else scope.tables, watch))
    broken = {problem.file for problem in found}
    found.update(_of_parts(watch, broken))
    sound = package.only(name for name, table in package.tables.items() if table.file not in broken)
    for rule in rules:
        asked = package if rule.of_text else sound
        if isinstance(rule, TableRule):
            asked = asked.only(asked_for.tables)
        found.update(_named(rule.name, rule.check(asked)))
    folder = pages if pages is not None and pages.is_dir() and _are_ours(package, pages) else None
    if folder is not None and (scope is None or any(file.startswith(f"{folder.name}/") for file in scope.files)):
        found.update(_of_sources(package, folder))
    gathered = {table.file: table.parts for table in package.tables.values() if table.parts}
    found = {
        placed(problem, gathered[problem.file]) if problem.file in gathered else problem
        for problem in first_causes(found, ours=is_ours(package))
    }
    if scope is not None:
        found = {problem for problem in found if problem.file in scope.files}
    tables: tuple[Table | SeenRows, ...] = (*asked_for.tables.values(), *watch.parts.values())
    severity_of = severities_of(package, chosen)
    told = ((problem, severity_of(problem)) for problem in found)
    return Report(
        tables=len(tables),
        rows=sum(table.rows for table in tables),
        cells=sum(table.cells for table in tables),
        schema_rules=count_schema_rules(asked_for),
        own_rules=len(rules) + (0 if folder is None else len(PAGE_RULES) + 1),
        pages=None if folder is None else _count_pages(folder, scope),
        problems=tuple(sorted(replace(problem, severity=severity) for problem, severity in told if severity)),
        package=identity(package),
        all_tables=None if scope is None else len(package.heads),
        in_parts=tuple(part.table.head.file for part in watch.parts.values()),
        unasked=len(rules) - len(part_rules) if watch.parts else 0,
        passed_over=tuple(
            file for other in package.others.values() if other["name"] not in package.unread for file in files_of(other)
        ),
    )


def _are_ours(package: Package, pages: Path) -> bool:
    """Tell whether a folder has pages of a site like ours: `site` is a name that others give to what they like."""
    folders = {folder.name for folder in pages.iterdir() if folder.is_dir()}
    has_parts = bool(folders & {"blocks", "charts"}) or any(len(name) == LANGUAGE for name in folders)
    return has_parts or is_ours(package) or any(pages.parent.glob("mkdocs*.yml"))


def check_sources(package: Package, folder: Path, files: Collection[str]) -> Iterator[Problem]:
    """Check what pages and charts are made from by itself; gives the problems of files, named from the folder above."""
    return (problem for problem in _of_sources(package, folder) if problem.file in files)


def _of_sources(package: Package, folder: Path) -> Iterator[Problem]:
    for name, check in PAGE_RULES.items():
        yield from _named(name, check(folder))
    yield from _named(CLAIM_RULE, check_claims(folder, package))
    if any(folder.glob(CHARTS)):
        from vierdepijler.checks.pages.chart_specs import check_charts  # noqa: PLC0415  # no charts, and none of what reads them is needed

        yield from _named(CHART_RULE, check_charts(folder, package))


def _of_parts(watch: Watch, broken: Collection[str]) -> Iterator[Problem]:
    """Give what was found in the rows of large tables; where these do not fit their schema, only what is of text."""
    of_text = {rule.name for rule in OWN_RULES if rule.of_text}
    for part in watch.parts.values():
        yield from (problem for problem in part.problems if problem.file not in broken or problem.rule in of_text)


def _count_pages(folder: Path, scope: Scope | None) -> int:
    files = [path.relative_to(folder.parent).as_posix() for path in page_sources(folder)]
    return len(files) if scope is None else len(scope.files.intersection(files))


def _named(rule: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    return (replace(problem, rule=rule) for problem in problems)
