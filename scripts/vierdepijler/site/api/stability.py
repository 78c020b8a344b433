"""The promise that addresses last: what was there in a release is still there, or something says what replaced it."""

from collections.abc import Iterable, Sequence

from .endpoint import ROOT, Api
from .endpoints import ENDPOINTS


def api_addresses(api: Api) -> list[str]:
    """Give the address of every answer, counted from the root of the site, in order."""
    return sorted(ROOT + path for endpoint in ENDPOINTS for path in endpoint.paths(api))


def lost(before: Iterable[str], now: Iterable[str], replaced: Iterable[str] = ()) -> Sequence[str]:
    """Give the addresses of the API that a release had, that are not there now, and for which nothing came instead."""
    kept = {*now, *replaced}
    return sorted({address for address in before if address.startswith(ROOT)} - kept)
