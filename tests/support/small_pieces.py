"""The engine as it reads a file of many megabytes: in pieces, of which the first holds the sample."""

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from frictionless import Error

from vierdepijler.core.columnar import blocks, scanning
from vierdepijler.core.columnar.verdicts import table_errors

SAMPLE = 102  # rows that the engine expects in the first piece, with some to spare
CARE = 40  # rows that Python reads into one block


def table_errors_in_pieces(descriptor: Mapping[str, Any], root: Path) -> dict[str, list[Error]]:
    """Give every table's errors, of files read in pieces no larger than their first rows."""
    sizes = [_bytes_of_sample(root / resource["path"], resource) for resource in descriptor["resources"]]
    small = min(scanning.PIECE, max(sizes))
    with mock.patch.object(scanning, "PIECE", small), mock.patch.object(blocks, "CARE", CARE):
        return table_errors(descriptor, root)


def _bytes_of_sample(path: Path, resource: Mapping[str, Any]) -> int:
    """Count the bytes of the first rows; those of a whole piece where they cannot be told."""
    try:
        content = path.read_bytes()
        text = content.decode(resource.get("encoding", "utf-8"))
        taken: list[str] = []
        rows = csv.reader(_noted(text, taken), delimiter=resource.get("dialect", {}).get("delimiter", ","))
        for _row in islice(rows, SAMPLE):
            pass
        return len("".join(taken).encode(resource.get("encoding", "utf-8"))) + 1
    except (OSError, LookupError, ValueError, csv.Error):
        return scanning.PIECE


def _noted(text: str, taken: list[str]) -> Iterator[str]:
    """Give the lines of a text, and note those that were taken."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line
