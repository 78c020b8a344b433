import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Copy
from vierdepijler.core.problems import UnreadableError
from vierdepijler.core.reading import read_package


def refusal(copy: Copy) -> str:
    with pytest.raises(UnreadableError) as caught:
        copy.read()
    return str(caught.value)


def test_a_package_is_read_with_its_lines(miniature: Copy) -> None:
    miniature.write("data/groups.csv", 'code,label_nl,label_en\na,"one\ntwo",x\nb,y,z\n')
    table = miniature.read().tables["groups"]
    assert table.block.cells(0) == ["a", "one\ntwo", "x"]
    assert table.lines == (2, 4)


def test_a_table_that_is_known_is_taken_over_for_as_long_as_it_is_described_as_it_was(miniature: Copy) -> None:
    known = miniature.read().tables
    miniature.change(lambda d: d["resources"][0].update(title="another title"))
    changed, *others = json.loads(miniature.descriptor.read_text("utf-8"))["resources"]
    again = read_package(miniature.descriptor, known=known).tables
    assert list(again) == list(known)
    assert again[changed["name"]] is not known[changed["name"]]
    assert again[changed["name"]].descriptor["title"] == "another title"
    assert all(again[one["name"]] is known[one["name"]] for one in others)


def test_a_file_that_is_missing_is_told(miniature: Copy) -> None:
    (miniature.folder / "data" / "groups.csv").unlink()
    assert "data/groups.csv: the file cannot be read" in refusal(miniature)


@pytest.mark.parametrize(
    "path", ["../outside.csv", "/etc/hostname", "https://example.org/a.csv", "data/../../x.csv", "data/\x00.csv"]
)
def test_a_path_that_leaves_the_package_is_told(miniature: Copy, path: str) -> None:
    miniature.change(lambda d: d["resources"][0].update(path=path))
    assert "leaves the package" in refusal(miniature)


@pytest.mark.parametrize("name", ["../../x", "/x", "a/b", "..", "a\\b"])
def test_a_group_is_called_as_a_folder_may_be(miniature: Copy, name: str) -> None:
    miniature.change(lambda d: d.update(groups=[{"name": "fine"}, {"name": name}]))
    assert "cannot be the name of a group" in refusal(miniature)


def test_a_link_that_leaves_the_package_is_told(miniature: Copy) -> None:
    (miniature.folder / "data" / "counts.csv").unlink()
    (miniature.folder / "data" / "counts.csv").symlink_to("/etc/hostname")
    assert "leaves the package" in refusal(miniature)


def test_another_encoding_is_told_with_its_line(miniature: Copy) -> None:
    (miniature.folder / "data" / "groups.csv").write_bytes("code,label_nl,label_en\na,één,one\n".encode("latin-1"))
    assert refusal(miniature).startswith("data/groups.csv:2: the text is not UTF-8")


def test_an_encoding_that_is_declared_is_read(miniature: Copy) -> None:
    (miniature.folder / "data" / "groups.csv").write_bytes("code,label_nl,label_en\na,één,one\n".encode("latin-1"))
    miniature.change(lambda d: d["resources"][1].update(encoding="latin-1"))
    assert miniature.read().tables["groups"].value(0, "label_nl") == "één"


def test_a_delimiter_that_is_declared_is_read(miniature: Copy) -> None:
    miniature.write("data/groups.csv", "code;label_nl;label_en\na;één;one\n")
    miniature.change(lambda d: d["resources"][1].update(dialect={"delimiter": ";"}))
    assert miniature.read().tables["groups"].value(0, "label_en") == "one"


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["resources"].append(d["resources"][0]),
        lambda d: d["resources"][0]["schema"]["fields"][0].update(type="moment"),
        lambda d: d["resources"][0].update(encoding="utf-9"),
        lambda d: d["resources"][0].update(encoding="undefined"),
        lambda d: d["resources"][0]["schema"].update(primaryKey=["nothing"]),
        lambda d: d["resources"][1]["schema"]["fields"][0]["constraints"].update(pattern="["),
        lambda d: d["resources"][0]["schema"]["fields"][2]["constraints"].update(minimum="few"),
        lambda d: d["resources"][0].update(path="data/counts.xlsx"),
        lambda d: d["resources"][0].update(dialect={"delimiter": ";;"}),
        lambda d: d["resources"][0].update(dialect={"commentChar": ""}),
        lambda d: d["resources"][0].update(schema="elsewhere.json"),
    ],
    ids=[
        "a name twice",
        "an unknown type",
        "an unknown encoding",
        "an encoding of nothing",
        "a key of nothing",
        "a pattern that is none",
        "a limit that is none",
        "another format",
        "a delimiter of two",
        "a dialect we cannot read",
        "a schema elsewhere",
    ],
)
def test_what_cannot_be_understood_is_told(miniature: Copy, change: Callable[[Any], object]) -> None:
    assert refusal(miniature.change(change))


@pytest.mark.parametrize("text", ["NaN", "INF", "1e309", "1" * 40])
def test_a_number_that_cannot_be_stored_is_null(miniature: Copy, text: str) -> None:
    miniature.replace("data/derived_figures.csv", "86.3", text)
    assert miniature.read().tables["derived_figures"].value(1, "value") is None


def test_a_quote_that_is_never_closed_is_told_at_its_line(miniature: Copy) -> None:
    miniature.write("data/groups.csv", 'code,label_nl,label_en\na,x,y\nb,"x,y\nc,x,y\n')
    assert refusal(miniature).startswith("data/groups.csv:3: this is not a CSV file that can be read")


def test_what_is_no_file_is_told(miniature: Copy) -> None:
    path = miniature.folder / "data" / "groups.csv"
    path.unlink()
    os.mkfifo(path)
    assert "this is no ordinary file" in refusal(miniature)


def test_an_error_knows_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_package(tmp_path / "datapackage.json")
    assert caught.value.root == tmp_path
