"""Registers in the miniature: of what is not known, with a row that answers it, and of what a later source says."""

from typing import Any

from conftest import Copy

LATER = "2026-01-31,c,17,,17\n"
HEAD = "unknown_id,source_id,source_item,as_printed,answered_by\n"


def register(copy: Copy, *entries: str) -> Copy:
    """Give a package with a register; each entry says what would answer it."""
    rows = "".join(f'e{number},S0,5,nobody knows,"{address}"\n' for number, address in enumerate(entries))
    fields = [{"name": name, "type": "string"} for name in HEAD.strip().split(",")]
    schema = {"fields": fields, "primaryKey": "unknown_id"}
    resource = {"name": "unknowns", "role": "unknowns", "path": "data/unknowns.csv", "schema": schema}
    copy.write("data/unknowns.csv", HEAD + rows)
    return copy.change(lambda descriptor: descriptor["resources"].append(resource))


def later(copy: Copy) -> Copy:
    return copy.write("data/counts.csv", (copy.folder / "data/counts.csv").read_text("utf-8") + LATER)


def told_later(copy: Copy, *rows: str) -> Copy:
    """Give a package whose counts come from two sources, with rows about what the later one says of the earlier."""
    copy.write(
        "data/sources.csv", "source_id,title,publisher,document_kind,published\nS1,One,A,,2025-03\nS2,Two,B,,2026-03\n"
    )
    head, *counts = (copy.folder / "data/counts.csv").read_text("utf-8").splitlines()
    counts = [*(f"{row},S1" for row in counts), "2025-02-25,d,17,,17,S2"]
    copy.write("data/counts.csv", "\n".join([f"{head},source_id", *counts, ""]))
    copy.replace("data/groups.csv", "\nc,", "\nd,Groep vier,Group four\nc,")
    copy.write("data/later.csv", "statement_id,cell,relation,later_cell,note_nl,note_en,source_id\n" + "".join(rows))

    def change(descriptor: Any) -> None:
        descriptor["resources"][0]["schema"]["fields"].append({"name": "source_id", "type": "string"})
        for name, role, file in (("sources", "sources", "sources"), ("later", "later-statements", "later")):
            columns = (copy.folder / f"data/{file}.csv").read_text("utf-8").partition("\n")[0].split(",")
            schema = {"fields": [{"name": one, "type": "string"} for one in columns], "primaryKey": columns[0]}
            descriptor["resources"].append({"name": name, "role": role, "path": f"data/{file}.csv", "schema": schema})

    return copy.change(change)


def repeated(copy: Copy, group: str = "a") -> Copy:
    """Let the later source of `told_later` state one of the counts of the earlier one again, with another value."""
    text = (copy.folder / "data/counts.csv").read_text("utf-8")
    copy.write("data/counts.csv", f"{text}2025-02-25,{group},3300,,3.300,S2\n")
    return copy.change(lambda d: d["resources"][0]["schema"].update(primaryKey=["day", "group", "source_id"]))


def ranged(copy: Copy, most: str) -> Copy:
    """Give a package whose first count is the lower end of a range."""
    head, first, *rows = (copy.folder / "data/counts.csv").read_text("utf-8").splitlines()
    copy.write("data/counts.csv", "\n".join([f"{head},most", f"{first},{most}", *(f"{row}," for row in rows), ""]))

    def change(descriptor: Any) -> None:
        fields = descriptor["resources"][0]["schema"]["fields"]
        fields[2]["upperIn"] = "most"
        fields.append({"name": "most", "type": "integer", "unit": "persons"})

    return copy.change(change)
