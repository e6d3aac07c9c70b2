import { isInnocentValue, looksRandom } from './innocent-values.ts';
import { secrecyOf } from './secret-names.ts';

const quoted = String.raw`\\?"(?:[^"\\]|\\[^"]){0,8000}\\?"|[bru]{0,2}'(?:[^']|''){0,8000}'`;
/** In what a language writes around it: `Some("x")`, `string(1) "x"`. */
const wrapped = String.raw`[A-Za-z]\w{0,20}\((?:\d{1,6}\) )?(?:${quoted})\)?`;
/** A reference to a variable, with what the shell says where it is not set. */
const variable = String.raw`\$\{\w{1,100}:?\?[^}\n]{0,200}\}`;
/** Ends where another name with a value begins, or where brackets close. */
const piece = String.raw`(?:[^\s"'<>,;&)}\]]|(?![,;&]\s{0,3}[\w.-]{1,64}["']?\s{0,2}[=:]|[,;)}\]]{1,8}(?:[\s"',;)}\]]|$))[,;&)}\]])`;
const notAnObject = String.raw`(?![{[]\s{0,3}\\?["']?[\w-]{1,64}\\?["']?\s{0,3}[:=])`;

/** What may follow a name: in quotes, which may be escaped because the whole is a string in JSON, or bare. */
export const valuePattern = `${quoted}|${wrapped}|${variable}|${notAnObject}${piece}{1,128}`;

/** The rest of a bare value that is longer: whether it is a secret is judged by its beginning, so that none is read twice. */
const rest = new RegExp(`${piece}+`, 'y');

type Secrecy = ReturnType<typeof secrecyOf>;

/** A text has few names and repeats them; a thousand of them are remembered. */
const judged = new Map<string, Secrecy>();
const mostJudged = 1000;

function judgedSecrecyOf(name: string): Secrecy {
  if (judged.has(name)) return judged.get(name);
  if (judged.size >= mostJudged) judged.clear();
  const secrecy = secrecyOf(name);
  judged.set(name, secrecy);
  return secrecy;
}

/** How the value of a `key` begins that can open a door: most keys are names of something else. */
const keyBegins = /\\?["']?[\w+/=.-]{16}/y;

function canBeKey(text: string, index = 0): boolean {
  keyBegins.lastIndex = index;
  return keyBegins.test(text);
}

/** True where a value of this name opens a door. */
export function isSecret(name: string, value: string): boolean {
  return isSecretOf(judgedSecrecyOf(name), value);
}

function isSecretOf(secrecy: Secrecy, value: string): boolean {
  if (secrecy === undefined || /^\w{0,20}\(?\[redacted/.test(value)) return false;
  if (secrecy !== 'key') return !isInnocentValue(value, secrecy);
  if (!canBeKey(value)) return false;
  const isRandom = looksRandom(value, 16) || /^\\?["']?(?:[0-9a-f]{24,}|(?=[A-Z]*\d)[A-Z2-7]{24,})/i.test(value);
  return isRandom && !isInnocentValue(value, 'weak');
}

/** Not the resource of an ARN, as in `:123456789012:secret:shop/db`. */
const named = /((?<![\w.-]|\d:)[\w.-]+)(\\?["']\]?)?(\s{0,20}(?:=>|:=|[:=](?![>:?]))\s{0,3})/g;

/** The other words of a value in YAML without quotes. */
const phrase = /(?: [\w!@#$%^&*+-]{1,64}){1,12}(?=\r?\n|$)/y;

const isLineStart = (text: string, index: number): boolean =>
  /(?:^|\n)[ \t-]{0,40}$/.test(text.slice(Math.max(0, index - 41), index));

function lengthOfRest(text: string, index: number): number {
  rest.lastIndex = index;
  return /["']/.test(text[index - 1] ?? '') ? 0 : (rest.exec(text)?.[0].length ?? 0);
}

/** Replaces the values of `name=value`, `name: value`, `"name":"value"`; a value of an innocent name may hold other names. */
export function replaceNamed(text: string, instead: string): string {
  const next = new RegExp(named);
  const value = new RegExp(valuePattern, 'y');
  const kept: string[] = [];
  let from = 0;
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const [whole, name = '', quote = '', sign = ''] = match;
    const secrecy = judgedSecrecyOf(name);
    if (secrecy === undefined) continue;
    // `example.com/auth-secret: basic-auth` is an annotation that names a Secret.
    const isBehindPrefix = text[match.index - 1] === '/';
    if (isBehindPrefix && text.slice(Math.max(0, match.index - 9), match.index) === 'checksum/') continue;
    const weaker = secrecy === 'sure' && isBehindPrefix ? 'weak' : secrecy;
    const start = match.index + whole.length;
    if (weaker === 'key' && !canBeKey(text, start)) continue;
    value.lastIndex = start;
    let given = value.exec(text)?.[0];
    if (given === undefined) continue;
    let end = value.lastIndex;
    if (weaker === 'sure' && sign === ': ' && isSecretOf(weaker, given) && isLineStart(text, match.index)) {
      phrase.lastIndex = end;
      given += phrase.exec(text)?.[0] ?? '';
      end = start + given.length;
    }
    const isSentence =
      /\s$/.test(sign) &&
      (quote === ''
        ? /^[A-Za-z]?[a-z]+[,.:]?$/.test(given) && /^ (?:[a-z]|["'](?=\w)(?!$))/.test(text.slice(end, end + 3))
        : /^[a-z]+$/.test(given));
    // `token: path: x`: another name, whose value follows.
    const isName = /^[A-Za-z]+:$/.test(given) && text[end] === ' ';
    if (isSentence || isName || !isSecretOf(weaker, given)) continue;
    kept.push(text.slice(from, start), instead);
    from = end + lengthOfRest(text, end);
    next.lastIndex = from;
  }
  return kept.join('') + text.slice(from);
}
