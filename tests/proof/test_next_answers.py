"""A second and a third answer, added to a copy of the project by the recipe: what the site says then, and taken back.

Where each figure belongs is stated by hand beside the answers, and so is what a person writes. What the pages say is
asked of every page, by the cell that each figure on it is bound to.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from built_pages import around, dead_links, every, name, pages, parse, places, shown, wrong_values
from conftest import Copy, copy_project, with_libraries
from next_answers import AFTER_NEXT, LEFT, NEXT, OPEN, RIGHT, WRONG, counted
from next_by_hand import answered, close_sentences, place_by_hand, rewrite_said
from next_outputs import OF_EVERY, OUTPUTS, WRONG_OUTPUTS, Before, older_figures, series_of, stands_alone
from small_projects import digests
from vierdepijler.commands.answering import add_answer, go_on, take_back
from vierdepijler.commands.command_line import makers
from vierdepijler.core.cells import cell_address, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.reading import read_package
from vierdepijler.core.staging import keeping
from vierdepijler.core.times import moment, over_time
from vierdepijler.figures.figure_records import BETWEEN
from vierdepijler.site.building import build_site, open_site

pytestmark = pytest.mark.long
ANSWERS = ((NEXT, "S200", 0.8), (AFTER_NEXT, "S201", 0.6))

COLUMNS = (
    "completions.persons", "activity_hours.share_percent", "co_financing.amount_eur", "coverage.local_authorities",
    "network_counts.networks", "derived_figures.value",
)  # fmt: skip


@dataclass(frozen=True)
class Grown:
    """A copy of the project with two more answers, its site, and what was there before and between."""

    copy: Copy
    own: dict[str, bytes]
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
    copy = Copy(with_libraries(copy_project(tmp_path_factory.mktemp("grown"))))
    own = files_of(copy)
    copy.take_next_version()
    states, counts, before = [files_of(copy)], [], copy.read()
    for answer, source, least in ANSWERS:
        assert add_answer(copy.descriptor, answer, source, None, "en") == 1
        found = counted(copy.read(), answer, source)
        assert (found[WRONG], found[OPEN]) == (0, 0)
        assert found[RIGHT] / (found[RIGHT] + found[LEFT]) >= least
        counts.append(f"{answer.stem} answer: {dict(found)}")
        states.append(files_of(copy))
        place_by_hand(copy, answer)
        go_on(copy.descriptor, answer, "en")
        states.append(files_of(copy))
    close_sentences(copy)
    assert copy.errors() == []
    while True:  # a build names the lines of one language; each is rewritten, or the test fails
        try:
            make(copy)
            break
        except ContentError as error:
            rewrite_said(copy, error)
    return Grown(copy, own, before, states, counts)


def make(copy: Copy) -> None:
    """Publish and build as the commands do, with what they keep from one time to the next."""
    package = read_package(copy.publish(copy.folder / "build" / "data") / "datapackage.json")
    with keeping(copy.folder / "public", makers(copy.folder)):
        build_site(package, copy.folder, copy.folder / "public")


@pytest.fixture(scope="module")
def older(grown: Grown) -> Before:
    return Before(grown.published)


def test_each_figure_is_where_it_belongs_or_left_to_a_person(
    grown: Grown, say_at_the_end: Callable[[str], None]
) -> None:
    for line in grown.counts:
        say_at_the_end(line)


def test_no_figure_of_an_older_answer_stands_as_the_newest(grown: Grown) -> None:
    package, met = grown.published, 0
    for path, page in pages(grown.site):
        address = name(grown.site, path)
        if not address.removeprefix("en/").startswith(OF_EVERY):
            old = list(older_figures(package, page))
            met += len(old)
            assert [(address, one.attrib["data-cell"]) for one in old if stands_alone(package, one)] == []
    assert met > 100


def test_each_row_of_a_table_over_answers_says_of_when_it_is(grown: Grown, older: Before) -> None:
    for path, page in pages(grown.site):
        assert list(older.untimed_rows(page)) == [], path


@pytest.mark.parametrize("kind", OUTPUTS)
def test_nothing_that_is_made_says_a_figure_of_before_without_its_time(grown: Grown, older: Before, kind: str) -> None:
    patterns, read = OUTPUTS[kind]
    files = [path for pattern in patterns for path in grown.site.glob(pattern)]
    assert files
    for path in files:
        assert list(older.untimed(read(path))) == [], path


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_figure_of_before_without_its_time_is_seen(older: Before, tmp_path: Path, kind: str) -> None:
    for figure, time, is_seen in (("3.811", "", True), ("3.811", "25 februari 2025", False), ("6.480", "", False)):
        path = WRONG_OUTPUTS[kind](tmp_path / "output", f"{figure} mensen zijn klaar {time}")
        assert bool(list(older.untimed(OUTPUTS[kind][1](path)))) is is_seen


@pytest.mark.parametrize(
    ("markup", "is_seen"),
    [
        ("<p>{old}</p>", True),
        ("<p class=change>{old}</p>", False),
        ("<table><tr><td>{old}</table>", True),
        ("<table><tr><td>{old}<td>25 februari 2025<tr><td>{new}</table>", False),
        ("<table><tr><td>{old}<tr><td>{new}</table>", True),
    ],
)
def test_a_figure_of_before_that_stands_alone_on_a_page_is_seen(older: Before, markup: str, *, is_seen: bool) -> None:
    days = {"old": "2025-02-25", "new": "2026-08-31"}
    figures = {name: f'<data data-cell="completions.persons[{day},all]">1</data>' for name, day in days.items()}
    page = parse(markup.format(**figures))
    alone = [one for one in older_figures(older.package, page) if stands_alone(older.package, one)]
    assert bool(alone or list(older.untimed_rows(page))) is is_seen


def test_each_key_figure_is_the_newest_on_its_page_its_sheet_and_its_image(grown: Grown, older: Before) -> None:
    _, renderers = open_site(grown.published, grown.copy.folder)
    heads = [draft.head() for renderer in renderers.values() for draft in renderer.drafts()]
    bound = [figure.bound for head in heads for figure in head.figures if "[" in figure.bound]
    assert "completions.persons[2026-08-31,all]" in bound
    assert [address for address in bound if older.is_older(address)] == []
    assert older.is_older("completions.persons[2025-02-25,all]")
    assert list(older.untimed(text for head in heads for text in (head.title, head.description))) == []


def test_the_api_leads_from_each_figure_to_the_newer_one(grown: Grown, older: Before) -> None:
    figures = json.loads((grown.site / "api/v1/figures.json").read_text("utf-8"))["data"]
    told = {figure["cell"] for figure in figures if figure["newer"]}
    assert {figure["cell"] for figure in figures if older.is_older(figure["cell"])} <= told
    assert {"completions.persons[2025-02-25,all]", "derived_figures.value[share_top_two]"} <= told
    assert "completions.persons[2026-08-31,all]" not in told


def test_no_two_figures_have_one_name_where_readers_choose(grown: Grown) -> None:
    for path in grown.site.glob("**/search_index.json"):
        entries = json.loads(path.read_text("utf-8"))["docs"]
        names = [(one["title"].partition(BETWEEN)[2], one["note"]) for one in entries if one.get("kind") == "figure"]
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_two_items_of_answers_have_one_name_where_readers_search(grown: Grown) -> None:
    for path in grown.site.glob("**/search_index.json"):
        entries = json.loads(path.read_text("utf-8"))["docs"]
        items = [one["title"] for one in entries if re.match(r"(?:bronnen|sources)\.html#S\d+\.", one["location"])]
        assert len(items) > 20
        assert [item for item, times in Counter(items).items() if times > 1] == []


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


def test_taken_back_again_the_site_is_byte_for_byte_what_it_was(grown: Grown, published: Package, site: Path) -> None:
    """The last: it changes the copy. The site of the tests was made of the same sources, with nothing kept."""
    assert digests(grown.site).items() & digests(site).items() != digests(site).items()
    for (_, source, _), before, added in reversed(
        list(zip(ANSWERS, grown.states[::2], grown.states[1::2], strict=False))
    ):
        put_back(grown.copy, added)
        assert take_back(grown.copy.descriptor, source, "en") == 0
        assert files_of(grown.copy) == before
    put_back(grown.copy, grown.own)  # the version that let rows be added
    make(grown.copy)
    assert digests(grown.copy.folder / "build" / "data") == digests(published.root.parent)
    assert digests(grown.site) == digests(site)
