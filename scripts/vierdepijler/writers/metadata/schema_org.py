"""schema.org: what search engines read in the head of a page, and Croissant for those who train models.

What Google Dataset Search asks: https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vierdepijler.core.tables import Descriptor, published_tables

from .catalogues import Catalogue, Dataset, Distribution, Period, Place, Texts, Variable, translations
from .citations import render_bibtex

SHORTEST = 50  # characters of a description that Google takes


def describe_catalogue(catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Describe the catalogue with every data set in it, in one language."""
    return {
        "@context": "https://schema.org/",
        **_catalogue(catalogue, language),
        "description": _in(catalogue.description, language),
        "publisher": _publisher(catalogue),
        **({"license": catalogue.licence_address} if catalogue.licence_address else {}),
        "inLanguage": list(catalogue.languages),
        "dataset": [_dataset(catalogue, dataset, language, "") for dataset in catalogue.datasets],
    }


def describe_contents(catalogue: Catalogue, language: str) -> dict[str, Any]:
    """Describe the catalogue in short: which data sets are in it, and where each is described."""
    short = [
        {"@type": "Dataset", "@id": one.uri, "name": _in(one.title, language), "url": catalogue.address(one.page)}
        for one in catalogue.datasets
    ]
    return {**describe_catalogue(catalogue, language), "dataset": short}


def describe_dataset(catalogue: Catalogue, dataset: Dataset, language: str, page: str) -> dict[str, Any]:
    """Describe one data set in the language of a page; `page` is the full address of that page."""
    return {"@context": "https://schema.org/", **_dataset(catalogue, dataset, language, page)}


