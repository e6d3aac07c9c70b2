import type { Check } from '../../../diagnosis/check.ts';
import type { Chain } from '../../../model/chain.ts';
import { breakable } from '../breakable.ts';
import { type Markup, markup, nothing } from '../markup.ts';
import { brokenLink, type Link } from './broken-link.ts';
import { formatPorts, formatTally } from './chain-words.ts';
import { drawSign, type Sign, signOf } from './sign.ts';

export interface ChainOptions {
  name: string;
  place: string | null;
  /** The cause; absent where nothing is broken or nobody knows. */
  cause: Check | undefined;
}

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
  const { targetType } = chain.targetGroup;
  const link = (box: Box): Markup => draw(box, broken);
  const service = serviceBox(chain, place);
  const path =
    broken === 'way' ? markup`<li class="way"><i aria-hidden="true"></i><em>broken on this path</em></li>` : nothing;
  const before = [loadBalancerBox(chain), listenerBox(chain), targetGroupBox(chain, name)].map(link);
  const nodes = link(nodesBox(chain));
  const pods = link(podsBox(chain));
  // kube-proxy forwards what reaches a node port; packets to the address of a pod never meet the Service.
  if (targetType === 'instance')
    return markup`<ol class="chain" aria-label="${chainLabel}">${before}${path}${nodes}${link(service)}${pods}</ol>`;
  return markup`<ol class="chain" aria-label="${chainLabel}">${before}${path}${nodes}${pods}</ol>
<ul class="chain aside" aria-label="Beside the path">${link({ ...service, lines: [...service.lines, 'chooses the pods; packets go past it'] })}</ul>`;
}

const chainLabel = 'From the load balancer to the pods';

function draw({ link, title, sign, name, lines }: Box, broken: Link | null): Markup {
  const isBroken = link === broken;
  const mark = isBroken ? markup`<em>broken here</em>` : drawSign(sign);
  const rest = lines.filter((line) => line !== null && line !== '');
  return markup`<li class="link ${link}${isBroken ? ' broken' : ''}"><span>${title}</span>${mark}<b>${breakable(name)}</b>${rest.map((line) => markup`<small>${line}</small>`)}</li>`;
}

const loadBalancerBox = ({ loadBalancer }: Chain): Box => ({
  link: 'load-balancer',
  title: 'Load balancer',
  sign: loadBalancer?.state === 'active' ? 'well' : 'bad',
  name: loadBalancer?.name ?? 'none',
  lines: loadBalancer === null ? [] : [`${loadBalancer.scheme} · ${loadBalancer.state}`],
});

const listenerBox = ({ loadBalancer, listeners }: Chain): Box => ({
  link: 'listener',
  title: listeners.length > 1 ? 'Listeners' : 'Listener',
  sign: listeners.length > 0 ? 'well' : loadBalancer === null ? 'bad' : 'unknown',
  name:
    listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ') ||
    (loadBalancer === null ? 'none' : 'not read'),
  lines: [],
});

function targetGroupBox({ targetGroup, zones }: Chain, name: string): Box {
  const ready = zones.reduce((sum, zone) => sum + zone.healthy, 0);
  const total = zones.reduce((sum, zone) => sum + zone.targets, 0);
  return {
    link: 'target-group',
    title: 'Target group',
    sign: signOf({ ready, total }),
    name,
    lines: [`${targetGroup.protocol} ${targetGroup.port} · ${targetGroup.targetType} targets`],
  };
}

const serviceBox = ({ service, targetGroup, controller }: Chain, place: string | null): Box => ({
  link: 'service',
  title: 'Service',
  sign: service === null ? 'unknown' : 'well',
  name: place ?? 'no owner known',
  lines:
    service === null
      ? [place === null ? null : 'not found, or not read']
      : [formatPorts(service.port, targetGroup.targetType), `traffic policy ${service.trafficPolicy}`, controller],
});

const podsBox = ({ pods }: Chain): Box => ({
  link: 'pods',
  title: 'Pods',
  sign: signOf(pods),
  name: formatTally(pods),
  lines: [],
});

const nodesBox = ({ nodes }: Chain): Box => ({
  link: 'nodes',
  title: 'Nodes',
  sign: signOf(nodes),
  name: formatTally(nodes),
  lines: [],
});
