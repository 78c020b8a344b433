"""A table in many files, checked here and by Dask on workers of one machine: the same errors, and how long each takes.

`python in_files.py FILES WORKERS`, in the folder of a made package, cuts its table in so many files, each with the
header, and prints what it measured as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

from distributed import Client, LocalCluster
from planted import Found, by_kind

from vierdepijler.core.columnar import table_errors

TABLE = "observations"


def cut(folder: Path, count: int) -> list[str]:
    """Cut the table in files of whole lines, and give their names; no cell of it holds a line end."""
    table, names = folder / f"{TABLE}.csv", [f"{TABLE}-{number}.csv" for number in range(count)]
    with table.open("rb") as lines:
        header = lines.readline()
        for number, name in enumerate(names, start=1):
            left = number * table.stat().st_size // count - lines.tell()
            (folder / name).write_bytes(header + (lines.read(max(left, 0)) + lines.readline()))
    return names


def timed(descriptor: dict[str, Any], **how: Any) -> tuple[Found, float]:
    """Check the package, and give the rows in error by kind, and the seconds."""
    start = time.perf_counter()
    found = by_kind(error for errors in table_errors(descriptor, Path(), **how).values() for error in errors)
    return found, time.perf_counter() - start


def main() -> None:
    """Cut, check both ways, and tell."""
    files, workers = map(int, sys.argv[1:])
    whole = json.loads(Path("datapackage.json").read_text("utf-8"))
    names = cut(Path(), files)
    parts = [{**one, "path": names} if one["name"] == TABLE else one for one in whole["resources"]]
    found, alone = timed({**whole, "resources": parts})
    one_file, _ = timed(whole)
    os.environ["PYTHONPATH"] = str(SCRIPTS)  # for the workers
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
        client = Client(cluster)

        def each(look: Any, tasks: Any) -> Iterable[Any]:
            return client.gather(client.map(look, tasks, pure=False))

        there, together = timed({**whole, "resources": parts}, each=each)
        client.close()
    for name in names:
        Path(name).unlink()
    told = {"alone": alone, "together": together, "same": found == there == one_file}
    print(json.dumps({**told, "errors": sum(map(len, there.values()))}))


if __name__ == "__main__":
    main()
