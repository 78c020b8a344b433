"""The files with metadata: those of the whole catalogue, beside the package that they are about."""

import json
from pathlib import Path

from .catalogues import Catalogue
from .dcat import SYNTAXES, render_catalogue
from .describing import DESCRIPTOR, catalogue_of

CATALOGUE = "catalog"


def write_catalogue(latest: Path) -> None:
    """Describe the package in the folder `latest`, and all its files, in the folder that holds that one."""
    catalogue = _read(latest)
    for extension in SYNTAXES:
        path = latest.with_name(f"{CATALOGUE}.{extension}")
        path.write_text(render_catalogue(catalogue, extension), encoding="utf-8", newline="\n")


def _read(latest: Path) -> Catalogue:
    return catalogue_of(json.loads((latest / DESCRIPTOR).read_text("utf-8")), latest)
