"""The rules themselves; what servers make of them is tried in `test_hosting`."""

import re

import pytest

from vierdepijler.site.hosting_rules import ALLOWED, COMPRESSED, CSP, POLICY, RULES, TEXTS, TYPES, UTF8

CACHE = "Cache-Control"
DATA_FILES = ("csv", "json", "parquet", "sqlite", "xlsx", "zip")

CACHED_FOR_EVER = next(rule for rule in RULES if "immutable" in str(rule.headers))


def test_a_page_may_ask_nothing_of_another_host() -> None:
    assert set(ALLOWED.values()) == {"'self'", "'none'"}
    assert "http" not in POLICY
    assert all(rule.headers[CSP].startswith(POLICY) for rule in RULES if CSP in rule.headers)


def test_every_kind_of_file_has_one_type_and_text_says_its_charset() -> None:
    assert set(DATA_FILES) | set(TEXTS) <= set(TYPES)
    assert {extension for extension, kind in TYPES.items() if kind.endswith(UTF8)} == set(TEXTS)


def test_what_is_compressed_already_is_not_compressed_again() -> None:
    packed = {TYPES[extension] for extension in ("zip", "xlsx", "png", "parquet", "pdf")}
    assert packed.isdisjoint(COMPRESSED)
    assert TEXTS["html"] in COMPRESSED


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [
        ("data/1.0.0/a.csv", True),
        ("data/10.2.33/tables/a.parquet", True),
        ("data/1.0.0/index.html", False),
        ("data/latest/a.csv", False),
        ("data/1.0/a.csv", False),
        ("index.html", False),
    ],
)
def test_only_the_files_of_a_release_are_kept_for_a_year(address: str, *, is_kept: bool) -> None:
    assert bool(re.match(CACHED_FOR_EVER.where, address)) == is_kept
