import { expect, test } from 'vitest';
import type { TargetGroupContext } from '../../../core/model/target-group-context.ts';
import { groupsOf } from '../../../core/model/target-group-context.ts';
import { clientArrivalsOf } from '../../../core/network/clients/pod-arrivals.ts';
import { podArrivalsOf } from '../../../core/network/pod-path.ts';
import { fail, sampleFacts } from '../sample-facts.ts';

const facts = sampleFacts({ targetType: 'ip' });
const [healthy, failing] = facts.slices.targetHealth;
fail(facts.slices.targetHealth, failing?.id ?? '');
if (failing !== undefined) failing.healthCheckPort = 9090;

const clients = (group: TargetGroupContext) =>
  clientArrivalsOf(group, facts.slices, 'TCP').map(({ target, port }) => [target.id, port]);
const healthChecks = (group: TargetGroupContext) =>
  podArrivalsOf(group, facts.slices, { targets: group.failing, protocol: 'TCP' }).map(({ target, port }) => [
    target.id,
    port,
  ]);

test.each([
  ['clients first', [clients, healthChecks]],
  ['health checks first', [healthChecks, clients]],
])('arrivals of clients and of health checks are apart, %s', (_, order) => {
  const [group] = groupsOf(facts);
  if (group === undefined) throw new Error('the sample has a target group');
  const found = new Map(order.map((each) => [each, each(group)]));
  expect(found.get(clients)).toEqual([[healthy?.id, 8080]]);
  expect(found.get(healthChecks)).toEqual([[failing?.id, 9090]]);
});
