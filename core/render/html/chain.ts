import type { Chain, ChainZone, Tally } from '../../chain.ts';
import type { Check, Stage } from '../../check.ts';
import { type Markup, markup, nothing } from './markup.ts';

type Link = 'load-balancer' | 'listener' | 'target-group' | 'service' | 'pods' | 'nodes';

/** Which link of the drawing a cause of this stage breaks; `network` breaks the way between two of them. */
const linkOfStage: Record<Stage, Link | 'way'> = {
  owner: 'service',
  registration: 'target-group',
  configuration: 'target-group',
  workload: 'pods',
  'traffic-policy': 'service',
  node: 'nodes',
  network: 'way',
  answer: 'pods',
};

/** What is said of health checks is a setting of the target group, however late it shows. */
const brokenLink = ({ id, stage }: Check): Link | 'way' => (id.startsWith('hc-') ? 'target-group' : linkOfStage[stage]);

export interface ChainOptions {
  name: string;
  place: string | null;
  /** The cause; absent where nothing is broken or nobody knows. */
  cause: Check | undefined;
}

/** The way from clients to pods, drawn link by link, with the broken one marked and what is seen from both ends. */
export function drawChain(chain: Chain, { name, place, cause }: ChainOptions): Markup {
  const broken = cause === undefined ? null : brokenLink(cause);
  const box = (link: Link, title: string, lines: (string | null)[]): Markup => {
    const [first, ...rest] = lines.filter((line) => line !== null && line !== '');
    const label = broken === link ? markup`<em>broken here</em>` : nothing;
    return markup`<li class="link${broken === link ? ' broken' : ''}"><span>${title}</span>${label}<b>${first ?? '–'}</b>${rest.map((line) => markup`<small>${line}</small>`)}</li>`;
  };
  const { loadBalancer, listeners, targetGroup, service, pods, nodes, controller } = chain;
  const way =
    broken === 'way'
      ? markup`<li class="way broken" aria-label="The way between them is broken"><em>broken here</em></li>`
      : nothing;
  return markup`<figure class="chain"><ol>
${box('load-balancer', 'Load balancer', [loadBalancer?.name ?? 'none', loadBalancer && `${loadBalancer.scheme}, ${loadBalancer.state}`])}
${box('listener', listeners.length > 1 ? 'Listeners' : 'Listener', [listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ') || (loadBalancer === null ? 'none' : 'not read')])}
${box('target-group', 'Target group', [name, `${targetGroup.protocol} ${targetGroup.port}, ${targetGroup.targetType} targets`, `Health check: ${targetGroup.healthCheck}`])}
${way}${box('service', 'Service', service === null ? [place === null ? 'no owner known' : place, place === null ? null : 'not found, or not read'] : [place, sayPorts(service.port), `${service.type}, traffic policy ${service.trafficPolicy}`, controller])}
${box('pods', 'Pods', [sayTally(pods, 'ready')])}
${box('nodes', 'Nodes', [sayTally(nodes, 'ready')])}
</ol>${drawZones(chain.zones)}</figure>`;
}

/** The chain in one line of text, for lists of many. */
export const sayChain = ({ loadBalancer, listeners, targetGroup, service, pods, nodes }: Chain): string =>
  [
    loadBalancer?.name ?? 'no load balancer',
    listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', '),
    `${targetGroup.targetType} targets, port ${targetGroup.port}`,
    service?.port ? sayPorts(service.port) : '',
    pods === null ? '' : `${pods.ready} of ${pods.total} pods`,
    nodes === null ? '' : `${nodes.ready} of ${nodes.total} nodes`,
  ]
    .filter((part) => part !== '')
    .join(' → ');

function sayPorts(port: { port: number; targetPort: string; nodePort: number | null } | null): string {
  if (port === null) return 'which port is not known';
  const node = port.nodePort === null ? '' : `, node port ${port.nodePort}`;
  return `port ${port.port} → ${port.targetPort}${node}`;
}

const sayTally = (tally: Tally | null, word: string): string =>
  tally === null ? 'not read' : tally.total === 0 ? 'none' : `${tally.ready} of ${tally.total} ${word}`;

function drawZones(zones: ChainZone[]): Markup {
  if (zones.length === 0) return nothing;
  const zone = ({ name, enabled, healthy, targets }: ChainZone): Markup =>
    markup`<li class="${targets === 0 ? 'none' : healthy === 0 ? 'bad' : healthy < targets ? 'some' : 'good'}"><b>${name}</b> ${targets === 0 ? 'no target' : `${healthy} of ${targets} healthy`}${enabled ? '' : ', not enabled on the load balancer'}</li>`;
  return markup`<ul class="zones" aria-label="Zones">${zones.map(zone)}</ul>`;
}
