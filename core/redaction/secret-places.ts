import { isInnocentValue } from './innocent-values.ts';
import { isSecret, valuePattern } from './named-secrets.ts';
import { blank, type SecretRule } from './secret-rule.ts';

const attributes = /^(?:samesite|path|domain|secure|httponly|max-age|expires|partitioned|priority)$/i;

/** Places where a secret stands that its own form does not give away: headers, statements, elements, pairs of name and value. */
export const secretPlaces: readonly SecretRule[] = [
  {
    kind: 'Authorization header',
    pattern:
      /(?<before>(?<![\w-])(?:proxy-|x-)?authorization(?:\\?["']?\s{0,3}[:=]|\\?["'],)\s{0,3}\\?["']?)(?<secret>(?:digest|aws4-hmac-sha256)\s[^\r\n]+|[^"'\r\n\\]+)/gi,
    instead: ({ match, groups: { before = '', secret = '' } }) =>
      isInnocentValue(secret.split(' ')[0] ?? '', 'weak') &&
      !/^(?:(?:basic|bearer|digest|token|negotiate|apikey|oauth)\s+\S|[\w-]+\s+(?=\S*\d)\S{8,}$)/i.test(secret)
        ? match
        : `${before}${blank}`,
    examples: [
      ['Authorization: Token 0123abcd', 'Authorization: [redacted]'],
      ['authorization: Digest username="a", response="0f3b"', 'authorization: [redacted]'],
    ],
  },
  {
    kind: 'cookies',
    pattern: /(?<before>(?<![\w-])(?:set-)?cookie\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?<secret>[^"'\r\n\\]+)/gi,
    instead: ({ match, groups: { before = '', secret = '' } }) => {
      const names = secret.split(/;\s{0,3}/).map((each) => each.split('=')[0] ?? '');
      return !secret.includes('=') || names.every((name) => attributes.test(name)) ? match : `${before}${blank}`;
    },
    examples: [['Set-Cookie: session=abc; HttpOnly', 'Set-Cookie: [redacted]']],
  },
  {
    kind: 'scheme and credentials',
    pattern:
      /(?<before>(?<![\w-])(?:bearer|basic|digest|negotiate|apikey),?\s{1,3})(?=[\w.~+/-]{0,200}[\d_+/.]|[\w.~+/-]{24})[\w.~+/-]{8,}=*/gi,
    examples: [['sent bearer AbCd0123 to upstream', 'sent bearer [redacted] to upstream']],
  },
  {
    kind: 'name and value in an encoded URL',
    // Begins at the sign between both, so that other text is passed over: the name is looked for backwards from there.
    pattern:
      /(?<before>%3[AD](?<=(?<![\w-])(?<name>[\w.-]{1,128})(?:%22|%27)?(?:%20|\+)?%3[AD])(?:%20|\+)?(?:%22|%27)?)(?<secret>[\w.~!*+-]{1,256})/gi,
    instead: ({ match, groups: { before = '', name = '', secret = '' } }) =>
      isSecret(name.replace(/^22|^27/, ''), secret) ? `${before}${blank}` : match,
    examples: [['state=%7B%22password%22%3A%22x1%22%7D', 'state=%7B%22password%22%3A%22[redacted]%22%7D']],
  },
  {
    kind: 'code of an authorization',
    pattern:
      /(?<before>[?&]code=)[^&\s"'<>]{8,512}(?=&(?:state|session_state|scope|iss)=)|(?<=[?&]state=[^&\s"'<>]{1,256}&code=)[^&\s"'<>]{8,512}/g,
    examples: [['GET /callback?code=4%2F0Axyz&state=a', 'GET /callback?code=[redacted]&state=a']],
  },
  {
    kind: 'signature in a header',
    pattern:
      /(?<before>(?<![\w-])[\w-]{0,60}signature[\w-]{0,12}\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?(?:t=\d{1,12},)?(?:(?:v\d|sha\d{1,3})=)?)[0-9A-Fa-f]{32,}/gi,
    examples: [[`X-Hub-Signature-256: sha256=${'0f3b'.repeat(16)}`, 'X-Hub-Signature-256: sha256=[redacted]']],
  },
  {
    kind: 'credentials of SMTP and IMAP',
    pattern:
      /(?<before>(?<![\w-])(?:auth|AUTH)(?:enticate|ENTICATE)?\s{1,3}(?:plain|PLAIN|login|LOGIN|xoauth2|XOAUTH2|cram-md5|CRAM-MD5)\s{1,3})(?=[a-z]{0,200}[A-Z0-9+/=])[A-Za-z0-9+/]{8,}={0,2}/g,
    examples: [['auth plain AGEAeDEwMTIz', 'auth plain [redacted]']],
  },
  {
    kind: 'password in SQL',
    pattern:
      /(?<before>(?<![\w-])(?:identified(?:\s{1,3}with\s{1,3}["'\w]{1,40})?\s{1,3}(?:by|as)(?:\s{1,3}password)?|(?:encrypted\s{1,3})?password)(?:\s{1,3}|\s{0,3}\(\s{0,3}))(?:'[^']{0,1000}'|"[^"]{0,1000}")/gi,
    examples: [
      [`CREATE USER a IDENTIFIED BY 'x1'`, 'CREATE USER a IDENTIFIED BY [redacted]'],
      [`SET PASSWORD = PASSWORD('x1')`, 'SET PASSWORD = PASSWORD([redacted])'],
    ],
  },
  {
    kind: 'pair of name and value',
    pattern: new RegExp(
      String.raw`(?<before>(?<![\w-])["']?(?:name|key|Name|Key)\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?<name>[\w.-]{1,128})(?<between>\\?["']?\s{0,3},?\s{0,40}\\?["']?(?:value|Value)\\?["']?\s{0,3}[:=]\s{0,3})(?<secret>${valuePattern})`,
      'g',
    ),
    instead: ({ match, groups: { before = '', name = '', between = '', secret = '' } }) =>
      isSecret(name, secret) ? `${before}${name}${between}${blank}` : match,
    examples: [
      ['{name: DB_PASSWORD, value: x1}', '{name: DB_PASSWORD, value: [redacted]}'],
      ['<add key="SmtpPassword" value="x1"/>', '<add key="SmtpPassword" value=[redacted]/>'],
    ],
  },
  {
    kind: 'pair of value and name',
    pattern:
      /(?<before>(?<![\w-])["']?value\\?["']?\s{0,3}[:=]\s{0,3})(?<secret>\\?"(?:[^"\\]|\\[^"]){0,4000}\\?"|'[^']{0,4000}')(?<between>\s{0,3},?\s{0,40}\\?["']?(?:name|key)\\?["']?\s{0,3}[:=]\s{0,3}\\?["']?)(?<name>[\w.-]{1,128})/gi,
    instead: ({ match, groups: { before = '', secret = '', between = '', name = '' } }) =>
      isSecret(name, secret) ? `${before}${blank}${between}${name}` : match,
    examples: [['{"value":"x1","name":"DB_PASSWORD"}', '{"value":[redacted],"name":"DB_PASSWORD"}']],
  },
  {
    kind: 'definition in PHP',
    pattern:
      /(?<before>(?<![\w-])define\(\s{0,3}["'](?<name>\w{1,128})["']\s{0,3},\s{0,3})(?<secret>'[^'\n]{0,1000}'|"[^"\n]{0,1000}")/g,
    instead: ({ match, groups: { before = '', name = '', secret = '' } }) =>
      isSecret(name, secret) ? `${before}${blank}` : match,
    examples: [[`define('DB_PASSWORD', 'x1');`, `define('DB_PASSWORD', [redacted]);`]],
  },
  {
    kind: 'element of XML',
    pattern: /(?<before><(?<name>(?:\w{1,40}:)?[\w.-]{1,80})(?: [^<>]{0,200})?>)(?<secret>[^<>]{1,2000})(?=<\/)/g,
    instead: ({ match, groups: { before = '', name = '', secret = '' } }) =>
      isSecret(name, secret.trim()) ? `${before}${blank}` : match,
    examples: [['<password>x1</password>', '<password>[redacted]</password>']],
  },
  {
    kind: 'block of YAML',
    pattern: /(?<before>(?<![\w.-])(?<name>[\w.-]{1,128}):[ \t]{0,3}[|>][+-]?\r?\n[ \t]{1,40})(?<secret>[^\r\n]+)/g,
    instead: ({ match, groups: { before = '', name = '', secret = '' } }) =>
      isSecret(name, secret) ? `${before}${blank}` : match,
    examples: [['password: |\n  x1\nhost: db', 'password: |\n  [redacted]\nhost: db']],
  },
  {
    kind: 'line of a password file',
    pattern:
      /(?<before>(?<![^\s"'])[\w.*-]{1,253}:(?:\d{2,5}|\*):[\w.*-]{1,64}:[\w.*-]{1,64}:)(?!\d{0,6}(?:[:\s]|$))[^\s:"']{3,}(?=$|\s)/gm,
    examples: [['db:5432:shop:shop:x1y2', 'db:5432:shop:shop:[redacted]']],
  },
  {
    kind: 'community of SNMP',
    pattern:
      /(?<before>(?<![\w-])snmp[^\n]{0,40}?community(?: string)?\\?["']?\s{0,3}[:= ]\s{0,3})(?!string|is\b)[^\s"']{3,}/gi,
    examples: [['snmp community string: pr1vate', 'snmp community string: [redacted]']],
  },
];
