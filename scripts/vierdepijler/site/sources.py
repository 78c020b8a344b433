"""The sources of the pages: which there are, in which language, under which name.

A source is Markdown with Jinja2 in `site/<language>/`, headed by `page` (its identifier, the same in every
language), `title` and `description`. There may follow `asked` (what readers type in the search who want this page, in
everyday words), `key_figures` (cells, each with its words), `sheet: true` for a page that has a fact sheet,
`sheet_tables` (tables, each with its columns) for what that shows, and `next`, the page to which it leads at its end.
Files whose name starts with `_` are no pages: `_words.yml` holds the words of the interface, `data/_table.md` and
`data/_passport.md` the patterns of the pages of tables and of passports. Headed by `rows_of` (a table), `title` and
`description`, such a file is the pattern of the pages of the rows of that table, which stand in its folder.

A language that only pages have is a column of `labels.csv` (what cells say, by their addresses) behind that of the
language it is translated from, and a folder with some of the pages of that one.
"""

import csv
import posixpath
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path

import yaml
from markupsafe import Markup

from vierdepijler.core.problems import ContentError, Problem, UnreadableError
from vierdepijler.core.text import is_language
from vierdepijler.core.text_files import MARK, WRITTEN, read_text
from vierdepijler.core.yaml_texts import read_values

FRONT_MATTER = re.compile(r"\A---\n(?P<meta>.*?\n)---\n", re.DOTALL)
REQUIRED = ("page", "title", "description")
ROWS_OF = "rows_of"
PASSPORTS = "passport_folder"  # the word for it
KEY_FIGURES, SHEET_TABLES = "key_figures", "sheet_tables"
NO_HEAD = "has a head that is not YAML, or key_figures or sheet_tables that are no names, each with its words"
NUMBER = re.compile(r"\d+")
KEPT = 10_000  # addresses: those of the same pages stand on every page
LABELS = "labels.csv"
# What the frame of a page in a language of pages only, and what shows cells on it, say in that language.
SPOKEN = (
    *("language_name", "menu_pages", "tagline", "skip", "main_menu", "menu", "next", "language_menu", "independence"),
    *("licence", "scheme", "scheme_auto", "scheme_light", "scheme_dark", "translated", "beside", "elsewhere", "claims"),
    *("source", "own_computation", "revised", "all_terms"),
)
TAKEN = {"404.md", "README.md"}  # MkDocs makes other pages of these


@dataclass(frozen=True)
class PageSource:
    """A page as its author wrote it: `path` is relative to the folder of its language.

    `figures` are the addresses of the cells that stand for the page, the most telling first, with what each counts;
    `sheet_tables` the tables that its fact sheet shows in place of those of the page, with the names of their columns.
    """

    path: str
    meta: Mapping[str, str]
    figures: Mapping[str, str] = field(default_factory=dict)
    sheet_tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"


@dataclass(frozen=True)
class Sources:
    """The folder with the page sources, and what stands in it: per language, the sources by identifier."""

    folder: Path
    pages: Mapping[str, Mapping[str, PageSource]]
    words: Mapping[str, Mapping[str, str]]
    patterns: Mapping[str, Mapping[str, PageSource]] = field(default_factory=dict)  # of the pages of rows, by table
    labels: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)  # of languages of pages only
    base: str = ""  # the language that these are translated from

    def root(self, language: str) -> str:
        """Give the folder of a language in the site: the first language stands at the root."""
        return "" if language == next(iter(self.pages)) else f"{language}/"

    @property
    def passports(self) -> Mapping[str, str]:
        """The folder of the passports of figures, in each language, counted from its root."""
        return {language: words[PASSPORTS] for language, words in self.words.items() if language not in self.labels}

    def data_language(self, language: str) -> str:
        """Give the language in which the data speak on the pages of a language: its own, or that it was made from."""
        return self.base if language in self.labels else language

    def sheet(self, language: str, page: str) -> str:
        """Give the address of the fact sheet of a page, counted from the root of its language; empty for none."""
        source = self.pages[language].get(page)
        if source is None or source.meta.get("sheet") != str(True):
            return ""
        return f"{self.words[language]['sheet_folder']}/{source.path.removesuffix('.md')}.pdf"

    def sheet_link(self, language: str, page: str) -> Markup:
        """Give the address of the fact sheet of a page as it is seen from that page; empty for none."""
        sheet = self.sheet(language, page)
        return Markup.escape(relative(sheet, self.pages[language][page].address) if sheet else "")

    def problem_in(self, language: str, source: PageSource, name: str, what: str, todo: str) -> Problem:
        """Name a problem in the head of a page, in the line that says something of `name`."""
        path = self.folder / language / source.path
        lines = path.read_text("utf-8").splitlines()
        line = next((number for number, text in enumerate(lines, 1) if text.strip().startswith(f"{name}:")), 1)
        return Problem(path.relative_to(self.folder.parent).as_posix(), line, "", what, todo)


