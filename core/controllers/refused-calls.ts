import type { ReconcileError } from './reconcile-errors.ts';

/** Names of services in errors of the AWS SDK for Go (`operation error EC2: …`), by their prefix in IAM. */
const services: Record<string, string> = {
  EC2: 'ec2',
  'Elastic Load Balancing v2': 'elasticloadbalancing',
  'Elastic Load Balancing': 'elasticloadbalancing',
  STS: 'sts',
};

/** The actions that AWS refused or throttled in an error of a controller, such as `ec2:AuthorizeSecurityGroupIngress`. */
export function refusedBy({ category, event }: ReconcileError): string[] {
  if (category !== 'iam' && category !== 'throttling') return [];
  const [, named] = /not authorized to perform:? ([a-z0-9]+:[A-Z][A-Za-z]+)/i.exec(event.note) ?? [];
  // The last one is that which AWS refused: the first may have failed for want of credentials.
  const [, service = '', action] =
    [...event.note.matchAll(/operation error ([A-Za-z0-9 ]+): ([A-Z][A-Za-z]+)/g)].at(-1) ?? [];
  const prefix = services[service];
  if (named !== undefined) return [named];
  return prefix === undefined || action === undefined ? [] : [`${prefix}:${action}`];
}

/** True for an action as IAM names it, in a place where ids and ARNs stand too. */
export const isAction = (text: string): boolean => /^[a-z0-9]+:[A-Z][A-Za-z]+$/.test(text);

/** ARN of the role that an error names as the one that lacks a permission; its path is not known. */
export function roleOf({ category, event }: ReconcileError): string | undefined {
  if (category !== 'iam') return undefined;
  const [, partition, account, role] =
    /arn:([a-z-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(event.note) ?? [];
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}
