"""Terms explained where they stand: a word that opens its explanation from the glossary, without a script.

A button opens a popover (HTML, popover attribute): the browser itself opens it with Enter, closes it with Escape and
tells a screen reader whether it is open. All of it may stand within a paragraph. The search of the theme leaves out
what it is told to until the next end of an element of that name, so it is a `small` with no other in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from vierdepijler.core.cells import AddressError, Cell, find_field, find_rows, find_table, row_anchor

from .escaping import escape
from .figures import Presenter

TERMS = "terms"
GLOSSARY_PAGE = "glossary"
PATTERN = Markup(
    '<span class="term"><button class="term__word" type="button" popovertarget="{id}">{word}</button>'
    '<small class="term__note" id="{id}" popover role="group" aria-labelledby="{id}-name" data-search-exclude>'
    '<strong class="term__name" id="{id}-name">{name}</strong> <span class="term__text">{text}</span>'
    '<span class="term__more"> <a href="{address}">{more}</a></span></small></span>'
)


@dataclass(frozen=True)
class Terms:
    """Explains the terms of one page; `shown` gathers the codes of those that it explained already."""

    presenter: Presenter
    shown: set[str] = field(default_factory=set)

    def term(self, code: str, word: str = "") -> Markup:
        """Show a term of the glossary with its explanation, the first time on the page; later just the word.

        `word` is how the text has it: `term("call", "oproepen")`. Raises `AddressError` for a code that the glossary
        does not have, and for a word with a digit in it.
        """
        label = self._cell(code, "label")
        written = word or as_in_a_sentence(str(label.value))
        if re.search(r"\d", written):
            raise AddressError(f"the word '{written}' for the term '{code}' has a number in it")
        if code in self.shown:
            return Markup(escape(written))
        self.shown.add(code)
        return PATTERN.format(
            id=f"term-{label.anchor.rpartition('.')[0]}",
            word=Markup(escape(written)),
            name=Markup(self.presenter.value(label)),
            text=Markup(self.presenter.value(self._cell(code, "description"))),
            address=Markup(f"{self.presenter.address_of(GLOSSARY_PAGE)}#{row_anchor(label.key)}"),
            more=Markup(escape(self.presenter.words["all_terms"])),
        )

    def _cell(self, code: str, name: str) -> Cell:
        table = find_table(self.presenter.package, TERMS)
        rows = find_rows(table, {"code": code})
        if not rows:
            known = ", ".join(self._codes())
            raise AddressError(f"the glossary has no term '{code}' (there are: {known})")
        return Cell(table, rows[0], find_field(table, f"{name}_{self.presenter.language}"))

    def _codes(self) -> Iterator[str]:
        return (key[0] for key in find_table(self.presenter.package, TERMS).row_keys)


def as_in_a_sentence(label: str) -> str:
    """Write a label as it stands within a sentence: with a small letter, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
