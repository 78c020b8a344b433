import re
from pathlib import Path

import pytest

from vierdepijler.site.hosting_rules import CSP, FRAMED, KNOWN_TO_HOSTS, RULES, TYPES, UNFRAMED
from web_servers import ROOTS, differences, expected, fill, rules_at

CACHE = "Cache-Control"
DATA_FILES = ("csv", "json", "parquet", "sqlite", "xlsx", "zip")


def test_no_rule_is_without_a_check(tmp_path: Path) -> None:
    names = fill(tmp_path, "https://pijler.example/")
    assert {rule.name for name in names for rule in rules_at(name)} == {rule.name for rule in RULES}
    assert {Path(name).suffix.removeprefix(".") for name in names} == {"", *TYPES}


def test_a_header_that_is_wrong_or_too_much_is_seen() -> None:
    right = {name.lower(): value for name, value in expected("data/1.0.0/a.csv").items()}
    assert differences(right, expected("data/1.0.0/a.csv")) == {}
    assert list(differences({**right, "cache-control": "no-store"}, expected("data/1.0.0/a.csv"))) == [CACHE]
    assert "Access-Control-Allow-Origin" in differences(right, expected("index.html"))


def is_framed(name: str) -> bool:
    """Tell whether other sites may show a file in a frame; only for pages it matters."""
    return "embed/" in name or not name.endswith(".html")


@pytest.mark.parametrize("root", ROOTS)
def test_only_what_was_made_for_it_may_stand_in_the_frame_of_another_site(tmp_path: Path, root: str) -> None:
    fill(tmp_path, f"https://pijler.example{root}")
    text = (tmp_path / "_headers").read_text("utf-8")
    for name in ("embed/a.html", "en/embed/a.html"):
        assert expected(name)[CSP].endswith(FRAMED)
        assert UNFRAMED not in joined(text, root + name)[CSP]
    for name in ("", "index.html", "en/", "en/index.html", "data/counts.html", "data/1.0.0/"):
        assert UNFRAMED in joined(text, root + name)[CSP], name
        assert expected(name)[CSP].endswith(UNFRAMED)


def blocks(text: str) -> list[tuple[str, dict[str, str]]]:
    """Read a `_headers` file: patterns, each with its headers."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[-1][1][name] = value
    return found


def joined(text: str, address: str) -> dict[str, str]:
    """Give the headers at an address as these hosts do: those of rules that overlap are joined."""
    headers: dict[str, str] = {}
    for pattern, given in blocks(text):
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(":page", "[^/]+"), address):
            for name, value in given.items():
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


@pytest.mark.parametrize("root", ROOTS)
def test_the_file_for_netlify_and_cloudflare_says_the_same(tmp_path: Path, root: str) -> None:
    names = fill(tmp_path, f"https://pijler.example{root}")
    text = (tmp_path / "_headers").read_text("utf-8")
    for name in names:
        wanted = expected(name)
        if Path(name).suffix.removeprefix(".") in KNOWN_TO_HOSTS:
            wanted.pop("Content-Type")
        is_of_release = name.startswith(("data/1.0.0/", "data/10.2.33/")) and name.endswith(DATA_FILES)
        if not is_of_release and not name.startswith(("api/", "data/latest/")):
            wanted.pop(CACHE)  # by themselves these hosts ask again each time
        sent, policy = joined(text, root + name), set(wanted.pop(CSP).split("; "))
        obeyed = set(sent.pop(CSP).replace(", ", "; ").split("; "))  # of two policies a browser obeys both
        loose = {FRAMED, UNFRAMED} if is_framed(name) else set()
        assert obeyed | loose == policy | loose, name
        assert sent == wanted, name


def test_the_file_for_netlify_and_cloudflare_keeps_within_their_limits(tmp_path: Path) -> None:
    fill(tmp_path, "https://pijler.example/")
    found = blocks((tmp_path / "_headers").read_text("utf-8"))
    assert len(found) < 100
    assert all(pattern.count("*") <= 1 for pattern, _ in found)
    assert all(len(f"  {name}: {value}") < 2000 for _, headers in found for name, value in headers.items())
