import { STSClient } from '@aws-sdk/client-sts';
import { tokenSource } from '../../../io/kubernetes/client/token.ts';
import { accessKey, callerArn } from '../../../lab/wire/aws/credential.ts';
import { tokenFault } from '../../../lab/wire/kubernetes/eks-token.ts';
import { findEngine as findNewest } from '../engines/kube-apiserver-newest.ts';
import { findEngine as findOldest } from '../engines/kube-apiserver-oldest.ts';

/** Both ends of what EKS runs. */
export const engines = [
  { name: 'kube-apiserver-oldest', engine: findOldest() },
  { name: 'kube-apiserver-newest', engine: findNewest() },
];

/** Who comes with a good EKS token for cluster shop; the group is that of docs/rbac.yaml. */
export function identifyAuditor(token: string): { username: string; groups: string[] } | undefined {
  const origins = ['https://sts.eu-west-1.amazonaws.com'];
  if (tokenFault(token, { cluster: 'shop', accessKey, origins }) !== undefined) return undefined;
  return { username: callerArn('111122223333'), groups: ['eks-nlb-auditor:viewers'] };
}

/** The token that the product makes for cluster shop. */
export async function auditorToken(): Promise<string> {
  const credentials = { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret };
  const sts = new STSClient({ region: 'eu-west-1', credentials });
  const token = await tokenSource(sts, 'shop')();
  sts.destroy();
  return token;
}
