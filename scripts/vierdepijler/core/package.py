"""The data package in memory: its descriptor, and its tables with typed values.

Its parts are those of Data Package 2.0 (https://datapackage.org/standard/data-package/). Beside the
standard's own properties it knows a few of ours, all optional: `title_en` and the like (a text in another
language than the first of `languages`), `unit` and `unitIn` (the unit of a field, or the field that holds
it), `printedIn` (the field that holds the value as the source prints it), `notedIn` (the field that holds the
number of our note of a source that we hold no copy of), `reasonIn` (the field that points to the reason why a
cell is empty), `strengthIn` and `confidenceIn` (the fields that hold how strongly and how surely the source says it),
`sourceIn` (the field with the source of a cell, where the row has another).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from .descriptors import place_of
from .large import LargeTable
from .problems import Problem
from .tables import Descriptor, Table


@dataclass(frozen=True)
class Package:
    """A data package: where it lies, its descriptor and its tables by name; those that are too large to hold apart.

    Its descriptor knows only resources that are tables, with their schemas in them; `others` are those that are no
    tables, by their place among all.
    """

    path: Path
    descriptor: Descriptor
    tables: Mapping[str, Table]
    large: Mapping[str, LargeTable] = field(default_factory=dict)
    others: Mapping[int, Descriptor] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The folder that every path of the descriptor starts from."""
        return self.path.parent

    @property
    def whole(self) -> Descriptor:
        """The descriptor with every resource that it names, in order."""
        resources = list(self.descriptor["resources"])
        for place in sorted(self.others):
            resources.insert(place, self.others[place])
        return {**self.descriptor, "resources": resources}

    @property
    def archive(self) -> str:
        """The file name of the zip that holds the whole package when it is published."""
        return f"{self.descriptor.get('name', 'package')}.zip"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of titles and labels, the main one first."""
        return tuple(self.descriptor.get("languages", ("en",)))

    def only(self, names: Iterable[str]) -> "Package":
        """Give the package with some of its tables; its descriptor still knows them all."""
        kept = set(names)
        return replace(
            self,
            tables={name: table for name, table in self.tables.items() if name in kept},
            large={name: table for name, table in self.large.items() if name in kept},
        )

    @property
    def heads(self) -> tuple[Table, ...]:
        """All tables, the large ones without their rows."""
        return (*self.tables.values(), *(large.head for large in self.large.values()))

    def head(self, name: str) -> Table | None:
        """Give a table by name, without its rows where it is a large one; None where there is no such table."""
        large = self.large.get(name)
        return self.tables.get(name) if large is None else large.head

    def problem(self, steps: Iterable[str | int], column: str, what: str, todo: str) -> Problem:
        """Say what is wrong with a part of the descriptor, with the file and the line on which it stands."""
        file, line = place_of(self.path, *steps)
        return Problem(file, line, column, what, todo)

    def text(self, descriptor: Descriptor, name: str, language: str) -> str:
        """Give a text property (`title`, `description`) in a language, empty where it has none at all."""
        own = name if language == self.languages[0] else f"{name}_{language}"
        return str(descriptor.get(own) or descriptor.get(name) or "")
