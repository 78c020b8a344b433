/* "Does my number still hold?": judges what somebody pastes, in the browser alone. The cases that it must judge stand in
   tests/support/lookup_cases.json. */

(() => {
  "use strict";
  const UNCHANGED = "unchanged", REVISED = "revised", WITHDRAWN = "withdrawn", DIFFERS = "differs";
  const UNKNOWN = "unknown", UNREADABLE = "unreadable", ROUNDED = "rounded";
  const WEIGHT = [REVISED, WITHDRAWN, DIFFERS, UNREADABLE, UNKNOWN, ROUNDED, UNCHANGED];

  /* ---- numbers and dates in a text ---- */
  const BLANK = "[ \\u00a0\\u2009\\u202f]";
  const NUMBER = /[0-9]{1,3}([ \u00a0\u2009\u202f'\u2019])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*/g;
  const BETWEEN_THOUSANDS = /[ \u00a0\u2009\u202f'\u2019]/;
  const DATE = "(?<y1>[0-9]{4})-(?<m1>[0-9]{1,2})-(?<d1>[0-9]{1,2})(?![0-9])"
    + "|(?<d2>[0-9]{1,2})(?<mark>[-/.])(?<m2>[0-9]{1,2})\\k<mark>(?<y2>[0-9]{4})(?![0-9])"
    + `|(?<d3>[0-9]{1,2})(?:st|nd|rd|th|ste|de|e)?${BLANK}+(?:of${BLANK}+)?(?<m3>[a-z]{3,9})\\.?${BLANK}+(?<y3>[0-9]{4})(?![0-9])`
    + `|(?<m4>[a-z]{3,9})\\.?${BLANK}+(?<d4>[0-9]{1,2})(?:st|nd|rd|th)?,?${BLANK}+(?<y4>[0-9]{4})(?![0-9])`;
  const MONTHS = [
    ["januari", "january", "jan"], ["februari", "february", "feb"], ["maart", "march", "mrt", "mar"], ["april", "apr"],
    ["mei", "may"], ["juni", "june", "jun"], ["juli", "july", "jul"], ["augustus", "august", "aug"],
    ["september", "sept", "sep"], ["oktober", "october", "okt", "oct"], ["november", "nov"], ["december", "dec"],
  ];
  const EURO_BEFORE = new RegExp(`(?:€|(?:^|\\P{L})(?:EUR|euro))${BLANK}*$`, "iu");
  const EURO_AFTER = new RegExp(`^${BLANK}*(?:€|(?:EUR|euro)(?!\\p{L}))`, "iu");
  const PERCENT_AFTER = new RegExp(`^${BLANK}*(?:%|(?:procent|percent|per cent)(?!\\p{L}))`, "iu");
  const SCALE_AFTER = new RegExp(`^${BLANK}*(?:(duizend|thousand)|(miljoen|mln|million)|(miljard|billion))(?!\\p{L})\\.?`, "iu");
  const MORE = /(?:ruim|meer dan|over|more than|well over)\s*(?:€|EUR|euro)?\s*$/iu, LESS = /(?:bijna|minder dan|almost|nearly|less than|under)\s*(?:€|EUR|euro)?\s*$/iu;
  const ABOUT = /(?:ongeveer|circa|ca\.|rond de|zowat|about|around|roughly|some)\s*(?:€|EUR|euro)?\s*$/iu;
  const LETTER_FIRST = /^\p{L}/u, LETTER_LAST = /\p{L}$/u, WORD_LAST = /[\p{L}\p{N}]$/u;

  const unique = (items) => [...new Set(items)];

  const canonical = (number) => {
    const sign = number.startsWith("-") ? "-" : "";
    const [whole, part = ""] = number.slice(sign.length).split(".");
    const kept = part.replace(/0+$/, ""), front = whole.replace(/^0+/, "") || "0";
    const written = kept ? `${front}.${kept}` : front;
    return written === "0" ? written : sign + written;
  };

  const areThousands = (groups) =>
    groups[0].length >= 1 && groups[0].length <= 3 && groups[0][0] !== "0" && groups.slice(1).every((group) => group.length === 3);

  const numberValues = (digits) => {
    if (BETWEEN_THOUSANDS.test(digits)) return [digits.replace(new RegExp(BETWEEN_THOUSANDS, "g"), "").replace(",", ".")];
    const groups = digits.split(/[.,]/), marks = digits.match(/[.,]/g) || [];
    if (!marks.length) return [digits];
    const front = groups.slice(0, -1), last = groups[groups.length - 1];
    if (marks.length === 1) {
      const decimal = `${front[0]}.${last}`;
      if (!areThousands(groups)) return [decimal];
      return last === "000" ? [front[0] + last] : [front[0] + last, decimal];
    }
    if (new Set(marks.slice(0, -1)).size > 1 || !areThousands(front)) return [];
    if (marks[marks.length - 1] !== marks[0]) return [`${front.join("")}.${last}`];
    return areThousands(groups) ? [groups.join("")] : [];
  };

  const dayOf = (year, month, day) => {
    const date = new Date(Date.UTC(2000, 0, 1));
    date.setUTCFullYear(Number(year), month - 1, Number(day));
    const exists = Number(year) > 0 && month > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
    const two = (number) => String(Number(number)).padStart(2, "0");
    return exists ? `${year}-${two(month)}-${two(day)}` : "";
  };

  const daysOf = (found) => {
    if (found.y2) {
      return unique([dayOf(found.y2, Number(found.m2), found.d2), dayOf(found.y2, Number(found.d2), found.m2)].filter(Boolean));
    }
    if (found.y1) return [dayOf(found.y1, Number(found.m1), found.d1)].filter(Boolean);
    const name = (found.m3 || found.m4).toLowerCase();
    return [dayOf(found.y3 || found.y4, MONTHS.findIndex((names) => names.includes(name)) + 1, found.d3 || found.d4)].filter(Boolean);
  };

  const dateValues = (text) => {
    const found = new RegExp(`^(?:${DATE})$`, "i").exec(text);
    return found ? daysOf(found.groups) : [];
  };

  const datesIn = (text) =>
    [...text.matchAll(new RegExp(DATE, "gi"))]
      .map((found) => ({ start: found.index, text: found[0], isDate: true, values: daysOf(found.groups), unit: "" }))
      .filter((mention) => mention.values.length && !WORD_LAST.test(text.slice(0, mention.start)));

  const shifted = (number, places) => {
    const [whole, part = ""] = number.split(".");
    const digits = part.padEnd(places, "0");
    return `${whole}${digits.slice(0, places)}.${digits.slice(places)}`;
  };

  const numbersIn = (text) =>
    [...text.matchAll(NUMBER)].flatMap((found) => {
      const before = text.slice(0, found.index), after = text.slice(found.index + found[0].length);
      const isEuro = EURO_BEFORE.test(before), scale = SCALE_AFTER.exec(after);
      const rest = scale ? after.slice(scale[0].length) : after;
      const unit = isEuro || EURO_AFTER.test(rest) ? "eur" : PERCENT_AFTER.test(rest) ? "percent" : "";
      const isWord = (LETTER_LAST.test(before) && !isEuro) || (LETTER_FIRST.test(after) && !scale && !unit);
      if (isWord || before.endsWith("_") || after.startsWith("_")) return [];
      const places = scale ? 3 * scale.slice(1).findIndex(Boolean) + 3 : 0;
      const sign = /(?:^|[\s(])[-\u2212]$/.test(before) ? "-" : "";
      const values = unique(numberValues(found[0]).map((value) => canonical(sign + shifted(value, places))));
      const side = MORE.test(before) ? 1 : LESS.test(before) ? -1 : 0, isAbout = side !== 0 || ABOUT.test(before);
      return values.length ? [{ start: found.index, text: sign + found[0], isDate: false, values, unit, side, isAbout }] : [];
    });

  const mentions = (text) => {
    const dates = datesIn(text);
    let rest = text;
    for (const { start, text: { length } } of dates) rest = rest.slice(0, start) + "#".repeat(length) + rest.slice(start + length);
    const seen = new Set();
    return [...dates, ...numbersIn(rest)].sort((one, other) => one.start - other.start).filter((mention) => {
      const name = JSON.stringify([mention.isDate, mention.values, mention.unit]);
      return !seen.has(name) && seen.add(name);
    });
  };

  const mayBeYear = ({ text, unit }) => !unit && /^[0-9]{4}$/.test(text) && Number(text) >= 1900 && Number(text) <= 2100;

  /* ---- what became of a value ---- */
  const finding = (cell, state, old = null, now = null) =>
    ({ cell, state, old, new: now, version: "", released: "", kind: "", reason: null });
  const answer = (text, state, findings = [], why = "") => ({ text, state, findings, why });
  const judgement = (kind, state, { answers = [], comparison = null, why = "" } = {}) => ({ kind, state, answers, comparison, why });
  const overall = (states) => WEIGHT.find((state) => states.includes(state)) || UNKNOWN;
  const statesOf = (things) => things.map(({ state }) => state);

  const dated = (found, record) => {
    if (!record) return found;
    const { version, released, kind, reason } = record;
    return { ...found, version, released, kind, reason: Object.keys(reason).length ? reason : null };
  };

  const judgedValue = ({ cell, records, value: now }, value) => {
    const last = records[records.length - 1];
    const place = records.findLastIndex
      ? records.findLastIndex((record) => record.value === value)
      : records.map((record) => record.value).lastIndexOf(value);
    if (value === now) return dated(finding(cell, UNCHANGED, value, now), last && last.value === now ? last : null);
    if (place < 0) return null;
    if (now === null) return dated(finding(cell, WITHDRAWN, value, now), last.value === null ? last : null);
    return dated(finding(cell, REVISED, value, now), records[place + 1]);
  };

  const judgedCell = ({ cell, records, value: now }) => {
    const last = records[records.length - 1];
    if (!last) return finding(cell, UNCHANGED, null, now);
    if (last.value !== now) return finding(cell, DIFFERS, last.value, now);
    const old = records.length > 1 ? records[records.length - 2].value : now;
    const state = now === null ? WITHDRAWN : records.length > 1 ? REVISED : UNCHANGED;
    return dated(finding(cell, state, old, now), last);
  };

  /* ---- a text with numbers ---- */
  const fits = (mention, figure) =>
    mention.isDate ? figure.type === "date" : ["integer", "number", "year"].includes(figure.type) && figure.unit.startsWith(mention.unit);

  /* Whether a figure, rounded as coarsely as a number is written, gives that number: 3,811 gives 3,800 and "about 4,000".
     One digit alone tells too little, unless it is called a rounding or counts millions. */
  const roundsTo = (mention, value, figure) => {
    const [whole, part = ""] = value.split("."), zeros = part ? "" : /0*$/.exec(whole)[0];
    const digits = value.replace(/\D/g, "").length - zeros.length, size = Math.abs(Number(value));
    if (digits < 2 && !(size >= 1e6 || (mention.isAbout && size >= 1000))) return false;
    const step = part ? 10 ** -part.length : 10 ** zeros.length, apart = Number(figure) - Number(value);
    return figure !== value && apart * mention.side >= 0 && Math.abs(apart) <= step / 2 * (1 + Number.EPSILON);
  };

  const roundedIn = (mention, figures) =>
    figures.filter(({ value: now }) => now !== null && !mention.isDate && mention.values.some((value) => roundsTo(mention, value, now)))
      .map(({ cell, value: now }) => finding(cell, ROUNDED, mention.text, now));

  const answerOf = (mention, index) => {
    const order = [UNCHANGED, REVISED, WITHDRAWN], figures = index.figures.filter((figure) => fits(mention, figure));
    const exact = figures
      .flatMap((figure) => mention.values.map((value) => judgedValue(figure, value)).filter(Boolean))
      .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
    const findings = exact.length ? exact : roundedIn(mention, figures);
    return answer(mention.text, overall(statesOf(findings)), findings);
  };

  const checkValues = (text, index) => {
    const found = mentions(text).map((mention) => [mention, answerOf(mention, index)]);
    if (!found.length) return judgement("nothing", UNREADABLE, { why: "no-number" });
    const telling = found.filter(([mention, { findings }]) => findings.length || !mayBeYear(mention));
    const answers = (telling.length ? telling : found).map(([, given]) => given);
    return judgement("value", overall(statesOf(answers)), { answers });
  };

  /* ---- links and addresses ---- */
  const CELL = /([^.[\]\s]+)\.([^.[\]\s]+)\[([^[\]]*)\]/g;
  const TOKEN = /\S*\/\S*|\S+\.(?:csv|json|xlsx|parquet|html)(?:[?#]\S*)?/g;
  const AROUND = "<>()[]{}\"'“”‘’.,;:!?";
  const FILE = /^(.+?)(?:\.nl)?\.(?:csv|json|xlsx|parquet|csv-metadata\.json|html)$/;
  const PAGES = ["data", "paspoort", "passport"];

  const unquote = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const quote = (text) =>
    encodeURIComponent(text).replace(/%20|%3A|%2F/g, (code) => decodeURIComponent(code))
      .replace(/[!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase());
  const cellOf = (table, field, key) => `${table}.${field}[${key.map(quote).join(",")}]`;
  const rowOf = (table, key) => `${table}[${key.map(quote).join(",")}]`;
  const strip = (text) => {
    let start = 0, end = text.length;
    while (start < end && AROUND.includes(text[start])) start += 1;
    while (end > start && AROUND.includes(text[end - 1])) end -= 1;
    return text.slice(start, end);
  };
  const lead = (text, table, { key = [], field = "", version = "" } = {}) => ({ text, table, key, field, version });

  // Only a row that repeats one above it has the source, at the end of its key, in its address.
  const shortOf = (key) => key.slice(0, key.length > 1 && key[key.length - 1] === "source_id" ? -1 : key.length);

  const atAnchor = (link, table, anchor, { key, fields }) => {
    const parts = anchor ? anchor.replace(/-name$/, "").split(".").map((part) => unquote(part.replace(/~/g, "%"))) : [];
    const sizes = [key.length, shortOf(key).length], last = parts[parts.length - 1];
    if (sizes.includes(parts.length - 1) && (parts.length > key.length || fields.some(({ name }) => name === last))) {
      return lead(link, table, { key: parts.slice(0, -1), field: last });
    }
    return lead(link, table, { key: sizes.includes(parts.length) ? parts : [] });
  };

  const decoded = (part) =>
    unquote(part.replace(/~~([0-9a-f]{2})/g, "%$1").replace(/~([a-z0])/g, (_, sign) => (sign === "0" ? "" : sign.toUpperCase())));

  const ofApi = (link, given, index) => {
    const steps = given.map((step) => step.replace(/\.json$/, ""));
    if (steps[0] === "figures" && steps.length === 2) {
      const [table, ...key] = steps[1].split(".").map(decoded);
      return [lead(link, table, { key: key.slice(0, -1), field: key[key.length - 1] || "" })];
    }
    if (steps[0] !== "tables" || steps.length < 2) return [];
    const table = decoded(steps[1]), key = steps[2] === "rows" && steps.length === 4 ? steps[3].split(".").map(decoded) : [];
    const names = Object.hasOwn(index.tables, table) ? index.tables[table].key : [];
    const isWhole = key.length <= names.length && key.length >= shortOf(names).length;
    return [lead(link, table, { key: isWhole ? key : [] })];
  };

  const followed = (link, given, anchor, index) => {
    let steps = given;
    const subsets = steps.indexOf("subsets");
    if (steps[steps.length - 3] === "subsets" || steps[steps.length - 4] === "subsets") {
      steps = [...steps.slice(0, subsets), `${steps[subsets + 1]}.csv`];
    }
    const api = steps.indexOf("api"), last = steps[steps.length - 1], folder = steps[steps.length - 2];
    if (api >= 0) return ofApi(link, steps.slice(api + 2), index);
    const found = FILE.exec(last);
    if (!found) return [];
    const table = found[1];
    if (!last.endsWith(".html")) {
      return [lead(link, table, { version: /^[0-9]+\.[0-9]+\.[0-9]+$/.test(folder || "") ? folder : "" })];
    }
    if (!PAGES.includes(folder) || !Object.hasOwn(index.tables, table)) return [];
    return [atAnchor(link, table, anchor, index.tables[table])];
  };

  const linksIn = (text, index) =>
    [...text.replace(CELL, " ").matchAll(TOKEN)].flatMap(([token]) => {
      const link = strip(token), whole = link.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
      const at = whole.indexOf("#"), path = at < 0 ? whole : whole.slice(0, at);
      const steps = path.split("?")[0].split("/").filter(Boolean).map(unquote);
      return steps.length ? followed(link, steps, at < 0 ? "" : unquote(whole.slice(at + 1)), index) : [];
    });

  const leadsIn = (text, index) => {
    const cells = [...text.matchAll(CELL)].map(([whole, table, field, key]) => {
      let start = 0;
      while (start < table.length && AROUND.includes(table[start])) start += 1;
      return lead(whole, table.slice(start), { field, key: key.split(",").map(unquote) });
    });
    const seen = new Set();
    return [...cells, ...linksIn(text, index)].filter((found) => {
      const name = JSON.stringify([found.table, found.key, found.field, found.version]);
      return Object.hasOwn(index.tables, found.table) && !seen.has(name) && seen.add(name);
    });
  };

  const hasLink = (text) => {
    const bare = text.trim();
    return !/\s/.test(bare) && (/:\/\/|\/.*[a-z]/i.test(bare) || new RegExp(`^${CELL.source}$`).test(bare));
  };

  const historiesOf = (index, table) => [...index.figures, ...index.corrected].filter((cell) => cell.table === table);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const keyOf = (table, row) => table.key.map((name) => row[table.fields.findIndex((field) => field.name === name)]);

  const rowsOf = (table) => {
    const rows = new Map(), size = shortOf(table.key).length;
    for (const row of table.rows) {
      const key = keyOf(table, row), short = JSON.stringify(key.slice(0, size));
      rows.set(rows.has(short) ? JSON.stringify(key) : short, row);
    }
    return rows;
  };

  const aboutRow = (found, table) => {
    if (!table) return answer(found.text, UNREADABLE, [], "no-table");
    const row = rowsOf(table).get(JSON.stringify(found.key));
    const place = table.fields.findIndex((field) => field.name === found.field);
    if (!row || (found.field && place < 0)) return answer(found.text, UNKNOWN, [], "no-such-cell");
    if (!found.field) return answer(found.text, UNCHANGED);
    const value = row[place] || null;
    return answer(found.text, UNCHANGED, [finding(cellOf(found.table, found.field, found.key), UNCHANGED, value, value)]);
  };

  const sinceOf = (known, version, versions) => known.flatMap((cell) => {
    const held = cell.records.filter((record) => versions.indexOf(record.version) <= versions.indexOf(version));
    if (!held.length || held[held.length - 1].value === null) return [];
    const found = judgedValue(cell, held[held.length - 1].value);
    return found && found.state !== UNCHANGED ? [found] : [];
  });

  const aboutTable = (found, index, known) => {
    const versions = index.releases.map(({ version }) => version);
    if (found.version && !versions.includes(found.version)) return answer(found.text, UNKNOWN, [], "no-such-release");
    const ever = () => known.map(judgedCell).filter(({ state }) => state === REVISED || state === WITHDRAWN);
    const findings = found.version ? sinceOf(known, found.version, versions) : ever();
    return answer(found.text, findings.length ? overall(statesOf(findings)) : UNCHANGED, findings);
  };

  const aboutLink = async (found, index, tableOf) => {
    const known = historiesOf(index, found.table);
    if (!found.key.length) return aboutTable(found, index, known);
    const own = known.filter((cell) => same(cell.key, found.key) && (["", cell.field].includes(found.field) || cell.field === "*")).map(judgedCell);
    if (own.length) return answer(found.text, overall(statesOf(own)), own);
    return aboutRow(found, await tableOf(found.table));
  };

  /* What a page, a chart or an embed of ours shows; `cellsOn` gives the addresses of its cells, or nothing. */
  const aboutPage = async (text, index, cellsOn) => {
    const shown = await cellsOn(text.trim());
    if (!shown) return judgement("link", UNKNOWN, { why: "no-such-page" });
    const known = [...index.figures, ...index.corrected].filter(({ cell }) => shown.has(cell)).map(judgedCell);
    const findings = known.filter(({ state }) => state !== UNCHANGED);
    const state = findings.length ? overall(statesOf(findings)) : UNCHANGED;
    return judgement("link", state, { answers: [answer(text.trim(), state, findings)] });
  };

  /* ---- a pasted table ---- */
  const MARKS = [",", ";", "\t"];

  const recordsOf = (text, mark) => {
    const records = [];
    let record = [], cell = "", quoted = false, started = false;
    const endCell = () => { record.push(cell); cell = ""; started = false; };
    const endRecord = () => { endCell(); records.push(record); record = []; };
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted) {
        if (sign !== '"') cell += sign;
        else if (text[at + 1] === '"') { cell += sign; at += 1; } else quoted = false;
      } else if (sign === '"' && !started) { quoted = true; started = true; }
      else if (sign === mark) endCell();
      else if (sign === "\n" || sign === "\r") { endRecord(); if (sign === "\r" && text[at + 1] === "\n") at += 1; }
      else { cell += sign; started = true; }
    }
    if (cell || record.length) endRecord();
    return records.filter((found) => found.some((text_) => text_.trim()));
  };

  const columnsOf = (index, table, header) => {
    const names = header.map((name) => name.trim().toLowerCase()), found = new Map();
    for (const field of index.tables[table].fields) {
      const known = [field.name, ...Object.values(field.title)].map((name) => name.toLowerCase());
      const name = known.find((own) => names.includes(own));
      const place = name === undefined ? -1 : names.indexOf(name);
      if (place >= 0 && ![...found.values()].includes(place)) found.set(field.name, place);
    }
    return found;
  };

  const findTables = (index, header) => {
    const scores = Object.entries(index.tables).map(([name, { fields }]) => [name, columnsOf(index, name, header).size, fields.length]);
    const most = Math.max(0, ...scores.map(([, size]) => size));
    const best = scores.filter(([, size]) => size === most && size >= 2);
    const fewest = Math.min(...best.map(([, , fields]) => fields));
    return best.filter(([, , fields]) => fields === fewest).map(([name]) => name);
  };

  const looksLikeOne = ({ header, rows }) =>
    header.length >= 2 && header.every((name) => name.trim() && name.length <= 60 && !/[0-9]/.test(name))
    && rows.length > 0 && rows.every((row) => row.length === header.length);

  const readJson = (text, index) => {
    let content;
    try { content = JSON.parse(text); } catch { return null; }
    const records = content && !Array.isArray(content) ? content.records : content;
    const isRecord = (record) => record && typeof record === "object" && !Array.isArray(record);
    if (!Array.isArray(records) || !records.length || !records.every(isRecord)) return null;
    const header = unique(records.flatMap(Object.keys));
    const written = (value) => (value === null || value === undefined ? "" : String(value));
    return { tables: findTables(index, header), header, rows: records.map((record) => header.map((name) => written(record[name]))), isLocal: false };
  };

  const readPasted = (text, index) => {
    if (/^\s*[{[]/.test(text)) return readJson(text, index);
    let lines = text.replace(/^[\r\n]+/, "");
    if (/^sep=/i.test(lines)) lines = lines.slice(lines.indexOf("\n") < 0 ? lines.length : lines.indexOf("\n") + 1);
    const found = MARKS.map((mark) => {
      const [header = [], ...rows] = recordsOf(lines, mark);
      return { tables: findTables(index, header), header, rows, isLocal: mark !== "," };
    });
    const known = found.filter(({ tables }) => tables.length);
    const size = ({ tables, header }) => columnsOf(index, tables[0], header).size;
    if (known.length) return known.reduce((best, one) => (size(one) > size(best) ? one : best));
    return found.find(looksLikeOne) || null;
  };

  const normalNumber = (text, isLocal) => {
    const sign = /^[-\u2212]/.test(text) ? "-" : "";
    let digits = text.slice(sign.length);
    if (!digits || !/^[0-9.,' \u00a0\u2009\u202f\u2019]+$/.test(digits)) return text;
    if (!isLocal || digits.includes(",")) {
      if (isLocal) digits = digits.replace(new RegExp(BETWEEN_THOUSANDS, "g"), "").replace(/\./g, "").replace(/,/g, ".");
      return /^[0-9]*\.?[0-9]*$/.test(digits) && /[0-9]/.test(digits) ? canonical(sign + digits) : text;
    }
    const values = numberValues(digits);
    return values.length ? canonical(sign + values[0]) : text;
  };

  const YES_NO = { ja: "true", waar: "true", yes: "true", nee: "false", onwaar: "false", no: "false" };

  const normal = (given, field, isLocal) => {
    const text = given.trim().replace(/\r\n/g, "\n");
    if (Object.hasOwn(field.labels, text)) return field.labels[text];
    if (["integer", "number", "year"].includes(field.type)) return normalNumber(text, isLocal);
    if (field.type === "date") return dateValues(text)[0] || text;
    if (field.type === "boolean") return YES_NO[text.toLowerCase()] || text.toLowerCase();
    return text;
  };

  const changedIn = (texts, ours, key, table, known) => [...texts].flatMap(([name, text]) => {
    if (text === ours.get(name)) return [];
    const cell = cellOf(table, name, key), found = known.has(cell) ? judgedValue(known.get(cell), text || null) : null;
    const isKnown = found && (found.state === REVISED || found.state === WITHDRAWN);
    return [isKnown ? found : finding(cell, DIFFERS, text || null, ours.get(name) || null)];
  });

  const hasKey = ({ table, places }) => table.key.length > 0 && shortOf(table.key).every((name) => places.has(name));

  const textsIn = ({ pasted, table, places }, row) => {
    const fields = new Map(table.fields.map((field) => [field.name, field]));
    return new Map([...places].map(([name, place]) => [name, normal(row[place] || "", fields.get(name), pasted.isLocal)]));
  };

  // Without a source, the first row that states the same is meant.
  const keyIn = ({ table }, ours, texts) => {
    const key = table.key.map((name) => texts.get(name)), { length: size } = shortOf(table.key);
    const short = JSON.stringify(key.slice(0, size)), first = ours.get(short);
    return !first || [undefined, keyOf(table, first)[size]].includes(key[size]) ? short : JSON.stringify(key);
  };

  // Of tables with the same columns, the one that has most of the pasted keys is meant.
  const shared = (beside) => {
    if (!hasKey(beside)) return 0;
    const ours = rowsOf(beside.table);
    return beside.pasted.rows.filter((row) => ours.has(keyIn(beside, ours, textsIn(beside, row)))).length;
  };

  const comparedWith = (beside, comparison) => {
    const { pasted, table, known } = beside;
    const names = table.fields.map((field) => field.name), name = table.table;
    const ours = rowsOf(table);
    const findings = [], seen = new Set(), result = { ...comparison };
    for (const row of pasted.rows) {
      const texts = textsIn(beside, row);
      const address = keyIn(beside, ours, texts), key = JSON.parse(address), own = ours.get(address);
      seen.add(address);
      if (!own) {
        const gone = [...known.values()].filter((cell) => same(cell.key, key) && cell.value === null).map(judgedCell);
        findings.push(...gone);
        if (gone.length) result.withdrawn += 1;
        else result.unknown_rows = [...result.unknown_rows, rowOf(name, key)];
        continue;
      }
      const changed = changedIn(texts, new Map(names.map((field, place) => [field, own[place]])), key, name, known);
      findings.push(...changed);
      result[changed.length ? "changed" : "unchanged"] += 1;
    }
    result.absent_rows = [...ours].filter(([key]) => !seen.has(key)).map(([key]) => rowOf(name, JSON.parse(key)));
    const state = overall([...statesOf(findings), UNCHANGED, ...(result.unknown_rows.length ? [UNKNOWN] : [])]);
    return judgement("table", state, { answers: [answer(name, state, findings)], comparison: result });
  };

  const comparisonOf = (pasted, index, name) => {
    const places = columnsOf(index, name, pasted.header), used = [...places.values()];
    return {
      table: name, rows: pasted.rows.length, unchanged: 0, changed: 0, withdrawn: 0, unknown_rows: [], absent_rows: [],
      unknown_columns: pasted.header.filter((_, place) => !used.includes(place)),
      missing_columns: index.tables[name].fields.map((field) => field.name).filter((field) => !places.has(field)),
    };
  };

  const checkTable = async (pasted, index, tableOf) => {
    if (!pasted.tables.length) return judgement("table", UNKNOWN, { why: "no-such-table" });
    if (!pasted.rows.length) return judgement("table", UNREADABLE, { why: "no-rows" });
    const tables = (await Promise.all(pasted.tables.map(tableOf))).filter(Boolean);
    if (!tables.length) {
      return judgement("table", UNREADABLE, { comparison: comparisonOf(pasted, index, pasted.tables[0]), why: "no-table" });
    }
    const found = tables.map((table) => ({
      pasted, table, places: columnsOf(index, table.table, pasted.header),
      known: new Map(historiesOf(index, table.table).map((cell) => [cell.cell, cell])),
    }));
    const beside = found.reduce((best, one) => (shared(one) > shared(best) ? one : best));
    const comparison = comparisonOf(pasted, index, beside.table.table);
    if (!hasKey(beside)) return judgement("table", UNREADABLE, { comparison, why: "no-key" });
    return comparedWith(beside, comparison);
  };

  /* ---- the whole ---- */
  const judge = async (given, index, tableOf, cellsOn = async () => null) => {
    const text = given.replace(/\ufeff/g, "");
    if (!text.trim()) return judgement("nothing", UNREADABLE, { why: "empty" });
    const pasted = readPasted(text, index);
    if (pasted) return checkTable(pasted, index, tableOf);
    const found = leadsIn(text, index);
    if (found.length) {
      const answers = await Promise.all(found.map((one) => aboutLink(one, index, tableOf)));
      return judgement("link", overall(statesOf(answers)), { answers });
    }
    if (hasLink(text)) return aboutPage(text, index, cellsOn);
    return checkValues(text, index);
  };

  globalThis.judgeFigure = judge;
})();
