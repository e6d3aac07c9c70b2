import type { HttpRequest } from '../request-listener.ts';

/** The lab's access key: the pair that AWS prints in its own documentation. */
export const accessKey = {
  id: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** Who signed a request, for where: the credential scope `key/date/region/service/aws4_request` of Signature Version 4. */
export interface Signature {
  keyId: string;
  region: string;
  service: string;
}

/** The signature of a request; undefined where it has none. */
export function signatureOf({ url, headers }: HttpRequest): Signature | undefined {
  const query = new URLSearchParams(url.split('?')[1]).get('X-Amz-Credential') ?? '';
  const header = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const [keyId = '', , region = '', service] = (header || query).split('/');
  return service === undefined ? undefined : { keyId, region, service };
}

/** Id of the key that AssumeRole gives for a role of this account, which stands in it, so that nothing has to be kept. */
export const roleKeyId = (account: string): string => `ASIALAB0${account}`;

/** The account of a key that AssumeRole gave; undefined for the lab's own key. */
export const accountOfKey = (id: string): string | undefined => /^ASIALAB0(\d{12})$/.exec(id)?.[1];

/** The role that every caller of the lab has, as STS names its session. */
export const callerArn = (account: string): string => `arn:aws:sts::${account}:assumed-role/eks-nlb-auditor/lab`;
