import { createHash, createHmac } from 'node:crypto';

/** What a token is checked against. */
export interface TokenAuthority {
  cluster: string;
  accessKey: { id: string; secret: string };
  /** Id of another key with the same secret: the one that AssumeRole gives in the account of the cluster. */
  roleKeyId?: string;
  /** `https://host` or the lab's own STS, which a client meets under `AWS_ENDPOINT_URL`. */
  origins: string[];
}

const prefix = 'k8s-aws-v1.';
const longestToken = 4096;
const lifetimeMs = 15 * 60 * 1000;

const allowedParameters = new Set([
  'action',
  'version',
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/**
 * Why an EKS token is refused, or `undefined` for a good one: the rules of aws-iam-authenticator (`pkg/token/token.go`),
 * then the signature recomputed as STS would for this cluster's name in `x-k8s-aws-id`.
 */
export function tokenFault(token: string, authority: TokenAuthority): string | undefined {
  if (token.length > longestToken) return 'token is too large';
  if (!token.startsWith(prefix)) return `token is missing expected "${prefix}" prefix`;
  const encoded = token.slice(prefix.length);
  if (!/^[A-Za-z0-9_-]+$/.test(encoded)) return 'token is not base64url without padding';
  const url = URL.parse(Buffer.from(encoded, 'base64url').toString());
  if (url === null) return 'token holds no URL';
  if (!authority.origins.includes(url.origin)) return `unexpected hostname "${url.origin}" in pre-signed URL`;
  if (url.pathname !== '/') return 'unexpected path in pre-signed URL';
  return parameterFault(url.searchParams) ?? signatureFault(url, authority);
}

function parameterFault(query: URLSearchParams): string | undefined {
  const parameters = new Map<string, string>();
  for (const [name, value] of query) {
    const key = name.toLowerCase();
    if (!allowedParameters.has(key)) return `non-whitelisted query parameter "${name}"`;
    if (parameters.has(key)) return 'query parameter with multiple values not supported';
    parameters.set(key, value);
  }
  if (parameters.get('action') !== 'GetCallerIdentity') return 'unexpected action parameter in pre-signed URL';
  const signed = parameters.get('x-amz-signedheaders')?.split(';') ?? [];
  if (!signed.includes('x-k8s-aws-id')) return 'client did not sign the x-k8s-aws-id header in the pre-signed URL';
  const expires = Number(parameters.get('x-amz-expires') || Number.NaN);
  if (!Number.isInteger(expires) || expires < 0 || expires > 900) return 'invalid X-Amz-Expires parameter';
  const signedAt = time(parameters.get('x-amz-date') ?? '');
  if (Number.isNaN(signedAt)) return 'X-Amz-Date parameter must be present in pre-signed URL';
  return Date.now() - signedAt > lifetimeMs ? 'X-Amz-Date parameter is expired (15 minute expiration)' : undefined;
}

/** Milliseconds of `20261122T101500Z`. */
const time = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

function signatureFault(url: URL, { cluster, accessKey, roleKeyId }: TokenAuthority): string | undefined {
  const query = url.searchParams;
  const [id, day = '', region = '', service = '', end] = (query.get('X-Amz-Credential') ?? '').split('/');
  if (id !== accessKey.id && id !== roleKeyId) return 'The security token included in the request is invalid.';
  if (service !== 'sts' || end !== 'aws4_request') return 'Credential should be scoped to correct service: sts.';

  const headers: Record<string, string> = { host: url.host, 'x-k8s-aws-id': cluster };
  const names = (query.get('X-Amz-SignedHeaders') ?? '').split(';');
  const canonical = [
    'GET',
    '/',
    canonicalQuery(query),
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    sha256(''),
  ].join('\n');
  const scope = [day, region, service, 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', query.get('X-Amz-Date'), scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part).digest(), `AWS4${accessKey.secret}`);
  if (hmac(key, toSign).digest('hex') === query.get('X-Amz-Signature')) return undefined;
  return 'The request signature we calculated does not match the signature you provided.';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text);

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .toSorted()
    .join('&');

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
