import json
from pathlib import Path

import pytest
from junitparser import JUnitXml

from conftest import Copy, Outcome, run_verb
from repositories import commit, git
from vierdepijler.checks.reports import FORMS


def check(copy: Copy, *options: str | Path) -> Outcome:
    return run_verb("validate", "--package", "datapackage.json", *options, cwd=copy.folder)


@pytest.fixture
def repository(miniature: Copy) -> Copy:
    git(miniature.folder, "init", "--quiet")
    commit(miniature.folder)
    return miniature


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_whether_a_package_is_valid_by_its_exit_code(miniature: Copy, form: str) -> None:
    good = check(miniature, "--format", form)
    assert (good.code, good.complained) == (0, "")
    bad = check(miniature.replace("data/counts.csv", "521,,521", "many,,521"), "--format", form)
    assert (bad.code, bad.complained) == (1, "")
    assert "data/counts.csv" in bad.said


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"text"}))
def test_a_form_for_machines_tells_of_a_package_that_cannot_be_read(miniature: Copy, form: str) -> None:
    miniature.descriptor.unlink()
    outcome = check(miniature, "--format", form)
    assert (outcome.code, outcome.complained) == (2, "")
    assert "the file cannot be read" in outcome.said
    assert str(miniature.folder) not in outcome.said


def test_a_package_that_cannot_be_read_is_told_in_dutch(miniature: Copy) -> None:
    miniature.descriptor.unlink()
    outcome = check(miniature, "--language", "nl")
    assert outcome.code == 2
    assert outcome.complained.endswith("Het pakket is niet te lezen, dus is er niets nagekeken.\n")


def test_reports_can_be_saved_beside_what_is_shown(miniature: Copy, tmp_path: Path) -> None:
    outcome = check(
        miniature, "--save", f"json={tmp_path / 'r.json'}", f"--save=junit={tmp_path / 'r.xml'}", "--format=text"
    )
    assert outcome.said.startswith("Checked 4 tables")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["valid"] is True
    assert JUnitXml.fromfile(str(tmp_path / "r.xml")).failures == 0


@pytest.mark.parametrize("option", ["--save=xml=a", "--save=json", "--save=json=", "--format=xml", "--language=fr"])
def test_an_option_that_means_nothing_is_told(miniature: Copy, option: str) -> None:
    outcome = check(miniature, option)
    assert outcome.code == 2
    assert "Traceback" not in outcome.complained


def test_annotations_are_named_from_the_workspace_of_the_job(
    miniature: Copy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "::error file=miniature/data/counts.csv,line=3," in check(miniature, "--format", "github").said
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert "::error file=data/counts.csv,line=3," in check(miniature, "--format", "github").said


def test_only_what_was_touched_is_checked(repository: Copy) -> None:
    repository.replace("data/units.csv", "code,label_nl", "code,label")
    commit(repository.folder)
    repository.replace("data/counts.csv", "521,,521", "many,,521")
    outcome = check(repository, "--changed")
    assert outcome.code == 1
    assert outcome.said.splitlines()[0].startswith("data/counts.csv:3: persons: 'many' is not a whole number")
    assert "units.csv" not in outcome.said
    assert outcome.said.splitlines()[-1].startswith("Checked 3 of 4 tables, ")


def test_a_mistake_that_was_made_elsewhere_does_not_stop_a_commit(repository: Copy) -> None:
    repository.replace("data/counts.csv", "521,,521", "many,,521")
    commit(repository.folder)
    path = repository.folder / "data" / "units.csv"
    path.write_text(path.read_text("utf-8") + "x,Een x,An x\n", encoding="utf-8")
    assert check(repository, "--changed").code == 0
    assert check(repository, "--changed").said.startswith("Checked 1 of 4 tables, ")
    assert check(repository).code == 1


def test_a_key_that_is_taken_away_is_missed_where_it_was_used(repository: Copy) -> None:
    repository.replace("data/groups.csv", "b,Groep", "c,Groep")
    outcome = check(repository, "--changed")
    assert "data/counts.csv:3: group: 'b' does not stand in the field code of 'groups'" in outcome.said


def test_only_pages_that_were_touched_are_checked(repository: Copy) -> None:
    repository.write("site/nl/old.md", "12 mensen\n")
    commit(repository.folder)
    repository.write("site/nl/new.md", "13 mensen\n")
    outcome = check(repository, "--changed")
    assert outcome.code == 1
    assert {line.split(":")[0] for line in outcome.said.splitlines()[:-1]} == {"site/nl/new.md"}
    assert "Checked 0 of 4 tables, 0 rows, 0 cells and 1 page source," in outcome.said


@pytest.mark.parametrize("form", FORMS)
def test_where_nothing_was_touched_that_is_said(repository: Copy, form: str) -> None:
    outcome = check(repository, "--changed", "--format", form)
    assert (outcome.code, outcome.complained) == (0, "")
    if form == "text":
        assert outcome.said == "Nothing of this package was touched, so there was nothing to check.\n"


def test_a_pull_request_is_compared_with_its_base(repository: Copy) -> None:
    base = git(repository.folder, "rev-parse", "HEAD").strip()
    repository.replace("data/counts.csv", "521,,521", "many,,521")
    commit(repository.folder)
    assert check(repository, "--changed").code == 0
    assert check(repository, "--since", base).code == 1


@pytest.mark.parametrize("options", [["--changed"], ["--since=HEAD"]])
def test_a_folder_outside_any_repository_gives_two(
    miniature: Copy, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(miniature.folder.parent))
    outcome = check(miniature, *options)
    assert outcome.code == 2
    assert "this folder is in no git repository" in outcome.complained


def test_the_descriptor_in_the_current_folder_may_be_yaml(tmp_path: Path) -> None:
    (tmp_path / "datapackage.yaml").write_text("name: a\nresources:\n- {name: b, path: c.txt}\n", "utf-8")
    outcome = run_verb("validate", cwd=tmp_path)
    assert "datapackage.yaml:3: b: the file 'c.txt' is not there" in outcome.said
