import { readFileSync } from 'node:fs';
import { written } from './written.ts';

const lines = (name: string): string[] =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

const secretsIn = (name: string, seed: number) =>
  lines(name).map((line, index) => {
    const [kind = '', shape = ''] = line.split('\t');
    const text = written(shape, seed + index);
    return {
      kind,
      text: text.replace(/[«»]/g, ''),
      secrets: [...text.matchAll(/«([^»]+)»/g)].map(([, secret = '']) => secret),
    };
  });

/** Texts with secrets, in the formats that their issuers document; shapes are kept, so that no file holds a real key. */
export const secondSecrets = secretsIn('second-secrets.txt', 1);

/** The same, drawn when the rules were there. */
export const thirdSecrets = secretsIn('third-secrets.txt', 5001);

/** Lines that hold no secret, as clusters, web servers, databases and AWS write them. */
export const secondInnocent = lines('second-innocent.txt');

/** The same, drawn when the rules were there. */
export const thirdInnocent = lines('third-innocent.txt');

/** Kinds of gitleaks and trufflehog in arguments, variables, logs, URLs, YAML and JSON, drawn when the rules were there. */
export const fourthSecrets = secretsIn('fourth-secrets.txt', 7001);

/** Lines of Kubernetes, controllers and AWS, drawn when the rules were there. */
export const fourthInnocent = lines('fourth-innocent.txt');
