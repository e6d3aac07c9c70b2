import { parseJson } from '../parse-json.ts';

/** What is kept of an entry of a list that grows with the account; the list is parsed entry by entry. */
export type Keep = Record<string, (entry: object) => unknown>;

const code = (character: string): number => character.charCodeAt(0);
const [quote, backslash, colon, comma] = [code('"'), code('\\'), code(':'), code(',')];
const [openBrace, closeBrace, openBracket, closeBracket] = [code('{'), code('}'), code('['), code(']')];
const spaces = new Set([' ', '\t', '\n', '\r'].map(code));

/** What JSON takes for white space (RFC 8259, section 2). */
export const isSpace = (byte: number): boolean => spaces.has(byte);

/**
 * Parses the JSON of an object whose long lists, those that `keep` names, need not be in memory whole: of each of their entries,
 * which are objects, only what is kept of it stays. Throws a SyntaxError for what is no JSON, and a TypeError for another entry.
 */
export function parseReport(bytes: Buffer, keep: Keep): unknown {
  const kept = new Map<string, unknown[]>();
  const rest: Buffer[] = [];
  /** The list that is read, where the entry began, and what of the bytes is in `rest` already. */
  let [list, began, copied]: [string | null, number, number] = [null, 0, 0];
  let [depth, key, text] = [0, '', ''];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (list !== null && depth === 2 && !isSpace(byte) && byte !== comma) {
      if (byte !== openBrace && byte !== closeBracket) throw new TypeError(`${list}: expected a list of objects`);
      began = at;
    }
    if (byte === quote) {
      const end = endOfString(bytes, at);
      if (depth === 1) text = bytes.toString('utf8', at + 1, end);
      at = end;
    } else if (byte === colon && depth === 1) key = text;
    else if (byte === openBrace || byte === openBracket) {
      depth++;
      if (depth !== 2 || byte !== openBracket || keep[key] === undefined) continue;
      list = key;
      kept.set(key, []);
      rest.push(bytes.subarray(copied, at + 1));
    } else if (byte === closeBrace || byte === closeBracket) {
      depth--;
      if (list === null) continue;
      if (depth === 2) kept.get(list)?.push(keep[list]?.(parseJson(bytes.toString('utf8', began, at + 1)) as object));
      else if (depth === 1) [list, copied] = [null, at];
    }
  }
  const parsed: unknown = parseJson(Buffer.concat([...rest, bytes.subarray(copied)]).toString());
  return typeof parsed === 'object' && parsed !== null ? Object.assign(parsed, Object.fromEntries(kept)) : parsed;
}

/** Where the string ends that begins at a quote: at the next one that is not escaped. */
function endOfString(bytes: Buffer, start: number): number {
  for (let end = bytes.indexOf(quote, start + 1); end >= 0; end = bytes.indexOf(quote, end + 1)) {
    let slashes = 0;
    while (bytes[end - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return end;
  }
  throw new SyntaxError('a string has no end');
}
