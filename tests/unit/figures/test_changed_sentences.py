"""The answer, changed in one place at a time by code: each change is told with its place and what stands on it."""

import functools
import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ANSWER
from document_files import write_pdf, write_word
from short_answer import lost_cells, open_figures, told_changes
from vierdepijler.core.package import Package
from vierdepijler.figures.alignments import align, placed_sentences, recorded
from vierdepijler.figures.documents import read_document
from vierdepijler.figures.traces import Trace, find_source, trace_document

pytestmark = pytest.mark.skipif(
    not ANSWER.is_file(), reason=f"the source document is not on this machine ({ANSWER.name})"
)
Edit = Callable[[str], str]


def replaced(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def swapped(one: str, other: str) -> Edit:
    return lambda text: text.replace(one, "\0").replace(other, one).replace("\0", other)


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines(keepends=True) if words in line)


def sentence_with(text: str, words: str) -> str:
    return next(part[0] for part in re.finditer(r"[A-Z][^\n]*?\. ?(?=[A-Z\n])", text) if words in part[0])


def moved(words: str, before: str, part: Callable[[str, str], str] = line_with) -> Edit:
    def edit(text: str) -> str:
        taken = part(text, words)
        rest = text.replace(taken, "", 1)
        start = rest.index(part(rest, before))
        return rest[:start] + (taken if taken.endswith("\n") else f"{taken.rstrip()} ") + rest[start:]

    return edit


def dropped(words: str, part: Callable[[str, str], str] = sentence_with) -> Edit:
    return lambda text: text.replace(part(text, words), "", 1)


def doubled(words: str) -> Edit:
    return lambda text: text.replace(sentence_with(text, words), 2 * sentence_with(text, words), 1)


def with_table_last(text: str) -> str:
    start, end = text.index("6. **Tabel"), text.index("7. ")
    return text[:start] + text[end:] + "\n\n" + text[start:end]


def with_items_swapped(text: str) -> str:
    """The text of item 4 under the number 5, and the other way round."""
    four, five = line_with(text, "4. "), line_with(text, "5. ")
    return text.replace(four + five, f"4{five[1:]}5{four[1:]}")


