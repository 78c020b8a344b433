"""Our own check of tables, in columns."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))

# What the check would import at its first question is imported here, so that it is counted as an import. Frictionless
# finds our plug-in for it by its name.
from planted import Found, by_kind

from vierdepijler.core.columnar.blocks import spare_pandas

spare_pandas()  # as scripts/validate.py does, before anything makes an array

import frictionless_vierdepijler  # noqa: F401 - imported for its cost only
from vierdepijler.core.columnar import reference  # noqa: F401 - imported for its cost only
from vierdepijler.core.columnar.verdicts import table_errors


def check(folder: Path) -> Found:
    """Let our engine check both tables."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return by_kind(error for errors in table_errors(descriptor, folder).values() for error in errors)
