"""Watching a check: how far it is, and what the rules about single rows say of tables that are seen only once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vierdepijler.checks.rules.rule import SHOWN, TableRule
from vierdepijler.core.columnar import Block, text_bytes
from vierdepijler.core.package import LargeTable, line_behind, line_numbers
from vierdepijler.core.problems import Problem
from vierdepijler.core.progress import Progress
from vierdepijler.core.tables import Layout
from vierdepijler.core.text_files import is_plain_text


@dataclass
class Part:
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

    def see(self, block: Block) -> None:
        """Ask the rules about the next rows."""
        lines = line_numbers(block, self.next_line)
        self.table.lines.extend(lines)
        self.next_line = line_behind(block, lines) or self.next_line
        self.rows += block.rows
        self.cells += block.size
        text = "".join(text_bytes(column).tobytes().decode() for column in block.columns)
        part = replace(self.table.part(block, lines), layout=Layout(is_plain=is_plain_text(text)))
        for rule in self.rules:
            for problem in rule.check_table(part):
                self.told[rule.name, problem.column] += 1
                if self.told[rule.name, problem.column] <= SHOWN:
                    self.problems.add(replace(problem, rule=rule.name))


class Watch:
    """Is shown the rows of all tables while they are checked; keeps what is to be known of the large ones."""

    def __init__(self, large: Mapping[str, LargeTable], rules: Iterable[TableRule], progress: Progress | None) -> None:
        """Watch with those of the rules that need not see all rows at once; `progress` is told of every block."""
        asked = tuple(rules)
        self._of_rows = tuple(rule for rule in asked if rule.of_rows)
        self._of_keys = tuple(rule for rule in asked if rule.of_keys)
        self._progress = progress
        self.parts = {name: self._anew(table) for name, table in large.items()}

    def _anew(self, table: LargeTable) -> Part:
        del table.lines[:]
        return Part(table, self._of_rows, table.source.is_odd)

    def compare(self, table: str, rows: Sequence[int], block: Block) -> None:
        """Look at rows of a large table that may have a unique key in common."""
        for rule in self._of_keys:
            self.parts[table].compare(rows, block, rule)

    def see(self, table: str, block: Block) -> None:
        """Look at some rows of a table; one that turns out to need care is shown from its start again."""
        if part := self.parts.get(table):
            if part.was_odd != part.table.source.is_odd:
                part = self.parts[table] = self._anew(part.table)
            part.see(block)
        if self._progress:
            texts = sum(len(text_bytes(column)) for column in block.columns)
            self._progress.advance(block.rows, texts + block.rows * len(block.columns))
