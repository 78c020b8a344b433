"""The miniature with a past: figures that were revised or withdrawn, a row that is gone, a label that was corrected."""

from collections.abc import Mapping
from typing import Any

from conftest import Copy
from vierdepijler.core.package import Package
from vierdepijler.figures.figure_records import figure_index, table_document
from vierdepijler.writers.formats.publication import publication_of

TEXT = {"title": "t", "title_en": "t", "description": "d", "description_en": "d"}
RELEASES = (
    "version,released,changes_nl,changes_en\n"
    "1.0.0,2026-01-01,Eerste.,First.\n1.1.0,2026-02-01,Tweede.,Second.\n1.2.3,2026-03-01,Derde.,Third.\n"
)
FIRST = "Voor het eerst gepubliceerd.,First published."
HISTORY = f"""cell,version,value,reason_nl,reason_en
"counts.persons[2025-02-25,a]",1.0.0,3280,{FIRST}
"counts.persons[2025-02-25,a]",1.1.0,3290,Telfout hersteld.,Counting error mended.
"counts.persons[2025-02-25,b]",1.0.0,521,{FIRST}
"counts.persons[2025-02-25,c]",1.0.0,40,{FIRST}
"counts.persons[2025-02-25,c]",1.2.3,,Niemand telt dit.,Nobody counts this.
"counts.persons[2025-02-25,d]",1.0.0,12,{FIRST}
"counts.persons[2025-02-25,d]",1.1.0,13,,
"counts.persons[2025-02-25,d]",1.2.3,,De groep bestaat niet.,There is no such group.
derived_figures.value[total],1.0.0,3801,{FIRST}
derived_figures.value[total],1.1.0,3811,Volgt uit de telfout.,Follows from the counting error.
derived_figures.value[share_a],1.0.0,86.3,{FIRST}
derived_figures.value[how_many],1.0.0,4,{FIRST}
derived_figures.value[how_many],1.2.3,3,,
derived_figures.value[filled],1.0.0,2,{FIRST}
derived_figures.value[per_b],1.0.0,6.3,{FIRST}
derived_figures.value[more],1.0.0,2759,{FIRST}
derived_figures.value[more],1.1.0,2769,Volgt uit de telfout.,Follows from the counting error.
"""
CORRECTIONS = """table,key,field,old,new,revision_kind,reason_nl,reason_en,version
counts,"2025-02-25,a",persons,3280,3290,correction,Een blad was dubbel geteld.,A sheet was counted twice.,1.1.0
groups,a,label_nl,Groep 1,Groep één,text,Cijfer voluit.,Figure in words.,1.2.3
groups,e,*,,,scope,Die groep hoort hier niet.,That group has no place here.,1.2.3
"""
DERIVED_FIELDS = {
    "releases": ("version", "released", "changes_nl", "changes_en"),
    "figure_history": ("cell", "version", "value", "reason_nl", "reason_en"),
    "corrections": ("table", "key", "field", "old", "new", "revision_kind", "reason_nl", "reason_en", "version"),
}
KEYS = {
    "releases": "version",
    "figure_history": ["cell", "version"],
    "corrections": ["table", "key", "field", "version"],
}


def with_past(copy: Copy) -> Copy:
    """Give a copy of the miniature its past."""
    for name, content in {"releases": RELEASES, "figure_history": HISTORY, "corrections": CORRECTIONS}.items():
        copy.write(f"data/{name}.csv", content)
    return copy.change(_describe)


def _describe(descriptor: Any) -> None:
    for name, fields in DERIVED_FIELDS.items():
        described = [{"name": field, "type": "date" if field == "released" else "string", **TEXT} for field in fields]
        schema = {"fields": described, "primaryKey": KEYS[name]}
        role = name.replace("_", "-")
        descriptor["resources"].append(
            {"name": name, "role": role, "path": f"data/{name}.csv", **TEXT, "schema": schema}
        )


def lookup_of(package: Package, passports: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Give the index of the figures of a package, and the document of each table by its name."""
    documents = {table.name: table_document(package, table) for table in package.tables.values()}
    return figure_index(publication_of(package), passports), documents
