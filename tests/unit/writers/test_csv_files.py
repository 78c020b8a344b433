import csv
from pathlib import Path

from conftest import Copy
from vierdepijler.writers.formats.csv_files import write_csv
from vierdepijler.writers.formats.publication import publication_of

HARD = 'code,label_nl,label_en\na,"met ""quotes"", komma\nen regel",ééñ €\nb,,\n'


def written(copy: Copy, table: str, folder: Path) -> Path:
    package = copy.read()
    write_csv(publication_of(package), package.tables[table], folder / f"{table}.csv")
    return folder / f"{table}.csv"


def test_csv_reads_back_as_it_was(miniature: Copy, tmp_path: Path) -> None:
    table = miniature.write("data/groups.csv", HARD).read().tables["groups"]
    with written(miniature, "groups", tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [table.block.cells(row) for row in range(table.rows)]
    assert rows[0] == ["code", "label_nl", "label_en"]


def test_csv_is_written_in_one_notation(miniature: Copy, tmp_path: Path) -> None:
    miniature.replace("data/counts.csv", "2025-02-25", "25/02/2025")
    miniature.change(lambda d: d["resources"][0]["schema"]["fields"][0].update(format="%d/%m/%Y"))
    text = written(miniature, "counts", tmp_path).read_text("utf-8")
    assert text.splitlines()[1] == "2025-02-25,a,3290,,3.290"


def test_a_table_without_rows_is_written(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/groups.csv", "code,label_nl,label_en\n")
    assert written(miniature, "groups", tmp_path).read_bytes() == b"code,label_nl,label_en\r\n"


def test_every_line_ends_as_rfc_4180_asks_but_those_in_a_cell(miniature: Copy, tmp_path: Path) -> None:
    miniature.write("data/groups.csv", HARD)
    content = written(miniature, "groups", tmp_path).read_bytes()
    assert content.split(b"\r\n")[1:] == [b'a,"met ""quotes"", komma\nen regel",' + "ééñ €".encode(), b"b,,", b""]
