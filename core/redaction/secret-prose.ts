import { isInnocentValue, looksRandom } from './innocent-values.ts';
import { secrecyOf } from './secret-names.ts';
import { blank, type SecretRule } from './secret-rule.ts';

/** Letters with digits, or with signs that only passwords have. */
const isPassword = (text: string): boolean =>
  text.length >= 6 &&
  /[a-z]/i.test(text) &&
  /[\d!@#$%^&*]/.test(text) &&
  !/[/=()]|^\w+\.\w+$|^\d+\w{1,2}$/.test(text) &&
  !isInnocentValue(text, 'weak');

/** 128 bits and more in hexadecimal or base 32, a cookie of Erlang, a token of kubeadm, or random in another alphabet. */
const isRandom = (text: string): boolean =>
  /^(?:[0-9a-f]{32,}|(?=.*\d)[A-Z2-7]{24,}|[A-Z\d]{20}|(?=.*\d)[a-z0-9]{6}\.[a-z0-9]{16})$/.test(text) ||
  looksRandom(text, 20);

/** What programs say of hashes and ids, which are random and open nothing. */
const ofPublicValue =
  /(?:checksum|sha\d{1,3}|md5|digest|integrity|sandbox|container|image|containerd|layer|commit|revision|etag|nonce|host-?id|x-amz-id-2|x-amz-cf-id|cf-ray|fingerprint|trace|span|request|\bh1|\bid)["']?(?:[/.][\w.-]{1,24})?["'\s:=(@-]{1,4}$/i;

/** Secrets in sentences, and random text that nothing around it explains. */
export const secretProse: readonly SecretRule[] = [
  {
    kind: 'password in a sentence',
    pattern:
      /(?<before>(?<![\w-])(?:password|passwd|passphrase|passcode|psk|(?:shared|pre-shared|radius|signing|webhook) secret|new value)(?: (?:is )?(?:generated )?for(?: user)? [^\s:]{1,64}|,? (?:that )?(?:you|was|is) (?:entered|typed|given|supplied|provided|used|set)(?: to)?| to (?:log|sign) ?(?:in|on)| to (?:connect|use))?(?: is| was|:)?[ \t]["'(]?)(?<secret>[^\s"',;)]{6,128})/gi,
    instead: ({ match, groups: { before = '', secret = '' } }) => (isPassword(secret) ? `${before}${blank}` : match),
    examples: [
      ['Default admin password is hunter2', 'Default admin password is [redacted]'],
      ['password for user shop is hunter2', 'password for user shop is [redacted]'],
      ['The password you entered (hunter2) is wrong', 'The password you entered ([redacted]) is wrong'],
      [
        'A temporary password is generated for root@db: hunter2',
        'A temporary password is generated for root@db: [redacted]',
      ],
      ['use this password to log in: hunter2', 'use this password to log in: [redacted]'],
      ['shared secret "hunter2"', 'shared secret "[redacted]"'],
    ],
  },
  {
    kind: 'user and password in a sentence',
    pattern:
      /(?<before>(?<![\w-])(?:credentials?|login|creds)(?: for [\w.-]{1,64})?:? ["'(]?[A-Za-z][\w.-]{0,63}(?::|\/|, ))(?<secret>[^\s"',;)]{6,128})/gi,
    instead: ({ match, groups: { before = '', secret = '' } }) => (isPassword(secret) ? `${before}${blank}` : match),
    examples: [['using credentials admin:hunter2', 'using credentials admin:[redacted]']],
  },
  {
    kind: 'name of a secret and its value in a sentence',
    pattern:
      /(?<before>(?<![\w.-])(?<name>[A-Za-z]\w{0,60}[_.-]\w{1,60}|[a-z]{1,60}[A-Z]\w{1,60})(?<verb> (?:has (?:the )?value|is(?: set to)?|was|set to|equals|of))? (?<quote>["']?))(?<secret>[^\s"',;]{6,256})/g,
    instead: ({ match, groups: { before = '', name = '', verb, quote, secret = '' } }) => {
      const secrecy = secrecyOf(name);
      if (secrecy === undefined || isInnocentValue(secret, 'weak')) return match;
      const isGiven = verb !== undefined && (isPassword(secret) || (/value$/.test(verb) && quote !== ''));
      return isGiven || isRandom(secret) ? `${before}${blank}` : match;
    },
    examples: [
      ['DB_PASSWORD is hunter2', 'DB_PASSWORD is [redacted]'],
      ['env dbPassword has value "Hunter"', 'env dbPassword has value "[redacted]"'],
      ['with auth_token 0f3b0f3b0f3b0f3b0f3b0f3b0f3b0f3b', 'with auth_token [redacted]'],
    ],
  },
  {
    kind: 'codes that replace a second factor',
    pattern:
      /(?<before>(?<![\w-])(?:recovery|backup|scratch|emergency|verification|one-time|2fa|mfa|otp) (?:pass)?codes?(?: is| are|:)? )(?=[a-z-]{0,12}\d)[A-Za-z0-9-]{5,24}(?:[ ,]{1,2}(?=[a-z-]{0,12}\d)[A-Za-z0-9-]{5,24}){0,15}/gi,
    examples: [['recovery codes: 01234567 89012345', 'recovery codes: [redacted]']],
  },
  {
    kind: 'key in a sentence',
    pattern:
      /(?<before>(?<![\w-])(?:token|secret|api key|seed|license|key|cookie) ["']?)(?<secret>[A-Za-z0-9_+/=-]{20,256}|[a-z0-9]{6}\.[a-z0-9]{16})(?![\w.:/@-])/gi,
    instead: ({ match, groups: { before = '', secret = '' } }) => (isRandom(secret) ? `${before}${blank}` : match),
    examples: [['project token 0f3b0f3b0f3b0f3b0f3b0f3b0f3b0f3b is unknown', 'project token [redacted] is unknown']],
  },
  {
    kind: 'key of a licence',
    pattern:
      /(?<before>(?<![\w-])(?:licen[cs]e|activation|product|serial) (?:key|code)(?: is|:)? ["']?)[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){2,8}(?![\w-])/gi,
    examples: [['license key: AB1C2-DE3F4-GH5I6', 'license key: [redacted]']],
  },
  {
    kind: 'token in the form of a UUID',
    pattern:
      /(?<before>(?<![\w-])(?:acl|api|access|auth|admin|management|personal|bot) token(?: is| was|:)? ["']?)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi,
    examples: [['acl token 57cd70c0-0f3b-4f3b-af3b-0f3b0f3b0f3b is gone', 'acl token [redacted] is gone']],
  },
  {
    kind: 'random text',
    pattern: /(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9])/g,
    instead: ({ match, lead }) =>
      looksRandom(match) && !/^sha\d{3}-/.test(match) && !ofPublicValue.test(lead) ? blank : match,
    examples: [['using Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0Fe', 'using [redacted]']],
  },
  {
    kind: 'random text behind a prefix',
    pattern: /(?<![\w./:-])[A-Za-z]{2,12}(?:_[A-Za-z]{2,12}){0,2}[_-](?<secret>[A-Za-z0-9]{20,128})(?![A-Za-z0-9])/g,
    instead: ({ match, groups: { secret = '' }, lead }) =>
      looksRandom(secret, 20) && !ofPublicValue.test(lead) ? blank : match,
    examples: [['using acme_Zx9Yw8Vu7Ts6Rq5Po4Nm3', 'using [redacted]']],
  },
  {
    kind: '256 bits in hexadecimal',
    pattern: /(?<![\w:~@/.-])(?:0x)?(?:[0-9a-f]{64}|[0-9A-F]{64})(?!\w)/g,
    instead: ({ match, lead }) => (ofPublicValue.test(lead) ? match : blank),
    examples: [[`using ${'0f3b'.repeat(16)}`, 'using [redacted]']],
  },
];
