"""The package that is measured: one long table with a primary and a foreign key, clean or with errors planted in it.

Every cell follows from the number of its row, so that the same package is made everywhere. A million rows are some
72 MB. Rows are numbered as Frictionless does: the header is row 1.
"""

import argparse
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from described import ACTIVITIES, CODES, FIELDS, MONTHS, describe
from planted import planted_lines

HOURS = [f"{quarters // 4}.{quarters % 4 * 25:02}" for quarters in range(744 * 4)]
PERSONS = [str(number) for number in range(5000)]
# What a remark ends in; nothing is no remark.
ENDINGS = [
    *["", "", ""],
    *[
        "naar café De Brug",
        "één groep vóór de zomer",
        "in het wijkcentrum",
        "inloop, met lunch",
        "geteld over twee maanden",
    ],
]
HEADER = ",".join(field["name"] for field in FIELDS)
AT_ONCE = 250_000


def make_package(folder: Path, rows: int, *, spoiled: bool) -> Path:
    """Write the package into `folder`, unless this code did so before; `spoiled` plants the errors.

    Gives the path of its descriptor.
    """
    descriptor, done = folder / "datapackage.json", folder / "made_by.txt"
    if not done.is_file() or done.read_text("utf-8") != _maker():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "municipalities.csv").write_text("\n".join(["municipality", *CODES, ""]), "utf-8")
        _write_observations(folder / "observations.csv", rows, planted_lines(rows, cells_of) if spoiled else {})
        descriptor.write_text(json.dumps(describe(), indent=2), "utf-8")
        done.write_text(_maker(), "utf-8")  # the last, so that a half package is none
    return descriptor


def _maker() -> str:
    """Tell this code from what it was or will be."""
    modules = (Path(__file__).with_name(f"{name}.py").read_bytes() for name in ("described", "made_tables", "planted"))
    return hashlib.sha256(b"".join(modules)).hexdigest()


def cells_of(row: int) -> list[str]:
    """Give the cells of a row, counted from 0, as they are before they are written."""
    return [column[0].as_py() for column in columns(row, row + 1)]


def columns(start: int, stop: int) -> list[pa.Array]:
    """Make the seven columns of the rows from `start` up to `stop`, as texts."""
    rows = np.arange(start, stop, dtype=np.uint64)
    some = _scattered(rows)
    hours = pc.if_else(pa.array(some % 19 == 0), "", _chosen(HOURS, some >> 7))
    return [
        pc.binary_join_element_wise("R", _numbers(rows, 8), ""),
        _chosen(CODES, some >> 11),
        _chosen(MONTHS, some >> 19),
        _chosen(ACTIVITIES, some >> 28),
        hours,
        _chosen(PERSONS, some >> 3),
        _notes(rows, some >> 23),
    ]


def _scattered(rows: "np.ndarray[Any, np.dtype[np.uint64]]") -> Any:
    """Turn row numbers into numbers without any order."""
    mixed = (rows + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed >> np.uint64(16)


def _chosen(texts: Sequence[str], numbers: Any) -> pa.Array:
    return pa.array(texts).take(pa.array((numbers % len(texts)).astype(np.int32)))


def _numbers(rows: Any, width: int) -> pa.Array:
    return pc.utf8_lpad(pc.cast(pa.array(rows), pa.string()), width=width, padding="0")


def _notes(rows: Any, numbers: Any) -> pa.Array:
    """Write the remarks: each has the number of its letter, so no two are the same."""
    endings = _chosen(ENDINGS, numbers)
    letters = _numbers(rows, 7)
    return pc.if_else(pc.equal(endings, ""), "", pc.binary_join_element_wise("brief ", letters, ": ", endings, ""))


def _write_observations(path: Path, rows: int, spoilt: dict[int, str]) -> None:
    with path.open("wb") as file:
        file.write(f"{HEADER}\n".encode())
        for start in range(0, rows, AT_ONCE):
            lines = _lines(start, min(start + AT_ONCE, rows))
            here = [row for row in spoilt if start <= row < start + len(lines)]
            for line in _with(lines, start, {row: spoilt[row] for row in sorted(here)}):
                file.write(line)


def _lines(start: int, stop: int) -> pa.Array:
    *others, note = columns(start, stop)
    quoted = pc.if_else(pc.match_substring(note, ","), pc.binary_join_element_wise('"', note, '"', ""), note)
    return pc.binary_join_element_wise(pc.binary_join_element_wise(*others, quoted, ","), "\n", "")


def _with(lines: pa.Array, start: int, spoilt: dict[int, str]) -> Iterator[bytes]:
    """Give the bytes of the lines, with those in `spoilt` instead of what they replace."""
    done = 0
    for row, line in spoilt.items():
        yield _bytes(lines[done : row - start])
        yield line.encode()
        done = row - start + 1
    yield _bytes(lines[done:])


def _bytes(lines: pa.Array) -> bytes:
    """Give what an array of texts holds, one after another: that is how Arrow keeps them."""
    together = pa.concat_arrays([lines])
    offsets = np.frombuffer(together.buffers()[1], np.int32)[together.offset : together.offset + len(together) + 1]
    return bytes(memoryview(together.buffers()[2])[offsets[0] : offsets[-1]]) if len(together) else b""


def main() -> None:
    """Make a package, for the command that measures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("rows", type=int)
    parser.add_argument("--spoiled", action="store_true")
    asked = parser.parse_args()
    make_package(asked.folder, asked.rows, spoiled=asked.spoiled)


if __name__ == "__main__":
    main()
