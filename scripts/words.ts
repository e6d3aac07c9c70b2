/** Fails where a text that users read holds a word to avoid; scripts/words/banned.ts lists the words. */
import { textsOf } from './words/texts.ts';
import { violationsIn } from './words/violations.ts';

const violations = violationsIn(textsOf(new URL('..', import.meta.url).pathname));
for (const violation of violations) console.error(violation);
process.exitCode = violations.length > 0 ? 1 : 0;
