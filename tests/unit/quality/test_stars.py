"""Five-star open data: every star can be lost, and with it those above."""

from collections.abc import Callable, Mapping

import pytest

from site_copies import SiteCopy
from vierdepijler.scoring.stars import STARS

OWN = "https://vierde-pijler.example/own"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
SPOILS: Mapping[str, Callable[[SiteCopy], object]] = {
    "star-1": lambda copy: copy.say("dct:license", OWN),
    "star-2": lambda copy: copy.say("dct:format", f"{FILE_TYPE}PDF"),
    "star-3": lambda copy: copy.say("dct:format", f"{FILE_TYPE}XLSX"),
    "star-4": lambda copy: copy.remove("data/completions.html"),
    "star-5": lambda copy: copy.say("dct:spatial", OWN, "dcat:Dataset"),
}


@pytest.mark.parametrize("star", STARS)
def test_a_star_can_be_lost_with_all_above_it(copy: SiteCopy, star: str) -> None:
    assert all(measure(copy.site).is_full for measure in STARS.values())
    SPOILS[star](copy)
    kept = [name for name, measure in STARS.items() if measure(copy.site).is_full]
    assert kept == list(STARS)[: list(STARS).index(star)]
