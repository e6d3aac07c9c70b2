import { wordsIn } from './banned.ts';
import type { Text } from './texts.ts';

/** The words to replace, a line for each: `file:line: "word": write another`. */
export const violationsIn = (texts: readonly Text[]): string[] =>
  texts.flatMap(({ path, text }) => wordsIn(text).map((word) => `${path}:${word}`));
