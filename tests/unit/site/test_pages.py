import datetime
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import PROJECT
from small_projects import SmallProject
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError
from vierdepijler.core.tables import Field
from vierdepijler.site.html_pages import keep_out
from vierdepijler.site.page_model import Page
from vierdepijler.site.pages import Renderer
from vierdepijler.site.sources import read_sources

HEAD = "---\npage: home\ntitle: Titel\ndescription: Uitleg\n---\n"
Render = Callable[..., Page]
URL = "https://cijfers.example/"


@pytest.fixture
def render(tmp_path: Path, published: Package) -> Render:
    """Render one page of its own text, with the words, blocks and table pattern of the real site."""
    for language in ("nl", "en"):
        (tmp_path / "site" / language / "data").mkdir(parents=True)
        for name in ("_words.yml", "_revised.md", "data/_table.md", "data/_passport.md", "data/_release.md"):
            shutil.copy(PROJECT / "site" / language / name, tmp_path / "site" / language / name)
        for name in ("data", "sources", "unknowns", "check_figure", "changes", "corrections"):
            (tmp_path / "site" / language / f"{name}.md").write_text(HEAD.replace("home", name))
    shutil.copytree(PROJECT / "site" / "blocks", tmp_path / "site" / "blocks")
    shutil.copy(PROJECT / "package.json", tmp_path)  # the versions of the libraries that pages ask for

    def render_text(text: str, language: str = "nl") -> Page:
        for folder in ("nl", "en"):
            (tmp_path / "site" / folder / "index.md").write_text(HEAD + text)
        sources = read_sources(tmp_path / "site", ("nl", "en"))
        pages = Renderer(published, sources, language, URL).render()
        return next(page for page in pages if page.identifier == "home")

    return render_text


def refusal(render: Render, text: str) -> str:
    with pytest.raises(ContentError) as caught:
        render(text)
    return str(caught.value.problems[0])


ROW = 'row("completions", participant_group="obliged", reference_date="2025-02-25")'


def test_a_cell_is_shown_bound_and_linked(render: Render) -> None:
    markdown = render(f"Er waren {{{{ {ROW}.persons }}}} mensen.").markdown
    assert ">3.290</data>" in markdown
    assert 'href="paspoort/completions.html#2025-02-25.obliged.persons"' in markdown
    assert 'href="sources.html#S00.5"' in markdown


def test_the_same_cell_in_english(render: Render) -> None:
    assert ">3,290</data>" in render(f"{{{{ {ROW}.persons }}}}", "en").markdown


def test_a_field_per_language_is_shown_in_that_of_the_page(render: Render) -> None:
    text = '{{ row("activity_types", code="sport").description }}'
    assert "legt deze soort niet uit" in render(text).markdown
    assert "does not explain this type" in render(text, "en").markdown


