import { wordsIn } from './banned.ts';
import type { Text } from './texts.ts';

/** The files of the list that still hold words to replace. */
export const stillUnedited = (texts: readonly Text[], unedited: readonly string[]): string[] =>
  texts
    .filter(({ path, text }) => unedited.includes(path) && wordsIn(text).length > 0)
    .map(({ path }) => path)
    .toSorted();

/** The words to replace, and the files that no longer belong on the list of those still to be edited. */
export function violationsIn(texts: readonly Text[], unedited: readonly string[]): string[] {
  const found = texts.map(({ path, text }) => ({ path, words: wordsIn(text) }));
  const still = stillUnedited(texts, unedited);
  return [
    ...found
      .filter(({ path }) => !unedited.includes(path))
      .flatMap(({ path, words }) => words.map((word) => `${path}:${word}`)),
    ...unedited
      .filter((path) => !still.includes(path))
      .map((path) => `${path} holds none of the words: run node scripts/words.ts --write`),
  ];
}
