"""The words of others for what we publish: EU vocabularies, IANA, ADMS and those of Flanders, each by its URI.

Only what is used stands here. Sources: https://op.europa.eu/en/web/eu-vocabularies (authority tables),
https://www.iana.org/assignments/media-types, https://semiceu.github.io/ADMS, https://data.vlaanderen.be (codelists).
"""

from collections.abc import Mapping
from dataclasses import dataclass

EU = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
ADMS = "http://purl.org/adms/"
BELGIF = "vocab.belgif.be/auth/datatheme"

Texts = Mapping[str, str]  # a text by its language


@dataclass(frozen=True)
class Scheme:
    """A vocabulary: its URI and its title."""

    uri: str
    title: Texts


@dataclass(frozen=True)
class Concept:
    """A word of a vocabulary: its URI, its labels and the vocabulary."""

    uri: str
    label: Texts
    scheme: Scheme


@dataclass(frozen=True)
class Place:
    """A place: its concept, and the box around it and its middle in degrees (WGS 84: west, south, east, north)."""

    concept: Concept
    box: tuple[float, float, float, float]
    middle: tuple[float, float]


@dataclass(frozen=True)
class Theme:
    """A theme of data sets: for European portals and for those of Belgium, which have a list of their own."""

    european: Concept
    belgian: Concept


@dataclass(frozen=True)
class Licence:
    """A licence: its URI for European portals and for those of Flanders, and the kind of licence."""

    european: str
    flemish: str
    title: Texts
    kind: Concept


@dataclass(frozen=True)
class Standard:
    """A standard that something follows."""

    uri: str
    title: Texts


def _scheme(name: str, dutch: str, english: str) -> Scheme:
    return Scheme(EU + name, {"nl": dutch, "en": english})


def _concept(scheme: Scheme, code: str, dutch: str, english: str) -> Concept:
    return Concept(f"{scheme.uri}/{code}", {"nl": dutch, "en": english}, scheme)


ACCESS_RIGHTS = _scheme("access-right", "Toegangsrechten", "Access right")
AVAILABILITIES = _scheme("planned-availability", "Geplande beschikbaarheid", "Planned availability")
FILE_TYPES_LIST = _scheme("file-type", "Bestandstypes", "File type")
FREQUENCIES_LIST = _scheme("frequency", "Frequentie", "Frequency")
LANGUAGES_LIST = _scheme("language", "Talen", "Language")
PLACES_LIST = _scheme("atu", "Administratieve gebieden", "Administrative territorial unit")
THEMES_LIST = _scheme("data-theme", "Thema's van datasets", "Data theme")
BELGIAN_THEMES = Scheme(f"https://{BELGIF}", {"nl": "Thema's van data.gov.be", "en": "Themes of data.gov.be"})
CHANGES = Scheme(f"{ADMS}changetype/1.0", {"nl": "Soort wijziging", "en": "Change type"})
LICENCE_KINDS = Scheme(f"{ADMS}licencetype/1.0", {"nl": "Soort licentie", "en": "Licence type"})
PUBLISHER_KINDS = Scheme(f"{ADMS}publishertype/1.0", {"nl": "Soort uitgever", "en": "Publisher type"})
FLEMISH_KEYWORDS = Scheme(
    "https://metadata.vlaanderen.be/id/GDI-Vlaanderen-Trefwoorden",
    {"nl": "GDI-Vlaanderen Trefwoorden", "en": "GDI-Vlaanderen keywords"},
)

PUBLIC = _concept(ACCESS_RIGHTS, "PUBLIC", "openbaar", "public")
STABLE = _concept(AVAILABILITIES, "STABLE", "stabiel", "stable")
OPEN_DATA = Concept(
    f"{FLEMISH_KEYWORDS.uri}/VLOPENDATA", {"nl": "Vlaamse Open data", "en": "Flemish open data"}, FLEMISH_KEYWORDS
)
CREATED = Concept(f"{ADMS}changetype/created", {"nl": "nieuw", "en": "created"}, CHANGES)
PUBLIC_DOMAIN = Concept(
    f"{ADMS}licencetype/PublicDomain",
    {"nl": "Werk in het publiek domein", "en": "Work in the public domain"},
    LICENCE_KINDS,
)

