/* What the explorer of a table shows: its controls, the cells it writes itself, numbers and days as readers write them. */
(() => {
  "use strict";
  const language = { en: "en-GB", nl: "nl-BE" }[document.documentElement.lang] ?? document.documentElement.lang; // as pages write days
  const once = (make) => { let made; return () => (made ??= make()); }; // to make either takes longer than the rest of the page
  const numbers = once(() => new Intl.NumberFormat(language, { maximumFractionDigits: 20 }));
  const days = once(() => new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }));

  /* An element: properties that start with `on` listen, others with a dash or `role` are attributes. */
  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key.includes("-") || key === "role") element.setAttribute(key, value);
      else element[key] = value;
    }
    element.append(...children);
    return element;
  };

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  const button = (text, act, more = {}) => make("button", { type: "button", className: "explorer__button", textContent: text, onclick: act, ...more });

  /* A control under its name; the name is what a screen reader says too. */
  const labelled = (text, control) => make("label", { className: "explorer__field" }, make("span", { textContent: text }), control);

  const choice = (options, act) =>
    make("select", { onchange: act }, ...options.map(([value, text]) => make("option", { value, textContent: text })));

  const folded = (text, ...children) =>
    make("details", { className: "explorer__part" }, make("summary", { textContent: text }), make("div", { className: "explorer__fields" }, ...children));

  /* What stands before or behind a value: how strongly, or how surely, its source says it. */
  const qualified = (content, column, pointer, record) => {
    const at = content.columns.findIndex((one) => one.name === column[pointer]);
    const code = at < 0 ? null : record?.[at];
    return code && code !== content.unsaid[pointer] ? content.columns[at].labels[code].toLowerCase() : "";
  };

  /* A number, or both ends of a range: "100 tot 120". */
  const ends = (content, column, value, record) => {
    const at = content.columns.findIndex((one) => one.name === column.upperIn);
    const upper = at < 0 ? null : record?.[at] ?? null;
    const lower = plainText(content, column, value, record);
    return upper === null ? lower : column.range.replace("{}", lower).replace("{}", plainText(content, column, upper, record));
  };

  const shown = (content, column, value, record) => {
    if (value === undefined || value === null) return "–";
    const doubt = qualified(content, column, "confidenceIn", record);
    const parts = [qualified(content, column, "strengthIn", record), ends(content, column, value, record), doubt && `(${doubt})`];
    return parts.filter(Boolean).join(" ");
  };

  const plainText = (content, column, value, record) => {
    if (typeof value === "boolean") return content.words[value];
    if (column.labels[value]) return column.labels[value];
    if (column.kind === "date") return days().format(new Date(`${value}T00:00:00Z`));
    return typeof value === "number" ? numberText(content, column, value, record) : String(value);
  };

  const unitOf = (content, column, record) => {
    const beside = column.unitIn && content.columns.findIndex((one) => one.name === column.unitIn);
    return column.unitIn ? record?.[beside] : column.unit;
  };

  const numberText = (content, column, value, record) => {
    if (column.ungrouped) return String(value);
    const unit = unitOf(content, column, record);
    const isChange = unit === "percent_change";
    const end = isChange || unit === "percent" ? "%" : unit === "eur" ? "\u00a0euro" : "";
    return (isChange && value > 0 ? "+" : "") + numbers().format(value) + end;
  };

  globalThis.explorerView = { make, fill, button, labelled, choice, folded, shown, unitOf, numberText, count: (value) => (value < 1000 ? String(value) : numbers().format(value)) };
})();
