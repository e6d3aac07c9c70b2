import type { Step } from '../model/fix.ts';
import type { ServicePort } from '../model/kubernetes.ts';
import type { Owner } from '../model/owner.ts';

/** Steps for a server that expects the Proxy Protocol header, with the words of `portWithoutHeader`. */
export const sendHeader: Step[] = [
  {
    text: 'Make the load balancer send the header on port {wantedPort}, on no other.',
    when: 'wantedPort',
    change: {
      annotate: { 'service.beta.kubernetes.io/aws-load-balancer-proxy-protocol-per-target-group': '{wantedPort}' },
    },
    danger: 'It replaces what the annotation holds: name the ports that it names already as well.',
    disturbs: 'New connections to this port begin with the header.',
  },
  {
    text: 'Make the load balancer send the header: what owns the Service (cloud-provider-aws from 1.36 on, or EKS Auto Mode) reads the attribute alone.',
    when: 'byAttribute',
    change: {
      annotate: {
        'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes': 'proxy_protocol_v2.enabled=true',
      },
    },
    disturbs: 'New connections to every port of the Service begin with the header.',
    danger: 'It replaces a list that is there already.',
  },
];

/** The words for those steps, by what makes the load balancer of the Service. */
export const portWithoutHeader = (owner: Owner | undefined, { port }: ServicePort): Record<string, string | number> =>
  owner?.controller === 'cloud-provider-aws' || owner?.controller === 'eks-auto-mode'
    ? { byAttribute: 'yes', header: 'missing' }
    : { wantedPort: port, header: 'missing' };
