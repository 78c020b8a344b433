import pytest
from markupsafe import Markup

from conftest import Copy
from vierdepijler.core.cells import Cell
from vierdepijler.core.package import Package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.links import Chart, Usage
from vierdepijler.site.page_values import Property

WORDS = {"own_computation": "eigen berekening", "source": "bron", "item_head": "kop"}
NBSP = "\u00a0"


def presenter(package: Package, language: str = "nl") -> Presenter:
    return Presenter(package, language, WORDS, address_of, set())


def address_of(page: str) -> str:
    return f"{page.removeprefix('table:').replace(':', '-')}.html"


def cell(package: Package, table: str, row: int, field: str) -> Cell:
    found = package.tables[table]
    return Cell(found, row, found.field(field))


def test_a_number_is_bound_to_its_cell(package: Package) -> None:
    assert presenter(package).value(cell(package, "completions", 1, "persons")) == (
        '<data value="3290" data-cell="completions.persons[2025-02-25,obliged]">3.290</data>'
    )
    assert ">3,290</data>" in presenter(package, "en").value(cell(package, "completions", 1, "persons"))


def test_a_date_is_bound_to_its_cell(package: Package) -> None:
    assert presenter(package).value(cell(package, "completions", 1, "reference_date")) == (
        '<time datetime="2025-02-25" data-cell="completions.reference_date[2025-02-25,obliged]">25 februari 2025</time>'
    )


def test_a_figure_leads_to_its_passport_and_to_the_item_of_its_source(package: Package) -> None:
    figure = presenter(package).figure(cell(package, "completions", 1, "persons"))
    assert 'href="passport-completions.html#2025-02-25.obliged.persons"' in figure
    assert 'href="sources.html#S00.5"' in figure
    assert "punt" not in figure
    assert 'aria-label="[5] bron: Antwoord op vraag nr. 173 van 20 februari 2025"' in figure


def test_a_figure_in_the_heading_of_a_document_says_so(package: Package) -> None:
    mark = presenter(package).mark(cell(package, "written_answers", 0, "question_number"))
    assert 'aria-label="[kop] bron: ' in mark
    assert ">[kop]</a>" in mark


def test_a_derived_figure_leads_to_its_formula(package: Package) -> None:
    figure = presenter(package).figure(cell(package, "derived_figures", 0, "value"))
    assert 'href="passport-derived_figures.html#share_obliged.value"' in figure
    assert 'href="derived_figures.html#share_obliged.value" aria-label="[=] eigen berekening"' in figure


def test_a_number_that_is_no_figure_leads_to_its_cell(package: Package) -> None:
    number = presenter(package).figure(cell(package, "allocation_criteria", 0, "call_number"))
    assert 'class="figure__cell" href="allocation_criteria.html#60.local_authorities.call_number"' in number


def test_in_its_table_a_figure_leads_to_its_passport_and_another_number_does_not(package: Package) -> None:
    shower = presenter(package)
    assert shower.linked(cell(package, "completions", 1, "persons")).startswith(
        '<a href="passport-completions.html#2025-02-25.obliged.persons">'
    )
    assert shower.linked(cell(package, "derived_figures", 0, "decimals")).startswith("<data")


def test_a_row_of_the_history_leads_to_the_passport_of_its_figure(package: Package, miniature: Copy) -> None:
    linked = presenter(package).linked(cell(package, "figure_history", 0, "cell"))
    assert linked.startswith('<a href="passport-completions.html#2025-02-25.all.reference_date">')
    miniature.write("data/history.csv", "cell\ncounts.persons[gone]\n").change(
        lambda descriptor: descriptor["resources"].append(
            {"name": "h", "role": "figure-history", "path": "data/history.csv"}
        )
    )
    assert "<a" not in presenter(miniature.read()).linked(cell(miniature.read(), "h", 0, "cell"))


def test_an_empty_cell_leads_to_the_reason_that_its_own_field_names(package: Package) -> None:
    """A row of a network has a reason for each of its empty cells."""
    shower = presenter(package)
    reasons = {
        "lead_partner": ("network-lead-partner", "Niet vermeld"),
        "started": ("network-start-date", "Niet gevonden"),
    }
    for field, (reason, words) in reasons.items():
        shown = shower.figure(cell(package, "networks", 1, field))
        assert f'href="unknowns.html#{reason}"' in shown
        assert f">{words}<" in shown


def test_a_figure_of_a_source_that_we_hold_no_copy_of_leads_to_the_source_as_a_whole(package: Package) -> None:
    mark = presenter(package).mark(cell(package, "pilots", 0, "amount_eur"))
    assert 'href="sources.html#S84" aria-label="[S84] bron: Projectsubsidie ' in mark


def test_the_figures_that_a_written_page_shows_are_gathered(package: Package) -> None:
    seen = Usage()
    shower = Presenter(package, "nl", WORDS, address_of, set(), "results", seen)
    shown, drawn = (cell(package, "completions", row, "persons") for row in (0, 1))
    shower.figure(shown)
    shower.drawn([drawn], "chart-completions", "Hoeveel?")
    shower.value(cell(package, "completions", 2, "persons"))
    assert seen.pages == {shown.address: ["results"]}
    assert seen.charts == {drawn.address: [Chart("results", "chart-completions", "Hoeveel?")]}


