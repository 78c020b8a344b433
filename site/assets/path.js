/* A path of questions, folded: one question at a time, then one outcome. All that it shows stands on the page already, where
   each answer is a link to what follows. The answers given are the address (`#path.no.flanders`): the way back is the
   browser's own, and each state can be shared. */
(() => {
  "use strict";

  const guide = document.querySelector(".guide");
  const all = (selector) => [...guide.querySelectorAll(selector)];
  const places = all(".path__step, .path__outcome"), parts = all(".path__part");
  const answers = all("[data-answer]");
  const trail = guide.querySelector(".path__trail"), list = trail.querySelector("ol"), status = trail.querySelector("[role=status]");
  const headingOf = (place) => place.querySelector("h2");
  const addressOf = (words) => [guide.id, ...words].join(".");
  const placeOf = (link) => guide.querySelector(link.hash).closest(".path__step, .path__outcome");

  // From the first question along the answers of the address, as far as they are answers to what was asked.
  const walk = (words) => {
    const given = [];
    let [place] = places;
    for (const word of words) {
      const link = answers.find((one) => one.dataset.answer === word && place.contains(one));
      if (!link) break;
      given.push({ question: headingOf(place).textContent, link, word });
      place = placeOf(link);
    }
    return { given, place };
  };

  const make = (name, text, style = "") => Object.assign(document.createElement(name), { textContent: text, className: style });

  const entry = ({ question, link }, before) => {
    const item = make("li", `${question} `), change = make("a", list.dataset.change);
    change.href = `#${guide.id}`;
    change.dataset.to = addressOf(before);
    change.append(make("span", `: ${question}`, "visually-hidden"));
    item.append(make("strong", link.textContent), " ", change);
    return item;
  };

  const fold = ({ given, place }) => {
    const words = given.map(({ word }) => word);
    const shown = (place.dataset.parts ?? "").split(" ");
    for (const one of places) one.hidden = one !== place;
    for (const part of parts) part.hidden = !shown.includes(headingOf(part).id);
    for (const link of answers) link.dataset.to = addressOf([...words, link.dataset.answer]);
    list.replaceChildren(...given.map((one, nth) => entry(one, words.slice(0, nth))));
    status.textContent = given.length ? `${given.at(-1).question} ${given.at(-1).link.textContent}` : "";
    guide.dataset.state = place.matches(".path__outcome") ? "outcome" : words.length ? "question" : "start";
    trail.querySelector("[data-path=back]").dataset.to = addressOf(words.slice(0, -1));
  };

  const unfold = () => {
    for (const one of [...places, ...parts]) one.hidden = false;
    for (const link of answers) delete link.dataset.to;
    guide.dataset.state = "all";
  };

  // An address of a place in what is folded, as a search gives, unfolds it; the answers of a path are no place.
  const look = () => {
    const address = decodeURIComponent(location.hash.slice(1)), [own, ...words] = address.split(".");
    const isPath = own === guide.id, target = document.getElementById(address);
    if (isPath ? words[0] === "all" : guide.contains(target)) unfold();
    else if (isPath || !guide.dataset.state) fold(walk(isPath ? words : []));
    if (!isPath) return target;
    return guide.dataset.state === "all" ? headingOf(places[0]) : headingOf(places.find((one) => !one.hidden));
  };

  const go = () => {
    const heading = look();
    if (!heading || !guide.contains(heading)) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true }); // which is how a screen reader hears what is asked now
    heading.scrollIntoView();
  };

  // What an answer leads to on the page stays its address; a click goes on with the answers that were given before.
  guide.addEventListener("click", (event) => {
    const link = event.target.closest("[data-to]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = link.dataset.to;
  });

  trail.hidden = false;
  trail.querySelector("[data-path=print]").addEventListener("click", () => print());
  addEventListener("hashchange", go);
  if (location.hash) go();
  else look();
})();