ORDER = "in another order or under another number: "
TERMS = "support_terms.value[S00,start_year], [S00,end_year], [S00,maximum_duration]"
QUESTION = "written_answers.question_number[S00], written_answers.question_date[S00]"
BY_GROUP = "completions.persons[2025-02-25,obliged], [2025-02-25,entitled]"
COVERAGE = "coverage.local_authorities[S00]"
CRITERIA = "allocation_criteria.as_printed[60,local_authorities], [60,inhabitants], [60,first_contracts]"
GUIDING = "roles.as_printed[guide-participants], [link-demand-supply]"
# Each with the places that are told, and cells that are named there.
CHANGES: dict[str, tuple[Edit, dict[str, str]]] = {
    # the six that passed when only figures were read
    "call numbers swapped": (
        swapped("oproep 41", "oproep 60"),
        {
            "line 15: item 3, sentence 1: changed; ": "funding_calls.call_number[41], [60]",
            "line 15: item 3, sentence 3: changed; ": "funding_calls.call_number[41], [60]",
        },
    ),
    "maximum dropped": (replaced("maximaal 6", "6"), {"line 14: item 2, sentence 2: changed; ": TERMS}),
    "intention turned round": (
        replaced("niet de bedoeling", "de bedoeling"),
        {"line 13: item 1, sentence 2: changed; ": "roles.as_printed[no-parallel-offer]"},
    ),
    "figure made vague": (
        replaced("230 lokale", "ruim 230 lokale"),
        {"line 13: item 1, sentence 3: changed; ": COVERAGE},
    ),
    "other column head": (
        replaced("traject\t%", "traject\t% van de personen"),
        {"line 21: item 6, sentence 2: changed; ": "activity_hours.share_percent"},
    ),
    "other asker": (
        replaced("CHRIS JANSSENS", "CHRIS PEETERS"),
        {"line 11: item head, sentence 5: changed; ": "written_answers.asked_by[S00]"},
    ),
    # the heading
    "other minister": (
        replaced("HILDE CREVITS", "HILDE PEETERS"),
        {"line 3: item head, sentence 1: changed; ": "written_answers.answered_by[S00]"},
    ),
    "other office": (
        replaced("INTEGRATIE EN INBURGERING", "INTEGRATIE"),
        {"line 5: item head, sentence 2: changed; ": "written_answers.role_nl[S00]"},
    ),
    "other number": (replaced("nr. 173", "nr. 137"), {"line 9: item head, sentence 4: changed; ": QUESTION}),
    "other day": (replaced("20 februari", "21 februari"), {"line 9: item head, sentence 4: changed; ": QUESTION}),
    # figures, units and dates
    "other count": (
        replaced("3.811", "3.881"),
        {"line 17: item 5, sentence 1: changed; ": "completions.persons[2025-02-25,all]"},
    ),
    "parts swapped": (swapped("3.290", "521"), {"line 17: item 5, sentence 2: changed; ": BY_GROUP}),
    "other reference date": (
        replaced("25/2/2025", "25/3/2025"),
        {"line 17: item 5, sentence 1: changed; ": "completions.reference_date[2025-02-25,all]"},
    ),
    "other amount": (
        replaced("5 873 400", "5 837 400"),
        {"line 14: item 2, sentence 3: changed; ": "co_financing.amount_eur[S00,flanders]"},
    ),
    "other unit": (
        replaced("400 euro", "400 frank"),
        {"line 14: item 2, sentence 3: changed; ": "co_financing.amount_eur[S00,flanders]"},
    ),
    "other period": (replaced("2023-2028", "2023-2029"), {"line 14: item 2, sentence 2: changed; ": TERMS}),
    "other ordinal": (
        replaced("vierde pijler", "vijfde pijler"),
        {"line 16: item 4, sentence 1: changed; ": "features.position[pillar]"},
    ),
    "shares of two rows swapped": (
        swapped("34%", "30%"),
        {
            "line 22: item 6, sentence 3: changed; ": "share_percent[S00,conversation_group], [S00,volunteering]",
            "line 23: item 6, sentence 4: changed; ": "share_percent[S00,conversation_group], [S00,volunteering]",
        },
    ),
    # words
    "no extra means turned round": (
        replaced("geen extra", "extra"),
        {"line 16: item 4, sentence 3: changed; ": "agency_resources.amount_eur[S00,integration_agency]"},
    ),
    "not registered turned round": (
        replaced("niet geregistreerd", "wel geregistreerd"),
        {"line 17: item 5, sentence 3: changed; ": "unknowns.as_printed[people-in-progress]"},
    ),
    "not kept turned round": (
        replaced("niet bijgehouden", "bijgehouden"),
        {"line 32: item 7, sentence 2: changed; ": "unknowns.as_printed[outcome-figures]"},
    ),
    "temporary made lasting": (
        replaced("tijdelijk ondersteund", "blijvend ondersteund"),
        {"line 13: item 1, sentence 3: changed; ": "features.as_printed[temporary-support]"},
    ),
    "criterion dropped": (
        replaced("aantal inwoners en ", ""),
        {"line 15: item 3, sentence 5: changed; ": CRITERIA},
    ),
    "other city": (
        replaced("Antwerpen en Gent)", "Antwerpen en Genk)"),
        {"line 14: item 2, sentence 2: changed; ": "networks.as_printed[N01], [N02], [N03]"},
    ),
    "basis of allocation turned round": (
        replaced("gedifferentieerd", "niet gedifferentieerd"),
        {"line 15: item 3, sentence 4: changed; ": "funding_calls.is_differentiated[60]"},
    ),
    "other group": (replaced("rechthebbende", "vrijwillige"), {"line 17: item 5, sentence 2: changed; ": BY_GROUP}),
    # sentences, rows and items
    "sentence dropped": (dropped("toe te leiden"), {"line 16: item 4, sentence 2: gone; ": GUIDING}),
    "sentence doubled": (doubled("toe te leiden"), {"line 16: item 4, sentence 2: once more on line 16; ": GUIDING}),
    "sentence added": (
        replaced("euro.", "euro. Dat is genoeg."),
        {"line 14: after item 2, sentence 3: words added": ""},
    ),
    "sentence moved": (
        moved("objectieve criteria", "Deze medewerkers", sentence_with),
        {f"line 15: {ORDER}item 3, sentence 5, now on line 15 ": CRITERIA},
    ),
    "sentence moved to another item": (
        moved("toe te leiden", "Onder hen", sentence_with),
        {f"line 17: {ORDER}item 4, sentence 2, now on line 17 ": GUIDING},
    ),
    "names of rows swapped": (
        swapped("Cursus\t", "Sport\t"),
        {
            "line 24: item 6, sentence 5: changed; ": "activity_hours.share_percent[S00,course], [S00,sport]",
            "line 26: item 6, sentence 7: changed; ": "activity_hours.share_percent[S00,course], [S00,sport]",
        },
    ),
    "rows swapped": (
        moved("Sport\t", "Cursus\t"),
        {f"line 24: {ORDER}item 6, sentence 7, now on line 24 ": "activity_hours.share_percent[S00,sport]"},
    ),
    "row dropped": (
        dropped("Stage\t", line_with),
        {"line 31: item 6, sentence 11: gone; ": "activity_hours.share_percent[S00,introductory_placement]"},
    ),
    "row added": (replaced("Stage\t", "Werk\t1%\nStage\t"), {"line 30: after item 6, sentence 10: words added": ""}),
    "table moved": (
        with_table_last,
        {f"line 22: {ORDER}item 6, sentences 1 to 11, now on line 22 ": "activity_hours.share_percent"},
    ),
    "items reordered": (
        moved("2. Voor", "4. Het"),
        {f"line 15: {ORDER}item 2, sentences 1 to 3, now on line 15 ": TERMS},
    ),
    "items under each other's number": (
        with_items_swapped,
        {f"line 16: {ORDER}item 4, sentences 1 to 3, now on line 17 ": "; item 5, sentences 1 to 3, now on line 16 "},
    ),
}
ON_OTHER_LINES = {name for name, (_, places) in CHANGES.items() if any(ORDER in place for place in places)}
LAYOUTS: dict[str, Edit] = {
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: f"\ufeff{text}",
    "no-break spaces": lambda text: re.sub(r"(?<=\d) (?=\d)", "\u00a0", text),
    "soft hyphens": replaced("organisatienetwerken", "organisatie\u00adnetwerken"),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "curly quotes": lambda text: text.replace("'", "\u2019"),
    "two spaces, and spaces at the end": lambda text: text.replace(". ", ".  ").replace("\n", "  \n"),
    "no empty lines": lambda text: re.sub(r"\n{2,}", "\n", text),
    "lines broken off": lambda text: "\n".join(textwrap.fill(line, 60) for line in text.split("\n")),
    "no bold, other markers": lambda text: re.sub(r"(?m)^(?:- )?([\d-]+)\. ", "• \\1) ", text.replace("**", "")),
    "table of Markdown": lambda text: re.sub(r"(?m)^(.+)\t(.+)$", r"| \1 | \2 |", text).replace(
        "| % |\n", "| % |\n|---|---:|\n"
    ),
    "small letters in the heading": lambda text: text.replace("HILDE CREVITS", "Hilde Crevits"),
}


