import { inertText } from './inert-text.ts';
import { isSecret } from './named-secrets.ts';
import { redactSecrets } from './redact-secrets.ts';
import { blank } from './secret-rule.ts';

/** Characters of one text that are looked at; what comes after them is not kept. */
const longestText = 65_536;
/** The same for one field of an object. */
const longestField = 16_384;

/** Foreign text as it may be kept: cut before any pattern meets it, without characters that act, without secrets. */
export const cleanText = (text: string, longest: number = longestText): string =>
  redactSecrets(inertText(cut(text, longest)));

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length - longest} characters cut)`;

export interface CleanRules {
  /** Whether a field identifies something. It is cut, and without characters that act; a name that looks like a key stays. */
  isIdentity(field: string): boolean;
  /** Fields of which nothing is kept. */
  dropped?: ReadonlySet<string>;
}

/** Makes every text in a JSON value clean, keys and nested values included; a value that is clean comes back as it was. */
export type Clean = <Value>(value: Value) => Value;

/** Entries after which the memory of a cleaner starts over. */
const mostEntries = 20_000;
const mostDepth = 64;
/** Short text of letters and digits, and times: no key is so short. */
const plain = /^(?:[A-Za-z0-9.:-]{0,19}|\d{4}-\d\d-\d\dT[\d:.]{8,18}Z)$/;

/** The one gate through which foreign values enter: a cleaner that remembers texts which come again and again. */
export function cleaner({ isIdentity, dropped = new Set() }: CleanRules): Clean {
  const known = new Map<string, string>();

  function text(given: string, field: string): string {
    if (plain.test(given)) return given;
    if (isIdentity(field)) return inertText(cut(given, longestField));
    const before = known.get(given);
    if (before !== undefined) return before;
    const clean = cleanText(given, longestField);
    if (known.size >= mostEntries) known.clear();
    if (given.length <= longestField) known.set(given, clean);
    return clean;
  }

  function walk(value: unknown, field: string, depth: number): unknown {
    if (typeof value === 'string') return dropped.has(field) ? '' : text(value, field);
    if (value === null || typeof value !== 'object') return value;
    if (depth > mostDepth) return Array.isArray(value) ? [] : {};
    if (Array.isArray(value)) return value.map((each) => walk(each, field, depth + 1));
    if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
    const pair = pairIn(value);
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const isHidden =
          typeof inner === 'string' && (isSecretOf(key, inner) || (key === pair?.key && isSecretOf(pair.name, inner)));
        return [text(key, ''), isHidden ? blank : walk(inner, key, depth + 1)];
      }),
    );
  }

  return (value) => walk(value, '', 0) as typeof value;
}

/** What may stand after a prefix, as in `example.com/auth-secret`, names a Secret more often than it holds one. */
const isSecretOf = (name: string, value: string): boolean => !name.includes('/') && isSecret(name, value);

/** The name that an object gives to its value: tags, variables, headers. */
function pairIn(value: object): { key: 'value' | 'Value'; name: string } | undefined {
  const { name, Key, value: lower, Value } = value as Record<string, unknown>;
  if (typeof name === 'string' && typeof lower === 'string') return { key: 'value', name };
  if (typeof Key === 'string' && typeof Value === 'string') return { key: 'Value', name: Key };
  return undefined;
}
