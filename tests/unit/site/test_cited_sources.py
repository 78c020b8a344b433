import pytest
from test_vocabulary import speak

from conftest import Copy
from vierdepijler.core.cells import select
from vierdepijler.core.package import Package
from vierdepijler.site.cited_sources import Source, source_of


def cited(package: Package, address: str) -> Source:
    found = source_of(speak(package), select(package, address).cells[0])
    assert found is not None
    return found


def test_a_figure_of_a_document_that_we_hold_has_its_item_and_its_print(package: Package) -> None:
    source = cited(package, "completions.persons[2025-02-25,obliged]")
    assert source.title.striptags() == "Antwoord op vraag nr. 173 van 20 februari 2025"
    assert source.kind.striptags() == "Antwoord op een schriftelijke vraag"
    assert "#S00.5" in source.item
    assert source.number.striptags() == "5"
    assert source.printed.striptags() == "3.290"
    assert source.note == ""


@pytest.mark.parametrize(
    ("address", "kind", "note"),
    [
        ("context_counts.value[contracts-flanders-brussels-2022]", "Officiële pagina", "F090"),
        ("pilots.amount_eur[dendermonde-lebbeke-buggenhout]", "Pers", "F043"),
        ("policy_events.event_date[base-decree]", "Wet of decreet", "F051"),
    ],
)
def test_a_figure_that_was_noted_has_its_note_and_its_confidence(
    package: Package, address: str, kind: str, note: str
) -> None:
    source = cited(package, address)
    assert (source.item, source.number, source.printed) == ("", "", "")
    assert (source.kind.striptags(), source.note.striptags()) == (kind, note)
    assert source.confidence.striptags() == "In de tekst gelezen"
    assert 'href="sources.html#S' in source.title


def test_a_row_without_a_source_cites_none(miniature: Copy) -> None:
    package = miniature.read()
    cell = select(package, "units.label_nl[persons]").cells[0]
    assert source_of(speak(package), cell) is None
