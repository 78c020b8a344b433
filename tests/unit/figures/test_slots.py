from pathlib import Path

import pytest

from vierdepijler.core.package import Package
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.quotations import items_of
from vierdepijler.figures.slots import best_slot, context_of, slots_of


def places(package: Package, folder: Path, text: str) -> list[str]:
    """Tell where each figure of a text would go."""
    (folder / "text.txt").write_text(text, encoding="utf-8")
    item = items_of(read_document(folder / "text.txt"))["head"]
    slots = slots_of(package)
    found = [best_slot(slots, context_of(item, figure)) for figure in item.figures]
    return [".".join([slot.table.name, *dict(slot.codes).values()]) if slot else "" for slot in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er waren 12 personen klaar.", ["completions.all"]),
        ("Er waren 12 rechthebbende inburgeraars.", ["completions.entitled"]),
        ("Onder hen 12 verplichte en 3 rechthebbende.", ["completions.obliged", "completions.entitled"]),
        ("Er waren 12 inburgeraars bezig.", [""]),
        ("In de conversatiegroepen zit 34% van de uren.", ["activity_hours.conversation_group"]),
        ("Naar Sporten gaat 34% en naar cursussen 8%.", ["", "activity_hours.course"]),
        ("Het gaat om veertig lokale besturen.", ["coverage"]),
        ("Er zijn 14 netwerken.", ["network_counts.all"]),
        ("Van de netwerken staan er 11 in de referentieregio's.", ["network_counts.reference_region"]),
        ("De Vlaamse cofinanciering bedraagt 3,5 miljoen euro.", ["co_financing.flanders"]),
        ("Uit het fonds AMIF komt € 400.000.", ["co_financing.amif"]),
        ("Er is 400.000 euro.", [""]),
        ("Sport\t12%", ["activity_hours.sport"]),
        ("Sport 12%", ["activity_hours.sport"]),
        ("Yoga\t12%", [""]),
        ("In 2025 begonnen 3 projecten.", ["", ""]),
    ],
)  # fmt: skip
def test_a_figure_goes_where_the_words_around_it_say(
    package: Package, tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert places(package, tmp_path, text) == expected


def test_slots_are_learned_from_the_package(package: Package) -> None:
    tables = {slot.table.name for slot in slots_of(package)}
    assert {"completions", "activity_hours", "coverage", "network_counts", "co_financing"} <= tables
    assert not {"written_answers", "features", "networks", "derived_figures"} & tables
