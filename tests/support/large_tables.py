"""A table of many rows on a page that was really built, for what must stay smooth with it."""

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

ROWS = 50_000
CONTENT = re.compile(r'(<script type="application/json" class="explorer-content">)(.*?)(</script>)', re.DOTALL)
GROUPS = ("all", "obliged", "entitled")


def enlarge(site: Path, folder: Path, rows: int = ROWS) -> str:
    """Copy the page of a table of a built site, and let it be a part of a table of many rows; gives its address."""
    for name in ("assets", "en/assets"):
        shutil.copytree(site / name, folder / name)
    html = (site / "en" / "data" / "completions.html").read_text("utf-8")
    found = CONTENT.search(html)
    assert found is not None
    content: dict[str, Any] = json.loads(found[2])
    records = [*_records(content, rows)]
    content |= {"records": None, "count": rows, "file": "large.json", "totals": {}}
    (folder / "en" / "data").mkdir(exist_ok=True)
    (folder / "en" / "data" / "large.json").write_text(json.dumps({"records": records}), encoding="utf-8")
    written = json.dumps(content).replace("<", "\\u003c")
    page = html[: found.start(2)] + written + html[found.end(2) :]
    (folder / "en" / "data" / "large.html").write_text(page, encoding="utf-8")
    return "en/data/large.html"


def _records(content: dict[str, Any], rows: int) -> list[dict[str, Any]]:
    dice = random.Random(4)  # noqa: S311 - the same rows every time, nothing secret
    first = dict(zip([column["name"] for column in content["columns"]], content["records"][0], strict=True))
    return [
        {
            **first,
            "reference_date": f"20{dice.randrange(10, 30)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
            "participant_group": dice.choice(GROUPS),
            "persons": dice.randrange(10_000),
            "as_printed": f"row {number}",
        }
        for number in range(rows)
    ]
