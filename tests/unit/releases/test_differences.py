import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import MINIATURE, Copy
from registers import repeated, told_later
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.releases.differences import Differences, compare


@pytest.fixture
def before(tmp_path: Path) -> Package:
    return read_package(shutil.copytree(MINIATURE, tmp_path / "before") / "datapackage.json")


def cells(found: Differences) -> dict[str, tuple[object, object]]:
    return {change.cell.address: (change.old, change.cell.value) for table in found.tables for change in table.cells}


def test_the_same_package_does_not_differ(miniature: Copy, before: Package) -> None:
    assert compare(before, miniature.read()).is_empty


def test_a_changed_cell_is_found_by_its_key(miniature: Copy, before: Package) -> None:
    miniature.write("data/counts.csv", "day,group,persons,unknown_id,as_printed\n2025-02-25,b,522,,521\n"
                    "2025-02-25,c,,nobody-counts,\n2025-02-25,a,3290,,3.290\n")  # fmt: skip
    assert cells(compare(before, miniature.read())) == {"counts.persons[2025-02-25,b]": (521, 522)}


def test_a_cell_that_is_filled_or_emptied_is_found(miniature: Copy, before: Package) -> None:
    miniature.replace("data/counts.csv", "c,,nobody-counts,", "c,7,,7").replace("data/counts.csv", "b,521,", "b,,")
    found = cells(compare(before, miniature.read()))
    assert found["counts.persons[2025-02-25,c]"] == (None, 7)
    assert found["counts.persons[2025-02-25,b]"] == (521, None)
    assert found["counts.unknown_id[2025-02-25,c]"] == ("nobody-counts", None)


def test_a_number_written_with_more_decimals_is_the_same(miniature: Copy, before: Package) -> None:
    miniature.replace("data/derived_figures.csv", "86.3,percent", "86.300,percent")
    assert compare(before, miniature.read()).is_empty
    miniature.replace("data/derived_figures.csv", "86.300,percent", "86.301,percent")
    assert list(cells(compare(before, miniature.read()))) == ["derived_figures.value[share_a]"]


def test_rows_are_added_and_removed(miniature: Copy, before: Package) -> None:
    miniature.replace("data/counts.csv", "2025-02-25,b,", "2026-02-25,b,")
    change = compare(before, miniature.read()).tables[0]
    assert change.rows_added == (("2026-02-25", "b"),)
    assert change.rows_removed == (("2025-02-25", "b"),)
    assert change.cells == ()


def test_tables_columns_and_texts_are_compared(miniature: Copy, before: Package) -> None:
    def alter(descriptor: Any) -> None:
        descriptor["title"] = "Anders"
        descriptor["resources"][0]["schema"]["fields"][0]["title"] = "Datum"
        descriptor["resources"][0]["schema"]["fields"][4]["name"] = "printed"
        descriptor["resources"][0]["schema"]["fields"][2]["printedIn"] = "printed"
        descriptor["resources"][3]["name"] = "measures"

    miniature.change(alter).replace("data/counts.csv", "as_printed", "printed")
    found = compare(before, miniature.read())
    assert (found.tables_added, found.tables_removed) == (("measures",), ("units",))
    assert (found.tables[0].columns_added, found.tables[0].columns_removed) == (("printed",), ("as_printed",))
    assert [(change.table, change.names) for change in found.texts] == [
        ("", ("title",)),
        ("counts", ("day.title", "persons.printedIn")),
    ]


def test_rows_are_not_compared_by_another_key(miniature: Copy, before: Package) -> None:
    def rekey(descriptor: Any) -> None:
        descriptor["resources"][0]["schema"]["primaryKey"] = ["group"]

    change = compare(before, miniature.change(rekey).read()).tables[0]
    assert change.is_rekeyed
    assert not (change.rows_added)
    assert not (change.rows_removed)
    assert not (change.cells)


def test_what_publication_adds_is_no_difference(package: Package, published: Package) -> None:
    assert compare(package, published).is_empty


def test_a_large_table_is_compared_by_columns(tmp_path: Path) -> None:
    """Ten thousand rows in the other order; comparing each with each would be a hundred million steps."""
    schema = {"fields": [{"name": "n", "type": "integer"}, {"name": "v", "type": "string"}], "primaryKey": "n"}
    descriptor = {"resources": [{"name": "long", "path": "long.csv", "schema": schema}]}
    packages = []
    for name, order in (("old", 1), ("new", -1)):
        folder = tmp_path / name
        folder.mkdir()
        rows = [f"{number},{'changed' if name == 'new' and number == 77 else 'same'}" for number in range(10_000)]
        (folder / "long.csv").write_text("\n".join(["n,v", *rows[::order], ""]))
        (folder / "datapackage.json").write_text(json.dumps(descriptor))
        packages.append(read_package(folder / "datapackage.json"))
    assert cells(compare(*packages)) == {"long.v[77]": ("same", "changed")}


def test_a_key_that_got_the_source_at_its_end_still_tells_rows_apart(miniature: Copy) -> None:
    before = told_later(miniature).read()
    change = compare(before, repeated(miniature).read()).tables[0]
    assert not change.is_rekeyed
    assert (change.rows_added, change.rows_removed, change.cells) == ((("2025-02-25", "a", "S2"),), (), ())
