"""The schema of a table as it is published: every value is written in one notation, whatever the source file does."""

from typing import Any

from vierdepijler.core.reading import read_value
from vierdepijler.core.tables import Descriptor, Field, Table, cell_text

# How a source file writes its values; what is published is written in one way only.
REWRITTEN = {"integer", "number", "boolean", "date"}
LIMITS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"}
NOTATION = ("format", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues")


def canonical_schema(table: Table) -> dict[str, Any]:
    """Describe the columns as they are published: ISO dates, decimal points, an empty cell where nothing is."""
    schema: Descriptor = table.descriptor.get("schema", {})
    fields = [canonical_field(field) for field in table.fields]
    return {**{name: value for name, value in schema.items() if name != "missingValues"}, "fields": fields}


def canonical_field(field: Field) -> dict[str, Any]:
    """Describe one column; a limit in the notation of the source is written in ours."""
    if field.type not in REWRITTEN:
        return {name: value for name, value in field.descriptor.items() if name != "missingValues"}
    described = {name: value for name, value in field.descriptor.items() if name not in NOTATION}
    if len(described) < len(field.descriptor) and "constraints" in described:
        limits = described["constraints"]
        described["constraints"] = {
            name: _canonical_limit(field, limit) if name in LIMITS else limit for name, limit in limits.items()
        }
    return described


def _canonical_limit(field: Field, limit: Any) -> Any:
    if isinstance(limit, list):
        return [_canonical_limit(field, item) for item in limit]
    value = read_value(field, limit) if isinstance(limit, str) else limit
    return value if isinstance(value, bool | int | float) else cell_text(value)
