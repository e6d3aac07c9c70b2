import type { Check } from '../../../diagnosis/check.ts';
import type { Chain, ServiceLink, Tally } from '../../../model/chain.ts';
import { breakable } from '../breakable.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { brokenLink, type Link } from './broken-link.ts';

export interface ChainOptions {
  name: string;
  place: string | null;
  /** The cause; absent where nothing is broken or nobody knows. */
  cause: Check | undefined;
}

type Sign = 'well' | 'partly' | 'bad' | 'unknown';
const signWords: Record<Sign, string> = { well: 'fine', partly: 'partly fine', bad: 'not fine', unknown: 'not known' };

interface Box {
  link: Link;
  title: string;
  sign: Sign;
  name: string;
  lines: (string | null)[];
}

/** The path from clients to pods in the order in which packets take it, link by link, with the broken one marked. */
export function drawChain(chain: Chain, { name, place, cause }: ChainOptions): Markup {
  const broken = cause === undefined ? null : brokenLink(cause);
  const boxes = boxesOf(chain, name, place).map((box) => draw(box, broken));
  const [loadBalancer, listener, targetGroup, service, pods, nodes] = boxes;
  const path =
    broken === 'way' ? markup`<li class="way"><i aria-hidden="true"></i><em>broken on this path</em></li>` : nothing;
  const behind =
    chain.targetGroup.targetType === 'instance' ? [path, nodes, service, pods] : [service, path, pods, nodes];
  return markup`<ol class="chain" aria-label="From the load balancer to the pods">${[loadBalancer, listener, targetGroup, ...behind].map((link) => link ?? nothing)}</ol>`;
}

function draw({ link, title, sign, name, lines }: Box, broken: Link | null): Markup {
  const isBroken = link === broken;
  const mark = isBroken
    ? markup`<em>broken here</em>`
    : markup`<i class="sign ${sign}" role="img" aria-label="${signWords[sign]}"></i>`;
  const rest = lines.filter((line) => line !== null && line !== '');
  return markup`<li class="link ${link}${isBroken ? ' broken' : ''}"><span>${title}</span>${mark}<b>${breakable(name)}</b>${rest.map((line) => markup`<small>${line}</small>`)}</li>`;
}

function boxesOf({ loadBalancer, listeners, targetGroup, ...chain }: Chain, name: string, place: string | null): Box[] {
  const { service, pods, nodes, controller, zones } = chain;
  const healthy = zones.reduce((sum, zone) => sum + zone.healthy, 0);
  const targets = zones.reduce((sum, zone) => sum + zone.targets, 0);
  return [
    {
      link: 'load-balancer',
      title: 'Load balancer',
      sign: loadBalancer === null ? 'bad' : loadBalancer.state === 'active' ? 'well' : 'bad',
      name: loadBalancer?.name ?? 'none',
      lines: loadBalancer === null ? [] : [`${loadBalancer.scheme} · ${loadBalancer.state}`],
    },
    {
      link: 'listener',
      title: listeners.length > 1 ? 'Listeners' : 'Listener',
      sign: listeners.length > 0 ? 'well' : loadBalancer === null ? 'bad' : 'unknown',
      name:
        listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ') ||
        (loadBalancer === null ? 'none' : 'not read'),
      lines: [],
    },
    {
      link: 'target-group',
      title: 'Target group',
      sign: signOf({ ready: healthy, total: targets }),
      name,
      lines: [`${targetGroup.protocol} ${targetGroup.port} · ${targetGroup.targetType} targets`],
    },
    {
      link: 'service',
      title: 'Service',
      sign: service === null ? 'unknown' : 'well',
      name: place ?? 'no owner known',
      lines:
        service === null
          ? [place === null ? null : 'not found, or not read']
          : [formatPorts(service.port, targetGroup.targetType), `traffic policy ${service.trafficPolicy}`, controller],
    },
    { link: 'pods', title: 'Pods', sign: signOf(pods), name: formatTally(pods), lines: [] },
    { link: 'nodes', title: 'Nodes', sign: signOf(nodes), name: formatTally(nodes), lines: [] },
  ];
}

/** The chain in one line of text, for lists of many. */
export const formatChain = ({ loadBalancer, listeners, targetGroup, service, pods, nodes }: Chain): string =>
  [
    loadBalancer?.name ?? 'no load balancer',
    listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', '),
    `${targetGroup.targetType} targets, port ${targetGroup.port}`,
    service?.port ? formatPorts(service.port, targetGroup.targetType) : '',
    pods === null ? '' : `${pods.ready} of ${pods.total} pods`,
    nodes === null ? '' : `${nodes.ready} of ${nodes.total} nodes`,
  ]
    .filter((part) => part !== '')
    .join(' → ');

/** The node port only where packets go through it. */
function formatPorts(port: ServiceLink['port'], targetType: string): string {
  if (port === null) return 'which port is not known';
  const nodePort = targetType !== 'instance' || port.nodePort === null ? '' : ` · node port ${port.nodePort}`;
  return `port ${port.port} → ${port.targetPort}${nodePort}`;
}

const formatTally = (tally: Tally | null): string =>
  tally === null ? 'not read' : tally.total === 0 ? 'none' : `${tally.ready} of ${tally.total} ready`;

function signOf(tally: Tally | null): Sign {
  if (tally === null) return 'unknown';
  if (tally.ready === 0) return 'bad';
  return tally.ready < tally.total ? 'partly' : 'well';
}
