/* Search within the site, in the browser: the theme's index and worker, loaded when somebody starts to type. */
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
  const SETUP = 0, QUERY = 2, RESULT = 3;
  const SHOWN = 12, TEASER = 150;
  let worker = null;
  let isAsked = false; // an answer that comes after the list was closed does not open it again

  const plain = (html) => new DOMParser().parseFromString(html || "", "text/html").body.textContent.trim();

  const start = async () => {
    if (worker) return;
    worker = new Worker(new URL(searchWorker, location.href));
    worker.addEventListener("message", ({ data }) => {
      if (data.type === RESULT) show(data.data.items);
      else ask();
    });
    const index = await (await fetch(new URL("search/search_index.json", base))).json();
    worker.postMessage({ type: SETUP, data: { ...index, options: { suggest: false } } });
  };

  const ask = () => {
    const words = query.value.trim();
    if (words && worker) worker.postMessage({ type: QUERY, data: words.split(/\s+/).map((word) => word + "*").join(" ") });
    else show([]);
  };

  const show = (groups) => {
    const found = groups.map((group) => group[0]).slice(0, SHOWN);
    box.classList.toggle("search--open", isAsked && query.value.trim() !== "");
    summary.textContent = found.length ? box.dataset.found.replace("%", groups.length) : box.dataset.none;
    list.replaceChildren(...found.map(entry));
  };

  const entry = (page) => {
    const link = document.createElement("a");
    link.href = new URL(page.location, base);
    const title = document.createElement("strong");
    title.textContent = plain(page.title);
    const text = plain(page.text);
    const teaser = document.createElement("span");
    teaser.textContent = text.length > TEASER ? text.slice(0, TEASER) + "…" : text;
    link.append(title, teaser);
    const item = document.createElement("li");
    item.append(link);
    return item;
  };

  const close = () => { isAsked = false; box.classList.remove("search--open"); };
  query.addEventListener("focus", start);
  query.addEventListener("input", () => { isAsked = true; start(); ask(); });
  box.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); isAsked = true; ask(); });
  box.querySelector("form").addEventListener("reset", () => { close(); query.focus(); });
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") { close(); query.focus(); } });
  box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) close(); });
  box.hidden = false;
})();
