from conftest import Copy


def test_texts_come_in_the_language_asked_and_else_in_the_main_one(miniature: Copy) -> None:
    package = miniature.change(lambda d: d["resources"][1].pop("title_en")).read()
    assert package.text(package.tables["counts"].descriptor, "title", "en") == "Counts"
    assert package.text(package.tables["groups"].descriptor, "title", "en") == "Groepen"


def test_a_package_can_be_had_with_some_of_its_tables(miniature: Copy) -> None:
    some = miniature.read().only(["units", "counts", "nothing"])
    assert list(some.tables) == ["counts", "units"]
    assert len(some.descriptor["resources"]) == 4
