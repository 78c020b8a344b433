/* What a reader chose of a table, as files, with its notes and sources; loaded when somebody asks for one. */
(() => {
  "use strict";
  const SIGNS = "=+@＝＋－＠-";
  const FORMULA = new RegExp(`^[\\t\\r ]*[${SIGNS}]+[^${SIGNS}]`);
  const CUT = new RegExp(`[;,\\t\\r\\n][${SIGNS}][^\\s${SIGNS}]`);
  const NUMBER = /^[+-]?[0-9][0-9., ]*%?$/;

  /* The guard of our own files (formulas.py): those refuse such a text; here it gets an apostrophe, and the notes say so. */
  const guarded = (value) => (typeof value === "string" && !NUMBER.test(value) && (FORMULA.test(value) || CUT.test(value)) ? `'${value}` : value);

  const cellsOf = ({ content, state, rows, records, visible, sums, groupName }) => {
    const { columns, words } = content;
    if (!state.group) {
      const chosen = columns.map((column, place) => [column, place]).filter(([column]) => visible(column.name));
      return { heads: chosen.map(([column]) => column.name), kinds: chosen.map(([column]) => column.kind), rows: rows.map((row) => chosen.map(([, place]) => row.original[place])) };
    }
    const place = (column) => columns.indexOf(column);
    const by = columns.find((column) => column.name === state.group);
    return {
      heads: [by.name, words.count, ...sums.map((column) => `${column.name} (${words.sum})`)],
      kinds: ["text", "number", ...sums.map(() => "number")],
      rows: rows.map((row) => [groupName(row), row.subRows.length, ...sums.map((column) => explorerTable.sum(content, column, place(column), row.subRows.map((one) => one.original)).value ?? null)]),
    };
  };

  /* Why cells of the selection are empty, with how many there are of each reason. */
  const emptyCells = ({ content, records, visible }) => content.columns.flatMap((column, place) => {
    const reasons = new Map();
    const beside = content.columns.findIndex((one) => one.name === column.reasonIn);
    for (const record of visible(column.name) ? records : []) {
      if (record[place] !== null) continue;
      const code = beside < 0 ? null : record[beside];
      const reason = code === null ? content.words.no_reason : `${content.columns[beside].labels[code] ?? ""} (${code})`;
      reasons.set(reason, (reasons.get(reason) || 0) + 1);
    }
    return [...reasons].map(([reason, count]) => [`${content.words.empty_cells}: ${column.name}`, `${count}: ${reason}`]);
  });

  const sourcesOf = ({ content, records }) => {
    const place = content.columns.findIndex((column) => column.name === "source_id");
    const used = new Set(records.map((record) => record[place]));
    return Object.entries(content.about.sources).filter(([code]) => used.has(code)).map(([code, text]) => [`${content.words.sources} ${code}`, text]);
  };

  const columnNotes = ({ content, visible }) => content.columns.filter((column) => visible(column.name)).map((column) => {
    const unit = column.unit ? ` (${content.words.unit}: ${content.units[column.unit] || column.unit})` : "";
    return [`${content.words.column}: ${column.name}`, `${column.title}${unit}. ${column.description}`];
  });

  /* Sums that leave something out, or cannot be made, say so beside them. */
  const sumNotes = ({ content, state, rows, sums, groupName }) => (state.group ? rows : []).flatMap((row) => sums.flatMap((column) => {
    const told = explorerTable.sum(content, column, content.columns.indexOf(column), row.subRows.map((one) => one.original));
    const notes = [told.isMixed && content.words.mixed, told.empty && `${told.empty} ${content.words.empty}`, told.withoutTotal && content.words.without_total].filter(Boolean);
    return notes.length ? [[`${content.words.sum}: ${column.name}, ${groupName(row)}`, notes.join("; ")]] : [];
  }));

  const notesOf = (chosen) => {
    const { content, text, address } = chosen;
    const { about, words } = content;
    return [
      [words.table, `${about.title} (${content.name})`], [words.description, about.description], [words.selection, text],
      [words.address, address], [words.data, about.data], [words.release, `${about.version}, ${about.created}`], [words.licence, about.licence],
      ...sourcesOf(chosen), ...columnNotes(chosen), ...emptyCells(chosen), ...sumNotes(chosen), ["'", words.guard],
    ];
  };

  const field = (value) => {
    const text = value === null || value === undefined ? "" : String(guarded(value));
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csvText = (rows) => rows.map((row) => row.map(field).join(",") + "\r\n").join("");

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const csv = (chosen) => {
    const { heads, rows } = cellsOf(chosen);
    const { name, words } = chosen.content;
    save(new Blob([csvText([heads, ...rows])], { type: "text/csv" }), `${name}.csv`);
    save(new Blob([csvText([["", ""], ...notesOf(chosen)].slice(1))], { type: "text/csv" }), `${name}-${words.notes_file}.csv`);
  };

  const sheetCell = (value, kind) => {
    if (value === null || value === undefined) return null;
    if (kind === "date") return { value: new Date(`${value}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
    if (typeof value === "number") return { value, type: Number };
    if (typeof value === "boolean") return { value, type: Boolean };
    return { value: String(value), type: String };
  };
  const bold = (value) => ({ value, type: String, fontWeight: "bold" });

  const xlsx = async (chosen) => {
    const { heads, kinds, rows } = cellsOf(chosen);
    const { name, words } = chosen.content;
    const data = [heads.map(bold), ...rows.map((row) => row.map((value, place) => sheetCell(value, kinds[place])))];
    // A cell of a sheet knows that it is a text, and is not run: only a CSV needs the guard.
    const notes = notesOf(chosen).slice(0, -1).map(([what, text]) => [bold(what), { value: String(text || ""), type: String }]);
    const blob = await globalThis.writeXlsxFile([
      { data, sheet: words.data_sheet, stickyRowsCount: 1 }, { data: notes, sheet: words.notes_sheet, columns: [{ width: 32 }, { width: 90 }] },
    ]).toBlob();
    save(blob, `${name}.xlsx`);
  };

  globalThis.explorerDownload = { csv, xlsx };
})();
