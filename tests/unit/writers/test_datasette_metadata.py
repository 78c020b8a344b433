from conftest import Copy
from vierdepijler.writers.formats.databases import datasette_metadata
from vierdepijler.writers.formats.publication import publication_of


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
