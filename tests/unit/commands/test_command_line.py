import hashlib
import sys
from pathlib import Path

import pytest

from conftest import Copy, Outcome, run_verb
from vierdepijler.commands.command_line import PROBLEMS, UNREADABLE, arguments, chosen_language, run, seen_from, show
from vierdepijler.core.problems import ContentError, Problem, say
from vierdepijler.core.reading import read_package
from vierdepijler.writers.formats.publication import files_below


def no_traceback(outcome: Outcome) -> bool:
    return "Traceback" not in outcome.all


def hashes(folder: Path) -> dict[str, str]:
    files = files_below(folder).items()
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files}


def test_a_package_with_a_problem_gives_one(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    outcome = run_verb("validate", "--package", miniature.descriptor, cwd=miniature.folder)
    assert outcome.code == 1
    assert outcome.said.splitlines()[0] == (
        "data/counts.csv:3: persons: 'many' is not a whole number; write digits only, such as 3290 [type]"
    )
    assert outcome.said.splitlines()[-1].endswith("1 error found.")


def test_files_are_named_from_the_folder_one_is_in(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    outcome = run_verb("validate", "--package", "miniature/datapackage.json", cwd=miniature.folder.parent)
    assert outcome.said.startswith("miniature/data/counts.csv:3:")


@pytest.mark.parametrize(
    ("file", "content", "place"),
    [
        ("datapackage.json", None, "datapackage.json: the file cannot be read"),
        ("datapackage.json", b"{", "datapackage.json:1: character"),
        ("datapackage.json", b"\xff\xfe{}", "datapackage.json:1: the text is not UTF-8"),
    ],
)
def test_a_package_that_cannot_be_read_gives_two(miniature: Copy, file: str, content: bytes | None, place: str) -> None:
    path = miniature.folder / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    outcome = run_verb("validate", "--package", "datapackage.json", cwd=miniature.folder)
    assert outcome.code == 2
    assert outcome.complained.startswith(place)
    assert no_traceback(outcome)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (None, "data/counts.csv: the file cannot be read"),
        (b"day,group\nd\xe9j\xe0,a\n", "data/counts.csv:2: the text is not UTF-8"),
    ],
)
def test_a_table_that_cannot_be_read_is_one_problem_and_the_rest_is_checked(
    miniature: Copy, content: bytes | None, place: str
) -> None:
    path = miniature.folder / "data" / "counts.csv"
    path.unlink() if content is None else path.write_bytes(content)
    outcome = run_verb("validate", "--package", "datapackage.json", cwd=miniature.folder)
    assert outcome.code == 1
    assert outcome.said.startswith(place)
    assert "Checked 3 tables" in outcome.said
    assert outcome.said.splitlines()[-1].endswith("1 error found.")


@pytest.mark.parametrize("verb", ["validate", "publish", "build_site"])
def test_a_folder_in_the_place_of_a_descriptor_gives_two(verb: str, tmp_path: Path) -> None:
    outcome = run_verb(verb, "--package", tmp_path)
    assert outcome.code == 2
    assert no_traceback(outcome)


def test_an_invalid_package_is_not_published_and_what_was_published_stays(miniature: Copy, tmp_path: Path) -> None:
    assert run_verb("publish", "--package", miniature.descriptor, "--out", tmp_path / "out").code == 0
    before = hashes(tmp_path / "out")
    miniature.replace("data/counts.csv", "521,,521", "522,,521")
    outcome = run_verb("publish", "--package", miniature.descriptor, "--out", tmp_path / "out")
    assert outcome.code == 1
    assert "Nothing was published." in outcome.complained
    assert hashes(tmp_path / "out") == before


def test_publishing_into_a_folder_of_somebody_else_is_refused(miniature: Copy, tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "holiday" / "photo.jpg").write_text("dear to someone")
    outcome = run_verb("publish", "--package", miniature.descriptor, "--out", tmp_path / "holiday")
    assert outcome.code == 2
    assert no_traceback(outcome)
    assert [path.name for path in (tmp_path / "holiday").iterdir()] == ["photo.jpg"]


def test_building_before_publishing_says_so(tmp_path: Path) -> None:
    outcome = run_verb("build_site", "--package", tmp_path / "datapackage.json", "--out", tmp_path / "public")
    assert outcome.code == 2
    assert "cannot be read" in outcome.complained


def test_serving_at_a_port_that_is_no_number_is_told() -> None:
    outcome = run_verb("serve", "--port", "abc")
    assert outcome.code == 2
    assert "invalid int value: 'abc'" in outcome.complained


def said_in(monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    monkeypatch.setattr("sys.argv", ["validate.py", *options])


@pytest.mark.parametrize(
    ("options", "language"),
    [
        ((), "en"),
        (("--language", "nl"), "nl"),
        (("--package", "x", "--language=nl"), "nl"),
        (("--language", "fy"), "en"),
        (("--language",), "en"),
        (("--out", "nl"), "en"),
    ],
)
def test_the_language_is_found_before_the_options_are_read(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], language: str
) -> None:
    said_in(monkeypatch, *options)
    assert chosen_language() == language


def test_a_verb_has_an_option_for_each_path(monkeypatch: pytest.MonkeyPatch) -> None:
    said_in(monkeypatch, "--package", "b")
    options = arguments("Check.", package=(Path("a"), "the descriptor"), site=(Path("s"), "the pages"))
    assert (options.package, options.site) == (Path("b"), Path("s"))


def test_problems_are_shown_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Problem("a.csv", 2, "x", say("{cell} is not a number", cell="'y'"), "check the value")
    show([problem], None, sys.stdout, "nl")
    assert capsys.readouterr().out == "a.csv:2: x: 'y' is geen getal; controleer de waarde\n"


def test_what_stops_a_verb_is_said_in_dutch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said_in(monkeypatch, "--language", "nl")
    assert run(lambda: len(read_package(tmp_path / "datapackage.json").tables)) == UNREADABLE
    assert capsys.readouterr().err.endswith(
        "datapackage.json: het bestand is niet te lezen (dit bestand of deze map bestaat niet);"
        " kijk na of het pad klopt en of het bestand er staat [readable]\n"
    )
    assert run(lambda: len(list((tmp_path / "x").iterdir()))) == UNREADABLE
    assert capsys.readouterr().err == (
        f"{tmp_path / 'x'}: kan niet gelezen of geschreven worden (dit bestand of deze map bestaat niet)\n"
    )


def test_stopping_a_verb_is_said_in_dutch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> int:
        raise KeyboardInterrupt

    def wrong() -> int:
        raise ContentError([Problem("a", 0, "", "this is empty", "correct it")])

    said_in(monkeypatch, "--language", "nl")
    assert run(stopped) == 130
    assert run(wrong) == PROBLEMS
    assert capsys.readouterr().err == "Gestopt; er is niets vervangen.\na: dit is leeg; verbeter het\n"


@pytest.mark.parametrize("verb", ["validate", "publish", "build_site"])
def test_every_verb_explains_itself(verb: str) -> None:
    outcome = run_verb(verb, "--help")
    assert outcome.code == 0
    assert "exit code 0" in outcome.said


def test_a_folder_is_named_from_the_one_that_holds_it(tmp_path: Path) -> None:
    (tmp_path / "here" / "below").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "here")
    assert seen_from(tmp_path / "here", tmp_path / "here" / "below") == Path("below")
    assert seen_from(tmp_path / "here", tmp_path / "link" / "below") == Path("below")
    assert seen_from(tmp_path / "here", tmp_path / "here" / "..") == tmp_path
