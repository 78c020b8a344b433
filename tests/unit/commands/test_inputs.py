from pathlib import Path

import pytest

from conftest import Copy
from vierdepijler.commands import command_line
from vierdepijler.commands.command_line import read_by_build, read_by_publish

READ = (
    "datapackage.json",
    "data/counts.csv",
    "site/nl/index.md",
    "mkdocs.fr.yml",
    "package-lock.json",
    "releases/a.csv",
)


@pytest.mark.parametrize("file", READ)
def test_what_is_read_counts(miniature: Copy, file: str) -> None:
    before = read_by_publish(miniature.descriptor), read_by_build(miniature.folder / "data", miniature.folder)
    path = miniature.folder / file
    miniature.write(file, (path.read_text("utf-8") if path.exists() else "") + "\n")
    assert read_by_publish(miniature.descriptor) != before[0]
    assert read_by_build(miniature.folder / "data", miniature.folder) != before[1] or file == "datapackage.json"


def test_a_schema_in_a_file_of_its_own_counts(miniature: Copy) -> None:
    miniature.change(lambda descriptor: descriptor["resources"][0].update(schema="data/s.json"))
    before = read_by_publish(miniature.descriptor)
    miniature.write("data/s.json", "{}")
    assert read_by_publish(miniature.descriptor) != before


def test_what_is_not_read_does_not_count(miniature: Copy) -> None:
    before = read_by_publish(miniature.descriptor)
    miniature.write("tests/a.py", "").write("build/b.txt", "").write("data/notes.txt", "")
    assert read_by_publish(miniature.descriptor) == before


def test_our_code_and_the_address_of_the_site_count(
    miniature: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "code").mkdir()
    monkeypatch.setattr(command_line, "CODE", tmp_path / "code")
    found = {read_by_publish(miniature.descriptor)}
    (tmp_path / "code" / "a.py").write_text("a = 1\n")
    found.add(read_by_publish(miniature.descriptor))
    monkeypatch.setenv("SITE_URL", "https://elsewhere.example/")
    found.add(read_by_publish(miniature.descriptor))
    monkeypatch.setenv("RELEASE", "1")
    found.add(read_by_publish(miniature.descriptor))
    assert len(found) == 4


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resources": 1}', '{"resources": [1]}', '{"resources": {"a": 1}}'])
def test_a_descriptor_that_cannot_be_read_is_left_to_its_reader(miniature: Copy, text: str) -> None:
    miniature.write("datapackage.json", text)
    assert read_by_publish(miniature.descriptor) == ""