def test_the_rows_that_figures_lead_to_are_gathered(package: Package) -> None:
    shower = presenter(package)
    shower.figure(cell(package, "completions", 1, "persons"))
    assert shower.led_to == {("completions", 1)}


def test_a_code_is_shown_by_its_label_in_the_readers_language(package: Package) -> None:
    code = cell(package, "completions", 1, "participant_group")
    assert ">Verplichte inburgeraars<" in presenter(package).value(code)
    assert ">Obliged participants<" in presenter(package, "en").value(code)


def test_a_number_that_points_somewhere_stays_a_number(package: Package) -> None:
    linked = presenter(package).linked(cell(package, "allocation_criteria", 0, "call_number"))
    assert linked.startswith('<a href="funding_calls.html#60">')
    assert ">60</data>" in linked


def test_an_empty_cell_shows_the_reason_and_leads_to_the_register(package: Package) -> None:
    empty = presenter(package).figure(cell(package, "co_financing", 0, "amount_eur"))
    assert "Niet vermeld" in empty
    assert 'href="unknowns.html#amif-amount"' in empty


def test_an_empty_cell_that_means_nothing_more_is_a_dash(package: Package) -> None:
    assert "–" in presenter(package).value(cell(package, "roles", 0, "channel"))


def test_inputs_of_a_derived_figure_lead_to_their_cells(package: Package) -> None:
    inputs = presenter(package).linked(cell(package, "derived_figures", 0, "inputs"))
    assert 'href="completions.html#2025-02-25.obliged.persons"' in inputs
    assert 'href="completions.html#2025-02-25.all.persons"' in inputs
    carried = presenter(package).linked(cell(package, "source_sentences", 1, "carries"))
    assert 'href="written_answers.html#S00.role_nl"' in carried  # as do the cells that a sentence carries


def test_a_code_in_its_table_leads_to_the_row_it_names(package: Package) -> None:
    linked = presenter(package).linked(cell(package, "completions", 1, "participant_group"))
    assert linked.startswith('<a href="participant_groups.html#obliged">')


@pytest.mark.parametrize(
    ("path", "value", "shown"),
    [
        ("resources/a/bytes", 1449, f'<data value="1449" data-property="resources/a/bytes">1,4{NBSP}kB</data>'),
        (
            "created",
            "2026-01-02T00:00:00Z",
            '<time datetime="2026-01-02" data-property="created">2 januari 2026</time>',
        ),
        ("validation/cells", 1361, '<data value="1361" data-property="validation/cells">1.361</data>'),
        ("version", "1.2.3", '<span data-property="version">1.2.3</span>'),
    ],
)
def test_a_value_of_the_descriptor_is_bound_to_it(package: Package, path: str, value: object, shown: str) -> None:
    assert presenter(package).property(Property(path, value)) == shown


def test_texts_mean_nothing_to_html_or_markdown(miniature: Copy) -> None:
    miniature.write("data/groups.csv", 'code,label_nl,label_en\na,"<b>*_`[x]& ",y\n')
    shown = presenter(miniature.read()).value(cell(miniature.read(), "groups", 0, "label_nl"))
    assert not set("*`<>") & set(shown.partition(">")[2].rpartition("<")[0])


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://a.example/b", True),
        ("javascript:alert(a)//https://a.example/", False),
        ("data:text/html,a", False),
        ("JavaScript:https://a", False),
    ],
)
def test_a_cell_is_a_link_only_where_it_holds_an_address_of_the_web(
    miniature: Copy, text: str, *, is_link: bool
) -> None:
    changed = miniature.replace("data/groups.csv", "Groep één", text).read()
    assert ("<a " in presenter(changed).linked(cell(changed, "groups", 0, "label_nl"))) is is_link


@pytest.mark.parametrize(
    ("table", "key", "field", "shown"),
    [
        ("trajectory_rules", "minimum-hours", "value", "minstens 40 uur"),
        ("support_terms", "S00,maximum_duration", "value", "hoogstens 6 jaar"),
        ("trajectory_rules", "report-within", "value", "3 maanden"),
        ("completions", "2025-02-25,all", "persons", "3.811 personen"),
        ("activity_hours", "S00,sport", "share_percent", "6%"),  # the value tells it
        ("support_terms", "S00,start_year", "value", "2023"),  # it is no quantity
        ("completions", "2025-02-25,all", "reference_date", "25 februari 2025"),
    ],
)
def test_a_value_that_stands_alone_has_its_strength_and_its_unit(
    package: Package, table: str, key: str, field: str, shown: str
) -> None:
    row = package.tables[table].keys[tuple(key.split(","))]
    assert Markup(presenter(package).measured(cell(package, table, row, field))).striptags() == shown
