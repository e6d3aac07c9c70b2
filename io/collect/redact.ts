const blank = '[redacted]';

/** Names whose value is never kept, as the end of a longer name: `db_password`, `X-Amz-Security-Token`. */
const secretName =
  '(?:pass(?:word|wd|phrase|code)|(?<![a-z])(?:pass|sig)|pwd|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|secret[_-]?key|private[_-]?key|account[_-]?key|encryption[_-]?key|signing[_-]?key|credentials?|signature)';

/** A value in quotes, which may be escaped because the whole is a string in JSON, that has not been blanked out yet. */
const quoted = `(?!\\[redacted)(?:\\\\?"(?:[^"\\\\]|\\\\[^"])*\\\\?"|'[^']*')`;
const bare = `(?!\\[redacted)[^\\s,;&"'})\\]]+`;

const rules: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, blank],
  [
    /https:\/\/(?:hooks\.slack(?:-gov)?\.com|[\w.-]*webhook\.office\.com|discord(?:app)?\.com\/api\/webhooks)\/[^\s"'<>]*/g,
    blank,
  ],
  [/((?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"']+@/gi, `$1${blank}@`],
  [
    /\b(?:k8s-aws-v1\.|xox[abeprs]-|xapp-|gh[opsur]_|github_pat_|glpat-|npm_|AIza|[rs]k_(?:live|test)_)[\w-]{8,}/g,
    blank,
  ],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, blank],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, blank],
  [/\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, `$1${blank}`],
  [/\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, `$1${blank}`],
  [/\b(bearer|basic)\s+(?=[\w.~+/-]*[\d_+/.]|[\w.~+/-]{24})[\w.~+/-]{8,}=*/gi, `$1 ${blank}`],
  // A quoted name has a quoted value: `volume "token": secret "app" not found` is none.
  [new RegExp(`(${secretName}\\\\?["']\\s*(?:=>|[:=](?!>))\\s*)${quoted}`, 'gi'), `$1${blank}`],
  // `/run/secrets/token: no such file` is a path and what is wrong with it.
  [
    new RegExp(`((?:(?<!/)${secretName}\\s*(?:=>|[:=](?!>))|/${secretName}=)\\s*)(?:${quoted}|${bare})`, 'gi'),
    `$1${blank}`,
  ],
  [new RegExp(`((?<![\\w-])--?[\\w-]*${secretName}\\s+)(?!-|\\[redacted)\\S+`, 'gi'), `$1${blank}`],
];

/**
 * Blanks out what opens doors: tokens, keys, passwords, URLs with credentials, webhooks, private keys. Rather too much
 * than too little; words around a secret stay, so that a log line can still be understood.
 */
export const redact = (text: string): string =>
  rules.reduce((rest, [secret, instead]) => rest.replace(secret, instead), text);

/** Redacts lines together, because a private key spans several. */
export const redactLines = (lines: string[]): string[] => redact(lines.join('\n')).split('\n');

const secretFlag = new RegExp(`^--?[\\w-]*${secretName}$`, 'i');

/** Redacts the words of a command line, the one after a flag like `--password` too. */
export const redactArguments = (words: string[]): string[] =>
  words.map((word, index) => (secretFlag.test(words[index - 1] ?? '') ? blank : redact(word)));

const secretVariable =
  /pass|pwd|secret|token|credential|private|auth|(^|_)(api|access|account|encryption|master|signing)?_?key$|dsn$|connection_?string|webhook|cookie|salt|signature|license/i;
const random = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[\w+/=-]{32,}$/;

/** Value of an environment variable, or `undefined` when its name or its look says that it is a secret. */
export const plainValue = (name: string, value: string | undefined): string | undefined =>
  value === undefined || secretVariable.test(name) || random.test(value) ? undefined : redact(value);
