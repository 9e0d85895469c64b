// Writes the lists by which programs are told from people: crawlers.txt and programs.txt.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { list as programs } from "isbot";

const target = new URL("../target/classes/dk/sporlos/door/", import.meta.url);

/** Patterns that match what people use, too, and why. Each must still be in its list. */
const NOT_TAKEN = new Map([
  ["AP3A\\.240617\\.008", "the number of a build of Android 15, which many telephones have"],
  ["MetaIAB Facebook", "the browser within Facebook's app"],
  ["Fluid", "makes an app of a website for a person who visits it"],
]);

const read = (source, name) => readFileSync(new URL(name, source), "utf8");
const packageOf = (name) => new URL(`./node_modules/${name}/`, import.meta.url);

const header = (title, name) => {
  const source = packageOf(name);
  const { version, license } = JSON.parse(read(source, "package.json"));
  return [
    `# ${title}`,
    `# Source: npm package ${name} ${version}, licence ${license}`,
    ...read(source, "LICENSE")
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => `# ${line}`.trimEnd()),
  ];
};

const checked = (pattern) => {
  if (pattern === "" || pattern.startsWith("#") || /[\r\n\t]/.test(pattern)) {
    throw new Error(`a list cannot hold the pattern ${JSON.stringify(pattern)}`);
  }
  return pattern;
};

/** What the owner of a site reads: the words by which the pattern knows the crawler's agent. */
const family = ({ pattern, instances }) => {
  const expression = new RegExp(pattern);
  const found = instances.map((agent) => agent.match(expression)?.[0]).find(Boolean);
  const name = (found ?? pattern.replace(/\\(.)/g, "$1"))
    .replace(/^https?:\/\/(www\.)?/, "")
    .replace(/[ (+]+https?:.*$/, "")
    .replace(/'/g, "")
    .replace(/[^\p{L}\p{N} ._+!@-]+/gu, " ")
    .replace(/^[ ._+@-]+|[ ._+@-]+$/g, "")
    .slice(0, 40)
    .trim();
  if (name === "") {
    throw new Error(`no name can be made for the pattern ${JSON.stringify(pattern)}`);
  }
  return name;
};

const crawlers = JSON.parse(read(packageOf("crawler-user-agents"), "crawler-user-agents.json"));
for (const pattern of NOT_TAKEN.keys()) {
  if (!crawlers.some((crawler) => crawler.pattern === pattern)) {
    throw new Error(`the list has no ${JSON.stringify(pattern)} any more; take it off NOT_TAKEN`);
  }
}
const lines = crawlers
  .filter(({ pattern }) => !NOT_TAKEN.has(pattern))
  .map((crawler) => `${family(crawler)}\t${checked(crawler.pattern)}`);

mkdirSync(target, { recursive: true });
const write = (name, ...content) =>
  writeFileSync(new URL(name, target), [...content.flat(), ""].join("\n"));

write(
  "crawlers.txt",
  header("Crawlers: a name, a tab, and a regular expression for agent strings.", "crawler-user-agents"),
  [...NOT_TAKEN].map(([pattern, why]) => `# Not taken: ${pattern} (${why})`),
  lines,
);
write(
  "programs.txt",
  header("Regular expressions for agent strings of programs of any name, letters in any case.", "isbot"),
  programs.map(checked),
);
