import datetime

import pytest

from conftest import Copy
from vierdepijler.writers.formats.publication import (
    NEVER,
    licence_title,
    licences,
    made,
    origin_of,
    publication_of,
    publisher,
    sources,
)


def test_a_table_says_its_own_licence_and_sources_or_those_of_the_package(miniature: Copy) -> None:
    own = {"licenses": [{"name": "CC-BY-4.0", "path": "https://x.example/by"}], "sources": [{"title": "Eigen"}]}
    miniature.change(lambda d: (d.update(sources=[{"title": "Bron"}]), d["resources"][0].update(own)))
    package = miniature.read()
    counts, groups = package.tables["counts"], package.tables["groups"]
    assert (licences(package, counts), sources(package, counts)) == ("CC-BY-4.0 https://x.example/by", ["Eigen"])
    assert (licences(package, groups), sources(package, groups)) == ("CC0-1.0", ["Bron"])
    assert publisher(package) == "Test"


def test_a_licence_is_named_by_its_title_then_its_identifier_then_its_address() -> None:
    full = {"title": "Vrij", "name": "CC0-1.0", "path": "https://x.example/cc0"}
    assert licence_title(full) == "Vrij"
    assert licence_title({"name": "CC0-1.0", "path": "https://x.example/cc0"}) == "CC0-1.0"
    assert licence_title({"path": "https://x.example/cc0"}) == "https://x.example/cc0"


def test_the_address_is_that_of_the_file(miniature: Copy) -> None:
    publication = publication_of(miniature.read(), {})
    origin = origin_of(publication, publication.package.tables["counts"], "counts.json")
    assert origin["retrieved_from"] == "https://miniature.example/data/latest/counts.json"
    assert (origin["title"], origin["title_en"], origin["version"]) == ("Tellingen", "Counts", "1.2.3")


@pytest.mark.parametrize(
    ("created", "moment"),
    [
        ("2026-01-02T00:00:00Z", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)),
        ("2026-01-02T01:00:00+02:00", datetime.datetime(2026, 1, 1, 23, tzinfo=datetime.UTC)),
        ("2026-01-02", datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)),
        ("2026-99-99", NEVER),
    ],
)
def test_the_moment_is_that_of_the_descriptor(miniature: Copy, created: str, moment: datetime.datetime) -> None:
    assert made(miniature.change(lambda d: d.update(created=created)).read()) == moment
