// Reads AsyncAPI documents with the reference parser; prints errors and exits 1 if there are any.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const files = process.argv.slice(2);
if (files.length === 0) throw new Error("no documents named");
let broken = 0;
for (const file of files) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"));
  const errors = diagnostics.filter((entry) => entry.severity === 0);
  errors.forEach((entry) => console.error(`${file}: ${entry.path.join(".")}: ${entry.message}`));
  if (!document || errors.length > 0) broken += 1;
  else console.log(`${file}: ${document.operations().length} operations`);
}
process.exit(broken > 0 ? 1 : 0);
