"""The database, opened by Datasette as it is, and with the description that stands beside it in the archive."""

import asyncio
import json
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from conftest import Copy
from vierdepijler.core.package import Package

BASE = "/vierde-pijler"


def asked(server: Datasette, *addresses: str) -> list[Any]:
    async def get() -> list[Any]:
        await server.invoke_startup()
        return [await server.client.get(address) for address in addresses]

    return asyncio.run(get())


def test_datasette_opens_it_as_it_is(published: Package) -> None:
    server = Datasette([str(published.root / "vierde-pijler.sqlite")], crossdb=False)
    tables, page, view, facets, sql = asked(
        server,
        f"{BASE}.json",
        f"{BASE}/completions",
        f"{BASE}/completions_nl.json?_shape=objects",
        f"{BASE}/networks.json?_facet=network_type&_shape=objects",
        f"{BASE}.json?sql=select+count(*)+as+n+from+completions&_shape=array",
    )
    assert {answer.status_code for answer in (tables, page, view, facets, sql)} == {200}
    assert set(published.tables) <= {table["name"] for table in tables.json()["tables"]}
    assert "completions_nl" in {view if isinstance(view, str) else view["name"] for view in tables.json()["views"]}
    assert f'href="{BASE}/participant_groups/obliged"' in page.text  # a code leads to its row
    assert view.json()["rows"][1]["participant_group_label"] == "Verplichte inburgeraars"
    counts = {each["value"]: each["count"] for each in facets.json()["facet_results"]["network_type"]["results"]}
    assert sum(counts.values()) == published.tables["networks"].rows
    assert sql.json() == [{"n": published.tables["completions"].rows}]


def test_datasette_shows_it_in_the_folder_of_the_archive(published: Package) -> None:
    metadata = json.loads((published.root / "metadata.json").read_text("utf-8"))
    server = Datasette([str(published.root / "vierde-pijler.sqlite")], metadata=metadata)
    first, table = asked(server, "/", f"{BASE}/completions")
    assert "Vierde Pijler: het participatie- en netwerktraject in cijfers" in first.text
    assert "Wie is klaar met het traject?" in table.text
    assert ">Verplichte inburgeraars</a>" in table.text  # the label of a code, and not the code


def test_datasette_finds_the_file_by_its_name(miniature: Copy, tmp_path: Path) -> None:
    """What the command `datasette .` does: it takes a folder, and reads what it knows of it."""
    out = miniature.publish(tmp_path / "out")
    assert Datasette([], config_dir=out)._metadata_local["title"] == "Miniatuur"  # noqa: SLF001 - it has no other door
