"""The index of the search, as MkDocs wrote it from the pages, with what else can be found in it.

The pages of tables and of passports are left out: each of their columns and figures is an entry of its own, and
the cells of sixty tables would drown the rest.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from .search_entries import Entry

MARK = re.compile(r"<sup>.*?</sup>")  # of a source, which says nothing away from its page
UNSEEN = ""  # the kind of what is not found itself
INDEX = "search/search_index.json"
Document = Mapping[str, Any]


def complete_index(folder: Path, entries: Iterable[Entry], replaced: AbstractSet[str]) -> None:
    """Add entries to the index in the folder of a language; of the pages in `replaced` only the names stay."""
    path = folder / INDEX
    if not path.is_file():
        return  # the site has no search
    index = json.loads(path.read_text("utf-8"))
    found = list(entries)
    known = {entry.location for entry in found}
    index["docs"] = [*_kept(index["docs"], replaced, known), *(entry.document() for entry in found)]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _kept(documents: Iterable[Document], replaced: AbstractSet[str], added: AbstractSet[str]) -> Iterator[Document]:
    """Keep what people wrote; a page whose parts are entries must stay itself, for the theme to know them by."""
    for document in documents:
        page, _, place = document["location"].partition("#")
        if page not in replaced:
            yield {**document, "text": MARK.sub("", document["text"])}
        elif not place and page not in added:
            yield {**document, "text": "", "kind": UNSEEN}
