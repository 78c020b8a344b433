from pathlib import Path

import pytest

from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.site.figures import Presenter
from vierdepijler.site.templates import Templates
from vierdepijler.site.vocabulary import Vocabulary


def fill(folder: Path, published: Package, text: str) -> str:
    (folder / "site" / "nl").mkdir(parents=True)
    (folder / "site" / "nl" / "_pattern.md").write_text(text, encoding="utf-8")
    presenter = Presenter(published, "nl", {}, lambda target: f"{target}.html", set())
    return Templates(folder / "site", "nl").fill("_pattern.md", Vocabulary(published, presenter).names())


def test_a_cell_is_filled_in_and_the_head_left_out(tmp_path: Path, published: Package) -> None:
    text = '---\npage: x\ntitle: "{{ no {% template"\n---\n{{ value(row("completions", persons=521).persons) }} mensen'
    assert ">521</data> mensen" in fill(tmp_path, published, text)
    assert "page: x" not in fill(tmp_path / "again", published, text)


def test_a_number_from_no_cell_is_refused_at_its_line(tmp_path: Path, published: Package) -> None:
    with pytest.raises(ContentError) as caught:
        fill(tmp_path, published, "---\npage: x\n---\nmensen:\n\n{{ 521 }}\n")
    said = str(caught.value.problems[0])
    assert said.startswith("site/nl/_pattern.md:6: 521 would be shown, but it comes from no cell")


@pytest.mark.parametrize(
    "code", ["''.__class__.__mro__[1].__subclasses__()", "row.__globals__", "value.__self__.__init__", "row.__code__"]
)
def test_a_page_reaches_nothing_of_python(tmp_path: Path, published: Package, code: str) -> None:
    with pytest.raises(ContentError, match=r"_pattern\.md:2: a page may not run this: access to attribute '__"):
        fill(tmp_path, published, "tekst\n{{ " + code + " }}\n")


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"the file '_nowhere\.md' is not there"):
        Templates(tmp_path / "site", "nl").fill("_nowhere.md", {})
