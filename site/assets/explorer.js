/* The explorer on the page of a table: the table that stands there can be searched, sorted, put together and downloaded.
   The rows of the page stay the rows of the page, with their links and places; only those that are shown are in it. */
(() => {
  "use strict";
  const place = document.querySelector(".explorer");
  const written = document.querySelector(".explorer-content");
  const main = document.querySelector("table.preview");
  if (!place || !written || !main) return;

  const { make, fill, button, labelled, choice, folded, shown, numberText, count } = globalThis.explorerView;
  const { nothing, read, write, words: inWords } = globalThis.explorerSelection;
  const { create, sum, PAGE, COUNT } = globalThis.explorerTable;
  const content = JSON.parse(written.textContent);
  const { words, columns } = content;
  const body = main.tBodies[0];
  const rowsOfPage = new Map([...body.rows].map((row, index) => [content.shown[index], row]));
  const folder = new URL(".", document.currentScript.src);
  const controls = []; // what brings each control in line with the selection
  let state = nothing();
  let select = null; // who chooses no rows has all of them as they stand, and needs no table-core
  let isOpen = false;
  let lastChange = "";
  let here = ""; // the address that is shown; the mark of a target, set anew, tells of a change that is none
  let found = { matched: [], rows: [] };

  /* ── the selection and the address ── */

  const change = (what, changed) => {
    state = { ...state, page: 0, ...changed };
    const address = `${location.pathname}?${write(state)}`.replace(/\?$/, "");
    // What is typed in one box is one step for the button back.
    try {
      history[what === lastChange ? "replaceState" : "pushState"](null, "", address);
    } catch { /* some browsers let no page from a disk change its address */ }
    lastChange = what;
    here = location.href;
    show();
  };

  const filter = (name, asked) => {
    const filters = { ...state.filters, [name]: { ...state.filters[name], ...asked } };
    for (const key of Object.keys(filters[name])) if (!filters[name][key]) delete filters[name][key];
    if (!Object.keys(filters[name]).length) delete filters[name];
    change(`filter ${name}`, { filters });
  };

  const restore = async () => {
    if (here === location.href) return;
    here = location.href;
    lastChange = "";
    state = read(content, location.search);
    for (const bring of controls) bring();
    await show();
    reveal();
  };

  const uncover = (column) => {
    state = { ...state, columns: columns.map((one) => one.name).filter((name) => name === column.name || visible(name)) };
    for (const bring of controls) bring();
    show();
    location.replace(location.hash);
  };

  /* A link to a row or a cell leads to it, on whichever page of rows it stands, and whatever was chosen. */
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* it is taken as it stands */ }
    const named = document.getElementById(id);
    if (!state.group && named) {
      if (named.hidden) uncover(columns[named.cellIndex]);
      return;
    }
    const target = id && [...rowsOfPage].find(([, row]) => row.id === id || row.querySelector(`[id="${CSS.escape(id)}"]`));
    if (!target) return;
    let at = found.rows.findIndex((row) => row.index === target[0]);
    if (at < 0 || state.group) {
      state = nothing();
      for (const bring of controls) bring();
      show();
      at = target[0];
    }
    state.page = Math.floor(at / PAGE);
    show();
    document.getElementById(id).scrollIntoView();
    location.replace(location.hash); // so that the browser marks it as the target
  };

  /* ── the rows ── */

  // At first neither what is written in another language is shown, nor what is told once for all rows; who wants it chooses
  // its column. A download has the latter, for it goes where that line does not.
  const own = columns.filter((column) => !column.foreign), usual = own.filter((column) => !column.aside);
  const visible = (name) => (state.columns ?? usual.map((column) => column.name)).includes(name);

  const rowElement = (row) => {
    if (!rowsOfPage.has(row.index)) {
      const cells = columns.map((column, at) =>
        make("td", { role: "cell", "data-label": column.title, className: column.kind === "number" ? "number" : "", textContent: shown(content, column, row.original[at], row.original) }));
      rowsOfPage.set(row.index, make("tr", { role: "row" }, ...cells));
    }
    const element = rowsOfPage.get(row.index);
    columns.forEach((column, at) => { element.cells[at].hidden = !visible(column.name); });
    return element;
  };

  /* Rows that stay are not touched: one that is taken out loses the mark of being what a link led to. */
  const put = (rows) => {
    const kept = new Set(rows);
    for (const row of [...body.rows]) if (!kept.has(row)) row.remove();
    rows.forEach((row, at) => { if (body.rows[at] !== row) body.insertBefore(row, body.rows[at] ?? null); });
  };

  const heads = [...main.tHead.rows[0].cells];
  const sortButton = (id, label) => {
    const act = () => change(`sort ${id}`, { sort: state.sort?.id !== id ? { id, desc: false } : state.sort.desc ? null : { id, desc: true } });
    return make("button", { type: "button", className: "explorer__sort", onclick: act }, label);
  };
  heads.forEach((head, at) => head.prepend(sortButton(columns[at].name, head.firstElementChild)));

  const markSorted = (head, id) => {
    if (state.sort?.id === id) head.setAttribute("aria-sort", state.sort.desc ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  };

  /* Rows that were put together: one row for each group, with its number of rows and its sums. */
  const groups = make("table", { className: "preview explorer__groups", hidden: true });
  main.after(groups);
  let grouped = "";

  const sums = () => columns.filter((column) => column.adds && column.name !== state.group && visible(column.name));

  const groupHeads = () => {
    const by = columns.find((column) => column.name === state.group);
    const key = JSON.stringify([state.group, state.columns]);
    if (grouped !== key) {
      grouped = key;
      const names = [[by.name, by.title], [COUNT, words.count], ...sums().map((column) => [column.name, `${column.title} (${words.sum})`])];
      const cells = names.map(([id, title]) => make("th", { scope: "col" }, sortButton(id, title)));
      groups.replaceChildren(make("caption", { textContent: `${words.group} ${by.title}` }), make("thead", {}, make("tr", {}, ...cells)), make("tbody"));
      groups.ids = names.map(([id]) => id);
    }
    groups.ids.forEach((id, at) => markSorted(groups.tHead.rows[0].cells[at], id));
  };

  const sumText = (column, records) => {
    const told = sum(content, column, columns.indexOf(column), records);
    const notes = [told.isMixed && words.mixed, told.empty > 0 && `${count(told.empty)} ${words.empty}`, told.withoutTotal && words.without_total].filter(Boolean);
    const value = told.value === undefined ? "–" : numberText(content, column, told.value, told.record);
    return value + (notes.length ? ` (${notes.join("; ")})` : "");
  };

  const groupName = (row) => {
    const at = columns.findIndex((column) => column.name === state.group);
    const value = row.subRows[0].original[at];
    return value === null ? words.empty : shown(content, columns[at], value, row.subRows[0].original);
  };

  const groupRow = (row) => {
    const records = row.subRows.map((one) => one.original);
    return make("tr", {}, make("th", { scope: "row", textContent: groupName(row) }), make("td", { className: "number", textContent: count(records.length) }),
      ...sums().map((column) => make("td", { className: "number", textContent: sumText(column, records) })));
  };

  const everything = () => {
    const rows = content.records.map((original, index) => ({ index, original }));
    return { matched: rows, rows };
  };
  const isChosen = ({ q, filters, sort, group }) => Boolean(q || sort || group || Object.keys(filters).length);
  const choose = async () => {
    await load(content.libraries["table-core"]);
    select ??= create(content);
  };

  const show = async () => {
    if (!isOpen) return;
    if (!select && isChosen(state)) {
      try { await choose(); } catch { status.textContent = words.failed; return; }
    }
    found = select ? select(state) : everything();
    const pages = Math.max(1, Math.ceil(found.rows.length / PAGE));
    state.page = Math.min(state.page, pages - 1);
    const rows = found.rows.slice(state.page * PAGE, (state.page + 1) * PAGE);
    main.hidden = Boolean(state.group);
    groups.hidden = !state.group;
    if (state.group) {
      groupHeads();
      groups.tBodies[0].replaceChildren(...rows.map(groupRow));
    } else {
      put(rows.map(rowElement));
      heads.forEach((head, at) => { head.hidden = !visible(columns[at].name); markSorted(head, columns[at].name); });
    }
    const values = { count: count(found.matched.length), all: count(content.count), groups: count(found.rows.length) };
    const first = state.page * PAGE;
    const range = pages > 1 ? `. ${fill(words.page, { first: count(first + 1), last: count(first + rows.length) })}` : "";
    status.textContent = found.matched.length ? fill(state.group ? words.status_groups : words.status, values) + range : words.nothing;
    noSum.hidden = !state.group || sums().length > 0;
    pager.hidden = pages < 2;
    // A button that can do nothing more keeps the focus, and says so.
    previous.setAttribute("aria-disabled", state.page === 0);
    next.setAttribute("aria-disabled", state.page === pages - 1);
    draw();
  };

  const turn = (by) => {
    const to = state.page + by;
    if (to >= 0 && to < Math.ceil(found.rows.length / PAGE)) change("page", { page: to });
  };

  /* ── the controls ── */

  const box = (type, act, current) => {
    const input = make("input", { type, autocomplete: "off", oninput: () => act(input.value) });
    if (type === "number") input.step = "any";
    controls.push(() => { input.value = current() || ""; });
    return input;
  };

  const list = (options, act, current) => {
    const chosen = choice(options, () => act(chosen.value));
    controls.push(() => { chosen.value = current(); });
    return chosen;
  };

  const columnFilter = (column) => {
    const asked = (key) => () => state.filters[column.name]?.[key] || "";
    const part = (key, type) => box(type, (value) => filter(column.name, { [key]: value }), asked(key));
    if (column.kind === "choice") {
      const options = Object.keys(column.labels).length ? Object.entries(column.labels) : [["true", words.true], ["false", words.false]];
      return labelled(column.title, list([["", words.any], ...options], (value) => filter(column.name, { is: value }), asked("is")));
    }
    if (column.kind === "text") return labelled(`${column.title} ${words.contains}`, part("has", "text"));
    return make("div", { className: "explorer__range" },
      labelled(`${column.title} ${words.from}`, part("from", column.kind)), labelled(`${column.title} ${words.to}`, part("to", column.kind)));
  };

  const columnBox = (column) => {
    const input = make("input", { type: "checkbox", onchange: () => {
      const chosen = columns.map((one) => one.name).filter((name) => (name === column.name ? input.checked : visible(name)));
      // A table without columns shows nothing: the last one stays.
      if (!chosen.length) input.checked = true;
      else change("columns", { columns: chosen.join() === usual.map((one) => one.name).join() ? null : chosen });
    } });
    controls.push(() => { input.checked = visible(column.name); });
    return make("label", { className: "explorer__check" }, input, make("span", { textContent: column.title }));
  };

  const lazily = (script) => new Promise((loaded, failed) => document.head.append(make("script", { src: new URL(script, location.href), onload: loaded, onerror: failed })));
  const loading = new Map();
  const load = (...scripts) => scripts.reduce((before, script) => before.then(() => {
    if (!loading.has(script)) loading.set(script, lazily(script));
    return loading.get(script);
  }), Promise.resolve());

  const taken = (name) => (state.columns ? visible(name) : own.some((column) => column.name === name));
  const selection = () => ({ content, state, records: found.matched.map((row) => row.original), rows: found.rows, visible: taken, sums: sums(), groupName,
    text: inWords(content, state), address: `${content.about.address}?${write(state)}`.replace(/\?$/, "") });

  const download = async (kind) => {
    await load(new URL("explorer-download.js", folder), ...(kind === "xlsx" ? [content.libraries["write-excel-file"]] : []));
    await globalThis.explorerDownload[kind](selection());
  };

  const chart = make("figure", { className: "explorer__chart", hidden: true });
  const draw = async () => {
    chart.hidden = !state.chart;
    chartButton.textContent = state.chart ? words.chart_hide : words.chart;
    chartButton.setAttribute("aria-expanded", Boolean(state.chart));
    if (!state.chart) return;
    await load(content.libraries.d3, content.libraries.plot, new URL("explorer-chart.js", folder));
    globalThis.explorerChart(chart, selection(), (value) => change("chart", { chart: value, page: state.page }));
  };

  const search = box("search", (value) => change("search", { q: value }), () => state.q);
  const status = make("p", { className: "explorer__status", role: "status" });
  const noSum = make("p", { className: "explorer__note", textContent: words.no_sum, hidden: true });
  const previous = button(words.previous, () => turn(-1));
  const next = button(words.next, () => turn(1));
  const pager = make("nav", { className: "explorer__pager", "aria-label": words.pager, hidden: true }, previous, next);
  const chartButton = button(words.chart, () => change("chart", { chart: state.chart ? "" : "1", page: state.page }), { "aria-expanded": "false" });
  /* Groups of one row each would only repeat the rows. */
  const repeats = (column) => new Set(content.records.map((record) => record[columns.indexOf(column)])).size < content.records.length;
  const grouping = () => list([["", words.no_group], ...usual.filter(repeats).map((column) => [column.name, column.title])],
    (value) => change("group", { group: value, sort: null }), () => state.group);

  const open = () => {
    isOpen = true;
    place.replaceChildren(
      make("h3", { className: "explorer__title", textContent: words.title }),
      make("div", { className: "explorer__bar" }, labelled(words.search, search), labelled(words.group, grouping())),
      folded(words.filter, ...usual.map(columnFilter)),
      folded(words.columns, ...columns.map(columnBox)),
      make("div", { className: "explorer__bar" }, chartButton, button(words.csv, () => download("csv")), button(words.xlsx, () => download("xlsx")),
        button(words.reset, () => { change("reset", nothing()); for (const bring of controls) bring(); })),
      make("p", { className: "explorer__note", textContent: words.downloads }), noSum, status, chart,
    );
    main.closest(".table-frame").after(pager);
    place.hidden = false;
    restore();
    if (Object.keys(state.filters).length) place.querySelector("details").open = true;
    addEventListener("popstate", restore);
  };

  /* A long table stands in the page in part; its rows are fetched when somebody asks, or comes for a selection. */
  const fetchRows = async () => {
    status.textContent = words.loading;
    try {
      const answer = await (await fetch(content.file)).json();
      content.records = answer.records.map((record) => columns.map((column) => record[column.name] ?? null));
      await choose(); // of so many rows, before somebody types
      open();
      search.focus();
    } catch {
      status.textContent = words.failed;
    }
  };

  if (content.records) open();
  else if (location.protocol !== "file:") {
    place.replaceChildren(button(words.load, fetchRows), status);
    place.hidden = false;
    if (location.search) fetchRows();
  }
})();
