"""What a web server must answer about the site: one list of rules, and the media type of each kind of file.

The rules are those of CORS (Fetch standard), of caching (RFC 9111 and RFC 8246), of Content Security Policy and of the
media types that IANA registers. `hosting` writes them in the notation of each kind of host.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
