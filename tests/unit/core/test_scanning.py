"""A pass over a table finds the rows that matter, in order, with no more blocks in hand than are being read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vierdepijler.core.columnar.blocks import Block, block_of
from vierdepijler.core.columnar.plans import plan_of
from vierdepijler.core.columnar.scanning import THREADS, Names, Plan, Reading, Scan, scan
from vierdepijler.core.columnar.verdicts import reader_of

Row = Sequence[str]
TEXT: dict[str, Any] = {"fields": [{"name": "a"}, {"name": "b", "type": "integer"}]}
KEYED = {**TEXT, "primaryKey": ["a"]}
LEADING = {**TEXT, "foreignKeys": [{"fields": "a", "reference": {"resource": "other", "fields": "code"}}]}
PAIR = {"fields": ["a", "b"], "reference": {"resource": "other", "fields": ["x", "y"]}}
UNIQUE = {"fields": [{"name": "a", "constraints": {"unique": True}}, {"name": "b", "type": "integer"}]}


def nobody(_block: Block) -> Callable[[], None]:
    """Tell nobody."""
    return lambda: None


def planned(schema: dict[str, Any], wanted: Sequence[Names] = ()) -> Plan:
    return plan_of({"name": "table", "schema": schema}, ("a", "b"), wanted, partial(reader_of, schema))


def held(blocks: Sequence[Sequence[Row]]) -> list[Reading]:
    return [partial(block_of, block, 2) for block in blocks]


def scanned(schema: dict[str, Any], *blocks: Sequence[Row], wanted: Sequence[Names] = ()) -> Scan:
    return scan(planned(schema, wanted), held(blocks), nobody)


def suspects(schema: dict[str, Any], *blocks: Sequence[Row]) -> list[int]:
    found: list[int] = scanned(schema, *blocks).suspects([]).tolist()
    return found


GOOD = [("x", "1"), ("y", "2"), ("z", "3")]


def test_a_clean_table_has_no_suspects() -> None:
    assert suspects(KEYED, GOOD, [("u", "1")], [("v", "1"), ("w", "")]) == []
    assert suspects(KEYED) == []


@pytest.mark.parametrize("blocks", [1, 2, 3, 7])
def test_rows_with_errors_are_found_by_their_place_in_the_table(blocks: int) -> None:
    rows = [("x", str(number) if number % 4 else "bad") for number in range(21)]
    size = -(-len(rows) // blocks)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    assert suspects(TEXT, *parts) == [0, 4, 8, 12, 16, 20]


def test_ragged_and_empty_rows_are_suspects() -> None:
    assert suspects(TEXT, GOOD, [("x",), ("x", "1"), ("x", "1", "2"), (), ("", "")]) == [3, 5, 6, 7]


def test_rows_that_share_a_key_are_suspects_however_far_apart() -> None:
    assert suspects(KEYED, GOOD, [("u", "1")], [("v", "1"), ("y", "9")]) == [1, 5]
    assert suspects(KEYED, [("x", "1")], [("x", "bad")], [("x", "1")]) == [0, 1, 2]


def test_a_row_without_a_key_is_a_suspect() -> None:
    assert suspects(KEYED, GOOD, [("", "1")]) == [3]
    both = {**TEXT, "primaryKey": ["a", "b"]}
    assert suspects(both, GOOD, [("", "1"), ("u", "")]) == []
    assert suspects(both, [("x", "1"), ("x", "01")]) == [0, 1]


def test_values_that_must_be_unique_are_compared_where_there_is_one() -> None:
    assert suspects(UNIQUE, GOOD, [("", "1"), ("", "2")], [("z", "1")]) == [2, 5]


def test_keys_that_lead_nowhere_are_suspects() -> None:
    found = scanned(LEADING, GOOD, [("q", "1"), ("", "1"), ("x", "1")], [("q", "bad")])
    known = pa.array(["x", "y", "z", "unused"])
    assert found.lost(0, known).tolist() == [3, 6]
    assert found.suspects([known]).tolist() == [3, 6]
    assert found.lost(0, pa.array([], pa.string())).tolist() == [0, 1, 2, 3, 5, 6]
    assert found.lost(0, pa.array(["x", "y", "z", "q"])).tolist() == []


def test_the_keys_of_a_table_are_given_once() -> None:
    names: list[Names] = [("a",), ("a", "b")]
    found = scanned(TEXT, GOOD, [("x", "1"), ("", "")], [("x", "01")], wanted=names)
    assert found.keys(("a",)).to_pylist() == ["x", "y", "z"]
    assert len(found.keys(("a", "b"))) == 3
    assert scanned(TEXT, wanted=names).keys(("a",)).to_pylist() == []


def test_keys_of_two_fields_lead_where_both_are_the_same() -> None:
    targets = scanned(TEXT, [("x", "1"), ("y", "02")], [("z", "")], wanted=[("a", "b")]).keys(("a", "b"))
    found = scanned({**TEXT, "foreignKeys": [PAIR]}, [("x", "01"), ("x", "2")], [("y", "2"), ("z", ""), ("", "")])
    assert found.lost(0, targets).tolist() == [1]


def test_cells_are_fetched_from_the_blocks_in_which_they_stand() -> None:
    blocks: list[list[Row]] = [list(GOOD), [("u", "1")], [("v", "5"), ("w",)]]
    found = scanned(TEXT, *blocks)
    cells = dict(found.cells(held(blocks), np.array([0, 2, 3, 4, 5])))
    assert cells == {0: ["x", "1"], 2: ["z", "3"], 3: ["u", "1"], 4: ["v", "5"], 5: ["w"]}
    assert list(found.starts) == [0, 3, 4, 6]


@dataclass
class Noted:
    """Readings that note how far they were taken, and which were read."""

    blocks: int
    taken: int = 0
    failing: int = -1
    read: list[int] = field(default_factory=list)

    def readings(self) -> Iterator["NotedReading"]:
        for number in range(self.blocks):
            self.taken = number + 1
            yield NotedReading(self, number)


@dataclass
class NotedReading:
    noted: Noted
    number: int

    def __call__(self) -> Block:
        if self.number == self.noted.failing:
            raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no text")
        self.noted.read.append(self.number)
        return block_of([(f"x{self.number}", "1")] * (self.number + 1), 2)


def test_progress_is_told_in_order_and_few_blocks_are_in_hand() -> None:
    noted = Noted(12)
    heard: list[tuple[int, int]] = []
    found = scan(planned(TEXT), noted.readings(), lambda block: lambda: heard.append((block.rows, noted.taken)))
    assert [rows for rows, _ in heard] == list(range(1, 13))
    assert all(taken <= place + THREADS + 1 for place, (_, taken) in enumerate(heard))
    assert sorted(noted.read) == list(range(12))
    assert [block.rows for block in found.blocks] == list(range(1, 13))


@pytest.mark.parametrize("failing", [0, 1, 5, 11])
def test_what_a_reading_raises_ends_the_pass(failing: int) -> None:
    noted = Noted(12, failing=failing)
    with pytest.raises(UnicodeDecodeError):
        scan(planned(TEXT), noted.readings(), nobody)
    assert noted.taken <= failing + THREADS + 1


def test_one_block_is_read_without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vierdepijler.core.columnar.scanning.ThreadPoolExecutor", None)
    assert suspects(TEXT, GOOD) == []
    with pytest.raises(TypeError):
        suspects(TEXT, GOOD, GOOD)
