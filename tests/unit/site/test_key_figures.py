from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.key_figures import key_figures, table_figure
from vierdepijler.site.sources import Source, Sources

WORDS = {
    "own_figure": "eigen berekening",
    "quote_sources": "verschillende bronnen",
    "release_title": "Uitgave",
    "part_rows": "rijen",
}


def sources_with(folder: Path, *addresses: str) -> tuple[Sources, Source]:
    """Write the head of a page that names key figures, and give its source."""
    (folder / "site" / "nl").mkdir(parents=True)
    lines = "".join(f"  {address}: mensen\n" for address in addresses)
    (folder / "site" / "nl" / "een.md").write_text(f"---\npage: one\nkey_figures:\n{lines}---\n", "utf-8")
    source = Source("een.md", {}, dict.fromkeys(addresses, "mensen"))
    return Sources(folder / "site", {"nl": {"one": source}}, {"nl": WORDS, "en": WORDS}), source


def refusals(package: Package, folder: Path, *addresses: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        key_figures(package, *_of(folder, *addresses))
    return [str(problem) for problem in caught.value.problems]


def _of(folder: Path, *addresses: str) -> tuple[Sources, str, Source]:
    sources, source = sources_with(folder, *addresses)
    return sources, "nl", source


def test_a_key_figure_has_its_number_day_and_source_from_its_cell(package: Package, tmp_path: Path) -> None:
    (figure,) = key_figures(package, *_of(tmp_path, "completions.persons[2025-02-25,all]"))
    assert (figure.number, figure.words) == ("3.811", "mensen")
    assert figure.origin == "25 februari 2025 · Antwoord op vraag nr. 173 van 20 februari 2025"
    assert figure.bound == "completions.persons[2025-02-25,all]"


def test_it_is_written_in_the_language_of_the_page(package: Package, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, "completions.persons[2025-02-25,all]")
    (figure,) = key_figures(package, sources, "en", source)
    assert figure.number == "3,811"
    assert figure.origin.startswith("25 February 2025 · ")


def test_a_figure_of_our_own_says_so_and_names_the_source_it_comes_from(package: Package, tmp_path: Path) -> None:
    (figure,) = key_figures(package, *_of(tmp_path, "derived_figures.value[share_obliged]"))
    assert figure.number == "86,3%"
    assert figure.origin == "eigen berekening · Antwoord op vraag nr. 173 van 20 februari 2025"


def test_each_cell_that_is_not_there_is_told_with_its_line(miniature: Copy, tmp_path: Path) -> None:
    told = refusals(miniature.read(), tmp_path, "counts.persons[2025-02-25,z]", "nothing.persons[a]", "counts.persons")
    assert [problem.partition(": ")[0] for problem in told] == [
        "site/nl/een.md:4",
        "site/nl/een.md:5",
        "site/nl/een.md:6",
    ]
    assert "has no row with the key '2025-02-25,z'" in told[0]
    assert "there is no table 'nothing'" in told[1]
    assert "is not one cell with a value" in told[2]


def test_an_empty_cell_stands_for_no_page(miniature: Copy, tmp_path: Path) -> None:
    (told,) = refusals(miniature.read(), tmp_path, "counts.persons[2025-02-25,c]")
    assert "is not one cell with a value" in told


def test_what_stands_for_a_table_is_its_number_of_rows(miniature: Copy) -> None:
    package = miniature.read()
    figure = table_figure(package, package.tables["counts"], "nl", WORDS)
    assert (figure.number, figure.words, figure.bound) == ("3", "rijen", "resources/counts/rows")
    assert figure.origin == "Uitgave 1.2.3 · 2 januari 2026"


def test_a_figure_that_the_caveat_of_a_table_forbids_to_put_forward_is_told(miniature: Copy, tmp_path: Path) -> None:
    package = miniature.change(lambda d: d["resources"][0].update(forbids=["ratio"])).read()
    (told,) = refusals(package, tmp_path, "derived_figures.value[per_b]", "derived_figures.value[share_a]")
    assert told.startswith(
        "site/nl/een.md:4: the caveat of the table 'counts' forbids to put derived_figures.value[per_b]"
    )
