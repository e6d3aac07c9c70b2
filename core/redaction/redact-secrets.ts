import { isInnocentValue, looksRandom } from './innocent-values.ts';
import { isSecret, replaceNamed, valuePattern } from './named-secrets.ts';
import { tokenFormats } from './token-formats.ts';

/** What stands instead of a secret. */
export const blank = '[redacted]';

type Rule = [pattern: RegExp, instead: (match: string, ...groups: string[]) => string];

const first: Rule[] = [
  [
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    () => blank,
  ],
  [
    /((?<![\w+.-])[a-z][a-z0-9+.-]{0,40}:\/\/)(?:[^\s/?#"'@<>]{1,256}|[^\s/?#"'@<>:]{0,128}:(?!\d{1,5}[/?#])[^\s"'<>]{1,256})@(?=[\w.[(-])/gi,
    (_, scheme = '') => `${scheme}${blank}@`,
  ],
  ...tokenFormats.map(({ pattern }): Rule => [new RegExp(pattern, 'g'), () => blank]),
  [
    /((?<![\w.@:/+-])[\w.-]{1,64}:)(?!\/\/)[^\s"'<>@]{1,200}@(?!sha\d+:)(?=tcp\(|unix\(|\(|[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}(?::\d|\/|\?|$|["'\s]))/g,
    (match, user = '') => (/^\S+:\d{1,5}@/.test(match) ? match : `${user}${blank}@`),
  ],
  [
    /((?<![\w./-])[\w.-]{1,64}\/)[^\s"'<>@/]{3,100}@(?=\/\/|[\w.-]{1,100}:\d{4})/g,
    (_, user = '') => `${user}${blank}@`,
  ],
  [
    /((?<![\w-])(?:proxy-|x-)?authorization\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)([^"'\r\n\\]+)/gi,
    (match, name = '', given = '') =>
      isInnocentValue(given.split(' ')[0] ?? '', 'weak') &&
      !/^(?:basic|bearer|digest|token|negotiate|apikey|oauth)\s+\S/i.test(given)
        ? match
        : `${name}${blank}`,
  ],
  [
    /((?<![\w-])(?:set-)?cookie\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)([^"'\r\n\\]{0,8}[^"'\r\n\\=]*=[^"'\r\n\\]*)/gi,
    (_, name = '') => `${name}${blank}`,
  ],
  [
    /(?<![\w-])(bearer|basic|digest|negotiate|apikey)(\s{1,3})(?=[\w.~+/-]{0,200}[\d_+/.]|[\w.~+/-]{24})[\w.~+/-]{8,}=*/gi,
    (_, scheme = '', gap = '') => `${scheme}${gap}${blank}`,
  ],
  [
    /((?<![\w-])(?:identified(?:\s{1,3}with\s{1,3}["'\w]{1,40})?\s{1,3}(?:by|as)(?:\s{1,3}password)?|(?:encrypted\s{1,3})?password)\s{1,3})('[^']*'|"[^"]*")/gi,
    (_, before = '') => `${before}${blank}`,
  ],
  [
    new RegExp(
      String.raw`((?<![\w-])["']?(?:name|key|Name|Key)\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)([\w.-]+)(\\?["']?\s{0,3},?\s{0,40}\\?["']?(?:value|Value)\\?["']?\s{0,3}[:=]\s{0,3})(${valuePattern})`,
      'g',
    ),
    (match, before = '', name = '', between = '', given = '') =>
      isSecret(name, given) ? `${before}${name}${between}${blank}` : match,
  ],
  [
    /((?<![\w-])["']?value\\?["']?\s{0,3}[:=]\s{0,3})(\\?"(?:[^"\\]|\\[^"])*\\?"|'[^']*')(\s{0,3},?\s{0,40}\\?["']?(?:name|key)\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)([\w.-]+)/gi,
    (match, before = '', given = '', between = '', name = '') =>
      isSecret(name, given) ? `${before}${blank}${between}${name}` : match,
  ],
  [
    /<((?:\w{1,40}:)?[\w.-]{1,80})((?: [^<>]{0,200})?>)([^<>]{1,2000})(?=<\/)/g,
    (match, name = '', rest = '', given = '') => (isSecret(name, given.trim()) ? `<${name}${rest}${blank}` : match),
  ],
];

const later: Rule[] = [
  [
    new RegExp(String.raw`((?<![\w-])--?([\w.-]+)\s{1,3})(?!-|\[redacted)(${valuePattern})`, 'g'),
    (match, flag = '', name = '', given = '') => (isSecret(name, given) ? `${flag}${blank}` : match),
  ],
  [
    /((?<![\w-])(?:-u|--user|--proxy-user|--userpwd|-U)[\s=]{1,3}["']?[\w.@\\-]{1,64}:)(?!\d{1,6}(?:\s|$))[^\s"']+/g,
    (_, before = '') => `${before}${blank}`,
  ],
  [
    /((?<![\w-])(?:mysql\w*|mariadb[\w-]*|sshpass|docker|podman|nerdctl|helm|crane|oras|skopeo|mongo\w*|redis-cli|ldap\w+|az|cqlsh|influx|clickhouse-client|htpasswd|rabbitmqctl|sqlcmd|mosquitto_\w+|ipmitool|smbclient|7z|zip|unzip)\s[^\n|;]{0,200}?\s-[pPaw](?:\s{1,3}|=)?["']?)(?![-\d]{1,5}(?:[:\s]|$)|\[redacted)[^\s"'-][^\s"']*/g,
    (_, before = '') => `${before}${blank}`,
  ],
  [
    /((?<![\w-])-p(?:\s{1,3}|=)["']?)(?!\[redacted)(?=[^\s"']{0,60}[A-Z!@#$%^&*])(?=[^\s"']{0,60}[\d!@#$%^&*])[^\s"'/:]{5,}/g,
    (_, before = '') => `${before}${blank}`,
  ],
  [
    /((?<![\w-])(?:login|user|account)\s{1,3}\S{1,100}\s{1,3}password\s{1,3})\S+/gi,
    (_, before = '') => `${before}${blank}`,
  ],
  [/(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9])/g, (match) => (looksRandom(match) ? blank : match)],
  [
    /(?<![\w:~@/.-]|(?:sandbox|container|image|digest|containerd|layer|commit|sha256|checksum|etag|id)["'\s:=(]{1,3})(?:[0-9a-f]{64}|[0-9A-F]{64})(?![\w])/g,
    () => blank,
  ],
];

/** Blanks out what opens doors; words around a secret stay, so that a log line can still be understood. Linear in the text. */
export const redactSecrets = (text: string): string =>
  apply(later, replaceNamed(apply(first, withoutKeyEnd(text)), blank));

const apply = (rules: Rule[], text: string): string =>
  rules.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);

/** A private key of which only the end is there: the lines of Base64 before it go too. */
function withoutKeyEnd(text: string): string {
  const end = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text);
  if (end === null || /-----BEGIN/.test(text.slice(0, end.index))) return text;
  const before = text.slice(0, end.index).split(/(\r?\n|\\n)/);
  while (
    before.length > 0 &&
    /^\s*(?:[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,76}={0,2}|\\n)?\s*$/.test(before.at(-1) ?? '')
  )
    before.pop();
  const kept = before.join('');
  return `${kept}${kept === '' || kept.endsWith('\n') ? '' : '\n'}${blank}${text.slice(end.index + end[0].length)}`;
}
