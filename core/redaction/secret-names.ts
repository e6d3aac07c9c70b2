/** Words that name a secret wherever they stand in a name. */
const strong = new Set(
  `password passwd passphrase passcode passwort pwd pw pass pswd pasword secret token apikey apitoken apisecret authtoken
accesstoken refreshtoken secretkey secretaccesskey accesskey accesskeyid privatekey signingkey encryptionkey masterkey accountkey authkey
sharedaccesskey clientsecret credential credentials creds authorization jsessionid phpsessid sessionid sessid sid connectionstring
connstr psk jwt bearer cookie dsn signature sig auth otp totp mnemonic hmac salt userpass rootpw bindpw authpass keypass storepass
requirepass masterauth passcodes passwords pgpassword pat xsrf csrf csrftoken sessiontoken idtoken asp session passkey`.split(
    /\s+/,
  ),
);

/** Words before `key` that make it one. */
const beforeKey = new Set(
  'api access secret private account encryption signing master auth shared storage client server deploy license ssh tls service hmac crypt encrypt decrypt app application host session cookie root fernet jwt webhook subscription function integration ingest write read admin write transit stripe datadog dd sendgrid openai sdk'.split(
    ' ',
  ),
);

/** Last words of names that tell something about a secret, and are not it. */
const about = new Set(
  `name names ref refs reference file files path paths dir policy ttl expiry expires expiration expired type url uri endpoint count counts length size
max min limit timeout issuer audience version arn mount store provider manager class kind enabled required rotation age usage used reset
request requests controller namespace field prefix suffix env region algorithm algo created updated source mode status state method header scope
interval lifetime duration validation validator error errors reason message volume projected review reviewer rotator operator driver csi
hasher encoder generator strength expression lookup format backend service account user username host port binding rule hash_algorithm failed attempts refresh seconds minutes hours at`.split(
    /\s+/,
  ),
);

/** The words of a name in lower case: `dbPassword`, `DB_PASSWORD`, `spring.datasource.password`. */
const wordsOf = (name: string): string[] =>
  name
    .slice(-128)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** How sure a name says that its value is a secret; `weak` names are also those of references and states. */
export function secrecyOf(name: string): 'sure' | 'weak' | 'key' | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (name.toLowerCase() === 'x-honeycomb-team' || words.includes('contribsys')) return 'sure';
  if (words.includes('pull') || /^(bypass|compass)$/.test(last)) return undefined;
  // `tls.key` is a file or an entry of a Secret.
  if (/\.key$/.test(name)) return 'key';
  if (last === 'key' && beforeKey.has(before)) return 'sure';
  if (last === 'base' && before === 'key') return 'sure';
  if (/^(?:phrase|word)$/.test(last) && before === 'pass') return 'sure';
  if ((last === 'data' || last === 'id') && before === 'key') return 'sure';
  if (/^(id|string|hash|value|data)$/.test(last) && (strong.has(before) || before === 'connection')) return 'weak';
  if (about.has(last)) return undefined;
  if (/(?:password|passwd|passphrase|pwd)\d*$/.test(last) || /^(pass|pw|passcode|requirepass)$/.test(last))
    return 'sure';
  if (words.some((word) => /^(password|passwd|passphrase|pwd)$/.test(word))) return 'sure';
  if (words.length > 1 && strong.has(last))
    return words.includes('image') ? 'weak' : last === 'secret' || last === 'token' ? 'sure' : 'weak';
  if (strong.has(last) || /(?:secret|token|apikey|secretkey|accesskey|privatekey)$/.test(last)) return 'weak';
  if (words.slice(0, -1).some((word) => /^(secret|token|apikey|credentials?)$/.test(word))) return 'key';
  return /^(?:keys?|login|seed)$/.test(last) ? 'key' : undefined;
}
