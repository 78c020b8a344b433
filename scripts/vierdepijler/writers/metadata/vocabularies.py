"""The words of others for what we publish: EU vocabularies, IANA, ADMS and those of Flanders, each by its URI.

Only what is used stands here; `vocabularies.json` says of each, in JSON-LD, what it is called and of which list it is.
Sources: https://op.europa.eu/en/web/eu-vocabularies (authority tables), https://www.iana.org/assignments/media-types,
https://semiceu.github.io/ADMS, https://data.vlaanderen.be (codelists).
"""

from collections.abc import Mapping
from dataclasses import dataclass

EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"

Texts = Mapping[str, str]  # a text by its language


@dataclass(frozen=True)
class Place:
    """A place, the box around it and its middle in degrees (WGS 84: west, south, east, north)."""

    uri: str
    label: Texts
    box: tuple[float, float, float, float]
    middle: tuple[float, float]


# What a descriptor may name, with the URI of each; of a theme that of European portals, and that of Belgian ones.
THEMES: Mapping[str, tuple[str, str]] = {
    name: (f"{EU}data-theme/{code}", f"http://vocab.belgif.be/auth/datatheme/{code}")
    for name, code in {"society": "SOCI", "government": "GOVE"}.items()
}
FREQUENCIES: Mapping[str, str] = {"irregular": f"{EU}frequency/IRREG", "annual": f"{EU}frequency/ANNUAL"}
PUBLISHERS: Mapping[str, str] = {"non-profit": "http://purl.org/adms/publishertype/NonProfitOrganisation"}
LANGUAGES: Mapping[str, str] = {"nl": f"{EU}language/NLD", "en": f"{EU}language/ENG"}
PLACES: Mapping[str, Place] = {
    "flanders": Place(
        f"{EU}atu/BEL_RG_VLS",
        {"nl": "Vlaams Gewest", "en": "Flemish Region"},
        (2.54, 50.68, 5.92, 51.51),
        (4.23, 51.04),
    ),
}
# DCAT-AP Vlaanderen allows one licence: that is the European URI, and the Flemish one stands beside it.
LICENCES: Mapping[str, tuple[str, str]] = {
    "CC0-1.0": (
        f"{EU}licence/CC0",
        "https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0",
    ),
}
# By the extension of a file; of one that the list does not know, `BINARY` says no more than that it is data.
FILE_TYPES: Mapping[str, str] = {
    extension: f"{EU}file-type/{extension.upper()}" for extension in ("csv", "json", "xlsx", "parquet", "zip")
}
BINARY = f"{EU}file-type/BIN"
# The standards of the forms that we publish in, by their names; the CSV for Belgian Excel follows none.
STANDARDS: Mapping[str, str] = {
    "csv": "https://www.rfc-editor.org/info/rfc4180",
    "json": "https://www.rfc-editor.org/info/rfc8259",
    "xlsx": "https://www.iso.org/standard/71691.html",
    "datapackage": "https://datapackage.org/profiles/2.0/datapackage.json",
}
