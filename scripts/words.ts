/**
 * Fails where a text that users read holds a word to avoid. scripts/words/unedited.json names the files that are still to be
 * edited; with --write those that have been are taken off that list. It never grows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { textsOf } from './words/texts.ts';
import { stillUnedited, violationsIn } from './words/violations.ts';

const list = new URL('words/unedited.json', import.meta.url);
const texts = textsOf(new URL('..', import.meta.url).pathname);
let unedited: string[] = JSON.parse(readFileSync(list, 'utf8'));
if (process.argv.includes('--write')) {
  unedited = stillUnedited(texts, unedited);
  writeFileSync(list, `${JSON.stringify(unedited, null, 2)}\n`);
}
const violations = violationsIn(texts, unedited);
for (const violation of violations) console.error(violation);
process.exitCode = violations.length > 0 ? 1 : 0;
