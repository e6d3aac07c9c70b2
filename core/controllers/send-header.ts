import type { Step } from '../model/fix.ts';
import type { ServicePort } from '../model/kubernetes.ts';
import type { Owner } from '../model/owner.ts';

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
export const portWithoutHeader = (owner: Owner | undefined, { port }: ServicePort): Record<string, string | number> =>
  owner?.controller === 'eks-auto-mode'
    ? { byAttribute: 'yes', header: 'missing' }
    : { wantedPort: port, header: 'missing' };
