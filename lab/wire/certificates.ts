import { generate } from 'selfsigned';

/** Key and certificate in PEM. */
export interface KeyPair {
  key: string;
  cert: string;
}

const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);

const shared = () => ({
  keyType: 'ec' as const,
  algorithm: 'sha256',
  notBeforeDate: hours(-1),
  notAfterDate: hours(24 * 30),
});

/** What was issued in this process, by name: a new key for each lab that starts would be most of its start. */
const issued = new Map<string, Promise<unknown>>();

function onceFor<Issued>(name: string, issue: () => Promise<Issued>): Promise<Issued> {
  const known = issued.get(name) as Promise<Issued> | undefined;
  if (known !== undefined) return known;
  const fresh = issue();
  issued.set(name, fresh);
  return fresh;
}

export interface Loopback {
  /** Certificate of an authority of its own, in PEM. */
  ca: string;
  /** For 127.0.0.1, signed by it. */
  server: KeyPair;
}

/** A certificate authority of that name, with a server certificate; the same ones each time. */
export const issueForLoopback = (name: string): Promise<Loopback> =>
  onceFor(`authority ${name}`, () => issueByAuthority(name));

async function issueByAuthority(name: string): Promise<Loopback> {
  const ca = await generate([{ name: 'commonName', value: name }], {
    ...shared(),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'kube-apiserver' }], {
    ...shared(),
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
    ],
  });
  return { ca: ca.cert, server: { key: server.private, cert: server.cert } };
}

/** A self-signed certificate of that name, as applications behind a Network Load Balancer often have; the same one each time. */
export const selfSigned = (name: string): Promise<KeyPair> =>
  onceFor(`self ${name}`, async () => {
    const pair = await generate([{ name: 'commonName', value: name }], shared());
    return { key: pair.private, cert: pair.cert };
  });
