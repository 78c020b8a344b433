import json
import re
from dataclasses import replace
from typing import Any

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string

from conftest import PROJECT
from vierdepijler.core.package import Package
from vierdepijler.writers.metadata.catalogues import Catalogue
from vierdepijler.writers.metadata.citations import render_bibtex, render_cff, render_plain, render_ris
from vierdepijler.writers.metadata.describing import catalogue_of

# The keys of Citation File Format 1.2.0 (its schema.json), at the top and of an author that is no person.
CFF_KEYS = {
    "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords",
    "license", "license-url", "message", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "title", "type", "url", "version",
}  # fmt: skip
CFF_REQUIRED = {"authors", "cff-version", "message", "title"}
ENTITY_KEYS = {
    "address", "alias", "city", "country", "date-end", "date-start", "email", "fax", "location", "name", "orcid",
    "post-code", "region", "tel", "website",
}  # fmt: skip


def cff_mistakes(content: Any) -> list[str]:
    found = [f"missing: {name}" for name in CFF_REQUIRED - set(content)]
    found += [f"unknown: {name}" for name in set(content) - CFF_KEYS]
    found += [
        f"not of an author: {name}" for author in content.get("authors", ()) for name in set(author) - ENTITY_KEYS
    ]
    found += [f"no text: {name}" for name, value in content.items() if value in ("", [])]
    if content.get("cff-version") != "1.2.0" or content.get("type") not in ("software", "dataset"):
        found.append("not a data set in 1.2.0")
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])", str(content.get("date-released", ""))):
        found.append("no date")
    if not isinstance(content.get("date-released"), str):
        found.append("the date is no text")
    if not re.match(r"^(https|http|ftp|sftp)://.+", content.get("url", "")):
        found.append("no address")
    return found


@pytest.fixture(scope="module")
def catalogue(published: Package) -> Catalogue:
    return catalogue_of(published.descriptor, published.root)


def test_the_citation_file_keeps_to_its_standard(published: Package) -> None:
    content = yaml.safe_load((published.root / "CITATION.cff").read_text("utf-8"))
    assert cff_mistakes(content) == []
    assert content["title"] == published.descriptor["title_en"]
    assert content["version"] == published.descriptor["version"]
    assert content["license"] == published.descriptor["licenses"][0]["name"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("authors", None), ("title", None), ("cff-version", "1.1"), ("date-released", "24-11-2026"), ("color", "red"),
     ("type", "book"), ("url", "vierde-pijler"), ("abstract", ""), ("authors", [{"name": "Wij", "mail": "x"}])],
)  # fmt: skip
def test_a_citation_file_with_a_mistake_is_caught(published: Package, name: str, value: object) -> None:
    content = yaml.safe_load((published.root / "CITATION.cff").read_text("utf-8"))
    changed = {key: text for key, text in {**content, name: value}.items() if text is not None}
    assert cff_mistakes(changed) != []


def test_the_citation_file_of_the_project_is_the_one_that_is_published(published: Package) -> None:
    written = (PROJECT / "CITATION.cff").read_text("utf-8")
    assert written == (published.root / "CITATION.cff").read_text("utf-8"), "run `make citation`"


def test_bibtex_says_who_made_what_when_and_where_it_is(published: Package, catalogue: Catalogue) -> None:
    for dataset in catalogue.datasets:
        name = "citation" if dataset == catalogue.whole else dataset.name
        library = parse_string((published.root / f"{name}.bib").read_text("utf-8"))
        assert library.failed_blocks == []
        (entry,) = library.entries
        fields = {field.key: field.value for field in entry.fields}
        assert fields["title"] == "{" + dataset.title["nl"] + "}"
        assert fields["author"] == "{" + catalogue.publisher.name + "}"
        assert (fields["version"], fields["year"]) == (catalogue.version, catalogue.date[:4])
        assert fields["url"] == catalogue.address(dataset.page)


