import { targetGroupOptions } from '../../controllers/target-group-option.ts';

/** Where in a command a value is put: bare, or between quotes that the command opened before it. */
export interface Position {
  quoted: boolean;
  /** True where nothing of the same word stands before the value, so that it could pass for an option. */
  startsWord: boolean;
}

/** A value as a command may hold it, or why it may not. */
export type ShellWord = { word: string } | { withheld: string };

/** Characters; a path of a target group has at most 1,024 (ELBv2 API reference, `HealthCheckPath`), a manifest a few times as many. */
const longestValue = 4096;

const tooLong: ShellWord = { withheld: `it has more than ${longestValue} characters` };

/** The values of fixes that are meant to begin with a dash: options that a check chooses. */
const options: ReadonlySet<string> = new Set([
  ...targetGroupOptions,
  '--ingress',
  '--egress',
  '--cidr-block',
  '--ipv6-cidr-block',
]);

/** What sh, bash, dash and zsh all take as it is, outside and inside of quotes. `=` at the start is a command's path in zsh. */
const plain = /^(?!=)[A-Za-z0-9_./:@%+=,-]+$/;

/** What would be dangerous inside of single quotes too, for a shell or for whoever copies the command to another one. */
const dangers: [RegExp, string][] = [
  [/[^\x20-\x7e]/, 'it has characters that are not printable ASCII'],
  [/`/, 'it has a backtick'],
  [/'/, 'it has a single quote'],
  [/[$\\]/, 'it has a dollar sign or a backslash'],
  [/!/, 'it has an exclamation mark, which recalls an earlier command'],
];

/** Prefixes for which the AWS CLI reads a file or an address instead (AWS CLI user guide, "Load a parameter from a file"). */
const fromElsewhere = /^(fileb?|https?):\/\//i;

/** Writes words that stand side by side in a command; all of them or none. */
export function shellWords(values: string[], position: Position): ShellWord {
  const words = values.map((value) => shellWord(value, position));
  const refused = words.find((word) => 'withheld' in word);
  if (refused !== undefined) return refused;
  const word = words.map((each) => ('word' in each ? each.word : '')).join(' ');
  return word.length > longestValue ? tooLong : { word };
}

/** Writes a value for a POSIX shell so that every shell passes on exactly this value, in single quotes where it needs some. */
export function shellWord(value: string, { quoted, startsWord }: Position): ShellWord {
  if (value.length > longestValue) return tooLong;
  const danger = dangers.find(([pattern]) => pattern.test(value));
  if (danger !== undefined) return { withheld: danger[1] };
  if (startsWord && value.startsWith('-') && !options.has(value))
    return { withheld: 'it begins with a dash, like an option' };
  if (startsWord && fromElsewhere.test(value))
    return { withheld: 'the AWS CLI would read the file or address it names' };
  if (plain.test(value)) return { word: value };
  return quoted ? { withheld: 'it has characters that end the quotes around it' } : { word: `'${value}'` };
}

/** The position at the end of the beginning of a command. */
export function positionAfter(beginning: string): Position {
  let open = '';
  for (const character of beginning) {
    if (open === '' && (character === '"' || character === "'")) open = character;
    else if (character === open) open = '';
  }
  return { quoted: open !== '', startsWord: /(^|[\s"'])$/.test(beginning) };
}
