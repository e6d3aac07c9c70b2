/** Words that say what is with a secret, and never are one. */
const innocent = new Set(
  `true false yes no on off null none nil undefined missing invalid valid expired required optional unauthorized unauthenticated forbidden denied
not set unset empty error errors failed failure failing unknown unsupported unexpected using used use is was has had are the a an in of for from to
and or with without by basic bearer digest negotiate ntlm token password secret key oauth oauth2 oidc saml ldap iam aws jwt jwks mtls tls ssl kerberos
default disabled enabled enable disable new old current previous next refreshed refresh refreshing renewed rotated rotating created deleted updated found
revoked rejected accepted ok success successful mismatch malformed corrupt wrong bad could cannot couldn unable can't no-op open get read write
authentication authorization plain scram md5 sha1 sha256 sha512 rs256 hs256 es256 none anonymous external internal local remote database vault env file
string int integer bool boolean object array bytes text number redacted hidden masked omitted removed placeholder changeme example sample test
stopped started starting ready pending active inactive closed closing opened ended killed timeout timed cancelled canceled waiting retry retrying
flag option argument parameter value field name named must should will would may might been be being does do did request requests response
provided provider store volume mount mounted injected loaded loading opaque generated hashed encrypted encrypting decrypting
regcred lax strict none sticky stateless kubernetes cluster user users client server admin audience issuer via on this that here there it its your`.split(
    /\s+/,
  ),
);

const plainPath = /^(?:\.{0,2}(?:\/[\w.@:-]{1,40}){2,}|\/[a-z]{2,16})\/?$/;
const signal = /^SIG[A-Z0-9]{2,8}$/;
const template =
  /^(?:\$\{?[\w.:-]*\}?|\$\{\w+:?\?.*|\$\([\w.:-]+\)?|\((?:none|null|nil|empty|unset|hidden)?\)?|\{\{.*|<[\w .-]*>?|%[sdvq]|\*+|samesite=\w+|[|>][+-]?|x{3,}|\.{3}|\[redacted.*|-+|\d{1,4}(?:\.\d+)?(?:ms|s|m|h|d|%)?)$/i;
/** A reason of Kubernetes, and an abbreviation. */
const reason = /^(?:(?:[A-Z][a-z]+){2,}|[A-Z]{2,8})$/;
const longestReference = 96;
const reference = /^[a-z]+(?:[-/._:][a-z]+)+(?:[-/][a-z0-9]{1,3})?$/;
const elsewhere =
  /^(?:https?:\/\/|arn:aws|alias\/|file:\/\/|ref\+|projects\/|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$|(?:[a-z0-9-]+\.){2,}(?:svc|com|net|org|io|local|internal)\b)/i;

/** True where the value is a word about a secret, a reference to it or a place of it. */
export function isInnocentValue(value: string, secrecy: 'sure' | 'weak'): boolean {
  const bare = value.replace(/^\\?["']|\\?["']$/g, '').replace(/[.:!?]+$/, '');
  if (bare === '' || innocent.has(bare.toLowerCase()) || template.test(bare) || signal.test(bare)) {
    return !(secrecy === 'sure' && /^\d{3,}$/.test(bare));
  }
  if (plainPath.test(bare) && !/[A-Za-z0-9]{24}/.test(bare)) return true;
  if (elsewhere.test(bare)) return true;
  return secrecy === 'weak' && bare.length <= longestReference && (reference.test(bare) || reason.test(bare));
}

const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/** Upper case, lower case and digits in turn, as no word or name has them: a run of random characters. A UUID in it counts as a name. */
export function looksRandom(text: string, least = 32): boolean {
  const letters = text.replace(uuid, '').replace(/[^A-Za-z0-9]/g, '');
  if (letters.length < least || !/[A-Z]/.test(letters) || !/[a-z]/.test(letters)) return false;
  if ((letters.match(/\d/g) ?? []).length < 2) return false;
  const kinds = letters.replace(/[A-Z]/g, 'U').replace(/[a-z]/g, 'l').replace(/\d/g, '0');
  let turns = 0;
  for (let index = 1; index < kinds.length; index += 1) if (kinds[index] !== kinds[index - 1]) turns += 1;
  return turns / letters.length >= 0.42;
}
