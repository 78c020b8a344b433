"""The thirty-five best practices for Data on the Web of the W3C (https://www.w3.org/TR/dwbp/): followed or not."""

from collections.abc import Mapping

from .measured import Finding, all_or_nothing
from .practices_access import ACCESS
from .practices_described import DESCRIBED
from .practices_kept import KEPT
from .published_site import PublishedSite
from .quality import Measure


def _followed(measure: Measure) -> Measure:
    def followed(site: PublishedSite) -> Finding:
        return all_or_nothing(measure(site))

    return followed


MEASURED: Mapping[str, Measure] = {**DESCRIBED, **ACCESS, **KEPT}
PRACTICES: Mapping[str, Measure] = {metric: _followed(MEASURED[metric]) for metric in sorted(MEASURED)}
