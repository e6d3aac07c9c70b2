import type { HttpRequest } from '../request-listener.ts';

/** The lab's access key: the pair that AWS prints in its own documentation. */
export const accessKey = {
  id: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The service in the Signature Version 4 credential scope `key/date/region/service/aws4_request`. */
export function signedService({ url, headers }: HttpRequest): string | undefined {
  const query = new URLSearchParams(url.split('?')[1]).get('X-Amz-Credential') ?? '';
  const header = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  return (header || query).split('/')[3];
}

/** The role that every caller of the lab has, as STS names its session. */
export const callerArn = (account: string): string => `arn:aws:sts::${account}:assumed-role/eks-nlb-auditor/lab`;
