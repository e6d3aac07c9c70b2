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

/** A certificate authority of its own, with a server certificate for 127.0.0.1 signed by it. */
export async function issueForLoopback(name: string): Promise<{ ca: string; server: KeyPair }> {
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

/** A self-signed certificate, as applications behind a Network Load Balancer often have. */
export async function selfSigned(name: string): Promise<KeyPair> {
  const pair = await generate([{ name: 'commonName', value: name }], shared());
  return { key: pair.private, cert: pair.cert };
}
