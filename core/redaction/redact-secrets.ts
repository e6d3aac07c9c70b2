import { replaceNamed } from './named-secrets.ts';
import { withoutPrivateKeys } from './private-key.ts';
import { secretArguments } from './secret-arguments.ts';
import { secretPlaces } from './secret-places.ts';
import { secretProse } from './secret-prose.ts';
import { applyRule, blank, type SecretRule } from './secret-rule.ts';
import { tokens } from './token-formats.ts';
import { userInfo } from './user-info.ts';

/** Every kind of secret that has a pattern; names with values are apart, because a value may hold other names. */
export const secretRules: readonly SecretRule[] = [
  ...userInfo,
  ...tokens,
  ...secretPlaces,
  ...secretArguments,
  ...secretProse,
];

const beforeNames = [...userInfo, ...tokens, ...secretPlaces];
const afterNames = [...secretArguments, ...secretProse];

/** Blanks out what opens doors; words around a secret stay, so that a log line can still be understood. Linear in the text. */
export function redactSecrets(text: string): string {
  const known = beforeNames.reduce(applyRule, withoutPrivateKeys(text));
  return afterNames.reduce(applyRule, replaceNamed(known, blank));
}
