"""A second time in the small project: its rows are added, and every page, chart and passport speaks of both."""

import json
import re

import pytest

from conftest import run_verb
from small_projects import SmallProject

LATER = "2026-01-31,a,4410,,4.410\n2026-01-31,b,794,,794\n"
CONTINUED = """total_2,5204,persons,0,sum,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"
share_2,84.7,percent,1,share,"counts.persons[2026-01-31,a];derived_figures.value[total_2]"
per_2,5.6,items,1,ratio,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"
more_2,3616,persons,0,difference,"counts.persons[2026-01-31,a];counts.persons[2026-01-31,b]"
"""
PAGES = ("site/nl/index.md", "site/en/index.md", "site/charts/people.yml")
PAIR = 'row("counts", day="2025-02-25", group="a")', 'row("counts", group="a", day="2025-02-25")'


@pytest.fixture
def twice(small_project: SmallProject) -> SmallProject:
    """Give the small project of which the pages name no day, with rows of a second day, built."""
    for page in PAGES:
        text = (small_project.folder / page).read_text("utf-8")
        for pair in PAIR:
            text = text.replace(pair, 'latest("counts", group="a")')
        small_project.write(page, text)
    small_project.append("data/counts.csv", LATER)
    small_project.alter("data/derived_figures.csv", "filled,2,", "filled,4,")
    small_project.append("data/derived_figures.csv", CONTINUED)
    small_project.take_next_version()
    return small_project


def bare(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_pages_speak_of_the_newest_and_lead_from_the_older_to_it(twice: SmallProject) -> None:
    twice.publish(twice.published)
    twice.build()
    home = (twice.public / "index.html").read_text("utf-8")
    assert 'data-cell="counts.persons[2026-01-31,a]"' in home
    assert 'data-cell="counts.persons[2025-02-25,a]"' not in home
    passports = (twice.public / "paspoort" / "counts.html").read_text("utf-8")
    older = passports.partition('<section class="passport" id="2025-02-25.a.persons"')[2].partition("</section>")[0]
    assert "Er is een nieuwer getal 4.410 personen · Groep één · 31 januari 2026" in bare(older)
    assert passports.count("Er is een nieuwer getal") == 2  # of each group that was counted again
    figures = json.loads((twice.public / "data/figures/figures.json").read_text("utf-8"))["figures"]
    newer = {figure["cell"]: figure.get("newer") for figure in figures}
    assert newer["counts.persons[2025-02-25,a]"] == "counts.persons[2026-01-31,a]"
    assert newer["derived_figures.value[total]"] == "derived_figures.value[total_2]"
    assert newer["counts.persons[2026-01-31,a]"] is None


def test_rows_of_a_second_time_stop_what_is_left_behind(twice: SmallProject) -> None:
    twice.alter("data/derived_figures.csv", CONTINUED, "")
    outcome = run_verb("validate", project=twice.folder)
    assert outcome.code == 1
    assert "what 'total' is computed from has newer figures" in outcome.all
