"""The explorer on the page of a table, in a browser: what is chosen is what is shown, told, shared and downloaded."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pyarrow as pa
import pytest
from playwright.sync_api import Browser, Download, Page, Route, expect

from large_tables import GROUPS, enlarge
from loopback import served
from small_projects import SmallProject
from vierdepijler.core.package import Package

TABLE = "en/data/completions.html"
LONG = "en/data/figure_history.html"
SPENT = "en/data/funding_calls.html"
ROWS = 10_000  # five times as many in benchmarks/explorer
STATUS, ROW = ".explorer__status", "table.preview:not([hidden]) tbody tr"


def status(page: Page) -> str:
    return page.locator(STATUS).inner_text()


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"{ROW} > :nth-child({number})").all_inner_texts()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def downloaded(download: Download, folder: Path) -> Path:
    download.save_as(folder / download.suggested_filename)
    return folder / download.suggested_filename


def test_a_heading_sorts_and_says_so(page: Page) -> None:
    page.goto(TABLE)
    button = page.get_by_role("button", name="People", exact=True)
    button.click()
    expect(page.locator("th[aria-sort]")).to_have_attribute("aria-sort", "ascending")
    assert column(page, 3) == ["521", "3,290", "3,811"]
    button.click()
    assert column(page, 3) == ["3,811", "3,290", "521"]
    assert asked(page)["sort"] == ["-persons"]
    button.click()
    assert page.locator("th[aria-sort]").count() == 0


def test_columns_are_filtered_by_what_they_are_and_searched_for_what_codes_mean(page: Page) -> None:
    page.goto(TABLE)
    page.get_by_label("Search all columns").fill("ENTITLED")
    expect(page.locator(STATUS)).to_have_text("1 of 3 rows")
    page.get_by_label("Search all columns").fill("")
    page.get_by_text("Choose rows").click()
    page.get_by_label("People from").fill("600")
    assert status(page) == "2 of 3 rows"
    page.get_by_role("combobox", name="Group", exact=True).select_option("obliged")
    assert status(page) == "1 of 3 rows"
    assert column(page, 3) == ["3,290"]
    page.get_by_label("Reference date from").fill("2025-02-26")
    assert status(page) == "No row fits your choice. Choose less, or start again."
    assert asked(page) == {
        "from.persons": ["600"],
        "is.participant_group": ["obliged"],
        "from.reference_date": ["2025-02-26"],
    }


def test_another_language_is_not_shown_at_first_and_no_groups_of_one_row_are_offered(page: Page) -> None:
    page.goto("en/data/unknowns.html")
    heads = page.locator("table.preview:not([hidden]) thead th:visible")
    shown = heads.count()
    page.get_by_text("Choose columns").click()
    hidden = page.locator(".explorer__check input:not(:checked)")
    assert hidden.count() == page.locator("table.preview:not([hidden]) thead th").count() - shown > 0
    hidden.first.check()
    assert heads.count() == shown + 1
    assert page.locator("option[value='unknown_id']").count() == 0
    assert page.locator("option[value='reason']").count() == 1


def test_what_every_row_says_is_told_once_and_its_column_comes_where_a_link_leads_to_it(page: Page) -> None:
    page.goto(TABLE)
    kind = page.locator("table.preview th", has_text="Kind of source")
    assert "Kind of source: Answer to a written question" in page.locator("p.explorer__note").all_inner_texts()[-1]
    expect(kind).to_be_hidden()
    page.goto(f"{TABLE}#2025-02-25.all.source_kind")
    page.reload()
    expect(kind).to_be_visible()
    expect(page.locator("td:target")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 700, 1280])
@pytest.mark.parametrize("table", ["networks", "tombstones", "agency_resources"])
def test_a_wide_table_folds_into_cards_and_stays_a_table(page: Page, table: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"en/data/{table}.html")
    frame = page.locator(".table-frame:has(.preview)")
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    assert page.get_by_role("table").get_by_role("row").nth(1).get_by_role("cell").count() > 1
    is_card = page.locator(ROW).first.evaluate("row => getComputedStyle(row).display") == "grid"
    assert is_card == (width == 390 or table == "networks" or (table == "agency_resources" and width == 700))


def test_the_selection_is_in_the_address_and_the_way_back_works(page: Page) -> None:
    page.goto(f"{TABLE}?from.persons=600&sort=persons&columns=participant_group,persons")
    assert column(page, 3) == ["3,290", "3,811"]
    assert page.locator("table.preview:not([hidden]) thead th:visible").count() == 2
    assert page.get_by_label("People from").input_value() == "600"
    page.get_by_role("button", name="Start again").click()
    assert status(page) == "3 of 3 rows"
    assert asked(page) == {}
    page.go_back()
    assert status(page) == "2 of 3 rows"
    assert page.get_by_label("People from").input_value() == "600"


def test_groups_are_counted_and_added_up_as_arrow_does(page: Page, published: Package) -> None:
    page.goto(f"{SPENT}?group=call_number")
    calls = published.tables["funding_calls"]
    columns = pa.table({name: calls.column(name) for name in ("call_number", "amount_eur")})
    groups = columns.group_by("call_number", use_threads=False).aggregate([([], "count_all"), ("amount_eur", "sum")])
    heads = page.locator(".explorer__groups th[scope=col]").all_inner_texts()
    place = next(at for at, text in enumerate(heads, 1) if "(sum)" in text)
    assert [int(text) for text in column(page, 2)] == groups["count_all"].to_pylist()
    sums = [int(re.sub(r"\D", "", text.partition("(")[0]) or 0) for text in column(page, place)]
    assert sums == [int(value or 0) for value in groups["amount_eur_sum"].to_pylist()]


def test_a_total_is_not_added_to_its_own_parts_and_shares_are_never_added(page: Page) -> None:
    page.goto(f"{TABLE}?group=reference_date")
    assert column(page, 3) == ["3,811 (without the row with the total)"]
    page.goto("en/data/activity_hours.html?group=source_id")
    assert page.get_by_text("There is no sum here.").is_visible()


def test_a_link_to_a_row_leads_to_its_page_of_rows(page: Page, published: Package) -> None:
    page.goto(LONG)
    assert page.locator(ROW).count() == 100
    content = json.loads(page.locator(".explorer-content").inner_text())
    assert content["count"] == published.tables["figure_history"].rows > 100
    page.get_by_role("button", name="Next").click()
    assert page.get_by_role("button", name="Next").evaluate("button => button === document.activeElement")
    last = page.locator(ROW).last.get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{LONG}#{last}")
    assert page.locator("tr:target").get_attribute("id") == last
    assert page.locator("tr:target").is_visible()


@pytest.mark.parametrize("end", ["#%", "#%E0%A4", "#a%zz", "?q=%#%"])
def test_an_address_that_cannot_be_decoded_leads_to_no_row_and_stops_nothing(
    browser: Browser, small_site: SmallProject, end: str
) -> None:
    complaints: list[str] = []
    with browser.new_page() as page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((small_site.public / "en" / "data" / "counts.html").as_uri() + end)
        assert page.get_by_label("Search all columns").is_visible()
        page.get_by_label("Search all columns").fill("521")
        expect(page.locator(STATUS)).to_have_text("1 of 3 rows")
    assert complaints == []


def test_a_chart_of_the_selection_has_a_text_and_breaks_no_policy(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(TABLE)
    page.get_by_role("button", name="Show as a chart").click()
    page.get_by_label("What does the chart show?").select_option("persons")
    page.locator(".explorer__chart svg").wait_for()
    told = page.locator(".explorer__chart figcaption").inner_text()
    assert told == "Chart with 3 bars. The highest is 25 February 2025, All participants: 3,811."
    assert asked(page)["chart"] == ["persons"]
    assert complaints == []


def test_a_selection_is_downloaded_as_csv_with_its_notes_beside_it(
    page: Page, published: Package, tmp_path: Path
) -> None:
    files: list[Download] = []
    page.on("download", lambda one: files.insert(len(files), one))
    page.goto(f"{TABLE}?is.participant_group=obliged&columns=participant_group,persons")
    with page.expect_event("download", lambda one: one.suggested_filename.endswith("-notes.csv")):
        page.get_by_role("button", name="as CSV").click()
    rows, notes = (
        list(csv.reader(io.StringIO(downloaded(file, tmp_path).read_bytes().decode("utf-8")))) for file in files
    )
    assert rows == [["participant_group", "persons"], ["obliged", "3290"]]
    said = dict(notes)
    assert said["Selection"] == "Group = Obliged participants"
    assert said["Release"].startswith(str(published.descriptor["version"]))
    shared = urlsplit(said["Address of this selection"]).query
    assert parse_qs(shared) == asked(page) != {}
    assert "173" in said["Source S00"]
    assert said["Column: persons"].startswith("People (unit: people).")


def test_a_selection_is_downloaded_as_a_workbook_with_its_notes_on_the_second_sheet(page: Page, tmp_path: Path) -> None:
    page.goto(f"{TABLE}?sort=persons")
    with page.expect_download() as download:
        page.get_by_role("button", name="as Excel").click()
    book = openpyxl.load_workbook(downloaded(download.value, tmp_path))
    data, notes = (list(sheet.values) for sheet in book)
    assert book.sheetnames == ["Data", "Notes"]
    assert [row[2] for row in data] == ["persons", 521, 3290, 3811]
    assert data[1][0].date().isoformat() == "2025-02-25"
    assert "source_id" in data[0], "what the page tells once goes with the rows"
    assert {row[0] for row in notes} >= {"Table", "Selection", "Licence", "Release", "Source S00", "Column: persons"}


def test_the_reasons_of_empty_cells_come_along(page: Page, published: Package, tmp_path: Path) -> None:
    table = next(
        table
        for table in published.tables.values()
        for field in table.fields
        if field.property("reasonIn") and table.column(field.name).null_count
    )
    page.goto(f"en/data/{table.name}.html")
    with page.expect_download() as download:
        page.get_by_role("button", name="as Excel").click()
    notes = list(openpyxl.load_workbook(downloaded(download.value, tmp_path))["Notes"].values)
    codes = {text for text in table.column("unknown_id").to_pylist() if text}
    told = " ".join(str(row[1]) for row in notes if str(row[0]).startswith("Empty cells"))
    assert any(f"({code})" in told for code in codes)


def test_what_a_spreadsheet_would_run_is_guarded_in_a_csv(page: Page, tmp_path: Path) -> None:
    def spoil(route: Route) -> None:
        body = route.fetch().text()
        route.fulfill(body=body.replace('"25/2/2025"', '"=1+1"'), content_type="text/html")

    files: list[Download] = []
    page.on("download", lambda one: files.insert(len(files), one))
    page.route("**/completions.html*", spoil)
    page.goto(TABLE)
    with page.expect_event("download", lambda one: one.suggested_filename.endswith("-notes.csv")):
        page.get_by_role("button", name="as CSV").click()
    text = downloaded(files[0], tmp_path).read_text("utf-8")
    assert ",'=1+1," in text
    assert ",=1+1" not in text


@pytest.fixture
def large(site: Path, tmp_path: Path) -> Iterator[str]:
    name = enlarge(site, tmp_path / "large", ROWS)
    with served(tmp_path / "large") as root:
        yield root + name


def test_a_table_of_many_rows_shows_a_page_of_them(page: Page, large: str, tmp_path: Path) -> None:
    page.goto(large)
    page.get_by_role("button", name="Fetch all rows").click()
    page.get_by_label("Search all columns").wait_for()
    assert status(page) == "10,000 of 10,000 rows. Row 1 up to and including 100"
    records = json.loads((tmp_path / "large" / "en" / "data" / "large.json").read_text("utf-8"))["records"]
    page.get_by_label("Search all columns").fill("row 999")
    assert status(page).startswith("11 of 10,000 rows")
    page.get_by_label("Search all columns").fill("")
    page.get_by_role("button", name="People", exact=True).click()
    assert column(page, 3)[0] == str(min(record["persons"] for record in records))
    page.get_by_label("Group rows by").select_option("participant_group")
    sums = {group: sum(one["persons"] for one in records if one["participant_group"] == group) for group in GROUPS}
    shown = page.locator(".explorer__groups").inner_text()
    assert all(f"{value:,}" in shown for value in sums.values())
    assert page.locator("tbody tr").count() < 200
