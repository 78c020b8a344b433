/* What a chart says of the mark under the pointer, or under the keys: its name, its figure, and where that leads.

   The drawing becomes one stop of the tab key; the arrows walk along its marks, Enter follows a mark to the passport of
   its figure, and Escape closes. What is said stands in the table beneath, so nothing is known here but where to look.
   Without this script the chart and its table say the same. */
"use strict";

(() => {
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  /* The cell of the table beneath that a mark draws, and what stands beside it. */
  function saidOf(figure, mark) {
    const cell = figure.querySelector(`table [data-cell="${CSS.escape(mark.dataset.draws)}"]`);
    if (!cell) return null;
    const row = cell.closest("tr");
    const heading = row.querySelector("th");
    const link = mark.closest("a") || cell.closest("a") || row.querySelector("a");
    return {
      name: textOf(heading),
      value: heading.contains(cell) ? textOf(heading.nextElementSibling) : cell.textContent.trim(),
      address: link ? link.getAttribute("href") : "",
    };
  }

  function textOf(element) {
    if (!element) return "";
    const copy = element.cloneNode(true);
    copy.querySelectorAll("sup").forEach((mark) => mark.remove()); // the marks of sources
    return copy.textContent.trim();
  }

  function element(name, className, parent) {
    const made = document.createElement(name);
    made.className = className;
    parent.append(made);
    return made;
  }

  /* One box per chart, with the words that a screen reader hears when they change. */
  function boxOf(figure) {
    const box = element("div", "chart__tip", figure);
    box.hidden = true;
    const heard = element("p", "visually-hidden", figure);
    heard.setAttribute("role", "status");
    const help = element("p", "visually-hidden", figure);
    help.id = `${figure.id}-keys`;
    help.textContent = figure.dataset.keys;
    return { box, heard, help, name: element("strong", "chart__tip-name", box), value: element("span", "chart__tip-value", box) };
  }

  /* Beside the mark and within the window, however the page is scrolled or magnified. */
  async function place(box, mark) {
    const { computePosition, flip, offset, shift } = window.FloatingUIDOM;
    const middleware = [offset(2), flip(), shift({ padding: 8 })];
    const { x, y } = await computePosition(mark, box, { placement: "top", middleware });
    box.style.left = `${Math.round(x)}px`;
    box.style.top = `${Math.round(y)}px`;
  }

  function listen(figure, drawing, tip) {
    const marks = [...drawing.querySelectorAll("[data-draws]")];
    let current = -1;

    function show(number, aloud) {
      const said = saidOf(figure, marks[number]);
      if (!said) return;
      hide();
      current = number;
      marks[number].classList.add("chart__mark--shown");
      tip.name.textContent = said.name;
      tip.value.textContent = said.value;
      tip.box.hidden = false;
      if (aloud) tip.heard.textContent = `${said.name}: ${said.value}. ${said.address ? figure.dataset.follow : ""}`.trim();
      place(tip.box, marks[number]);
    }

    function hide() {
      marks.forEach((mark) => mark.classList.remove("chart__mark--shown"));
      tip.box.hidden = true;
      current = -1;
    }

    function press(event) {
      const step = STEPS[event.key];
      if (step) show(current < 0 ? (step > 0 ? 0 : marks.length - 1) : (current + step + marks.length) % marks.length, true);
      else if (event.key === "Home") show(0, true);
      else if (event.key === "End") show(marks.length - 1, true);
      else if (event.key === "Escape" && current >= 0) hide();
      else if (event.key === "Enter" && current >= 0) follow(saidOf(figure, marks[current]));
      else return;
      event.preventDefault();
    }

    // The box stays while the pointer is on it, so that it can be read with a magnifier; Escape closes it anywhere.
    const leave = (event) => event.relatedTarget !== tip.box && hide();
    marks.forEach((mark, number) => {
      mark.querySelector("title")?.remove(); // the box says it, and says more
      mark.addEventListener("pointerenter", () => show(number, false));
      mark.addEventListener("pointerleave", leave);
    });
    tip.box.addEventListener("pointerleave", hide);
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    drawing.querySelectorAll("a").forEach((link) => link.setAttribute("tabindex", "-1")); // the arrows reach them
    drawing.setAttribute("tabindex", "0");
    drawing.setAttribute("role", "application"); // so that a screen reader leaves the arrows to us
    drawing.setAttribute("aria-describedby", tip.help.id);
    drawing.addEventListener("keydown", press);
    drawing.addEventListener("blur", hide);
  }

  function follow(said) {
    if (said && said.address) window.location.assign(said.address);
  }

  if (!window.FloatingUIDOM) return;
  document.querySelectorAll("figure[data-chart]").forEach((figure) => {
    const tip = boxOf(figure);
    figure.querySelectorAll("svg.chart__drawing").forEach((drawing) => listen(figure, drawing, tip));
  });
})();
