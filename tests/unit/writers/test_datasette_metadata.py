import asyncio
import json
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from conftest import Copy
from vierdepijler.formats.datasette_metadata import datasette_metadata
from vierdepijler.formats.publication import publication_of
from vierdepijler.package import Package


def test_it_says_what_the_package_and_its_tables_are(miniature: Copy) -> None:
    told = datasette_metadata(publication_of(miniature.read()))
    assert (told["title"], told["license"], told["source"]) == ("Miniatuur", "CC0-1.0", "Test")
    assert told["source_url"] == "https://miniature.example/"
    assert "license_url" not in told
    tables = told["databases"]["miniature"]["tables"]
    assert tables["counts"]["title"] == "Tellingen"
    assert tables["counts"]["columns"]["persons"] == "Hoeveel."
    assert tables["groups"]["label_column"] == "label_nl"
    assert "label_column" not in tables["counts"]
    assert (tables["counts_nl"]["title"], tables["counts_en"]["title"]) == ("Tellingen", "Counts")


def test_datasette_shows_it_in_the_folder_of_the_archive(published: Package) -> None:
    async def get(*addresses: str) -> list[Any]:
        path = published.root / "vierde-pijler.sqlite"
        metadata = json.loads((published.root / "metadata.json").read_text("utf-8"))
        server = Datasette([str(path)], metadata=metadata)
        await server.invoke_startup()
        return [await server.client.get(address) for address in addresses]

    first, table = asyncio.run(get("/", "/vierde-pijler/completions"))
    assert "Vierde Pijler: het participatie- en netwerktraject in cijfers" in first.text
    assert "Wie is klaar met het traject?" in table.text
    assert ">Verplichte inburgeraars</a>" in table.text  # the label of a code, and not the code


def test_datasette_finds_the_file_by_its_name(miniature: Copy, tmp_path: Path) -> None:
    """What the command `datasette .` does: it takes a folder, and reads what it knows of it."""
    out = miniature.publish(tmp_path / "out")
    assert Datasette([], config_dir=out)._metadata_local["title"] == "Miniatuur"  # noqa: SLF001 - it has no other door
