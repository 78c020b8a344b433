from pathlib import Path
from typing import Any

from rule_checks import package_of, table
from vierdepijler.writers.formats.dictionary import labels, titles

KEYS = [{"fields": "code", "reference": {"resource": "codes", "fields": "code"}}]
NL = {"languages": ["nl"]}


def test_titles_that_are_alike_have_the_name_of_their_field_behind_them(tmp_path: Path) -> None:
    about = {"a": {"title": "Naam"}, "b": {"title": "naam"}, "c": {"title": "Datum"}}
    package = package_of(tmp_path, table("t", "a b c d", "a,b,c,d\n1,2,3,4\n", about=about), **NL).read()
    assert titles(package, package.tables["t"], "nl") == ("Naam (a)", "naam (b)", "Datum", "d")


def test_titles_that_would_still_be_alike_give_way_to_the_names(tmp_path: Path) -> None:
    about = {"a": {"title": "Naam"}, "b": {"title": "Naam"}, "c": {"title": "Naam (a)"}}
    package = package_of(tmp_path, table("t", "a b c", "a,b,c\n1,2,3\n", about=about), **NL).read()
    assert titles(package, package.tables["t"], "nl") == ("a", "b", "c")


def labels_of(folder: Path, codes: str, kind: str = "string") -> Any:
    listed = table("codes", f"code:{kind} label_nl", "code,label_nl\n" + codes)
    package = package_of(folder, table("t", f"code:{kind}", "code\n1\n", foreignKeys=KEYS), listed, **NL).read()
    return dict(labels(package, package.tables["t"], package.tables["t"].fields[0], "nl"))


def test_a_code_has_the_label_of_its_list_and_one_without_is_its_own(tmp_path: Path) -> None:
    assert labels_of(tmp_path, "1,Een\n2,\n") == {"1": "Een", "2": "2"}


def test_codes_with_one_label_stay_apart(tmp_path: Path) -> None:
    assert labels_of(tmp_path, "1,Een\n2,een\n3,Drie\n") == {"1": "Een (1)", "2": "een (2)", "3": "Drie"}


def test_labels_that_would_still_be_alike_give_way_to_the_codes(tmp_path: Path) -> None:
    assert labels_of(tmp_path, "1,Een\n2,Een\n3,Een (1)\n") == {"1": "1", "2": "2", "3": "3"}


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    assert labels_of(tmp_path, "1,Een\n", "integer") == {}
