/* The rows of the explorer: searched, chosen, put together and added up by TanStack's table-core. It is told that they are
   sorted by hand: its own way copies every row first, which a reader feels with fifty thousand of them. */
(() => {
  "use strict";
  const SEARCHED = "search"; // a column of our own with the text of all others, so that a search looks once at each row
  const COUNT = "count";
  const PAGE = 100;

  const plain = (text) => {
    const lower = String(text).toLowerCase();
    return /[^\0-\x7f]/.test(lower) ? lower.normalize("NFD").replace(/\p{M}/gu, "") : lower;
  };

  const contains = (row, id, asked) => plain(row.getValue(id) ?? "").includes(asked);
  const FILTERS = {
    choice: (row, id, asked) => String(row.getValue(id) ?? "") === asked.is,
    number: (row, id, asked) => within(row.getValue(id), asked, Number),
    date: (row, id, asked) => within(row.getValue(id), asked, String),
    text: (row, id, asked) => contains(row, id, plain(asked.has)),
  };
  const within = (value, { from, to }, read) =>
    value !== undefined && (from === undefined || read(value) >= read(from)) && (to === undefined || read(value) <= read(to));

  const order = (first, second) => (first < second ? -1 : first > second ? 1 : 0);

  /* The place of each value of a column among all that it has, made once: numbers compare faster than texts. */
  const ranks = (content, place) => {
    const column = content.columns[place];
    const values = [...new Set(content.records.map((record) => record[place]))].filter((value) => value !== null);
    const keys = new Map(values.map((value) => [value, typeof value === "string" ? plain(column.labels[value] ?? value) : value]));
    values.sort((first, second) => order(keys.get(first), keys.get(second)));
    const ranked = new Map(values.map((value, rank) => [value, rank]));
    return content.records.map((record) => ranked.get(record[place]));
  };

  /* Rows in order, those without a value last whichever way. */
  const sorted = (rows, valueOf, isDescending) => {
    const way = isDescending ? -1 : 1;
    return [...rows].sort((first, second) => {
      const [one, other] = [valueOf(first), valueOf(second)];
      if (one === undefined || other === undefined) return (one === undefined) - (other === undefined);
      return way * order(one, other);
    });
  };

  /* Decimals add up exactly: as whole numbers of the smallest part that there is. */
  const added = (values) => {
    const decimals = values.reduce((most, value) => Math.max(most, (String(value).split(".")[1] || "").length), 0);
    const parts = 10 ** decimals;
    return values.reduce((sum, value) => sum + Math.round(value * parts), 0) / parts;
  };

  const isTotal = (content, record) =>
    content.columns.some((column, place) => column.name in content.totals && record[place] === content.totals[column.name]);

  /* The sum of a column in some rows, and what must be said with it. */
  const sum = (content, column, place, records) => {
    const parts = records.filter((record) => !isTotal(content, record));
    const used = parts.length ? parts : records;
    const units = new Set(used.filter((record) => record[place] !== null).map((record) => explorerView.unitOf(content, column, record)));
    const values = used.map((record) => record[place]).filter((value) => value !== null);
    const isMixed = units.size > 1 || [...units].some((unit) => column.unitIn && !content.added.includes(unit));
    return {
      value: isMixed || !values.length ? undefined : added(values),
      isMixed,
      empty: used.length - values.length,
      withoutTotal: used.length < records.length,
      record: used[0],
    };
  };

  const define = (content) => {
    const columns = content.columns.map((column, place) => {
      return {
        id: column.name,
        accessorFn: (record) => record[place] ?? undefined,
        filterFn: FILTERS[column.kind],
        aggregationFn: (id, rows) => (column.adds ? sum(content, column, place, rows.map((row) => row.original)).value : undefined),
      };
    });
    const text = (record) => record.map((value, place) => content.columns[place].labels[value] ?? value ?? "").join("\n");
    columns.push({ id: SEARCHED, accessorFn: (record) => plain(text(record)), filterFn: (row, id, asked) => row.getValue(id).includes(asked) });
    columns.push({ id: COUNT, accessorFn: () => 1, aggregationFn: (id, rows) => rows.length });
    return columns;
  };

  const create = (content) => {
    const core = globalThis.TableCore;
    const table = core.createTable({
      data: content.records,
      columns: define(content),
      state: {},
      onStateChange: () => {},
      renderFallbackValue: null,
      autoResetAll: false,
      getCoreRowModel: core.getCoreRowModel(),
      getFilteredRowModel: core.getFilteredRowModel(),
      getGroupedRowModel: core.getGroupedRowModel(),
    });
    // All text is made ready for the search while the reader still looks at the table.
    for (const row of table.getCoreRowModel().rows) row.getValue(SEARCHED);
    const known = new Map();
    const ranked = (id) => {
      if (!known.has(id)) known.set(id, ranks(content, content.columns.findIndex((column) => column.name === id)));
      return known.get(id);
    };
    const inOrder = ({ sort, group }) => {
      const { rows } = table.getGroupedRowModel();
      if (!sort || (!group && sort.id === COUNT)) return rows;
      const places = sort.id === COUNT ? null : ranked(sort.id);
      const adds = sort.id === COUNT || content.columns.some((column) => column.name === sort.id && column.adds);
      if (group && adds) return sorted(rows, (row) => row.getValue(sort.id), sort.desc);
      return sorted(rows, (row) => places[(row.subRows[0] ?? row).index], sort.desc);
    };
    const select = (state) => {
      const filters = Object.entries(state.filters).map(([id, value]) => ({ id, value }));
      if (state.q) filters.push({ id: SEARCHED, value: plain(state.q) });
      const same = JSON.stringify([filters, state.group, state.sort]);
      if (same !== select.last) {
        const chosen = { columnFilters: filters, grouping: state.group ? [state.group] : [] };
        table.setOptions((before) => ({ ...before, state: { ...table.initialState, ...chosen } }));
        select.last = same;
        select.found = { matched: table.getFilteredRowModel().rows, rows: inOrder(state) };
      }
      return select.found;
    };
    return select;
  };

  globalThis.explorerTable = { create, sum, PAGE, COUNT };
})();
