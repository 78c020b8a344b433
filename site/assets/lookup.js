/* Which group does a place belong to? The field looks in the table beneath the map, by name or by postal code.

   Accents, capitals and hyphens do not matter. What is shown of a group is what the list of groups on the page says.
   Without this script the field is not there, and the table and the list say the same. */
"use strict";

(() => {
  const MOST = 8;
  const form = document.querySelector(".lookup");
  const table = document.querySelector("table.places");
  if (!form || !table) return;
  const field = form.querySelector("input");
  const answer = form.querySelector(".lookup__answer");

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

  const places = [...table.tBodies[0].rows].map((row) => ({
    name: row.cells[0].textContent.trim(),
    words: plain(row.cells[0].textContent),
    codes: row.cells[2].textContent.split(";").map((code) => code.trim()),
    link: row.cells[1].querySelector("a"),
  }));

  /* The places that are meant: the one of that very name alone, else those whose name starts so before the others. */
  function found(asked) {
    if (/^\d+$/.test(asked)) return places.filter((place) => place.codes.some((code) => code.startsWith(asked)));
    const exact = places.filter((place) => place.words === asked);
    if (exact.length) return exact;
    const starts = places.filter((place) => place.words.startsWith(asked));
    return [...starts, ...places.filter((place) => !starts.includes(place) && place.words.includes(asked))];
  }

  function paragraph(parent, ...content) {
    const made = document.createElement("p");
    made.append(...content);
    parent.append(made);
  }

  /* One place, with the link to its group; the words between them come from the page. */
  function line(place) {
    const [before, between, after] = form.dataset.found.split(/\{place\}|\{group\}/);
    const name = document.createElement("strong");
    name.textContent = place.name;
    return [before, name, between, place.link.cloneNode(true), after];
  }

  function show() {
    const asked = plain(field.value);
    answer.replaceChildren();
    if (asked.length < 2) return;
    const all = found(asked);
    if (!all.length) paragraph(answer, form.dataset.none);
    all.slice(0, MOST).forEach((place) => paragraph(answer, ...line(place)));
    if (all.length > MOST) paragraph(answer, form.dataset.more);
    const groups = new Set(all.map((place) => place.link.getAttribute("href")));
    if (groups.size !== 1) return;
    const known = document.querySelector(`.group-list a[href="${CSS.escape([...groups][0])}"]`);
    if (known) answer.append(...[...known.closest("li").querySelectorAll(".network__lead")].map((one) => one.cloneNode(true)));
    paragraph(answer, form.dataset.unknown);
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.hidden = false;
  show();
})();
