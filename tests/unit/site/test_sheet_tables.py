from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.sheet_tables import sheet_tables
from vierdepijler.site.sources import Source, Sources


def sources_with(folder: Path, **tables: str) -> tuple[Sources, Source]:
    (folder / "site" / "nl").mkdir(parents=True)
    lines = "".join(f"  {name}: {columns}\n" for name, columns in tables.items())
    (folder / "site" / "nl" / "een.md").write_text(f"---\npage: one\nsheet_tables:\n{lines}---\n", "utf-8")
    source = Source("een.md", {}, {}, tables)
    return Sources(folder / "site", {"nl": {"one": source}}, {"nl": {}, "en": {}}), source


def test_a_table_has_the_names_of_its_codes_and_every_row(miniature: Copy, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, counts="group, persons")
    (table,) = sheet_tables(miniature.read(), sources, "nl", source)
    assert (table.caption, table.head) == ("Tellingen", ("Groep", "Personen"))
    assert table.rows[0] == ("Groep één", "3.290")
    assert len(table.rows) == 3
    assert table.numeric == (False, True)
    assert table.cells[1] == "counts.persons[2025-02-25,a]"


def test_an_empty_cell_gives_its_reason(package: Package, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, co_financing="funder, amount_eur")
    (table,) = sheet_tables(package, sources, "en", source)
    assert ("AMIF", "Not stated") in table.rows


def test_a_unit_is_not_said_twice(package: Package, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, call_conditions="value, unit")
    (table,) = sheet_tables(package, sources, "nl", source)
    assert {("hoogstens 40.000 euro", ""), ("minstens 50%", ""), ("minstens 20", "proeftuinen")} <= set(table.rows)


def test_a_table_and_a_field_that_are_not_there_are_told_with_their_line(miniature: Copy, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, counts="group, people", nothing="label")
    with pytest.raises(ContentError) as caught:
        sheet_tables(miniature.read(), sources, "nl", source)
    first, second = map(str, caught.value.problems)
    assert first.startswith("site/nl/een.md:4: the table 'counts' has no field 'people'")
    assert second.startswith("site/nl/een.md:5: there is no table 'nothing'")
