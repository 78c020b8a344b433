import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import MINIATURE, PROJECT, Copy, Outcome, run_verb
from registers import register
from short_answer import copy_package
from vierdepijler.checks.checking import check_package
from vierdepijler.core.problems import Severity, UnreadableError
from vierdepijler.figures.new_tables import Wanted, ask_texts, draft_table, render_steps, with_item, write_texts

GOOD = "group;visits;cost_eur\nall;1200;1200,50\nobliged;30;2,5\n"


def add(copy: Copy, text: str = GOOD, *options: str) -> Outcome:
    path = copy.folder / "visits.csv"
    path.write_text(text, "utf-8")
    return run_verb("new_table", path, "--package", copy.descriptor, *options, cwd=copy.folder)


def state(copy: Copy) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(copy.folder.rglob("*")) if path.is_file()}


def test_a_new_table_validates_with_a_warning_for_each_text_to_write(miniature: Copy) -> None:
    before = miniature.descriptor.read_text("utf-8")
    outcome = add(miniature)
    assert (outcome.code, outcome.complained) == (0, "")
    assert (miniature.folder / "data" / "visits.csv").read_text("utf-8") == (
        "group,visits,cost_eur\nall,1200,1200.50\nobliged,30,2.5\n"
    )
    problems = check_package(miniature.read()).problems
    assert {(problem.rule, problem.severity) for problem in problems} == {("unwritten-texts", Severity.WARNING)}
    assert len(problems) == 4 + 2 * 4
    assert "write the 12 marked texts" in outcome.said
    after = miniature.descriptor.read_text("utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in after] == []


def test_figures_of_a_source_get_the_first_rows_of_their_history(tmp_path: Path) -> None:
    copy = copy_package(tmp_path / "package")
    text = "reference_date,participant_group,persons,source_id,source_item,as_printed,source_kind,confidence\n"
    text += "2025-02-25,obliged,3290,S00,5,3.290,written_answer,seen_in_text\n"
    text += "2025-02-25,entitled,521,S00,5,521,written_answer,seen_in_text\n"
    outcome = add(copy, text, "--group", "context")
    assert outcome.code == 0, outcome.all
    history = (copy.folder / "data/reference/figure_history.csv").read_text("utf-8").splitlines()
    assert history[-1].startswith('"visits.persons[2025-02-25,entitled]",')


@pytest.mark.parametrize(
    ("folder", "group", "taken"), [("x", None, "trajectory"), ("funding", None, "funding"), ("x", "checks", "checks")]
)
def test_the_group_is_that_of_the_folder_or_the_first_unless_one_is_named(
    miniature: Copy, folder: str, group: str | None, taken: str
) -> None:
    groups = [{"name": name, "title": name, "title_en": name} for name in ("trajectory", "funding", "checks")]
    miniature.change(lambda descriptor: descriptor.update(groups=groups))
    given = miniature.write(f"{folder}/visits.csv", "place,seats\nGent,12\n").folder / folder / "visits.csv"
    assert draft_table(miniature.read(), Wanted(given, group=group)).resource["path"] == f"data/{taken}/visits.csv"


@pytest.mark.parametrize(
    ("text", "options", "name", "outcome"),
    [
        ("", [], "nowhere.csv", (2, "nowhere.csv: the file cannot be read (No such file or directory)")),
        (b"a,b\n\xe9,1\n", [], "v.csv", (2, "v.csv:2: the text is not UTF-8")),
        ("a,a\n1,2\n", [], "v.csv", (1, "v.csv:1: a: two columns are called 'a'")),
        ("Mijn Kolom\n1\n", ["--language", "nl"], "v.csv", (1, "schrijf 'mijn_kolom', of voeg --rename toe")),
        (GOOD, [], "counts.csv", (1, "counts.csv: there is a table 'counts' already; choose another name")),
        (GOOD, [], "My Visits.csv", (1, "'My Visits' cannot be the name of a table; add --name my_visits")),
        (GOOD, ["--name", "ñ!"], "v.csv", (1, "'ñ!' cannot be the name of a table; add --name n")),
        (GOOD, ["--name", "index"], "v.csv", (1, "'index' cannot be the name of a published file")),
        (GOOD, ["--group", "none"], "v.csv", (1, "there is no group 'none'; add it to 'groups' in the descriptor")),
        ("code,b\nx,=A1\n", [], "v.csv", (1, "v.csv:2: b: '=A1' would be run as a formula")),
        ("a,b\nx,1\nx,1\n", [], "v.csv", (1, "v.csv:3: a, b: the row is the same as an earlier one")),
    ],
)
def test_a_table_that_cannot_be_added_is_told_and_nothing_is_written(
    miniature: Copy, text: str | bytes, options: list[str], name: str, outcome: tuple[int, str]
) -> None:
    if text:
        (miniature.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    before = state(miniature)
    done = run_verb("new_table", name, "--package", "datapackage.json", *options, cwd=miniature.folder)
    assert (done.code, done.said) == (outcome[0], "")
    assert outcome[1] in done.complained
    assert state(miniature) == before


def test_several_tables_are_added_up_to_one_that_cannot_be(miniature: Copy) -> None:
    for file, text in (("visits.csv", GOOD), ("Wrong.csv", GOOD), ("later.csv", GOOD)):
        miniature.write(file, text)
    files = ("visits.csv", "Wrong.csv", "later.csv")
    done = run_verb("new_table", *files, "--package", "datapackage.json", cwd=miniature.folder)
    assert (done.code, done.said.count("Added the table")) == (1, 1)
    assert "'Wrong' cannot be the name of a table" in done.complained
    assert {"visits", "later"} & set(miniature.read().tables) == {"visits"}
    named = run_verb("new_table", *files, "--name", "x", "--package", "datapackage.json", cwd=miniature.folder)
    assert (named.code, named.said) == (2, "")
    assert "--name is the name of one table, and there are more files" in named.complained


def test_a_file_that_is_there_is_never_written_over(miniature: Copy) -> None:
    miniature.write("data/visits.csv", "somebody,wrote\nthis,1\n")
    outcome = add(miniature)
    assert outcome.code == 1
    assert "data/visits.csv: this file is there already" in outcome.complained
    assert (miniature.folder / "data/visits.csv").read_text("utf-8") == "somebody,wrote\nthis,1\n"


def test_a_file_that_lies_in_its_place_and_is_written_our_way_stays(miniature: Copy) -> None:
    miniature.write("data/visits.csv", "group,visits\nall,12\n")
    outcome = run_verb("new_table", "data/visits.csv", "--package", "datapackage.json", cwd=miniature.folder)
    assert outcome.code == 0, outcome.all
    assert miniature.errors() == []


def test_a_failure_half_way_leaves_nothing(miniature: Copy) -> None:
    given = miniature.write("visits.csv", GOOD).folder / "visits.csv"
    package = miniature.read()
    table = draft_table(package, Wanted(given))
    before = state(miniature)
    spoiled = replace(table, texts={**table.texts, "data/groups.csv/x": ""})  # a file stands where a folder should be
    with pytest.raises(UnreadableError, match=r"'groups\.csv' is in the way"):
        write_texts(package, spoiled.texts)
    assert state(miniature) == before


def test_what_is_wrong_already_does_not_stop_a_table(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    assert add(miniature).code == 0


def test_on_a_terminal_the_texts_are_asked(miniature: Copy) -> None:
    miniature.write("visits.csv", "group,visits\nall,12\n")
    ours, theirs = pty.openpty()
    os.write(ours, b"Bezoeken\nVisits\n" + b"\n" * 10)
    command = [sys.executable, str(PROJECT / "scripts" / "new_table.py"), "visits.csv", "--package", "datapackage.json"]
    done = subprocess.run(command, cwd=miniature.folder, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "title, now 'Visits':" in done.stdout
    resource = next(r for r in miniature.read().descriptor["resources"] if r["name"] == "visits")
    assert (resource["title"], resource["title_en"]) == ("Bezoeken", "Visits")
    assert resource["description"] == "(nog te schrijven)"
    assert "write the 6 marked texts" in done.stdout


RESOURCE = {"name": "é", "path": "data/x.csv", "schema": {"fields": [{"name": "a"}]}}


def test_a_resource_comes_last_and_nothing_else_moves() -> None:
    for folder in (PROJECT, MINIATURE):
        text = (folder / "datapackage.json").read_text("utf-8")
        longer = with_item(text, "resources", RESOURCE)
        assert json.loads(longer)["resources"] == [*json.loads(text)["resources"], RESOURCE]
        start = next(place for place, (one, other) in enumerate(zip(text, longer, strict=False)) if one != other)
        assert longer.startswith(text[:start])
        assert longer.endswith(text[start:])


def test_our_own_descriptor_keeps_its_layout() -> None:
    text = (PROJECT / "datapackage.json").read_text("utf-8")
    longer = with_item(text, "resources", RESOURCE)
    assert longer == json.dumps(json.loads(longer), indent=2, ensure_ascii=False) + "\n"


def answering(answers: dict[str, str], asked: list[str]) -> Callable[[str], str]:
    def answer(question: str) -> str:
        asked.append(question)
        return next((text for part, text in answers.items() if question.startswith(part)), "")

    return answer


def test_only_marked_texts_are_asked_and_no_answer_leaves_the_mark() -> None:
    fields = [{"name": "n", "title": "N (nog te schrijven)", "title_en": "Written"}]
    resource = {"name": "t", "description_en": "(to be written: unit items?)", "schema": {"fields": fields}}
    asked: list[str] = []
    ask_texts(resource, answering({"n.title": " Aantal "}, asked), "en")
    assert asked == ["description_en: ", "n.title, now 'N': "]
    assert fields[0]["title"] == "Aantal"
    assert resource["description_en"] == "(to be written: unit items?)"


def test_questions_are_asked_in_dutch_too() -> None:
    asked: list[str] = []
    ask_texts({"title": "X (to be written)"}, answering({}, asked), "nl")
    assert asked == ["title, nu 'X': "]


def steps_of(copy: Copy, text: str, language: str = "en") -> list[str]:
    given = copy.write("visits.csv", text).folder / "visits.csv"
    package = copy.read()
    table = draft_table(package, Wanted(given))
    write_texts(package, table.texts)
    return render_steps(package, table, language).splitlines()


def test_what_was_guessed_and_what_is_left_are_told_step_by_step(miniature: Copy) -> None:
    lines = steps_of(miniature, "group,visits\na,12\n")
    written = miniature.descriptor.read_text("utf-8").splitlines()
    place = next(number for number, line in enumerate(written, 1) if '"name": "visits"' in line)
    assert lines[:6] == [
        "Added the table 'visits': data/visits.csv, with 1 rows, and its resource in datapackage.json.",
        "1. see whether what was guessed is so:",
        "   group: string, required",
        "   visits: integer, unit: items, required",
        "   the key of a row: group",
        "   group leads to the table 'groups'",
    ]
    files = f"in data/visits.schema.json and datapackage.json:{place};"
    assert f"2. write the 8 marked texts {files}" in lines[6]
    assert [line[:2] for line in lines[7:]] == ["3.", "4.", "5."]


def test_the_steps_are_told_in_dutch(miniature: Copy) -> None:
    assert steps_of(miniature, "group,visits\na,12\n", "nl")[1] == "1. kijk na of klopt wat geraden is:"


def test_a_table_that_answers_what_was_not_known_may_leave_a_count_and_a_caveat_behind(miniature: Copy) -> None:
    register(miniature, "visits.visits")
    miniature.change(
        lambda d: d["resources"][0].update(caveat="Niemand telt.", caveat_en="Nobody counts.", notKnown=["e0"])
    )
    figures = miniature.folder / "data/derived_figures.csv"
    figures.write_text(f"{figures.read_text('utf-8')}open,1,items,0,count,unknowns\n", "utf-8")
    assert add(miniature).code == 0
    assert any("its formula gives 0" in error for error in miniature.errors())
    assert any("this says that 'e0' is not known" in error for error in miniature.errors())
