from typing import Any

from conftest import Copy
from vierdepijler.releases.corrections import by_cell, corrected_cell, corrections_of, is_of_figure
from vierdepijler.releases.feeds import shown_value


def test_a_correction_leads_to_its_cell(kept_past: Copy) -> None:
    package = kept_past.read()
    figure, wording, withdrawn = corrections_of(package)
    cell = corrected_cell(package, figure)
    assert cell is not None
    assert (cell.address, cell.value) == ("counts.persons[2025-02-25,a]", 3290)
    assert figure.reasons == {"nl": "Een blad was dubbel geteld.", "en": "A sheet was counted twice."}
    assert shown_value(cell, figure.revision.old, "nl") == "3.280"
    assert shown_value(cell, figure.revision.old, "en") == "3,280"
    assert shown_value(cell, "unknown", "en") == "unknown"
    assert corrected_cell(package, withdrawn) is None
    assert by_cell([figure, wording])[cell.address] == [figure]


def test_figures_are_told_from_wording(kept_past: Copy) -> None:
    package = kept_past.read()
    assert [is_of_figure(package, one) for one in corrections_of(package)] == [True, False, True]


def test_without_a_table_as_we_know_it_there_are_no_corrections(miniature: Copy, kept_past: Copy) -> None:
    assert corrections_of(miniature.read()) == ()
    kept_past.replace("data/corrections.csv", "version,table", "release,table")

    def rename(descriptor: Any) -> None:
        schema = descriptor["resources"][-1]["schema"]
        schema["fields"][0]["name"] = schema["primaryKey"][0] = "release"

    assert corrections_of(kept_past.change(rename).read()) == ()
