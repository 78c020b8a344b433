from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from conftest import Copy
from vierdepijler.writers.formats.file_formats import write_parquet
from vierdepijler.writers.formats.publication import publication_of


def written(copy: Copy, name: str, folder: Path) -> Any:
    package = copy.read()
    write_parquet(publication_of(package, {}), package.tables[name], folder / f"{name}.parquet")
    return pq.read_table(folder / f"{name}.parquet")


def test_columns_have_their_exact_types(miniature: Copy, tmp_path: Path) -> None:
    assert written(miniature, "counts", tmp_path).schema.types == [
        pa.date32(), pa.string(), pa.int64(), pa.string(), pa.string(),
    ]  # fmt: skip
    assert pa.types.is_decimal(written(miniature, "derived_figures", tmp_path).schema.field("value").type)


def test_the_schema_says_what_a_column_means_and_where_the_table_is_from(miniature: Copy, tmp_path: Path) -> None:
    schema = written(miniature, "counts", tmp_path).schema
    assert schema.field("persons").metadata == {
        b"type": b"integer", b"title": b"Personen", b"title_en": b"People", b"description": b"Hoeveel.",
        b"description_en": b"How many.", b"unit": b"persons",
    }  # fmt: skip
    assert schema.metadata[b"licence"] == b"CC0-1.0"
    assert schema.metadata[b"retrieved_from"] == b"https://miniature.example/data/latest/counts.parquet"


def test_a_table_without_rows_keeps_its_types(miniature: Copy, tmp_path: Path) -> None:
    full = written(miniature, "counts", tmp_path).schema
    miniature.write("data/counts.csv", "day,group,persons,unknown_id,as_printed\n")
    empty = written(miniature, "counts", tmp_path)
    assert (empty.num_rows, empty.schema.types) == (0, full.types)
