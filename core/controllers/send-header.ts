import type { Step } from '../model/fix.ts';
import type { ServicePort, Workload } from '../model/kubernetes.ts';
import type { Owner } from '../model/owner.ts';
import { annotationPrefix } from './annotation-prefix.ts';
import { controllerVersion, neededFor } from './controller-version.ts';

const change = { attribute: 'proxy_protocol_v2.enabled', to: 'true' };

/** Steps for a server that expects the Proxy Protocol header, with the words of `portWithoutHeader`. */
export const sendHeader: Step[] = [
  {
    text: 'Make the load balancer send the header on port {wantedPort}.',
    when: 'wantedPort',
    change,
    disturbs: 'New connections to this port begin with the header.',
  },
  {
    text: 'Make the load balancer send the header: what owns the Service reads the attribute of all ports alone.',
    when: 'byAttribute',
    change,
    disturbs: 'New connections to every port of the Service begin with the header.',
  },
];

/** The words for those steps, by what makes the load balancer of the Service. */
export function portWithoutHeader(
  owner: Owner | undefined,
  { port }: ServicePort,
  workloads: Workload[] | undefined,
): Record<string, string | number> {
  const isOld =
    owner?.controller === 'aws-load-balancer-controller' &&
    neededFor(`${annotationPrefix}proxy-protocol-per-target-group`, controllerVersion(workloads ?? [])) !== undefined;
  return owner?.controller === 'eks-auto-mode' || isOld
    ? { byAttribute: 'yes', header: 'missing' }
    : { wantedPort: port, header: 'missing' };
}
