/* Search within the site, in the browser: the theme's worker, loaded when somebody starts to type, over an index of
   pages, tables, fields, terms and figures. What is named exactly (a number in any notation, a term, a table, a
   field) comes first; the worker knows only words. */
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const { base: root, searchWorker } = document.body.dataset;
  // A browser opens no worker from a disk; there the menu and the list of tables lead the way.
  if (!box || !searchWorker || !window.Worker || location.protocol === "file:") return;

  const base = new URL(root.replace(/\/?$/, "/"), location.href);
  const query = box.querySelector(".search__query");
  const summary = box.querySelector(".search__summary");
  const list = box.querySelector(".search__list");
  const elsewhere = box.querySelector(".search__elsewhere");
  const SETUP = 0, QUERY = 2, RESULT = 3;
  const SHOWN = 12, TEASER = 150;
  const KINDS = ["figure", "term", "table", "field", "page"]; // which of those that fit alike comes first
  const ENDINGS = /(?:ingen|'s|’s|ing|en|es|e|s)$/; // of words in Dutch and English that have a shorter form
  let worker = null;
  let found = new Map(); // what can be found, by its place
  let isAsked = false; // an answer that comes after the list was closed does not open it again
  let isLenient = false; // the worker was asked again, for words that look alike

  const plain = (html) => new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim();
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const isNumber = (text) => /^[\d.,-]*\d[\d.,-]*$/.test(text);

  /* What was typed, and of an amount the bare number: each notation of a number is a key of what it stands for. */
  const wanted = (text) => {
    const asked = text.trim().toLowerCase().replace(/\s+/g, " ");
    const amount = asked.replace(/[\s€%]|eur(?:o)?/g, "");
    return new Set(isNumber(amount) ? [asked, amount] : [asked]);
  };
  const words = () => folded(query.value).split(/[\s:~^*+"-]+/).map((word) => word.replace(/^\W+|\W+$/g, "")).filter(Boolean);
  const stem = (word) => word.length > 4 ? word.replace(ENDINGS, "") : word;

  const keep = (documents) => {
    found = new Map(documents.map((one) => {
      const title = plain(one.title), text = one.note ?? plain(one.text);
      return [one.location, { ...one, kind: one.kind ?? "page", title, text, looked: folded(`${title} ${plain(one.text)}`), name: folded(title) }];
    }));
  };

  const start = async () => {
    if (worker) return;
    worker = new Worker(new URL(searchWorker, location.href));
    worker.addEventListener("message", ({ data }) => {
      if (data.type === RESULT) answer(data.data.items.flat());
      else ask();
    });
    const index = await (await fetch(new URL("search/search_index.json", base))).json();
    keep(index.docs);
    worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
  };

  const ask = (lenient = false) => {
    const terms = words();
    isLenient = lenient;
    if (!query.value.trim() || !worker || !found.size) return show([]);
    const clauses = terms.map((word) => lenient ? `${word}~${word.length > 7 ? 2 : 1}` : `${word} ${stem(word)}*`);
    worker.postMessage({ type: QUERY, data: clauses.join(" ") });
  };

  const answer = (items) => {
    const scores = new Map(items.filter((item) => item.score > 0 && found.get(item.location)?.kind).map((item) => [item.location, item.score]));
    const exact = exactly();
    const all = [...new Set([...exact, ...scores.keys()])];
    if (!all.length && !isLenient && words().some((word) => word.length > 3)) return ask(true);
    show(ranked(all, new Set(exact), scores));
  };

  /* The places of what is meant exactly by all that was typed. */
  const exactly = () => {
    const meant = wanted(query.value), name = folded(query.value.trim());
    const fits = ({ keys, kind, name: own }) => own === name || (kind === "term" && stem(own) === stem(name)) || (keys ?? []).some((key) => meant.has(key.replace(/\u00a0/g, " ")));
    return [...found.values()].filter(fits).map(({ location }) => location);
  };

  const ranked = (places, exact, scores) => {
    const terms = words().map(stem);
    const missed = (text) => terms.filter((term) => !text.includes(term)).length;
    const apart = (name) => isLenient ? Math.abs(name.length - query.value.trim().length) : 0; // of words that look alike
    const weights = new Map(places.map((place) => {
      const one = found.get(place);
      const isExact = exact.has(place);
      return [place, [isExact ? 0 : 1, isExact ? KINDS.indexOf(one.kind) : 0, missed(one.looked), missed(one.name), apart(one.name), -(scores.get(place) ?? 0)]];
    }));
    const before = (one, other) => weights.get(one).map((weight, at) => weight - weights.get(other)[at]).find(Boolean) ?? 0;
    return places.sort(before).map((place) => found.get(place));
  };

  const show = (results) => {
    box.classList.toggle("search--open", isAsked && query.value.trim() !== "");
    const { one, found: many, none } = box.dataset;
    summary.textContent = results.length > 1 ? many.replace("%", results.length) : results.length ? one : none;
    if (elsewhere) elsewhere.hidden = results.length > 0;
    list.replaceChildren(...results.slice(0, SHOWN).map(entry));
  };

  const part = (tag, style, text) => {
    const element = document.createElement(tag);
    element.className = style;
    element.textContent = text;
    return element;
  };

  const entry = ({ kind, title, text, location: place }) => {
    const link = document.createElement("a");
    link.href = new URL(place, base);
    const word = box.getAttribute(`data-kind-${kind}`) ?? "";
    const teaser = text.length > TEASER ? text.slice(0, TEASER) + "…" : text;
    link.append(part("span", "search__kind", word), " ", part("strong", "search__name", title), " ", part("span", "search__text", teaser));
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const close = () => { isAsked = false; box.classList.remove("search--open"); };

  /* The arrows go through the box and the results, and stop at both ends. */
  const step = (event) => {
    const stops = [query, ...box.querySelectorAll(".search__output a")].filter((stop) => stop.offsetParent);
    const at = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (!box.classList.contains("search--open") || !stops[at]) return;
    event.preventDefault();
    stops[at].focus();
  };

  query.addEventListener("focus", start);
  query.addEventListener("input", () => { isAsked = true; start(); ask(); });
  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const first = box.classList.contains("search--open") && list.querySelector("a");
    if (first) first.focus();
    else { isAsked = true; ask(); }
  });
  box.querySelector("form").addEventListener("reset", () => { close(); query.focus(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); query.focus(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(); });
  box.hidden = false;
})();