def test_ris_says_the_same(published: Package, catalogue: Catalogue) -> None:
    for dataset in catalogue.datasets:
        name = "citation" if dataset == catalogue.whole else dataset.name
        (entry,) = rispy.loads((published.root / f"{name}.ris").read_bytes().decode("utf-8"))
        assert entry["type_of_reference"] == "DATA"
        assert entry["title"] == dataset.title["nl"]
        assert entry["authors"] == [f"{catalogue.publisher.name},"]
        assert entry["year"] == catalogue.date[:4]
        assert entry["urls"] == [catalogue.address(dataset.page)]
        assert entry["keywords"] == list(dataset.keywords["nl"])


def test_what_means_something_to_latex_is_written_so_that_it_does_not(catalogue: Catalogue) -> None:
    whole = replace(catalogue.whole, title={"nl": "50% & meer_of {minder} ~ 3^2 \\ #1 $5"})
    text = render_bibtex(replace(catalogue, datasets=(whole,)), whole)
    assert r"50\% \& meer\_of \{minder\} \textasciitilde{} 3\textasciicircum{}2 \textbackslash{} \#1 \$5" in text
    assert len(parse_string(text).entries) == 1


def test_a_line_that_breaks_does_not_break_a_record(catalogue: Catalogue) -> None:
    whole = replace(catalogue.whole, title={"nl": "Een\r\nER  - twee"})
    (entry,) = rispy.loads(render_ris(replace(catalogue, datasets=(whole,)), whole))
    assert entry["title"] == "Een ER - twee"


def test_a_name_to_cite_by_is_the_same_for_each_release_and_no_other(catalogue: Catalogue) -> None:
    keys = [render_bibtex(catalogue, dataset).split("{")[1].split(",")[0] for dataset in catalogue.datasets]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9.-]+", key) for key in keys)
    assert all(key.endswith(f"-{catalogue.version}") for key in keys)


def test_a_package_in_dutch_alone_is_cited_in_dutch(catalogue: Catalogue) -> None:
    whole = replace(catalogue.whole, title={"nl": "Cijfers"}, description={}, keywords={})
    content = yaml.safe_load(render_cff(replace(catalogue, languages=("nl",), datasets=(whole,))))
    assert content["title"] == "Cijfers"
    assert "abstract" not in content
    assert json.dumps(content)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("Uitgave", "3 februari 2026", "Licentie")), ("en", ("Release", "3 February 2026", "Licence"))],
)
@pytest.mark.parametrize(("title", "ended"), [("Wat? Cijfers.", "Wat? Cijfers."), ("Wat", "Wat."), ("Wat?", "Wat?")])
def test_a_citation_in_plain_words_says_who_when_what_which_and_where(
    catalogue: Catalogue, language: str, words: tuple[str, str, str], title: str, ended: str
) -> None:
    whole, known = replace(catalogue.whole, title=dict.fromkeys(catalogue.languages, title)), catalogue
    cited = render_plain(replace(known, modified="2026-02-03T00:00:00Z"), whole, language)
    assert cited == (
        f"{known.publisher.name} (2026). {ended} {words[0]} {known.version}, {words[1]}. "
        f"{words[2]}: {known.licence_name}. {known.address(whole.page)}"
    )


def test_a_citation_has_the_title_in_its_own_language(catalogue: Catalogue) -> None:
    for language, title in catalogue.whole.title.items():
        assert f"). {title}" in render_plain(catalogue, catalogue.whole, language)
        assert title in render_bibtex(catalogue, catalogue.whole, language)
    assert len(set(catalogue.whole.title.values())) == 2


def test_an_entry_of_bibtex_says_the_language_of_its_title(catalogue: Catalogue) -> None:
    assert "langid = {dutch}" in render_bibtex(catalogue, catalogue.whole)
    assert "langid = {english}" in render_bibtex(catalogue, catalogue.whole, "en")
