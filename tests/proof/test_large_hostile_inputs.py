"""What takes long: patterns, tables, descriptors, large files. A sentence in ten seconds and 1 GB."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hostile_inputs import FIELDS, Content, Hostile, many, package, patterns, tables
from walled_runs import GIGABYTE, SECONDS, Walls, flaws

SIZE = 100 << 20
FILES: dict[str, Callable[[], bytes]] = {
    "a line of 135 MB": lambda: b"a,b\nx," + b"y" * (135 << 20) + b"\n",
    "a line of 100 MB": lambda: b"a,b\nx," + b"y" * SIZE + b"\n",
    "a quote that is never closed": lambda: b'a,b\nx,"' + b"y,z\n" * (SIZE // 4),
    "line ends": lambda: b"\n" * SIZE,
    "line ends below a header": lambda: b"a,b\n" + b"\n" * SIZE,
    "NULs": lambda: b"\0" * SIZE,
    "NULs in lines": lambda: b"a,b\n" + (b"\0" * 1000 + b"\n") * (SIZE // 1001),
    "a million columns": lambda: b",".join([b"a"] * 1_000_000) + b"\n",
    "commas": lambda: b"," * SIZE,
}


@pytest.fixture(scope="module")
def walls() -> Iterator[Walls]:
    with Walls() as made:
        yield made


@pytest.mark.parametrize("fields", [FIELDS, None], ids=["with a schema", "without"])
@pytest.mark.parametrize("name", FILES)
def test_a_large_file_that_is_no_table_is_told_of(name: str, fields: object, walls: Walls, tmp_path: Path) -> None:
    files: dict[str, Content] = {**package(fields), "t.csv": FILES[name]()}
    if fields is None:
        files["datapackage.json"] = '{"name": "groot", "resources": [{"name": "t", "path": "t.csv"}]}'
    Hostile(name, files, "").write(tmp_path)
    done = walls.run("validate", ["--package", "datapackage.json"], tmp_path)
    assert done.code in (1, 2), done
    assert "Traceback" not in done.said
    assert done.said.startswith("t.csv")
    assert (done.seconds < SECONDS, done.memory < GIGABYTE) == (True, True), done


@pytest.mark.parametrize("hostile", [*patterns(), *tables(), *many()], ids=lambda hostile: hostile.name)
def test_a_slow_hostile_input_is_told_of(hostile: Hostile, walls: Walls, tmp_path: Path) -> None:
    assert list(flaws(hostile, walls, tmp_path)) == []
