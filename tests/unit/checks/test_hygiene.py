from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from rule_checks import caught_by, package_of, table
from vierdepijler.checks.rules import hygiene
from vierdepijler.checks.rules.hygiene import HYGIENE
from vierdepijler.core.tables import Field, Table


def caught(copy: Copy) -> dict[str, list[str]]:
    return caught_by(HYGIENE, copy)


def one_column(folder: Path, cell: str, kind: str = "string", **about: Any) -> Copy:
    text = "id,what\n1,goed\n2," + '"' + cell.replace('"', '""') + '"\n'
    return package_of(folder, table("t", f"id what:{kind}", text, about={"what": about}))


def test_a_good_package_is_clean(miniature: Copy) -> None:
    assert caught(miniature) == {}


@pytest.mark.parametrize(
    ("rule", "cell", "what"),
    [
        ("unseen-characters", "a\u200bb", "holds characters that cannot be seen: U+200B ZERO WIDTH SPACE"),
        ("unseen-characters", "a\x07b", "holds characters that cannot be seen: U+0007"),
        ("unseen-characters", "a\tb", "holds characters that cannot be seen: U+0009"),
        ("unseen-characters", "a\u00adb\u202e", "U+00AD SOFT HYPHEN, U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("mojibake", "Ã©Ã©n", "'Ã©Ã©n' holds garbled letters"),
        ("mojibake", "goed één, fout Ã©Ã©n", "holds garbled letters"),
        ("mojibake", "\ufffd\ufffdn", "holds garbled letters"),
        ("stray-spaces", " a", "' a' has a space too many"),
        ("stray-spaces", "a ", "'a ' has a space too many"),
        ("stray-spaces", "a  b", "'a  b' has a space too many"),
        ("stray-spaces", "a\n", "begins or ends with a line end"),
        ("no-break-spaces", "a\u00a0b", "holds a space of another kind"),
        ("no-break-spaces", "a\u202fb", "holds a space of another kind"),
        ("formulas", "=A1", "'=A1' would be run as a formula"),
        ("formulas", "@SUM(A1)", "would be run as a formula"),
        ("formulas", "+A1", "would be run as a formula"),
        ("formulas", "-A1", "would be run as a formula"),
        ("formulas", "\uff1dA1", "would be run as a formula"),
        ("look-alikes", "Wεsthoek", "'Wεsthoek' holds a letter, digit or dash that only looks like one of ours"),
        ("look-alikes", "Vlaаms", "only looks like one of ours"),
        ("composed-letters", "e\u0301e\u0301n", "holds an accent that stands apart from its letter"),
    ],
)
def test_a_bad_cell_is_told_at_its_place(tmp_path: Path, rule: str, cell: str, what: str) -> None:
    (problem,) = caught(one_column(tmp_path, cell))[rule]
    assert problem.startswith("data/t.csv:3: what: ")
    assert what in problem


@pytest.mark.parametrize(
    "cell",
    [
        "één café, l'été à l’école: “CAFÉ” – «ÉTÉ» — enz…",
        "Œuvre, Ĳzer, São, Łódź, Çelik, naïef, ½, €, 100 °C",
        "Ελλάδα",
        "Ελλάδα en Россия",
        "-5%",
        "-1.234,5",
        "+32 3 123 45 67",
        "-",
        "regel een\nregel twee",
        "5 – 6",
        "kop-hals-romp",
        "a=b, c@d.be",
        "",
    ],
)
def test_a_good_text_is_not_flagged(tmp_path: Path, cell: str) -> None:
    assert caught(one_column(tmp_path, cell)) == {}


def test_negative_numbers_and_dates_are_no_formulas(tmp_path: Path) -> None:
    text = "n,p,d\n-5,-0.5,2025-02-25\n-6,-1.5,2025-02-26\n"
    assert caught(package_of(tmp_path, table("t", "n:integer p:number d:date", text))) == {}


def test_a_space_of_another_kind_may_stand_in_a_figure_as_it_is_printed(tmp_path: Path) -> None:
    described = table("t", "n:integer p", "n,p\n3290,3\u202f290\n", about={"n": {"printedIn": "p"}})
    assert caught(package_of(tmp_path, described)) == {}


@pytest.mark.parametrize("cell", ["open–up", "оpen", "пять", "open٣"])
def test_a_code_among_ours_is_held_to_our_letters_and_digits(tmp_path: Path, cell: str) -> None:
    described = table("t", "code", f"code\nopen-up\n{cell}\n", primaryKey="code")
    (problem,) = caught(package_of(tmp_path, described))["look-alikes"]
    assert problem.startswith("data/t.csv:3: code: ")


def test_a_code_of_one_form_is_held_to_our_letters_too(tmp_path: Path) -> None:
    described = table("t", "a code", "a,code\n1,ab\n2,а-b\n", about={"code": {"constraints": {"pattern": ".*"}}})
    assert len(caught(package_of(tmp_path, described))["look-alikes"]) == 1


def test_a_column_of_greek_codes_is_greek(tmp_path: Path) -> None:
    described = table("t", "code", "code\nάλφα\nβήτα\n", primaryKey="code")
    assert caught(package_of(tmp_path, described)) == {}


@pytest.mark.parametrize(
    ("rule", "text", "line"),
    [
        ("byte-order-mark", "\ufeffa,b\n1,2\n", 1),
        ("line-ends", "a,b\n1,2\r\n3,4\n", 2),
        ("last-line", "a,b\n1,2\n3,4", 3),
        ("delimiter", "a;b\n1;2\n", 1),
        ("delimiter", "a\tb\n1\t2\n", 1),
    ],
)
def test_a_bad_layout_is_told_at_its_line(tmp_path: Path, rule: str, text: str, line: int) -> None:
    (problem,) = caught(package_of(tmp_path, table("t", "a b", text)))[rule]
    assert problem.startswith(f"data/t.csv:{line}: ")


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("a b", 'a,b\r\n1,"one\ntwo"\r\n'),
        ("a", "a\n1\n"),
        ("a", "a\nx;y\n"),
        ("a b", ""),
    ],
)
def test_a_good_layout_is_not_flagged(tmp_path: Path, fields: str, text: str) -> None:
    assert caught(package_of(tmp_path, table("t", fields, text))) == {}


