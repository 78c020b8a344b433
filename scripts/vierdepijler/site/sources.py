"""The sources of the pages: which there are, in which language, under which name.

A source is Markdown with Jinja2 in `site/<language>/`, headed by `page` (its identifier, the same in every
language), `title` and `description`. Files whose name starts with `_` are no pages: `_words.yml` holds the
words of the interface, `data/_table.md` and `data/_passport.md` the patterns of the pages of tables and of passports.
"""

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import yaml

from vierdepijler.problems import ContentError, Problem

FRONT_MATTER = re.compile(r"\A---\n(?P<meta>.*?\n)---\n", re.DOTALL)
REQUIRED = ("page", "title", "description")
TAKEN = {"404.md", "README.md"}  # MkDocs makes other pages of these


@dataclass(frozen=True)
class Source:
    """A page as its author wrote it: `path` is relative to the folder of its language."""

    path: str
    meta: Mapping[str, str]

    @property
    def address(self) -> str:
        """The address of the page, counted from the root of its language."""
        return self.path.removesuffix(".md") + ".html"


@dataclass(frozen=True)
class Sources:
    """The folder with the page sources, and what stands in it: per language, the sources by identifier."""

    folder: Path
    pages: Mapping[str, Mapping[str, Source]]
    words: Mapping[str, Mapping[str, str]]

    def root(self, language: str) -> str:
        """Give the folder of a language in the site: the first language stands at the root."""
        return "" if language == next(iter(self.pages)) else f"{language}/"


def read_sources(folder: Path, languages: tuple[str, ...]) -> Sources:
    """Read the page sources of every language; raises `ContentError` with all that is wrong with them."""
    problems: list[Problem] = []
    pages: dict[str, dict[str, Source]] = {}
    words: dict[str, dict[str, str]] = {}
    for language in languages:
        pages[language] = dict(_read_language(folder, language, languages, problems))
        words[language] = _read_words(folder, language, problems)
    if not problems:
        problems.extend(_missing_counterparts(folder, pages))
        problems.extend(_missing_words(folder, words))
    if problems:
        raise ContentError(problems, folder.parent)
    return Sources(folder, pages, words)


def _read_language(
    folder: Path, language: str, languages: tuple[str, ...], problems: list[Problem]
) -> Iterator[tuple[str, Source]]:
    seen: set[str] = set()
    for path in sorted((folder / language).rglob("*.md")):
        name = path.relative_to(folder / language).as_posix()
        if Path(name).name.startswith("_") or not path.is_file():
            continue
        file = path.relative_to(folder.parent).as_posix()
        if Path(name).parts[0] in {*languages, "assets"} or path.name in TAKEN or name.startswith("."):
            problems.append(Problem(file, 0, "", "something else of the site comes in this place", "rename the page"))
            continue
        try:
            meta = _read_meta(path.read_text("utf-8"))
        except (UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
            reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else "has a head that is not YAML"
            problems.append(Problem(file, 1, "", f"the page {reason}", "write name: text between two lines of '---'"))
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
        yield meta["page"], Source(name, meta)


def _read_meta(text: str) -> dict[str, str]:
    if not (matter := FRONT_MATTER.match(text.removeprefix("\ufeff"))):
        return {}
    meta = yaml.safe_load(matter["meta"])
    return {str(key): str(value) for key, value in meta.items()} if isinstance(meta, dict) else {}


def _read_words(folder: Path, language: str, problems: list[Problem]) -> dict[str, str]:
    path = folder / language / "_words.yml"
    try:
        words = yaml.safe_load(path.read_text("utf-8"))
        return {str(key): str(value) for key, value in words.items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError):
        file = path.relative_to(folder.parent).as_posix()
        problems.append(
            Problem(file, 0, "", "the words of the interface cannot be read", "write name: text, one a line")
        )
        return {}


def _missing_counterparts(folder: Path, pages: Mapping[str, Mapping[str, Source]]) -> Iterator[Problem]:
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


def refuse_taken(sources: Sources, language: str, folders: Iterable[str], names: Iterable[str]) -> None:
    """Raise `ContentError` for page sources of a language that stand where a page of that name comes, in a folder."""
    places = {f"{folder}/{name}.md" for folder, name in product(folders, names)}
    found = (source.path for source in sources.pages[language].values() if source.path in places)
    place = f"{sources.folder.name}/{language}"
    if problems := [
        Problem(f"{place}/{path}", 1, "", "a table has its page here", "rename the page") for path in found
    ]:
        raise ContentError(problems, sources.folder.parent)


def place_of(error: BaseException, folder: Path) -> tuple[Path, int] | None:
    """Find the file below `folder`, and its line, in which an error arose; None where it arose elsewhere."""
    line = getattr(error, "lineno", None)
    file = getattr(error, "filename", None)
    if isinstance(line, int) and isinstance(file, str) and Path(file).is_relative_to(folder):
        return Path(file), line
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return Path(frame.filename), frame.lineno or 0
    return None
