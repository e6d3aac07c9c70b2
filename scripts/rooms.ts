/** Fails where an import breaks the rules of the rooms, where imports go in a circle, or where a folder is crowded. */
import { violationsIn } from './rooms/violations.ts';

const violations = violationsIn(new URL('..', import.meta.url).pathname);
for (const violation of violations) console.error(violation);
process.exitCode = violations.length > 0 ? 1 : 0;
