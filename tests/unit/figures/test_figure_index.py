"""The index of figures: all of them, those that are gone too, each with the address of its passport on the site."""

from pathlib import Path
from urllib.parse import urlsplit

from built_pages import first, places, text_of
from conftest import PROJECT, Copy
from invented_past import with_past
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import cell_text
from vierdepijler.figures.figure_index import figure_index
from vierdepijler.site.sources import passport_folders
from vierdepijler.writers.formats.publication import publication_of

PASSPORTS = passport_folders(PROJECT / "site", ("nl", "en"))


def test_every_figure_is_there_once_with_the_value_of_its_cell(package: Package) -> None:
    figures = figure_index(publication_of(package), PASSPORTS)["figures"]
    assert len({figure["cell"] for figure in figures}) == len(figures) >= 45
    for figure in figures:
        assert figure["records"][-1]["value"] == figure["value"]
    for figure in (figure for figure in figures if figure["value"] is not None):
        assert cell_text(select(package, figure["cell"]).cells[0].value) == figure["value"]


def test_each_passport_says_what_the_index_says(package: Package, site: Path) -> None:
    for figure in figure_index(publication_of(package), PASSPORTS)["figures"]:
        for language, address in figure["page"].items():
            parts = urlsplit(address)
            section = places(site / parts.path.lstrip("/"))[parts.fragment]
            heading = " ".join(text_of(first(section, "h2"), " ").split())
            assert heading == f"{figure['shown'][language]} {figure['about'][language]}".replace("\u00a0", " ")


def test_what_is_gone_is_still_known(miniature: Copy) -> None:
    index = figure_index(publication_of(with_past(miniature).read()), PASSPORTS)
    figures = {figure["cell"]: figure for figure in index["figures"]}
    gone = figures["counts.persons[2025-02-25,d]"]
    assert (gone["value"], gone["page"], gone["about"]["nl"]) == (None, {}, "Personen · 25 februari 2025 · d")
    empty = figures["counts.persons[2025-02-25,c]"]
    assert (empty["value"], empty["records"][0]["shown"]["nl"]) == (None, "40")
    assert [cell["cell"] for cell in index["corrected"]] == ["groups.label_nl[a]", "groups.*[e]"]
    row = index["corrected"][1]
    assert (row["about"]["en"], row["records"][0]["shown"]["nl"]) == ("e", "een rij")


def test_a_row_that_came_back_is_not_gone(miniature: Copy) -> None:
    copy = with_past(miniature).replace("data/groups.csv", "a,Groep één", "e,Groep vijf,Group five\na,Groep één")
    index = figure_index(publication_of(copy.read()), PASSPORTS)
    assert [cell["cell"] for cell in index["corrected"]] == ["groups.label_nl[a]"]


def test_a_figure_of_a_table_that_is_gone_is_named_by_its_field(miniature: Copy) -> None:
    copy = with_past(miniature)
    copy.replace("data/figure_history.csv", '"counts.persons[2025-02-25,d]"', "lost.persons[d]")
    figures = {figure["cell"]: figure for figure in figure_index(publication_of(copy.read()), PASSPORTS)["figures"]}
    assert figures["lost.persons[d]"]["about"] == {"nl": "persons", "en": "persons"}
