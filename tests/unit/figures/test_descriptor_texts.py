import json

from conftest import MINIATURE, PROJECT
from vierdepijler.figures.new_tables import with_resource

RESOURCE = {"name": "é", "path": "data/x.csv", "schema": {"fields": [{"name": "a"}]}}


def test_a_resource_comes_last_and_nothing_else_moves() -> None:
    for folder in (PROJECT, MINIATURE):
        text = (folder / "datapackage.json").read_text("utf-8")
        longer = with_resource(text, RESOURCE)
        assert json.loads(longer)["resources"] == [*json.loads(text)["resources"], RESOURCE]
        start = next(place for place, (one, other) in enumerate(zip(text, longer, strict=False)) if one != other)
        assert longer.startswith(text[:start])
        assert longer.endswith(text[start:])


def test_our_own_descriptor_keeps_its_layout() -> None:
    text = (PROJECT / "datapackage.json").read_text("utf-8")
    longer = with_resource(text, RESOURCE)
    assert longer == json.dumps(json.loads(longer), indent=2, ensure_ascii=False) + "\n"
