// Writes the English names of regions by their codes of ISO 3166-2: regions.txt.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const FEWEST = 4_000;

const source = new URL("./node_modules/cldr-subdivisions-full/", import.meta.url);
const target = new URL("../target/classes/dk/sporlos/stats/", import.meta.url);

const { version, license } = JSON.parse(readFileSync(new URL("package.json", source), "utf8"));
const { subdivisions } = JSON.parse(readFileSync(new URL("subdivisions/en/en.json", source), "utf8"));

// CLDR writes DK-84 as dk84. Names of longer codes are of parts of what were regions.
const lines = Object.entries(subdivisions.localeDisplayNames.subdivisions)
  .filter(([id]) => /^[a-z]{2}[a-z0-9]{1,3}$/.test(id))
  .map(([id, name]) => [`${id.slice(0, 2)}-${id.slice(2)}`.toUpperCase(), name.trim()])
  .filter(([, name]) => name.length > 0 && !/[\t\r\n]/.test(name))
  .map((region) => region.join("\t"))
  .sort();
if (lines.length < FEWEST) {
  throw new Error(`the list of regions has ${lines.length} names only`);
}

mkdirSync(target, { recursive: true });
writeFileSync(
  new URL("regions.txt", target),
  [
    "# English names of regions by their codes of ISO 3166-2, from Unicode CLDR",
    `# Source: npm package cldr-subdivisions-full ${version}, licence ${license}`,
    ...readFileSync(new URL("LICENSE", source), "utf8")
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => `# ${line}`.trimEnd()),
    ...lines,
    "",
  ].join("\n"),
);
console.log(`regions.txt: ${lines.length} names`);
