// Writes the lists that the server reads from its class path.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const source = new URL("./node_modules/crawler-user-agents/", import.meta.url);
const target = new URL("../target/classes/dk/sporlos/door/", import.meta.url);

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
mkdirSync(target, { recursive: true });
writeFileSync(new URL("crawlers.txt", target), [...header, ...patterns, ""].join("\n"));
