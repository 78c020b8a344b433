"""What leads to what: a source and an item for each figure, a reason for each gap, an answer for what was not known."""

import difflib
from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vierdepijler.core.cells import ADDRESS, ITEM, ORIGIN, SOURCE, AddressError, is_figure, select
from vierdepijler.core.package import Package
from vierdepijler.core.problems import Problem, quoted, say
from vierdepijler.core.tables import Role, Table, cell_text
from vierdepijler.core.times import (
    ANSWERED_BY,
    EARLIER,
    LATER_CELL,
    addresses_of,
    entries_named,
    said_after_all,
    source_day,
)

from .rule import Mask, PackageRule, TableRule, column_texts, in_column, is_whole, truth_mask

HELD, CARRIES = "document_sha256", "carries"


def check_origin(table: Table) -> Iterator[Problem]:
    """Find figures without source, item, the figure as it is printed there, its strength, or one end of a range."""
    for field in table.fields:
        printed, noted = field.property("printedIn"), field.property("notedIn")
        if printed is not None:
            is_noted = _is_given(table, noted) if noted in table.field_names and noted else None
            yield from _without(table, field.name, (*ORIGIN, printed), unless=is_noted)
        elif noted is not None:
            yield from _without(table, field.name, (SOURCE, noted))
        if strength := field.property("strengthIn"):
            yield from _without(table, field.name, (strength,))
        if (upper := field.property("upperIn")) in table.field_names and upper is not None:
            is_higher = pc.greater(table.column(upper), table.column(field.name))
            alone = pc.and_(pc.is_valid(table.column(upper)), pc.invert(pc.fill_null(is_higher, fill_value=False)))
            todo = say("fill in both ends, or leave '{name}' empty where it is one number", name=upper)
            yield from in_column(table, upper, alone, partial(say, "{cell} is the upper end of no range"), todo)


def _without(table: Table, field: str, needed: Iterable[str], unless: Mask | None = None) -> Iterator[Problem]:
    """Find figures without what they need beside them; what was noted of a source is not asked for its print."""
    has_value = _is_given(table, field)
    for beside in needed:
        if beside not in table.field_names:
            continue  # the rule `pointers` tells
        wrong = has_value & _is_empty(table, beside)
        if unless is not None and beside != SOURCE:
            wrong &= ~unless
        what = partial(say, "a figure stands here without its '{name}'", name=beside)
        # The figure is named by its field, for the empty cell beside it says nothing.
        yield from in_column(table, field, wrong, what, say("fill in '{name}'", name=beside))


def check_reasons(table: Table) -> Iterator[Problem]:
    """Find cells that are empty without a reason, and reasons for cells that are not empty."""
    by_reason: dict[str, list[str]] = {}
    for field in table.fields:
        if (reason := field.property("reasonIn")) in table.field_names and reason is not None:
            by_reason.setdefault(reason, []).append(field.name)
    for reason, fields in by_reason.items():
        empty, given = {name: _is_empty(table, name) for name in fields}, ~_is_empty(table, reason)
        # A row has one reason: the first of its empty cells asks for it.
        unexplained = ~given
        for name in fields:
            yield from in_column(
                table,
                name,
                empty[name] & unexplained,
                partial(say, "the cell is empty without a reason"),
                say("fill it in, or give the reason in '{name}'", name=reason),
            )
            unexplained = unexplained & ~empty[name]
        yield from in_column(
            table,
            reason,
            given & ~np.logical_or.reduce(list(empty.values())),
            partial(say, "{cell} explains an empty cell, but none is empty"),
            say("empty this cell"),
        )


def _is_given(table: Table, field: str) -> Mask:
    return ~_is_empty(table, field)


def _is_empty(table: Table, field: str) -> Mask:
    return truth_mask(pc.is_null(table.column(field)))


