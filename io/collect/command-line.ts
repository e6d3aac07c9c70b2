import { cleanText } from '../../core/redaction/clean.ts';

/** Lines of a log as they may be kept; together, because a private key spans several. */
export const cleanLines = (lines: string[]): string[] => cleanText(lines.join('\n')).split('\n');

/** The words of a command line without secrets that only the program or the flag in front of them gives away. */
export function redactArguments(words: string[]): string[] {
  const program = words[0]?.replace(/^.*\//, '') ?? '';
  return words.map((word, index) => {
    if (index === 0) return word;
    const flag = words[index - 1] ?? '';
    const isValue = /^--?[\w.-]{1,128}$/.test(flag) && !word.startsWith('-');
    const lead = isValue && index > 1 ? `${program} ${flag}` : isValue ? flag : program;
    const both = cleanText(`${lead} ${word}`);
    return both.startsWith(`${lead} `) ? both.slice(lead.length + 1) : word;
  });
}

const secretVariable =
  /pass|pwd|secret|token|credential|private|auth|(^|_)(api|access|account|encryption|master|signing)?_?key$|dsn$|connection_?string|webhook|cookie|salt|signature|license/i;
const random = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=-]{32,}$/;

/** Value of an environment variable, or `undefined` when its name or its look says that it is a secret. */
export const plainValue = (name: string, value: string | undefined): string | undefined =>
  value === undefined || secretVariable.test(name) || random.test(value) ? undefined : value;
