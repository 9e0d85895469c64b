// Writes the passwords that are tried first: common-passwords.txt.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const SHORTEST_TAKEN = 12;
const SHORTEST_ROOT = 4;

const source = new URL("./node_modules/@zxcvbn-ts/language-common/", import.meta.url);
const target = new URL("../target/classes/dk/sporlos/account/", import.meta.url);

const { version, license } = JSON.parse(readFileSync(new URL("package.json", source), "utf8"));
const { dictionary } = await import("@zxcvbn-ts/language-common");

const words = [...new Set(dictionary["passwords-common"].map((word) => word.toLowerCase()))]
  .filter((word) => word.length >= SHORTEST_ROOT && !/[\r\n#]/.test(word))
  .sort();
if (words.length < 10_000 || !words.some((word) => word.length >= SHORTEST_TAKEN)) {
  throw new Error(`the list of common passwords has ${words.length} words only`);
}

mkdirSync(target, { recursive: true });
writeFileSync(
  new URL("common-passwords.txt", target),
  [
    "# Passwords that many have chosen, in lower case",
    `# Source: npm package @zxcvbn-ts/language-common ${version}, licence ${license}`,
    ...readFileSync(new URL("LICENSE.txt", source), "utf8")
      .trimEnd()
      .split(/\r?\n/)
      .map((line) => `# ${line}`.trimEnd()),
    ...words,
    "",
  ].join("\n"),
);
console.log(`common-passwords.txt: ${words.length} passwords`);
