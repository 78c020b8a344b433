import pytest

from charted import CHART, FILE
from conftest import PROJECT, Copy
from vierdepijler.checks.pages.chart_specs import flaws_of_form, read_charts
from vierdepijler.core.problems import ContentError


def test_a_chart_is_what_its_file_says(miniature: Copy) -> None:
    text = CHART + "only:\n  group: [a, b]\nnote_nl: Let op.\nnote_en: Mind this.\n"
    spec = read_charts(miniature.write(FILE, text).folder / "site" / "charts")["people"]
    assert (spec.identifier, spec.kind, spec.table, spec.file) == ("people", "bars", "counts", FILE)
    assert spec.part.encoding == {"category": "group", "value": "persons"}
    assert spec.part.only == {"group": ("a", "b")}
    assert spec.titles["nl"] == "Hoeveel mensen zijn er?"
    assert spec.notes["en"] == "Mind this."


def test_a_value_is_a_text_also_where_yaml_sees_a_number_or_a_date(miniature: Copy) -> None:
    text = CHART + "only:\n  day: [2025-02-25]\n"
    spec = read_charts(miniature.write(FILE, text).folder / "site" / "charts")["people"]
    assert spec.part.only == {"day": ("2025-02-25",)}


def test_more_tables_can_be_drawn_in_one_chart(miniature: Copy) -> None:
    more = "also:\n- table: counts\n  period: day\n  name_nl: Alles\n  name_en: All\n"
    spec = read_charts(miniature.write(FILE, CHART + more).folder / "site" / "charts")["people"]
    assert [(part.table, part.names) for part in spec.also] == [("counts", {"nl": "Alles", "en": "All"})]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: bars", "kind: pie", ":2: kind: 'pie' is not known here; choose one of: bars, columns"),
        ("table: counts\n", "", ":1: the chart has no 'table'; write 'table: …'"),
        ("value: persons", "valeu: persons", ":4: valeu: a chart has no 'valeu'; use: also, category"),
        ("title_en:", "title_english:", ":6: title_english: a chart has no 'title_english'"),
        ("kind: bars", "kind: bars\nonly: a", ":3: only: this is not what stands here"),
        ("kind: bars", "kind: bars\nalso: [{table: counts, period: day, colour: red}]", ":3: colour: a chart has no"),
        ("kind: bars", "kind: [", ": the file of the chart cannot be read; write name: value"),
    ],
)
def test_a_file_that_has_not_the_form_is_refused_with_its_line(miniature: Copy, old: str, new: str, said: str) -> None:
    folder = miniature.write(FILE, CHART.replace(old, new)).folder / "site" / "charts"
    with pytest.raises(ContentError) as refusal:
        read_charts(folder)
    assert said in str(refusal.value)
    assert str(refusal.value).startswith(FILE)
    assert refusal.value.root == miniature.folder


def test_a_file_that_is_not_utf_8_is_refused(miniature: Copy) -> None:
    path = miniature.write(FILE, "").folder / FILE
    path.write_bytes(b"table: caf\xe9\n")
    assert [str(flaw) for flaw in flaws_of_form(path)] == [
        f"{FILE}:1: the text is not UTF-8: byte 0xe9 cannot be read; save the file again as UTF-8"
    ]


def test_our_own_charts_have_the_form() -> None:
    assert {"hours-by-activity", "who-finished"} <= read_charts(PROJECT / "site" / "charts").keys()
