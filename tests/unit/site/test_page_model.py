from pathlib import Path

import pytest

from conftest import Copy
from small_projects import SmallProject
from vierdepijler.core.cells import Cell, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.page_model import key_figures, release_day, source_lines, table_figure, time_of
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import PageSource, Sources, read_sources

ANSWER = "Antwoord op vraag nr. 173 van 20 februari 2025 [in Dutch]"
REGISTER = "Vierde Pijler, ‘What do we not know?’"


def cell(package: Package, address: str) -> Cell:
    return select(package, address).cells[0]


def test_the_day_the_year_or_the_period_of_a_figure_is_said(package: Package) -> None:
    assert time_of(cell(package, "completions.persons[2025-02-25,all]"), "en") == "25 February 2025"
    assert time_of(cell(package, "context_counts.value[contracts-flanders-brussels-2022]"), "nl") == "2022"
    assert time_of(cell(package, "co_financing.amount_eur[S00,flanders]"), "nl") == ""


def test_a_source_is_named_once_with_what_is_known_of_it(package: Package) -> None:
    cells = [cell(package, f"completions.persons[2025-02-25,{group}]") for group in ("all", "obliged")]
    (line,) = source_lines(package, cells, "nl")
    assert line.title == "Antwoord op vraag nr. 173 van 20 februari 2025"
    assert (line.publisher, line.published, line.address) == ("Hilde Crevits, Vlaams minister", "", "")


def test_a_source_on_the_web_has_its_day_and_its_address(package: Package) -> None:
    (line,) = source_lines(package, [cell(package, "trajectory_rules.value[price-trajectory]")], "en")
    assert line.published == "7 June 2023"
    assert line.address.startswith("https://")


def test_a_cell_has_the_source_of_its_own_where_the_row_has_another(package: Package) -> None:
    (line,) = source_lines(package, [cell(package, "networks.label_nl[N18]")], "nl")
    assert "referentieregio" in line.title


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        ("share_obliged", [ANSWER]),  # of figures of the answer
        ("lead_partner_unknown", [ANSWER, "Vierde Pijler, ‘Which networks are there?’"]),  # less our count
        ("unknown_count", [REGISTER]),  # the cells that are counted name the answer, which says nothing of them
        ("not_found_count", [REGISTER]),
        ("rule_count", ["Vierde Pijler, ‘Rules of the checks’"]),
    ],
)
def test_a_figure_of_our_own_has_the_sources_of_what_it_is_computed_from(
    package: Package, figure: str, named: list[str]
) -> None:
    lines = source_lines(package, [cell(package, f"derived_figures.value[{figure}]")], "en")
    assert [line.title for line in lines] == named


def test_a_package_without_a_table_of_sources_names_none(miniature: Copy) -> None:
    package = miniature.read()
    assert source_lines(package, [cell(package, "counts.persons[2025-02-25,a]")], "nl") == []


def test_the_day_of_a_release_is_that_of_the_descriptor(miniature: Copy) -> None:
    assert release_day(miniature.read(), "nl") == "2 januari 2026"


URL = "https://cijfers.example/"


@pytest.fixture
def renderer(small_site: SmallProject) -> Renderer:
    package = small_site.read_published()
    return Renderer(package, read_sources(small_site.folder / "site", package.languages), "nl", URL)


def test_each_page_can_be_made_by_itself_and_is_named_before_it_is_made(renderer: Renderer) -> None:
    drafts = {draft.path: draft for draft in renderer.drafts()}
    for path in ("tellingen.md", "data/counts.md", "data/1.0.0/index.md"):
        page = drafts[path].render()
        assert (page.identifier, page.path) == (drafts[path].identifier, path)
        assert not drafts[path].needs_all


def test_a_passport_names_the_pages_that_show_its_figures_so_these_must_be_made_first(renderer: Renderer) -> None:
    passport = next(draft for draft in renderer.drafts() if draft.path == "paspoort/counts.md")
    assert passport.needs_all
    alone = passport.render().markdown
    list(renderer.render_written())
    assert 'href="../tellingen.html"' not in alone
    assert 'href="../tellingen.html"' in passport.render().markdown