def check_source_list(package: Package) -> Iterator[Problem]:
    """Compare the sources in the descriptor with the table of sources, by title and address."""
    table = package.table_of(Role.SOURCES)
    if table is None or not {"title", "address"} <= set(table.field_names):
        return
    listed = [(str(s.get("title", "")), str(s.get("path", ""))) for s in package.descriptor.get("sources", ())]
    in_descriptor = set(listed)
    rows = list(zip(table.text("title").to_pylist(), table.text("address").to_pylist(), strict=True))
    yield from in_column(
        table,
        "title",
        np.array([row not in in_descriptor for row in rows], dtype=bool),
        partial(say, "the descriptor does not list {cell} among its sources, with this address"),
        say("add it to 'sources' in the descriptor"),
    )
    known = set(rows)
    for number, source in enumerate(listed):
        if source not in known:
            what = say(
                "the table '{table}' has no {title} with this address", table=table.name, title=quoted(source[0])
            )
            todo = say("add it there, or remove it here")
            yield package.problem(("sources", number), f"sources.{number + 1}", what, todo)


def check_sources_used(package: Package) -> Iterator[Problem]:
    """Find sources that no row of another table comes from."""
    table = package.table_of(Role.SOURCES)
    if table is None or len(table.primary_key) != 1 or not is_whole(package):
        return
    key = table.primary_key[0]
    naming = [
        other.text(field.name).unique()
        for other in package.tables.values()
        if other is not table and set(ORIGIN) != set(other.primary_key)
        for field in other.fields
        if field.name == key or field.name.endswith(f"_{key}")
    ]
    if not naming:
        return
    yield from in_column(
        table,
        key,
        pc.invert(pc.is_in(table.text(key), value_set=pa.concat_arrays(naming))),
        partial(say, "nothing comes from the source {cell}"),
        say("remove the source, or name it where it was used"),
    )


def check_fingerprints(package: Package) -> Iterator[Problem]:
    """Find items of a document that we hold without a sentence, and sentences that carry what is not there."""
    sources, items, sentences = map(package.table_of, (Role.SOURCES, Role.ITEMS, Role.SENTENCES))
    if sources is None or items is None or sentences is None or not is_whole(package):
        return
    held = truth_mask(pc.is_in(items.text(SOURCE), value_set=sources.text(SOURCE).filter(_is_given(sources, HELD))))
    known = set(_pairs(sentences))
    yield from in_column(
        items,
        ITEM,
        held & np.array([pair not in known for pair in _pairs(items)], dtype=bool),
        partial(say, "no sentence of the item {cell} is recorded"),
        say("add its rows to '{table}'; add_answer.py drafts those of an answer", table=sentences.name),
    )
    for row, carried in enumerate(sentences.text(CARRIES).to_pylist()):
        for address in filter(None, carried.split(";")):
            try:
                select(package, address)
            except AddressError as error:
                reason = error.args[0]
                yield Problem(sentences.file, sentences.lines[row], CARRIES, reason, say("name a cell that is there"))


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    return zip(*(table.text(name).to_pylist() for name in ORIGIN), strict=True)


def check_use(package: Package) -> Iterator[Problem]:
    """Find rows of a code list (or of another table with `mustBeUsed`) that no row of another table leads to."""
    if not is_whole(package):
        return
    leading: dict[str, list[pa.Array]] = {}
    for table in package.tables.values():
        for key in table.foreign_keys:
            if len(key.fields) == 1 and key.table != table.name and key.table in package.tables:
                leading.setdefault(key.table, []).append(_used(table, key.fields[0]))
    for name, columns in leading.items():
        table = package.tables[name]
        by_default = table.primary_key == ("code",)
        if len(table.primary_key) != 1 or not table.descriptor.get("mustBeUsed", by_default):
            continue
        used = pa.concat_arrays([*columns, _units(package, table)])
        yield from in_column(
            table,
            table.primary_key[0],
            pc.invert(pc.is_in(column_texts(table.column(table.primary_key[0])), value_set=used)),
            partial(say, "no row of another table leads to {cell}"),
            say("remove the row, or use it"),
        )


def _used(table: Table, field: str) -> pa.Array:
    """Give the values of a column as texts, each once: there are few, however many rows name them."""
    return column_texts(table.column(field).unique().drop_null())


