"""What was published, found by its addresses."""

from pathlib import Path

import pytest

from vierdepijler.scoring.published_site import PublishedSite

URL = "https://site.example/"


@pytest.fixture
def site(tmp_path: Path) -> PublishedSite:
    latest = tmp_path / "data" / "latest"
    latest.mkdir(parents=True)
    (tmp_path / "index.html").write_text('<script type="application/ld+json">{"@type": "Dataset"}</script>')
    (tmp_path / "broken.html").write_text('<script type="application/ld+json">{</script>')
    (latest / "a b.csv").write_text('x,y\n1,"two\nlines"\n')
    return PublishedSite(tmp_path, URL)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        (URL, True), (f"{URL}#part", True), (f"{URL}data/latest/a%20b.csv", True), (f"{URL}data/", False),
        (f"{URL}none", False), ("https://other.example/index.html", False),
    ],
)  # fmt: skip
def test_an_address_leads_to_a_file_of_the_site(site: PublishedSite, address: str, *, leads: bool) -> None:
    assert site.leads_to(address) is leads


def test_tables_are_read_with_line_ends_in_their_cells(site: PublishedSite) -> None:
    assert site.rows("a b") == [{"x": "1", "y": "two\nlines"}]
    assert site.header("a b") == ["x", "y"]
    assert (site.rows("none"), site.header("none")) == ([], [])


def test_data_in_a_page_are_found_and_broken_ones_passed_over(site: PublishedSite) -> None:
    assert site.data_in_page("index.html") == [{"@type": "Dataset"}]
    assert site.data_in_page("broken.html") == []


def test_what_is_not_there_says_nothing(site: PublishedSite) -> None:
    assert (site.text("none"), site.json("none"), dict(site.descriptor), site.resources) == ("", None, {}, [])
