from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ANSWER, Copy, run_verb
from next_answers import NEXT
from short_answer import copy_package
from vierdepijler.commands.answering import add_answer, go_on, take_back
from vierdepijler.core.problems import UnreadableError

FRENCH = "En réponse à la question nr. 513 de 3 avril 2026, les communes ont reçu 12 projets pour cette année-là.\n"
HEADING = "ANTWOORD\n\nop vraag nr. 513 van 3 april 2026\n\nvan PIET PROEF\n\n"
TEXT = "De lokale besturen staan in voor het aanbod van de regio en voor de inburgeraars in hun netwerk."


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return copy_package(tmp_path_factory.mktemp("answers") / "package")


def bytes_of(copy: Copy) -> dict[str, bytes]:
    return {str(path.relative_to(copy.folder)): path.read_bytes() for path in copy.folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", f"{HEADING}1. {TEXT}\n", "this answer holds no figures"),
        ("a.txt", f"1. {TEXT} Het zijn er 12.\n", "it does not say of which number and day the question is"),
        ("a.txt", FRENCH, "this is in another language than the answers before it"),
        ("a.txt", HEADING.replace("2026", "2024") + f"1. {TEXT} Het zijn er 12.\n", "this is not the next answer: S00"),
        (
            "a.txt",
            HEADING.replace("513 van 3 april 2026", "173 van 20 februari 2025") + f"1. {TEXT} Het zijn er 12.\n",
            "the answer to this question is in the package already, as S00",
        ),
        ("a.txt", "  \n", "the document holds no text"),
        ("a.docx", "\0", "cannot be read as a Word document"),
        ("a.odt", "x", "is not a kind of document that can be traced"),
    ],
)
def test_what_is_no_next_answer_gets_its_sentence_and_nothing_is_written(
    copy: Copy, tmp_path: Path, name: str, text: str, told: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    before = bytes_of(copy)
    with pytest.raises(UnreadableError, match=told):
        add_answer(copy.descriptor, tmp_path / name, None, None, "en")
    assert bytes_of(copy) == before


def test_the_verb_says_one_sentence_ends_in_failure_and_writes_nothing(copy: Copy) -> None:
    before = bytes_of(copy)
    outcome = run_verb("add_answer", NEXT, "--source", "S00", "--yes", "--package", copy.descriptor)
    assert (outcome.code, outcome.said) == (2, "")
    assert outcome.complained.endswith(
        "second.txt: the source 'S00' is in the package already; choose another name [readable]\n"
    )
    assert bytes_of(copy) == before


def test_our_own_answer_is_there_already(copy: Copy) -> None:
    if not ANSWER.is_file():
        pytest.skip(f"the source document is not on this machine ({ANSWER.name})")
    with pytest.raises(UnreadableError, match="this document is in the package already, as S00"):
        add_answer(copy.descriptor, ANSWER, None, None, "en")


def test_an_answer_that_is_not_there_cannot_be_taken_back(copy: Copy) -> None:
    with pytest.raises(UnreadableError, match="there is no answer 'S999' in the package"):
        take_back(copy.descriptor, "S999", "en")


def test_a_person_is_asked_about_each_row_and_what_is_refused_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, asked = copy_package(tmp_path / "package"), list[str]()
    answers: dict[str, str] = {"coverage": "n", "perhaps completions": "j"}
    document = tmp_path / "next.txt"
    document.write_text(NEXT.read_text("utf-8").replace("personen klaar met", "personen helemaal klaar met"), "utf-8")
    assert add_answer(copy.descriptor, document, "S200", _answering(asked, answers), "en") == 1
    said = capsys.readouterr().out
    tables = copy.read().tables
    assert list(tables["coverage"].rows_with("source_id", "S200")) == []
    assert len(tables["completions"].rows_with("source_id", "S200")) == 2
    assert "line 13: 247 in: " in said
    assert "write the marked texts in data/reference/written_answers.csv, lines 3: role_en" in said
    assert sum("take it? [Y/n]" in question for question in asked) > sum("[y/N]" in question for question in asked) > 0


def computed(copy: Copy) -> dict[str, object]:
    table = copy.read().tables["derived_figures"]
    return {key: table.value(row, "value") for row, (key, *_) in enumerate(table.row_keys)}


def test_what_follows_from_rows_is_written_and_all_of_it_taken_back(
    copy: Copy, capsys: pytest.CaptureFixture[str]
) -> None:
    before = bytes_of(copy)
    assert add_answer(copy.descriptor, NEXT, "S200", None, "en") == 1
    assert "activity_hours.csv: digitaal_oefenen,2,,hours-reference-date,S200,6,2%," in capsys.readouterr().out
    assert {"share_top_two_s200": 56}.items() <= computed(copy).items()
    assert "share_total_s200" not in computed(copy)  # of a column to which a row may come yet
    assert go_on(copy.descriptor, NEXT, "en") == 1
    said = capsys.readouterr().out
    assert "Went on with S200: 4 rows that follow from others." in said
    assert "line 17: 2.310 in: " in said
    assert "--go-on" in said
    assert {"share_total_s200": 98, "activity_type_count_s200": 9}.items() <= computed(copy).items()
    assert take_back(copy.descriptor, "S200", "en") == 0
    assert bytes_of(copy) == before


def test_only_what_was_added_can_be_gone_on_with(copy: Copy) -> None:
    with pytest.raises(UnreadableError, match="this document is not in the package yet"):
        go_on(copy.descriptor, NEXT, "en")


def _answering(asked: list[str], answers: dict[str, str]) -> Callable[[str], str]:
    def answer(question: str) -> str:
        asked.append(question)
        return next((reply for words, reply in answers.items() if f"{words}[" in question), "")

    return answer
