"""What a web server must answer about the site: one list of rules, and the media type of each kind of file.

The rules are those of CORS (Fetch standard), of caching (RFC 9111 and RFC 8246), of Content Security Policy and of the
media types that IANA registers. They are written in the notation of each kind of static host: `_headers` is read by
Netlify, Cloudflare Pages and others, which compress by themselves; `hosting/nginx.conf` is for the `server` block of
nginx.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from vierdepijler.core.text_files import save_text
from vierdepijler.core.yaml_texts import read_texts
from vierdepijler.writers.formats.publication import DOWNLOADS, MEDIA_TYPES

from .templates import fill_ours

NOT_FOUND = "404.html"
UNSERVED = r"(?:hosting/|(?:[^/]*/)*[._])"  # what is for who shows the site, and for no reader
RELEASED = r"[0-9]+\.[0-9]+\.[0-9]+"  # a folder with this name never changes
UTF8 = "; charset=utf-8"
PLAIN = "text/plain" + UTF8  # for what has no extension, such as SHA256SUMS

DECLARED = read_texts(Path(__file__).with_name("hosting_rules.yml").read_text("utf-8"))
ALLOWED: Mapping[str, str] = DECLARED["allowed"]
POLICY = "; ".join(f"{what} {who}" for what, who in ALLOWED.items())
CSP = "Content-Security-Policy"
# What other sites may show in a frame: the pages made for that, in every language, and no others.
UNFRAMED, FRAMED = "frame-ancestors 'none'", "frame-ancestors *"
EMBED = "embed"
NGINX, HEADERS = "hosting/nginx.conf", "_headers"


@dataclass(frozen=True)
class Rule:
    """Headers of some addresses, as `hosting_rules.yml` explains."""

    name: str
    headers: Mapping[str, str]
    where: str
    folders: tuple[str, ...]
    is_asked: bool
    joined: Mapping[str, str]


def _rule(declared: Mapping[str, Any]) -> Rule:
    headers = _filled(declared["headers"])
    return Rule(
        declared["name"],
        headers,
        declared.get("where", ""),
        tuple(declared["folders"]),
        "asked" in declared,
        _filled(declared["joined"]) if "joined" in declared else headers,
    )


def _filled(headers: Mapping[str, str]) -> Mapping[str, str]:
    parts = {"policy": POLICY, "unframed": UNFRAMED, "framed": FRAMED}
    return {name: value.format_map(parts) for name, value in headers.items()}


RULES: tuple[Rule, ...] = tuple(map(_rule, DECLARED["rules"]))
TEXTS: Mapping[str, str] = DECLARED["texts"]
TYPES: Mapping[str, str] = {
    **MEDIA_TYPES,
    **{extension: kind + UTF8 for extension, kind in TEXTS.items()},
    "zip": "application/zip",
    "png": "image/png",
    "pdf": "application/pdf",
    "woff2": "font/woff2",
}
KNOWN_TO_HOSTS = ("html", "css", "js", "svg", "xml", "txt", "png", "pdf")  # every host sends these as they are
# What becomes much smaller when it is compressed on the way (RFC 9110, Content-Encoding); the other kinds are already.
COMPRESSED = tuple(dict.fromkeys(TEXTS.values()))


def write_hosting(stage: Path, url: str) -> None:
    """Write the rules in every notation into the folder `stage`, the whole site as it will be at `url`."""
    root = urlsplit(url).path
    releases = sorted(path.name for path in (stage / DOWNLOADS).glob("*") if re.fullmatch(RELEASED, path.name))
    folders = {path.parent.relative_to(stage).as_posix() for path in stage.rglob("*.html")}
    pages = [f"{folder}/".removeprefix("./") for folder in sorted(folders) if Path(folder).name != EMBED]
    save_text(stage / HEADERS, render_headers(root, releases, pages))
    save_text(stage / NGINX, render_nginx(root))


def render_headers(root: str, releases: list[str], pages: list[str]) -> str:
    """Write the rules as a `_headers` file: these hosts join the values of rules that overlap, so that few may.

    `pages` are the folders that hold pages, each with a slash behind it, other than those to be embedded.
    """
    known = {"{version}": releases, "{pages}": pages}
    found = {rule.name: {root + folder: rule.joined for folder in _folders(rule, known)} for rule in RULES}
    types = {f"*.{extension}": kind for extension, kind in TYPES.items() if extension not in KNOWN_TO_HOSTS}
    types[f"{DOWNLOADS}/*/SHA256SUMS"] = PLAIN
    found["What each file is"] = {root + pattern: {"Content-Type": kind} for pattern, kind in types.items()}
    return fill_ours(HEADERS, sections=found)


def _folders(rule: Rule, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give the patterns of a rule, one for each of the names `known` where it has a place for them."""
    for folder in rule.folders:
        place = next((place for place in known if place in folder), "")
        yield from (folder.replace(place, name) for name in known[place]) if place else (folder,)


def render_nginx(root: str) -> str:
    """Write the rules to be included in a `server` block of nginx, which says itself where the files are."""
    return fill_ours(
        Path(NGINX).name,
        root=root,
        start=re.escape(root),
        rules=RULES,
        names=list(dict.fromkeys(name for rule in RULES for name in rule.headers)),
        unserved=UNSERVED,
        texts=TEXTS,
        types=TYPES,
        compressed=COMPRESSED,
    )
