import { type Incident, settleWith } from '../../lab/faults/incident.ts';
import { automodeUnsupportedAnnotation } from '../../lab/scenarios/automode-unsupported-annotation.ts';
import { etpLocalNoLocalPod } from '../../lab/scenarios/etp-local-no-local-pod.ts';
import { hcPathWrongStatus } from '../../lab/scenarios/hc-path-wrong-status.ts';
import { healthy } from '../../lab/scenarios/healthy.ts';
import { podCrashloop } from '../../lab/scenarios/pod-crashloop.ts';
import { podOomkilled } from '../../lab/scenarios/pod-oomkilled.ts';
import { buildAccount } from '../../lab/world/account.ts';
import { addCluster } from '../../lab/world/cluster.ts';
import type { World } from '../../lab/world/world.ts';

const prefixListId = 'pl-0123456789abcdef0';

const incidents: Incident[] = [
  { cluster: 'struck', namespace: 'web', service: 'storefront', scenario: healthy },
  { cluster: 'struck', namespace: 'web', service: 'images', scenario: etpLocalNoLocalPod },
  { cluster: 'struck', namespace: 'orders', service: 'checkout', scenario: podCrashloop },
  { cluster: 'struck', namespace: 'orders', service: 'prices', scenario: automodeUnsupportedAnnotation },
  { cluster: 'spared', namespace: 'ledger', service: 'journal', scenario: healthy },
  { cluster: 'spared', namespace: 'cards', service: 'fraud', scenario: podOomkilled },
  { cluster: 'spared', namespace: 'cards', service: 'vault', scenario: hcPathWrongStatus },
];

/** A small account of two clusters with faults, in which an audit makes every call. */
export function faultWorld(): World {
  const world = buildAccount({ network: '127.62' });
  for (const name of ['struck', 'spared']) addCluster(world, { name });
  world.prefixLists.push({ id: prefixListId, cidrs: ['203.0.113.0/24'] });
  for (const group of world.securityGroups.slice(0, 1)) {
    group.rules.push({
      id: 'sgr-0123456789abcdef0',
      egress: false,
      protocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      prefixListId,
      description: 'offices',
    });
  }
  return settleWith(world, incidents);
}
