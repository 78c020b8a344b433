"""A second and a third answer, added to a copy of the project by the recipe: what the site says then, and taken back.

Where each figure belongs is stated by hand beside the answers, and so is what a person writes. What the pages say is
asked of every page, by the cell that each figure on it is bound to.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from built_pages import around, dead_links, every, name, pages, places, shown, wrong_values
from conftest import Copy, copy_project, with_libraries
from next_answers import AFTER_NEXT, LEFT, NEXT, OPEN, RIGHT, WRONG, counted
from next_by_hand import answered, close_sentences, place_by_hand, rewrite_said
from vierdepijler.commands.answering import add_answer, take_back
from vierdepijler.core.cells import Selection, cell_address, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.reading import read_package
from vierdepijler.core.tables import Role
from vierdepijler.core.times import is_series, moment, over_time
from vierdepijler.site.building import build_site

pytestmark = pytest.mark.long
ANSWERS = ((NEXT, "S200", 0.8), (AFTER_NEXT, "S201", 0.6))
# Where an older figure may stand alone: in what is about one document, about the figure before, or about every figure.
OF_BEFORE = ".change, .key-figure__change, .item__figures, .letter, .since, .standings, .downloads__newest"
OF_EVERY = ("data/", "paspoort/", "passport/", "bron/", "source/")  # the pages of tables, figures and documents


COLUMNS = (
    "completions.persons", "activity_hours.share_percent", "co_financing.amount_eur", "coverage.local_authorities",
    "network_counts.networks", "derived_figures.value",
)  # fmt: skip


@dataclass(frozen=True)
class Grown:
    """A copy of the project with two more answers, its site, and what was there before and between."""

    copy: Copy
    before: Package
    states: list[dict[str, bytes]]
    counts: list[str]

    @property
    def site(self) -> Path:
        return self.copy.folder / "public"

    @property
    def published(self) -> Package:
        return read_package(self.copy.folder / "build/data/latest/datapackage.json")


def files_of(copy: Copy) -> dict[str, bytes]:
    own = (copy.descriptor, *(path for part in ("data", "site") for path in (copy.folder / part).rglob("*")))
    return {str(path.relative_to(copy.folder)): path.read_bytes() for path in own if path.is_file()}


def put_back(copy: Copy, files: dict[str, bytes]) -> None:
    """Undo what was written by hand, as a maintainer does with git."""
    for file in files_of(copy).keys() - files.keys():
        (copy.folder / file).unlink()
    for file, content in files.items():
        (copy.folder / file).write_bytes(content)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    copy = Copy(with_libraries(copy_project(tmp_path_factory.mktemp("grown")))).take_next_version()
    states, counts, before = [files_of(copy)], [], copy.read()
    for answer, source, least in ANSWERS:
        assert add_answer(copy.descriptor, answer, source, None, "en") == 1
        found = counted(copy.read(), answer, source)
        assert (found[WRONG], found[OPEN]) == (0, 0)
        assert found[RIGHT] / (found[RIGHT] + found[LEFT]) >= least
        counts.append(f"{answer.stem} answer: {dict(found)}")
        states.append(files_of(copy))
        place_by_hand(copy, answer)
        states.append(files_of(copy))
    close_sentences(copy)
    assert copy.errors() == []
    package = read_package(copy.publish(copy.folder / "build" / "data") / "datapackage.json")
    while True:  # a build names the lines of one language; each is rewritten, or the test fails
        try:
            build_site(package, copy.folder, copy.folder / "public")
            break
        except ContentError as error:
            rewrite_said(copy, error)
    return Grown(copy, before, states, counts)


def test_each_figure_is_where_it_belongs_or_left_to_a_person(
    grown: Grown, say_at_the_end: Callable[[str], None]
) -> None:
    for line in grown.counts:
        say_at_the_end(line)


def series_of(package: Package, element: HtmlElement) -> tuple[Selection, list[int]] | None:
    """Give the cell that an element is bound to, and the rows that say the same of other times."""
    used = select(package, element.attrib["data-cell"])
    if not used.field or len(used.rows) != 1 or not is_series(used.table):
        return None
    is_of_figures = used.table.role in (None, Role.DERIVED)
    return (used, over_time(package, used.table, used.rows[0])) if is_of_figures else None


def stands_alone(package: Package, element: HtmlElement) -> bool:
    """Tell whether nothing around a figure says that it is of before: no word, and no table with the newer one."""
    if around(element, OF_BEFORE):
        return False
    found, tables = series_of(package, element), around(element, "table")
    if found is None or not tables:
        return found is not None
    used, rows = found
    beside = {one.attrib["data-cell"] for one in every(tables[-1], "[data-cell]")}
    assert used.field
    return cell_address(used.table.name, used.field.name, used.table.row_keys[rows[-1]]) not in beside


def older_figures(package: Package, page: HtmlElement) -> Iterator[HtmlElement]:
    for element in every(page, "data[data-cell], time[data-cell]"):
        if found := series_of(package, element):
            used, rows = found
            if moment(package, used.table, used.rows[0]) < moment(package, used.table, rows[-1]):
                yield element


def test_no_figure_of_an_older_answer_stands_as_the_newest(grown: Grown) -> None:
    package, met = grown.published, 0
    for path, page in pages(grown.site):
        address = name(grown.site, path)
        if not address.removeprefix("en/").startswith(OF_EVERY):
            old = list(older_figures(package, page))
            met += len(old)
            assert [(address, one.attrib["data-cell"]) for one in old if stands_alone(package, one)] == []
    assert met > 100


def test_no_page_says_that_what_is_known_is_not(grown: Grown) -> None:
    codes = answered(grown.published)
    assert {"people-in-progress", "people-started", "amif-amount"} <= set(codes)
    for path, page in pages(grown.site):
        for code in codes:
            for link in every(page, f'.unknowns a[href$="#{code}"], .empty a[href$="#{code}"]'):
                table = around(link, "table")
                assert table, (path, code)  # only beside the row that says it


def test_no_link_leads_nowhere_and_each_value_is_that_of_its_cell(grown: Grown) -> None:
    package = grown.published
    for path, page in pages(grown.site):
        assert list(dead_links(grown.site, name(grown.site, path), page)) == []
        assert list(wrong_values(package, page)) == []


def test_a_table_of_a_chart_has_all_times_of_what_it_shows(grown: Grown) -> None:
    package, met = grown.published, set()
    for path, page in pages(grown.site):
        for table in every(page, ".chart__table table, table.chart__table, .chart table"):
            cells = {element.attrib["data-cell"] for element in every(table, "data[data-cell]")}
            for element in every(table, "data[data-cell]"):
                if (found := series_of(package, element)) and found[0].table.role is None and found[0].field:
                    used, rows = found
                    wanted = {cell_address(used.table.name, found[0].field.name, used.table.row_keys[r]) for r in rows}
                    assert wanted <= cells, (path, wanted - cells)
                    met.add((used.table.name, len(rows)))
    assert {"completions", "activity_hours", "network_counts"} <= {table for table, count in met if count > 1}


def test_each_figure_of_before_keeps_its_passport_and_says_that_there_is_a_newer_one(grown: Grown) -> None:
    package, site = grown.published, grown.site
    index = json.loads((site / "data/figures/figures.json").read_text("utf-8"))
    described = {figure["cell"]: figure for figure in index["figures"] if "key" in figure}
    cells = (cell for column in COLUMNS for cell in select(grown.before, column).cells)
    old = [cell.address for cell in cells if cell.value is not None]
    assert len(old) > 20
    for address in old:
        figure = described[address]
        for page in figure["page"].values():
            file, _, place = page.partition("#")
            assert place in places(site / file), page
        used = select(package, address)
        rows = over_time(package, used.table, used.rows[0])
        newest = cell_address(
            used.table.name, address.partition("[")[0].partition(".")[2], used.table.row_keys[rows[-1]]
        )
        is_old = moment(package, used.table, used.rows[0]) < moment(package, used.table, rows[-1])
        assert figure.get("newer") == (newest if is_old else None)


def test_files_to_download_and_the_api_hold_every_row(grown: Grown) -> None:
    package = grown.published
    for table in ("completions", "activity_hours", "co_financing", "in_progress", "started"):
        answer = json.loads((grown.site / f"api/v1/tables/{table}.json").read_text("utf-8"))
        assert answer["data"]["rows"] == package.tables[table].rows > 0
    for path in ("data/latest/completions.xlsx", "data/latest/completions.csv", "data/latest/started.xlsx"):
        assert (grown.site / path).is_file()


def test_each_answer_is_named_where_the_sources_are(grown: Grown) -> None:
    for path in ("bronnen.html", "en/sources.html"):
        found = places(grown.site / path)
        assert {"S00", "S200", "S201"} <= set(found)
        assert "5.204" in shown(found["S200.5"]) or "5,204" in shown(found["S200.5"])


def test_taken_back_again_all_is_as_it_was(grown: Grown) -> None:
    """The last: it changes the copy. What a site is made of decides its bytes, as the fresh machine proves."""
    for (_, source, _), before, added in reversed(
        list(zip(ANSWERS, grown.states[::2], grown.states[1::2], strict=False))
    ):
        put_back(grown.copy, added)
        assert take_back(grown.copy.descriptor, source, "en") == 0
        assert files_of(grown.copy) == before
