import type { ServicePort } from '../../core/model/kubernetes.ts';
import type { Service } from '../world/kubernetes-object.ts';

/** Protocol of the target group of a Service port; an annotation makes QUIC of UDP (aws-load-balancer-controller docs/guide/service/annotations.md). */
export function protocolOf({ metadata }: Service, port: ServicePort): string {
  const quicPorts: string =
    metadata.annotations['service.beta.kubernetes.io/aws-load-balancer-quic-enabled-ports'] ?? '';
  return port.protocol === 'UDP' && quicPorts.split(',').includes(`${port.port}`) ? 'QUIC' : port.protocol;
}
