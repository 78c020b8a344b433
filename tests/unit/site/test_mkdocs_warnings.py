"""Every warning of MkDocs is gathered while it builds, and nothing is left behind in its logger."""

import logging

import pytest

from vierdepijler.site.mkdocs_warnings import warnings_of_mkdocs


def test_warnings_are_gathered_in_their_order_and_remarks_are_not() -> None:
    with warnings_of_mkdocs() as warnings:
        logging.getLogger("mkdocs.structure.nav").warning("the page %r is not there", "een.md")
        logging.getLogger("mkdocs").info("building")
        logging.getLogger("mkdocs.commands").error("it cannot be written")
        logging.getLogger("another").warning("not of MkDocs")
    assert warnings == ["the page 'een.md' is not there", "it cannot be written"]


def test_nothing_is_gathered_afterwards() -> None:
    before = list(logging.getLogger("mkdocs").handlers)
    with warnings_of_mkdocs() as warnings:
        pass
    logging.getLogger("mkdocs").warning("too late")
    assert warnings == []
    assert logging.getLogger("mkdocs").handlers == before


def test_nothing_is_gathered_after_a_build_that_failed() -> None:
    before = list(logging.getLogger("mkdocs").handlers)
    with pytest.raises(ValueError, match="no page"), warnings_of_mkdocs():
        raise ValueError("no page")
    assert logging.getLogger("mkdocs").handlers == before
