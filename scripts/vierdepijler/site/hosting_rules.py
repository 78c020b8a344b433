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
from urllib.parse import urlsplit

from vierdepijler.writers.formats.publication import DOWNLOADS, MEDIA_TYPES

NOT_FOUND = "404.html"
UNSERVED = r"(?:hosting/|(?:[^/]*/)*[._])"  # what is for who shows the site, and for no reader
RELEASED = r"[0-9]+\.[0-9]+\.[0-9]+"  # a folder with this name never changes
DATA_FILES = ("csv", "json", "parquet", "sqlite", "xlsx", "zip")
CACHE = "Cache-Control"
TYPE = "Content-Type"
UTF8 = "; charset=utf-8"
PLAIN = "text/plain" + UTF8  # for what has no extension, such as SHA256SUMS

# What a page may do: run our scripts, ask our own files, and nothing of any other host; no code or style within a page.
ALLOWED: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",  # the search
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
POLICY = "; ".join(f"{what} {who}" for what, who in ALLOWED.items())
CSP = "Content-Security-Policy"
# What other sites may show in a frame: the pages made for that, in every language, and no others.
UNFRAMED, FRAMED = "frame-ancestors 'none'", "frame-ancestors *"
EMBED = "embed"
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
NGINX, HEADERS = "hosting/nginx.conf", "_headers"
SMALLEST = 512  # bytes; less gains nothing


@dataclass(frozen=True)
class Rule:
    """Headers of the addresses that start as `where` says, a regular expression; the last one that fits counts.

    `is_asked` tells that the address as it was asked for counts, also where nothing is found there. `folders` are the
    same addresses for hosts that know no regular expressions; none where these do so by themselves. As these hosts
    join what overlaps, a rule may have other headers for them, in `joined`: of two policies a browser obeys both.
    """

    name: str
    headers: Mapping[str, str]
    where: str = ""
    folders: tuple[str, ...] = ()
    is_asked: bool = False
    joined: Mapping[str, str] | None = None


RULES: tuple[Rule, ...] = (
    Rule(
        "Every answer: no guessing of types, no code from elsewhere, and other sites learn only where one came from",
        {**SAFE, CSP: f"{POLICY}; {UNFRAMED}"},
        folders=("*",),
        joined={**SAFE, CSP: POLICY},
    ),
    Rule(
        "What was made to be embedded: any other site may show it in a frame, and none of the other pages",
        {CSP: f"{POLICY}; {FRAMED}"},
        where=rf"(?:[a-z]{{2,3}}/)?{EMBED}/",
        folders=("{pages}", "{pages}:page"),  # the folders of all other pages
        joined={CSP: UNFRAMED},
    ),
    Rule(
        "Data and API: pages of any other site may ask for them",
        {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Expose-Headers": "*",
            "Access-Control-Max-Age": "86400",
        },
        where=f"(?:{DOWNLOADS}|api)/",
        folders=(f"{DOWNLOADS}/*", "api/*"),
        is_asked=True,
    ),
    Rule(
        "What can change: keep it for five minutes, then ask whether it did",
        {CACHE: "public, max-age=300, must-revalidate"},
        folders=(f"{DOWNLOADS}/latest/*", "api/*"),
    ),
    Rule(
        "A release never changes, but for the menu of its page: keep its files for a year",
        {CACHE: "public, max-age=31536000, immutable"},
        where=rf"{DOWNLOADS}/{RELEASED}/(?!index\.html).",
        folders=tuple(f"{DOWNLOADS}/{{version}}/*.{extension}" for extension in DATA_FILES),
    ),
)

# By extension; the text formats are all UTF-8.
TEXTS: Mapping[str, str] = {
    "csv": "text/csv",
    "json": "application/json",
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "py": "text/x-python",
    "sql": "application/sql",
    "conf": "text/plain",
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "atom": "application/atom+xml",
    "yml": "application/yaml",
    "cff": "application/yaml",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
}
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
    found = {rule.name: {root + folder: _joined(rule) for folder in _folders(rule, known)} for rule in RULES}
    found["What each file is"] = _kinds(root)
    return "\n".join(_section(name, blocks) for name, blocks in found.items() if blocks)


def _kinds(root: str) -> dict[str, Mapping[str, str]]:
    types = {f"*.{extension}": kind for extension, kind in TYPES.items() if extension not in KNOWN_TO_HOSTS}
    return {root + pattern: {TYPE: kind} for pattern, kind in {**types, f"{DOWNLOADS}/*/SHA256SUMS": PLAIN}.items()}


def _joined(rule: Rule) -> Mapping[str, str]:
    return rule.headers if rule.joined is None else rule.joined


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
