import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import PROJECT, Copy
from registers import later, register, repeated, told_later
from short_answer import copy_package
from vierdepijler.checks.pages.prose import ENTRY as ENTRY_NAMED
from vierdepijler.checks.pages.prose import check_claims
from vierdepijler.checks.rules.reference_rules import RULES

ENTRY = "counts.persons[*,c]"


def found(copy: Copy) -> list[str]:
    package = copy.read()
    return [str(problem) for rule in RULES for problem in rule.check(package)]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("counts.people[*,c]", "the table 'counts' has no field 'people'"),
        ("count.persons", "there is no table 'count'; there is 'counts'"),
        ("counts", "'counts' is not the address of a cell or column"),
    ],
)
def test_a_slip_in_the_address_of_an_answer_is_told_with_its_line(miniature: Copy, address: str, what: str) -> None:
    told = found(register(miniature, "to_come.persons", address))
    assert [one.partition(": answered_by: ")[0] for one in told] == ["data/unknowns.csv:3"]
    assert what in told[0]


def test_a_caveat_that_a_source_contradicts_is_told_with_its_line(miniature: Copy) -> None:
    register(miniature, ENTRY).change(lambda d: d["resources"][0].update(caveat="Niemand weet het.", notKnown=["e0"]))
    assert found(miniature) == []
    line = (miniature.folder / "datapackage.json").read_text("utf-8").split('"notKnown"')[0].count("\n") + 1
    told = found(later(miniature))
    assert len(told) == 1
    assert told[0].startswith(f"datapackage.json:{line}: counts.caveat: this says that 'e0' is not known")
    assert "data/unknowns.csv:2" in told[0]
    assert "counts.persons[2026-01-31,c] says it since 2026-01-31" in told[0]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("site/nl/een.md", '# Een\n\n[Niemand]({{ page("unknowns") }}#e0) weet het.\n'),
        ("site/nl/een.md", '# Een\n\n<a href="{{ address("unknowns") }}#e0">Niemand</a> weet het.\n'),
        ("site/fr/une.md", '# Une\n\n{{ not_known("e0", "Personne ne le sait.") }}\n'),
        ("site/charts/one.yml", 'kind: bars\nnote_nl: >-\n  {{ not_known("e0", "Niemand weet het.") }}\n'),
    ],
)
def test_what_says_that_something_is_not_known_is_told_with_its_line_once_a_source_says_it(
    miniature: Copy, file: str, text: str
) -> None:
    register(miniature, ENTRY).write(file, text)
    assert list(check_claims(miniature.folder / "site", miniature.read())) == []
    told = [str(one) for one in check_claims(miniature.folder / "site", later(miniature).read())]
    assert [one.partition(": ")[0] for one in told] == [f"{file}:3"]
    assert "'e0' is not known (data/unknowns.csv:2), but counts.persons[2026-01-31,c] says it" in told[0]
    assert told[0].endswith("write it with that cell, or lead to what says it")


def test_a_page_says_in_each_language_that_the_same_is_not_known() -> None:
    said: dict[str, dict[str, Counter[str]]] = {}
    for path in PROJECT.glob("site/*/**/*.md"):
        text = path.read_text("utf-8")
        if found := re.search(r"^(?:page|rows_of): \S+", text, re.MULTILINE):
            said.setdefault(found[0], {})[str(path)] = Counter(ENTRY_NAMED.findall(text))
    for pages in said.values():
        first = next(iter(pages.values()))
        assert dict.fromkeys(pages, first) == pages
    assert len(said["page: trajectory_rules"]) == len(OF_RULES)


RULE = "duty-source,who_must,Plicht,Duty,Een tweede bron.,A second source.,,,,,,rule-validity,S49,local_authority_page,"
OF_RULES = ("nl/wie-moet", "en/who-must", "fr/dois-je", "tr/zorunlu-mu", "uk/chy-mushu", "ar/hal-yajib")
OF_PLACES = ("nl/waar", "en/where") * 2 + ("nl/netwerk/_netwerk", "en/network/_network")


@pytest.mark.parametrize(
    ("file", "old", "new", "places"),
    [
        ("data/trajectory/trajectory_rules.csv", "\nmay,", f"\n{RULE}seen_in_text,F068,,\nmay,", OF_RULES * 5),
        ("data/reference/unknowns.csv", "represented.network_id", "networks.network_id", OF_PLACES),
    ],
)
def test_a_second_source_is_told_to_each_of_our_pages_that_says_there_is_none(
    tmp_path: Path, file: str, old: str, new: str, places: tuple[str, ...]
) -> None:
    copy = copy_package(tmp_path / "package").replace(file, old, new)
    told = Counter(one.file for one in check_claims(PROJECT / "site", copy.read()))
    assert {page: told[f"site/{page}.md"] for page in places} == Counter(places)


@pytest.mark.parametrize(
    ("row", "field", "what"),
    [
        ('s,"counts.persons[2025-02-25,d]",revised,,,,S1', "cell", "nothing says that the source S1 is later"),
        ('s,"counts.persons[2025-02-25,a]",revised,,,,S3', "cell", "nothing says that the source S3 is later"),
        ('s,"counts.persons[2025-02-25,z]",revised,,,,S2', "cell", "has no row with the key"),
        ('s,"counts.persons[2025-02-25,c]",revised,,,,S2', "cell", "is not the address of one figure with a source"),
        ("s,counts.persons,revised,,,,S2", "cell", "'counts.persons' is not the address of one figure"),
        ("s,derived_figures.value[total],revised,,,,S2", "cell", "is not the address of one figure with a source"),
        ('s,"counts.persons[2025-02-25,a]",revised,"counts.persons[2025-02-25,b]",,,S2', "later_cell", "is not of the"),
    ],
)
def test_a_slip_in_what_a_later_source_says_is_told_with_its_line(
    miniature: Copy, row: str, field: str, what: str
) -> None:
    told = found(told_later(miniature, f"{row}\n"))
    assert [one.partition(f": {field}: ")[0] for one in told] == ["data/later.csv:2"]
    assert what in told[0]


def test_what_a_later_source_may_say_is_no_mistake_and_nothing_yet_neither(miniature: Copy) -> None:
    later_cell = '"counts.persons[2025-02-25,d]"'
    assert found(told_later(miniature, f's,"counts.persons[2025-02-25,a]",revised,{later_cell},,,S2\n')) == []
    statement = 's,"counts.persons[2025-02-25,a]",contradicted,"counts.persons[2025-02-25,a,S2]",,,S2\n'
    miniature.replace("data/later.csv", f's,"counts.persons[2025-02-25,a]",revised,{later_cell},,,S2\n', statement)
    assert found(repeated(miniature)) == []
    miniature.write("data/later.csv", "statement_id,cell,relation,later_cell,note_nl,note_en,source_id\n")
    assert not [one for one in miniature.problems() if "later.csv" in one]
