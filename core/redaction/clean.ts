import { inertText } from './inert-text.ts';
import { isSecret } from './named-secrets.ts';
import { redactSecrets } from './redact-secrets.ts';
import { secrecyOf } from './secret-names.ts';
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

/** Names of fields after which the memory of a cleaner starts over. */
const mostNames = 20_000;
const mostDepth = 64;
/** Short text of letters and digits, and times: no key is so short. */
const plain = /^(?:[A-Za-z0-9.:-]{0,19}|\d{4}-\d\d-\d\dT[\d:.]{8,18}Z)$/;

/** ASCII that is seen, of the length of a name. */
const visible = /^[\x20-\x7e]{0,256}$/;

/** Texts that come again and again, in one cluster after the other and from run to run, with what was made of them: it is the same everywhere. */
const known = new Map<string, string>();
/** Characters of these texts after which they are forgotten. */
const mostCharacters = 4_000_000;
let characters = 0;

function cleanField(given: string): string {
  const before = known.get(given);
  if (before !== undefined) return before;
  const clean = cleanText(given, longestField);
  if (given.length > longestField) return clean;
  if (characters >= mostCharacters) {
    known.clear();
    characters = 0;
  }
  known.set(given, clean);
  characters += given.length;
  return clean;
}

/** The one gate through which foreign values enter. */
export function cleaner({ isIdentity, dropped = new Set() }: CleanRules): Clean {
  const secretNames = new Map<string, boolean>();

  function mayHide(name: string): boolean {
    const before = secretNames.get(name);
    if (before !== undefined) return before;
    // What stands behind a prefix, as in `example.com/auth-secret`, names a Secret more often than it holds one.
    const may = !isIdentity(name) && !name.includes('/') && secrecyOf(name) !== undefined;
    if (secretNames.size >= mostNames) secretNames.clear();
    secretNames.set(name, may);
    return may;
  }

  function text(given: string, field: string): string {
    if (plain.test(given)) return given;
    if (isIdentity(field)) return visible.test(given) ? given : inertText(cut(given, longestField));
    return cleanField(given);
  }

  function walk(value: unknown, field: string, depth: number): unknown {
    if (typeof value === 'string') return dropped.has(field) ? '' : text(value, field);
    if (value === null || typeof value !== 'object') return value;
    if (depth > mostDepth) return Array.isArray(value) ? [] : {};
    if (Array.isArray(value)) {
      const clean = value.map((each) => walk(each, field, depth + 1));
      return clean.some((each, index) => each !== value[index]) ? clean : value;
    }
    if (!isPlainObject(value)) return value;
    const pair = pairIn(value);
    let isClean = true;
    const entries: [string, unknown][] = [];
    for (const key in value) {
      const inner = value[key];
      const name = key === pair?.key ? pair.name : key;
      const isHidden = typeof inner === 'string' && mayHide(name) && isSecret(name, inner);
      // A key is as foreign as its value.
      const entry: [string, unknown] = [text(key, ''), isHidden ? blank : walk(inner, key, depth + 1)];
      isClean &&= entry[0] === key && entry[1] === inner;
      entries.push(entry);
    }
    return isClean ? value : Object.fromEntries(entries);
  }

  return (value) => walk(value, '', 0) as typeof value;
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The name that an object gives to its value: tags, variables, headers. */
function pairIn({
  name,
  Key,
  value,
  Value,
}: Record<string, unknown>): { key: 'value' | 'Value'; name: string } | undefined {
  if (typeof name === 'string' && typeof value === 'string') return { key: 'value', name };
  if (typeof Key === 'string' && typeof Value === 'string') return { key: 'Value', name: Key };
  return undefined;
}
