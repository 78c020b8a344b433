/* What a reader chose of a table, in the address: `?q=…&is.group=…&from.persons=…&sort=-persons&group=…`.
   Names of columns hold no dot, so that the first one ends what is asked of a column. */
(() => {
  "use strict";
  const ASKED = ["has", "is", "from", "to"];

  const nothing = () => ({ q: "", filters: {}, sort: null, columns: null, group: "", page: 0, chart: "" });

  const read = (content, search) => {
    const state = nothing();
    const names = new Set(content.columns.map((column) => column.name));
    const given = new URLSearchParams(search);
    for (const [key, value] of given) {
      const [asked, name] = [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)];
      if (ASKED.includes(asked) && names.has(name) && value) state.filters[name] = { ...state.filters[name], [asked]: value };
    }
    state.q = given.get("q") || "";
    state.group = names.has(given.get("group")) ? given.get("group") : "";
    state.chart = given.get("chart") || "";
    state.page = Math.max(0, (parseInt(given.get("page"), 10) || 1) - 1);
    const chosen = (given.get("columns") || "").split(",").filter((name) => names.has(name));
    if (chosen.length) state.columns = chosen;
    const sorted = given.get("sort") || "";
    const name = sorted.replace(/^-/, "");
    if (names.has(name) || name === "count") state.sort = { id: name, desc: sorted.startsWith("-") };
    return state;
  };

  const write = (state) => {
    const given = new URLSearchParams();
    if (state.q) given.set("q", state.q);
    for (const [name, asked] of Object.entries(state.filters)) {
      for (const [key, value] of Object.entries(asked)) if (value) given.set(`${key}.${name}`, value);
    }
    if (state.group) given.set("group", state.group);
    if (state.sort) given.set("sort", (state.sort.desc ? "-" : "") + state.sort.id);
    if (state.columns) given.set("columns", state.columns.join(","));
    if (state.page) given.set("page", state.page + 1);
    if (state.chart) given.set("chart", state.chart);
    return given.toString();
  };

  /* The selection as a sentence, for who reads a download later. */
  const words = (content, state) => {
    const { words: said } = content;
    const title = (name) => content.columns.find((column) => column.name === name)?.title || said.count;
    const label = (name, code) => content.columns.find((column) => column.name === name).labels[code] || said[code] || code;
    const verbs = { has: said.contains, is: "=", from: said.from, to: said.to };
    const parts = Object.entries(state.filters).map(
      ([name, asked]) => `${title(name)} ${Object.entries(asked).map(([key, value]) => `${verbs[key]} ${key === "is" ? label(name, value) : value}`).join(" ")}`,
    );
    if (state.q) parts.unshift(`${said.search}: ${state.q}`);
    if (!parts.length) parts.push(said.all_rows);
    if (state.group) parts.push(`${said.group}: ${title(state.group)}`);
    if (state.sort) parts.push(`${said.sorted} ${title(state.sort.id)}${state.sort.desc ? ` (${said.descending})` : ""}`);
    return parts.join("; ");
  };

  globalThis.explorerSelection = { nothing, read, write, words };
})();
