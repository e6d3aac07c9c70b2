import { Sha256 } from '@aws-crypto/sha256-js';
import type { STSClient } from '@aws-sdk/client-sts';
import { formatUrl } from '@aws-sdk/util-format-url';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';

type Credentials = Awaited<ReturnType<STSClient['config']['credentials']>>;

/** EKS takes a token for 15 minutes; clients count 14 (aws-iam-authenticator: pkg/token/token.go). Renewed at 12. */
const renewAfter = 12 * 60_000;

/**
 * Gives bearer tokens for one EKS cluster: a presigned GetCallerIdentity URL that nobody calls but the cluster. Signed
 * here, so nothing is sent; always for the Region's own STS host, wherever the STS client is pointed.
 */
export function tokenSource(sts: STSClient, clusterName: string): () => Promise<string> {
  let signed: Promise<string> | undefined;
  let renewAt = 0;

  async function renew(): Promise<string> {
    const credentials = await sts.config.credentials();
    renewAt = Math.min(Date.now() + renewAfter, credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY);
    return sign(sts, clusterName, credentials);
  }

  return () => {
    if (signed === undefined || Date.now() >= renewAt) {
      renewAt = Number.POSITIVE_INFINITY;
      signed = renew();
    }
    return signed;
  };
}

async function sign(sts: STSClient, clusterName: string, credentials: Credentials): Promise<string> {
  const region = await sts.config.region();
  const { hostname } = sts.config.endpointProvider({ Region: region, UseGlobalEndpoint: false }).url;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const request = await signer.presign(
    new HttpRequest({
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      headers: { host: hostname, 'x-k8s-aws-id': clusterName },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    }),
    // The cluster compares with the time of STS, so a clock that AWS has corrected counts.
    { expiresIn: 60, signingDate: new Date(Date.now() + sts.config.systemClockOffset) },
  );
  return `k8s-aws-v1.${Buffer.from(formatUrl(request)).toString('base64url')}`;
}
