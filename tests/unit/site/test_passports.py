"""The passports as they are deployed: every field of each, in both languages, against the package."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml.html import HtmlElement
from test_vocabulary import speak

from built_pages import every, first, places, read, text_of
from conftest import Copy
from registers import repeated, told_later
from small_projects import SmallProject
from vierdepijler.checks.rules.sentences import sentence_of
from vierdepijler.core.cells import Cell, find_rows, is_figure, select
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, cell_text
from vierdepijler.core.text import date_text, shown_text, value_text
from vierdepijler.core.times import before_and_after
from vierdepijler.site.passports import CitedSource, cited_source


def cited(package: Package, address: str) -> CitedSource:
    found = cited_source(speak(package), select(package, address).cells[0])
    assert found is not None
    return found


def test_a_figure_of_a_document_that_we_hold_has_its_item_and_its_print(package: Package) -> None:
    source = cited(package, "completions.persons[2025-02-25,obliged]")
    assert source.title.striptags() == "Antwoord op vraag nr. 173 van 20 februari 2025"
    assert source.kind.striptags() == "Antwoord op een schriftelijke vraag"
    assert "#S00.5" in source.item
    assert source.number.striptags() == "5"
    assert source.printed.striptags() == "3.290"
    assert source.note == ""


@pytest.mark.parametrize(
    ("address", "kind", "note"),
    [
        ("context_counts.value[contracts-flanders-brussels-2022]", "Officiële pagina", "F090"),
        ("pilots.amount_eur[dendermonde-lebbeke-buggenhout]", "Pers", "F043"),
        ("policy_events.event_date[base-decree]", "Wet of decreet", "F051"),
    ],
)
def test_a_figure_that_was_noted_has_its_note_and_its_confidence(
    package: Package, address: str, kind: str, note: str
) -> None:
    source = cited(package, address)
    assert (source.item, source.number, source.printed) == ("", "", "")
    assert (source.kind.striptags(), source.note.striptags()) == (kind, note)
    assert source.confidence.striptags() == "In de tekst gelezen"
    assert 'href="sources.html#S' in source.title


def test_a_row_without_a_source_cites_none(miniature: Copy) -> None:
    package = miniature.read()
    cell = select(package, "units.label_nl[persons]").cells[0]
    assert cited_source(speak(package), cell) is None


LANGUAGES = {
    "nl": (
        "paspoort", "", "Waarde", "Eenheid", "Geldt op", "Betekenis", "Status", "Bron", "Punt in de bron",
        "Zoals gedrukt", "Formule", "Berekend uit", "Gebruikt voor", "Cel", "Pagina's", "Grafieken", "Geschiedenis",
        "Notitie", "Zekerheid", "Geldt vanaf", "Wat dit niet zegt",
    ),
    "en": (
        "passport", "en", "Value", "Unit", "Holds on", "Meaning", "Status", "Source", "Item of the source",
        "As printed", "Formula", "Calculated from", "Used for", "Cell", "Pages", "Charts", "History",
        "Note", "Confidence", "Holds from", "What this does not say",
    ),
}  # fmt: skip
NAMES = (
    "value", "unit", "date", "meaning", "status", "source", "item", "printed", "formula", "inputs", "used", "cell",
    "pages", "charts", "history", "note", "confidence", "since", "limits",
)  # fmt: skip
LISTS = {"klopt-mijn-getal.html", "does-my-number-hold.html"}  # they list every figure, which tells nothing of one


class Shown:
    """A passport on its page."""

    def __init__(self, site: Path, cell: Cell, language: str) -> None:
        folder, root, *terms = LANGUAGES[language]
        self.cell, self.language, self.root = cell, language, site / root
        self.path = self.root / folder / f"{cell.table.name}.html"
        self.section = section = places(self.path)[cell.anchor]
        words = dict(zip(terms, NAMES, strict=True))
        self.facts = {words[text(first(row, "dt"))]: first(row, "dd") for row in every(section, "dl > div")}

    def fact(self, name: str) -> str:
        return text(self.facts[name])

    def leads(self, name: str) -> list[str]:
        """Give where the links of a fact lead, from the folder of the language."""
        return [self.place(link) for link in every(self.facts[name], "a")] if name in self.facts else []

    def place(self, link: HtmlElement) -> str:
        path, _, fragment = link.attrib["href"].partition("#")
        target = (self.path.parent / path).resolve() if path else self.path
        return target.relative_to(self.root.resolve()).as_posix() + (f"#{fragment}" if fragment else "")

    def own(self, table: str, field: str, row: int, package: Package) -> str:
        """Give the text of a cell of another table as this language shows it."""
        found = package.tables[table]
        return value_text(found.value(row, field), None, self.language)


STATED = ("Staat zo in de bron", "Printed in the source", "Genoteerd uit de bron", "Noted from the source")


def title_of(page: HtmlElement) -> str:
    return text_of(first(page, "title")).rpartition(" – ")[0]


def text(element: HtmlElement) -> str:
    return " ".join(text_of(element).split())


def is_printed_or_noted(field: Field) -> bool:
    return bool({"printedIn", "notedIn"} & field.descriptor.keys())


def figures(package: Package) -> list[Cell]:
    """Find the figures without the help of the code that is tested."""
    return [
        Cell(table, row, field)
        for table in package.tables.values()
        for field in table.fields
        if {"printedIn", "notedIn"} & field.descriptor.keys()
        or (table.name, field.name) == ("derived_figures", "value")
        for row in range(table.rows)
        if table.value(row, field.name) is not None
    ]


@pytest.fixture(scope="module")
def all_shown(site: Path, published: Package) -> list[Shown]:
    return [Shown(site, cell, language) for cell in figures(published) for language in LANGUAGES]


def written(shown: Shown) -> list[Path]:
    """Give the pages of a language that people wrote."""
    return [path for path in sorted(shown.root.glob("*.html")) if path.name != "404.html"]


@cache
def shown_on(page: Path) -> frozenset[str]:
    """Give the addresses of the figures that a page shows."""
    found = every(read(page), ".figure [data-cell], .key-figure__number [data-cell]")
    return frozenset(element.attrib["data-cell"] for element in found)


@cache
def drawn_on(page: Path) -> Mapping[str, frozenset[str]]:
    """Give the charts of a page, each with the addresses in the rows of its table that it draws."""
    found = {}
    for chart in every(read(page), "figure[data-chart]"):
        drawn = {text_of(label) for label in every(chart, "svg text")}
        marks = {mark.attrib["data-draws"] for mark in every(chart, "svg [data-draws]")}
        cells: set[str] = set()
        for body in every(chart, "tbody"):
            lines = every(body, "tr")
            # A mark with a name of its own spans all rows of its table.
            rows = [line for line in lines if head_of(line) in drawn] or (lines if marks & cells_of(body) else [])
            cells |= {cell for row in rows for cell in cells_of(row)}
        found[chart.attrib["id"]] = frozenset(cells)
    return found


def cells_of(part: HtmlElement) -> set[str]:
    return {element.attrib["data-cell"] for element in every(part, "[data-cell]")}


def head_of(line: HtmlElement) -> str:
    """Give what the head of a row says, without the marks of sources."""
    return "".join(first(line, "th").xpath("descendant::text()[not(ancestor::sup)]")).strip()


def row_of(package: Package, table: str, **criteria: object) -> int:
    return find_rows(package.tables[table], criteria)[0]


def test_each_published_figure_has_one_passport_in_each_language(all_shown: list[Shown]) -> None:
    assert len(all_shown) >= 80
    for language, (folder, root, *_) in LANGUAGES.items():
        mine = [shown for shown in all_shown if shown.language == language]
        sections = [section for path in {shown.path for shown in mine} for section in every(read(path), ".passport")]
        assert len(sections) == len(mine)
        made = {path.name for path in mine[0].root.joinpath(folder).iterdir()}
        assert made == {shown.path.name for shown in mine}, root


def test_value_and_unit_are_those_of_the_cell(all_shown: list[Shown], published: Package) -> None:
    for shown in all_shown:
        cell = shown.cell
        assert shown.fact("value") == shown_text(published, cell, shown.language).replace("\u00a0", " ")
        if cell.unit is None:
            assert shown.fact("unit") in ("datum", "date")
        else:
            row = row_of(published, "units", code=cell.unit)
            assert shown.fact("unit") == shown.own("units", f"label_{shown.language}", row, published)


def test_the_day_is_that_of_the_row_or_the_reason_why_there_is_none(all_shown: list[Shown], published: Package) -> None:
    kinds = set()
    for shown in all_shown:
        day, reason = shown.cell.beside("reference_date"), shown.cell.beside("unknown_id")
        if isinstance(shown.cell.value, datetime.date):
            assert "date" not in shown.facts
        elif day is not None and isinstance(day.value, datetime.date):
            assert shown.fact("date").startswith(date_text(day.value, shown.language))
            kinds.add("day")
        elif day is not None and reason is not None:
            pages = {"nl": "wat-we-niet-weten.html", "en": "what-we-do-not-know.html"}
            assert shown.leads("date") == [f"{pages[shown.language]}#{cell_text(reason.value)}"]
            row = row_of(published, "unknowns", unknown_id=reason.value)
            why = row_of(published, "unknown_reasons", code=published.tables["unknowns"].value(row, "reason"))
            assert shown.fact("date") == shown.own("unknown_reasons", f"label_{shown.language}", why, published)
            kinds.add("reason")
    assert kinds == {"day", "reason"}


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("derived_figures.value[share_obliged]", "25 februari 2025"),
        ("derived_figures.value[share_top_two]", "Niet vermeld"),
        ("derived_figures.value[unknown_count]", "Bij dit getal staat geen datum."),
        ("network_counts.networks[S00,all]", "Bij dit getal staat geen datum."),
    ],
)
def test_a_sum_holds_on_the_day_of_what_it_is_computed_from(
    site: Path, published: Package, address: str, day: str
) -> None:
    assert Shown(site, select(published, address).cells[0], "nl").fact("date").startswith(day)


@pytest.mark.parametrize(("language", "day"), [("nl", "1 januari 2023"), ("en", "1 January 2023")])
def test_a_rule_holds_from_its_day_on(site: Path, published: Package, language: str, day: str) -> None:
    shown = Shown(site, select(published, "trajectory_rules.value[minimum-hours]").cells[0], language)
    assert shown.fact("since") == day
    assert "date" not in shown.facts


def test_the_meaning_is_that_of_the_field_and_of_the_codes_of_the_row(
    all_shown: list[Shown], published: Package
) -> None:
    for shown in all_shown:
        own = "description" if shown.language == "nl" else "description_en"
        if shown.cell.table.name != "derived_figures":
            assert str(shown.cell.field.descriptor[own]) in shown.fact("meaning")
        if label := shown.cell.beside(f"label_{shown.language}"):
            assert cell_text(label.value) in shown.fact("meaning")
        if group := shown.cell.beside("participant_group"):
            row = row_of(published, "participant_groups", code=group.value)
            for text_of in ("label", "description"):
                expected = shown.own("participant_groups", f"{text_of}_{shown.language}", row, published)
                assert expected in shown.fact("meaning")


def test_the_source_the_item_and_the_print_are_those_of_the_row(all_shown: list[Shown], published: Package) -> None:
    checked = 0
    for shown in all_shown:
        source, item = shown.cell.beside("source_id"), shown.cell.beside("source_item")
        if source is None or source.value is None:
            assert not {"source", "item", "printed", "note"} & set(shown.facts)
            continue
        row = row_of(published, "sources", source_id=source.value)
        in_dutch = "" if shown.language == "nl" else " [in Dutch]"
        assert shown.fact("source") == shown.own("sources", "title", row, published) + in_dutch
        kind = row_of(published, "document_kinds", code=published.tables["sources"].value(row, "document_kind"))
        assert shown.own("document_kinds", f"label_{shown.language}", kind, published) in shown.fact("status")
        sources = {"nl": "bronnen.html", "en": "sources.html"}[shown.language]
        if item is None or item.value is None:
            check_note(shown, published, f"{sources}#{source.value}")
            continue
        assert "note" not in shown.facts
        assert shown.leads("item") == [f"{sources}#{source.value}.{item.value}"]
        place = row_of(published, "source_items", source_id=source.value, source_item=item.value)
        assert shown.own("source_items", f"label_{shown.language}", place, published) in shown.fact("item")
        printed = shown.cell.beside(str(shown.cell.field.property("printedIn")))
        assert printed is not None
        assert shown.fact("printed") == cell_text(printed.value)
        checked += 1
    assert checked >= 58


def check_note(shown: Shown, published: Package, place: str) -> None:
    """Check the passport of a figure that was noted from a source that we hold no copy of."""
    note, confidence = shown.cell.beside("fact_id"), shown.cell.beside("confidence")
    assert note is not None
    assert confidence is not None
    assert not {"item", "printed"} & set(shown.facts)
    assert shown.leads("source") == [place]
    told = {"nl": "geen exemplaar", "en": "no copy"}[shown.language]
    assert shown.fact("note").startswith(f"{note.value} ·")
    assert told in shown.fact("note")
    row = row_of(published, "confidence_levels", code=confidence.value)
    assert shown.fact("confidence") == shown.own("confidence_levels", f"label_{shown.language}", row, published)


def test_from_a_source_without_items_one_comes_back_to_the_passport(all_shown: list[Shown]) -> None:
    noted = [shown for shown in all_shown if "note" in shown.facts]
    assert len(noted) >= 150
    for shown in noted:
        name, _, fragment = shown.leads("source")[0].partition("#")
        back = [link.attrib["href"] for link in every(places(shown.root / name)[fragment], ".item__figures a")]
        assert f"{LANGUAGES[shown.language][0]}/{shown.cell.table.name}.html#{shown.cell.anchor}" in back


def test_from_the_item_of_the_source_one_comes_back_to_the_passport(all_shown: list[Shown]) -> None:
    for shown in all_shown:
        for place in shown.leads("item"):
            name, _, fragment = place.partition("#")
            back = [link.attrib["href"] for link in every(places(shown.root / name)[fragment], ".item__figures a")]
            folder = LANGUAGES[shown.language][0]
            assert f"{folder}/{shown.cell.table.name}.html#{shown.cell.anchor}" in back


def test_a_sum_tells_its_formula_and_leads_to_its_inputs_which_lead_back(
    all_shown: list[Shown], published: Package, site: Path
) -> None:
    followed = 0
    for shown in all_shown:
        if shown.cell.table.name != "derived_figures":
            assert not {"formula", "inputs"} & set(shown.facts)
            assert shown.fact("status").startswith(STATED)
            continue
        assert shown.fact("status").startswith(("Onze eigen berekening", "Our own calculation"))
        formula = shown.cell.beside(f"formula_{shown.language}")
        assert formula is not None
        assert shown.fact("formula") == cell_text(formula.value)
        addresses = cell_text(published.tables["derived_figures"].value(shown.cell.row, "inputs")).split(";")
        wanted = [used for address in addresses for used in _led_to(published, address)]
        links = shown.leads("inputs")
        assert len(links) == len(wanted)
        folder = LANGUAGES[shown.language][0]
        for used, link in zip(wanted, links, strict=True):
            if isinstance(used, str):
                assert link == f"data/{used}.html"
                continue
            assert link == f"{folder}/{used.table.name}.html#{used.anchor}"
            back = Shown(site, used, shown.language).leads("used")
            assert f"{folder}/derived_figures.html#{shown.cell.anchor}" in back
            followed += 1
    assert followed >= 20


def _led_to(published: Package, address: str) -> list[Cell | str]:
    """Give what an input leads to: each of its figures, or the table of a column or of cells that are no figures."""
    cells = select(published, address).cells
    return [*cells] if "[" in address and is_figure(cells[0]) else [address.partition(".")[0]]


def test_a_figure_of_a_column_that_is_summed_or_counted_leads_there(site: Path, published: Package) -> None:
    sport = select(published, "activity_hours.share_percent[S00,sport]").cells[0]
    assert Shown(site, sport, "en").leads("used") == [
        f"passport/derived_figures.html#{name}.value" for name in ("share_total", "activity_type_count")
    ]


def test_the_passport_leads_to_the_cell_which_leads_back(all_shown: list[Shown]) -> None:
    for shown in all_shown:
        cell = shown.cell
        assert shown.fact("cell") == cell.address
        assert shown.leads("cell") == [f"data/{cell.table.name}.html#{cell.anchor}"]
        back = first(places(shown.root / "data" / f"{cell.table.name}.html")[cell.anchor], "a")
        assert back.attrib["href"] == f"../{LANGUAGES[shown.language][0]}/{cell.table.name}.html#{cell.anchor}"


def test_the_pages_are_all_those_that_show_the_figure_and_no_other(all_shown: list[Shown]) -> None:
    checked = 0
    for shown in all_shown:
        pages = [path for path in written(shown) if path.name not in LISTS]
        showing = {path for path in pages if shown.cell.address in shown_on(path)}
        assert set(shown.leads("pages")) == {path.name for path in showing}, shown.cell.address
        titles = {text_of(link) for link in every(shown.facts["pages"], "a")}
        assert titles == {title_of(read(path)) for path in showing}
        checked += len(showing)
    assert checked > 80


def test_the_charts_are_all_those_that_draw_the_figure_and_no_other(all_shown: list[Shown]) -> None:
    checked = 0
    for shown in all_shown:
        drawing = {
            f"{path.name}#{chart}"
            for path in written(shown)
            for chart, addresses in drawn_on(path).items()
            if shown.cell.address in addresses
        }
        assert set(shown.leads("charts")) == drawing, shown.cell.address
        checked += len(drawing)
    assert checked >= 2 * (9 + 9 + 2 + 2)


def test_the_sentence_names_the_figure_and_can_be_taken_in_one_go(
    all_shown: list[Shown], site: Path, published: Package
) -> None:
    for shown in all_shown:
        sentence, *others = every(shown.section, ".copyable")
        if sentence_of(published, shown.cell, shown.language) is None:
            assert not others  # nothing to take over but how to cite it
            continue
        assert every(sentence, f'[data-cell="{shown.cell.address}"]')
        is_own = shown.cell.table.name == "derived_figures"
        assert text(sentence).endswith("Vierde Pijler.)" if is_own else ".")
        assert text(sentence)[0].isupper()
    style = (site / "assets" / "vierdepijler.css").read_text("utf-8")
    assert re.search(r"\.copyable \{[^}]*[; ]user-select: all", style)


@pytest.mark.parametrize(
    ("group", "dutch", "english"),
    [
        ("all", "iedereen samen", "all participants"),
        ("obliged", "verplichte inburgeraars", "obliged participants"),
        ("entitled", "rechthebbende inburgeraars", "entitled participants"),
    ],
)
def test_the_sentence_reads_well_for_each_group(
    site: Path, published: Package, group: str, dutch: str, english: str
) -> None:
    cell = select(published, f"completions.persons[2025-02-25,{group}]").cells[0]
    said = {language: text(first(Shown(site, cell, language).section, ".copyable")) for language in LANGUAGES}
    number = {language: value_text(cell.value, cell.unit, language) for language in LANGUAGES}
    assert said == {
        "nl": (
            f"Op 25 februari 2025 waren {number['nl']} mensen klaar met het participatie- en netwerktraject ({dutch})."
        ),
        "en": (
            f"On 25 February 2025, {number['en']} people had finished the participation and networking trajectory"
            f" ({english})."
        ),
    }


def test_the_citation_names_publisher_table_cell_release_source_and_address(
    all_shown: list[Shown], published: Package
) -> None:
    for shown in all_shown:
        said = text(every(shown.section, ".copyable")[-1])
        title = published.text(shown.cell.table.descriptor, "title", shown.language)
        assert said.startswith(f"Vierde Pijler, ‘{title}’, {shown.cell.address}, ")
        assert str(published.descriptor["version"]) in said
        assert date_text(datetime.date.fromisoformat(published.descriptor["created"][:10]), shown.language) in said
        if "source" in shown.facts:
            assert shown.fact("source") in said
        place = "/".join(part for part in (LANGUAGES[shown.language][1], LANGUAGES[shown.language][0]) if part)
        own = f"https://vierde-pijler.example/{place}/{shown.cell.table.name}.html#{shown.cell.anchor}"
        assert said.endswith(own)


def test_the_history_is_that_of_the_table_in_the_notation_of_the_figure(
    all_shown: list[Shown], published: Package
) -> None:
    history = published.tables["figure_history"]
    for shown in all_shown:
        rows = find_rows(history, {"cell": shown.cell.address})
        entries = every(shown.facts["history"], "li")
        assert len(entries) == len(rows) >= 1
        for row, entry in zip(rows, entries, strict=True):
            said = text(entry)
            assert cell_text(history.value(row, "version")) in said
            assert said.endswith(cell_text(history.value(row, f"reason_{shown.language}")))
            recorded = cell_text(history.value(row, "value"))
            typed = (
                datetime.date.fromisoformat(recorded)
                if isinstance(shown.cell.value, datetime.date)
                else Decimal(recorded)
            )
            expected = value_text(typed, shown.cell.unit, shown.language).replace("\u00a0", " ")
            assert re.search(rf": ([a-z ]+ )?{re.escape(expected)}( \([^)]+\))?\. ", said)
        last = first(entries[-1], ".recorded")
        assert shown.fact("value") == text(last)


def test_the_list_at_the_head_leads_to_every_passport_below_it(all_shown: list[Shown]) -> None:
    for path in {shown.path for shown in all_shown}:
        listed = [link.attrib["href"].removeprefix("#") for link in every(read(path), ".passport-list a")]
        assert listed == [section.attrib["id"] for section in every(read(path), ".passport")]


def test_what_a_later_source_says_stands_on_the_passport_of_both_figures(small_project: SmallProject) -> None:
    old, new, first_told, again = (f"counts.persons[2025-02-25,{key}]" for key in ("a", "d", "b", "b,S2"))
    rows = ((old, "revised", new), (first_told, "contradicted", again))
    told_later(small_project, *(f'{how},"{one}",{how},"{other}",Fout.,A slip.,S2\n' for one, how, other in rows))
    repeated(small_project, "b")
    small_project.publish(small_project.published)
    small_project.build()
    package = small_project.read_published()
    sections = places(small_project.public / "en/passport/counts.html")
    for own, other, words in (
        (old, new, "A later source revises this figure"),
        (new, old, "Revises an earlier figure"),
        (first_told, again, "A later source says something else"),
        (again, first_told, "Says something else than an earlier figure"),
    ):
        own_cell, other_cell = (select(package, address).cells[0] for address in (own, other))
        told = every(sections[own_cell.anchor], ".passport__newer")[-1]
        assert text_of(first(told, "dt")) == words
        assert {"A slip.", "source: Two"} <= {text(part) for part in every(told, "p")}
        assert [link.attrib["href"] for link in every(told, "li a")] == [f"counts.html#{other_cell.anchor}"]
    assert before_and_after(package, select(package, old).cells[0])[1] == select(package, new).cells[0]
    newer = every(sections["2025-02-25.b.persons"], ".passport__newer")[0]  # before what is said of it
    assert first(newer, "a").attrib["href"] == "counts.html#2025-02-25.b.S2.persons"
