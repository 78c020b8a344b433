"""The bill of materials of a release, held against the schema of the standard, as the library of CycloneDX has it."""

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from conftest import PROJECT
from vierdepijler.commands.sealing import render_bill
from vierdepijler.core.reading import read_package


def test_the_bill_is_as_the_standard_asks_and_a_mistake_is_seen() -> None:
    bill = render_bill(PROJECT, read_package(PROJECT / "datapackage.json").descriptor)
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(bill) is None
    assert validator.validate_str(bill.replace('"SHA-256"', '"SHA256"', 1)) is not None
