import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJar } from './sporlos';

const scanner = fileURLToPath(new URL('../../target/test-classes', import.meta.url));

/**
 * What is found of secrets in files and directories, in any of the encodings that the tests of the
 * server look for: it is their scanner that is run.
 *
 * @param secrets by name
 */
export async function sweep(secrets: Record<string, string>, places: string[]): Promise<string[]> {
  if (!existsSync(scanner)) {
    throw new Error(`${scanner} is not there: build it with \`mvn package\`.`);
  }
  const sweeping = spawn(
    'java',
    ['-cp', [scanner, findJar()].join(delimiter), 'dk.sporlos.testing.CanarySweep', ...places],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let found = '';
  sweeping.stdout.setEncoding('utf8').on('data', (part: string) => (found += part));
  sweeping.stdin.end(JSON.stringify(secrets));
  const code = await new Promise<number | null>((resolve, reject) => {
    sweeping.once('error', reject).once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`The sweep ended with ${String(code)}.`);
  }
  return found.split('\n').filter((line) => line !== '');
}
