from pathlib import Path

from conftest import Copy
from rule_checks import package_of, table
from vierdepijler.writers.formats.csv_files import write_excel_csv
from vierdepijler.writers.formats.publication import publication_of


def written(copy: Copy, name: str, folder: Path) -> bytes:
    package = copy.read()
    write_excel_csv(publication_of(package, {}), package.tables[name], folder / "x.nl.csv")
    return (folder / "x.nl.csv").read_bytes()


def test_it_is_as_belgian_excel_wants_it(miniature: Copy, tmp_path: Path) -> None:
    lines = written(miniature, "counts", tmp_path).split(b"\r\n")
    assert lines[0] == b"\xef\xbb\xbfDag;Groep;Personen;Reden;Zoals gedrukt"
    label = miniature.read().tables["groups"].text("label_nl")[0].as_py()
    assert lines[1] == f"2025-02-25;{label};3290;;3.290".encode()
    assert lines[-1] == b""


def test_a_decimal_has_a_comma_and_a_truth_value_a_word(tmp_path: Path) -> None:
    texts = {"languages": ["nl"], "homepage": "https://x.example", "name": "x"}
    copy = package_of(tmp_path, table("t", "a:number b:boolean c", 'a,b,c\n1.5,true,"x;y"\n2,false,1.5\n'), **texts)
    assert written(copy, "t", tmp_path).split(b"\r\n")[1:] == [b'1,5;ja;"x;y"', b"2;nee;1.5", b""]
