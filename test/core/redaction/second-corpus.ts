import { readFileSync } from 'node:fs';
import { written } from './written.ts';

const lines = (name: string): string[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** Texts with secrets, in the formats that their issuers document; shapes are kept, so that no file holds a real key. */
export const secondSecrets = lines('second-secrets.txt').map((line, index) => {
  const [kind = '', shape = ''] = line.split('\t');
  const text = written(shape, index + 1);
  return {
    kind,
    text: text.replace(/[«»]/g, ''),
    secrets: [...text.matchAll(/«([^»]+)»/g)].map(([, secret = '']) => secret),
  };
});

/** Lines that hold no secret, as clusters, web servers, databases and AWS write them. */
export const secondInnocent = lines('second-innocent.txt');
