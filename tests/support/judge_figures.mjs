// Runs the script of the page "Does my number still hold?" on texts: {index, tables, texts} in, judgements out, as JSON.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [script] = process.argv.slice(2);
runInThisContext(readFileSync(script, "utf-8"), { filename: script });
const { index, tables, texts } = JSON.parse(readFileSync(0, "utf-8"));
const judged = [];
for (const text of texts) judged.push(await globalThis.judgeFigure(text, index, async (name) => tables[name] ?? null));
console.log(JSON.stringify(judged));
