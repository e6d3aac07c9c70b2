import type { ServicePort } from '../../core/model/kubernetes.ts';
import type { Service } from '../world/kubernetes-object.ts';

const prefix = 'service.beta.kubernetes.io/aws-load-balancer-';

/**
 * Protocol of the target group of a Service port: annotations make QUIC of UDP, and one group of TCP and UDP with the same
 * number (aws-load-balancer-controller docs/guide/service/annotations.md).
 */
export function protocolOf(service: Service, port: ServicePort): string {
  const isQuic = isQuicAsked(service, port);
  if (isMerged(service, port)) return isQuic ? 'TCP_QUIC' : 'TCP_UDP';
  if (port.protocol === 'UDP') return isQuic ? 'QUIC' : 'UDP';
  return isEncryptedBehind(service, port) ? 'TLS' : port.protocol;
}

/** TLS on the way to the targets too, where the load balancer ends that of clients. */
const isEncryptedBehind = (service: Service, port: ServicePort): boolean =>
  terminatesTls(service, port) && service.metadata.annotations[`${prefix}backend-protocol`] === 'ssl';

/** A certificate makes a TLS listener of every TCP port, or of those that `ssl-ports` names or numbers. */
export function terminatesTls({ metadata }: Service, port: ServicePort): boolean {
  if (metadata.annotations[`${prefix}ssl-cert`] === undefined || port.protocol === 'UDP') return false;
  const ports: string[] | undefined = metadata.annotations[`${prefix}ssl-ports`]?.split(',');
  return ports === undefined || ports.includes(`${port.port}`) || ports.includes(port.name ?? '');
}

/** True where the Service asks for QUIC on this port. */
export const isQuicAsked = ({ metadata }: Service, { port }: ServicePort): boolean =>
  (metadata.annotations[`${prefix}quic-enabled-ports`] ?? '').split(',').includes(`${port}`);

const isMerged = ({ metadata, spec }: Service, { port }: ServicePort): boolean =>
  metadata.annotations[`${prefix}enable-tcp-udp-listener`] === 'true' &&
  new Set(spec.ports.filter((each) => each.port === port).map(({ protocol }) => protocol)).size > 1;

/**
 * The Service ports of which the controller makes a listener: of two with one number only the first, whether it serves both
 * protocols or, without the annotation, its own alone.
 */
export const portsOf = ({ spec }: Service): ServicePort[] =>
  spec.ports.filter(({ port }, index) => spec.ports.findIndex((each) => each.port === port) === index);
