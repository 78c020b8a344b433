"""Mutations: the changes of a file that the catalogue of seeded errors can ask for, each by its name."""

import csv
import io
from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

Edit = Mapping[str, Any]


def mutate(path: Path, edit: Edit, name: str) -> None:
    """Change a file as the catalogue says: one kind of change by its name, after a place in the file if need be."""
    kinds = [kind for kind in edit if kind in MUTATIONS]
    if len(kinds) != 1:
        raise ValueError(f"{name}: an edit is one of {', '.join(MUTATIONS)}, with 'after' if need be")
    before = path.read_bytes().decode("utf-8") if path.is_file() else ""
    start = 0
    for anchor in (edit.get("after"), edit.get("after_too")):
        if anchor:
            start = before.index(anchor, start)
    changed = MUTATIONS[kinds[0]](before[start:], edit[kinds[0]])
    if changed == before[start:]:
        raise ValueError(f"{name}: the edit changes nothing in {path.name}")
    path.unlink(missing_ok=True)
    if changed is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(changed if isinstance(changed, bytes) else (before[:start] + changed).encode())


def _replace(text: str, values: list[str]) -> str:
    return text.replace(values[0], values[1], 1)


def _swap(text: str, values: list[str]) -> str:
    one, other = values
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _lines(text: str, holding: str) -> list[str]:
    return [line for line in text.splitlines(keepends=True) if holding in line]


def _swap_lines(text: str, values: list[str]) -> str:
    return _swap(text, [_lines(text, value)[0] for value in values])


def _repeat_line(text: str, holding: str) -> str:
    line = _lines(text, holding)[0]
    return text.replace(line, line * 2, 1)


def _by_columns(change: Callable[[dict[str, list[str]], Any], dict[str, list[str]]]) -> Callable[[str, Any], str]:
    """Make an edit of a CSV file out of a change of its columns."""

    def edit(text: str, value: Any) -> str:
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        columns = change({name: [row[i] for row in rows] for i, name in enumerate(header)}, value)
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip_longest(*columns.values(), fillvalue=""))
        return written.getvalue()

    return edit


def _swap_cells(columns: dict[str, list[str]], names: list[str]) -> dict[str, list[str]]:
    return {**columns, names[0]: columns[names[1]], names[1]: columns[names[0]]}


# None takes a file away.
MUTATIONS: Mapping[str, Callable[[str, Any], str | bytes | None]] = {
    "replace": _replace,
    "replace_all": lambda text, values: text.replace(*values),
    "swap": _swap,
    "prepend": lambda text, value: value + text,
    "append": lambda text, value: text + value,
    "write": lambda _, value: str(value),
    "remove": lambda *_: None,
    "encode": lambda text, encoding: text.encode(encoding, errors="replace"),
    "truncate_after": lambda text, value: text[: text.index(value) + len(value)],
    "delete_line": lambda text, value: text.replace(_lines(text, value)[0], "", 1),
    "repeat_line": _repeat_line,
    "swap_lines": _swap_lines,
    "swap_cells": _by_columns(_swap_cells),
    "shift_column": _by_columns(lambda columns, name: {**columns, name: [columns[name][-1], *columns[name][:-1]]}),
    "empty_column": _by_columns(lambda columns, name: {**columns, name: ["" for _ in columns[name]]}),
    "delete_column": _by_columns(lambda columns, name: {n: cells for n, cells in columns.items() if n != name}),
    "add_column": _by_columns(
        lambda columns, pair: {**columns, pair[0]: [pair[1] for _ in next(iter(columns.values()))]}
    ),
}
