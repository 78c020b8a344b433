import csv
import datetime
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from conftest import PROJECT, Copy
from vierdepijler.core.package import Package
from vierdepijler.core.tables import Field, Table, Value
from vierdepijler.writers.formats.databases import version_number, write_database
from vierdepijler.writers.formats.publication import publication_of, records

NASTY = 'code,label_nl,label_en\na,"met ""quotes"", komma\nen regel",ééñ €\nb,0012,=1+1\nc,,x\n'


def database(package: Package, folder: Path) -> Path:
    path = folder / "x.sqlite"
    write_database(publication_of(package), path)
    return path


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


def read_back(path: Path, table: Table) -> list[tuple[Value, ...]]:
    stored = asked(path, f'SELECT * FROM "{table.name}" ORDER BY rowid')
    return [tuple(map(typed, table.fields, row)) for row in stored]


def typed(field: Field, value: Any) -> Value:
    match field.type:
        case _ if value is None:
            return None
        case "boolean":
            return bool(value)
        case "number":
            return Decimal(repr(value) if isinstance(value, float) else value)
        case "date":
            return datetime.date.fromisoformat(value)
        case _:
            assert isinstance(value, int if field.type in ("integer", "year") else str)
            return value


def test_every_table_comes_back_with_the_same_typed_values(package: Package, tmp_path: Path) -> None:
    path = database(package, tmp_path)
    for table in package.tables.values():
        assert read_back(path, table) == list(records(table)), table.name


def test_quotes_lines_accents_and_leading_zeros_come_back(miniature: Copy, tmp_path: Path) -> None:
    package = miniature.write("data/groups.csv", NASTY).read()
    stored = asked(database(package, tmp_path), "SELECT * FROM groups")
    assert stored == [
        ("a", 'met "quotes", komma\nen regel', "ééñ €"), ("b", "0012", "=1+1"), ("c", None, "x"),
    ]  # fmt: skip


def test_no_digit_of_a_number_is_lost(miniature: Copy, tmp_path: Path) -> None:
    miniature.write(
        "data/derived_figures.csv",
        "figure_id,value,unit,decimals,calculation,inputs\n"
        "a,999999999999999999.123456789,,9223372036854775807,,\nb,-0.5,,-9223372036854775808,,\n",
    )
    package = miniature.read()
    table = package.tables["derived_figures"]
    assert read_back(database(package, tmp_path), table) == list(records(table))
    assert next(iter(records(table)))[1] == Decimal("999999999999999999.123456789")


