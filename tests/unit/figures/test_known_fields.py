from pathlib import Path

from rule_checks import package_of, table
from vierdepijler.core.columnar.scanning import ForeignKey
from vierdepijler.core.package import Package
from vierdepijler.figures.inference import foreign_keys, known_field
from vierdepijler.figures.table_resources import key_descriptor

LIST = ("code", "code\nx\ny\n")
KEY = [{"fields": "kind", "reference": {"resource": "sorts", "fields": "code"}}]
WIDE = [{"fields": ["s", "i"], "reference": {"resource": "items", "fields": ["s", "i"]}}]


def package_with(folder: Path, *tables: tuple[str, dict[str, object]]) -> Package:
    return package_of(folder, *tables).read()


def test_a_field_is_known_where_two_tables_say_the_same(tmp_path: Path) -> None:
    about = {"n": {"title": "N", "sentence": "{n} of one table", "constraints": {"pattern": "x", "required": True}}}
    tables = [table(name, "id n", "id,n\n1,x\n", about=about) for name in ("a", "b")]
    package = package_with(tmp_path, *tables, table("c", "id m", "id,m\n1,x\n", about={"m": {"title": "M"}}))
    assert known_field(package, "n") == {"type": "string", "title": "N", "constraints": {"pattern": "x"}}
    assert known_field(package, "m") == {}
    assert known_field(package, "nowhere") == {}


def test_keys_of_other_tables_are_taken_over_where_every_row_has_them(tmp_path: Path) -> None:
    package = package_with(
        tmp_path,
        table("sorts", *LIST, primaryKey="code"),
        table("items", "s i", "s,i\nS0,1\n", primaryKey=["s", "i"]),
        table("t", "kind s i", "kind,s,i\nx,S0,1\n", foreignKeys=[*KEY, *WIDE]),
    )
    cells = {"kind": ["x", ""], "s": ["S0", "S0"], "i": ["1", "1"]}
    assert foreign_keys(package, cells) == (
        ForeignKey(("kind",), "sorts", ("code",)),
        ForeignKey(("s", "i"), "items", ("s", "i")),
    )
    assert foreign_keys(package, {**cells, "i": ["1", "2"], "kind": ["x", "z"]}) == ()


def test_a_column_of_codes_leads_to_the_only_list_that_fits(tmp_path: Path) -> None:
    package = package_with(
        tmp_path, table("sorts", *LIST, primaryKey="code"), table("others", "code", "code\nz\n", primaryKey="code")
    )
    assert foreign_keys(package, {"what": ["x", "y", ""]}) == (ForeignKey(("what",), "sorts", ("code",)),)
    assert foreign_keys(package, {"what": ["x", "q"]}) == ()
    assert foreign_keys(package, {"what": ["", ""]}) == ()


def test_of_two_lists_that_fit_the_one_of_that_name_is_meant(tmp_path: Path) -> None:
    package = package_with(
        tmp_path, table("sorts", *LIST, primaryKey="code"), table("others", *LIST, primaryKey="code")
    )
    assert foreign_keys(package, {"other": ["x"]}) == (ForeignKey(("other",), "others", ("code",)),)
    assert foreign_keys(package, {"what": ["x"]}) == ()


def test_a_key_is_written_as_a_schema_has_it() -> None:
    assert key_descriptor(ForeignKey(("kind",), "sorts", ("code",))) == KEY[0]
    assert key_descriptor(ForeignKey(("s", "i"), "items", ("s", "i"))) == WIDE[0]
