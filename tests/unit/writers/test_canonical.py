from typing import Any

from conftest import Copy
from vierdepijler.writers.formats.publication import canonical_field, canonical_schema


def test_a_column_in_another_notation_is_described_as_it_is_published(miniature: Copy) -> None:
    def notate(descriptor: Any) -> None:
        fields = descriptor["resources"][0]["schema"]["fields"]
        fields[0].update(format="%d/%m/%Y", constraints={"required": True, "minimum": "01/02/2020"})
        fields[2].update(
            type="number", groupChar=".", decimalChar=",", constraints={"minimum": "1.000", "enum": ["3.290", "521"]}
        )

    table = miniature.change(notate).read().tables["counts"]
    assert canonical_field(table.field("day"))["constraints"] == {"required": True, "minimum": "2020-02-01"}
    assert "format" not in canonical_field(table.field("day"))
    assert canonical_field(table.field("persons"))["constraints"] == {"minimum": "1000", "enum": ["3290", "521"]}


def test_what_stands_for_an_empty_cell_in_the_source_is_not_said_of_what_is_published(miniature: Copy) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"].update(missingValues=["", "-"]))
    schema = canonical_schema(miniature.read().tables["counts"])
    assert "missingValues" not in schema
    assert schema["primaryKey"] == ["day", "group"]
    assert [field["name"] for field in schema["fields"]][:2] == ["day", "group"]
