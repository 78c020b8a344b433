"""Our rules about one table as checks of Frictionless, by the names they have in the catalogue.

Frictionless finds this module by its name, wherever it is installed (see "Plugins" in its documentation):

    frictionless validate datapackage.json --checks "vierdepijler-mojibake vierdepijler-stray-spaces"
    Resource("table.csv").validate(Checklist.from_descriptor({"checks": [{"type": "vierdepijler-mojibake"}]}))
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from frictionless import Check, Error, Plugin, errors

from vierdepijler.checks.checking import OWN_RULES
from vierdepijler.checks.rules.rule import TableRule, explanations
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.reading import read_table
from vierdepijler.core.tables import Table

PREFIX = "vierdepijler-"


class RuleError(errors.TableError):
    """What one of our rules found; the note says where, what is wrong and what to do."""

    type = "vierdepijler"
    title = "Rule of Vierde Pijler"
    description = "A rule beside the schema found something."
    template = "{note}"


class RuleCheck(Check):
    """A rule, asked of the table that Frictionless is validating."""

    Errors: ClassVar[list[type[Error]]] = [RuleError]
    rule: ClassVar[TableRule]

    def validate_start(self) -> Iterable[Error]:
        """Read the table the way we do, and tell what the rule finds."""
        try:
            table = self._table()
        except UnreadableError as error:
            yield from (RuleError(note=str(problem)) for problem in error.problems)
            return
        yield from (RuleError(note=str(problem)) for problem in self.rule.check_table(table))

    def _table(self) -> Table:
        described: dict[str, Any] = self.resource.to_descriptor()
        folder = Path(self.resource.basepath or ".")
        return read_table(folder / "datapackage.json", {"name": "table", **described})


def _check_of(rule: TableRule) -> type[RuleCheck]:
    names = {"type": PREFIX + rule.name, "title": explanations()[rule.name].text("label", "en"), "rule": rule}
    return type("RuleCheck", (RuleCheck,), names)


CHECKS: Mapping[str, type[RuleCheck]] = {
    PREFIX + rule.name: _check_of(rule) for rule in OWN_RULES if isinstance(rule, TableRule)
}


class VierdepijlerPlugin(Plugin):
    """What Frictionless asks for a check that it does not know."""

    def select_check_class(self, type: str | None = None) -> type[Check] | None:  # noqa: A002 (its name at Frictionless)
        """Give the check of this name, None where it is not one of ours."""
        return CHECKS.get(type or "")
