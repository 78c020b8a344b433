from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_records import first_records

ROW = {
    "reference_date": "2026-01-31", "participant_group": "all", "persons": "5204", "source_id": "S98",
    "source_item": "3", "as_printed": "5.204", "reference_date_as_printed": "31/1/2026",
}  # fmt: skip


def test_every_figure_of_a_drafted_row_gets_its_first_record(package: Package) -> None:
    found = list(first_records(package, package.tables["completions"], [ROW]))
    version = package.descriptor["version"]
    assert [(row["cell"], row["version"], row["value"]) for row in found] == [
        ("completions.reference_date[2026-01-31,all]", version, "2026-01-31"),
        ("completions.persons[2026-01-31,all]", version, "5204"),
    ]
    assert {row["reason_en"] for row in found} == {"First published."}


def test_what_is_empty_has_no_record(package: Package) -> None:
    assert (
        list(first_records(package, package.tables["completions"], [ROW | {"persons": "", "reference_date": ""}])) == []
    )


def test_a_package_without_histories_gets_none(miniature: Copy) -> None:
    package = miniature.read()
    counts = package.tables["counts"]
    assert list(first_records(package, counts, [dict.fromkeys(counts.field_names, "1")])) == []
