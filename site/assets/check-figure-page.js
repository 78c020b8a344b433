/* The page "Does my number still hold?": the box to paste in, and the answer in words. check-figure.js judges. */
(() => {
  "use strict";
  const form = document.querySelector("#check"), words = document.querySelector("#check-words");
  if (!form || !words) return;

  const LONGEST_IN_ADDRESS = 300, LARGEST_FILE = 8e6, MOST_SHOWN = 50, MOST_NAMES = 10;
  const language = document.documentElement.lang;
  const root = new URL(words.dataset.root, location.href);
  const index = JSON.parse(document.querySelector("#check-figures").textContent);
  const cells = new Map([...index.figures, ...index.corrected].map((cell) => [cell.cell, cell]));
  const folder = new URL(".", document.currentScript.src);
  const field = form.querySelector("#check-text"), file = form.querySelector("#check-file");
  const box = document.querySelector("#check-answer");
  const status = box.querySelector("#check-state"), detail = box.querySelector("#check-detail");
  const isDisk = location.protocol === "file:";
  const tables = new Map();

  const say = (name, values = {}) =>
    (words.getAttribute(`data-${name}`) || name).replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

  const make = (tag, content, style) => {
    const element = document.createElement(tag);
    if (style) element.className = style;
    element.append(...[content].flat());
    return element;
  };

  const tableOf = async (name) => {
    if (isDisk) return null;
    if (!tables.has(name)) {
      const asked = fetch(new URL(`data/figures/tables/${name}.json`, root)).then((found) => (found.ok ? found.json() : null)).catch(() => null);
      tables.set(name, asked);
    }
    const table = await tables.get(name);
    if (!table) tables.delete(name); // so that another try asks again
    return table;
  };

  /* The cells on a page of this site, of which a chart stands in its embed; nothing for what is no page. */
  const cellsOn = async (link) => {
    if (isDisk) return null;
    const home = link.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(new RegExp(`^${root.pathname}`), "").replace(/^\/|[?#].*$/g, "");
    const place = home.replace(/charts\/([a-z0-9-]+)(?:\.[a-z]+)*\.[a-z]+$/, "embed/chart-$1.html");
    const found = await fetch(new URL(place || "index.html", root)).catch(() => null);
    if (!found?.ok || !/html/.test(found.headers.get("content-type") ?? "")) return null;
    const content = new DOMParser().parseFromString(await found.text(), "text/html");
    return new Set([...content.querySelectorAll("[data-cell]")].map((one) => one.dataset.cell));
  };

  const shown = (address, value) => {
    if (value === null || value === undefined) return say("nothing");
    const cell = cells.get(address);
    if (!cell) return value;
    const told = value === cell.value ? cell : cell.records.find((one) => one.value === value);
    return told?.shown?.[language] ?? value; // what is shown as it is stored has no words of its own
  };

  const day = (text) =>
    text ? new Date(`${text}T12:00:00Z`).toLocaleDateString(language === "nl" ? "nl-BE" : "en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }) : say("no-day");

  const what = (finding) => {
    const { cell, state, version } = finding;
    const values = { old: shown(cell, finding.old), new: shown(cell, finding.new), version, released: day(finding.released) };
    if (state === "unchanged") return say(version ? "holds" : "never", values);
    if (state === "revised") return say(version ? "was" : "was-undated", values);
    if (state === "rounded") return say("about", values);
    if (state === "withdrawn") return say(version ? "gone" : "gone-undated", values);
    return say("other", values);
  };

  const why = ({ state, reason }) => {
    if (state === "unchanged" || state === "rounded") return "";
    if (state === "differs") return say("no-explanation");
    return reason && reason[language] ? say("why", { reason: reason[language] }) : say("no-reason");
  };

  const entry = (finding) => {
    const cell = cells.get(finding.cell), name = cell ? cell.about[language] : finding.cell;
    const page = cell && cell.page[language];
    const title = make(page ? "a" : "strong", name);
    if (page) title.href = new URL(page, root);
    const item = make("li", [title, make("span", what(finding), "check__what")]);
    if (why(finding)) item.append(make("span", why(finding), "check__why"));
    const newer = cells.get(cell?.newer);
    if (newer) {
      const link = make("a", `${shown(newer.cell, newer.value)}, ${newer.about[language]}`);
      link.href = new URL(newer.page[language], root);
      item.append(make("span", [`${say("newer")} `, link], "check__newer"));
    }
    return item;
  };

  const because = (name) => say(isDisk && name === "no-table" ? "why-disk" : `why-${name || "none"}`);
  const names = (list) => {
    const more = list.length - MOST_NAMES;
    return [...list.slice(0, MOST_NAMES), ...(more > 0 ? [say("more", { count: more })] : [])].join(", ");
  };

  const findingsOf = (findings) => {
    const list = make("ul", findings.slice(0, MOST_SHOWN).map(entry), "check__findings");
    if (findings.length > MOST_SHOWN) list.append(make("li", say("more", { count: findings.length - MOST_SHOWN })));
    return list;
  };

  const section = (kind, answer) => {
    const parts = [];
    if (kind !== "table") {
      parts.push(make("h2", [make("span", answer.text, "check__asked"), " ", make("span", say(answer.state), `check__tag check__tag--${answer.state}`)]));
      if (answer.state === "unknown" || answer.state === "unreadable") parts.push(make("p", because(answer.why)));
      else if (kind === "value" && answer.findings.length > 1) parts.push(make("p", say("several")));
      else if (kind === "link" && !answer.findings.length) parts.push(make("p", say("fine")));
    }
    if (answer.findings.length) parts.push(findingsOf(answer.findings));
    return parts;
  };

  const compared = ({ comparison, why: reason }) => {
    if (!comparison) return [];
    const lines = [say("table", { title: index.tables[comparison.table].title[language] })];
    if (!reason) lines.push(say("rows", { ...comparison, unknown: comparison.unknown_rows.length }));
    for (const kind of ["unknown_columns", "missing_columns", "unknown_rows", "absent_rows"]) {
      if (comparison[kind].length) lines.push(say(kind.replace("_", "-"), { names: names(comparison[kind]) }));
    }
    return lines.map((line) => make("p", line));
  };

  // The answer stands below the box, on a phone out of sight: bring it in view, and leave the keyboard where it is.
  const tell = (text) => {
    status.textContent = text;
    if (status.getBoundingClientRect().bottom > innerHeight * 0.8) status.scrollIntoView({ block: "center" });
  };

  const show = (judgement) => {
    box.hidden = false;
    box.dataset.state = judgement.state;
    const { answers, why: reason, kind } = judgement;
    detail.replaceChildren(
      ...(reason ? [make("p", because(reason))] : []),
      ...compared(judgement),
      ...answers.flatMap((answer) => section(kind, answer)),
    );
    tell(say("answer", { state: say(judgement.state) }));
  };

  const fail = (name) => {
    box.hidden = false;
    box.dataset.state = "unreadable";
    detail.replaceChildren();
    tell(say(name));
  };

  const remember = (text) => {
    const address = new URL(location.href);
    if (text && text.length <= LONGEST_IN_ADDRESS && !text.includes("\n")) address.searchParams.set("q", text);
    else address.searchParams.delete("q");
    try { history.replaceState(null, "", address); } catch { /* a page from a disk has no address of its own */ }
  };

  // Who only reads the list does not load what judges.
  let loading = null;
  const judging = () => new Promise((loaded, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("check-figure.js", folder), onload: loaded, onerror: failed }));
  });
  const judge = async (text) => {
    await (loading ??= judging().catch((error) => { loading = null; throw error; }));
    return globalThis.judgeFigure(text, index, tableOf, cellsOn);
  };

  let latest = 0;
  const check = async (text) => {
    const own = (latest += 1);
    try {
      const judgement = await judge(text);
      if (own === latest) show(judgement);
    } catch {
      if (own === latest) fail("failed");
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    file.value = "";
    remember(field.value.trim());
    check(field.value);
  });
  form.addEventListener("reset", () => {
    latest += 1;
    remember("");
    box.hidden = true;
    detail.replaceChildren();
    status.textContent = "";
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    remember("");
    field.value = "";
    if (chosen.size > LARGEST_FILE) { fail("no-file"); return; }
    try { await check(await chosen.text()); } catch { fail("no-file"); }
  });

  form.hidden = false;
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    check(asked);
  }
})();
