from vierdepijler.core.package import Package
from vierdepijler.figures.quotations import claims, rows_from, text_in


def test_a_value_claims_its_print_and_words_without_a_value_claim_themselves(package: Package) -> None:
    found = {claim.cell.address: (claim.item, claim.printed) for claim in claims(package, "S00")}
    assert found["completions.persons[2025-02-25,obliged]"] == ("5", "3.290")
    assert found["completions.reference_date[2025-02-25,obliged]"] == ("5", "25/2/2025")
    assert found["co_financing.as_printed[S00,amif]"] == ("2", "AMIF")
    assert "co_financing.amount_eur[S00,amif]" not in found


def test_a_share_stands_beside_the_name_of_its_code_and_a_date_need_not(package: Package) -> None:
    beside = {claim.cell.field.name: claim.beside for claim in claims(package, "S00")}
    assert beside["share_percent"] == ("Stage",)
    assert beside["reference_date"] == ()


def test_a_group_is_not_followed_by_the_name_of_another(package: Package) -> None:
    others = {claim.cell.address: claim.others for claim in claims(package, "S00")}
    found = others["completions.persons[2025-02-25,obliged]"]
    assert "Rechthebbende inburgeraars" in found
    assert "Verplichte inburgeraars" not in found


def test_only_rows_of_the_source_claim(package: Package) -> None:
    assert list(claims(package, "S99")) == []
    assert rows_from(package.tables["completions"], "S00") == [0, 1, 2]


def test_text_that_is_not_there_is_empty(package: Package) -> None:
    assert text_in(None, 0, "x") == ""
    assert text_in(package.tables["completions"], 0, "x") == ""
    assert text_in(package.tables["completions"], 0, "persons") == "3811"
