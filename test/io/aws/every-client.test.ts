import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../../docs/pages.ts';

interface Made {
  file: string;
  where: string;
  /** What is given to the constructor. */
  settings: string;
  /** The file in which it is made. */
  text: string;
}

/** Every place of the product where a client of the AWS SDK is made. */
const clients: Made[] = ['bin', 'io', 'lambda']
  .flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  )
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(`${root}${file}`, 'utf8');
    const names = [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-/g)].flatMap(([, list = '']) =>
      list.split(',').flatMap((name) => /^\s*(\w+Client)\s*$/.exec(name)?.[1] ?? []),
    );
    return names.flatMap((name) =>
      [...text.matchAll(new RegExp(`new ${name}\\(([^;]*?)\\)[;,]\\n`, 'g'))].map(([, settings = '']) => ({
        file,
        where: `${name} in ${file}`,
        settings: settings.trim(),
        text,
      })),
    );
  });

test('every client that the product makes is found', () => {
  const made = ['bin', 'io', 'lambda'].flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
      name.endsWith('.ts')
        ? [...readFileSync(`${root}${room}/${name}`, 'utf8').matchAll(/new (?!\w*Document)\w+Client\(/g)]
        : [],
    ),
  );
  expect(clients).toHaveLength(made.length);
  expect(made.length).toBeGreaterThan(12);
});

test.each(clients)('$where gives up in time', ({ settings, text }) => {
  const given = /^(settings|shared)$/.test(settings)
    ? new RegExp(`const ${settings} = (\\{[^;]*\\});`).exec(text)?.[1]
    : settings;
  expect(given).toMatch(/(?:^|\W)(?:requestHandler|briefly|atOnce|patience|settings)\b/);
});

/** Those that only sign links, or note where a call would go, and send nothing. */
const sendNothing = /s3-request-presigner|unsent\(/;

test.each([
  ...Map.groupBy(
    clients.filter(({ text }) => !sendNothing.test(text)),
    ({ file }) => file,
  ),
])('%s reads no answer without end', (_file, made) => {
  const bounds = made[0]?.text.match(/(\.middlewareStack\.use\((bounded|watched)|await firstCall)\(/g);
  expect(bounds).toHaveLength(made.length);
});
