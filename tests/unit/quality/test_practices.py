"""The thirty-five best practices of the W3C."""

import json

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.measured import Finding
from vierdepijler.scoring.practices import MEASURED, PRACTICES


def test_all_thirty_five_are_there_in_their_order() -> None:
    assert list(PRACTICES) == [f"bp-{number:02}" for number in range(1, 36)]


def test_a_practice_that_is_followed_in_part_is_not_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = SiteCopy(tmp_path_factory.mktemp("site"))
    keys = [{"fields": "a", "reference": {"resource": name, "fields": "a"}} for name in ("t", "none")]
    descriptor = {"resources": [{"name": "t", "schema": {"foreignKeys": keys}}]}
    copy.write("data/latest/datapackage.json", json.dumps(descriptor))
    assert MEASURED["bp-28"](copy.site) == Finding(1, 2)
    assert PRACTICES["bp-28"](copy.site) == Finding(0, 1)
