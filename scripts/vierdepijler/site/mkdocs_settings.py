"""How MkDocs is asked to make the HTML of a language, and what it stumbles over, in words."""

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from vierdepijler.core.problems import ContentError, Problem
from vierdepijler.core.text_files import WRITTEN, read_text
from vierdepijler.core.yaml_texts import check_nesting

from .hosting_rules import POLICY
from .libraries import library_path
from .site_context import Site
from .sources import error_place, line_of_yaml, relative
from .vocabulary import GLOSSARY_PAGE

SETTINGS = "mkdocs.yml"  # of all languages; those of another begin with them
SEARCH = "material/search"  # the plugin of the theme that makes the index
SEARCH_PAGES = ("search", "data", GLOSSARY_PAGE)

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's notice about its future, which we know


def settings(site: Site, language: str) -> MkDocsConfig:
    """Give the settings with which MkDocs makes the HTML of a language."""
    file = _file(site, language)
    check_nesting(read_text(site.project / file, file, most=WRITTEN))
    config = load_config(
        str(site.project / file),
        docs_dir=str(site.sources.folder / language),
        site_url=site.url + site.sources.root(language),
    )
    config.extra["policy"] = POLICY
    if SEARCH in config.plugins:
        config.extra["search_library"] = relative(library_path(site.project, "minisearch"), site.sources.root(language))
    if site.catalogue.licence_address:
        config.extra["licence"] = {"name": site.catalogue.licence_name, "address": site.catalogue.licence_address}
    config.extra["search_pages"] = search_pages(site, language)
    return config


def search_pages(site: Site, language: str) -> dict[str, str]:
    """Give the addresses of the page of all that is found, and of the lists in which to look where nothing is."""
    pages = site.sources.pages[language]
    return {name: pages[name].address for name in SEARCH_PAGES if name in pages}


class _Gatherer(logging.Handler):
    """Keeps the messages that are logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.gathered: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.gathered.append(record.getMessage())


@contextmanager
def refusing(site: Site, language: str) -> Iterator[None]:
    """Let every failure of MkDocs, and all that it warns of, be a `ContentError`."""
    handler, logger = _Gatherer(logging.WARNING), logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield
    except ContentError:
        raise
    except Exception as error:  # MkDocs, its theme and its plugins fail each in their own way
        told = [*_told(site, language, handler.gathered)]
        raise ContentError(told or [_failure(site.project, _file(site, language), error)], site.project) from error
    finally:
        logger.removeHandler(handler)
    if handler.gathered:
        raise ContentError(_told(site, language, handler.gathered), site.project)


def _file(site: Site, language: str) -> str:
    return SETTINGS if language == site.main_language else f"mkdocs.{language}.yml"


def _told(site: Site, language: str, warnings: Sequence[str]) -> Iterator[Problem]:
    """Say which page, or which setting, MkDocs warns of."""
    for warning in warnings:
        place = _place_of_link(site.project, language, warning)
        file, line = place or _place_of_setting(site.project, _file(site, language), warning)
        yield Problem(file, line, "", warning.replace("\n", " "), "correct the link or what it leads to")


def _failure(project: Path, name: str, error: Exception) -> Problem:
    """Say where a file of the theme fails, or where the settings cannot be read."""
    cause = error.__cause__ or error.__context__ or error  # YAML says no path of this machine
    reason = getattr(cause, "problem", None) or str(error) or type(error).__name__
    place, line = error_place(error, project / "site") or (project / name, line_of_yaml(cause))
    return Problem(place.relative_to(project).as_posix(), line, "", f"MkDocs fails: {reason}", "mend it there")


def _place_of_setting(project: Path, name: str, warning: str) -> tuple[str, int]:
    """Find the settings, those of a language or of all, and the line with what stands between quotes in a warning.

    A value tells more than the name of the setting that it belongs to; the line is 0 where neither is found.
    """
    named = [re.escape(quoted) for quoted in re.findall(r"'([^']+)'", warning)]
    values, keys = ([form % one for one in named] for form in (r"(?:^|[\s'\"])%s['\"]?$", r"^\s*%s:"))
    for file, pattern in (*product((name, SETTINGS), values), *product((name,), keys)):
        lines = (project / file).read_text("utf-8").splitlines() if (project / file).is_file() else []
        if line := next((number for number, text in enumerate(lines, 1) if re.search(pattern, text)), 0):
            return file, line
    return name, 0


def _place_of_link(project: Path, language: str, warning: str) -> tuple[str, int] | None:
    """Find the page, and the line of it, that has the link MkDocs warns of."""
    found = re.search(r"Doc file '(?P<page>[^']+)' contains a link '(?P<link>[^'#]*)", warning)
    path = project / "site" / language / found["page"] if found else None
    if found is None or path is None or not path.is_file():
        return None
    before, link, _ = path.read_text("utf-8").partition(found["link"])
    return path.relative_to(project).as_posix(), before.count("\n") + 1 if link else 0
