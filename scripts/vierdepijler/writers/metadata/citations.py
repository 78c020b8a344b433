"""How to cite what is published, as people, programs and citation managers write it.

CITATION.cff follows Citation File Format 1.2.0 (https://citation-file-format.github.io); BibTeX is for LaTeX, RIS
(https://en.wikipedia.org/wiki/RIS_(file_format)) for programs such as Zotero and EndNote.
"""

import datetime
import re
from collections.abc import Iterator

import yaml

from vierdepijler.core.text import date_text

from .catalogues import Catalogue, Dataset

MESSAGE = "If you use these data, this is how you can cite them."
ENGLISH = "en"
PLAIN = {"nl": ("Uitgave", "Licentie"), ENGLISH: ("Release", "Licence")}
LAST = "ER"
SPECIAL = re.compile(r"[&%$#_{}~^\\]")
LATEX = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}


def render_cff(catalogue: Catalogue) -> str:
    """Write CITATION.cff: the whole package, in English where it has English."""
    whole = catalogue.whole
    language = ENGLISH if ENGLISH in whole.title else catalogue.languages[0]
    content = {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": whole.title[language],
        "abstract": whole.description.get(language, ""),
        "authors": [{"name": catalogue.publisher.name, "website": catalogue.publisher.homepage}],
        "version": catalogue.version,
        "date-released": catalogue.date,
        "license": catalogue.licence_name,
        "url": catalogue.address(whole.page),
        "keywords": list(whole.keywords.get(language, ())),
    }
    known = {name: value for name, value in content.items() if value}
    return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=110)


def render_plain(catalogue: Catalogue, dataset: Dataset, language: str) -> str:
    """Write a citation as people do, in the order of DataCite: who, when, what, which version, where.

    https://support.datacite.org/docs/datacite-metadata-schema-v44-citation has that order; the words are those of
    `language`.
    """
    year, licence = catalogue.date[:4], catalogue.licence_name
    version, free = PLAIN.get(language, PLAIN[ENGLISH])
    day = date_text(datetime.date.fromisoformat(catalogue.date), language) if catalogue.date else ""
    dated = f"{catalogue.publisher.name} ({year})." if year else f"{catalogue.publisher.name}."
    of_version = ", ".join(filter(None, [catalogue.version and f"{version} {catalogue.version}", day]))
    parts = [
        f"{dated} {_title(catalogue, dataset, language)}",
        *filter(None, [of_version]),
        *([f"{free}: {licence}"] if licence else []),
    ]
    ended = (part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)
    return " ".join([*ended, catalogue.address(dataset.page)])


def render_bibtex(catalogue: Catalogue, dataset: Dataset, language: str = "") -> str:
    """Write a data set as an entry of BibTeX; the braces around a name keep it whole.

    `language` is that of its title, the first of the package where it is not given.
    """
    fields = {
        "author": "{" + _latex(catalogue.publisher.name) + "}",
        "title": "{" + _latex(_title(catalogue, dataset, language)) + "}",
        "year": catalogue.date[:4],
        "month": catalogue.date[5:7].lstrip("0"),
        "publisher": "{" + _latex(catalogue.publisher.name) + "}",
        "version": catalogue.version,
        "url": catalogue.address(dataset.page),
        "langid": "dutch" if (language or catalogue.languages[0]) == "nl" else "english",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{_key(catalogue, dataset)},\n{lines}}}\n"


def render_ris(catalogue: Catalogue, dataset: Dataset) -> str:
    """Write a data set as a record of RIS."""
    return "".join(
        f"{tag}  - {' '.join(value.split())}".rstrip(" ") + "\r\n"
        for tag, value in _ris(catalogue, dataset)
        if value or tag == LAST
    )


def _ris(catalogue: Catalogue, dataset: Dataset) -> Iterator[tuple[str, str]]:
    language = catalogue.languages[0]
    yield "TY", "DATA"
    yield "AU", f"{catalogue.publisher.name},"  # the comma says that it is no person with a first name
    yield "TI", _title(catalogue, dataset)
    yield "PY", catalogue.date[:4]
    yield "DA", catalogue.date.replace("-", "/")
    yield "PB", catalogue.publisher.name
    yield "ET", catalogue.version
    yield "AB", dataset.description.get(language, "")
    yield from (("KW", word) for word in dataset.keywords.get(language, ()))
    yield "LA", language
    yield "UR", catalogue.address(dataset.page)
    yield LAST, ""


def _title(catalogue: Catalogue, dataset: Dataset, language: str = "") -> str:
    return dataset.title.get(language) or dataset.title.get(catalogue.languages[0], dataset.name)


def _key(catalogue: Catalogue, dataset: Dataset) -> str:
    """Give the name that an author cites by, of letters, digits and `-` alone."""
    names = (catalogue.whole.name, *(() if dataset == catalogue.whole else (dataset.name,)), catalogue.version)
    return "-".join(re.sub(r"[^A-Za-z0-9.]+", "-", name) for name in names if name)


def _latex(text: str) -> str:
    return SPECIAL.sub(lambda found: LATEX.get(found[0], f"\\{found[0]}"), text)
