import { Sha256 } from '@aws-crypto/sha256-js';
import { formatUrl } from '@aws-sdk/util-format-url';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { accessKey } from '../../../lab/wire/aws/credential.ts';

interface TokenRequest {
  cluster: string;
  secret?: string;
  query?: Record<string, string>;
  expiresIn?: number;
  signingDate?: Date;
  host?: string;
  service?: string;
  signHeader?: boolean;
}

/** An EKS token as `aws eks get-token` makes it, unless told otherwise. */
export async function eksToken(request: TokenRequest): Promise<string> {
  const { cluster, secret = accessKey.secret, query = {}, expiresIn = 60, signingDate = new Date() } = request;
  const { host = 'sts.eu-west-1.amazonaws.com', service = 'sts', signHeader = true } = request;
  const credentials = { accessKeyId: accessKey.id, secretAccessKey: secret };
  const signer = new SignatureV4({ service, region: 'eu-west-1', credentials, sha256: Sha256 });
  const signed = await signer.presign(
    new HttpRequest({
      method: 'GET',
      protocol: 'https:',
      hostname: host,
      path: '/',
      headers: { host, ...(signHeader && { 'x-k8s-aws-id': cluster }) },
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15', ...query },
    }),
    { expiresIn, signingDate },
  );
  return `k8s-aws-v1.${Buffer.from(formatUrl(signed)).toString('base64url')}`;
}
