"""The judgement of what somebody pastes: a table, a link, or a text with numbers and dates in it."""

from .figure_check import check_values
from .findings import UNKNOWN, UNREADABLE, Document, Judgement
from .link_check import Tables, check_links
from .links import has_link, leads
from .pasted_tables import read_pasted
from .table_check import check_table


def judge(text: str, index: Document, tables: Tables) -> Judgement:
    """Say what became of the figures in a text.

    `index` is the document of all figures; `tables` gives that of one table, or None where it cannot be had.
    """
    text = text.replace("\ufeff", "")  # a mark of how a file is written; inside a text it cannot be seen
    if not text.strip():
        return Judgement("nothing", UNREADABLE, why="empty")
    if pasted := read_pasted(text, index):
        return check_table(pasted, index, tables)
    if found := leads(text, index):
        return check_links(found, index, tables)
    if has_link(text):
        return Judgement("link", UNKNOWN, why="no-such-page")
    return check_values(text, index)
