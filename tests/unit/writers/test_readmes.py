import re
from pathlib import Path

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.writers.formats.bundles import citation, explained, render_readme, write_readmes
from vierdepijler.writers.formats.publication import files_below, publication_of


def test_both_texts_say_what_it_is_in_their_language(miniature: Copy, tmp_path: Path) -> None:
    publication = publication_of(miniature.read())
    write_readmes(publication, tmp_path, ["counts.csv"])
    dutch, english = ((tmp_path / name).read_text("utf-8") for name in ("LEESMIJ.md", "README.md"))
    assert dutch.startswith("# Miniatuur\n\nEen pakket om mee te testen.\n")
    assert english.startswith("# Miniature\n\nA package to test with.\n")
    for text in (dutch, english):
        assert "1.2.3" in text
        assert "2026-01-02" in text
        assert "https://miniature.example/data/latest/" in text
        assert "`miniature.sqlite`" in text
        assert "CC0-1.0" in text
        assert re.search(r"^\| `counts` \| (Tellingen|Counts) \| 3 \|$", text, re.MULTILINE)
        assert "$" not in text


def test_it_explains_the_files_that_are_there_and_no_others(miniature: Copy) -> None:
    publication = publication_of(miniature.read())
    text = render_readme(publication, "en", ["counts.csv", "counts.nl.csv", "verify.py"])
    explained_there = re.findall(r"^\| `([^`]+)` \| (?!.*\| \d+ \|$)", text, re.MULTILINE)
    assert explained_there == ["*.nl.csv", "*.csv", "verify.py"]


def test_every_file_that_we_publish_is_explained(published: Package) -> None:
    names = [name for name in files_below(published.root) if name != "vierde-pijler.zip"]
    assert [name for name in names if explained(published, name) is None] == []
    assert explained(published, "something.else") is None


def test_the_first_pattern_that_fits_explains_a_file(published: Package) -> None:
    assert explained(published, "vierde-pijler.xlsx") == "vierde-pijler.xlsx"
    assert explained(published, "completions.xlsx") == "*.xlsx"
    assert explained(published, "completions.csv-metadata.json") == "*.csv-metadata.json"


def test_a_citation_names_maker_year_title_version_and_address(miniature: Copy) -> None:
    publication = publication_of(miniature.read())
    cited = "Test (2026). Miniature [version 1.2.3, data set]. https://miniature.example/"
    assert citation(publication, "en") == cited


def test_a_licence_is_named_with_its_address_where_it_has_one(miniature: Copy) -> None:
    miniature.change(lambda d: d.update(licenses=[{"name": "a", "title": "A", "path": "https://a.example/"}]))
    assert "under [A](https://a.example/)." in render_readme(publication_of(miniature.read()), "en", [])


def test_the_sentences_are_short(miniature: Copy) -> None:
    text = render_readme(publication_of(miniature.read()), "nl", [])
    prose = re.sub(r"^(\|.*|#.*|```[^`]*```|> .*)$", "", text, flags=re.MULTILINE)
    sentences = [len(sentence.split()) for sentence in re.split(r"[.?!:]\s|\n\n|\n- ", prose) if sentence.strip()]
    assert max(sentences) <= 30
    assert sum(sentences) / len(sentences) < 15
