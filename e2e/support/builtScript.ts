import { readFileSync } from 'node:fs';

/** A script as it was built. */
export function builtScript(name: string): Buffer {
  const file = new URL(`../../tracker-js/dist/${name}`, import.meta.url);
  try {
    return readFileSync(file);
  } catch {
    throw new Error(
      `${file.pathname} is not there: build it with \`npm ci && npm run build\` in tracker-js.`,
    );
  }
}