def told_of(package: Package, document: Path) -> Trace:
    read = read_document(document)
    return trace_document(package, read, find_source(package, read, None))


def written(folder: Path, edit: Edit) -> Path:
    text = ANSWER.read_text("utf-8")
    assert edit(text) != text
    (folder / "copy.txt").write_bytes(edit(text).encode())
    return folder / "copy.txt"


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_with_its_place_and_what_stands_on_it(package: Package, tmp_path: Path, name: str) -> None:
    edit, places = CHANGES[name]
    trace = told_of(package, written(tmp_path, edit))
    told = told_changes(trace)
    assert len(told) == len(places)
    for line, (place, cells) in zip(told, places.items(), strict=True):
        assert line.startswith(place)
        assert cells in line
    assert not trace.is_complete
    assert "this is not the document of S00" in str(trace.note)


def test_changes_of_many_places_are_told_apart(package: Package, tmp_path: Path) -> None:
    six = [CHANGES[name] for name in [*CHANGES][:6]]
    copy = written(tmp_path, lambda text: functools.reduce(lambda changed, each: each[0](changed), six, text))
    places = {place for _, places in six for place in places}
    told = told_changes(told_of(package, copy))
    assert {line.partition("cells: ")[0] for line in told} == places
    assert len(told) == len(places) == 7


def test_every_sentence_is_recorded_and_missed_when_it_differs(package: Package) -> None:
    document = read_document(ANSWER)
    sentences = recorded(package, "S00")
    assert [replace(sentence, carries=()) for sentence in sentences] == [
        sentence for sentence, _ in placed_sentences(document)
    ]
    for index, sentence in enumerate(sentences):
        other = [*sentences[:index], replace(sentence, fingerprint="0" * 16), *sentences[index + 1 :]]
        assert [gap.missing for gap in align(other, document).gaps()] == [(index,)]


@pytest.mark.parametrize("name", sorted(ON_OTHER_LINES))
def test_what_only_stands_elsewhere_leaves_no_figure_open(package: Package, tmp_path: Path, name: str) -> None:
    trace = told_of(package, written(tmp_path, CHANGES[name][0]))
    assert (open_figures(trace), lost_cells(trace)) == ([], {})


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_no_change(package: Package, tmp_path: Path, name: str) -> None:
    assert_only_the_file_differs(told_of(package, written(tmp_path, LAYOUTS[name])))


@pytest.mark.parametrize(("write", "name"), [(write_word, "copy.docx"), (write_pdf, "copy.pdf")])
def test_the_kind_of_file_is_no_change(
    package: Package, tmp_path: Path, write: Callable[[Path, Path], Path], name: str
) -> None:
    assert_only_the_file_differs(told_of(package, write(tmp_path / name, ANSWER)))


def assert_only_the_file_differs(trace: Trace) -> None:
    assert (open_figures(trace), lost_cells(trace), told_changes(trace)) == ([], {}, [])
    assert "this is another file than that of S00" in str(trace.note)
    assert trace.is_complete
