// Writes all `src/view/**/*.css` into one file: base.css first, the others by path.
// Comments and indentation are dropped; anything cleverer would need a parser.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [output] = process.argv.slice(2);
const root = "src/view";

const files = readdirSync(root, { recursive: true })
  .filter((file) => file.endsWith(".css"))
  .map((file) => file.replaceAll("\\", "/"))
  .sort((a, b) => (b === "base.css") - (a === "base.css") || (a < b ? -1 : 1));

mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, files.map((file) => squeeze(readFileSync(join(root, file), "utf8"))).join(""));

/** The same rules without comments, indentation and empty lines; strings are left as they are. */
function squeeze(css) {
  return css
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\//g, (match) =>
      match.startsWith("/*") ? "" : match,
    )
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line + "\n")
    .join("");
}
