/** Prints the section of CHANGELOG.md for a tag; fails where the tag is not the version of the package. */
import { readFileSync } from 'node:fs';
import { releaseNotes } from './release/release-notes.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const notes = releaseNotes(process.argv[2] ?? '', {
  changelog: read('CHANGELOG.md'),
  version: JSON.parse(read('package.json')).version,
});
if ('problem' in notes) {
  console.error(notes.problem);
  process.exitCode = 1;
} else {
  console.log(notes.text);
}
