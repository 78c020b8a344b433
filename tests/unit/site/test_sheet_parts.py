from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.sheet_parts import ROWS, Section, plain_text, sheet_parts, sheet_tables
from vierdepijler.site.sources import PageSource, Sources

PAGE = """<main><h1>Wie is klaar?</h1>
<p class="lede">Er zijn <data value="12" data-cell="counts.persons[a]">12</data><sup>[5]</sup>
<span class="term"><button class="term__word">netwerken</button><span popover>een uitleg</span></span>.</p>
<figure><svg><text>12</text></svg>{chart}</figure>
<p class="lede-not">Meer tekst.</p>{table}
<h2 id="niet">Wat dit niet zegt</h2><p>Of dit veel is.</p><ul><li>Hoe lang.</li></ul>
<dl class="unknowns"><dt><span>Niet vermeld</span></dt><dd><a href="x">Wie stopte</a></dd></dl>
<section class="downloads"><h2>Bron</h2><ul><li>Excel</li></ul></section></main>"""


def table(rows: int, last: str = '<data value="{n}" data-cell="counts.persons[{n}]">{n}</data>') -> str:
    body = "".join(f'<tr><th>naam</th><td class="number">{last.format(n=n)}</td></tr>' for n in range(1, rows + 1))
    return f"<table><caption>Een tabel</caption><tr><th>Groep</th><th>Aantal</th></tr>{body}</table>"


def test_the_answer_is_read_without_marks_and_without_what_opens_on_top() -> None:
    parts = sheet_parts(PAGE.format(chart="", table=""), "niet")
    assert (parts.title, parts.lede) == ("Wie is klaar?", "Er zijn 12 netwerken.")
    assert parts.cells == ("counts.persons[a]",)


def test_what_the_page_does_not_say_ends_where_the_next_part_begins() -> None:
    parts = sheet_parts(PAGE.format(chart="", table=""), "niet")
    assert parts.limits_heading == "Wat dit niet zegt"
    assert parts.limits == ("Of dit veel is.", "Hoe lang.", "Wie stopte (Niet vermeld)")


def test_a_page_without_that_part_has_none() -> None:
    assert sheet_parts(PAGE.format(chart="", table=""), "elders").limits == ()


def test_the_warnings_of_a_page_are_read() -> None:
    page = PAGE.format(chart="", table='<p class="warning"><strong>Deel ze niet.</strong> Nooit.</p>')
    assert sheet_parts(page, "niet").warnings == ("Deel ze niet. Nooit.",)


def test_each_part_of_the_page_is_known_with_its_place_and_its_cells() -> None:
    more = '<h2 id="meer">Meer</h2><p><b data-cell="a.b[c]">x</b></p><h2 id="leeg">Leeg</h2>'
    first, *others = sheet_parts(PAGE.format(chart="", table=f"<div id='t'>{table(1)}</div>{more}"), "niet").sections
    assert first == Section("Een tabel", "t", frozenset({"counts.persons[1]"}))
    assert others == [Section("Meer", "meer", frozenset({"a.b[c]"})), Section("Leeg", "leeg", frozenset())]


def test_only_the_table_of_a_chart_is_drawn() -> None:
    drawn, plain = sheet_parts(PAGE.format(chart=table(2), table=table(3)), "niet").tables
    assert (drawn.drawn, plain.drawn) == ((1.0, 2.0), ())
    assert drawn.head == ("Groep", "Aantal")
    assert plain.rows[2] == ("naam", "3")
    assert plain.numeric == (False, True)
    assert plain.cells == ("counts.persons[1]", "counts.persons[2]", "counts.persons[3]")


@pytest.mark.parametrize("cell", ["Niet vermeld", '<data value="-{n}">-{n}</data>'])
def test_a_chart_with_a_hole_or_with_less_than_nothing_is_not_drawn(cell: str) -> None:
    (found,) = sheet_parts(PAGE.format(chart=table(2, cell), table=""), "niet").tables
    assert found.drawn == ()


def test_a_long_table_is_left_to_the_page() -> None:
    parts = sheet_parts(PAGE.format(chart=table(ROWS), table=table(ROWS + 1)), "niet")
    assert [len(found.rows) for found in parts.tables] == [ROWS]


def test_a_piece_of_html_is_read_as_text() -> None:
    assert plain_text("<b>12&nbsp;uur</b>\n lang") == "12 uur lang"


def sources_with(folder: Path, **tables: str) -> tuple[Sources, PageSource]:
    (folder / "site" / "nl").mkdir(parents=True)
    lines = "".join(f"  {name}: {columns}\n" for name, columns in tables.items())
    (folder / "site" / "nl" / "een.md").write_text(f"---\npage: one\nsheet_tables:\n{lines}---\n", "utf-8")
    source = PageSource("een.md", {}, {}, tables)
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
