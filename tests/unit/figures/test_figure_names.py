"""What a figure is about, in words; that of a passport is tested on the built site."""

from conftest import Copy
from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_records import figure_name, labels_of, lost_name


def test_a_figure_is_named_by_its_field_and_the_names_in_its_key(miniature: Copy) -> None:
    package = miniature.read()
    counts = package.tables["counts"]
    cell = Cell(counts, 0, counts.field("persons"))
    assert figure_name(package, cell, "nl") == "Personen · Groep één · 25 februari 2025"
    assert figure_name(package, cell, "en") == "People · Group one · 25 February 2025"


def test_what_is_gone_is_named_by_its_address(miniature: Copy) -> None:
    package = miniature.read()
    assert lost_name(package, "counts.persons[2025-02-25,zz]", "nl") == "Personen · 25 februari 2025 · zz"
    assert lost_name(package, "counts.*[2025-02-25,zz]", "en") == "25 February 2025 · zz"
    assert lost_name(package, "counts.colour[soon,b]", "en") == "colour · soon · Group two"


def test_a_label_in_any_language_stands_for_its_code(miniature: Copy) -> None:
    package = miniature.read()
    labels = labels_of(package, package.tables["counts"], "group")
    assert (labels["Groep één"], labels["Group one"]) == ("a", "a")
    assert labels_of(package, package.tables["counts"], "persons") == {}


def test_a_label_that_is_a_code_of_its_own_stays_that_code(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "a,Groep één", "a,b")
    package = miniature.read()
    assert "b" not in labels_of(package, package.tables["counts"], "group")


def test_what_was_withdrawn_is_named_as_the_last_release_that_had_it_did(package: Package) -> None:
    withdrawn = "derived_figures.value[practice_count]"
    assert lost_name(package, withdrawn, "en") == "Recommendations of the W3C"
    assert lost_name(package, withdrawn.replace("value", "*"), "nl") == "Aanbevelingen van het W3C"
    assert lost_name(package, "sources.*[S64]", "en").startswith("Afbakening")  # by its title, where it has no label
