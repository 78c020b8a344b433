"""Corrections as pages show them, with corrections of our making beside what was published."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from lxml.html import HtmlElement

from built_pages import every, parse, text_of
from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.core.reading import read_package
from vierdepijler.site.figures import Presenter
from vierdepijler.site.page_model import Draft, Page
from vierdepijler.site.pages import Renderer
from vierdepijler.site.shown_corrections import (
    ShownCorrection,
    corrections_in,
    last_corrections,
    shown_corrections,
    with_notice,
)
from vierdepijler.site.sources import read_sources
from vierdepijler.site.vocabulary import Vocabulary

KEY = "2025-02-25,obliged"
CELL = f"completions.persons[{KEY}]"
PASSPORTS = "passport:completions"
SHARE = "derived_figures.value[share_obliged]"
LISTS = ("check_figure", "sources", "press")  # they list figures of all pages, or what was revised lately
MADE = (
    f'0.2.0,completions,"{KEY}",persons,3288,3289,method,Eerst <b>dit</b>.,First this.\n'
    f'0.3.0,completions,"{KEY}",persons,3289,3290,method,Een <b>telfout</b> is hersteld.,A <b>mistake</b> was mended.\n'
    "0.3.0,activity_types,sport,label_en,Sports,Sport,method,Enkelvoud.,Singular.\n"
    '0.3.0,completions,"2025-02-24,all",*,,,method,Die dag bestaat niet.,There is no such day.\n'
    "0.3.0,derived_figures,share_obliged,value,86.2,86.3,method,Volgt uit de telfout.,Follows from the mistake.\n"
)


@pytest.fixture(scope="module")
def revised(published: Package, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """The published package, with other rows in its table of corrections."""
    folder = tmp_path_factory.mktemp("corrections")
    resources = published.descriptor["resources"]
    resource = next(dict(one) for one in resources if one["name"] == "corrections")
    resource["schema"] = {name: value for name, value in resource["schema"].items() if name != "foreignKeys"}
    resource = {name: resource[name] for name in ("name", "path", "title", "title_en", "schema")}
    (folder / "datapackage.json").write_text(
        json.dumps({"name": "x", "languages": ["nl", "en"], "resources": [resource]})
    )
    head = (published.root / "corrections.csv").read_text("utf-8").partition("\n")[0]
    (folder / "corrections.csv").write_text(f"{head}\n{MADE}", encoding="utf-8")
    made = read_package(folder / "datapackage.json").tables["corrections"]
    assert made.rows == 5
    return replace(published, tables={**published.tables, "corrections": replace(made, descriptor=_of(published))})


def _of(package: Package) -> Mapping[str, object]:
    return package.tables["corrections"].descriptor


def vocabulary(package: Package, language: str) -> Vocabulary:
    words = read_sources(PROJECT / "site", package.languages).words[language]
    return Vocabulary(package, Presenter(package, language, words, lambda target: f"{target}.html", set()))


def renderer(package: Package, language: str) -> Renderer:
    return Renderer(package, read_sources(PROJECT / "site", package.languages), language, "https://x.example/")


@pytest.fixture(scope="module")
def rendered(revised: Package) -> Mapping[str, Mapping[str, Page]]:
    """Render in each language the pages that people wrote, and then the passports of the figure."""
    return {language: dict(_rendered(renderer(revised, language))) for language in revised.languages}


def _rendered(made: Renderer) -> Iterator[tuple[str, Page]]:
    yield from ((page.identifier, page) for page in made.render_written())
    yield PASSPORTS, draft(made, PASSPORTS).render()


def draft(made: Renderer, identifier: str) -> Draft:
    return next(draft for draft in made.drafts() if draft.identifier == identifier)


def text(html: str | HtmlElement) -> str:
    return " ".join(text_of(parse(html) if isinstance(html, str) else html).split())


def shown(package: Package, language: str) -> list[ShownCorrection]:
    return shown_corrections(vocabulary(package, language))


def test_corrections_are_shown_newest_first_with_what_was_and_is(revised: Package) -> None:
    found = shown(revised, "nl")
    assert [one.cell for one in found] == [
        "derived_figures.value[share_obliged]", "completions.*[2025-02-24,all]", "activity_types.label_en[sport]",
        CELL, CELL,
    ]  # fmt: skip
    figure = found[3]
    assert (text(figure.old), text(figure.new)) == ("3.289", "3.290")
    assert (text(figure.release), text(figure.day)) == ("0.3.0", "24 november 2026")
    assert figure.address == "passport:completions.html#2025-02-25.obliged.persons"
    assert text(figure.kind) == "Andere berekening"
    assert 'data-cell="corrections.old[0.3.0,completions,' in figure.old
    assert text(shown(revised, "en")[3].old) == "3,289"


def test_a_text_in_another_language_than_the_page_says_so(revised: Package) -> None:
    label = {language: shown(revised, language)[2].old for language in ("nl", "en")}
    assert 'lang="en">Sports<' in label["nl"]
    assert "lang=" not in label["en"]


def test_figures_are_told_from_other_cells_and_our_own_from_those_of_sources(revised: Package) -> None:
    found = {(one.cell, one.is_figure, one.is_own, one.is_withdrawn) for one in shown(revised, "nl")}
    assert found == {
        ("derived_figures.value[share_obliged]", True, True, False),
        ("completions.*[2025-02-24,all]", True, False, True),
        ("activity_types.label_en[sport]", False, False, False),
        (CELL, True, False, False),
    }


def test_what_an_author_of_a_reason_writes_is_no_markup(revised: Package) -> None:
    assert "<b>" not in shown(revised, "nl")[3].reason


def test_of_a_figure_that_was_revised_twice_the_last_time_counts(revised: Package) -> None:
    assert (
        text(corrections_in(vocabulary(revised, "nl"), last_corrections(revised), "completions")[CELL].old) == "3.289"
    )


@pytest.mark.parametrize(
    ("language", "cell", "told", "where"),
    [
        ("nl", CELL, ("3.289", "telfout"), "results"),
        ("en", CELL, ("3,289", "mistake"), "results"),
    ],
)
def test_the_notice_is_on_the_pages_that_show_the_figure_and_on_no_other(
    rendered: Mapping[str, Mapping[str, Page]], language: str, cell: str, told: tuple[str, ...], where: str
) -> None:
    written = {name: page.markdown for name, page in rendered[language].items() if name not in LISTS}
    pages = {name: markdown for name, markdown in written.items() if ":" not in name}
    notices = {name: every(parse(markdown), ".notice")[:1] for name, markdown in pages.items()}
    noticed = {name for name, found in notices.items() if any(told[0] in text(notice) for notice in found)}
    assert noticed == {name for name, markdown in pages.items() if f'data-cell="{cell}"' in markdown}
    assert where in noticed
    assert not noticed & {"networks", "glossary", "corrections", "changes"}
    (notice,) = notices[where]
    assert notice.get("role") == "note"
    assert notice.get("aria-label")
    assert all(part in text(notice) for part in (*told, "0.3.0", "2026"))
    assert every(notice, 'a[href^="correc"]')


def test_a_revised_figure_says_so_beside_it(rendered: Mapping[str, Mapping[str, Page]]) -> None:
    numbers = [text(one.getparent()) for one in every(parse(rendered["nl"]["home"].markdown), "a.figure__cell")]
    assert next(number for number in numbers if "herzien" in number).startswith("3.290 herzien")
    assert not [number for number in numbers if number.startswith(("3.811 herzien", "64% herzien"))]


def test_our_own_counts_are_no_news(rendered: Mapping[str, Mapping[str, Page]]) -> None:
    pages = (page for name, page in rendered["nl"].items() if name not in ("corrections", *LISTS))
    assert not [page.identifier for page in pages if "86,2%" in text(page.markdown)]


def test_the_notice_comes_below_the_answer_and_the_key_figures(rendered: Mapping[str, Mapping[str, Page]]) -> None:
    home = rendered["nl"]["home"].markdown
    assert home.index('class="key-figures"') < home.index('class="notice"') < home.index("\n## ")


def test_the_passport_of_the_figure_has_the_notice_and_no_other_passport(
    rendered: Mapping[str, Mapping[str, Page]],
) -> None:
    passports = every(parse(rendered["nl"][PASSPORTS].markdown), "section.passport")
    noticed = [passport.attrib["id"] for passport in passports if every(passport, ".notice")]
    assert noticed == ["2025-02-25.obliged.persons"]


def test_the_page_of_corrections_tells_whether_a_figure_of_a_source_was_revised(
    rendered: Mapping[str, Mapping[str, Page]], published: Package
) -> None:
    assert "Deze getallen zijn herzien" in rendered["nl"]["corrections"].markdown
    without = draft(renderer(published, "nl"), "corrections").render()
    assert "Getallen uit een bron moesten we nog niet herzien" in without.markdown


def test_a_page_without_parts_ends_with_the_notice() -> None:
    assert with_notice("# Kop\n", "<aside>") == "# Kop\n\n<aside>\n"
    assert with_notice("# Kop\n\nZin.\n\n## Deel\n", "<aside>") == "# Kop\n\nZin.\n\n<aside>\n\n## Deel\n"


def test_where_nothing_was_revised_there_is_no_notice_and_the_page_says_so(published: Package) -> None:
    tables = {name: table for name, table in published.tables.items() if name != "corrections"}
    assert shown(replace(published, tables=tables), "nl") == []