def test_truth_values_are_0_and_1_and_nothing_else(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/units.csv", "code,is_open\na,true\nb,false\nc,\n")
    fields = [{"name": "code"}, {"name": "is_open", "type": "boolean"}]
    miniature.change(lambda d: d["resources"][3].update(schema={"fields": fields, "primaryKey": "code"}))
    path = database(miniature.read(), tmp_path)
    assert asked(path, "SELECT is_open FROM units") == [(1,), (0,), (None,)]
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        asked(path, "INSERT INTO units VALUES ('d', 2)")


@pytest.mark.parametrize(
    "row",
    [
        "'2025-02-25','a',1,NULL,NULL",
        "NULL,'a',1,NULL,NULL",
        "'25/2/2025','a',1,NULL,NULL",
        "'2026-01-01','a','x',NULL,NULL",
    ],
)
def test_the_database_keeps_what_the_schema_asks(miniature: Copy, tmp_path: Path, row: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        asked(database(miniature.read(), tmp_path), f"INSERT INTO counts VALUES ({row})")


def test_every_foreign_key_holds_and_would_be_missed(package: Package, tmp_path: Path) -> None:
    path = database(package, tmp_path)
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    for table in package.tables.values():
        listed = asked(path, f'PRAGMA foreign_key_list("{table.name}")')
        assert len({number for number, *_ in listed}) == len(table.foreign_keys), table.name
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE completions SET participant_group = 'nobody' WHERE persons = 521")


def test_a_table_may_refer_to_itself_and_two_to_each_other(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/units.csv", "code,label_nl,label_en\npersons,percent,a\npercent,persons,b\n")

    def refer(descriptor: Any) -> None:
        units, groups = descriptor["resources"][3]["schema"], descriptor["resources"][1]["schema"]
        units["foreignKeys"] = [
            {"fields": "label_nl", "reference": {"resource": "", "fields": "code"}},
            {"fields": "label_en", "reference": {"resource": "groups", "fields": "code"}},
        ]
        groups["foreignKeys"] = [{"fields": "label_en", "reference": {"resource": "units", "fields": "code"}}]

    miniature.write("data/groups.csv", "code,label_nl,label_en\na,A,persons\nb,B,percent\nc,C,\n").change(refer)
    path = database(miniature.read(), tmp_path)
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert len(asked(path, "PRAGMA foreign_key_list(units)")) == 2
    assert asked(path, "SELECT code, label_nl_label, label_en_label FROM units_nl") == [
        ("persons", "persons", "A"), ("percent", "percent", "B"),
    ]  # fmt: skip


def test_a_view_has_every_row_with_the_labels_of_its_codes(miniature: Copy, tmp_path: Path) -> None:
    path = database(miniature.read(), tmp_path)
    assert asked(path, 'SELECT "group", group_label, persons FROM counts_nl') == [
        ("a", "Groep één", 3290), ("b", "Groep twee", 521), ("c", "Groep drie", None),
    ]  # fmt: skip
    assert asked(path, "SELECT group_label FROM counts_en WHERE persons = 521") == [("Group two",)]


def test_a_table_may_be_called_as_our_own_words_are(miniature: Copy, tmp_path: Path) -> None:
    def rename(descriptor: Any) -> None:
        descriptor["resources"][0]["name"] = "codes"
        del descriptor["resources"][2:]

    for file in ("derived_figures", "units"):
        (miniature.folder / "data" / f"{file}.csv").unlink()
    path = database(miniature.change(rename).read(), tmp_path)
    assert asked(path, "SELECT group_label FROM codes_en") == [("Group one",), ("Group two",), ("Group three",)]


def test_the_file_explains_itself(miniature: Copy, tmp_path: Path) -> None:
    path = database(miniature.read(), tmp_path)
    question = "SELECT name, version, title_nl, title_en, licence, address, downloads FROM _package"
    assert asked(path, question) == [
        ("miniature", "1.2.3", "Miniatuur", "Miniature", "CC0-1.0", "https://miniature.example/",
         "https://miniature.example/data/latest/"),
    ]  # fmt: skip
    assert asked(path, "SELECT title_en, \"rows\", primary_key, view_nl FROM _tables WHERE name = 'counts'") == [
        ("Counts", 3, "day, group", "counts_nl")
    ]
    assert asked(path, "SELECT title_nl, unit, type, sqlite_type FROM _fields WHERE field = 'persons'") == [
        ("Personen", "persons", "integer", "INTEGER")
    ]
    assert asked(path, "PRAGMA user_version") == [(10203,)]
    assert asked(path, "PRAGMA application_id") == [(int.from_bytes(b"VPDP", "big"),)]


def test_a_version_of_another_form_has_no_number(miniature: Copy) -> None:
    for version, number in (("0.3.0", 300), ("12.0.41", 120_041), ("2024", 0), ("1.2.3-rc", 0)):
        package = replace(miniature.read(), descriptor={"version": version, "resources": []})
        assert version_number(package) == number


def test_the_bytes_are_the_same_at_another_time_in_another_place_and_in_another_run(
    miniature: Copy, tmp_path: Path
) -> None:
    path = database(miniature.read(), tmp_path)
    other = tmp_path / "een map met é"
    other.mkdir()
    script = (
        "import sys; from pathlib import Path; from vierdepijler.core.reading import read_package;"
        "from vierdepijler.writers.formats.publication import publication_of;"
        "from vierdepijler.writers.formats.databases import write_database;"
        "write_database(publication_of(read_package(Path(sys.argv[1]))), Path(sys.argv[2]))"
    )
    environment = {
        "PYTHONPATH": str(PROJECT / "scripts"), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1",
    }  # fmt: skip
    command = [sys.executable, "-c", script, str(miniature.descriptor), str(other / "y.sqlite")]
    subprocess.run(command, env=environment, check=True)
    assert (other / "y.sqlite").read_bytes() == path.read_bytes()


def test_what_the_library_writes_in_the_header_is_fixed(miniature: Copy, tmp_path: Path) -> None:
    header = database(miniature.read(), tmp_path).read_bytes()[:100]
    assert [int.from_bytes(header[place : place + 4], "big") for place in (24, 92, 96)] == [1, 1, 3_007_000]
    assert int.from_bytes(header[36:40], "big") == 0  # no free pages
    assert (header[18], header[19]) == (1, 1)  # no write-ahead log, so one file is all there is


def test_an_old_library_can_read_it(package: Package, tmp_path: Path) -> None:
    """What asks for a recent SQLite: STRICT (3.37), generated columns (3.31), expressions in indexes (3.9)."""
    schema = asked(database(package, tmp_path), "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    assert not any(word in sql for (sql,) in schema for word in ("STRICT", "GENERATED", "CREATE INDEX", "WITHOUT"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_question_on_the_page_about_data_has_an_answer(package: Package, tmp_path: Path, language: str) -> None:
    page = (PROJECT / "site" / language / "data" / "index.md").read_text("utf-8")
    (question,) = re.findall(r'^sqlite3 vierde-pijler\.sqlite "(.+)"$', page, re.MULTILINE)
    answer = asked(database(package, tmp_path), question)
    assert len(answer) == package.tables["completions"].rows
    assert all(None not in row for row in answer)


def test_a_csv_and_the_database_hold_the_same(miniature: Copy, tmp_path: Path) -> None:
    out = miniature.publish(tmp_path / "out")
    with (out / "counts.csv").open(encoding="utf-8", newline="") as file:
        written = list(csv.reader(file))[1:]
    stored = asked(out / "miniature.sqlite", "SELECT * FROM counts")
    assert [["" if cell is None else str(cell) for cell in row] for row in stored] == written
