import { type Digest, substituteAddress } from './substitute-address.ts';

export interface TextRules {
  digest: Digest;
  /** Words that tell nothing about whose the facts are, in lower case. */
  known: ReadonlySet<string>;
  /** Names, of words joined by `-`, that are replaced even where their words are known. */
  names: ReadonlySet<string>;
  /** Substitutes that follow from others. */
  fixed: ReadonlyMap<string, string>;
}

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)`;
const ipv4 = String.raw`(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w]|\.\d)`;
const ipv6 = String.raw`(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:/\d{1,3})?(?![\w:])`;
const uuid = String.raw`\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`;
const mac = String.raw`(?<![\w:-])[0-9a-f]{2}(?<join>[:-])(?:[0-9a-f]{2}\k<join>){4}[0-9a-f]{2}(?![\w:-])`;
/** Numbers of cards, of US social security, of telephones: groups of digits that are short one by one. */
const card = String.raw`\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{5}`;
const socialSecurity = String.raw`\d{3}-\d{2}-\d{4}`;
const telephone = String.raw`\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4}`;
const personal = String.raw`(?<![\w.-])(?:${card}|${socialSecurity}|${telephone})(?![\w-])`;
const words = String.raw`[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*`;
const pieces = new RegExp(
  `(?<time>${time})|(?<mac>${mac})|(?<address>${ipv4}|${ipv6})|(?<uuid>${uuid})|(?<personal>${personal})|${words}`,
  'giu',
);

/**
 * Substitutes piece by piece, always the same for the same: what is equal, begins or contains another piece, or lies in an
 * address block still does. Words that are known, short numbers and times stay.
 */
export function substituteText(rules: TextRules): (text: string) => string {
  const address = substituteAddress(rules.digest);
  const word = substituteWord(rules);
  const cache = new Map<string, string>();

  return (text) => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const substitute = text.replace(pieces, (piece: string, ...rest: unknown[]) => {
      const is = rest.at(-1) as Record<string, string | undefined>;
      if (is['time']) return piece;
      if (is['mac']) return filled(piece, /[0-9a-f]/gi, hexadecimal(piece.replace(/[^0-9a-f]/gi, ''), rules.digest));
      if (is['address']) return address(piece);
      if (is['uuid']) return piece.replace(/[0-9a-f]+/gi, (part) => hexadecimal(part, rules.digest));
      if (is['personal']) return filled(piece, /\d/g, digits(piece.replace(/\D/g, ''), rules.digest));
      return compound(piece, rules, { word, address });
    });
    cache.set(text, substitute);
    return substitute;
  };
}

/** The same form with other characters. */
function filled(form: string, places: RegExp, characters: string): string {
  let next = 0;
  return form.replace(places, () => {
    next += 1;
    return characters[next - 1] ?? '0';
  });
}

type Word = (text: string, isName: boolean) => string;

interface Substitutes {
  word: Word;
  address(text: string): string;
}

/** Words joined by `-`: addresses and the longest names in it first, then what is left word by word. */
function compound(text: string, { names }: TextRules, { word, address }: Substitutes): string {
  const parts = text.split('-');
  const result: string[] = [];
  for (let from = 0; from < parts.length; ) {
    // EC2 and Fargate name a node after its address.
    if (parts[from] === 'ip' && /^(\d{1,3}-){3}\d{1,3}$/.test(parts.slice(from + 1, from + 5).join('-'))) {
      const octets = parts.slice(from + 1, from + 5).join('.');
      result.push('ip', ...address(octets).split('.'));
      from += 5;
      continue;
    }
    let to = parts.length;
    while (to > from && !names.has(parts.slice(from, to).join('-'))) to -= 1;
    const isName = to > from;
    const end = isName ? to : from + 1;
    result.push(...parts.slice(from, end).map((part) => word(part, isName)));
    from = end;
  }
  return result.join('-');
}

function substituteWord({ digest, known, fixed }: TextRules): Word {
  const given = new Map<string, string>();
  const taken = new Set<string>();

  return (text, isName) => {
    const follows = fixed.get(text);
    if (follows !== undefined) return follows;
    if (/^\d+$/.test(text)) return text.length < 7 || isMoment(text) ? text : digits(text, digest);
    if (/^(?=.*\d)[0-9a-f]{8,}$/i.test(text)) return hexadecimal(text, digest);
    if (!isName && ((text.length < 3 && isAscii(text)) || known.has(text.toLowerCase()))) return text;
    const before = given.get(text);
    if (before !== undefined) return before;
    let substitute = pronounceable(digest(text));
    for (let again = 1; taken.has(substitute); again += 1) substitute = pronounceable(digest(`${text} ${again}`));
    taken.add(substitute);
    given.set(text, substitute);
    return substitute;
  };
}

// A word of Chinese has two characters.
const isAscii = (text: string): boolean => /^[\w-]*$/.test(text);

/** Seconds since 1970, of 2017 to 2033: the Cluster Autoscaler writes them into its taint. */
const isMoment = (text: string): boolean => /^1[5-9]\d{8}$/.test(text);

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aeiou';

/** Five syllables, so that it reads like a name. */
const pronounceable = (hash: string): string =>
  [0, 1, 2, 3, 4]
    .map((index) => {
      const number = Number.parseInt(hash.slice(index * 3, index * 3 + 3), 16);
      return `${consonants[number % 16]}${vowels[(number >> 4) % 5]}`;
    })
    .join('');

const hexadecimal = (text: string, digest: Digest): string =>
  digest(text)
    .repeat(Math.ceil(text.length / 16))
    .slice(0, text.length);

const digits = (text: string, digest: Digest): string =>
  [...hexadecimal(text, digest)].map((digit) => Number.parseInt(digit, 16) % 10).join('');