def read_sources(folder: Path, languages: tuple[str, ...]) -> Sources:
    """Read the page sources of every language; raises `ContentError` with all that is wrong with them."""
    problems: list[Problem] = []
    pages: dict[str, dict[str, PageSource]] = {}
    words: dict[str, dict[str, str]] = {}
    base, labels = _read_labels(folder, languages, problems)
    every = (*languages, *labels)
    for language in every:
        pages[language] = dict(_read_language(folder, language, every, problems))
        words[language] = _read_words(folder, language, problems)
    if not problems:
        problems.extend(_missing_counterparts(folder, {language: pages[language] for language in languages}))
        problems.extend(_missing_words(folder, {language: words[language] for language in languages}))
        for language in labels:
            problems.extend(_missing_in(folder, language, pages[language], words[language], pages[base]))
    if problems:
        raise ContentError(problems, folder.parent)
    patterns = {language: dict(_read_patterns(folder, language)) for language in languages}
    if problems := list(_missing_counterparts(folder, patterns)):
        raise ContentError(problems, folder.parent)
    sources = Sources(folder, pages, words, patterns, labels, base)
    if problems := list(_lost_steps(sources)):
        raise ContentError(problems, folder.parent)
    return sources


def _read_labels(
    folder: Path, languages: tuple[str, ...], problems: list[Problem]
) -> tuple[str, dict[str, dict[str, tuple[str, str]]]]:
    """Read what cells say in the languages that only pages have, and from which language that was translated."""
    path = folder / LABELS
    if not path.is_file():
        return "", {}
    file = path.relative_to(folder.parent).as_posix()
    try:
        rows = csv.DictReader(read_text(path, file, most=WRITTEN).removeprefix(MARK).splitlines())
    except UnreadableError as error:
        problems.extend(error.problems)
        return "", {}
    name, base, *others = (*(rows.fieldnames or ()), "", "")
    others = [*filter(None, others)]
    if name != "cell" or base not in languages or {*others} & {*languages} or not all(map(is_language, others)):
        todo = "write cell, the language that is translated, and those that only pages have"
        problems.append(Problem(file, 1, "", "its columns are others than cell and the languages of pages", todo))
        return "", {}
    labels: dict[str, dict[str, tuple[str, str]]] = {language: {} for language in others}
    for row in rows:
        for language in others:
            text = row[language] or ""
            if text and sorted(NUMBER.findall(text)) != sorted(NUMBER.findall(row[base])):
                what = "it has other numbers than what is translated"
                problems.append(Problem(file, rows.line_num, language, what, "write the same numbers, and no other"))
            labels[language][row["cell"]] = (row[base], text)
    return base, labels


def _missing_in(
    folder: Path, language: str, pages: Mapping[str, PageSource], words: Mapping[str, str], base: Mapping[str, object]
) -> Iterator[Problem]:
    """Name what a language that only pages have lacks: words, a first page, and pages of its menu."""
    place = f"{folder.name}/{language}"
    for name in (name for name in SPOKEN if not words.get(name)):
        yield Problem(f"{place}/_words.yml", 0, name, f"the word '{name}' is not there", "write it in this language")
    for name in sorted({*words.get("menu_pages", "").split()} - {*pages}):
        yield Problem(place, 0, "", f"the page '{name}' of its menu is not there", "write it, or leave it out")
    for name in sorted({*pages} - {*base}):
        what = f"there is no page '{name}' to translate"
        yield Problem(f"{place}/{pages[name].path}", 1, "page", what, "correct the name")
    if "index.md" not in {page.path for page in pages.values()}:
        yield Problem(place, 0, "", "it has no first page", "call one of its pages index.md")


def _lost_steps(sources: Sources) -> Iterator[Problem]:
    """Name each page whose next step leads nowhere."""
    for language, pages in sources.pages.items():
        for source in pages.values():
            if (step := source.meta.get("next", "")) and step not in pages:
                what = f"there is no page '{step}' (there are: {', '.join(pages)})"
                yield sources.problem_in(language, source, "next", what, "name another page, by its 'page'")


def _read_patterns(folder: Path, language: str) -> Iterator[tuple[str, PageSource]]:
    """Read the patterns of the pages of rows, by table; raises `ContentError` for one without a title."""
    for path in sorted((folder / language).rglob("_*.md")):
        file = path.relative_to(folder.parent).as_posix()
        meta, *_ = _read_head(read_text(path, file, most=WRITTEN))
        if ROWS_OF not in meta:
            continue
        if missing := [key for key in REQUIRED[1:] if not meta.get(key)]:
            what = f"the page has no {', '.join(missing)}"
            problem = Problem(file, 1, "", what, "write title and description between two lines of '---'")
            raise ContentError([problem], folder.parent)
        yield meta[ROWS_OF], PageSource(path.relative_to(folder / language).as_posix(), meta)


