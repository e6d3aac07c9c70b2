import { describe, test } from 'vitest';
import { nodeSecurityGroup } from '../../lab/world/cluster.ts';
import type { World } from '../../lab/world/world.ts';
import { withoutDetails } from './complaint.ts';
import { holds } from './known-differences.ts';
import { clusterIn, giveService, type LabScene, labWorld, madeBy } from './lab-of-record.ts';
import { severalGroups } from './record.ts';

const tag = 'kubernetes.io/cluster/prod';

/** Gives every interface of a node a second group where the name of the record says so, and tags as many as it says. */
function giveGroups(world: World, name: string): void {
  const own = nodeSecurityGroup(world, clusterIn(world));
  const [, count, tagged] = /^sg-(one|two)-(tagged|none-tagged|one-tagged|untagged)/.exec(name) ?? [];
  if (tagged === 'none-tagged' || tagged === 'untagged') delete own.tags[tag];
  if (count !== 'two') return;
  const extra = { ...own, id: 'sg-0000000000000000e', name: 'extra', rules: [], tags: { ...own.tags } };
  if (tagged !== 'tagged') delete extra.tags[tag];
  world.securityGroups.push(extra);
  for (const each of world.networkInterfaces) if (each.instanceId !== undefined) each.securityGroups.push(extra.id);
}

describe.each(severalGroups.filter(([name]) => name.startsWith('sg-')))('%s', (name, record) => {
  const ask = (aspect: string) => ({ side: 'lab' as const, record: `lbc-3.5.0-security-groups/${name}`, aspect });
  const isIp = name.endsWith('-ip');
  const scene: LabScene = {
    cluster: 'prod',
    release: '3.5.0',
    namespace: 'd-sg',
    name: 'web',
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': isIp ? 'ip' : 'instance' },
    spec: {
      loadBalancerClass: 'service.k8s.aws/nlb',
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP', nodePort: 30151 }],
    },
    pods: 1,
  };

  test('the lab writes rules and targets where the controller does', () => {
    const before = labWorld(scene);
    giveGroups(before, name);
    giveService(before, scene);
    const { complaints, targetGroups, rules } = madeBy(before);
    holds(ask('targets'), targetGroups[0]?.targets.length, record.targets.length);
    holds(ask('rules'), rules.length, record['rules-node-sg']?.length);
    holds(
      ask('complaints'),
      complaints.map(withoutDetails),
      record.events
        .filter(({ type }) => type === 'Warning')
        .map(({ kind, reason, message }) => withoutDetails(`${kind} ${reason}: ${message}`)),
    );
  });
});
