"""What is published, and where: what every writer of a format knows beside the table that it writes."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vierdepijler.core.messages import say
from vierdepijler.core.package import Package
from vierdepijler.core.problems import ContentError, Problem, quoted

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
SETTING = "SITE_URL"  # in the environment: another address than that of the descriptor
DOWNLOADS = "data"  # the folder of the site with everything that is published
LATEST = "latest"  # the folder in it with the package as it is now


@dataclass(frozen=True)
class Publication:
    """A package that is being published; `url` is the address of its site, with a slash at the end."""

    package: Package
    url: str

    @property
    def folder(self) -> str:
        """The address of the folder with the files of the package as it is now, with a slash at the end."""
        return f"{self.url}{DOWNLOADS}/{LATEST}/"

    def address(self, file: str) -> str:
        """Give the full address of a published file."""
        return self.folder + file

    @property
    def descriptor(self) -> Mapping[str, Any]:
        """The descriptor of the package, with the address that it is published at as its `homepage`."""
        return {**self.package.descriptor, "homepage": self.url}


def publication_of(package: Package, environment: Mapping[str, str] = os.environ) -> Publication:
    """Find out where a package is published: at SITE_URL, or else at the `homepage` of its descriptor.

    Raises `ContentError` where neither is the address of a site: metadata that say where the data are need one.
    """
    url = environment.get(SETTING, str(package.descriptor.get("homepage", "")))
    if ADDRESS.fullmatch(url):
        return Publication(package, url.rstrip("/") + "/")
    todo = say("write https:// and a host, and a folder if need be")
    if SETTING in environment:
        what = say("{address} is not the address of a site", address=quoted(url))
        raise ContentError([Problem(say("SITE_URL of the environment"), 0, "", what, todo)])
    what = say("the package does not say at which address it is published")
    if url:
        what = say("{address} is not the address of a site", address=quoted(url))
    raise ContentError([Problem(package.path.name, 0, "homepage", what, todo)], package.root)