def test_the_head_of_the_source_is_not_in_the_markdown(render: Render) -> None:
    page = render("# Kop\n")
    assert page.markdown == "# Kop"
    assert (page.title, page.description, page.address) == ("Titel", "Uitleg", "index.html")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ 3290 }}", "3290 would be shown, but it comes from no cell"),
        ("{{ 86.3 }}", "comes from no cell"),
        ('{{ "3.290" }}', "comes from no cell"),
        (f"{{{{ {ROW}.persons.value }}}}", "3290 would be shown"),
        (f"{{{{ {ROW}.persons + 1 }}}}", "nothing can be calculated with a cell"),
        (f"{{{{ {ROW}.persons.value * 2 }}}}", "comes from no cell"),
        (f"{{{{ {ROW} }}}}", "comes from no cell"),
        ("{{ none }}", "comes from no cell"),
        ("{{ rows('terms')|length|string|e }}", "comes from no cell"),
        (f"{{{{ {ROW}.persons.value|e }}}}", "comes from no cell"),
        ("{{ '12'|safe }}", "comes from no cell"),
        ("{{ 12|tojson }}", "comes from no cell"),
        ("{{ as_written(5) }}", "takes a text between quotes"),
        (f"{{{{ linked_address({ROW}.persons) }}}}", "holds no web address"),
        ("{{ address('table:nowhere') }}", "there is no table 'nowhere'"),
        ("{{ download('nowhere.csv') }}", "no file 'nowhere.csv' is published"),
        ("{{ published('resources') }}", "cannot be shown"),
        ("{{ rows('terms') }}", "a list would be shown"),
        ("{{ value('x') }}", "the page fails"),
        ("{{ 1/0 }}", "the page fails: division by zero"),
        ("{{ [].pop() }}", "a page may not run this"),
        ('{{ term("oproep") }}', "the glossary has no term 'oproep'"),
        ("{{ missing }}", "'missing' is undefined"),
        (f"{{{{ {ROW}.heads }}}}", "the table 'completions' has no field 'heads' (it has: reference_date"),
        ('{{ row("completion").persons }}', "there is no table 'completion' (there are: completions"),
        ('{{ row("completions", participant_group="all_of_them").persons }}', "0 rows of the table"),
        ('{{ row("completions").persons }}', "3 rows of the table 'completions' fit (no condition), and one must"),
        ('{{ published("resources/completions/nothing") }}', "the published descriptor has nothing at"),
        ('{{ page("nowhere") }}', "there is no page 'nowhere'"),
        ('{% import "nothing.html" as x %}', "the file 'nothing.html' is not there"),
        ("{% if %}", "the page cannot be understood"),
        ("{{ row( }}", "the page cannot be understood"),
        ('{{ exhibit("nothing").title }}', "there is no chart 'nothing' (there are: )"),
    ],
)
def test_what_comes_from_no_cell_is_refused_with_file_and_line(render: Render, text: str, what: str) -> None:
    said = refusal(render, f"# Kop\n\n{text}\n")
    assert what in said
    assert said.startswith("site/nl/index.md:8: "), said


def test_a_mistake_in_a_block_is_told_at_its_place(render: Render, tmp_path: Path) -> None:
    (tmp_path / "site" / "blocks" / "bad.html").write_text("{% macro bad() %}\n{{ 12 }}\n{% endmacro %}\n")
    said = refusal(render, '{% import "bad.html" as bad with context %}\n{{ bad.bad() }}\n')
    assert said.startswith("site/blocks/bad.html:2: ")


def test_a_number_that_is_not_data_goes_through_one_escape(render: Render) -> None:
    assert '<span class="as-written">WCAG 2.2</span>' in render('{{ as_written("WCAG 2.2") }}').markdown


def test_text_of_an_author_is_escaped(render: Render) -> None:
    assert "&lt;script&gt;" in render("{{ '<script>' }}").markdown


def test_a_page_in_the_place_of_a_table_is_refused(render: Render, tmp_path: Path) -> None:
    render("")
    (tmp_path / "site" / "nl" / "data" / "terms.md").write_text(HEAD.replace("home", "mine"))
    (tmp_path / "site" / "en" / "data" / "terms.md").write_text(HEAD.replace("home", "mine"))
    assert refusal(render, "").startswith("site/nl/data/terms.md:1: a table has its page here")


def test_a_page_in_the_place_of_passports_is_refused(render: Render, tmp_path: Path) -> None:
    render("")
    for language, folder in (("nl", "paspoort"), ("en", "passport")):
        (tmp_path / "site" / language / folder).mkdir()
        (tmp_path / "site" / language / folder / "terms.md").write_text(HEAD.replace("home", "mine"))
    assert refusal(render, "").startswith("site/nl/paspoort/terms.md:1: a table has its page here")


def pages_of(project: SmallProject, language: str = "nl") -> dict[str, Page]:
    package = project.read_published()
    sources = read_sources(project.folder / "site", package.languages)
    return {page.identifier: page for page in Renderer(package, sources, language, URL).render()}


