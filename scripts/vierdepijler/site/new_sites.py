"""A site to start from, for any package: settings, theme, and the few pages that need no word of an author.

What these pages say is published by the package; where it tells no licence, title or source, nothing is said of it.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from string import Template
from typing import Any

import yaml

from vierdepijler.core.package import Package
from vierdepijler.core.problems import say, unreadable
from vierdepijler.core.references import files_of
from vierdepijler.core.tables import Descriptor
from vierdepijler.core.writing import write_file
from vierdepijler.core.yaml_texts import read_values
from vierdepijler.writers.formats.file_formats import PACKAGE_FORMATS
from vierdepijler.writers.formats.publication import KEPT, NEVER, made
from vierdepijler.writers.metadata.catalogues import title_of
from vierdepijler.writers.metadata.describing import WEB

STARTER = Path(__file__).with_name("starter")
PAGES = {"index.md": "home", "data/index.md": "data", "search.md": "search"}
DRESS = ("theme", "assets", "blocks", "print")  # of our own site, for any
PATTERNS = ("_passport.md", "_release.md")
OURS = ("lookup_", "said_", "map_")  # words that only our own pages need
LIBRARIES = ("package.json", "package-lock.json")
INSTALLED = "node_modules"
LONG = 400  # characters of a description that is shown as any other text
LONGEST = 160  # characters of a description that search engines show
WORDS: dict[str, dict[str, str]] = read_values((STARTER / "words.yml").read_text("utf-8"))


def write_site(package: Package, folder: Path, ours: Path) -> list[str]:
    """Write a site for a package into an empty folder, dressed as that of the project `ours`; names what to edit.

    Raises `UnreadableError` where the folder holds something already, or where we have no words in its languages.
    """
    if folder.is_dir() and any(folder.iterdir()):
        what = say("this folder holds files already, and nothing is written over")
        raise unreadable(folder.name, what, say("name an empty folder, or one that is not there yet"))
    if unknown := [language for language in package.languages if language not in WORDS]:
        what = say("there are no words for the pages in the language '{language}'", language=unknown[0])
        raise unreadable(package.path.name, what, say("name nl, en or both in 'languages'"))
    for part in DRESS:
        shutil.copytree(ours / "site" / part, folder / "site" / part)
    shutil.copytree(STARTER / "site", folder / "site", dirs_exist_ok=True)
    shutil.copyfile(STARTER / package.languages[0] / "404.html", folder / "site" / "theme" / "404.html")
    for name in LIBRARIES:
        shutil.copyfile(ours / name, folder / name)
    if (ours / INSTALLED).is_dir():
        (folder / INSTALLED).symlink_to((ours / INSTALLED).resolve(), target_is_directory=True)
    texts = {name: text for language in package.languages for name, text in _texts(package, language, ours)}
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / name, text)
    return [*texts]


def _texts(package: Package, language: str, ours: Path) -> Iterator[tuple[str, str]]:
    """Give the settings, the words and the pages of a language, each by the name of its file."""
    is_main = language == package.languages[0]
    yield "mkdocs.yml" if is_main else f"mkdocs.{language}.yml", _settings(package, language, ours)
    yield f"site/{language}/_words.yml", _words(package, language, ours)
    for name in PATTERNS:
        yield f"site/{language}/data/{name}", (ours / "site" / language / "data" / name).read_text("utf-8")
    filled = _filled(package, language)
    for name, identifier in {**PAGES, "data/_table.md": ""}.items():
        body = Template((STARTER / language / name).read_text("utf-8")).substitute(filled)
        yield f"site/{language}/{name}", _head(package, language, identifier) + body if identifier else body


def _title(package: Package, language: str) -> str:
    titles = title_of(package.descriptor)
    return titles.get(language) or next(iter(titles.values()))


def _head(package: Package, language: str, identifier: str) -> str:
    words, title = WORDS[language], _title(package, language)
    told = " ".join(package.text(package.descriptor, "description", language).split())
    described = {"home": told, "search": words["found"]}.get(identifier) or words["about"].format(title=title)
    short = described if len(described) <= LONGEST else f"{described[:LONGEST].rpartition(' ')[0]} …"
    head = {"page": identifier, "title": title if identifier == "home" else words[identifier], "description": short}
    return f"---\n{_yaml(head)}---\n"


def _settings(package: Package, language: str, ours: Path) -> str:
    """Take our own settings, with what they say of our site said of this one."""
    words, title = WORDS[language], _title(package, language)
    own = read_values((ours / "mkdocs.yml").read_text("utf-8"))
    if (other := ours / f"mkdocs.{language}.yml").is_file():
        own = _merged(own, read_values(other.read_text("utf-8")))
    own.pop("INHERIT", None)
    own["extra"]["words"] |= {
        "tagline": "",
        "feed": words["feed"].format(title=title),
        "independence": words["made"].format(title=title),
        "licence": f"{words['licence']}:",
    }
    nav = [
        {words["home"]: "index.md"},
        {words["data"]: "data/index.md"},
        {words["more"]: [{words["search"]: "search.md"}]},
    ]
    return _yaml({**own, "site_name": title, "nav": nav})


def _merged(base: Any, own: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(own, dict)):
        return own
    return {**base, **{name: _merged(base.get(name), value) for name, value in own.items()}}


def _words(package: Package, language: str, ours: Path) -> str:
    words, title = WORDS[language], _title(package, language)
    found = read_values((ours / "site" / language / "_words.yml").read_text("utf-8"))
    kept = {name: text for name, text in found.items() if not name.startswith(OURS)}
    own = {
        "site_name": title,
        "own_sentence": words["own"].format(title=title),
        "embed_link": words["see"].format(title=title),
        "format_excel_csv": words["csv"],
    }
    return _yaml(kept | own)


def _yaml(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110)


def _filled(package: Package, language: str) -> dict[str, str]:
    """Give what the pages say of this package: bound to what it publishes, so that it stays true."""
    descriptor = package.descriptor
    told, bound = package.text(descriptor, "description", language), _value(_named(package, language, "description"))
    return {
        "title": f"{{{{ published_text({json.dumps(_named(package, language, 'title') or 'name')}) }}}}",
        "description": (f"{bound}\n{{: .lede }}" if len(told) < LONG else bound) if told else "",
        "about": _about(package, language),
        "licence": "\n".join(_licences(descriptor, language)),
        "others": _others(package, language),
        "wholes": "\n".join(_wholes(package, language)),
    }


def _named(package: Package, language: str, name: str) -> str:
    """Give the name of a text property in a language, or of the one that stands for it; empty where there is none."""
    own = name if language == package.languages[0] else f"{name}_{language}"
    return next((one for one in (own, name) if package.descriptor.get(one)), "")


def _value(path: str) -> str:
    return f"{{{{ published({json.dumps(path)}) }}}}"


def _linked(place: str, one: Descriptor, name: str) -> str:
    """Show a thing by what it is called, leading to its address where that is one of the web."""
    shown = _value(f"{place}/{name}")
    if not WEB.fullmatch(str(one.get("path"))):
        return shown
    return f'<a href="{{{{ published_text({json.dumps(f"{place}/path")}) }}}}">{shown}</a>'


def _listed(descriptor: Descriptor, kind: str, *names: str) -> list[str]:
    """Show the licences, sources or contributors of a package, each by the first of these names that it has."""
    ones = descriptor.get(kind)
    pairs = enumerate(one for one in ones if isinstance(one, dict)) if isinstance(ones, list) else ()
    called = ((number, one, next((name for name in names if one.get(name)), "")) for number, one in pairs)
    return [_linked(f"{kind}/{number}", one, name) for number, one, name in called if name]


def _shown_licences(descriptor: Descriptor) -> str:
    """Show the licences; an old descriptor has one, as a text."""
    old = [_value("license")] if isinstance(descriptor.get("license"), str) else []
    return ", ".join(_listed(descriptor, "licenses", "title", "name", "path") or old)


def _licences(descriptor: Descriptor, language: str) -> Iterator[str]:
    words = WORDS[language]
    shown = _shown_licences(descriptor)
    yield f"<p>{words['licence']}: {shown}.</p>" if shown else f"<p>{words['unlicensed']}</p>"


def _about(package: Package, language: str) -> str:
    words, descriptor = WORDS[language], package.descriptor
    facts = {
        words["by"]: ", ".join(_listed(descriptor, "contributors", "title", "organization")),
        words["sources"]: ", ".join(_listed(descriptor, "sources", "title", "name", "path")),
        words["licence"]: _shown_licences(descriptor),
        words["version"]: _value("version") if descriptor.get("version") else "",
        words["created"]: _value("created") if made(package) != NEVER else "",
    }
    return "\n".join(f"- {name}: {shown}" for name, shown in facts.items() if shown)


def _others(package: Package, language: str) -> str:
    """List the files that are no tables, and are published as they were."""
    files = [file for place in sorted(package.others) for file in files_of(package.others[place])]
    there = [PurePosixPath(file).as_posix() for file in files if (package.root / file).is_file()]
    if not there:
        return ""
    lines = (f"- {_download(f'{KEPT}/{file}', f'{{{{ as_written({json.dumps(file)}) }}}}')}" for file in there)
    return "\n".join([f"## {WORDS[language]['others']} {{: #others }}", "", *lines])


def _wholes(package: Package, language: str) -> Iterator[str]:
    for form in PACKAGE_FORMATS:
        link = _download(form.file(package), WORDS[language][form.name])
        yield f"- **{link}** ({_value(f'distributions/{form.name}/bytes')})"


def _download(file: str, shown: str) -> str:
    return f'<a download href="{{{{ download({json.dumps(file)}) }}}}">{shown}</a>'