def test_another_delimiter_that_is_declared_is_good(tmp_path: Path) -> None:
    described = table("t", "a b", "a;b\n1;2\n", dialect={"delimiter": ";"})
    assert caught(package_of(tmp_path, described)) == {}


def test_the_delimiter_that_was_declared_is_named(tmp_path: Path) -> None:
    described = table("t", "a b", "a,b\n1,2\n", dialect={"delimiter": ";"})
    (problem,) = caught(package_of(tmp_path, described))["delimiter"]
    assert "the cells are separated by ',' and not by ';'" in problem


def test_after_a_thousand_bad_cells_the_rest_is_counted(tmp_path: Path) -> None:
    text = "a,b\n" + "x\u200b, y\n" * 1200
    found = caught(package_of(tmp_path, table("t", "a b", text)))
    for rule in ("unseen-characters", "stray-spaces"):
        assert len(found[rule]) == 1001
        assert "the same is wrong in 200 more rows of this column" in found[rule][-1]
        assert found[rule][-1].startswith("data/t.csv:1002: ")


def searched_in(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the columns in which a pattern is looked for, cell by cell, in a package where nothing is wrong."""
    searched: list[str] = []
    search = hygiene.found_in_cells

    def note(pattern: str, looked_at: Table, field: Field) -> Any:
        searched.append(field.name)
        return search(pattern, looked_at, field)

    monkeypatch.setattr(hygiene, "found_in_cells", note)
    assert caught(copy) == {}
    return searched


def test_a_table_of_plain_letters_is_not_searched_for_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = package_of(tmp_path, table("t", "a b", "a,b\n1,één\n2,x-y\n"))
    assert searched_in(copy, monkeypatch) == ["b"]  # for a formula, as it holds a sign


def test_a_column_of_plain_letters_beside_others_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = package_of(tmp_path, table("t", "a b", "a,b\n1,één – twee\n2,x\n"))
    assert set(searched_in(copy, monkeypatch)) == {"b"}