def _units(package: Package, table: Table) -> pa.Array:
    """Give the units that fields declare, which use the rows of the table of units too."""
    tables = package.tables.values() if table.role == Role.UNITS else ()
    return pa.array([unit for t in tables for f in t.fields if (unit := f.property("unit"))], pa.string())


REFERENCE_RULES = (
    TableRule("origin", check_origin),
    TableRule("reasons", check_reasons),
    PackageRule("unused-codes", check_use),
    PackageRule("sources-used", check_sources_used),
    PackageRule("source-list", check_source_list),
    PackageRule("fingerprints", check_fingerprints),
)


SAYS = "notKnown"  # of a resource: the entries of the register that its caveat says are not known
SIMILAR = 0.8  # how much a slip looks like the name of a table that is there


def check_answers(package: Package) -> Iterator[Problem]:
    """Find addresses in the register to which no answer could ever come, and caveats that no longer hold."""
    table = package.table_of(Role.UNKNOWNS)
    if table is None or ANSWERED_BY not in table.field_names:
        return
    is_sound = True
    for row in range(table.rows):
        for address in addresses_of(table, row):
            if slip := _slip(package, address):
                is_sound = False
                yield Problem(table.file, table.lines[row], ANSWERED_BY, slip, say("correct the address"))
    if is_sound:
        yield from _caveats(package)


def _slip(package: Package, address: str) -> str:
    """Say what is wrong with an address: a table may still have to come, but not one that is called almost alike."""
    parts = ADDRESS.match(address)
    if parts is None or not parts["field"]:
        return say("{address} is not the address of a cell or column", address=quoted(address))
    if parts["table"] in package.tables:
        try:
            select(package, f"{parts['table']}.{parts['field']}")
        except AddressError as error:
            return error.args[0] if error.args else ""
    elif near := difflib.get_close_matches(parts["table"], package.tables, 1, SIMILAR):
        return say("there is no table '{name}'; there is '{near}'", name=parts["table"], near=near[0])
    return ""


def _caveats(package: Package) -> Iterator[Problem]:
    for table in package.tables.values():
        codes = table.descriptor.get(SAYS, ())
        for told in filter(None, (said_after_all(package, entry) for entry in entries_named(package, codes))):
            todo = say("write another caveat, and take the code out of '{name}'", name=SAYS)
            yield package.problem(("resources", table.name, SAYS), f"{table.name}.caveat", told, todo)


def check_statements(package: Package) -> Iterator[Problem]:
    """Find rows about what a later source says of a figure, of which a figure is not there or the source not later."""
    table = package.table_of(Role.LATER)
    if table is None or not {EARLIER, LATER_CELL, SOURCE} <= set(table.field_names):
        return
    for row in range(table.rows):
        for name in (EARLIER, LATER_CELL):
            if slip := _unfit(package, table, row, name):
                yield Problem(table.file, table.lines[row], name, slip, say("correct the address or the source"))
                break


def _unfit(package: Package, table: Table, row: int, name: str) -> str:
    """Say why an address cannot be that of the earlier figure, or of the one that the later source gives."""
    address, source = cell_text(table.value(row, name)), cell_text(table.value(row, SOURCE))
    if name == LATER_CELL and not address:
        return ""
    try:
        cells = select(package, address).cells
    except AddressError as error:
        return str(error)
    own = cells[0].beside(SOURCE) if len(cells) == 1 and is_figure(cells[0]) and cells[0].address == address else None
    if own is None:
        return say("{address} is not the address of one figure with a source", address=quoted(address))
    if name == LATER_CELL:
        is_of_source = cell_text(own.value) == source
        return "" if is_of_source else say("{address} is not of the source {source}", address=address, source=source)
    if source_day(package, source) > source_day(package, cell_text(own.value)):
        return ""
    return say("nothing says that the source {source} is later than that of {address}", source=source, address=address)


def check_later(package: Package) -> Iterator[Problem]:
    """Find what a later source answers, or is said to say of a figure, where it does not or no longer holds."""
    yield from check_answers(package)
    yield from check_statements(package)


RULES = (PackageRule("claims", check_later),)
