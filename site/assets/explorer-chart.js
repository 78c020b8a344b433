/* A chart of what a reader chose of a table: bars, with Observable Plot; loaded when somebody asks for it. */
(() => {
  "use strict";
  const { make, fill, labelled, choice, shown, numberText, count } = globalThis.explorerView;
  const MOST = 30;

  /* What bars can be as long as: a sum or the number of rows of a group; of single rows, a number. */
  const measures = ({ content, state, sums, visible, records }) => {
    if (state.group) return [["1", content.words.count], ...sums.map((column) => [column.name, column.title])];
    // Numbers of which one is in people and another in euro have no axis in common.
    const unitsOf = ({ unitIn }) => new Set(records.map((record) => record[content.columns.findIndex(({ name }) => name === unitIn)]));
    const isOne = (column) => !column.unitIn || unitsOf(column).size < 2;
    return content.columns.filter((column) => column.kind === "number" && !column.ungrouped && visible(column.name) && isOne(column)).map((column) => [column.name, column.title]);
  };

  const barsOf = (chosen, measure) => {
    const { content, state, rows, groupName } = chosen;
    const place = content.columns.findIndex((column) => column.name === measure);
    const column = content.columns[place];
    if (state.group) {
      return rows.map((row) => {
        const told = column && explorerTable.sum(content, column, place, row.subRows.map((one) => one.original));
        const value = told ? told.value : row.subRows.length;
        return { name: groupName(row), value, text: value === undefined ? "" : told ? numberText(content, column, value, told.record) : count(value) };
      });
    }
    return rows.map(({ original }) => ({ name: rowName(chosen, original), value: original[place], text: shown(content, column, original[place], original) }));
  };

  const rowName = ({ content, visible }, record) => {
    const named = content.columns.flatMap((column, place) => (visible(column.name) && column.kind !== "number" && record[place] !== null ? [shown(content, column, record[place], record)] : []));
    return named.slice(0, 2).map((text) => (text.length > 28 ? `${text.slice(0, 27)}…` : text)).join(", ");
  };

  const drawing = (bars, width) => {
    const left = Math.min(width * 0.45, 230);
    const letters = Math.floor(left / 7.5);
    const label = (at) => (bars[at].name.length > letters ? `${bars[at].name.slice(0, letters - 1)}…` : bars[at].name);
    const places = bars.map((bar, at) => ({ ...bar, at }));
    const svg = globalThis.Plot.plot({
      width, marginLeft: left, marginRight: 90, height: bars.length * 26 + 20, marginTop: 4, marginBottom: 16,
      x: { axis: null }, y: { label: null, domain: places.map(({ at }) => at), tickFormat: label, tickSize: 0 },
      marks: [
        globalThis.Plot.barX(places, { x: "value", y: "at", fill: "var(--chart-bar)" }),
        globalThis.Plot.text(places, { x: "value", y: "at", text: "text", textAnchor: "start", dx: 5, fill: "var(--chart-text)" }),
      ],
    });
    // Its own style would be refused by our policy; the stylesheet has what it needs.
    for (const style of svg.querySelectorAll("style")) style.remove();
    svg.setAttribute("aria-hidden", "true");
    return svg;
  };

  globalThis.explorerChart = (figure, chosen, choose) => {
    const { words } = chosen.content;
    const options = measures(chosen);
    const measure = options.some(([name]) => name === chosen.state.chart) ? chosen.state.chart : options[0]?.[0];
    const all = measure ? barsOf(chosen, measure).filter((bar) => typeof bar.value === "number") : [];
    const bars = all.slice(0, MOST);
    const highest = bars.reduce((most, bar) => (most && most.value >= bar.value ? most : bar), null);
    const told = !highest ? words.chart_none : fill(words.chart_text, { count: count(bars.length), name: highest.name, value: highest.text });
    const cut = all.length > MOST ? ` ${fill(words.chart_first, { count: count(MOST) })}` : "";
    const caption = make("figcaption", { textContent: told + cut });
    let list = figure.querySelector("select");
    const key = JSON.stringify(options);
    if (!list || list.options_ !== key) {
      list = choice(options, (event) => choose(event.target.value));
      list.options_ = key;
      figure.replaceChildren(labelled(words.chart_value, list), caption);
    }
    if (measure) list.value = measure;
    figure.replaceChildren(figure.firstElementChild, caption, ...(bars.length ? [drawing(bars, Math.max(280, figure.clientWidth - 24))] : []));
  };
})();
