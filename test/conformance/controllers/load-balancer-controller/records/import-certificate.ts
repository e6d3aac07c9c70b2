import { selfSigned } from '../../../../../lab/wire/certificates.ts';

/** Puts a certificate into ACM of moto, whose client this repository does not have; its ARN. */
export async function importCertificate(motoUrl: string, region: string): Promise<string> {
  const { cert, key } = await selfSigned('shop.example.com');
  const answer = await fetch(motoUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'CertificateManager.ImportCertificate',
      authorization: `AWS4-HMAC-SHA256 Credential=moto/20261130/${region}/acm/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({
      Certificate: Buffer.from(cert).toString('base64'),
      PrivateKey: Buffer.from(key).toString('base64'),
    }),
  });
  const { CertificateArn } = await answer.json();
  if (CertificateArn === undefined) throw new Error(`ACM takes no certificate: ${answer.status}`);
  return CertificateArn;
}
