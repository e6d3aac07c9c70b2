import { awsActions, kubernetesReads } from '../../config/permissions.ts';
import type { Api } from './refusal.ts';

/** One call that goes out of the product. */
export interface Call {
  /**
   * IAM action, of the table and of S3 with the kind of item or object: `dynamodb:PutItem FINDING`; or `kubernetes:` with verb, resource
   * and group: `kubernetes:list deployments.apps`; or the service of a channel: `slack:chat.update`; or `probe:` and a protocol.
   */
  id: string;
  api: Api;
  /** Which function makes it; absent for what an audit reads, whoever audits. */
  by?: Caller;
}

/** Who makes a call that is none of an audit's reads. */
export type Caller = 'auditor' | 'notifier' | 'interactions' | 'reconciler' | 'trigger' | 'stages' | 'prober';

/** What the page calls it. */
export const nameOfCall = ({ by, id }: Call): string => (by === undefined ? id : `${by} ${id}`);

const apis = new Map<string, Api>([
  ['sts', 'query'],
  ['elasticloadbalancing', 'query'],
  ['ec2', 'ec2'],
  ['eks', 'rest'],
  ['cloudwatch', 'json'],
  ['cloudtrail', 'json'],
  ['logs', 'json'],
]);

const nameOf = (verb: string, resource: string, group: string): string =>
  `kubernetes:${verb} ${resource}${group && `.${group}`}`;

/** Every call that an audit makes to read the world, from the lists that roles and RBAC are made of. */
export const reads: Call[] = [
  ...awsActions.flatMap(({ action, function: caller }): Call[] => {
    const api = apis.get(action.split(':')[0] ?? '');
    return caller === 'auditor' && api !== undefined ? [{ id: action, api }] : [];
  }),
  { id: 's3:ListBucket', api: 's3' },
  { id: 's3:GetObject flow-log', api: 's3' },
  ...kubernetesReads.flatMap(({ group, resource, verbs }) =>
    verbs.map((verb): Call => ({ id: nameOf(verb, resource, group), api: 'kubernetes' })),
  ),
];

const path =
  /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/[^/]+)?\/(?<resource>[^/?]+)(?:\/(?<name>[^/?]+)(?:\/(?<part>[^/?]+))?)?(?:\?|$)/;

/** Id of the call that a request to an API server makes. */
export function kubernetesCall(url: string): string {
  const { group = '', resource = '', name, part } = path.exec(url)?.groups ?? {};
  return nameOf(name === undefined ? 'list' : 'get', part === undefined ? resource : `${resource}/${part}`, group);
}
