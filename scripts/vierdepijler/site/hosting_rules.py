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

from vierdepijler.core.yaml_texts import read_texts
from vierdepijler.writers.formats.publication import DOWNLOADS, MEDIA_TYPES

NOT_FOUND = "404.html"
UNSERVED = r"(?:hosting/|(?:[^/]*/)*[._])"  # what is for who shows the site, and for no reader
RELEASED = r"[0-9]+\.[0-9]+\.[0-9]+"  # a folder with this name never changes
TYPE = "Content-Type"
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
SMALLEST = 512  # bytes; less gains nothing


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
    (stage / NGINX).parent.mkdir(exist_ok=True)
    for name, text in ((HEADERS, render_headers(root, releases, pages)), (NGINX, render_nginx(root))):
        (stage / name).write_text(text, encoding="utf-8", newline="\n")


def render_headers(root: str, releases: list[str], pages: list[str]) -> str:
    """Write the rules as a `_headers` file: these hosts join the values of rules that overlap, so that few may.

    `pages` are the folders that hold pages, each with a slash behind it, other than those to be embedded.
    """
    known = {"{version}": releases, "{pages}": pages}
    found = {rule.name: {root + folder: rule.joined for folder in _folders(rule, known)} for rule in RULES}
    found["What each file is"] = _kinds(root)
    return "\n".join(_section(name, blocks) for name, blocks in found.items() if blocks)


def _kinds(root: str) -> dict[str, Mapping[str, str]]:
    types = {f"*.{extension}": kind for extension, kind in TYPES.items() if extension not in KNOWN_TO_HOSTS}
    return {root + pattern: {TYPE: kind} for pattern, kind in {**types, f"{DOWNLOADS}/*/SHA256SUMS": PLAIN}.items()}


def _section(name: str, blocks: Mapping[str, Mapping[str, str]]) -> str:
    return f"# {name}\n" + "".join(_block(pattern, headers) for pattern, headers in blocks.items())


def _folders(rule: Rule, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give the patterns of a rule, one for each of the names `known` where it has a place for them."""
    for folder in rule.folders:
        place = next((place for place in known if place in folder), "")
        yield from (folder.replace(place, name) for name in known[place]) if place else (folder,)


def _block(pattern: str, headers: Mapping[str, str]) -> str:
    return f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def render_nginx(root: str) -> str:
    """Write the rules to be included in a `server` block of nginx, which says itself where the files are."""
    names = dict.fromkeys(name for rule in RULES for name in rule.headers)
    lines = [
        "# For nginx; made from the rules in hosting_rules.py. In the server block of the site:",
        "#     include /where/the/site/is/hosting/nginx.conf;",
        f"error_page 404 {root}{NOT_FOUND};",
        *(f'set {_variable(name)} "";' for name in names),
        *(line for rule in RULES for line in _nginx_rule(rule, root)),
        "",
        *(f"add_header {name} {_variable(name)} always;" for name in names),
        "",
        "# What is for who shows the site is not for readers",
        f'location ~ "^{re.escape(root)}{UNSERVED}" {{',
        "    return 404;",
        "}",
        "",
        "# A page of another site asks first whether it may ask",
        *_preflight(root),
        "",
        "# What each file is; nginx compresses no type that has its charset in it",
        f"default_type {TEXTS['txt']};",
        "charset utf-8;",
        f"charset_types {' '.join(COMPRESSED)};",
        "types {",
        *(f"    {TEXTS.get(extension, kind)} {extension};" for extension, kind in TYPES.items()),
        "}",
        "",
        "# What is text is sent compressed to who can read that",
        "gzip on;",
        "gzip_vary on;",
        f"gzip_min_length {SMALLEST};",
        f"gzip_types {' '.join(kind for kind in COMPRESSED if kind != TEXTS['html'])};",
    ]
    return "\n".join(lines) + "\n"


def _nginx_rule(rule: Rule, root: str) -> Iterator[str]:
    given = [f'set {_variable(name)} "{value}";' for name, value in rule.headers.items()]
    yield from ("", f"# {rule.name}")
    yield from _nginx_where(rule, root, given) if rule.where else given


def _nginx_where(rule: Rule, root: str, lines: list[str]) -> Iterator[str]:
    yield f'if ({"$request_uri" if rule.is_asked else "$uri"} ~ "^{re.escape(root)}{rule.where}") {{'
    yield from (f"    {line}" for line in lines)
    yield "}"


def _preflight(root: str) -> Iterator[str]:
    """Answer the question before the request (Fetch standard), where any site may ask; elsewhere nginx refuses it."""
    yield 'set $pijler_asks "";'
    for rule in RULES:
        if rule.is_asked:
            yield from _nginx_where(rule, root, ["set $pijler_asks $request_method;"])
    yield "if ($pijler_asks = OPTIONS) {"
    yield "    return 204;"
    yield "}"


def _variable(header: str) -> str:
    return "$pijler_" + header.lower().replace("-", "_")
