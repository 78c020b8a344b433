from jsonschema import Draft202012Validator

from vierdepijler.site.api.shapes import COMPONENTS, SHAPES, STRING, WHOLE, by_name, many, named, nullable, thing


def fits(shape: object, value: object) -> bool:
    return bool(Draft202012Validator({"$ref": "#/shape", "shape": shape}).is_valid(value))


def test_a_thing_has_all_of_its_properties_and_may_have_more() -> None:
    shape = thing(code=STRING)
    assert fits(shape, {"code": "a", "later": 1})
    assert not fits(shape, {})
    assert not fits(shape, {"code": 1})


def test_lists_and_objects_hold_one_kind() -> None:
    assert fits(many(WHOLE), [0, 1])
    assert not fits(many(WHOLE), [-1])
    assert fits(by_name(STRING), {"a": "b"})
    assert not fits(by_name(STRING), {"a": 1})


def test_what_may_be_absent_may_be_null() -> None:
    for shape in (STRING, {"anyOf": [STRING]}):
        assert fits(nullable(shape), None)
        assert fits(nullable(shape), "a")
        assert not fits(nullable(shape), 1)


def test_every_shape_is_a_schema_and_is_found_by_its_name() -> None:
    for name, shape in SHAPES.items():
        Draft202012Validator.check_schema(dict(shape))
        assert named(name)["$ref"] == f"{COMPONENTS}{name}"
