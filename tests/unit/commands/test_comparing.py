import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from conftest import MINIATURE, PROJECT, Copy, run_verb
from small_projects import SmallProject
from vierdepijler.commands.comparing import MOST, Teller
from vierdepijler.core.reading import read_package
from vierdepijler.releases.differences import Differences, compare
from vierdepijler.site.links import Chart, Usage

COMPARED = "counts.persons[2025-02-25,a]"


def differences(copy: Copy) -> Differences:
    return compare(read_package(MINIATURE / "datapackage.json"), copy.read())


def tell(copy: Copy, language: str = "en", usage: Usage | None = None, *, markdown: bool = False) -> str:
    return Teller(language, markdown, usage).tell(differences(copy))


def test_no_difference_is_told_too(miniature: Copy) -> None:
    assert tell(miniature) == "nothing differs\n"
    assert tell(miniature, "nl") == "er is geen verschil\n"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "counts, a, 2025-02-25: 3,290 → 3,291; touches 3 pages, 1 chart\n"),
        ("nl", "counts, a, 2025-02-25: 3.290 → 3.291; raakt 3 pagina's, 1 grafiek\n"),
    ],
)
def test_a_changed_figure_is_told_in_one_line_with_what_it_touches(miniature: Copy, language: str, line: str) -> None:
    known = Usage({COMPARED: ["a", "b", "c"]}, {COMPARED: [Chart("a", "x", "t")]})
    assert tell(miniature.replace("data/counts.csv", "a,3290,", "a,3291,"), language, known) == line


def test_what_a_change_touches_is_left_out_where_it_is_not_known(miniature: Copy) -> None:
    assert tell(miniature.replace("data/counts.csv", "a,3290,", "a,3291,")) == "counts, a, 2025-02-25: 3,290 → 3,291\n"


def test_other_cells_are_named_with_their_field_and_texts_are_quoted(miniature: Copy) -> None:
    assert tell(miniature.replace("data/groups.csv", "Group one", "Group 1")) == (
        "groups, a, label_en: 'Group one' → 'Group 1'\n"
    )
    assert "→ empty" in tell(miniature.replace("data/groups.csv", "Group 1", ""))


def test_rows_are_told_by_their_key_and_their_name_in_the_language(miniature: Copy) -> None:
    miniature.replace("data/groups.csv", "b,Groep twee,Group two\n", "d,Groep vier,Group four\n")
    assert tell(miniature).splitlines() == ["row added: groups, d (Group four)", "row removed: groups, b (Group two)"]
    assert "rij weg: groups, b (Groep twee)" in tell(miniature, "nl")


def test_tables_columns_keys_and_texts_are_told(miniature: Copy) -> None:
    def alter(descriptor: Any) -> None:
        descriptor["resources"][1]["schema"]["fields"][2]["name"] = "name_en"
        descriptor["resources"][0]["schema"]["primaryKey"] = ["group"]
        descriptor["resources"][3]["name"] = "measures"
        descriptor["title"] = "Anders"

    miniature.change(alter).replace("data/groups.csv", "label_en", "name_en")
    assert tell(miniature).splitlines() == [
        "table added: measures",
        "table removed: units",
        "counts: the key has other fields, so the rows are not compared",
        "groups: column added: name_en",
        "groups: column removed: label_en",
        "the package: other texts or rules (title)",
        "counts: other texts or rules (primaryKey)",
    ]


def test_markdown_reads_nothing_into_a_value(miniature: Copy) -> None:
    said = tell(miniature.replace("data/groups.csv", "Group one", "<b>*x*|`y`"), markdown=True)
    assert said == "### groups\n\n- groups, a, label\\_en: 'Group one' → '&lt;b&gt;\\*x\\*\\|\\`y\\`'\n\n"


def test_a_value_stays_on_its_line(miniature: Copy) -> None:
    said = tell(miniature.replace("data/groups.csv", "Group one", '"Group\n# one"'), markdown=True)
    assert len(said.splitlines()) == 4


def test_many_changes_of_one_kind_are_cut_short(miniature: Copy) -> None:
    rows = "".join(f"2024-02-25,g{number},1,,1\n" for number in range(MOST + 7))
    miniature.write("data/counts.csv", (miniature.folder / "data/counts.csv").read_text("utf-8") + rows)
    said = tell(miniature).splitlines()
    assert len(said) == MOST + 1
    assert said[-1] == "and 7 more"


def test_the_verb_tells_which_pages_and_charts_of_ours_a_change_touches(
    small_site: SmallProject, miniature: Copy
) -> None:
    """Compared with a package that had one other figure."""
    miniature.replace("data/counts.csv", "a,3290,", "a,3289,")
    shutil.copy(small_site.descriptor, miniature.folder)
    shutil.copy(small_site.folder / "data" / "releases.csv", miniature.folder / "data")
    options = ("--language", "nl", "--format", "markdown")
    outcome = run_verb("compare", miniature.descriptor, small_site.descriptor, *options)
    assert outcome.code == 0, outcome.all
    assert outcome.said == "### counts\n\n- counts, a, 2025-02-25: 3.289 → 3.290; raakt 2 pagina's, 1 grafiek\n\n"
    assert outcome.complained == ""


def test_the_verb_says_the_same_every_time(miniature: Copy) -> None:
    """The order of a set is another one for every seed."""
    miniature.replace("data/units.csv", "p", "q").replace("data/groups.csv", "Groep", "Deel")
    compared = (PROJECT / "scripts" / "compare.py", MINIATURE / "datapackage.json", miniature.descriptor)
    seed = {**os.environ, "PYTHONHASHSEED": "1"}
    done = subprocess.run([sys.executable, *map(str, compared)], env=seed, capture_output=True, text=True, check=True)
    assert done.stdout == run_verb("compare", *compared[1:]).said != ""


def test_a_package_without_pages_is_compared_too(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "a,3290,", "a,3291,")
    outcome = run_verb("compare", MINIATURE / "datapackage.json", miniature.descriptor)
    assert (outcome.code, outcome.said) == (0, "counts, a, 2025-02-25: 3,290 → 3,291\n")


def test_pages_that_cannot_be_made_do_not_stop_the_comparison(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "a,3290,", "a,3291,").write("site/nl/index.md", "no head")
    outcome = run_verb("compare", MINIATURE / "datapackage.json", miniature.descriptor)
    assert (outcome.code, outcome.said) == (0, "counts, a, 2025-02-25: 3,290 → 3,291\n")
    assert outcome.complained.startswith("which pages show a figure is not known, for the pages cannot be made: site/")


def test_a_package_that_cannot_be_read_gives_two(miniature: Copy) -> None:
    outcome = run_verb("compare", miniature.folder / "nowhere.json")
    assert outcome.code == 2
    assert "Traceback" not in outcome.all
