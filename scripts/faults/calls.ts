import { awsActions, kubernetesReads } from '../../config/permissions.ts';
import type { Api } from './refusal.ts';

/** One call that an audit makes to read the world. */
export interface Call {
  /** IAM action, or `kubernetes:` with verb, resource and group: `kubernetes:list deployments.apps`. */
  id: string;
  api: Api;
}

const apis = new Map<string, Api>([
  ['sts', 'query'],
  ['elasticloadbalancing', 'query'],
  ['ec2', 'ec2'],
  ['eks', 'rest'],
]);

const nameOf = (verb: string, resource: string, group: string): string =>
  `kubernetes:${verb} ${resource}${group && `.${group}`}`;

/** Every call that an audit makes to read the world, from the lists that roles and RBAC are made of. */
export const calls: Call[] = [
  ...awsActions.flatMap(({ action, function: caller }): Call[] => {
    const api = apis.get(action.split(':')[0] ?? '');
    return caller === 'auditor' && api !== undefined ? [{ id: action, api }] : [];
  }),
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

/** Id of the call that a request to AWS makes: the service is in the signature, the action in the form or the path. */
export function awsCall(request: { url: string; authorization: string; body: string }): string {
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.authorization)?.[1] ?? '';
  const eks = /^\/clusters(?:\?|$)/.test(request.url) ? 'ListClusters' : 'DescribeCluster';
  return `${service}:${service === 'eks' ? eks : (new URLSearchParams(request.body).get('Action') ?? '')}`;
}
