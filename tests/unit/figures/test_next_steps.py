from conftest import Copy
from vierdepijler.figures.new_tables import Wanted, draft_table, render_steps, write_table


def steps_of(copy: Copy, text: str, language: str = "en") -> list[str]:
    given = copy.write("visits.csv", text).folder / "visits.csv"
    package = copy.read()
    table = draft_table(package, Wanted(given))
    write_table(package, table)
    return render_steps(package, table, language).splitlines()


def test_what_was_guessed_and_what_is_left_are_told_step_by_step(miniature: Copy) -> None:
    lines = steps_of(miniature, "group,visits\na,12\n")
    written = miniature.descriptor.read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(written, 1) if '"name": "visits"' in line)
    assert lines[:6] == [
        "Added the table 'visits': data/visits.csv, with 1 rows, and its resource in datapackage.json.",
        "1. see whether what was guessed is so:",
        "   group: string, required",
        "   visits: integer, unit: items, required",
        "   the key of a row: group",
        "   group leads to the table 'groups'",
    ]
    files = f"in data/visits.schema.json and datapackage.json:{place};"
    assert f"2. write the 12 marked texts {files}" in lines[6]
    assert [line[:2] for line in lines[7:]] == ["3.", "4.", "5."]


def test_the_steps_are_told_in_dutch(miniature: Copy) -> None:
    assert steps_of(miniature, "group,visits\na,12\n", "nl")[1] == "1. kijk na of klopt wat geraden is:"
