"""A judgement in words, in both languages."""

import pytest

from conftest import Copy
from invented_past import with_past
from vierdepijler.lookup.answer_text import WHY, render_judgement
from vierdepijler.lookup.judgements import judge
from vierdepijler.lookup.lookup_files import made_lookup


def said(copy: Copy, text: str, language: str) -> str:
    index, tables = made_lookup(with_past(copy).read())
    return render_judgement(judge(text, index, tables), index, language)


def test_a_revised_figure_is_told_with_old_new_when_and_why(miniature: Copy) -> None:
    assert said(miniature, "3.280", "nl") == (
        "Antwoord: herzien.\n\n3.280: herzien\n"
        "- Personen · Groep één · 25 februari 2025: was 3.280, is 3.290 sinds uitgave 1.1.0 (1 februari 2026)\n"
        "  Waarom: Een blad was dubbel geteld.\n"
        "  https://miniature.example/paspoort/counts.html#2025-02-25.a.persons"
    )


def test_a_withdrawn_figure_is_told_with_when_and_why(miniature: Copy) -> None:
    assert said(miniature, "40", "en") == (
        "Answer: withdrawn.\n\n40: withdrawn\n"
        "- People · Group three · 25 February 2025: was 40, withdrawn in release 1.2.3 (1 March 2026)\n"
        "  Why: Nobody counts this.\n"
        "  https://miniature.example/en/data/counts.html#2025-02-25.c.persons"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3.290", "3,290, the same since release 1.1.0 (1 February 2026)"),
        ("3291", "None of our figures has or had this value."),
        ("", "There is nothing to look up."),
        ("4", "No explanation is known."),
        ("/data/latest/units.csv", "Nothing that this leads to was revised or withdrawn."),
        ("groups.label_en[b]", "Group two, as far as we know never changed"),
        ("/data/9.9.9/counts.csv", "We know of no such release."),
        ("/data/groups.html#e", "e: was a row, withdrawn in release 1.2.3 (1 March 2026)"),
        ("2,3 and 3 and 2", "3: unchanged"),
    ],
)
def test_each_kind_of_answer_has_words(miniature: Copy, text: str, words: str) -> None:
    assert words in said(miniature, text, "en")


def test_a_table_is_told_with_its_columns_and_rows(miniature: Copy) -> None:
    found = said(miniature, "group,day,persons,colour\na,2025-02-25,3291,red\nz,2025-02-25,1,blue\n", "en")
    assert found == (
        "Answer: differs, and nothing we wrote down explains it.\n"
        "Table: Counts (counts).\n"
        "2 rows: 0 unchanged, 1 changed, 0 withdrawn, 1 unknown.\n"
        "Columns that we do not know: colour.\n"
        "Columns of ours that are not in it: unknown_id, as_printed.\n"
        "Rows that we do not know: counts[2025-02-25,z].\n"
        "Rows of ours that are not in it, new since or left out: counts[2025-02-25,b], counts[2025-02-25,c].\n"
        "- People · Group one · 25 February 2025: you have 3291, we have 3,290\n"
        "  We know no explanation: we may never have published this, or not written down why.\n"
        "  https://miniature.example/en/passport/counts.html#2025-02-25.a.persons"
    )


def test_every_reason_not_to_judge_has_words_of_its_own() -> None:
    assert len(set(WHY.values())) == len(WHY)
