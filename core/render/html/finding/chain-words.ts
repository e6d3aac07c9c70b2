import type { Chain, ServiceLink, Tally } from '../../../model/chain.ts';

/** The chain in one line of text, as packets go, for lists of many. */
export const formatChain = (chain: Chain): string =>
  [
    chain.loadBalancer?.name ?? 'no load balancer',
    chain.listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', '),
    `${chain.targetGroup.targetType} targets, port ${chain.targetGroup.port}`,
    ...formatBehind(chain),
  ]
    .filter((part) => part !== '')
    .join(' → ');

/** What is behind the targets: node port and Service only where packets go through them. */
function formatBehind({ service, pods, nodes, targetGroup }: Chain): string[] {
  const count = (tally: Tally | null, noun: string): string =>
    tally === null ? '' : `${tally.ready} of ${tally.total} ${noun}`;
  const ports = service?.port ? formatPorts(service.port, targetGroup.targetType) : '';
  return [count(nodes, 'nodes'), targetGroup.targetType === 'instance' ? ports : '', count(pods, 'pods')];
}

/** The ports of a Service, the node port only where packets go through it. */
export function formatPorts(port: ServiceLink['port'], targetType: string): string {
  if (port === null) return 'which port is not known';
  const nodePort = targetType !== 'instance' || port.nodePort === null ? '' : ` · node port ${port.nodePort}`;
  return `port ${port.port} → ${port.targetPort}${nodePort}`;
}

/** `2 of 3 ready`, `none`, or `not read`. */
export const formatTally = (tally: Tally | null): string =>
  tally === null ? 'not read' : tally.total === 0 ? 'none' : `${tally.ready} of ${tally.total} ready`;
