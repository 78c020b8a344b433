"""The index of the search, as MkDocs wrote it from the pages, with what else can be found in it.

The pages of tables and of passports are left out: each of their columns and figures is an entry of its own, and
the cells of sixty tables would drown the rest.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from .search_entries import Entry

MARK = re.compile(r"<sup>.*?</sup>")  # of a source, which says nothing away from its page
UNSEEN = ""  # the kind of what is not found itself
INDEX = "search/search_index.json"


def complete_index(folder: Path, entries: Iterable[Entry], made: Mapping[str, str]) -> None:
    """Add entries to the index in the folder of a language; `made` has the titles of the pages they are parts of.

    Such a page must be there itself, for the theme to know its entries by, and is not found.
    """
    path = folder / INDEX
    if not path.is_file():
        return  # the site has no search
    index = json.loads(path.read_text("utf-8"))
    added = [entry.document() for entry in entries]
    known = {document["location"] for document in added}
    written = [{**document, "text": MARK.sub("", document["text"])} for document in index["docs"]]
    unseen = [
        {"location": address, "title": title, "text": "", "kind": UNSEEN}
        for address, title in made.items()
        if address not in known
    ]
    index["docs"] = [*written, *unseen, *added]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