FREQUENCIES: Mapping[str, Concept] = {
    "irregular": _concept(FREQUENCIES_LIST, "IRREG", "onregelmatig", "irregular"),
    "annual": _concept(FREQUENCIES_LIST, "ANNUAL", "jaarlijks", "annual"),
}
PUBLISHERS: Mapping[str, Concept] = {
    "non-profit": Concept(
        f"{ADMS}publishertype/NonProfitOrganisation",
        {"nl": "Organisatie zonder winstoogmerk", "en": "Non-profit organisation"},
        PUBLISHER_KINDS,
    ),
}
LANGUAGES: Mapping[str, Concept] = {
    "nl": _concept(LANGUAGES_LIST, "NLD", "Nederlands", "Dutch"),
    "en": _concept(LANGUAGES_LIST, "ENG", "Engels", "English"),
}


def _theme(code: str, dutch: str, english: str) -> Theme:
    belgian = Concept(f"http://{BELGIF}/{code}", {"nl": dutch, "en": english}, BELGIAN_THEMES)
    return Theme(_concept(THEMES_LIST, code, dutch, english), belgian)


THEMES: Mapping[str, Theme] = {
    "society": _theme("SOCI", "Bevolking en samenleving", "Population and society"),
    "government": _theme("GOVE", "Overheid en publieke sector", "Government and public sector"),
}
PLACES: Mapping[str, Place] = {
    "flanders": Place(
        _concept(PLACES_LIST, "BEL_RG_VLS", "Vlaams Gewest", "Flemish Region"),
        (2.54, 50.68, 5.92, 51.51),
        (4.23, 51.04),
    ),
}
LICENCES: Mapping[str, Licence] = {
    "CC0-1.0": Licence(
        f"{EU}licence/CC0",
        "https://data.vlaanderen.be/id/licentie/creative-commons-zero-verklaring/v1.0",
        {"nl": "Creative Commons Zero-verklaring 1.0", "en": "Creative Commons Zero 1.0"},
        PUBLIC_DOMAIN,
    ),
}


def _standard(uri: str, title: str) -> Standard:
    return Standard(uri, {"nl": title, "en": title})


PROFILE = _standard("http://data.europa.eu/r5r/", "DCAT-AP 3.0.1")
FLEMISH_PROFILE = _standard("https://data.vlaanderen.be/doc/applicatieprofiel/DCAT-AP-VL", "DCAT-AP Vlaanderen")


def _file_type(code: str, label: str) -> Concept:
    return _concept(FILE_TYPES_LIST, code, label, label)


# By the extension of a file; of one that the list does not know, `BINARY` says no more than that it is data.
FILE_TYPES: Mapping[str, Concept] = {
    "csv": _file_type("CSV", "CSV"),
    "json": _file_type("JSON", "JSON"),
    "xlsx": _file_type("XLSX", "XLSX"),
    "parquet": _file_type("PARQUET", "Parquet"),
    "zip": _file_type("ZIP", "ZIP"),
}
BINARY = _file_type("BIN", "BIN")

# The standards of the forms that we publish in, by their names; the CSV for Belgian Excel follows none.
STANDARDS: Mapping[str, Standard] = {
    "csv": _standard("https://www.rfc-editor.org/info/rfc4180", "RFC 4180"),
    "json": _standard("https://www.rfc-editor.org/info/rfc8259", "RFC 8259"),
    "xlsx": _standard("https://www.iso.org/standard/71691.html", "ISO/IEC 29500-1"),
    "datapackage": _standard("https://datapackage.org/profiles/2.0/datapackage.json", "Data Package 2.0"),
}
