import { expect, test } from '@playwright/test';
import { validate } from 'dockerfile-utils';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

const top = join(import.meta.dirname, '../..');
const read = (path: string) => readFile(join(top, path), 'utf8');

test('the recipe of the image is well-formed, and copies what the build makes', async () => {
  const recipe = await read('packaging/Containerfile');

  expect(validate(recipe).map(({ message }) => message)).toEqual([]);
  const copied = /^COPY (\S+)\/ /m.exec(recipe)?.[1];
  expect(await read('packaging/build-archive')).toContain(`place=${copied}\n`);
});

test('the compose example builds that recipe, and gives nothing to other machines', async () => {
  const { services, volumes } = parse(await read('packaging/compose.yaml')) as {
    services: {
      sporlos: {
        build: { context: string; dockerfile: string };
        ports: string[];
        volumes: string[];
      };
    };
    volumes: object;
  };

  const { sporlos } = services;
  expect(existsSync(join(top, 'packaging', sporlos.build.context, sporlos.build.dockerfile))).toBe(
    true,
  );
  expect(sporlos.ports.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
  const named = sporlos.volumes.map((volume) => volume.replace(/:.*/, ''));
  expect(named.filter((name) => !name.startsWith('/'))).toEqual(Object.keys(volumes));
});