def passport_folders(folder: Path, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Give the folder of the passports of figures in each language; in none where the project has no pages."""
    words = {language: _read_words(folder, language, []) for language in languages}
    return {language: known[PASSPORTS] for language, known in words.items() if PASSPORTS in known}


def _read_language(
    folder: Path, language: str, languages: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[str, PageSource]]:
    seen: set[str] = set()
    for path in sorted((folder / language).rglob("*.md")):
        name = path.relative_to(folder / language).as_posix()
        if Path(name).name.startswith("_") or path.is_dir():
            continue
        file = path.relative_to(folder.parent).as_posix()
        if Path(name).parts[0] in {*languages, "assets"} or path.name in TAKEN or name.startswith("."):
            problems.append(Problem(file, 0, "", "something else of the site comes in this place", "rename the page"))
            continue
        try:
            meta, *lists = _read_head(read_text(path, file, most=WRITTEN))
        except UnreadableError as error:
            problems.extend(error.problems)
            continue
        except (ValueError, yaml.YAMLError) as error:
            line = line_of_yaml(error, above=1) or 1
            problems.append(
                Problem(file, line, "", f"the page {NO_HEAD}", "write name: text between two lines of '---'")
            )
            continue
        if missing := [key for key in REQUIRED if not meta.get(key)]:
            what = f"the page has no {', '.join(missing)}"
            problems.append(Problem(file, 1, "", what, "write page, title and description between two lines of '---'"))
            continue
        if meta["page"] in seen:
            what = f"another page is called '{meta['page']}' too"
            problems.append(Problem(file, 1, "page", what, "give one of the two another name"))
            continue
        seen.add(meta["page"])
        yield meta["page"], PageSource(name, meta, *lists)


def _read_head(text: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Read the head of a page: its texts, its key figures and the tables of its fact sheet."""
    matter = FRONT_MATTER.match(text.removeprefix("\ufeff"))
    meta = read_values(matter["meta"]) if matter else None
    if not isinstance(meta, dict):
        return {}, {}, {}
    figures, tables = (meta.pop(name, {}) for name in (KEY_FIGURES, SHEET_TABLES))
    if not isinstance(figures, dict) or not isinstance(tables, dict):
        raise ValueError(NO_HEAD)
    return _texts(meta), _texts(figures), _texts(tables)


def _texts(mapping: Mapping[object, object]) -> dict[str, str]:
    return {str(key): str(value) for key, value in mapping.items()}


def _read_words(folder: Path, language: str, problems: list[Problem]) -> dict[str, str]:
    path = folder / language / "_words.yml"
    try:
        words = read_values(read_text(path, path.name, most=WRITTEN))
        return {str(key): str(value) for key, value in words.items()}
    except (UnreadableError, yaml.YAMLError, AttributeError) as error:
        file = path.relative_to(folder.parent).as_posix()
        what, todo = "the words of the interface cannot be read", "write name: text, one a line"
        problems.append(Problem(file, line_of_yaml(error), "", what, todo))
        return {}


def line_of_yaml(error: BaseException | None, above: int = 0) -> int:
    """Give the line on which YAML cannot be read, with so many lines above it; 0 for an error that tells no place."""
    mark = getattr(error, "problem_mark", None)
    return 0 if mark is None else above + int(mark.line) + 1


def _missing_counterparts(folder: Path, pages: Mapping[str, Mapping[str, PageSource]]) -> Iterator[Problem]:
    every = {identifier for sources in pages.values() for identifier in sources}
    for language, sources in pages.items():
        for identifier in sorted(every - set(sources)):
            yield Problem(
                f"{folder.name}/{language}",
                0,
                "",
                f"the page '{identifier}' is not there",
                "write it in this language too",
            )


def _missing_words(folder: Path, words: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    every = {name for known in words.values() for name in known}
    for language, known in words.items():
        for name in sorted(every - set(known)):
            what = f"the word '{name}' is not there"
            yield Problem(f"{folder.name}/{language}/_words.yml", 0, name, what, "write it in this language too")


@lru_cache(maxsize=KEPT)
def relative(target: str, page: str) -> str:
    """Give the address of `target` seen from `page`, both counted from the root of the site."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def refuse_taken(sources: Sources, language: str, folders: Iterable[str], names: Iterable[str]) -> None:
    """Raise `ContentError` for page sources of a language that stand where a page of that name comes, in a folder."""
    places = {f"{folder}/{name}.md" for folder, name in product(folders, names)}
    found = (source.path for source in sources.pages[language].values() if source.path in places)
    place = f"{sources.folder.name}/{language}"
    if problems := [
        Problem(f"{place}/{path}", 1, "", "a table has its page here", "rename the page") for path in found
    ]:
        raise ContentError(problems, sources.folder.parent)


def error_place(error: BaseException, folder: Path, *, asked: bool = False) -> tuple[Path, int] | None:
    """Find the file below `folder`, and its line, in which an error arose; None where it arose elsewhere.

    For what was `asked` wrongly that is the first such file on the way: a page, and not the block that it asks.
    """
    line = getattr(error, "lineno", None)
    file = getattr(error, "filename", None)
    if isinstance(line, int) and isinstance(file, str) and Path(file).is_relative_to(folder):
        return Path(file), line
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames if asked else reversed(frames):
        if Path(frame.filename).is_relative_to(folder):
            return Path(frame.filename), frame.lineno or 0
    return None
