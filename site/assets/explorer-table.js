/* The rows of the explorer: searched, chosen, put together, added up, sorted and paged by TanStack's table-core. */
(() => {
  "use strict";
  const SEARCHED = "search"; // a column of our own with the text of all others, so that a search looks once at each row
  const COUNT = "count";
  const PAGE = 100;

  const plain = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

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

  /* A text as it is sorted, made once for each distinct one. */
  const sortKeys = (column) => {
    const known = new Map();
    return (value) => {
      if (typeof value !== "string") return value;
      if (!known.has(value)) known.set(value, plain(column.labels[value] ?? value));
      return known.get(value);
    };
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
      const key = sortKeys(column);
      return {
        id: column.name,
        accessorFn: (record) => record[place] ?? undefined,
        filterFn: FILTERS[column.kind],
        sortingFn: (first, second, id) => order(key(first.getValue(id)), key(second.getValue(id))),
        sortUndefined: "last",
        aggregationFn: (id, rows) => (column.adds ? sum(content, column, place, rows.map((row) => row.original)).value : undefined),
      };
    });
    const text = (record) => record.map((value, place) => content.columns[place].labels[value] ?? value ?? "").join("\n");
    columns.push({ id: SEARCHED, accessorFn: (record) => plain(text(record)), filterFn: (row, id, asked) => row.getValue(id).includes(asked) });
    columns.push({ id: COUNT, accessorFn: () => 1, aggregationFn: (id, rows) => rows.length, sortingFn: (a, b, id) => order(a.getValue(id), b.getValue(id)) });
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
      getSortedRowModel: core.getSortedRowModel(),
    });
    const select = (state) => {
      const filters = Object.entries(state.filters).map(([id, value]) => ({ id, value }));
      if (state.q) filters.push({ id: SEARCHED, value: plain(state.q) });
      const same = JSON.stringify([filters, state.group, state.sort]);
      if (same !== select.last) {
        select.last = same;
        const chosen = { columnFilters: filters, grouping: state.group ? [state.group] : [], sorting: state.sort ? [state.sort] : [] };
        table.setOptions((before) => ({ ...before, state: { ...table.initialState, ...chosen } }));
      }
      return { matched: table.getFilteredRowModel().rows, rows: table.getSortedRowModel().rows };
    };
    return select;
  };

  globalThis.explorerTable = { create, sum, PAGE, COUNT };
})();
