"""Reading what is pasted as a table, and finding out which of ours it is."""

from typing import Any

from vierdepijler.lookup.pasted_tables import columns, find_tables, read_pasted


def field(name: str, title: str) -> dict[str, Any]:
    return {"name": name, "title": {"nl": title, "en": title}}


INDEX = {
    "tables": {
        "counts": {"fields": [field("day", "Dag"), field("group", "Groep"), field("persons", "Personen")]},
        "small": {"fields": [field("day", "Dag"), field("group", "Groep")]},
        "codes": {"fields": [field("code", "Code"), field("label_nl", "Naam")]},
    }
}


def test_the_table_with_most_of_the_columns_is_meant_and_of_those_the_smallest() -> None:
    assert find_tables(INDEX, ("persons", "Groep", "dag")) == ("counts",)
    assert find_tables(INDEX, ("day", "group")) == ("small",)
    assert find_tables(INDEX, ("day", "x")) == ()
    assert find_tables({"tables": {}}, ("day", "group")) == ()
    assert find_tables({"tables": {"a": INDEX["tables"]["codes"], **INDEX["tables"]}}, ("code", "Naam")) == (
        "a",
        "codes",
    )


def test_a_column_is_known_by_its_name_or_its_title_whatever_the_capitals() -> None:
    assert columns(INDEX, "counts", ("PERSONEN", " day ", "x")) == {"day": 1, "persons": 0}


def test_the_mark_between_cells_is_the_one_that_gives_columns_of_ours() -> None:
    for mark in (",", ";", "\t"):
        pasted = read_pasted(f"day{mark}persons\n2025{mark}1,2.3\n".replace("1,2", '"1,2"'), INDEX)
        assert pasted
        assert (pasted.tables, pasted.is_local) == (("counts",), mark != ",")


def test_quotes_line_ends_and_blank_rows_are_read_as_in_any_csv() -> None:
    pasted = read_pasted('code,label_nl\r\na,"x ""y""\r\nz"\r\n\r\nb,c\r\n', INDEX)
    assert pasted
    assert pasted.rows == (("a", 'x "y"\r\nz'), ("b", "c"))


def test_a_sentence_is_no_table() -> None:
    assert read_pasted("Ja, het waren er 3.290.", INDEX) is None
    assert read_pasted("Eerst dit, dan dat\nen dan nog, iets, meer", INDEX) is None


def test_another_table_is_one_but_none_of_ours() -> None:
    pasted = read_pasted("naam;kleur\na;rood\n", INDEX)
    assert pasted
    assert pasted.tables == ()


def test_records_of_json_are_a_table() -> None:
    pasted = read_pasted('{"records": [{"code": "a", "label_nl": null}, {"code": true, "x": 1.50}]}', INDEX)
    assert pasted
    assert (pasted.tables, pasted.header) == (("codes",), ("code", "label_nl", "x"))
    assert pasted.rows == (("a", "", ""), ("true", "", "1.50"))
    assert read_pasted('{"records": 5}', INDEX) is None
    assert read_pasted("[1, 2]", INDEX) is None
