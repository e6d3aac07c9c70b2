import { redactSecrets } from '../../core/redaction/redact-secrets.ts';

/** Characters of one text that are looked at; what a log or a message says after them is not kept. */
const longest = 65_536;

/** Blanks out secrets in a text, which is cut before any pattern meets it. */
export const redact = (text: string): string =>
  redactSecrets(text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length - longest} characters cut)`);

/** Redacts lines together, because a private key spans several. */
export const redactLines = (lines: string[]): string[] => redact(lines.join('\n')).split('\n');

/** Redacts the words of a command line, the one after a flag like `--password` too. */
export const redactArguments = (words: string[]): string[] =>
  words.map((word, index) => {
    const flag = words[index - 1] ?? '';
    if (!/^--?[\w-]+$/.test(flag) || word.startsWith('-')) return redact(word);
    const both = redact(`${flag} ${word}`);
    return both.startsWith(`${flag} `) ? both.slice(flag.length + 1) : redact(word);
  });

const secretVariable =
  /pass|pwd|secret|token|credential|private|auth|(^|_)(api|access|account|encryption|master|signing)?_?key$|dsn$|connection_?string|webhook|cookie|salt|signature|license/i;
const random = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=-]{32,}$/;

/** Value of an environment variable, or `undefined` when its name or its look says that it is a secret. */
export const plainValue = (name: string, value: string | undefined): string | undefined =>
  value === undefined || secretVariable.test(name) || random.test(value) ? undefined : redact(value);
