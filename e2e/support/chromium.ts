import { existsSync } from 'node:fs';

/** Where Chromium is: Debian's, or the one that CHROMIUM names. */
export const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** What a person's Chromium says; the headless one says that it is headless, and is a bot. */
export const agent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

/** Flags with which it runs as root in a container and talks to nobody on its own account. */
export const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // A person's browser does not say that it is driven; one that does is a bot.
  '--disable-blink-features=AutomationControlled',
  // What Playwright has pages say does not hold for what is sent once they are gone.
  `--user-agent=${agent}`,
];

if (!existsSync(executable)) {
  throw new Error(
    `${executable} is not there: install Chromium (Debian: \`apt-get install chromium\`), or name another by CHROMIUM.`,
  );
}