def describe_page(title: str, description: str, language: str, trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Describe a page that is about no data set; `trail` names the pages that lead to it, itself the last."""
    address = trail[-1][1]
    return {
        "@context": "https://schema.org/",
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        "inLanguage": language,
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": item}
                for place, (name, item) in enumerate(trail, start=1)
            ],
        },
    }


def _catalogue(catalogue: Catalogue, language: str) -> dict[str, Any]:
    return {
        "@type": "DataCatalog",
        "@id": catalogue.uri,
        "name": _in(catalogue.title, language),
        "url": catalogue.address(catalogue.whole.page),
    }


def _dataset(catalogue: Catalogue, dataset: Dataset, language: str, page: str) -> dict[str, Any]:
    names = [title for other, title in dataset.title.items() if other != language]
    content: dict[str, Any] = {
        "@type": "Dataset",
        "@id": dataset.uri,
        "name": _in(dataset.title, language),
        "alternateName": names,
        "description": _description(catalogue, dataset, language),
        "url": page or catalogue.address(dataset.page),
        "identifier": dataset.uri,
        "version": catalogue.version,
        "keywords": list(dataset.keywords.get(language, ())),
        "license": catalogue.licence_address,
        "isAccessibleForFree": True,
        "inLanguage": list(catalogue.languages),
        "creator": _publisher(catalogue),
        "publisher": _publisher(catalogue),
        "datePublished": catalogue.issued[:10],
        "dateModified": catalogue.date,
        "temporalCoverage": _period(dataset.period),
        "spatialCoverage": [_place(place, language) for place in catalogue.places],
        "measurementTechnique": _in(catalogue.provenance, language),
        "variableMeasured": [_variable(variable, language) for variable in dataset.variables],
        "isBasedOn": [
            {"@type": "CreativeWork", "@id": origin.uri, "name": origin.title} for origin in catalogue.origins
        ],
        "includedInDataCatalog": _catalogue(catalogue, language),
        "hasPart": [{"@type": "Dataset", "@id": part} for part in dataset.parts],
        "isPartOf": {"@type": "Dataset", "@id": dataset.whole} if dataset.whole else None,
        "distribution": [_download(file, language) for file in dataset.distributions],
    }
    return {name: value for name, value in content.items() if value not in (None, "", [])}


def _in(texts: Texts, language: str) -> str:
    """Give a text in a language, or else in the main one."""
    return texts.get(language) or next(iter(texts.values()), "")


def _description(catalogue: Catalogue, dataset: Dataset, language: str) -> str:
    """Give what the data set is; of one that says little, also what the whole is."""
    own = _in(dataset.description, language)
    return own if len(own) >= SHORTEST else " ".join(filter(None, [own, _in(catalogue.whole.description, language)]))


def _publisher(catalogue: Catalogue) -> dict[str, Any]:
    agent = catalogue.publisher
    contact = {"@type": "ContactPoint", "contactType": "customer service", "email": agent.email}
    return {
        "@type": "Organization",
        "@id": agent.uri,
        "name": agent.name,
        "url": agent.homepage,
        **({"contactPoint": contact} if agent.email else {}),
    }


def _period(period: Period | None) -> str:
    return f"{period.start.isoformat()}/{period.end.isoformat()}" if period else ""


def _place(place: Place, language: str) -> dict[str, Any]:
    west, south, east, north = place.box
    shape = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return {"@type": "Place", "name": _in(place.label, language), "sameAs": place.uri, "geo": shape}


def _variable(variable: Variable, language: str) -> Mapping[str, str]:
    content = {
        "@type": "PropertyValue",
        "name": _in(variable.title, language) or variable.name,
        "propertyID": variable.name,
        "description": _in(variable.description, language),
        "unitText": _in(variable.unit_label, language) or variable.unit,
    }
    return {name: value for name, value in content.items() if value}


def _download(file: Distribution, language: str) -> Mapping[str, str]:
    return {
        "@type": "DataDownload",
        "@id": file.uri,
        "name": _in(file.title, language) or file.name,
        "contentUrl": file.address,
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


VERSION = "http://mlcommons.org/croissant/1.1"
TYPES: Mapping[str, str] = {
    "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
    "datetime": "sc:DateTime", "time": "sc:Time",
}  # fmt: skip
CONTEXT: Mapping[str, Any] = json.loads(Path(__file__).with_name("croissant_context.json").read_text("utf-8"))


def describe_croissant(catalogue: Catalogue, descriptor: Descriptor) -> dict[str, Any]:
    """Describe the whole package: every CSV as a file, and every table as a set of records.

    Foreign keys are left to the other metadata: mlcroissant 1.1 joins tables along them, which loses and repeats rows.
    """
    whole = catalogue.whole
    content = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "@id": whole.uri,
        "conformsTo": VERSION,
        "name": whole.title,
        "description": whole.description,
        "license": catalogue.licence_address,
        "url": catalogue.address(whole.page),
        "version": catalogue.version,
        "datePublished": catalogue.date,
        "citeAs": render_bibtex(catalogue, whole),
        "creator": {"@type": "sc:Organization", "name": catalogue.publisher.name, "url": catalogue.publisher.homepage},
        "keywords": [word for words in whole.keywords.values() for word in words],
        "inLanguage": list(catalogue.languages),
        "distribution": [_file(catalogue, resource) for resource in published_tables(descriptor)],
        "recordSet": [_records(descriptor, resource) for resource in published_tables(descriptor)],
    }
    return {name: value for name, value in content.items() if value not in ("", {})}


def _file(catalogue: Catalogue, resource: Descriptor) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "contentUrl": catalogue.download(resource["path"]),
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _records(descriptor: Descriptor, resource: Descriptor) -> dict[str, Any]:
    name, schema = resource["name"], resource.get("schema", {})
    key = schema.get("primaryKey", ())
    keys = [{"@id": f"{name}/{field}"} for field in ([key] if isinstance(key, str) else key)]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        **_described(resource, descriptor),
        **({"key": keys} if keys else {}),
        "field": [_field(descriptor, resource, field) for field in schema.get("fields", ())],
    }


def _field(descriptor: Descriptor, resource: Descriptor, field: Descriptor) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        **_described(field, descriptor),
        "dataType": TYPES.get(field.get("type", "string"), "sc:Text"),
        "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
    }


def _described(part: Descriptor, descriptor: Descriptor) -> dict[str, Any]:
    description = translations(part, descriptor, "description")
    return {"description": description} if description else {}
