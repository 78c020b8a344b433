from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest

from conftest import Copy
from vierdepijler.checks import schemas
from vierdepijler.checks.schemas import check_schemas, count_schema_rules
from vierdepijler.core.columnar.verdicts import check_table
from vierdepijler.core.reading import read_package


def problems(copy: Copy) -> list[str]:
    return sorted(str(problem) for problem in check_schemas(copy.read()))


def test_a_good_package_has_no_problems(miniature: Copy) -> None:
    assert problems(miniature) == []


def test_only_the_tables_that_are_asked_for_are_checked_and_their_keys_lead_to_the_others(miniature: Copy) -> None:
    miniature.replace("data/counts.csv", "25,b,", "25,z,").replace("data/groups.csv", "code,label_nl", "code,label")
    found = [str(problem) for problem in check_schemas(miniature.read(), {"counts"})]
    assert [problem.split(":")[0] for problem in found] == ["data/counts.csv"]
    assert "'z' does not stand in the field code of 'groups'" in found[0]


def test_a_table_is_passed_over_once_and_its_rows_are_shown_each_time(
    miniature: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it holds stays known as long as the table is: a table beside it may be another the next time."""
    before, passed = miniature.read(), Mock(wraps=check_table)
    monkeypatch.setattr(schemas, "check_table", passed)
    assert list(check_schemas(before)) == []
    assert passed.call_count == len(before.tables)
    after = miniature.replace("data/groups.csv", "\nb,", "\nz,").descriptor
    kept = {name: table for name, table in before.tables.items() if name != "groups"}
    watch = Mock()
    (problem,) = check_schemas(read_package(after, known=kept), watch=watch)
    assert (problem.file, problem.column) == ("data/counts.csv", "group")
    assert passed.call_count == len(before.tables) + 1
    assert {call.args[0] for call in watch.look.call_args_list} == set(before.tables)


def test_a_value_that_must_be_unique_is_told(miniature: Copy) -> None:
    found = problems(miniature.replace("data/groups.csv", "Groep twee", "Groep één"))
    assert found == [
        (
            "data/groups.csv:3: label_nl: 'Groep één' stands here a second time, and each value may stand once;"
            " change or remove one of the two"
        )
    ]


@pytest.mark.parametrize("extra", [{"type": "json"}, {"format": "xlsx"}, {"compression": "gz"}, {"profile": "x y"}])
def test_what_else_a_descriptor_says_does_not_switch_off_the_checks(miniature: Copy, extra: dict[str, str]) -> None:
    miniature.replace("data/counts.csv", "521,,521", "many,,521")
    miniature.change(lambda d: d["resources"][0].update(extra))
    assert len(problems(miniature)) == 1
    assert "'many' is not a whole number" in problems(miniature)[0]


@pytest.mark.parametrize("constraint", ["exclusiveMinimum", "exclusiveMaximum"])
def test_the_constraints_of_the_second_version_are_known(miniature: Copy, constraint: str) -> None:
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][2].update(constraints={constraint: 521}))
    assert any("'521' is not " in problem for problem in problems(miniature))


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(resource="nowhere"),
        lambda d: d["resources"][0]["schema"]["foreignKeys"][0]["reference"].update(fields="nothing"),
        lambda d: d["resources"][1].update(hash="sha256:0"),
    ],
    ids=["a key to nowhere", "a key to nothing", "a hash of another file"],
)
def test_a_mistake_in_the_descriptor_is_told(miniature: Copy, change: Callable[[Any], object]) -> None:
    assert any(
        "datapackage.json" in problem or "describes" in problem for problem in problems(miniature.change(change))
    )


def test_the_rules_of_the_schemas_are_counted(miniature: Copy) -> None:
    before = count_schema_rules(miniature.read())
    miniature.change(lambda d: d["resources"][1]["schema"]["fields"][2].update(constraints={"required": True}))
    assert count_schema_rules(miniature.read()) == before + 1
