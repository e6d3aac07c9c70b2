import { blank, type SecretRule } from './secret-rule.ts';

/** Where a host begins after `@`. */
const host = String.raw`(?=(?<port>tcp\(|unix\(|\(|\/\/)|[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}(?:(?<port>:\d|\/)|\?|$|["'\s]))`;

/** User and password in front of a host. */
export const userInfo: readonly SecretRule[] = [
  {
    kind: 'user and password in a URL',
    pattern: /(?<![\w+.-])[a-z][a-z0-9+.-]{0,40}:\/\/[^\s"'<>]+/gi,
    instead: ({ match }) =>
      match
        .split(/(?<=[^\w+.-])(?=[a-z][a-z0-9+.-]{0,40}:\/\/)/i)
        .map(withoutUserInfo)
        .join(''),
    examples: [
      ['dial postgres://shop:hunter2@db:5432/shop failed', 'dial postgres://[redacted]@db:5432/shop failed'],
      ['amqp://app:a/b#c?d@mq:5672', 'amqp://[redacted]@mq:5672'],
      ['next=redis://:hunter2@cache:6379', 'next=redis://[redacted]@cache:6379'],
    ],
  },
  {
    kind: 'user and password in front of a host',
    pattern: new RegExp(String.raw`(?<![^\s"'<>@])[^\s"'<>@]+@(?!sha\d+:)${host}`, 'g'),
    instead: ({ match, groups }) => {
      const parts = /(?<![\w.:/+-])([\w.-]{1,64})(?::(?!\/\/|\d{1,5}@)|\/(?=[^/]{3,100}@$))/.exec(match);
      if (parts === null || match.includes('://')) return match;
      const [user, name = ''] = parts;
      const given = match.slice(parts.index + user.length, -1);
      // `user:joe@example.com` is an address for mail.
      const isMail =
        groups['port'] === undefined &&
        (/^[a-z]+(?:[._-][a-z]+)*$/.test(given) || /mail|^(?:user|from|to|cc)$/i.test(name));
      return isMail ? match : `${match.slice(0, parts.index)}${user}${blank}@`;
    },
    examples: [
      ['open shop:hunter2@tcp(db:3306)/shop', 'open shop:[redacted]@tcp(db:3306)/shop'],
      ['scott/tiger@//db:1521/x', 'scott/[redacted]@//db:1521/x'],
    ],
  },
];

/** A URL whose user alone is given keeps it, unless it is a key, as in the DSN of Sentry. */
function withoutUserInfo(url: string): string {
  const parts =
    /^([a-z][a-z0-9+.-]{0,40}:\/\/)([^/?#@:]*)@(?=[\w.[(-])/i.exec(url) ??
    /^([a-z][a-z0-9+.-]{0,40}:\/\/)([^/?#@:]*:(?!\d{1,5}[/?#]).*)@(?=[\w.[(-])/i.exec(url);
  if (parts === null) return url;
  const [whole, scheme = '', given = ''] = parts;
  const isName = !given.includes(':') && !/^(?=\D*\d).{12,}$/.test(given);
  return isName ? url : `${scheme}${blank}@${url.slice(whole.length)}`;
}