def test_in_a_long_table_the_figures_that_pages_show_have_a_passport(small_project: SmallProject) -> None:
    days = [datetime.date(2023, 1, 1) + datetime.timedelta(number) for number in range(300)]
    rows = "".join(f"{day},a,{number},,{number}\n" for number, day in enumerate(days))
    small_project.append("data/counts.csv", rows)
    page = HEAD.replace("home", "counts") + '{{ row("counts", persons=250).persons }}'
    small_project.write("site/nl/tellingen.md", page)
    (small_project.folder / "site" / "charts" / "people.yml").unlink()  # it would show every row
    small_project.publish(small_project.published)
    pages = pages_of(small_project)
    for number, is_shown in ((7, True), (250, True), (251, False)):
        place = f'id="{days[number]}.a.persons"'
        assert (place in pages["passport:counts"].markdown) is is_shown
        assert (place in pages["table:counts"].markdown) is is_shown


def test_what_is_html_already_stands_on_its_page_as_it_was_made(small_site: SmallProject) -> None:
    pages = pages_of(small_site)
    for name in ("table:counts", "passport:counts", "table:groups"):
        built = (small_site.public / pages[name].address).read_text("utf-8")
        made = [part for part in keep_out(pages[name].markdown)[1] if URL not in part]  # this one has another address
        assert made
        assert [part for part in made if built.count(part) != 1] == [], name


def test_every_table_has_a_page_and_those_with_figures_have_passports(small_site: SmallProject) -> None:
    pages = pages_of(small_site, "en")
    tables = small_site.read_published().tables
    assert {name for name in pages if name.startswith("table:")} == {f"table:{name}" for name in tables}
    assert {name for name in pages if name.startswith("passport:")} == {"passport:counts", "passport:derived_figures"}
    assert pages["passport:counts"].path == "passport/counts.md"
    assert "passport" not in pages["table:groups"].markdown
    assert 'id="2025-02-25.a.persons"' in pages["table:counts"].markdown


PATTERN = "---\nrows_of: {}\ntitle: Over {{label}}\ndescription: Wat is {{label}}?\n---\n# {{{{ this.label }}}}\n"


def write_pattern(project: SmallProject, table: str) -> None:
    for language in ("nl", "en"):
        project.write(f"site/{language}/groep/_groep.md", PATTERN.format(table))


def test_each_row_of_a_table_has_a_page_where_a_pattern_says_so_and_links_lead_to_it(
    small_project: SmallProject,
) -> None:
    write_pattern(small_project, "groups")
    page = HEAD.replace("home", "counts") + '<a href="{{ address("groups:b") }}">B</a>'
    small_project.write("site/nl/tellingen.md", page)
    small_project.publish(small_project.published)
    pages = pages_of(small_project)
    assert [name for name in pages if name.startswith("groups:")] == ["groups:a", "groups:b", "groups:c"]
    shown = pages["groups:b"]
    assert (shown.path, shown.title, shown.description) == ("groep/b.md", "Over Groep twee", "Wat is Groep twee?")
    assert "Groep twee" in shown.markdown
    assert 'href="groep/b.html"' in pages["counts"].markdown


def test_a_pattern_of_rows_of_no_table_is_refused_with_its_line(small_project: SmallProject) -> None:
    small_project.publish(small_project.published)
    write_pattern(small_project, "group")
    with pytest.raises(ContentError) as caught:
        pages_of(small_project)
    assert str(caught.value.problems[0]).startswith("site/nl/groep/_groep.md:2: there is no table 'group' (there are:")


def test_a_sentence_that_fails_is_told_and_not_thrown(render: Render, published: Package, tmp_path: Path) -> None:
    render("")
    sources = read_sources(tmp_path / "site", ("nl", "en"))
    table = published.tables["completions"]
    fields = tuple(Field({**field.descriptor, "sentence": "{nowhere}"}) for field in table.fields)
    spoiled = replace(published, tables={"completions": replace(table, fields=fields)})
    with pytest.raises(ContentError, match="nowhere"):
        list(Renderer(spoiled, sources, "nl", URL).render())