WORDS = {
    "own_figure": "eigen berekening",
    "quote_sources": "verschillende bronnen",
    "release_title": "Uitgave",
    "part_rows": "rijen",
}


def sources_with(folder: Path, *addresses: str) -> tuple[Sources, PageSource]:
    """Write the head of a page that names key figures, and give its source."""
    (folder / "site" / "nl").mkdir(parents=True)
    lines = "".join(f"  {address}: mensen\n" for address in addresses)
    (folder / "site" / "nl" / "een.md").write_text(f"---\npage: one\nkey_figures:\n{lines}---\n", "utf-8")
    source = PageSource("een.md", {}, dict.fromkeys(addresses, "mensen"))
    return Sources(folder / "site", {"nl": {"one": source}}, {"nl": WORDS, "en": WORDS}), source


def refusals(package: Package, folder: Path, *addresses: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        key_figures(package, *_of(folder, *addresses))
    return [str(problem) for problem in caught.value.problems]


def _of(folder: Path, *addresses: str) -> tuple[Sources, str, PageSource]:
    sources, source = sources_with(folder, *addresses)
    return sources, "nl", source


def test_a_key_figure_has_its_number_day_and_source_from_its_cell(package: Package, tmp_path: Path) -> None:
    (figure,) = key_figures(package, *_of(tmp_path, "completions.persons[2025-02-25,all]"))
    assert (figure.number, figure.words) == ("3.811", "mensen")
    assert figure.origin == "25 februari 2025 · Antwoord op vraag nr. 173 van 20 februari 2025"
    assert figure.bound == "completions.persons[2025-02-25,all]"


def test_it_is_written_in_the_language_of_the_page(package: Package, tmp_path: Path) -> None:
    sources, source = sources_with(tmp_path, "completions.persons[2025-02-25,all]")
    (figure,) = key_figures(package, sources, "en", source)
    assert figure.number == "3,811"
    assert figure.origin.startswith("25 February 2025 · ")


def test_a_figure_of_our_own_says_so_and_names_the_source_it_comes_from(package: Package, tmp_path: Path) -> None:
    (figure,) = key_figures(package, *_of(tmp_path, "derived_figures.value[share_obliged]"))
    assert figure.number == "86,3%"
    assert figure.origin == "eigen berekening · Antwoord op vraag nr. 173 van 20 februari 2025"


def test_each_cell_that_is_not_there_is_told_with_its_line(miniature: Copy, tmp_path: Path) -> None:
    told = refusals(miniature.read(), tmp_path, "counts.persons[2025-02-25,z]", "nothing.persons[a]", "counts.persons")
    assert [problem.partition(": ")[0] for problem in told] == [
        "site/nl/een.md:4",
        "site/nl/een.md:5",
        "site/nl/een.md:6",
    ]
    assert "has no row with the key '2025-02-25,z'" in told[0]
    assert "there is no table 'nothing'" in told[1]
    assert "is not one cell with a value" in told[2]


def test_an_empty_cell_stands_for_no_page(miniature: Copy, tmp_path: Path) -> None:
    (told,) = refusals(miniature.read(), tmp_path, "counts.persons[2025-02-25,c]")
    assert "is not one cell with a value" in told


def test_what_stands_for_a_table_is_its_number_of_rows(miniature: Copy) -> None:
    package = miniature.read()
    figure = table_figure(package, package.tables["counts"], "nl", WORDS)
    assert (figure.number, figure.words, figure.bound) == ("3", "rijen", "resources/counts/rows")
    assert figure.origin == "Uitgave 1.2.3 · 2 januari 2026"


def test_a_figure_that_the_caveat_of_a_table_forbids_to_put_forward_is_told(miniature: Copy, tmp_path: Path) -> None:
    package = miniature.change(lambda d: d["resources"][0].update(forbids=["ratio"])).read()
    (told,) = refusals(package, tmp_path, "derived_figures.value[per_b]", "derived_figures.value[share_a]")
    assert told.startswith(
        "site/nl/een.md:4: the caveat of the table 'counts' forbids to put derived_figures.value[per_b]"
    )
