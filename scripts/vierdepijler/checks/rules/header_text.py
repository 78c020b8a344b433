"""Text hygiene of the header: a space beside a label, which one program passes over and another takes as part of it."""

from collections.abc import Iterator

from vierdepijler.core.problems import Problem
from vierdepijler.core.tables import Table

from .loose_texts import find_flaws
from .rule import TableRule


def check_header_text(table: Table) -> Iterator[Problem]:
    """Find spaces too many, other spaces and unseen characters in each label of the header.

    The column is called as its schema calls it, as the rule about the header does.
    """
    for place, label in enumerate(table.header):
        name = table.field_names[place] if place < len(table.fields) else label
        for what, todo in find_flaws(label):
            yield Problem(table.file, 1, name, what, todo)


HEADER_TEXT = (TableRule("header-text", check_header_text, of_text=True),)
