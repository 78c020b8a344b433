import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Copy
from vierdepijler.checks.pages.prose import check_claims, check_pages, typed_claims, typed_numbers, without_templates


def found(text: str) -> list[str]:
    return [str(problem) for problem in typed_numbers(text, "site/nl/page.md")]


@pytest.mark.parametrize(
    "text",
    [
        "Er waren 3.811 mensen klaar.",
        "# In 2025",
        "`3811` mensen",
        "| groep | 521 |",
        "<p>521</p>",
        '<img src="a.svg" alt="521 mensen">',
        '<a href="x" aria-label="punt 5">punt</a>',
        "---\ntitle: De 18 netwerken\n---\n",
        "½ van de uren",
        "x² is geen getal op een pagina",
        '{{ "3.811" }}',
        "{{ 3811 }}",
        "* 9 soorten",
        "4e pijler",
        "25. februari was koud",
        '[x](y.md "12 mensen")',
        "<IMG ALT='12'>",
        '<meter value="12"></meter>',
        "<i aria-valuetext=12></i>",
        '## Kop {: #a title="12" }',
        "[noot]: 12 mensen",
        "[noot]: 3.811 mensen",
        '<th abbr="12">aantal</th>',
        "< 12 mensen >",
        "&#49; mensen",
        "① eerst",
        '<span class="as-written">12</span>',
        '{{ show.key_figure(cell, "12 mensen") }}',
        '{{ pair("Wel", "12 mensen") }}',
        '{% set x = "12" %}',
        '{{ "a" ~ 12 }}',
        "{{ '12'|safe }}",
    ],
)
def test_a_typed_number_is_told(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        '{{ row("completions", reference_date="2025-02-25").persons }}',
        '{% set x = row("calls", number=41) %}',
        '{{ as_written("WCAG 2.2") }}',
        '{{ row("calls", number=41).amount ~ value(row("a", key="2").b) }}',
        '<a href="{{ address("table:t2") }}">t</a>',
        "```\nx = 3811\n```",
        "<!-- 3811 -->",
        "[link](page.html#punt-5)",
        '<div class="kolom-2" id="s00-5">tekst</div>',
        "## Kop {: #kop-2 }",
        "1. eerste\n1. tweede",
        "&#160;",
        "https://example.org/2025/",
        "geen enkel cijfer",
        '{{ show.downloads(["hours2025"]) }}',
        '{{ show.chart("hours2025", "kind", "share", "Titel", only={"day": ["2025-02-25"]}) }}',
        '{{ as_written("ISO 8601 (2019)") }}',
        '{{ row("calls", name="Oproep (2024)").label }}',
        '{% if rows("t")|length > 1 %}ja{% endif %}',
        '{{ rows("t")[0].label }}',
        '{% import "blocks2.html" as show with context %}',
        '<p aria-labelledby="deel-2" data-value="2">tekst</p>',
        "mail redactie2@voorbeeld.be",
        "  ```\n  x = 12\n  ```",
    ],
)
def test_what_no_visitor_reads_as_a_number_is_fine(text: str) -> None:
    assert found(text) == []


def test_a_typed_number_is_told_with_line_and_character() -> None:
    text = '---\npage: x\n---\n\n{{ row(\n  "a", b="1") }} en 12 andere\n'
    assert found(text) == [
        (
            "site/nl/page.md:6: character 21: the number '12' is typed; take it from a cell with row(…),"
            ' or write as_written("…") where it is not data'
        )
    ]


def test_the_theme_may_write_out_what_the_escape_makes() -> None:
    text = '<span class="as-written">CC0 1.0</span>'
    assert list(typed_numbers(text, "site/theme/footer.html")) == []


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "{", "}", "%", "a", "\n"]), max_size=12).map("".join))
def test_an_expression_goes_on_to_its_own_end(text: str) -> None:
    marked = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda found: f"<{found[0]}>", text, flags=re.DOTALL)
    assert without_templates(text, str, lambda found: f"<{found}>") == marked


def test_every_page_and_block_of_a_folder_is_read(tmp_path: Path) -> None:
    for name in ("nl/a.md", "blocks/b.html", "nl/_words.yml", "assets/c.css"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text("7")
    assert [problem.file for problem in check_pages(tmp_path / "site")] == [
        "site/blocks/b.html",
        "site/nl/_words.yml",
        "site/nl/a.md",
    ]


def test_the_words_in_the_configuration_are_read_too(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "mkdocs.yml").write_text("extra:\n  words:\n    tagline: Al 3811 mensen\n")
    assert [(problem.file, problem.line) for problem in check_pages(tmp_path / "site")] == [("mkdocs.yml", 3)]


def test_a_page_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").write_bytes(b"caf\xe9")
    (told,) = check_pages(tmp_path / "site")
    assert str(told).startswith("site/a.md:1: the text is not UTF-8: byte 0xe9 cannot be read")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Dat is niet\n  geregistreerd.", "niet geregistreerd"),
        ("Minstens zoveel.", "Minstens"),
        ('{{ show.key_figure(cell, "minstens zoveel") }}', "minstens"),
        ('{{ pair("Wel", "minstens zoveel") }}', "minstens"),
        ("---\ntitle: Minstens zoveel\n---\n", "Minstens"),
        ('{{ as_written("minstens") }} een jaar', ""),
        ("ten minstensten", ""),
        ('[link](minstens.html "x")', ""),
    ],
)
def test_the_words_of_a_claim_are_told_where_they_are_typed(text: str, claim: str) -> None:
    told = [str(problem) for problem in typed_claims(text, "site/nl/page.md", " minstens; niet geregistreerd;")]
    assert [f"this is a claim, and it is typed: '{claim}'" in one for one in told] == [True] * bool(claim)


def test_without_words_nothing_is_a_claim() -> None:
    assert list(typed_claims("Minstens zoveel.", "site/nl/page.md", "")) == []


def test_claims_are_looked_for_on_pages_and_charts_and_not_in_the_words_of_the_site(miniature: Copy) -> None:
    miniature.write("site/nl/_words.yml", "# claims: x\nlimit: minstens\nclaims: minstens\n")
    miniature.write("site/nl/een.md", "Dat zijn er minstens zoveel.\n").write("site/en/one.md", "minstens\n")
    also = "also:\n- table: minstens\n  name_nl: Minstens zo lang\n"
    miniature.write("site/charts/one.yml", f"table: minstens\nnote_nl: Minstens zoveel.\n{also}")
    found = [(problem.file, problem.line) for problem in check_claims(miniature.folder / "site", miniature.read())]
    assert found == [("site/charts/one.yml", 2), ("site/charts/one.yml", 5), ("site/nl/een.md", 1)]


def test_a_key_figure_that_is_not_there_or_may_be_none_is_told_with_its_line(miniature: Copy) -> None:
    addresses = ("counts.persons[2025-02-25,a]", "derived_figures.value[per_b]", "counts.persons[x]")
    lines = "".join(f"  {address}: mensen\n" for address in addresses)
    miniature.write("site/nl/een.md", f"---\nkey_figures:\n{lines}---\n")
    miniature.change(lambda d: d["resources"][0].update(forbids=["ratio"]))
    found = [str(problem) for problem in check_claims(miniature.folder / "site", miniature.read())]
    assert [one.partition(": ")[0] for one in found] == ["site/nl/een.md:4", "site/nl/een.md:5"]
    assert "forbids to put" in found[0]
    assert "has no row with the key" in found[1]
