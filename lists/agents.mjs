// Writes real agent strings, one a line, on which the tests measure the lists. They are not shipped.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const target = new URL("../target/agents/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`./node_modules/${name}`, import.meta.url), "utf8"));

const write = (name, agents) => {
  if (agents.some((agent) => /[\r\n]/.test(agent))) {
    throw new Error(`${name} cannot hold an agent of two lines`);
  }
  writeFileSync(new URL(name, target), [...agents, ""].join("\n"));
};

mkdirSync(target, { recursive: true });
write(
  "crawlers.txt",
  read("crawler-user-agents/crawler-user-agents.json").flatMap(({ instances }) => instances),
);
write(
  "people.txt",
  read("user-agents/dist/user-agents.json").map(({ userAgent }) => userAgent),
);
