import { isInnocentValue, looksRandom } from './innocent-values.ts';
import { secrecyOf } from './secret-names.ts';

const quoted = String.raw`\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*'`;
/** Ends where another name with a value begins, or where brackets close. */
const bare = String.raw`(?:(?![,;&]\s{0,3}[\w.-]{1,64}["']?\s{0,2}[=:]|[,;)}\]]+(?:[\s"',;)}\]]|$))[^\s"'<>])+`;

/** What may follow a name: in quotes, which may be escaped because the whole is a string in JSON, or bare. */
export const valuePattern = `${quoted}|${bare}`;

/** True where a value of this name opens a door. */
export function isSecret(name: string, value: string): boolean {
  const secrecy = secrecyOf(name);
  if (secrecy === undefined || value.startsWith('[redacted]')) return false;
  if (secrecy !== 'key') return !isInnocentValue(value, secrecy);
  const isRandom = looksRandom(value, 16) || /^\\?["']?[0-9a-f]{24,}/i.test(value);
  return isRandom && !isInnocentValue(value, 'weak');
}

const named = /((?<![\w.-])[\w.-]+)(\\?["'])?(\s{0,3}(?:=>|:=|[:=](?![>:]))\s{0,3})/g;

/** Replaces the values of `name=value`, `name: value`, `"name":"value"`; a value of an innocent name may hold other names. */
export function replaceNamed(text: string, instead: string): string {
  const next = new RegExp(named);
  const value = new RegExp(valuePattern, 'y');
  const kept: string[] = [];
  let from = 0;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [whole, name = '', quote = '', sign = ''] = match;
    if (secrecyOf(name) === undefined) continue;
    const start = match.index + whole.length;
    value.lastIndex = start;
    const given = value.exec(text)?.[0];
    if (given === undefined) continue;
    const isSentence =
      /\s$/.test(sign) &&
      (quote === ''
        ? /^[A-Za-z]?[a-z]+[,.:]?$/.test(given) && /^ [a-z]/.test(text.slice(value.lastIndex, value.lastIndex + 2))
        : /^[a-z]+$/.test(given));
    if (isSentence || !isSecret(name, given)) continue;
    kept.push(text.slice(from, start), instead);
    from = value.lastIndex;
    next.lastIndex = from;
  }
  return kept.join('') + text.slice(from);
}
