from typing import Any

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.figures.foreign_csv import ForeignSheet
from vierdepijler.figures.table_resources import table_resource


def sheet(**columns: list[str]) -> ForeignSheet:
    rows = len(next(iter(columns.values())))
    return ForeignSheet("x.csv", tuple(columns), tuple(map(tuple, columns.values())), tuple(range(2, rows + 2)))


def drafted(package: Package, **columns: list[str]) -> dict[str, Any]:
    return table_resource(package, "visits", "trajectory", "data/trajectory/visits.csv", sheet(**columns))


def fields(resource: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resource["schema"]["fields"]}


def test_what_nobody_wrote_is_marked_in_each_language(package: Package) -> None:
    resource = drafted(package, place=["Gent"], seats=["5"])
    assert (resource["title"], resource["title_en"]) == ("Visits (nog te schrijven)", "Visits (to be written)")
    assert (resource["description"], resource["description_en"]) == ("(nog te schrijven)", "(to be written)")
    assert fields(resource)["place"] == {
        "name": "place",
        "type": "string",
        "title": "Place (nog te schrijven)",
        "title_en": "Place (to be written)",
        "description": "(nog te schrijven)",
        "description_en": "(to be written)",
        "constraints": {"required": True},
    }


def test_a_number_whose_name_tells_no_unit_gets_one_to_look_at(package: Package) -> None:
    found = fields(drafted(package, place=["Gent", "Aalst"], seats=["5", ""], cost_eur=["1.5", "2"]))
    assert (found["seats"]["type"], found["seats"]["unit"]) == ("integer", "items")
    assert found["seats"]["description"] == "(nog te schrijven: eenheid items?)"
    assert found["seats"]["description_en"] == "(to be written: unit items?)"
    assert "constraints" not in found["seats"]
    assert (found["cost_eur"]["type"], found["cost_eur"]["unit"]) == ("number", "eur")
    assert found["cost_eur"]["description_en"] == "(to be written)"


def test_figures_of_a_source_are_recognised(package: Package) -> None:
    resource = drafted(
        package,
        reference_date=["2025-02-25", "2025-02-25"],
        participant_group=["obliged", "entitled"],
        persons=["3290", "521"],
        source_id=["S00", "S00"],
        source_item=["5", "5"],
        as_printed=["3.290", "521"],
    )
    found = fields(resource)
    assert found["persons"]["printedIn"] == "as_printed"
    assert found["persons"]["unit"] == "persons"
    assert found["source_item"]["type"] == "string"  # as in the other tables, though these cells are numbers
    assert found["source_id"]["title"] == package.tables["completions"].field("source_id").descriptor["title"]
    assert resource["schema"]["primaryKey"] == ["reference_date", "participant_group"]
    leads = {str(key["fields"]): key["reference"]["resource"] for key in resource["schema"]["foreignKeys"]}
    assert leads["participant_group"] == "participant_groups"
    assert leads["['source_id', 'source_item']"] == "source_items"


def test_a_print_without_its_source_is_a_text_like_any_other(package: Package) -> None:
    assert "printedIn" not in fields(drafted(package, persons=["3"], as_printed=["3"]))["persons"]


def test_a_package_of_one_language_and_no_units_gets_neither_more(miniature: Copy) -> None:
    def simplify(descriptor: Any) -> None:
        del descriptor["languages"]
        descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] == "groups"]

    resource = table_resource(miniature.change(simplify).read(), "visits", None, "data/visits.csv", sheet(n=["5"]))
    assert resource["title"] == "Visits (to be written)"
    assert not {"group", "title_en"} & resource.keys()
    assert "unit" not in fields(resource)["n"]


def test_what_says_how_strongly_and_how_surely_a_value_holds_is_recognised(package: Package) -> None:
    columns = {"place": ["Gent"], "place_confidence": ["inferred"], "seats": ["5"], "strength": ["at_least"]}
    found = fields(drafted(package, **columns, confidence=["inferred"]))
    assert (found["seats"]["strengthIn"], found["seats"]["confidenceIn"]) == ("strength", "confidence")
    assert found["place"]["confidenceIn"] == "place_confidence"
    without = fields(drafted(package, label=["Gent"], confidence=["inferred"]))
    assert without["label"]["confidenceIn"] == "confidence"
