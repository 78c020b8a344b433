from pathlib import Path

import pytest

from vierdepijler.core.problems import ContentError
from vierdepijler.site.sources import passport_folders, read_sources

PAGE = "---\npage: home\ntitle: Titel\ndescription: Uitleg\n---\n# Titel\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language in ("nl", "en"):
        (tmp_path / "site" / language).mkdir(parents=True)
        (tmp_path / "site" / language / "index.md").write_text(PAGE)
        (tmp_path / "site" / language / "_words.yml").write_text(f"language_name: {language}\n")
        (tmp_path / "site" / language / "_pattern.md").write_text("no page")
    return tmp_path / "site"


def refusal(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_sources(folder, ("nl", "en"))
    return [str(problem) for problem in caught.value.problems]


def test_pages_and_words_are_read_per_language(folder: Path) -> None:
    sources = read_sources(folder, ("nl", "en"))
    assert list(sources.pages["nl"]) == ["home"]
    assert sources.pages["en"]["home"].address == "index.html"
    assert sources.words["en"]["language_name"] == "en"
    assert (sources.root("nl"), sources.root("en")) == ("", "en/")


def test_a_page_in_one_language_only_is_told(folder: Path) -> None:
    (folder / "nl" / "extra.md").write_text(PAGE.replace("home", "extra"))
    assert refusal(folder) == ["site/en: the page 'extra' is not there; write it in this language too"]


@pytest.mark.parametrize("missing", ["page: home\n", "title: Titel\n", "description: Uitleg\n"])
def test_a_page_without_its_head_is_told(folder: Path, missing: str) -> None:
    (folder / "nl" / "index.md").write_text(PAGE.replace(missing, ""))
    assert f"site/nl/index.md:1: the page has no {missing.partition(':')[0]}" in refusal(folder)[0]


@pytest.mark.parametrize("text", ["# Titel\n", "---\n- list\n---\n"])
def test_a_head_that_cannot_be_read_is_told(folder: Path, text: str) -> None:
    (folder / "nl" / "index.md").write_text(text)
    assert "site/nl/index.md:1: the page has no page, title, description" in refusal(folder)[0]


@pytest.mark.parametrize(("content", "what"), [(b"caf\xe9", "is not UTF-8"), (b"---\n: [\n---\n", "is not YAML")])
def test_a_page_that_cannot_be_read_is_told(folder: Path, content: bytes, what: str) -> None:
    (folder / "nl" / "index.md").write_bytes(content)
    assert what in refusal(folder)[0]


def test_a_folder_with_the_name_of_a_page_is_no_page(folder: Path) -> None:
    (folder / "nl" / "folder.md").mkdir()
    assert list(read_sources(folder, ("nl", "en")).pages["nl"]) == ["home"]


def test_a_name_that_is_taken_is_told(folder: Path) -> None:
    (folder / "nl" / "other.md").write_text(PAGE)
    assert refusal(folder)[0].startswith("site/nl/other.md:1: page: another page is called 'home' too")


@pytest.mark.parametrize("name", ["en/page.md", "assets/page.md", "404.md", "sub/README.md", ".hidden.md"])
def test_a_page_in_a_place_that_is_taken_is_told(folder: Path, name: str) -> None:
    (folder / "nl" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "nl" / name).write_text(PAGE.replace("home", "extra"))
    assert f"site/nl/{name}: something else of the site comes in this place; rename the page" in refusal(folder)


def test_a_word_in_one_language_only_is_told(folder: Path) -> None:
    (folder / "nl" / "_words.yml").write_text("language_name: nl\nsource: bron\n")
    expected = "site/en/_words.yml: source: the word 'source' is not there; write it in this language too"
    assert refusal(folder) == [expected]


def test_words_that_cannot_be_read_are_told(folder: Path) -> None:
    (folder / "en" / "_words.yml").unlink()
    assert refusal(folder)[0].startswith("site/en/_words.yml: the words of the interface cannot be read")


def test_the_line_is_told_on_which_a_head_or_the_words_stop_being_yaml(folder: Path) -> None:
    (folder / "nl" / "index.md").write_text(PAGE.replace("title: Titel\n", "title: Titel: te veel\n"))
    (folder / "en" / "_words.yml").write_text("language_name: en\nother: [a, b\n# the end\nthird: x\n")
    head, words = refusal(folder)
    assert head.startswith("site/nl/index.md:3: the page has a head that is not YAML")
    assert words.startswith("site/en/_words.yml:4: the words of the interface cannot be read")


PATTERN = "---\nrows_of: things\ntitle: Ding {label}\ndescription: Een ding.\n---\nTekst\n"


def test_a_pattern_is_no_page_and_is_needed_in_every_language(folder: Path) -> None:
    (folder / "nl" / "_ding.md").write_text(PATTERN)
    assert refusal(folder) == ["site/en: the page 'things' is not there; write it in this language too"]
    (folder / "en" / "_thing.md").write_text(PATTERN)
    sources = read_sources(folder, ("nl", "en"))
    assert sources.patterns["en"]["things"].path == "_thing.md"
    assert list(sources.pages["nl"]) == ["home"]


def test_a_pattern_without_a_title_is_told(folder: Path) -> None:
    (folder / "nl" / "_ding.md").write_text(PATTERN.replace("title", "name"))
    assert refusal(folder)[0].startswith("site/nl/_ding.md:1: the page has no title")


def test_the_passports_have_a_folder_in_each_language_that_has_pages(tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "_words.yml").write_text("passport_folder: paspoort\n", encoding="utf-8")
    assert passport_folders(tmp_path, ("nl", "en")) == {"nl": "paspoort"}
