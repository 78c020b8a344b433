/* Search within the site, in the browser: MiniSearch over an index of pages, tables, fields, terms and figures, both
   loaded when somebody starts to type. What is named exactly (a number in any notation, a term, a table, a field) comes
   first; then pages and terms, which answer a reader; then what stands in the data. */
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const { base: root, searchLibrary } = document.body.dataset;
  // A browser fetches no index from a disk; there the menu and the list of tables lead the way.
  if (!box || !searchLibrary || location.protocol === "file:") return;

  const base = new URL(root.replace(/\/?$/, "/"), location.href);
  const query = box.querySelector(".search__query");
  const output = box.querySelector(".search__output");
  const page = document.querySelector(".search-page"); // where all that is found has a page of its own
  const SHOWN = 5, TEASER = 150; // of each group, and letters of a text
  const GROUPS = { readers: ["page", "term"], data: ["figure", "table", "field"] };
  const EXACT_ORDER = ["figure", "term", "table", "field", "page"]; // of things that are meant alike
  const WEIGHTS = { page: 1.5, term: 1.5, table: 1, figure: 0.5, field: 0.3 };
  const ENDINGS = /(?:ingen|'s|’s|ing|en|es|e|s)$/; // of words in Dutch and English that have a shorter form
  const LONG = 4; // letters: a shorter word is no misspelling of another
  const FAR = 0.1; // of the score of the best: what fits less is not shown
  const IDLE = new Set(box.dataset.idle.split(" ")); // words that say nothing beside others
  const OPTIONS = {
    boost: { asked: 6, title: 3 },
    boostDocument: (place) => WEIGHTS[index.found.get(place).kind],
    fuzzy: (word) => word.length > LONG ? 0.2 : false,
    prefix: (word, at, all) => at === all.length - 1 && word.length > 2,
    weights: { fuzzy: 0.3, prefix: 0.5 },
  };
  let index = null; // once it is here: `found`, what can be found by its place; `engine`; `written`, words by their stems
  let isAsked = false; // an answer that comes after the list was closed does not open it again

  const plain = (html) => new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim();
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const split = (text) => text.split(/[\s\p{P}]+/u).filter(Boolean);
  const stem = (word) => word.length > LONG ? folded(word).replace(ENDINGS, "") : folded(word);
  const isNumber = (text) => /^[\d.,-]*\d[\d.,-]*$/.test(text);

  /* What was typed, and of an amount the bare number: each notation of a number is a key of what it stands for. */
  const wanted = (text) => {
    const asked = text.trim().toLowerCase().replace(/\s+/g, " ");
    const amount = asked.replace(/[\s€%]|eur(?:o)?/g, "");
    return new Set(isNumber(amount) ? [asked, amount] : [asked]);
  };

  const load = (path) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: new URL(path, location.href), onload: resolve, onerror: reject });
    document.head.append(script);
  });

  let starting = null;
  const start = () => starting ??= Promise.all([
    fetch(new URL("search/search_index.json", base)).then((response) => response.json()),
    load(searchLibrary),
  ]).then(([{ docs }]) => {
    index = indexed(docs);
    output.dataset.ready = true;
    answer();
  }).catch(() => { starting = null; }); // asked again when somebody types on

  const indexed = (documents) => {
    const written = new Map(), found = new Map();
    const processTerm = (word) => {
      const short = stem(word);
      if (!written.has(short)) written.set(short, word.toLowerCase());
      return short;
    };
    for (const one of documents) {
      const [title, text] = [plain(one.title), plain(one.text)];
      const entry = { id: one.location, kind: one.kind ?? "page", title, text, asked: one.asked ?? "" };
      if (!found.has(one.location)) found.set(one.location, { ...entry, keys: one.keys ?? [], note: one.note ?? text, name: folded(title) });
    }
    const engine = new MiniSearch({ fields: ["asked", "title", "text"], processTerm, tokenize: split, searchOptions: { ...OPTIONS, processTerm: stem } });
    engine.addAll([...found.values()]);
    return { found, engine, written };
  };

  /* The places of what is meant exactly by all that was typed. */
  const exactly = (text) => {
    const meant = wanted(text), name = folded(text.trim());
    const fits = ({ keys, kind, name: own }) => own === name || (kind === "term" && stem(own) === stem(name)) || keys.some((key) => meant.has(key.replace(/\u00a0/g, " ")));
    const order = ({ kind }) => EXACT_ORDER.indexOf(kind);
    return [...index.found.values()].filter(fits).sort((one, other) => order(one) - order(other));
  };

  /* What is found: exactly, for readers, in the data; a misspelt word is told as the site writes it. */
  const find = (text) => {
    const exact = exactly(text), places = new Set(exact.map(({ id }) => id));
    const hits = index.engine.search(telling(text));
    const near = hits.filter(({ score }) => score >= FAR * hits[0].score).map(({ id }) => index.found.get(id));
    const rest = near.filter(({ id }) => !places.has(id));
    const of = (kinds) => rest.filter(({ kind }) => kinds.includes(kind));
    return { exact, readers: of(GROUPS.readers), data: of(GROUPS.data), meant: exact.length ? "" : meant(text) };
  };

  /* What was typed without its idle words, if that leaves any. */
  const telling = (text) => split(text).filter((word) => !IDLE.has(word.toLowerCase())).join(" ") || text;

  const meant = (text) => {
    const better = split(text).map((word) => {
      if (index.written.has(stem(word)) || word.length <= LONG) return word;
      const [first] = index.engine.search(word, { fuzzy: 0.3, prefix: false });
      const other = index.written.get(first?.terms[0]) ?? word;
      return word.startsWith(other) ? word : other;
    }).join(" ");
    return better === split(text).join(" ") ? "" : better;
  };

  const answer = () => {
    if (page) fill(page, new URLSearchParams(location.search).get("q") ?? "", Infinity);
    const text = query.value.trim();
    box.classList.toggle("search--open", isAsked && text !== "");
    if (isAsked && text && index) fill(output, text, SHOWN);
  };

  const part = (tag, style, ...content) => {
    const element = document.createElement(tag);
    element.className = style;
    element.append(...content);
    return element;
  };

  const fill = (place, text, most) => {
    const { exact, readers, data, meant: other } = text ? find(text) : { exact: [], readers: [], data: [], meant: "" };
    const count = exact.length + readers.length + data.length;
    const { one, found: many, none, all } = box.dataset;
    place.querySelector(".search__summary").textContent = !text ? "" : count > 1 ? many.replace("%", count) : count ? one : none;
    const elsewhere = place.querySelector(".search__elsewhere");
    if (elsewhere) elsewhere.hidden = count > 0;
    const parts = [...suggestion(other), ...group("", exact, most), ...group("readers", readers, most), ...group("data", data, most)];
    if (count > 2 * most && box.dataset.page) parts.push(part("p", "search__all", Object.assign(document.createElement("a"), { href: addressOf(text), textContent: all.replace("%", count) })));
    place.querySelector(".search__found").replaceChildren(...parts);
  };

  const addressOf = (text) => {
    const address = new URL(box.dataset.page, location.href);
    address.searchParams.set("q", text);
    return address;
  };

  const suggestion = (other) => {
    if (!other) return [];
    const button = part("button", "search__other", other);
    button.type = "button";
    button.addEventListener("click", () => { query.value = other; query.focus(); isAsked = true; answer(); });
    return [part("p", "search__meant", `${box.dataset.meant} `, button)];
  };

  const group = (name, results, most) => {
    if (!results.length) return [];
    const list = part("ol", "search__list", ...results.slice(0, most).map(entry));
    return name ? [part("p", "search__group", box.getAttribute(`data-group-${name}`)), list] : [list];
  };

  const entry = ({ kind, title, note, id }) => {
    const link = document.createElement("a");
    link.href = new URL(id, base);
    const teaser = note.length > TEASER ? note.slice(0, TEASER) + "…" : note;
    link.append(part("span", "search__kind", box.getAttribute(`data-kind-${kind}`) ?? ""), " ", part("strong", "search__name", title), " ", part("span", "search__text", teaser));
    return part("li", "search__item", link);
  };

  const close = () => { isAsked = false; box.classList.remove("search--open"); };

  /* The arrows go through the box and the results, and stop at both ends. */
  const step = (event) => {
    const stops = [query, ...output.querySelectorAll("a, button")].filter((stop) => stop.offsetParent);
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!box.classList.contains("search--open") || !stops[at]) return;
    event.preventDefault();
    stops[at].focus();
  };

  query.addEventListener("focus", start);
  query.addEventListener("input", () => { isAsked = true; start(); answer(); });
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    isAsked = true;
    await start();
    answer();
    const first = output.querySelector(".search__list a");
    if (first) location.assign(first.href);
  });
  box.querySelector("form").addEventListener("reset", () => { close(); query.focus(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); query.focus(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(); });
  box.hidden = false;
  if (page && location.search) start();
})();
