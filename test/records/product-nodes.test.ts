import { describe, test } from 'vitest';
import { missingTargetsOf } from '../../core/controllers/missing-targets.ts';
import { groupsOf } from '../../core/model/target-group-context.ts';
import { instanceId, nodeName, sampleFacts } from '../core/sample-facts.ts';
import { holds } from './known-differences.ts';
import { stateOf } from './node-states.ts';
import { nodes } from './record.ts';

describe.each(nodes)('%s', (name, isRegistered) => {
  test('the product misses the node among the targets where the controller registers such a node', () => {
    const { labels = {}, taints = [], ready, isDeleting } = stateOf(name);
    const facts = sampleFacts();
    const [node] = facts.slices.nodes;
    if (node === undefined) throw new Error('the sample has nodes');
    Object.assign(node.metadata.labels, labels);
    node.spec.taints.push(...taints);
    if (isDeleting) node.metadata.deletionTimestamp = '2026-11-20T11:00:00Z';
    if (ready !== undefined)
      node.status.conditions = [{ type: 'Ready', status: ready, lastTransitionTime: '2026-11-20T11:00:00Z' }];
    facts.slices.targetHealth = facts.slices.targetHealth.filter(({ id }) => id !== instanceId(0));
    const missing = groupsOf(facts).flatMap((group) => missingTargetsOf(group, facts.slices));
    holds(
      { side: 'product', record: `lbc-3.5.0-nodes/${name}`, aspect: 'registered' },
      missing.includes(nodeName(0)),
      isRegistered,
    );
  });
});
