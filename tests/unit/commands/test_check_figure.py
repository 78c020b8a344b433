"""The verb that tells whether a number still holds."""

import io
import json
from pathlib import Path

import pytest

from conftest import Copy, Outcome, run_verb
from invented_past import with_past
from small_projects import SmallProject


@pytest.fixture(scope="module")
def folder(small_site: SmallProject) -> Path:
    return small_site.published


def test_a_figure_that_holds_is_0_and_one_we_never_had_is_2(folder: Path) -> None:
    assert run_verb("check_figure", "3.811", "--package", folder).code == 0
    never = run_verb("check_figure", "3812", "--package", folder)
    assert (never.code, never.complained) == (2, "")
    assert "None of our figures" in never.said


def test_what_was_revised_or_withdrawn_is_1(miniature: Copy) -> None:
    package = with_past(miniature).descriptor
    for text in ("3280", "40", "/data/1.0.0/counts.csv"):
        assert run_verb("check_figure", text, "--package", package).code == 1


def test_a_file_is_compared_and_the_answer_can_be_json(miniature: Copy, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes("\ufeffDag;Groep;Personen\r\n25/02/2025;Groep één;3.280\r\n".encode())
    done = run_verb("check_figure", old, "--package", with_past(miniature).descriptor, "--format", "json")
    judged = json.loads(done.said)
    assert (done.code, judged["kind"], judged["comparison"]["table"]) == (1, "table", "counts")
    assert judged["answers"][0]["findings"][0]["new"] == "3290"


def test_text_can_be_piped_and_the_answer_is_dutch_if_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"86,3 %")))
    done = run_verb("check_figure", "-", "--language", "nl", "--package", folder)
    assert done.code == 0
    assert done.said.startswith("Antwoord: onveranderd.")


def test_a_folder_without_an_index_is_2_in_plain_words(tmp_path: Path) -> None:
    def said(*options: str) -> Outcome:
        return run_verb("check_figure", "3.811", "--package", tmp_path, *options)

    assert said().code == 2
    assert "there is no index of figures here" in said().complained
    assert "hier is geen lijst van getallen" in said("--language", "nl").complained
    assert "Traceback" not in said().all


def test_the_help_names_the_exit_codes() -> None:
    assert "exit code 0 unchanged" in " ".join(run_verb("check_figure", "--help").said.split())
