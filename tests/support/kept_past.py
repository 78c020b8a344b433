"""The miniature with a release before it that was kept: since then a figure and a label were corrected, a row went."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from conftest import MINIATURE, Copy, made_once
from vierdepijler.releases.archives import keep_release

TEXT = {"title": "t", "title_en": "t", "description": "d", "description_en": "d"}
RELEASES = (
    "version,released,changes_nl,changes_en\n"
    "1.0.0,2026-01-01,Eerste <uitgave> & meer.,First <release> & more.\n1.1.0,2026-03-01,Hersteld.,Mended.\n"
)
CORRECTIONS = """version,table,key,field,old,new,revision_kind,reason_nl,reason_en
1.1.0,counts,"2025-02-25,a",persons,3280,3290,error,Een blad was dubbel geteld.,A sheet was counted twice.
1.1.0,groups,a,label_nl,Groep 1,Groep één,wording,Cijfer voluit.,Figure in words.
1.1.0,counts,"2025-02-25,d",*,,,withdrawn,De groep bestaat niet.,There is no such group.
"""
FIELDS = {
    "releases": ("version", "released", "changes_nl", "changes_en"),
    "corrections": (
        "version", "table", "key", "field", "old", "new", "revision_kind", "reason_nl", "reason_en",
    ),
}  # fmt: skip
KEYS = {"releases": ["version"], "corrections": ["version", "table", "key", "field"]}


@pytest.fixture(scope="session")
def past_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the package and, in `out`, all that is published of it; no test may change it."""
    return made_once(tmp_path_factory, "kept_past", _make)


@pytest.fixture
def kept_past(past_made: Path, tmp_path: Path) -> Copy:
    """Give a package of its own with that past, to be spoiled."""
    return Copy(shutil.copytree(past_made / "package", tmp_path / "package"))


def _make(folder: Path) -> None:
    """Give a copy of the miniature a release 1.0.0 in its archive, and what was corrected since; then publish it."""
    copy = Copy(shutil.copytree(MINIATURE, folder / "package"))
    counts, groups = ((copy.folder / f"data/{name}.csv").read_text("utf-8") for name in ("counts", "groups"))
    copy.replace("data/counts.csv", "3290,,3.290", "3280,,3.280").replace("data/groups.csv", "Groep één", "Groep 1")
    copy.write("data/counts.csv", (copy.folder / "data/counts.csv").read_text("utf-8") + "2025-02-25,d,12,,12\n")
    copy.change(lambda descriptor: descriptor.update(version="1.0.0"))
    keep_release(copy.publish(folder / "old"), [], "1.0.0", copy.folder)
    copy.write("data/counts.csv", counts).write("data/groups.csv", groups)
    copy.write("data/releases.csv", RELEASES).write("data/corrections.csv", CORRECTIONS)
    copy.change(_describe).publish(folder / "out")


def _describe(descriptor: Any) -> None:
    descriptor["version"] = "1.1.0"
    for name, fields in FIELDS.items():
        described = [{"name": field, "type": "date" if field == "released" else "string", **TEXT} for field in fields]
        schema = {"fields": described, "primaryKey": KEYS[name]}
        resource = {"name": name, "role": name, "path": f"data/{name}.csv", "bookkeeping": True, **TEXT}
        descriptor["resources"].append({**resource, "schema": schema})
